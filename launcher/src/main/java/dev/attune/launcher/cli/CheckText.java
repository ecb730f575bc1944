package dev.attune.launcher.cli;

import dev.attune.format.conformance.FileReport;
import dev.attune.format.conformance.Finding;
import dev.attune.format.rule.Level;
import dev.attune.format.rule.Rule;
import dev.attune.launcher.dataset.CheckReport;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** A check's result for people: findings, then counts. */
final class CheckText {
  private final PrintStream out;

  CheckText(PrintStream out) {
    this.out = out;
  }

  void print(CheckReport result) {
    result.notes().forEach(out::println);
    for (FileReport file : result.files()) {
      file.findings().forEach(this::print);
      long listed = file.findings().size();
      long all = file.counts().values().stream().mapToLong(Long::longValue).sum();
      if (all > listed) {
        out.println(file.file() + ": " + (all - listed) + " findings more are counted below only");
      }
    }
    result.files().forEach(this::counts);
    out.println(
        number(result.count(Level.ERROR), "error")
            + ", "
            + number(result.count(Level.WARNING), "warning"));
  }

  private void print(Finding finding) {
    String place = finding.file() + (finding.line() == 0 ? "" : ":" + finding.line());
    out.println(
        place
            + " "
            + finding.rule().id()
            + (finding.rule().level() == Level.WARNING ? " (warning)" : "")
            + ": "
            + finding.cause()
            + "; "
            + finding.fix());
  }

  private void counts(FileReport file) {
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %s, %s%s (%s%s)",
            file.file(),
            number(file.lines(), "line"),
            number(file.bytes(), "byte"),
            file.tokens() == 0
                ? ""
                : ", about " + number(file.tokens(), "token") + " without padding",
            file.lines() == 0 ? "" : file.format().name().toLowerCase(Locale.ROOT) + ", ",
            file.use().name().toLowerCase(Locale.ROOT)));
    for (Map.Entry<Rule, Long> count : file.counts().entrySet()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %,9d %s  %s",
              count.getValue(),
              count.getKey().level() == Level.ERROR ? "error  " : "warning",
              count.getKey().id()));
    }
  }

  private static String number(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
