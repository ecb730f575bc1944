package dev.attune.launcher.cli.decision;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TextTable;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.ledger.Stamp;
import dev.attune.launcher.promotion.Evidence;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.ListedModel;
import dev.attune.launcher.promotion.ModelList;
import dev.attune.launcher.promotion.preference.JudgedEvidence;
import dev.attune.message.Messages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the models of a dataset: a line of a table each, and below it the lineage. */
record ModelsText(Shell shell, Metric metric) {
  /** {@code sha256:} and 12 of 64 digits: enough to tell datasets apart. */
  private static final int SHORT_FINGERPRINT = 19;

  private static final String GAP = "  ";

  void print(ModelList list) {
    if (list.models().isEmpty()) {
      shell
          .out()
          .println("There is no model of " + list.dataset() + " yet: create one with attune tune.");
    } else {
      table(list.models());
    }
    if (list.modelsOfOtherDatasets() > 0) {
      shell
          .out()
          .println(
              "The ledger has %s of other datasets, too"
                  .formatted(
                      list.modelsOfOtherDatasets() == 1
                          ? "a model"
                          : list.modelsOfOtherDatasets() + " models"));
    }
    if (list.isEnvFileBehind()) {
      String named = list.envFile().modelId();
      shell
          .out()
          .println(
              Messages.of(
                  "launcher.decision.env-file",
                  list.envFile().file(),
                  named == null ? "no model" : named));
    }
  }

  private void table(List<ListedModel> models) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("model", "use", metric.key(), "base", "champion", "base model", "tuned"));
    models.forEach(model -> rows.add(row(model)));
    List<String> lines = TextTable.lines(rows);
    shell.out().println(lines.get(0));
    for (int i = 0; i < models.size(); i++) {
      shell.out().println(lines.get(i + 1));
      lineage(models.get(i));
    }
  }

  private List<String> row(ListedModel model) {
    Evidence evidence = model.evidence();
    JudgedEvidence judged = evidence == null ? null : evidence.judged();
    Job job = model.job();
    return List.of(
        job.id(),
        model.use().words() + (model.forced() == null ? "" : ", forced"),
        judged == null ? figure(evidence == null ? null : evidence.model()) : "judged",
        judged == null
            ? figure(evidence == null ? null : evidence.measuredBase())
            : won(judged.rateOverBase()),
        judged == null
            ? figure(evidence == null ? null : evidence.measuredChampion())
            : won(judged.rateOverChampion()),
        job.spec().baseModel(),
        when(model.tunedAt()));
  }

  private void lineage(ListedModel model) {
    Job job = model.job();
    detail(
        "from %s (%s), %s job %s, by %s"
            .formatted(
                shell.show(model.dataset().directory()),
                model.dataset().fingerprint().substring(0, SHORT_FINGERPRINT),
                job.spec().backEnd(),
                job.name() == null ? "unknown" : job.name(),
                job.stamp().by()));
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
    String rules = PromotionOutput.isByOlderGate(entry) ? " (under older rules)" : "";
    String who = " " + when(entry.stamp()) + " by " + entry.stamp().by() + rules;
    switch (entry.kind()) {
      case PROMOTED -> detail("promoted" + who);
      case ROLLED_BACK -> detail("put back" + who);
      case FORCED -> detail("forced" + who + ": " + PromotionOutput.quoted(entry.reason()));
      case REFUSED -> detail("refused" + who);
      case DECLINED -> detail("declined" + who + ": " + PromotionOutput.quoted(entry.reason()));
    }
    entry.verdict().lines().forEach(line -> detail(GAP + line));
  }

  private void detail(String text) {
    shell.out().println(GAP + GAP + text);
  }

  /** Formats a win rate over another model. */
  private static String won(double rate) {
    return Double.isNaN(rate) ? "-" : "won " + PromotionOutput.number(rate);
  }

  private String figure(@Nullable Measured measured) {
    return measured == null ? "-" : PromotionOutput.number(measured.figure(metric));
  }

  private static String when(Stamp stamp) {
    return when(stamp.at());
  }

  private static String when(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
