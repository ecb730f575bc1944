package dev.attune.launcher.evaluation.conversation;

import static dev.attune.page.FigureText.count;

import dev.attune.launcher.evaluation.conversation.ConversationReport.Answered;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Bench;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Compared;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Judge;
import dev.attune.launcher.judge.JudgeHabits;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sentences about an evaluation by judges, for its reader. */
final class ConversationNotes {
  /** Fewer examples than these leave intervals of a tenth and more on either side. */
  private static final int FEW_EXAMPLES = 100;

  /** Fewer choices than these leave an agreement open by a fifth on either side. */
  private static final int FEW_CHOICES = 30;

  /** A judge that contradicts itself more often follows the order more than the answers. */
  private static final double LEAST_CONSISTENCY = 0.5;

  private ConversationNotes() {}

  static List<String> of(ConversationReport report) {
    List<String> notes = new ArrayList<>();
    if (report.title().examples() < FEW_EXAMPLES) {
      notes.add(Messages.of("launcher.evaluation.few-examples", report.title().examples()));
    }
    Stream.concat(Stream.of(report.model()), report.rivals().stream().map(Compared::answered))
        .filter(answered -> !answered.failed().isEmpty())
        .forEach(answered -> notes.add(failure(answered)));
    judges(report.bench(), notes);
    report.rivals().forEach(rival -> habits(rival, report.bench(), notes));
    return notes;
  }

  private static String failure(Answered answered) {
    int all = answered.failed().values().stream().mapToInt(Integer::intValue).sum();
    return Messages.of(
        "launcher.judge.failed",
        answered.role().key(),
        answered.id(),
        count(all, "question"),
        answered.failed().entrySet().stream()
            .map(reason -> reason.getKey() + " (" + count(reason.getValue()) + ")")
            .collect(Collectors.joining(", ")));
  }

  private static void judges(Bench bench, List<String> notes) {
    for (Judge judge : bench.judges()) {
      if (!judge.isUsed() && judge.gold() != null) {
        notes.add(
            Messages.of(
                "launcher.judge.left-out",
                judge.key(),
                count(bench.goldChoices(), "choice"),
                FigureText.share(judge.gold().value()),
                FigureText.share(bench.minimumAgreement())));
      }
    }
    if (bench.goldChoices() == 0) {
      notes.add(Messages.of("launcher.judge.no-gold"));
    } else if (bench.goldChoices() < FEW_CHOICES) {
      notes.add(Messages.of("launcher.judge.few-gold", count(bench.goldChoices(), "choice")));
    }
    if (bench.deciding().isEmpty()) {
      notes.add(Messages.of("launcher.judge.none-left"));
    } else if (!bench.canDecide()) {
      notes.add(Messages.of("launcher.judge.one-family", bench.deciding().get(0).family()));
    }
  }

  private static void habits(Compared rival, Bench bench, List<String> notes) {
    for (int i = 0; i < rival.habits().size(); i++) {
      JudgeHabits habits = rival.habits().get(i);
      String judge = bench.deciding().get(i).key();
      String role = rival.answered().role().key();
      Double consistency = habits.consistency();
      if (consistency != null && consistency < LEAST_CONSISTENCY) {
        notes.add(
            Messages.of(
                "launcher.judge.inconsistent", judge, FigureText.percent(consistency), role));
      }
      int faults = habits.faults().values().stream().mapToInt(Integer::intValue).sum();
      if (faults > 0) {
        notes.add(
            Messages.of(
                "launcher.judge.no-verdicts",
                judge,
                count(faults, "request"),
                role,
                habits.faults().entrySet().stream()
                    .map(fault -> fault.getKey().words() + " (" + count(fault.getValue()) + ")")
                    .collect(Collectors.joining(", "))));
      }
    }
  }
}
