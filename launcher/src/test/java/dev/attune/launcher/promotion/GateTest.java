package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.EvaluationConfig;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.promotion.Evidence.Counted;
import dev.attune.launcher.promotion.Evidence.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final EvaluationConfig RULES =
      new EvaluationConfig(Metric.MACRO_F1, 0.0, 0.05, 0.05, 4, 300);
  private static final Measured BASE = measured("gemini", 0.7, 0.0, 70, 14);
  private static final Measured CHAMPION = measured("old-1", 0.8, 0.0, 80, 16);

  private static List<String> reasons(
      EvaluationConfig rules,
      Measured model,
      @Nullable Measured base,
      @Nullable Measured champion) {
    return new Gate(rules)
        .reasons(new Evidence("talk", "r1", "sha256:0", 120, model, base, champion));
  }

  private static List<String> reasons(Measured model) {
    return reasons(RULES, model, BASE, CHAMPION);
  }

  /** 100 examples of Motor, 20 of Music. */
  private static Measured measured(
      String id, double macroF1, double invalid, int motor, int music) {
    Map<String, Counted> categories = new LinkedHashMap<>();
    categories.put("Motor", new Counted(100, motor + 1, motor));
    categories.put("Music", new Counted(20, music + 1, music));
    return new Measured(id, Map.of(Metric.MACRO_F1, macroF1), invalid, categories);
  }

  private static EvaluationConfig rules(double gain, double fall, double invalid) {
    return new EvaluationConfig(Metric.MACRO_F1, gain, fall, invalid, 4, 300);
  }

  @Test
  void letsABetterModelPass() {
    assertThat(reasons(measured("new-1", 0.85, 0.05, 95, 19))).isEmpty();
  }

  @Test
  void letsATiePass() {
    assertThat(reasons(measured("new-1", 0.8, 0.0, 80, 16))).isEmpty();
    assertThat(reasons(RULES, measured("new-1", 0.7, 0.0, 70, 14), BASE, null)).isEmpty();
  }

  @Test
  void refusesWhatIsWorseThanTheBaseModel() {
    assertThat(reasons(RULES, measured("new-1", 0.69, 0.0, 70, 14), BASE, null))
        .containsExactly(
            "macroF1 is 0.6900 and that of the base model gemini is 0.7000: a gain of -0.0100,"
                + " where evaluation.minimumGainOverBase asks for 0.0000.");
  }

  @Test
  void refusesWhatGainsLessThanIsAskedFor() {
    EvaluationConfig rules = rules(0.1, 0.05, 0.05);
    assertThat(reasons(rules, measured("new-1", 0.79, 0.0, 70, 14), BASE, null))
        .containsExactly(
            "macroF1 is 0.7900 and that of the base model gemini is 0.7000: a gain of 0.0900,"
                + " where evaluation.minimumGainOverBase asks for 0.1000.");
    // 0.8 - 0.7 is 0.10000000000000009 and 0.9 - 0.8 is 0.09999999999999998: both gain 0.1.
    assertThat(reasons(rules, measured("new-1", 0.8, 0.0, 70, 14), BASE, null)).isEmpty();
    assertThat(
            reasons(
                rules,
                measured("new-1", 0.9, 0.0, 80, 16),
                measured("gemini", 0.8, 0.0, 70, 14),
                null))
        .isEmpty();
  }

  @Test
  void refusesWhatIsWorseThanTheChampion() {
    assertThat(reasons(measured("new-1", 0.7999, 0.0, 80, 16)))
        .containsExactly("macroF1 is 0.7999, worse than the 0.8000 of the champion old-1.");
  }

  @Test
  void showsAsManyPlacesAsTellTwoNumbersApart() {
    assertThat(reasons(measured("new-1", 0.799998, 0.0, 80, 16)))
        .containsExactly("macroF1 is 0.799998, worse than the 0.800000 of the champion old-1.");
  }

  @Test
  void refusesWhatLostRecallInOneCategoryHoweverGoodItIsOtherwise() {
    assertThat(reasons(measured("new-1", 0.9, 0.0, 100, 14)))
        .containsExactly(
            "Recall of Music is 0.7000 (14 of 20 examples) and that of the champion old-1 is"
                + " 0.8000: a fall of 0.1000, where evaluation.maximumRecallDropPerCategory allows"
                + " 0.0500.");
    // One of twenty is 0.05, which is allowed; 0.8 - 0.75 is more than that in binary.
    assertThat(reasons(measured("new-1", 0.9, 0.0, 75, 15))).isEmpty();
  }

  @Test
  void comparesRecallWithTheBaseModelWhileNothingIsInUse() {
    assertThat(reasons(RULES, measured("new-1", 0.9, 0.0, 50, 20), BASE, null))
        .containsExactly(
            "Recall of Motor is 0.5000 (50 of 100 examples) and that of the base model gemini is"
                + " 0.7000: a fall of 0.2000, where evaluation.maximumRecallDropPerCategory allows"
                + " 0.0500.");
    // With a champion, what the base model had is of no interest.
    assertThat(
            reasons(
                RULES,
                measured("new-1", 0.9, 0.0, 50, 20),
                BASE,
                measured("old-1", 0.8, 0.0, 50, 16)))
        .isEmpty();
  }

  @Test
  void holdsNoRecallAgainstAModelThatTheBaseHasByAlwaysSayingTheSame() {
    Map<String, Counted> categories = new LinkedHashMap<>();
    categories.put("Motor", new Counted(100, 120, 100));
    categories.put("Music", new Counted(20, 0, 0));
    Measured constant = new Measured("most-frequent", Map.of(Metric.MACRO_F1, 0.4), 0, categories);
    Measured model = measured("new-1", 0.8, 0.0, 80, 16);

    assertThat(reasons(RULES, model, constant, null)).isEmpty();
    // A model in use is another matter: whoever relies on it would lose by the change.
    assertThat(reasons(RULES, model, BASE, constant)).hasSize(1);
  }

  @Test
  void refusesTooManyInvalidAnswers() {
    assertThat(reasons(measured("new-1", 0.9, 0.0501, 80, 16)))
        .containsExactly(
            "The share of invalid answers is 0.0501, where evaluation.maximumInvalidShare allows"
                + " 0.0500.");
    assertThat(reasons(rules(0, 0.05, 0), measured("new-1", 0.9, 0, 80, 16), BASE, CHAMPION))
        .isEmpty();
  }

  @Test
  void namesEveryTestThatFails() {
    assertThat(reasons(measured("new-1", 0.6, 0.5, 0, 0)))
        .hasSize(5)
        .satisfiesExactly(
            base -> assertThat(base).contains("base model gemini"),
            champion -> assertThat(champion).contains("worse than the 0.8000"),
            motor -> assertThat(motor).startsWith("Recall of Motor is 0.0000 (0 of 100"),
            music -> assertThat(music).startsWith("Recall of Music is 0.0000 (0 of 20"),
            invalid -> assertThat(invalid).startsWith("The share of invalid answers is 0.5000"));
  }

  @Test
  void letsNothingPassThatWasNotMeasured() {
    Measured unknown = new Measured("new-1", Map.of(), Double.NaN, Map.of());

    assertThat(reasons(unknown))
        .containsExactly(
            "macroF1 was not measured of both the model and its base model gemini.",
            "macroF1 was not measured of both the model and the champion old-1.",
            "Recall of Motor was not measured on the examples that the champion old-1 had.",
            "Recall of Music was not measured on the examples that the champion old-1 had.",
            "The share of invalid answers was not measured.");
    assertThat(reasons(RULES, measured("new-1", 0.9, 0, 80, 16), null, null))
        .containsExactly("It was not compared with its base model.");
  }

  @Test
  void comparesWhatTheConfigurationNames() {
    EvaluationConfig accuracy = new EvaluationConfig(Metric.ACCURACY, 0, 1, 1, 4, 300);
    Measured model = new Measured("new-1", Map.of(Metric.ACCURACY, 0.5), 0, Map.of());
    Measured base = new Measured("gemini", Map.of(Metric.ACCURACY, 0.6), 0, Map.of());

    assertThat(reasons(accuracy, model, base, null))
        .singleElement()
        .asString()
        .startsWith("accuracy is 0.5000 ");
  }
}
