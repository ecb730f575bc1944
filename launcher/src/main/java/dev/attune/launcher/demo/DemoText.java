package dev.attune.launcher.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.run.LoopResult;
import dev.attune.pipeline.write.report.ReportData;
import dev.attune.pipeline.write.report.ReportData.CarriedOver;
import dev.attune.pipeline.write.report.ReportData.Counts;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What attune demo says beside the results of the loop, for a terminal. */
final class DemoText {
  static final String FIRST_TITLE = "Act 1 of 2: three sources become a dataset and a first model";
  static final String SECOND_TITLE =
      "Act 2 of 2: new feedback arrives, and the same loop runs again";

  private DemoText() {}

  /** What is said of a first act that an earlier demo played. */
  static String doneBefore(ObjectNode firstAct) {
    return "Nothing new to do: the dataset "
        + firstAct.path("dataset").asText()
        + "/"
        + Path.of(firstAct.path("directory").asText()).getFileName()
        + " was published, and its model promoted.";
  }

  /** The sums of a dataset that is built on the first act's. */
  static List<String> sums(ReportData report, Duration took) {
    Counts counts = report.counts();
    long read = counts.read().values().stream().mapToLong(Long::longValue).sum();
    List<String> lines = new ArrayList<>();
    lines.add(
        form(
            "%s: %,d records read in %.1f s",
            report.title().dataset(), read, took.toMillis() / 1000.0));
    lines.add(
        "  = "
            + counts.read().entrySet().stream()
                .map(source -> form("%,d %s", source.getValue(), source.getKey()))
                .collect(Collectors.joining(" + ")));
    String sum =
        form(
            "  = %,d training + %,d validation + %,d rejected",
            counts.training(), counts.validation(), counts.rejected());
    CarriedOver carried = counts.carried();
    if (carried == null) {
      lines.add(sum);
    } else {
      long again = carried.training() + carried.validation();
      lines.add(sum + form(", %,d of them examples of act 1 that were read again", again));
      lines.add(
          form(
              "  + %,d training + %,d validation carried over from act 1",
              carried.training(), carried.validation()));
    }
    return lines;
  }

  /** Where to look and what to do after the last act. */
  static List<String> next(LoopResult result, DemoFolder folder, Shell shell) throws IOException {
    List<String> lines = pages(result, folder, shell);
    lines.add("Your own data: ./attune init my-project writes an attune.yaml to start from.");
    return lines;
  }

  /** What is said where both acts were played before. */
  static List<String> again(LoopResult result, DemoFolder folder, Shell shell) throws IOException {
    List<String> lines = pages(result, folder, shell);
    lines.add("To play it again from the beginning, delete " + shell.show(folder.root()) + ".");
    return lines;
  }

  private static List<String> pages(LoopResult result, DemoFolder folder, Shell shell)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("", "Open in a browser:"));
    lines.add("  " + shell.show(result.dataset().path().resolve("report.html")));
    DatasetManifest.Identity identity = result.dataset().manifest().identity();
    folder
        .evaluationPages(identity.dataset(), identity.runId())
        .forEach(page -> lines.add("  " + shell.show(page)));
    return lines;
  }

  private static String form(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
