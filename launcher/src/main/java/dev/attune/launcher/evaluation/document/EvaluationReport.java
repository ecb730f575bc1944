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
 * What an evaluation found. No text of a record is in it, and no clock time: the same answers give
 * the same report.
 *
 * @param title what was asked
 * @param names of the taxonomy's categories for people, by id, in its order
 * @param model whom it is about
 * @param rivals whom it was compared with, on the same examples
 * @param notes what else a reader should know, a sentence each
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

  /** The same with other notes. */
  public EvaluationReport withNotes(List<String> others) {
    return new EvaluationReport(title, names, model, rivals, others);
  }

  /** The base or the champion, where the model was compared with it. */
  public Optional<Rival> rival(ContestantRole role) {
    return rivals.stream().filter(rival -> rival.measured().role() == role).findFirst();
  }

  /**
   * What was asked.
   *
   * @param dataset its name
   * @param runId names its directory
   * @param fingerprint {@code sha256:} and 64 hex digits
   * @param split whose examples
   * @param examples how many were asked and counted
   * @param unfair how many were left out, because a compared model was tuned on them
   */
  public record Title(
      String dataset, String runId, String fingerprint, String split, int examples, int unfair) {
    /** Of an evaluation that left out nothing. */
    public Title(String dataset, String runId, String fingerprint, String split, int examples) {
      this(dataset, runId, fingerprint, split, examples, 0);
    }
  }

  /**
   * A model and how good it is.
   *
   * @param role as what it took part
   * @param id what people call it
   * @param name under which its answers are kept
   * @param failed how many questions it failed for good, by reason; each counts as an invalid
   *     answer
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

    /** A model that failed no question. */
    public Measured(ContestantRole role, String id, String name, ModelFigures figures) {
      this(role, id, name, figures, Map.of());
    }
  }

  /**
   * Another model.
   *
   * @param gain how much better the model is than this one
   */
  public record Rival(Measured measured, Comparison gain) {}
}
