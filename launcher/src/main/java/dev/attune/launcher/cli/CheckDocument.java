package dev.attune.launcher.cli;

import dev.attune.format.conformance.FileReport;
import dev.attune.format.conformance.Finding;
import dev.attune.format.rule.Level;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.dataset.CheckReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of check-report.schema.json, which {@code attune check --json} prints. */
record CheckDocument(
    int schemaVersion,
    @Nullable String baseModel,
    long errors,
    long warnings,
    double seconds,
    List<String> notes,
    List<CheckedFile> files) {
  static CheckDocument of(CheckReport report) {
    return new CheckDocument(
        1,
        report.baseModel(),
        report.errors(),
        report.count(Level.WARNING),
        JsonDocument.seconds(report.took()),
        report.notes(),
        report.files().stream().map(CheckedFile::of).toList());
  }

  private record CheckedFile(
      String file,
      String use,
      String format,
      long lines,
      long linesWithErrors,
      long bytes,
      long tokens,
      Map<String, Long> counts,
      List<PlacedFinding> findings) {
    static CheckedFile of(FileReport file) {
      Map<String, Long> counts = new LinkedHashMap<>();
      file.counts().forEach((rule, count) -> counts.put(rule.id(), count));
      return new CheckedFile(
          file.file(),
          JsonDocument.word(file.use()),
          JsonDocument.word(file.format()),
          file.lines(),
          file.linesWithErrors(),
          file.bytes(),
          file.tokens(),
          counts,
          file.findings().stream().map(PlacedFinding::of).toList());
    }
  }

  private record PlacedFinding(
      String file, @Nullable Long line, String rule, String level, String cause, String fix) {
    static PlacedFinding of(Finding finding) {
      return new PlacedFinding(
          finding.file(),
          finding.line() == 0 ? null : finding.line(),
          finding.rule().id(),
          JsonDocument.word(finding.rule().level()),
          finding.cause(),
          finding.fix());
    }
  }
}
