package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.document.EvaluationFiles;
import dev.attune.launcher.evaluation.document.EvaluationReport;

/**
 * An evaluation that was entered in the ledger.
 *
 * @param id id of the ledger entry
 */
public record EvaluationResult(String id, EvaluationReport report, EvaluationFiles files) {}
