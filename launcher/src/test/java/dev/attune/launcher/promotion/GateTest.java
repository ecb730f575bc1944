package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.EvaluationConfig;
import dev.attune.config.EvaluationConfig.Judging;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.Evidence.Counted;
import dev.attune.launcher.promotion.Evidence.Gain;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final EvaluationConfig RULES = rules(Metric.MACRO_F1, 0.0, 0.05, 0.05, 30);
  private static final PairCounts NONE = new PairCounts(0, 0);
  private static final Compared BASE =
      compared("gemini", 0.7, new PairedGain(0.15, 0.1, 0.2), NONE, pairs(NONE, NONE));
  private static final Measured MODEL = measured("new-1", 0.85, 0.0, 80, 16);

  private static EvaluationConfig rules(
      Metric metric, double gain, double fall, double invalid, int examples) {
    return new EvaluationConfig(metric, gain, fall, invalid, examples, 4, 300, Judging.NONE);
  }

  private static GateFindings judge(
      EvaluationConfig rules,
      Measured model,
      @Nullable Compared base,
      @Nullable Compared champion) {
    return new Gate(rules)
        .judge(new Evidence(2, "talk", "r1", "sha256:0", 120, 0, model, base, champion, null));
  }

  private static GateFindings judge(@Nullable Compared base, @Nullable Compared champion) {
    return judge(RULES, MODEL, base, champion);
  }

  /** 100 examples of Motor, 20 of Music. */
  private static Measured measured(
      String id, double macroF1, double invalid, int motor, int music) {
    Map<String, Counted> categories = new LinkedHashMap<>();
    categories.put("Motor", new Counted(100, motor + 1, motor));
    categories.put("Music", new Counted(20, music + 1, music));
    return new Measured(id, Map.of(Metric.MACRO_F1, macroF1), invalid, categories);
  }

  private static Map<String, PairCounts> pairs(PairCounts motor, PairCounts music) {
    return Map.of("Motor", motor, "Music", music);
  }

  private static Compared compared(
      String id,
      double macroF1,
      PairedGain gain,
      PairCounts answers,
      Map<String, PairCounts> categories) {
    return new Compared(
        measured(id, macroF1, 0, 70, 14),
        new Gain(Map.of(Metric.MACRO_F1, gain), answers, categories));
  }

  private static Compared base(double gain, double low, double high) {
    return compared("gemini", 0.7, new PairedGain(gain, low, high), NONE, pairs(NONE, NONE));
  }

  private static Compared champion(PairCounts answers) {
    return champion(answers, pairs(NONE, NONE));
  }

  private static Compared champion(PairCounts answers, Map<String, PairCounts> categories) {
    return compared("old-1", 0.8, new PairedGain(0.05, 0.0, 0.1), answers, categories);
  }

  @Test
  void promotesABetterModelAndSaysWhy() {
    GateFindings findings = judge(BASE, champion(new PairCounts(21, 8)));
    assertThat(findings.isPassed()).isTrue();
    assertThat(findings.reasons()).isEmpty();
    assertThat(findings.figures())
        .isEqualTo(
            "on 120 validation examples the gain in macroF1 over the base model gemini is +0.150"
                + " (95% interval +0.100 to +0.200); of 120 validation examples new-1 answers 21"
                + " right that the champion old-1 gets wrong, and 8 wrong that old-1 gets right; no"
                + " category lost more recall than chance explains");
  }

  @Test
  void promotesWhatAnswersLikeTheChampion() {
    GateFindings findings = judge(BASE, champion(NONE));

    assertThat(findings.isPassed()).isTrue();
    assertThat(findings.figures())
        .contains("0 wrong that old-1 gets right, and not worse than the champion is enough;");
  }

  @Test
  void promotesTheFirstModelThatIsBetterThanItsBase() {
    GateFindings findings = judge(BASE, null);

    assertThat(findings.isPassed()).isTrue();
    assertThat(findings.figures()).contains("; no model was in use; ");
  }

  @Test
  void refusesWhatMayBeNoBetterThanItsBaseModel() {
    GateFindings findings = judge(base(0.15, -0.01, 0.31), null);

    assertThat(findings.figures())
        .isEqualTo(
            "on 120 validation examples the gain in macroF1 over the base model gemini is +0.150"
                + " (95% interval -0.010 to +0.310), and the interval must lie above 0.000");
    assertThat(findings.reasons())
        .containsExactly(
            "macroF1 is 0.850 and that of the base model gemini is 0.700: the lower end of the"
                + " gain's 95% interval is -0.010 and must be above"
                + " evaluation.minimumGainOverBase, which is 0.000.");
    assertThat(judge(base(0.15, 0, 0.3), null).isPassed()).isFalse();
    assertThat(judge(base(0.15, 0.000001, 0.3), null).isPassed()).isTrue();
  }

  @Test
  void asksForTheGainOfTheConfiguration() {
    EvaluationConfig rules = rules(Metric.MACRO_F1, 0.1, 0.05, 0.05, 30);

    assertThat(judge(rules, MODEL, base(0.15, 0.1, 0.2), null).reasons())
        .singleElement()
        .asString()
        .endsWith("is 0.100 and must be above evaluation.minimumGainOverBase, which is 0.100.");
    assertThat(judge(rules, MODEL, base(0.15, 0.100002, 0.2), null).isPassed()).isTrue();
  }

  @Test
  void refusesWhatLosesMoreAnswersToTheChampionThanItGains() {
    GateFindings findings = judge(BASE, champion(new PairCounts(2, 7)));

    assertThat(findings.figures())
        .isEqualTo(
            "of 120 validation examples new-1 answers 2 right that the champion old-1 gets wrong,"
                + " and 7 wrong that old-1 gets right, which happens by chance in 1 of 11 cases if"
                + " both models are equally good");
    assertThat(findings.reasons())
        .containsExactly(
            "The answers are worse than those of the champion old-1: the difference of -5 is -1.67"
                + " times its standard error, and the gate refuses below -1.15.");
    // A difference of 1.13 standard errors passes, one of 1.18 does not.
    assertThat(judge(BASE, champion(new PairCounts(12, 18))).isPassed()).isTrue();
    assertThat(judge(BASE, champion(new PairCounts(23, 32))).isPassed()).isFalse();
  }

  @Test
  void refusesWhatLosesMuchInTheMetricThoughTheAnswersAreAsGood() {
    PairedGain loss = new PairedGain(-0.06, -0.10, -0.02);
    Compared champion = compared("old-1", 0.91, loss, new PairCounts(5, 5), pairs(NONE, NONE));
    GateFindings findings = judge(BASE, champion);

    assertThat(findings.figures())
        .isEqualTo(
            "the gain in macroF1 over the champion old-1 is -0.060 (95% interval -0.100 to"
                + " -0.020)");
    assertThat(findings.reasons())
        .containsExactly(
            "macroF1 is 0.850, worse than the 0.910 of the champion old-1: the difference is"
                + " -2.94 times its standard error, and the gate refuses below -2.33.");
    // With accuracy as the metric, right and wrong answers alone count.
    Measured model = new Measured("new-1", Map.of(Metric.ACCURACY, 0.8), 0, MODEL.categories());
    Gain gain =
        new Gain(
            Map.of(Metric.ACCURACY, new PairedGain(0.1, 0.05, 0.15)),
            new PairCounts(5, 5),
            pairs(NONE, NONE));
    Compared other = new Compared(MODEL, gain);
    assertThat(judge(rules(Metric.ACCURACY, 0, 0.05, 0.05, 30), model, other, other).isPassed())
        .isTrue();
  }

  @Test
  void refusesWhatLostOneCategoryHoweverGoodItIsOtherwise() {
    GateFindings findings =
        judge(
            RULES,
            measured("new-1", 0.85, 0.0, 80, 7),
            BASE,
            champion(new PairCounts(40, 9), pairs(new PairCounts(40, 0), new PairCounts(0, 9))));

    assertThat(findings.figures())
        .isEqualTo(
            "of the 20 examples of Music it recognises 0 that the champion old-1 misses, and misses"
                + " 9 that the champion old-1 recognises, which happens by chance in 1 of 510 cases"
                + " if both models are equally good");
    assertThat(findings.reasons())
        .containsExactly(
            "Recall of Music is 0.350 (7 of 20 examples) and that of the champion old-1 is"
                + " 0.800: a fall of 0.450, where evaluation.maximumRecallDropPerCategory allows"
                + " 0.050, and the gate refuses more where it happens by chance in 1 of 100 cases"
                + " or fewer.");
    // The same fall in fewer answers may be chance.
    assertThat(
            judge(
                    BASE,
                    champion(
                        new PairCounts(40, 4), pairs(new PairCounts(40, 0), new PairCounts(0, 4))))
                .isPassed())
        .isTrue();
    assertThat(
            judge(
                    rules(Metric.MACRO_F1, 0, 0.45, 0.05, 30),
                    MODEL,
                    BASE,
                    champion(
                        new PairCounts(40, 9), pairs(new PairCounts(40, 0), new PairCounts(0, 9))))
                .isPassed())
        .isTrue();
  }

  @Test
  void takesCategoriesWithFewExamplesTogether() {
    Map<String, Counted> few = new LinkedHashMap<>();
    Map<String, PairCounts> pairs = new LinkedHashMap<>();
    for (String id : new String[] {"a", "b", "c", "d", "e", "f"}) {
      few.put(id, new Counted(9, 7, 7));
      pairs.put(id, new PairCounts(0, 2));
    }
    Measured model = new Measured("new-1", MODEL.metrics(), 0, few);
    Gain gain =
        new Gain(
            Map.of(Metric.MACRO_F1, new PairedGain(0.05, 0, 0.1)), new PairCounts(12, 12), pairs);
    GateFindings findings =
        judge(RULES, model, BASE, new Compared(new Measured("old-1", Map.of(), 0, few), gain));

    assertThat(findings.figures())
        .startsWith(
            "of the 54 examples of the 6 categories with fewer than 10 examples it recognises 0"
                + " that the champion old-1 misses, and misses 12 that");
    assertThat(findings.reasons())
        .containsExactly(
            "Recall of the 6 categories with fewer than 10 examples (a, b, c, d, e and 1 more) is"
                + " 0.222 below that of the champion old-1:"
                + " evaluation.maximumRecallDropPerCategory allows 0.050, and the gate refuses"
                + " more where it happens by chance in 1 of 50 cases or fewer.");
  }

  @Test
  void refusesWhatNoLongerRecognisesACategory() {
    PairCounts music = new PairCounts(0, 3);
    Compared champion = champion(new PairCounts(40, 3), pairs(new PairCounts(40, 0), music));
    GateFindings findings = judge(RULES, measured("new-1", 0.85, 0.0, 80, 0), BASE, champion);

    assertThat(findings.figures())
        .isEqualTo(
            "it recognises none of the 20 examples of Music, and the champion old-1 recognises 3");
  }

  @Test
  void countsFurtherCategoriesThatLostRecall() {
    Map<String, Counted> counted = new LinkedHashMap<>();
    Map<String, PairCounts> pairs = new LinkedHashMap<>();
    for (String id : new String[] {"a", "b", "c", "d", "e"}) {
      counted.put(id, new Counted(24, 4, 4));
      pairs.put(id, new PairCounts(0, 20));
    }
    Gain gain =
        new Gain(
            Map.of(Metric.MACRO_F1, new PairedGain(0, -0.1, 0.1)), new PairCounts(99, 99), pairs);
    GateFindings findings =
        judge(
            RULES,
            new Measured("new-1", MODEL.metrics(), 0, counted),
            BASE,
            new Compared(new Measured("old-1", Map.of(), 0, counted), gain));

    assertThat(findings.figures())
        .contains("examples of c ")
        .endsWith("; 2 more categories lost recall");
    assertThat(findings.reasons()).hasSize(5);
  }

  @Test
  void comparesRecallWithTheBaseModelWhileNothingIsInUse() {
    Compared base =
        compared(
            "gemini",
            0.7,
            new PairedGain(0.15, 0.1, 0.2),
            new PairCounts(30, 12),
            pairs(new PairCounts(0, 12), new PairCounts(6, 0)));

    assertThat(judge(base, null).figures())
        .startsWith("of the 100 examples of Motor it recognises 0 that the base model gemini")
        .contains(" misses 12 that the base model gemini recognises");
    // With a champion, what the base model had is of no interest.
    assertThat(judge(base, champion(NONE)).isPassed()).isTrue();
  }

  @Test
  void holdsNoRecallAgainstAModelThatTheBaseHasByAlwaysSayingTheSame() {
    Map<String, Counted> categories = new LinkedHashMap<>();
    categories.put("Motor", new Counted(100, 120, 100));
    categories.put("Music", new Counted(20, 0, 0));
    Gain gain =
        new Gain(
            Map.of(Metric.MACRO_F1, new PairedGain(0.4, 0.3, 0.5)),
            new PairCounts(20, 20),
            pairs(new PairCounts(0, 20), new PairCounts(16, 0)));
    Compared constant = new Compared(new Measured("most-frequent", Map.of(), 0, categories), gain);

    assertThat(judge(constant, null).isPassed()).isTrue();
    // A model in use is another matter: whoever relies on it would lose by the change.
    assertThat(judge(BASE, constant).isPassed()).isFalse();
  }

  @Test
  void asksForEnoughExamples() {
    EvaluationConfig rules = rules(Metric.MACRO_F1, 0, 0.05, 0.05, 121);

    assertThat(judge(rules, MODEL, BASE, null).reasons())
        .containsExactly(
            "120 validation examples were counted, and evaluation.minimumExamples asks for 121.");
    Evidence unfair = new Evidence(2, "talk", "r1", "sha256:0", 120, 1300, MODEL, BASE, null, null);
    assertThat(new Gate(rules).judge(unfair).figures())
        .isEqualTo(
            "120 validation examples were counted (1,300 more were left out because a compared"
                + " model was tuned on them), and evaluation.minimumExamples asks for 121");
    assertThat(judge(rules(Metric.MACRO_F1, 0, 0.05, 0.05, 120), MODEL, BASE, null).isPassed())
        .isTrue();
  }

  @Test
  void refusesTooManyInvalidAnswers() {
    assertThat(judge(RULES, measured("new-1", 0.9, 0.0501, 80, 16), BASE, null).reasons())
        .containsExactly(
            "The share of invalid answers is 0.0501, where evaluation.maximumInvalidShare allows"
                + " 0.0500.");
    assertThat(judge(RULES, measured("new-1", 0.9, 0.05, 80, 16), BASE, null).isPassed()).isTrue();
  }

  @Test
  void namesEveryTestThatFails() {
    Compared champion =
        compared(
            "old-1",
            0.95,
            new PairedGain(-0.5, -0.6, -0.4),
            new PairCounts(0, 30),
            pairs(new PairCounts(0, 20), new PairCounts(0, 10)));
    GateFindings findings =
        judge(
            rules(Metric.MACRO_F1, 0, 0.05, 0.05, 200),
            measured("new-1", 0.45, 0.5, 60, 6),
            base(-0.25, -0.3, -0.2),
            champion);

    assertThat(findings.reasons())
        .satisfiesExactly(
            examples -> assertThat(examples).startsWith("120 validation examples"),
            base -> assertThat(base).contains("base model gemini"),
            answers -> assertThat(answers).startsWith("The answers are worse"),
            metric -> assertThat(metric).startsWith("macroF1 is 0.450, worse than the 0.950"),
            motor -> assertThat(motor).startsWith("Recall of Motor is 0.600 (60 of 100"),
            music -> assertThat(music).startsWith("Recall of Music is 0.300 (6 of 20"),
            invalid -> assertThat(invalid).startsWith("The share of invalid answers is 0.500"));
    assertThat(findings.figures())
        .startsWith("120 validation examples were counted")
        .contains("over the base model gemini is -0.250")
        .contains("0 right that the champion old-1 gets wrong, and 30 wrong")
        .contains("less than 1 of 1,000,000 cases")
        .contains("examples of Music")
        .endsWith(
            "; the share of invalid answers is 0.500, where"
                + " evaluation.maximumInvalidShare allows 0.050");
  }

  @Test
  void letsNothingPassThatWasNotMeasured() {
    Measured unknown = new Measured("new-1", Map.of(), Double.NaN, Map.of());
    Gain nothing = new Gain(Map.of(), NONE, Map.of());

    assertThat(
            judge(
                    RULES,
                    unknown,
                    new Compared(MODEL, nothing),
                    new Compared(measured("old-1", 0.8, 0, 80, 16), nothing))
                .reasons())
        .containsExactly(
            "The gain in macroF1 over the base model new-1 was not measured.",
            "The gain in macroF1 over the champion old-1 was not measured.",
            "Recall of Motor, Music was not measured on the examples that the champion old-1 had.",
            "The share of invalid answers was not measured.");
    assertThat(judge(null, new Compared(MODEL, null)).reasons())
        .contains(
            "It was not compared with its base model.",
            "Its answers were not compared with those of the champion new-1.");
  }
}
