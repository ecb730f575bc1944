package dev.attune.launcher.promotion;

import dev.attune.config.EvaluationConfig;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.evaluation.figures.Estimate;
import dev.attune.launcher.evaluation.figures.PairedFigures;
import dev.attune.launcher.evaluation.figures.PairedFigures.Scored;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.Evidence.Counted;
import dev.attune.launcher.promotion.Evidence.Gain;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.gate.ChampionComparison;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.launcher.promotion.gate.RecallDrops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gate, held for simulated answers with the default limits. */
final class SimulatedGate {
  private static final double MINIMUM_GAIN = 0;
  private static final double ALLOWED_DROP = 0.05;

  private final SimulatedModels models;
  private final PairedFigures figures;
  private final int[] support;

  SimulatedGate(SimulatedModels models) {
    this.models = models;
    this.figures = new PairedFigures(models.categories());
    this.support = new int[models.categories()];
    for (int truth : models.truths()) {
      support[truth]++;
    }
  }

  /** Whether the statistical tests alone promote the model, with accuracy as the metric. */
  boolean promotesByAccuracy(boolean withChampion) {
    PairCounts overBase = answers(categories(models.base));
    Estimate gain =
        PairedFigures.accuracyGain(overBase.better(), overBase.worse(), models.examples());
    return isNotWorse(withChampion) && paired(gain).isAbove(MINIMUM_GAIN);
  }

  /** The same with macro F1 as the metric. */
  boolean promotesByMacroF1(boolean withChampion) {
    if (!isNotWorse(withChampion)) {
      return false;
    }
    Scored model = figures.score(models.truths(), models.model);
    Scored base = figures.score(models.truths(), models.base);
    if (!paired(model.macroF1Gain(base)).isAbove(MINIMUM_GAIN)) {
      return false;
    }
    if (!withChampion) {
      return true;
    }
    Scored champion = figures.score(models.truths(), models.champion);
    return !ChampionComparison.isWorse(paired(model.macroF1Gain(champion)));
  }

  private boolean isNotWorse(boolean withChampion) {
    List<RecallDrops.Category> categories =
        categories(withChampion ? models.champion : models.base);
    return !(withChampion && ChampionComparison.isWorse(answers(categories)))
        && RecallDrops.find(categories, ALLOWED_DROP).isEmpty();
  }

  /** Whether the gate promotes the model, by an evaluation with the same figures. */
  boolean promotes(Metric metric, boolean withChampion) {
    EvaluationConfig rules =
        new EvaluationConfig(
            metric, MINIMUM_GAIN, ALLOWED_DROP, 0.05, 30, 4, 300, EvaluationConfig.Judging.NONE);
    Compared base = compared("base", models.base);
    Compared champion = withChampion ? compared("champion", models.champion) : null;
    Evidence evidence =
        new Evidence(
            2,
            "simulated",
            "r1",
            "sha256:0",
            models.examples(),
            0,
            measured("model", models.model),
            base,
            champion,
            null);
    return new Gate(rules).judge(evidence).isPassed();
  }

  private Compared compared(String id, int[] other) {
    Scored model = figures.score(models.truths(), models.model);
    Scored scored = figures.score(models.truths(), other);
    Map<String, PairCounts> pairs = new LinkedHashMap<>();
    categories(other).forEach(category -> pairs.put(category.id(), category.pairs()));
    Gain gain =
        new Gain(
            Map.of(
                Metric.ACCURACY,
                paired(model.accuracyGain(scored)),
                Metric.MACRO_F1,
                paired(model.macroF1Gain(scored))),
            answers(categories(other)),
            pairs);
    return new Compared(measured(id, other), gain);
  }

  private Measured measured(String id, int[] given) {
    int[] predicted = new int[support.length];
    int[] correct = new int[support.length];
    for (int i = 0; i < given.length; i++) {
      predicted[given[i]]++;
      correct[given[i]] += given[i] == models.truths()[i] ? 1 : 0;
    }
    Map<String, Counted> categories = new LinkedHashMap<>();
    for (int i = 0; i < support.length; i++) {
      categories.put(String.valueOf(i), new Counted(support[i], predicted[i], correct[i]));
    }
    return new Measured(id, Map.of(), 0, categories);
  }

  private static PairCounts answers(List<RecallDrops.Category> categories) {
    int better = 0;
    int worse = 0;
    for (RecallDrops.Category category : categories) {
      better += category.pairs().better();
      worse += category.pairs().worse();
    }
    return new PairCounts(better, worse);
  }

  private List<RecallDrops.Category> categories(int[] other) {
    int[] better = new int[support.length];
    int[] worse = new int[support.length];
    int[] recognised = new int[support.length];
    for (int i = 0; i < other.length; i++) {
      int truth = models.truths()[i];
      boolean right = models.model[i] == truth;
      recognised[truth] += right ? 1 : 0;
      if (right != (other[i] == truth)) {
        better[truth] += right ? 1 : 0;
        worse[truth] += right ? 0 : 1;
      }
    }
    List<RecallDrops.Category> categories = new ArrayList<>();
    for (int i = 0; i < support.length; i++) {
      categories.add(
          new RecallDrops.Category(
              String.valueOf(i), support[i], recognised[i], new PairCounts(better[i], worse[i])));
    }
    return categories;
  }

  private static PairedGain paired(Estimate gain) {
    return new PairedGain(gain.value(), gain.low(), gain.high());
  }
}
