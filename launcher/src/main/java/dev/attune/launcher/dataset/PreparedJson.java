package dev.attune.launcher.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CarriedOver;
import dev.attune.pipeline.accounting.RunSummary.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of prepare for programs; its counts have the shape of the manifest's. */
final class PreparedJson {
  private PreparedJson() {}

  static String of(PreparedDataset prepared) throws JsonProcessingException {
    RunSummary summary = prepared.result().summary();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("dataset", summary.dataset());
    root.put("runId", summary.runId());
    root.put("fingerprint", summary.fingerprint());
    root.put("directory", prepared.result().directory().toString());
    root.put("report", prepared.result().directory().resolve("report.html").toString());
    root.put("unchanged", prepared.result().unchanged());
    double seconds = prepared.took().toMillis() / 1000.0;
    root.put("seconds", seconds);
    long read = summary.counts().totalRead();
    root.put("recordsPerSecond", Summary.perSecond(read, prepared.took()));
    root.set("counts", counts(summary, read));
    CarriedOver carried = summary.counts().carried();
    if (carried != null) {
      root.putObject("previous")
          .put("runId", carried.runId())
          .put("training", carried.training())
          .put("validation", carried.validation());
    }
    root.set("rejections", rejections(summary));
    ObjectNode redacted = root.putObject("redacted");
    summary.redacted().forEach(redacted::put);
    ObjectNode categories = root.putObject("categories");
    summary
        .categories()
        .forEach(
            row ->
                categories
                    .putObject(row.id())
                    .put("training", row.training())
                    .put("validation", row.validation()));
    ArrayNode notes = root.putArray("notes");
    summary.notes().forEach(notes::add);
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static ObjectNode counts(RunSummary summary, long total) {
    Counts counts = summary.counts();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode read = node.putObject("read");
    counts.read().forEach(read::put);
    read.put("total", total);
    node.put("training", counts.training());
    node.put("validation", counts.validation());
    Map<String, Long> reasons = new LinkedHashMap<>();
    summary.rejections().forEach(row -> reasons.merge(row.reason().name(), row.count(), Long::sum));
    ObjectNode rejected = node.putObject("rejected");
    rejected.put("total", counts.rejected());
    ObjectNode byReason = rejected.putObject("byReason");
    reasons.forEach(byReason::put);
    return node;
  }

  private static ArrayNode rejections(RunSummary summary) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    summary
        .rejections()
        .forEach(
            row ->
                rows.addObject()
                    .put("source", row.source())
                    .put("reason", row.reason().name())
                    .put("count", row.count())
                    .put("place", row.place()));
    return rows;
  }
}
