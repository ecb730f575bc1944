package dev.attune.launcher.cli;

import dev.attune.format.conformance.FileReport;
import dev.attune.format.conformance.Finding;
import dev.attune.format.rule.Level;
import dev.attune.format.rule.Rule;
import dev.attune.launcher.dataset.CheckReport;
import dev.attune.page.FigureText;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints the result of a check for the user: findings, then counts. */
record CheckText(PrintStream out) {
  void print(CheckReport result) {
    result.notes().forEach(out::println);
    for (FileReport file : result.files()) {
      file.findings().forEach(this::print);
      long listed = file.findings().size();
      long all = file.counts().values().stream().mapToLong(Long::longValue).sum();
      if (all > listed) {
        out.println(file.file() + ": " + (all - listed) + " more findings are only counted below");
      }
    }
    result.files().forEach(this::counts);
    out.println(
        FigureText.count(result.count(Level.ERROR), "error")
            + ", "
            + FigureText.count(result.count(Level.WARNING), "warning"));
  }

  private void print(Finding finding) {
    String place = finding.file() + (finding.line() == 0 ? "" : ":" + finding.line());
    String warning = finding.rule().level() == Level.WARNING ? " (warning)" : "";
    out.println(
        "%s %s%s: %s; %s"
            .formatted(place, finding.rule().id(), warning, finding.cause(), finding.fix()));
  }

  private void counts(FileReport file) {
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %s, %s%s (%s%s)",
            file.file(),
            FigureText.count(file.lines(), "line"),
            FigureText.count(file.bytes(), "byte"),
            file.tokens() == 0
                ? ""
                : ", about " + FigureText.count(file.tokens(), "token") + " without padding",
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
}
