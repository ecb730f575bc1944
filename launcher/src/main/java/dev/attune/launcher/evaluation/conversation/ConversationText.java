package dev.attune.launcher.evaluation.conversation;

import dev.attune.launcher.console.TextTable;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Compared;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Judge;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.judge.GoldAgreement;
import dev.attune.launcher.judge.JudgeHabits;
import dev.attune.launcher.judge.panel.JudgePanel;
import dev.attune.launcher.judge.panel.WinRate;
import dev.attune.page.FigureText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An evaluation by judges as text: win rates, judges and notes. */
final class ConversationText {
  private ConversationText() {}

  /** Returns e.g. {@code win rate 0.612 over the base, 0.540 over the champion}. */
  static String summary(ConversationReport report) {
    return report.rivals().isEmpty()
        ? "compared with no other model"
        : "win rate "
            + report.rivals().stream()
                .map(rival -> value(rival.rate()) + " over the " + rival.answered().role().key())
                .collect(Collectors.joining(", "));
  }

  /** Formats a win rate with its interval, e.g. {@code 0.612 (0.560 to 0.664)}. */
  static String text(@Nullable WinRate rate) {
    return rate == null ? FigureText.NONE : FigureText.share(rate.value(), rate.low(), rate.high());
  }

  /** Formats a number of two decimals; a dash for null. */
  static String number(@Nullable Double value) {
    return value == null ? FigureText.NONE : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String value(@Nullable WinRate rate) {
    return rate == null ? FigureText.NONE : FigureText.share(rate.value());
  }

  static List<String> lines(ConversationReport report) {
    Title title = report.title();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s on %,d %s examples of %s, run %s",
            report.model().id(),
            title.examples(),
            title.split(),
            title.dataset(),
            title.runId()));
    lines.addAll(block("win rates, with 95% intervals", rates(report)));
    for (Compared rival : report.rivals()) {
      lines.addAll(
          block(
              "judges, compared with the " + rival.answered().role().key(),
              judges(rival, report.bench().deciding())));
    }
    lines.addAll(block("judges and people", people(report)));
    lines.addAll(block("notes", report.notes().stream().map(note -> "  " + note).toList()));
    return lines;
  }

  private static List<String> block(String title, List<String> rows) {
    return rows.isEmpty() ? List.of() : Stream.concat(Stream.of("", title), rows.stream()).toList();
  }

  private static List<String> rates(ConversationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (Compared rival : report.rivals()) {
      String name = "over the " + rival.answered().role().key() + " " + rival.answered().id();
      for (JudgePanel.Part part : rival.parts()) {
        rows.add(
            List.of(
                part.without() == null ? name : "  without " + part.without(), text(part.rate())));
      }
      if (rival.parts().isEmpty()) {
        rows.add(List.of(name, FigureText.NONE));
      }
      rows.add(
          List.of(
              "  judged",
              FigureText.count(rival.pairs(), "pair")
                  + ", "
                  + FigureText.count(rival.equal())
                  + " equal, "
                  + FigureText.count(rival.unanswered())
                  + " unanswered"));
    }
    return table(rows);
  }

  private static List<String> judges(Compared rival, List<Judge> judges) {
    JudgePanel panel = rival.panel();
    if (panel == null) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("judge", "win rate", "same in both orders", "longer answer preferred"));
    for (int i = 0; i < judges.size(); i++) {
      JudgeHabits habits = rival.habits().get(i);
      rows.add(
          List.of(
              judges.get(i).key(),
              text(panel.rate(i)),
              number(habits.consistency()),
              number(habits.longerShare())));
    }
    List<String> lines = new ArrayList<>(table(rows));
    lines.add(
        String.format(
            Locale.ROOT,
            "  agreement of the judges: kappa %s, as much as %.1f independent ones",
            number(panel.meanKappa()),
            panel.effectiveVotes()));
    return lines;
  }

  private static List<String> people(ConversationReport report) {
    if (report.bench().goldChoices() == 0) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("judge", "agreement", "kappa", ""));
    for (Judge judge : report.bench().judges()) {
      GoldAgreement gold = judge.gold();
      rows.add(
          List.of(
              judge.key(),
              text(gold == null ? null : gold.share()),
              number(gold == null ? null : gold.kappa()),
              judge.isUsed() ? "" : "left out"));
    }
    return table(rows);
  }

  private static List<String> table(List<List<String>> rows) {
    return TextTable.lines(rows).stream().map(line -> "  " + line).toList();
  }
}
