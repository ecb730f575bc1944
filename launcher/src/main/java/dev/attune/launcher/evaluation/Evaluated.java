package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.document.EvaluationFiles;
import dev.attune.launcher.evaluation.document.EvaluationReport;

/**
 * An evaluation that is in the ledger.
 *
 * @param id of its entry
 * @param files where it can be read
 */
public record Evaluated(String id, EvaluationReport report, EvaluationFiles files) {}
