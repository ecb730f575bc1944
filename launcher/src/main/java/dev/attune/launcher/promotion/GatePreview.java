package dev.attune.launcher.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.attune.config.EvaluationConfig;
import java.util.List;

/**
 * What the gate says of an evaluation before anything is decided. The decision itself is made by
 * {@code attune promote} and stands in the ledger; a model can be promoted by force in spite of it.
 *
 * @param passes whether the model would be promoted
 * @param figures what that is based on, the rest of a sentence without its full stop
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
   * @throws IllegalArgumentException if it is no JSON
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
