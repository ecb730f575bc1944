package dev.attune.format.conformance;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.TokenEstimate;
import dev.attune.config.OutputFormat;
import dev.attune.format.conformance.FileReport.Use;
import dev.attune.place.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks text in tests. */
final class Checking {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  /** Said of every file of OpenAI's; FileRulesTest.findsThatAProviderTakesNoNewJobs looks at it. */
  private static final String SERVICE_ENDS =
      "0 tuning-ends: OpenAI takes no new tuning jobs from 2027-01-06 on";

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

  /** The findings of a file, but for what is said of every file of OpenAI's. */
  static List<String> file(
      Path file, Use use, OutputFormat format, @Nullable String baseModel, LocalDate today)
      throws IOException {
    Checker checker = new Checker(new CheckRules(baseModel, null, today, BaseModels.bundled()));
    return texts(checker.file(Place.of(file), String.valueOf(file.getFileName()), use, format))
        .stream()
        .filter(text -> !text.equals(SERVICE_ENDS))
        .toList();
  }

  /** The findings of a report, {@code line rule: cause} each. */
  static List<String> texts(FileReport report) {
    return report.findings().stream().map(Checking::text).toList();
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
