package dev.attune.launcher.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CategoryRow;
import dev.attune.pipeline.accounting.RunSummary.Counts;
import dev.attune.pipeline.accounting.RunSummary.RejectionRow;
import dev.attune.place.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of prepare for programs; its counts have the shape of the manifest's. */
final class PreparedJson {
  private PreparedJson() {}

  static String of(PreparedDataset prepared) throws JsonProcessingException {
    RunSummary summary = prepared.result().summary();
    Counts counts = summary.counts();
    Place directory = prepared.result().directory();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("dataset", summary.dataset());
    root.put("runId", summary.runId());
    root.put("fingerprint", summary.fingerprint());
    root.put("directory", directory.toString());
    root.put("report", directory.resolve("report.html").toString());
    root.put("unchanged", prepared.result().unchanged());
    root.put("seconds", JsonDocument.seconds(prepared.took()));
    root.put("recordsPerSecond", Summary.perSecond(counts.totalRead(), prepared.took()));
    root.put("counts", CountsEntry.of(counts, summary.rejections()));
    if (counts.carried() != null) {
      root.put("previous", counts.carried());
    }
    root.put("rejections", summary.rejections());
    root.put("redacted", summary.redacted());
    Map<String, SplitEntry> categories = new LinkedHashMap<>();
    for (CategoryRow row : summary.categories()) {
      categories.put(row.id(), new SplitEntry(row.training(), row.validation()));
    }
    root.put("categories", categories);
    root.put("notes", summary.notes());
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private record SplitEntry(long training, long validation) {}

  private record RejectedEntry(long total, Map<String, Long> byReason) {}

  private record CountsEntry(
      Map<String, Long> read, long training, long validation, RejectedEntry rejected) {
    static CountsEntry of(Counts counts, List<RejectionRow> rejections) {
      Map<String, Long> read = new LinkedHashMap<>(counts.read());
      read.put("total", counts.totalRead());
      Map<String, Long> reasons = new LinkedHashMap<>();
      rejections.forEach(row -> reasons.merge(row.reason().name(), row.count(), Long::sum));
      return new CountsEntry(
          read,
          counts.training(),
          counts.validation(),
          new RejectedEntry(counts.rejected(), reasons));
    }
  }
}
