package dev.attune.launcher.evaluation.conversation;

import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.judge.GoldAgreement;
import dev.attune.launcher.judge.JudgeHabits;
import dev.attune.launcher.judge.panel.JudgePanel;
import dev.attune.launcher.judge.panel.JudgePanel.Part;
import dev.attune.launcher.judge.panel.WinRate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of an evaluation by judges, without texts of records and times: the same answers and
 * verdicts give the same report.
 *
 * @param model the evaluated model
 * @param rivals the models that it was compared with
 * @param bench the judges
 * @param notes sentences for the reader
 */
record ConversationReport(
    Title title, Answered model, List<Compared> rivals, Bench bench, List<String> notes) {
  ConversationReport {
    rivals = List.copyOf(rivals);
    notes = List.copyOf(notes);
  }

  /** Returns this report with other notes. */
  ConversationReport withNotes(List<String> others) {
    return new ConversationReport(title, model, rivals, bench, others);
  }

  /** Returns the comparison with the base model or the champion; empty if there is none. */
  Optional<Compared> rival(ContestantRole role) {
    return rivals.stream().filter(rival -> rival.answered().role() == role).findFirst();
  }

  /**
   * A model and how many questions it did not answer.
   *
   * @param id id of its job, or the name of a base model
   * @param name name under which its answers are kept
   * @param failed number of failed questions by reason
   * @param unanswered failed questions and blank answers
   */
  record Answered(
      ContestantRole role, String id, String name, Map<String, Integer> failed, int unanswered) {
    Answered {
      failed = Collections.unmodifiableMap(new TreeMap<>(failed));
    }
  }

  /**
   * The comparison with another model.
   *
   * @param pairs pairs of answers that judges were asked about
   * @param equal questions with equal answers
   * @param unanswered questions that one of the models or both did not answer
   * @param panel the verdicts, or null if no judge is left
   * @param habits of each judge that is left, in the order of the panel
   */
  record Compared(
      Answered answered,
      int pairs,
      int equal,
      int unanswered,
      @Nullable JudgePanel panel,
      List<JudgeHabits> habits) {
    Compared {
      habits = List.copyOf(habits);
    }

    /** Returns the win rate by all judges, then without each family; none if no judge is left. */
    List<Part> parts() {
      return panel == null ? List.of() : panel.parts();
    }

    /** Returns the win rate by all judges, or null if no judge is left. */
    @Nullable WinRate rate() {
      return panel == null ? null : panel.parts().get(0).rate();
    }
  }

  /**
   * The judges.
   *
   * @param rubric name of the rubric
   * @param rubricHash SHA-256 of its file
   * @param goldChoices number of people's choices; 0 without a gold file
   * @param minimumAgreement the least agreement with them
   */
  record Bench(
      String rubric,
      String rubricHash,
      int goldChoices,
      double minimumAgreement,
      List<Judge> judges) {
    Bench {
      judges = List.copyOf(judges);
    }

    /** Returns the judges that are not left out. */
    List<Judge> deciding() {
      return judges.stream().filter(Judge::isUsed).toList();
    }

    /** Returns whether the judges are of two families or more. */
    boolean canDecide() {
      return deciding().stream().map(Judge::family).distinct().count() > 1;
    }
  }

  /**
   * A judge.
   *
   * @param gold its agreement with people, or null without a gold file
   * @param isUsed whether it agrees with people often enough
   */
  record Judge(
      String key, String model, String family, @Nullable GoldAgreement gold, boolean isUsed) {}
}
