package dev.attune.launcher.evaluation;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A process of its own that evaluates a model until it hangs at a question, for a test that kills
 * it. Arguments: the folder, the dataset, the job, at which question it hangs. Every question is a
 * line in the file {@code asked}.
 */
public final class KilledProcess {
  static final String ASKED = "asked";
  static final String MODEL = "local:killed";

  private KilledProcess() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    Path folder = Path.of(args[0]);
    int hangsAt = Integer.parseInt(args[3]);
    Shell shell =
        new Shell(System.out, System.err, false, folder, Map.of(), InstantSource.system());
    AttuneConfig config = ConfigLoader.load(folder.resolve("attune.yaml"));
    RetryLimits patience = new RetryLimits(2, Duration.ofMillis(1), Duration.ofMillis(2));
    try (Ledger ledger = Ledger.open(config, shell)) {
      DatasetDirectory dataset = DatasetDirectory.open(Place.of(Path.of(args[1])), shell);
      new EvaluationRun(config, ledger, address -> model(folder, hangsAt), patience, shell)
          .run(new EvaluationOrder(args[2], dataset, Set.of()));
    }
  }

  static Oracle model(Path folder, int hangsAt) {
    return new Oracle(
        MODEL,
        true,
        (prompt, number) -> {
          note(folder, prompt);
          if (number >= hangsAt) {
            hang();
          }
          return Tickets.truth(prompt);
        });
  }

  private static synchronized void note(Path folder, String prompt) {
    try {
      Files.writeString(
          folder.resolve(ASKED),
          prompt + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
