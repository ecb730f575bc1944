package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A back end in a folder of its own, and a dataset of 600 questions. */
abstract class LocalBackEndInFolder {
  /** Passes over 600 examples: far more than any test waits for. */
  static final int ENDLESS = 100_000_000;

  @TempDir Path folder;
  final AtomicLong seconds = new AtomicLong();
  LocalBackEnd backEnd;
  DatasetDirectory dataset;

  @BeforeEach
  void start() throws IOException {
    backEnd = open();
    dataset =
        Published.classification(
            folder.resolve("d"), OutputFormat.GEMINI, Published.SUBJECTS, Published.questions(600));
  }

  @AfterEach
  void stop() {
    backEnd.close();
  }

  LocalBackEnd open() {
    InstantSource clock = () -> Instant.ofEpochSecond(seconds.getAndIncrement());
    return new LocalBackEnd(folder.resolve("ledger"), clock);
  }

  TuningSpec spec(int epochs) {
    return new TuningSpec(
        dataset.fingerprint(),
        LocalBackEnd.NAME,
        LocalBackEnd.BASE_MODEL,
        LocalBackEnd.LOCATION,
        new Hyperparameters(epochs, 4, 1.0));
  }

  BackEndJob create(int epochs) throws BackEndException {
    return backEnd.create(spec(epochs), backEnd.stage(dataset), "ledger");
  }

  Path file(String job, String name) {
    return folder.resolve("ledger/jobs").resolve(job).resolve(name);
  }

  BackEndException fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(BackEndException.class, call);
  }

  AnsweringModel base(List<ExampleLine> examples) throws Exception {
    dataset =
        Published.classification(
            folder.resolve("d"), OutputFormat.OPENAI, Published.SUBJECTS, examples);
    return MostFrequentCategory.of(dataset);
  }
}
