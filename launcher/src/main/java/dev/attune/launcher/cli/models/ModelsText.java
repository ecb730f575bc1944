package dev.attune.launcher.cli.models;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.ledger.Stamp;
import dev.attune.launcher.promotion.Evidence;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.ListedModel;
import dev.attune.launcher.promotion.ModelList;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The models of a dataset for people: a line of a table each, and below it where it comes from. */
final class ModelsText {
  /** {@code sha256:} and 12 of 64 digits: enough to tell datasets apart. */
  private static final int SHORT_FINGERPRINT = 19;

  private static final String GAP = "  ";

  private final Shell shell;
  private final Metric metric;

  ModelsText(Shell shell, Metric metric) {
    this.shell = shell;
    this.metric = metric;
  }

  void print(ModelList list) {
    if (list.models().isEmpty()) {
      shell
          .out()
          .println("There is no model of " + list.dataset() + " yet: attune tune makes one.");
    } else {
      table(list.models());
    }
    if (list.ofOthers() > 0) {
      shell
          .out()
          .println(
              "The ledger has "
                  + (list.ofOthers() == 1 ? "a model" : list.ofOthers() + " models")
                  + " of other datasets, too");
    }
    if (list.isEnvFileBehind()) {
      String named = list.inEnvFile().modelId();
      shell
          .out()
          .println(
              list.inEnvFile().file()
                  + " names "
                  + (named == null ? "no model" : named)
                  + " and not the champion: attune promote champion mends that");
    }
  }

  private void table(List<ListedModel> models) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("model", "use", metric.key(), "base", "champion", "base model", "tuned"));
    models.forEach(model -> rows.add(row(model)));
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    shell.out().println(line(rows.get(0), widths));
    for (int i = 0; i < models.size(); i++) {
      shell.out().println(line(rows.get(i + 1), widths));
      lineage(models.get(i));
    }
  }

  private List<String> row(ListedModel model) {
    Evidence evidence = model.evidence();
    Job job = model.job();
    return List.of(
        job.id(),
        model.use().words() + (model.forced() == null ? "" : ", forced"),
        figure(evidence == null ? null : evidence.model()),
        figure(evidence == null ? null : evidence.measuredBase()),
        figure(evidence == null ? null : evidence.measuredChampion()),
        job.spec().baseModel(),
        when(model.tunedAt()));
  }

  private void lineage(ListedModel model) {
    Job job = model.job();
    detail(
        "from "
            + shell.show(model.dataset().directory())
            + " ("
            + model.dataset().fingerprint().substring(0, SHORT_FINGERPRINT)
            + "), "
            + job.spec().backEnd()
            + " job "
            + (job.known() == null ? "unknown" : job.known().name())
            + ", by "
            + job.stamp().by());
    if (model.evaluation() != null && model.evidence() != null) {
      detail(
          String.format(
              Locale.ROOT,
              "evaluated %s on %,d examples of the run %s%s",
              when(model.evaluation().stamp()),
              model.evidence().examples(),
              model.evidence().runId(),
              model.evidence().isOlder() ? " (under older rules)" : ""));
    }
    for (Promotions.Entry entry : model.decisions()) {
      decision(entry);
    }
  }

  private void decision(Promotions.Entry entry) {
    String rules = OutcomePrint.isByOlderGate(entry) ? " (under older rules)" : "";
    String who = " " + when(entry.stamp()) + " by " + entry.stamp().by() + rules;
    switch (entry.kind()) {
      case PROMOTED -> detail("promoted" + who);
      case ROLLED_BACK -> detail("put back" + who);
      case FORCED -> detail("forced" + who + ": " + OutcomePrint.quoted(entry.reason()));
      case REFUSED -> detail("refused" + who);
      case DECLINED -> detail("declined" + who + ": " + OutcomePrint.quoted(entry.reason()));
    }
    entry.verdict().lines().forEach(line -> detail(GAP + line));
  }

  private void detail(String text) {
    shell.out().println(GAP + GAP + text);
  }

  private String figure(@Nullable Measured measured) {
    return measured == null ? "-" : OutcomePrint.number(measured.figure(metric));
  }

  private static String when(Stamp stamp) {
    return when(stamp.at());
  }

  private static String when(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
