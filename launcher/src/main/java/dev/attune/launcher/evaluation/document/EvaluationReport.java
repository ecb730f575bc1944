package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.figures.Comparison;
import dev.attune.launcher.evaluation.figures.ModelFigures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of an evaluation, without texts of records and times: the same answers give the same
 * report.
 *
 * @param names display names of the categories by id, in the order of the taxonomy
 * @param model the evaluated model
 * @param rivals the models that it was compared with
 * @param notes sentences for the reader
 */
public record EvaluationReport(
    Title title,
    Map<String, String> names,
    Measured model,
    List<Rival> rivals,
    List<String> notes) {
  public EvaluationReport {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    rivals = List.copyOf(rivals);
    notes = List.copyOf(notes);
  }

  /** Returns this report with other notes. */
  public EvaluationReport withNotes(List<String> others) {
    return new EvaluationReport(title, names, model, rivals, others);
  }

  /** Returns the base model or the champion; empty if the model was not compared with it. */
  public Optional<Rival> rival(ContestantRole role) {
    return rivals.stream().filter(rival -> rival.measured().role() == role).findFirst();
  }

  /**
   * The dataset and the number of questions.
   *
   * @param dataset name of the dataset
   * @param fingerprint {@code sha256:} and 64 hex digits
   * @param examples examples that were asked and counted
   * @param unfair examples left out, because a compared model was tuned on them
   */
  public record Title(
      String dataset, String runId, String fingerprint, String split, int examples, int unfair) {}

  /**
   * A model and its figures.
   *
   * @param id id of its job, or the name of a base model
   * @param name name under which its answers are kept
   * @param failed number of failed questions by reason; each counts as an invalid answer
   */
  public record Measured(
      ContestantRole role,
      String id,
      String name,
      ModelFigures figures,
      Map<String, Integer> failed) {
    public Measured {
      failed = Collections.unmodifiableMap(new TreeMap<>(failed));
    }
  }

  /**
   * A model that the evaluated one is compared with.
   *
   * @param gain gain of the evaluated model over this one
   */
  public record Rival(Measured measured, Comparison gain) {}
}
