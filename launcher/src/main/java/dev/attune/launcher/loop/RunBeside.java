package dev.attune.launcher.loop;

import dev.attune.launcher.ledger.Runs;
import dev.attune.message.Messages;
import java.time.Instant;

/**
 * A run that did nothing because another one with the same dataset name is in progress.
 *
 * @param dataset the name of the dataset
 * @param process the number of the other run's process
 * @param host the name of its host
 * @param since when it began
 * @param by the name of its user
 */
public record RunBeside(String dataset, long process, String host, Instant since, String by)
    implements LoopOutcome {
  static RunBeside of(Runs.Entry other) {
    return new RunBeside(
        other.dataset(),
        other.owner().process(),
        other.owner().host(),
        other.begun().at(),
        other.begun().by());
  }

  /** Returns a sentence for people. */
  public String sentence() {
    return Messages.of("launcher.run.running", dataset, process, host, since);
  }
}
