package dev.attune.launcher.judge;

import dev.attune.config.AttuneConfig;
import dev.attune.config.EvaluationConfig.Judging;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.models.ModelFamily;
import dev.attune.models.Sampling;
import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.TextRedactor;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The judges of a configuration, with the files that {@code evaluation} names.
 *
 * @param models in the order of {@code evaluation.judges}
 * @param rubric what they look at
 * @param gold text of the gold file; empty without one
 * @param goldShown its name in messages; empty without one
 * @param minimumAgreement the least agreement with the gold file
 */
public record ConfiguredJudges(
    List<ModelConfig> models,
    Rubric rubric,
    String gold,
    String goldShown,
    double minimumAgreement) {
  public ConfiguredJudges {
    models = List.copyOf(models);
  }

  /**
   * Reads the judges; asks none of them.
   *
   * @throws CommandFailure if there are none, or a file is missing or faulty
   */
  public static ConfiguredJudges of(AttuneConfig config, Shell shell)
      throws CommandFailure, IOException {
    Judging judging = config.evaluation().judging();
    if (judging.judges().isEmpty()) {
      throw refusal(
          Messages.of(
              "launcher.judge.none-configured",
              config.models().isEmpty() ? "models and evaluation.judges" : "evaluation.judges"),
          null);
    }
    List<ModelConfig> models = new ArrayList<>();
    for (String key : judging.judges()) {
      ModelConfig model = config.models().get(key);
      if (model == null || model.provider() == ModelConfig.Provider.CHAMPION) {
        throw refusal(Messages.of("launcher.judge.champion-judges", key), null);
      }
      models.add(model);
    }
    String rubric = judging.rubric();
    String gold = judging.gold();
    String choices = gold == null ? "" : text(config.resolve(gold), "evaluation.gold", shell);
    if (gold != null) {
      GoldFile.requireForm(choices, shell.show(config.resolve(gold)));
    }
    return new ConfiguredJudges(
        models,
        rubric == null ? Rubric.bundled() : rubric(config.resolve(rubric), shell),
        choices,
        gold == null ? "" : shell.show(config.resolve(gold)),
        judging.minimumJudgeAgreement());
  }

  private static Rubric rubric(Place file, Shell shell) throws CommandFailure, IOException {
    try {
      return Rubric.parse(text(file, "evaluation.rubric", shell));
    } catch (RubricException e) {
      throw refusal(
          Messages.of("launcher.judge.rubric", shell.show(file), String.valueOf(e.getMessage())),
          e);
    }
  }

  private static String text(Place file, String key, Shell shell)
      throws CommandFailure, IOException {
    if (file.isFolder()) {
      throw refusal(Messages.of("launcher.judge.file-folder", shell.show(file), key), null);
    }
    try {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.startsWith("\ufeff") ? text.substring(1) : text; // a byte order mark
    } catch (NoSuchFileException e) {
      throw refusal(Messages.of("launcher.judge.file-gone", shell.show(file), key), e);
    }
  }

  /** Returns the family of a judge: the configured one, or that of its model's name. */
  public static String family(ModelConfig judge) {
    String family = judge.family();
    if (family != null) {
      return family;
    }
    String model = judge.model();
    return ModelFamily.of(model == null ? judge.name() : model);
  }

  /**
   * Requires that no judge is of the family of a compared model.
   *
   * @param baseModels the base models of the compared models
   * @throws CommandFailure if one is
   */
  public void requireOtherFamilies(List<String> baseModels) throws CommandFailure {
    for (ModelConfig judge : models) {
      for (String baseModel : baseModels) {
        if (family(judge).equals(ModelFamily.of(baseModel))) {
          throw refusal(
              Messages.of("launcher.judge.same-family", judge.name(), family(judge), baseModel),
              null);
        }
      }
    }
  }

  /** Returns the requests to one of the judges. */
  public JudgeRequests requests(ModelConfig judge) {
    return new JudgeRequests(rubric, Sampling.of(judge.answers()));
  }

  /** Returns whether the judges are of two families or more; judges of one never decide alone. */
  public boolean canDecide() {
    return models.stream().map(ConfiguredJudges::family).collect(Collectors.toSet()).size() > 1;
  }

  /**
   * Returns people's choices; none without a gold file.
   *
   * @param examples validation examples by fingerprint
   * @param redacted replaces personal data of a text
   * @throws CommandFailure if a line is faulty
   */
  public List<GoldChoice> choices(Map<String, ExampleLine> examples, UnaryOperator<String> redacted)
      throws CommandFailure {
    return goldShown.isEmpty() ? List.of() : new GoldFile(goldShown, examples, redacted).read(gold);
  }

  /** Returns the redaction of the configuration: nothing personal reaches a judge. */
  public static UnaryOperator<String> redaction(AttuneConfig config) {
    TextRedactor redactor =
        new TextRedactor(config.dataset().rules().redact().stream().map(PersonalKind::of).toList());
    return text -> redactor.redact(text, kind -> {});
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.CONFIGURATION, sentence, cause);
  }
}
