package dev.attune.launcher.cli.text;

import dev.attune.config.AttuneConfig;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.textmodel.ImprovementConfig;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.improve.AnswerFault;
import dev.attune.launcher.improve.ImproveResult;
import dev.attune.page.FigureText;
import dev.attune.place.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the result of {@code attune improve}. */
final class ImproveText {
  private final Shell shell;

  ImproveText(Shell shell) {
    this.shell = shell;
  }

  /** The JSON document. */
  private record Document(
      boolean nothingNew,
      long found,
      int asked,
      int kept,
      Map<AnswerFault, Integer> rejected,
      int rejectedBefore,
      long left,
      BigDecimal costUsd,
      @Nullable BigDecimal costPerImprovementUsd,
      @Nullable Place improvements,
      @Nullable Place rejections) {}

  static String document(ImproveResult result) {
    return JsonDocument.text(
        new Document(
            result.isNothingNew(),
            result.found(),
            result.asked(),
            result.kept(),
            result.rejected(),
            result.rejectedBefore(),
            result.left(),
            result.spentUsd(),
            perImprovement(result),
            result.improvements(),
            result.rejections()));
  }

  /** Returns the lines for people. */
  List<String> lines(ImproveResult result, AttuneConfig config) {
    List<String> lines = new ArrayList<>();
    if (result.isNothingNew()) {
      lines.add(
          "Nothing new to do: no low-rated row with a comment waits for an improvement"
              + (result.rejectedBefore() == 0
                  ? "."
                  : "; the answers to %s were rejected before, and --fresh asks again."
                      .formatted(FigureText.count(result.rejectedBefore(), "row"))));
      return lines;
    }
    lines.add(
        "improved  %s of %s"
            .formatted(FigureText.count(result.kept()), FigureText.count(result.asked(), "row")));
    if (!result.rejected().isEmpty()) {
      lines.add("rejected  " + reasons(result.rejected()));
    }
    BigDecimal each = perImprovement(result);
    lines.add(
        "cost      "
            + Dollars.shown(result.spentUsd())
            + (each == null ? "" : ", US$" + each.toPlainString() + " for each improvement"));
    if (result.improvements() != null) {
      lines.add("written   " + shell.show(result.improvements()));
    }
    if (result.rejections() != null) {
      lines.add("written   " + shell.show(result.rejections()));
    }
    if (result.left() > 0) {
      lines.add(
          "left      %s beyond the limit; the same command goes on with them"
              .formatted(FigureText.count(result.left(), "row")));
    }
    Feedback feedback = config.dataset().sources().feedback();
    if (feedback != null && feedback.improvements() == null) {
      lines.add(
          "note      prepare reads them if sources.feedback has improvements: "
              + ImprovementConfig.DEFAULT_FILES);
    }
    return lines;
  }

  /** Returns e.g. {@code 2 SAME_ANSWER, 1 CUT_OFF}. */
  static String reasons(Map<AnswerFault, Integer> rejected) {
    return rejected.entrySet().stream()
        .map(entry -> FigureText.count(entry.getValue()) + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static @Nullable BigDecimal perImprovement(ImproveResult result) {
    return result.kept() == 0
        ? null
        : result.spentUsd().divide(BigDecimal.valueOf(result.kept()), new MathContext(2));
  }
}
