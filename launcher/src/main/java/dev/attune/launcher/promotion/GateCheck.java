package dev.attune.launcher.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.message.Messages;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies the gate to a model: finds its last evaluation in the ledger against the current
 * champion, and tests its figures. Later evaluations against other models are skipped, because
 * evaluating again with the same result enters nothing.
 */
final class GateCheck {
  private final Ledger ledger;
  private final Gate gate;
  private final Shell shell;

  GateCheck(Ledger ledger, EvaluationConfig rules, Shell shell) {
    this.ledger = ledger;
    this.gate = new Gate(rules);
    this.shell = shell;
  }

  /**
   * Applies the gate.
   *
   * @param dataset the name of the dataset
   * @param champion the id of the model in use, or null
   */
  GateResult judge(Job model, String dataset, @Nullable String champion) {
    List<Evaluations.Entry> entries = ledger.evaluations().of(model.id());
    if (entries.isEmpty()) {
      return GateResult.impossible(
          null, null, Messages.of("launcher.gate.not-evaluated", model.id(), run(model)));
    }
    GateResult last = null;
    for (Evaluations.Entry entry : entries) {
      GateResult judgement = judge(model, dataset, champion, entry);
      if (judgement.obstacle() == null) {
        return judgement;
      }
      last = last == null ? judgement : last;
    }
    return Objects.requireNonNull(last, "there is one");
  }

  private GateResult judge(
      Job model, String dataset, @Nullable String champion, Evaluations.Entry entry) {
    Evidence evidence = read(entry).orElse(null);
    if (evidence == null) {
      return GateResult.impossible(
          entry.id(),
          null,
          Messages.of("launcher.gate.evaluation-damaged", model.id(), run(model)));
    }
    String obstacle = obstacle(model, dataset, champion, evidence);
    if (obstacle != null) {
      return GateResult.impossible(entry.id(), evidence, obstacle);
    }
    // A former champion is no reason to refuse.
    GateFindings findings = gate.judge(champion == null ? evidence.withoutChampion() : evidence);
    return new GateResult(
        entry.id(), evidence, null, findings.figures(), findings.reasons(), notes(model, evidence));
  }

  /** Returns the figures of an evaluation, or empty if they cannot be read. */
  static Optional<Evidence> read(Evaluations.Entry entry) {
    try {
      return Optional.of(EvidenceJson.read(entry.figures()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private @Nullable String obstacle(
      Job model, String dataset, @Nullable String champion, Evidence evidence) {
    if (!evidence.dataset().equals(dataset)) {
      return Messages.of(
          "launcher.gate.evaluation-elsewhere",
          model.id(),
          evidence.dataset(),
          dataset,
          run(model));
    }
    if (evidence.base() == null) {
      return Messages.of("launcher.gate.evaluation-without-base", model.id(), run(model));
    }
    Compared compared = evidence.champion();
    if (champion != null && (compared == null || !compared.id().equals(champion))) {
      return Messages.of(
          "launcher.gate.evaluation-other-champion",
          model.id(),
          compared == null ? "no champion" : compared.id(),
          champion,
          run(model));
    }
    if (evidence.isOlder()) {
      return Messages.of("launcher.gate.evaluation-older", model.id(), run(model));
    }
    return null;
  }

  /** Notes an evaluation on another dataset, whose questions may not be fair. */
  private static List<String> notes(Job model, Evidence evidence) {
    return evidence.fingerprint().equals(model.spec().dataset())
        ? List.of()
        : List.of(Messages.of("launcher.gate.other-run", model.id(), evidence.runId()));
  }

  private String run(Job model) {
    String directory = ledger.datasets().shown(model.spec().dataset(), shell, "DATASET");
    return Messages.of("launcher.gate.evaluate", model.id(), directory);
  }
}
