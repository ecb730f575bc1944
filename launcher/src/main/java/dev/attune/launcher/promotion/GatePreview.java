package dev.attune.launcher.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.attune.config.EvaluationConfig;
import java.util.List;

/**
 * The result of the gate for an evaluation before a decision. {@code attune promote} makes the
 * decision and enters it in the ledger; it can promote a refused model by force.
 *
 * @param passes whether the model would be promoted
 * @param figures the figures behind it, the rest of a sentence without its full stop
 * @param reasons one sentence for each test that the model fails
 */
public record GatePreview(boolean passes, String figures, List<String> reasons) {
  public GatePreview {
    reasons = List.copyOf(reasons);
  }

  /**
   * Applies the gate.
   *
   * @param rules of the configuration
   * @param evaluation a document of evaluation.schema.json
   * @throws IllegalArgumentException if the text is not JSON
   */
  public static GatePreview of(EvaluationConfig rules, String evaluation) {
    try {
      GateFindings findings = new Gate(rules).judge(EvidenceJson.read(evaluation));
      return new GatePreview(findings.isPassed(), findings.figures(), findings.reasons());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an evaluation that is no JSON", e);
    }
  }
}
