package dev.attune.pipeline.prepare;

import dev.attune.pipeline.report.ReportData;
import java.nio.file.Path;

/**
 * A published dataset.
 *
 * @param directory where it stands
 * @param unchanged whether the same dataset stood there already, so that nothing was written
 * @param report what report.html says
 */
public record PrepareResult(Path directory, boolean unchanged, ReportData report) {}
