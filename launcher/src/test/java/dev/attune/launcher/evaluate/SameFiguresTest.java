package dev.attune.launcher.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.cli.EvaluateText;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.evaluation.EvaluationResult;
import dev.attune.launcher.evaluation.document.EvaluationContext;
import dev.attune.launcher.evaluation.document.EvaluationFiles;
import dev.attune.launcher.evaluation.document.EvaluationPage;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.document.Simulated;
import dev.attune.place.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SameFiguresTest {
  private static final Pattern FIGURE =
      Pattern.compile("[+-]?\\d\\.\\d{3} \\([+-]?\\d\\.\\d{3} to [+-]?\\d\\.\\d{3}\\)");

  @Test
  void writesEveryFigureOnTheTerminalAsOnThePage() {
    List<String> ids = IntStream.range(0, 12).mapToObj(n -> "category-" + n).toList();
    EvaluationReport report = Simulated.multiLabel(ids, 1_300, 0.7);
    Path folder = Path.of("evaluations").toAbsolutePath();
    EvaluationFiles files =
        new EvaluationFiles(
            Place.of(folder.resolve("evaluation.json")),
            Place.of(folder.resolve("evaluation.html")));

    List<String> terminal =
        new EvaluateText(new TestShell(folder).shell())
            .lines(new EvaluationResult("1", report, files));
    EvaluationContext setting = new EvaluationContext(Map.of(), 0, 0, 0, 0, null, null);
    String page = text(EvaluationPage.render(report, setting));

    List<String> figures =
        FIGURE.matcher(String.join("\n", terminal)).results().map(MatchResult::group).toList();
    assertThat(figures).hasSizeGreaterThan(30);
    assertThat(page).contains(figures);
    assertThat(terminal.get(0)).contains("on 1,300 validation examples of");
    assertThat(page).contains("1,300 validation examples");
  }

  @Test
  void listsCategoriesInTheSameOrder() {
    List<String> ids = List.of("alpha", "beta", "gamma", "delta");
    EvaluationReport report = Simulated.singleLabel(ids, 200, 0.7);
    List<String> weakest =
        report.model().figures().weakestFirst().stream().map(category -> category.id()).toList();
    Path folder = Path.of("evaluations").toAbsolutePath();
    EvaluationFiles files = new EvaluationFiles(Place.of(folder), Place.of(folder));

    String terminal =
        String.join(
            "\n",
            new EvaluateText(new TestShell(folder).shell())
                .lines(new EvaluationResult("1", report, files)));
    EvaluationContext setting = new EvaluationContext(Map.of(), 0, 0, 0, 0, null, null);
    String page = text(EvaluationPage.render(report, setting));
    String categories = page.substring(page.indexOf("Figures by category with"));

    assertThat(terminal.substring(terminal.indexOf("categories,"))).containsSubsequence(weakest);
    assertThat(categories).containsSubsequence(weakest);
  }

  private static String text(byte[] page) {
    return new String(page, StandardCharsets.UTF_8)
        .replaceAll("(?s)<(script|style)>.*?</\\1>", "")
        .replaceAll("<[^>]*>", "");
  }
}
