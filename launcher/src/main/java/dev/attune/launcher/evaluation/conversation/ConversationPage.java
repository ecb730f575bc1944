package dev.attune.launcher.evaluation.conversation;

import dev.attune.launcher.evaluation.conversation.ConversationReport.Compared;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Judge;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.document.JudgedPage;
import dev.attune.launcher.evaluation.document.JudgedView;
import dev.attune.launcher.evaluation.document.JudgedView.Cell;
import dev.attune.launcher.evaluation.document.JudgedView.Row;
import dev.attune.launcher.evaluation.document.JudgedView.Table;
import dev.attune.launcher.judge.GoldAgreement;
import dev.attune.launcher.judge.JudgeHabits;
import dev.attune.launcher.judge.panel.JudgePanel;
import dev.attune.launcher.judge.panel.WinRate;
import dev.attune.launcher.promotion.GatePreview;
import dev.attune.page.FigureText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** evaluation.html of a conversation dataset. */
final class ConversationPage {
  private static final String WIN_RATE = "Win rate";
  private static final String AGREEMENT = "Agreement";

  private ConversationPage() {}

  /**
   * Returns the page in UTF-8.
   *
   * @param gate how the gate decides by these figures, or null if they are not sufficient
   */
  static byte[] render(ConversationReport report, @Nullable GatePreview gate) {
    List<Table> tables = new ArrayList<>(List.of(rates(report)));
    report.rivals().forEach(rival -> tables.add(judges(rival, report.bench().deciding())));
    if (report.bench().goldChoices() > 0) {
      tables.add(people(report));
    }
    return JudgedPage.render(
        new JudgedView(
            report.title().dataset(),
            report.model().id(),
            headline(report, gate),
            gate == null ? "now" : gate.passes() ? "good" : "bad",
            gate == null ? "" : "By the gate's rules when this page was written: " + gate.figures(),
            tables,
            report.notes(),
            facts(report)));
  }

  private static String headline(ConversationReport report, @Nullable GatePreview gate) {
    String figures =
        "its "
            + ConversationText.summary(report)
            + " on "
            + FigureText.count(report.title().examples(), report.title().split() + " example")
            + ".";
    if (gate == null) {
      return Character.toUpperCase(figures.charAt(0)) + figures.substring(1);
    }
    return (gate.passes() ? "The gate would promote this model: " : "The gate would refuse it: ")
        + figures;
  }

  private static Table rates(ConversationReport report) {
    List<Row> rows = new ArrayList<>();
    for (Compared rival : report.rivals()) {
      String name = "over the " + rival.answered().role().key();
      for (JudgePanel.Part part : rival.parts()) {
        rows.add(
            new Row(
                part.without() == null ? name : name + ", without " + part.without(),
                List.of(cell(part.rate()))));
      }
    }
    String counted =
        report.rivals().stream()
            .map(
                rival ->
                    "With the %s: %s judged, %s with equal answers, %s unanswered."
                        .formatted(
                            rival.answered().role().key(),
                            FigureText.count(rival.pairs(), "pair"),
                            FigureText.count(rival.equal()),
                            FigureText.count(rival.unanswered())))
            .collect(Collectors.joining(" "));
    return new Table(
        "rates",
        "How often it wins",
        "Win rates with their 95% intervals: right of the middle the model is better",
        List.of("Compared", WIN_RATE),
        WIN_RATE,
        rows,
        counted);
  }

  private static Table judges(Compared rival, List<Judge> judges) {
    String role = rival.answered().role().key();
    List<Row> rows = new ArrayList<>();
    JudgePanel panel = rival.panel();
    for (int i = 0; panel != null && i < judges.size(); i++) {
      JudgeHabits habits = rival.habits().get(i);
      Judge judge = judges.get(i);
      rows.add(
          new Row(
              judge.key() + " (" + judge.family() + ")",
              List.of(
                  cell(panel.rate(i)),
                  Cell.of(ConversationText.number(habits.consistency())),
                  Cell.of(
                      FigureText.count(habits.first())
                          + " and "
                          + FigureText.count(habits.second())),
                  Cell.of(ConversationText.number(habits.longerShare())))));
    }
    return new Table(
        "judges-" + role,
        "The judges, comparing with the " + role,
        "What each judge says, and what can be seen of its bias",
        List.of(
            "Judge",
            WIN_RATE,
            "Same in both orders",
            "Always the first, always the second",
            "Longer answer preferred"),
        WIN_RATE,
        rows,
        panel == null
            ? "No judge is left."
            : String.format(
                Locale.ROOT,
                "Agreement of the judges with each other: kappa %s, as much as %.1f independent"
                    + " judges.",
                ConversationText.number(panel.meanKappa()),
                panel.effectiveVotes()));
  }

  private static Table people(ConversationReport report) {
    List<Row> rows = new ArrayList<>();
    for (Judge judge : report.bench().judges()) {
      GoldAgreement gold = judge.gold();
      rows.add(
          new Row(
              judge.key() + " (" + judge.family() + ")",
              List.of(
                  gold == null ? Cell.of(FigureText.NONE) : cell(gold.share()),
                  Cell.of(ConversationText.number(gold == null ? null : gold.kappa())),
                  Cell.of(judge.isUsed() ? "yes" : "left out"))));
    }
    return new Table(
        "people",
        "The judges and people",
        "Agreement with "
            + FigureText.count(report.bench().goldChoices(), "choice")
            + " of people; guessing gives 0.5",
        List.of("Judge", AGREEMENT, "Kappa", "Used"),
        AGREEMENT,
        rows,
        "At least "
            + FigureText.share(report.bench().minimumAgreement())
            + " is needed (evaluation.minimumJudgeAgreement).");
  }

  private static Cell cell(WinRate rate) {
    String tone = rate.low() > 0.5 ? "rose" : rate.high() < 0.5 ? "fell" : "unclear";
    return new Cell(
        ConversationText.text(rate),
        FigureText.share(rate.low()),
        FigureText.share(rate.value()),
        FigureText.share(rate.high()),
        tone);
  }

  private static Map<String, String> facts(ConversationReport report) {
    Title title = report.title();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Model", report.model().id());
    for (Compared rival : report.rivals()) {
      facts.put("Compared with the " + rival.answered().role().key(), rival.answered().id());
    }
    for (Judge judge : report.bench().judges()) {
      facts.put("Judge " + judge.key(), judge.model());
    }
    facts.put("Rubric", report.bench().rubric() + " " + report.bench().rubricHash());
    facts.put("Run id of the dataset", title.runId());
    facts.put("Its fingerprint", title.fingerprint());
    return facts;
  }
}
