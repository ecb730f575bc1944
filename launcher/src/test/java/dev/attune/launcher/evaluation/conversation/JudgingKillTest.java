package dev.attune.launcher.evaluation.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.judge.FakeJudge;
import dev.attune.launcher.ledger.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An evaluation that is killed at every request, one after the other, on one ledger: each new
 * process gets one further answer and dies with the next request under way.
 */
class JudgingKillTest extends JudgedTickets {
  private static final int EXAMPLES = 3;

  /** Three models answer; two judges compare with two rivals in both orders. */
  private static final int REQUESTS = 3 * EXAMPLES + 2 * 2 * 2 * EXAMPLES;

  private final List<String> answered = new ArrayList<>();
  private final List<String> killed = new ArrayList<>();
  private int allowed;

  /** Nothing catches it, as nothing catches kill -9. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private synchronized void begin(String request) {
    if (allowed == 0) {
      killed.add(request);
      throw new Killed();
    }
    allowed--;
    answered.add(request);
  }

  private void models(String id, String word) {
    answers(
        id,
        (prompt, number) -> {
          begin(id + " " + prompt);
          return word + " answer to " + prompt;
        });
  }

  private void judge(String key) {
    judges.put(
        key,
        new FakeJudge(
            key,
            (first, second) -> {
              begin(key + " " + first + " " + second);
              return first.length() > second.length() ? "a" : "b";
            }));
  }

  @Test
  void paysForNoAnswerTwiceHoweverOftenItIsKilled() throws Exception {
    configure(
        TWO_JUDGES.replace("requestsPerMinute", "parallelism: 1, requestsPerMinute"), JUDGING);
    publish(EXAMPLES);
    Job successor = Tickets.tuned(ledger, dataset, 2);
    Tickets.promote(ledger, job);
    models(successor.id(), "successor's");
    models(job.id(), "champion's");
    models("base", "poor");
    judge("one");
    judge("two");
    for (int run = 0; run < REQUESTS; run++) {
      allowed = run == 0 ? 0 : 1;
      assertThat(catchThrowable(() -> run(successor))).as("run " + run).isNotNull();
    }
    assertThat(answered).hasSize(REQUESTS - 1).doesNotHaveDuplicates();
    assertThat(killed).hasSize(REQUESTS);
    allowed = 1;

    ConversationResult result = run(successor);

    assertThat(answered).hasSize(REQUESTS).doesNotHaveDuplicates();
    assertThat(new HashSet<>(killed)).isEqualTo(new HashSet<>(answered));
    String page = Files.readString(Path.of(result.files().page().toString()));
    allowed = 0;
    assertThat(run(successor).document()).isEqualTo(result.document());
    assertThat(Files.readString(Path.of(result.files().page().toString()))).isEqualTo(page);
    assertThat(result.document()).isEqualTo(uninterrupted());
  }

  /** The document of the same evaluation in one go, on a new ledger. */
  private String uninterrupted() throws Exception {
    ledger.close();
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".db")).toList()) {
        Files.delete(file);
      }
    }
    answered.clear();
    allowed = Integer.MAX_VALUE;
    ledger = dev.attune.launcher.ledger.Ledger.open(config, shell.shell());
    publish(EXAMPLES);
    Job successor = Tickets.tuned(ledger, dataset, 2);
    Tickets.promote(ledger, job);
    String document = run(successor).document();
    assertThat(answered).hasSize(REQUESTS);
    return document;
  }
}
