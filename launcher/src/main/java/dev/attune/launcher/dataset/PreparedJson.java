package dev.attune.launcher.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.pipeline.report.ReportData;
import dev.attune.pipeline.report.ReportData.CarriedOver;
import dev.attune.pipeline.report.ReportData.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of prepare for programs; its counts have the shape of the manifest's. */
final class PreparedJson {
  private PreparedJson() {}

  static String of(Prepared prepared) throws JsonProcessingException {
    ReportData report = prepared.result().report();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("dataset", report.title().dataset());
    root.put("runId", report.title().runId());
    root.put("fingerprint", report.title().fingerprint());
    root.put("directory", prepared.result().directory().toString());
    root.put("report", prepared.result().directory().resolve("report.html").toString());
    root.put("unchanged", prepared.result().unchanged());
    double seconds = prepared.took().toMillis() / 1000.0;
    root.put("seconds", seconds);
    long read = report.counts().read().values().stream().mapToLong(Long::longValue).sum();
    root.put("recordsPerSecond", Summary.perSecond(read, prepared.took()));
    root.set("counts", counts(report, read));
    CarriedOver carried = report.counts().carried();
    if (carried != null) {
      root.putObject("previous")
          .put("runId", carried.runId())
          .put("training", carried.training())
          .put("validation", carried.validation());
    }
    root.set("rejections", rejections(report));
    ObjectNode redacted = root.putObject("redacted");
    report.redacted().forEach(redacted::put);
    ObjectNode categories = root.putObject("categories");
    report
        .categories()
        .forEach(
            row ->
                categories
                    .putObject(row.id())
                    .put("training", row.training())
                    .put("validation", row.validation()));
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static ObjectNode counts(ReportData report, long total) {
    Counts counts = report.counts();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode read = node.putObject("read");
    counts.read().forEach(read::put);
    read.put("total", total);
    node.put("training", counts.training());
    node.put("validation", counts.validation());
    Map<String, Long> reasons = new LinkedHashMap<>();
    report.rejections().forEach(row -> reasons.merge(row.reason(), row.count(), Long::sum));
    ObjectNode rejected = node.putObject("rejected");
    rejected.put("total", counts.rejected());
    ObjectNode byReason = rejected.putObject("byReason");
    reasons.forEach(byReason::put);
    return node;
  }

  private static ArrayNode rejections(ReportData report) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    report
        .rejections()
        .forEach(
            row ->
                rows.addObject()
                    .put("source", row.source())
                    .put("reason", row.reason())
                    .put("count", row.count())
                    .put("place", row.place()));
    return rows;
  }
}
