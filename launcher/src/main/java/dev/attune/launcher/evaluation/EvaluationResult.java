package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.report.EvaluationFiles;
import dev.attune.launcher.evaluation.report.EvaluationReport;

/**
 * An evaluation that was entered in the ledger.
 *
 * @param id id of the ledger entry
 */
public record EvaluationResult(String id, EvaluationReport report, EvaluationFiles files) {}
