package dev.attune.format.conformance;

import dev.attune.catalog.BaseModel;
import dev.attune.catalog.ExampleLimits;
import dev.attune.config.OutputFormat;
import dev.attune.format.conformance.FileReport.Use;
import dev.attune.format.rule.Limits;
import dev.attune.format.rule.Rule;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The rules about whole files and about their base model. */
final class FileRules {
  private static final int PERCENT = 100;

  private final CheckRules rules;

  FileRules(CheckRules rules) {
    this.rules = rules;
  }

  /** Checks what was counted in a file. */
  void check(FileCheck file) {
    if (!file.name().endsWith(".jsonl")) {
      file.add(Rule.FILE_NAME, "the name does not end in .jsonl");
    }
    ExampleLimits limits = rules.models().limits(rules.baseModel(), file.format());
    if (file.bytes() > limits.trainingBytes()) {
      file.add(Rule.FILE_TOO_LARGE, file.bytes() + " bytes, at most " + limits.trainingBytes());
    }
    if (file.lines() == 0) {
      file.add(Rule.FILE_EMPTY, "the file has no line");
      return;
    }
    if (file.use() == Use.TRAINING) {
      checkTraining(file, limits);
    } else {
      checkValidation(file);
    }
    checkMedia(file);
    checkDropped(file);
  }

  private static void checkTraining(FileCheck file, ExampleLimits limits) {
    boolean openAi = file.format() == OutputFormat.OPENAI;
    int least = openAi ? Limits.of("openai.leastExamples") : 0;
    int fewest = Limits.of(openAi ? "openai.fewestExamples" : "gemini.fewestExamples");
    if (file.lines() < least) {
      file.add(Rule.BELOW_LEAST_EXAMPLES, examples(file.lines()) + ", at least " + least);
    } else if (file.lines() < fewest) {
      file.add(Rule.TOO_FEW_EXAMPLES, examples(file.lines()) + ", better at least " + fewest);
    }
    if (file.lines() > limits.trainingExamples()) {
      file.add(
          Rule.TOO_MANY_EXAMPLES,
          examples(file.lines()) + ", at most " + limits.trainingExamples());
    }
  }

  private static String examples(long count) {
    return count + (count == 1 ? " example" : " examples");
  }

  private static void checkValidation(FileCheck file) {
    int most = Limits.of("gemini.mostValidationExamples");
    if (file.format() == OutputFormat.GEMINI && file.lines() > most) {
      file.add(Rule.VALIDATION_TOO_LARGE, examples(file.lines()) + ", at most " + most);
    }
  }

  private static void checkMedia(FileCheck file) {
    int most =
        Limits.of(
            file.format() == OutputFormat.OPENAI
                ? "openai.mostExamplesWithImages"
                : "gemini.mostMultimodalExamples");
    // Gemini counts every example of a file with media, OpenAI those with images.
    long counted =
        file.format() == OutputFormat.OPENAI || file.linesWithMedia() == 0
            ? file.linesWithMedia()
            : file.lines();
    if (counted > most) {
      file.add(Rule.TOO_MANY_MULTIMODAL_EXAMPLES, examples(counted) + ", at most " + most);
    }
  }

  private static void checkDropped(FileCheck file) {
    int most = Limits.of("gemini.mostDroppedPercent");
    if (file.format() == OutputFormat.GEMINI
        && file.linesWithErrors() * PERCENT > file.lines() * most) {
      file.add(
          Rule.TOO_MANY_DROPPED,
          file.linesWithErrors() + " of " + file.lines() + " lines have errors");
    }
  }

  /** Checks the size of a validation file against its training file. */
  void checkShare(FileCheck training, FileCheck validation) {
    long lines = validation.lines();
    if (validation.format() == OutputFormat.GEMINI
        && lines > Limits.of("gemini.validationExamplesWithoutShare")
        && lines * PERCENT > training.lines() * Limits.of("gemini.validationPercentOfTraining")) {
      validation.add(
          Rule.VALIDATION_SHARE,
          examples(lines) + " beside " + examples(training.lines()) + " of training");
    }
  }

  /** Checks the base model; what is wrong with it is said of the file that it shall be tuned on. */
  void checkBaseModel(FileCheck file) {
    String name = rules.baseModel();
    if (name == null) {
      checkProvider(file);
      return;
    }
    Optional<BaseModel> known = rules.models().find(name);
    if (known.isEmpty()) {
      file.add(
          Rule.BASE_MODEL_UNKNOWN,
          "'" + name + "' is not in the list, so the limits are those of the format");
      checkProvider(file);
      return;
    }
    BaseModel model = known.orElseThrow();
    if (model.format() != file.format()) {
      file.add(
          Rule.BASE_MODEL_OTHER_FORMAT,
          name + " is tuned on " + model.format().name().toLowerCase(Locale.ROOT));
    }
    checkLifetime(file, model);
    if (model.preview()) {
      file.add(
          Rule.BASE_MODEL_PREVIEW,
          name
              + " is a preview model: "
              + model.provider()
              + " may change or end it at short notice");
    }
    if (model.lookedUpLongAgo(rules.today())) {
      long days = ChronoUnit.DAYS.between(model.lookedUpOn(), rules.today());
      file.add(
          Rule.BASE_MODEL_OUT_OF_DATE,
          name + " was looked up on " + model.lookedUpOn() + ", " + days + " days ago");
    }
  }

  private void checkLifetime(FileCheck file, BaseModel model) {
    String name = model.name();
    if (model.hasEnded(rules.today())) {
      file.add(Rule.BASE_MODEL_RETIRED, name + " ended on " + model.retiredOn());
      return;
    }
    LocalDate noTuning = model.lifetime().noTuningFrom();
    if (model.tuningHasEnded(rules.today())) {
      file.add(
          Rule.TUNING_ENDED,
          model.provider() + " has taken no new tuning jobs for " + name + " since " + noTuning);
    } else if (noTuning != null) {
      file.add(
          Rule.TUNING_ENDS,
          model.provider() + " takes no new tuning jobs for " + name + " from " + noTuning + " on");
    }
    LocalDate earliest = model.lifetime().mayRetireFrom();
    if (model.retiredOn() != null) {
      file.add(Rule.BASE_MODEL_RETIRING, name + " ends on " + model.retiredOn());
    } else if (earliest != null) {
      file.add(Rule.BASE_MODEL_RETIRING, name + " ends on " + earliest + " or later");
    }
  }

  /** Without a known base model only a warning: others take files of this format, too. */
  private void checkProvider(FileCheck file) {
    rules
        .models()
        .noTuningFrom(file.format())
        .ifPresent(
            day -> {
              String provider = BaseModel.provider(file.format());
              file.add(
                  Rule.TUNING_ENDS,
                  rules.today().isBefore(day)
                      ? provider + " takes no new tuning jobs from " + day + " on"
                      : provider + " has taken no new tuning jobs since " + day);
            });
  }
}
