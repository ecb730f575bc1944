package dev.attune.launcher.dataset;

import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.report.ReportData;
import dev.attune.pipeline.report.ReportData.CategoryRow;
import dev.attune.pipeline.report.ReportData.Counts;
import dev.attune.pipeline.report.ReportData.RejectionRow;
import dev.attune.pipeline.report.ReportData.Title;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Results of a pipeline that nobody ran. */
public final class Reports {
  private Reports() {}

  public static PrepareResult result(Path directory) {
    return new PrepareResult(directory, false, report(2));
  }

  /** 1,200 records of two sources in so many categories. */
  public static ReportData report(int categories) {
    Map<String, Long> read = new LinkedHashMap<>();
    read.put("feedback", 150L);
    read.put("observations", 1050L);
    Map<String, Long> redacted = new LinkedHashMap<>();
    redacted.put("email", 1_200L);
    redacted.put("phone", 3L);
    redacted.put("card", 0L);
    return new ReportData(
        new Title("childcare-observations", "classification", "gemini", "r1", "sha256:00"),
        null,
        new Counts(read, 1000, 100, 100, 0, 0),
        List.of(
            new RejectionRow("feedback", "INVALID_RATING", "A sentence.", 4, "row 17"),
            new RejectionRow("observations", "INVALID_RATING", "A sentence.", 1, "a.csv:3"),
            new RejectionRow("observations", "EXACT_DUPLICATE", "A sentence.", 95, "a.csv:63")),
        redacted,
        IntStream.range(0, categories)
            .mapToObj(i -> new CategoryRow("category-" + i, "Category", 1000 + i, i))
            .toList(),
        List.of(),
        List.of(),
        List.of("physical has no validation example."),
        List.of());
  }
}
