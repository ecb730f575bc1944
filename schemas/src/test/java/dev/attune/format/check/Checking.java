package dev.attune.format.check;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.TokenEstimate;
import dev.attune.config.OutputFormat;
import dev.attune.format.check.FileReport.Use;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks text in tests. */
final class Checking {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  private Checking() {}

  static CheckRules rules(@Nullable String baseModel) {
    return new CheckRules(
        baseModel,
        answer -> answer.contains("unknown") ? answer : null,
        TODAY,
        BaseModels.bundled());
  }

  /** The findings about lines, {@code line rule: cause} each. */
  static List<String> lines(OutputFormat format, @Nullable String baseModel, byte[] jsonl) {
    return report(format, baseModel, jsonl).findings().stream()
        .filter(finding -> finding.line() > 0)
        .map(Checking::text)
        .toList();
  }

  static FileReport report(OutputFormat format, @Nullable String baseModel, byte[] jsonl) {
    Consistency consistency = new Consistency();
    FileCheck check = new FileCheck("f.jsonl", Use.TRAINING, format, rules(baseModel), consistency);
    try {
      check.read(new ByteArrayInputStream(jsonl), 0, false, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    consistency.finish();
    return check.report();
  }

  static String text(Finding finding) {
    return finding.line() + " " + finding.rule().id() + ": " + finding.cause();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A text of this many tokens. */
  static String tokens(int count) {
    String text = "x".repeat(count * 4);
    if (TokenEstimate.tokens(TokenEstimate.units(text)) != count) {
      throw new AssertionError("the estimate has changed");
    }
    return text;
  }
}
