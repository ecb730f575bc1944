package dev.attune.launcher.cli.decision;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.ledger.Stamp;
import dev.attune.launcher.promotion.Evidence;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.Evidence.Gain;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.GateResult;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The document of promotion.schema.json, which promote, decline and rollback print with --json. */
record PromotionJson(
    @JsonUnwrapped Subject subject,
    @Nullable String previous,
    @JsonUnwrapped DecisionDetails details,
    @Nullable String evaluation,
    @Nullable Figures figures,
    PromotionResult.EnvFileState envFile,
    @Nullable Instant at,
    @Nullable String by) {
  private static final int VERSION = 1;

  static String of(PromotionResult outcome, Metric metric) {
    Promotions.Entry entry = outcome.entry();
    Stamp stamp = entry == null ? null : entry.stamp();
    GateResult judgement = outcome.judgement();
    Evidence evidence = judgement == null ? null : judgement.evidence();
    return JsonDocument.text(
        new PromotionJson(
            new Subject(
                VERSION,
                outcome.dataset(),
                entry == null ? "unchanged" : entry.kind().key(),
                outcome.model(),
                outcome.champion()),
            entry == null ? null : entry.previous(),
            DecisionDetails.of(entry),
            judgement == null ? null : judgement.evaluation(),
            evidence == null ? null : Figures.of(evidence, metric),
            outcome.envFile(),
            stamp == null ? null : stamp.at(),
            stamp == null ? null : stamp.by()));
  }

  private record Subject(
      int schemaVersion,
      String dataset,
      String decision,
      String model,
      @Nullable String champion) {}

  private record Figures(
      String runId,
      int examples,
      String metric,
      @Nullable Double model,
      @Nullable Double base,
      @Nullable Double champion,
      @Nullable Double invalidShare,
      @Nullable PairedGain gainOverBase,
      @Nullable PairCounts answersAgainstChampion) {
    static Figures of(Evidence evidence, Metric metric) {
      Gain overBase = gain(evidence.base());
      Gain overChampion = gain(evidence.champion());
      return new Figures(
          evidence.runId(),
          evidence.examples(),
          metric.key(),
          figure(evidence.model(), metric),
          figure(evidence.measuredBase(), metric),
          figure(evidence.measuredChampion(), metric),
          DecisionDetails.figure(evidence.model().invalidShare()),
          overBase == null ? null : overBase.metrics().get(metric),
          overChampion == null ? null : overChampion.answers());
    }

    private static @Nullable Gain gain(@Nullable Compared other) {
      return other == null ? null : other.gain();
    }

    private static @Nullable Double figure(@Nullable Measured measured, Metric metric) {
      return measured == null ? null : DecisionDetails.figure(measured.figure(metric));
    }
  }
}
