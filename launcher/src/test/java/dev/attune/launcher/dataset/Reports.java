package dev.attune.launcher.dataset;

import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CategoryRow;
import dev.attune.pipeline.accounting.RunSummary.Counts;
import dev.attune.pipeline.accounting.RunSummary.RejectionRow;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.place.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Results of a pipeline that nobody ran. */
public final class Reports {
  private Reports() {}

  public static PrepareResult result(Path directory) {
    return new PrepareResult(Place.of(directory), false, report(2));
  }

  /** 1,200 records of two sources in so many categories. */
  public static RunSummary report(int categories) {
    Map<String, Long> read = new LinkedHashMap<>();
    read.put("feedback", 150L);
    read.put("observations", 1050L);
    Map<String, Long> redacted = new LinkedHashMap<>();
    redacted.put("email", 1_200L);
    redacted.put("phone", 3L);
    redacted.put("card", 0L);
    return new RunSummary(
        "childcare-observations",
        "r1",
        "sha256:00",
        new Counts(read, 1000, 100, 100, null),
        List.of(
            new RejectionRow("feedback", RejectionReason.INVALID_RATING, 4, "row 17"),
            new RejectionRow("observations", RejectionReason.INVALID_RATING, 1, "a.csv:3"),
            new RejectionRow("observations", RejectionReason.EXACT_DUPLICATE, 95, "a.csv:63")),
        redacted,
        IntStream.range(0, categories)
            .mapToObj(i -> new CategoryRow("category-" + i, "Category", 1000 + i, i))
            .toList(),
        List.of("physical has no validation example."));
  }
}
