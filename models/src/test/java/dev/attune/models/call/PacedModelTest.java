package dev.attune.models.call;

import static dev.attune.models.ScriptedAdapter.reply;
import static dev.attune.models.ScriptedAdapter.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelReply;
import dev.attune.models.ReplyListener;
import dev.attune.models.ScriptedAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PacedModelTest {
  private static final CallLimits FAST =
      new CallLimits(100_000, null, Duration.ofMinutes(1), 8, Duration.ofSeconds(5));
  private static final RetryRules QUICK =
      new RetryRules(4, Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofSeconds(5), 20);

  private static ModelException fault(Kind kind, @Nullable Duration retryAfter) {
    return new ModelException(kind, "The service is busy.", retryAfter, null);
  }

  /** Asks so many different requests by eight threads, and returns the texts of the answers. */
  private static Set<String> askAll(PacedModel model, int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<ModelReply>> replies = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String text = "question " + i;
        replies.add(threads.submit(() -> model.ask(request(text))));
      }
      Set<String> texts = new TreeSet<>();
      for (Future<ModelReply> reply : replies) {
        texts.add(reply.get().text());
      }
      return texts;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void asksNoMoreThanTheLimitInAStormOfRefusalsAndLosesNothing() throws Exception {
    Duration period = Duration.ofMillis(200);
    CallLimits limits = new CallLimits(40, null, period, 8, Duration.ofSeconds(5));
    // Of every three calls, two are refused.
    ScriptedAdapter model =
        new ScriptedAdapter(
            (request, call) -> {
              if (call % 3 != 0) {
                throw fault(Kind.QUOTA, Duration.ofMillis(4));
              }
              return reply(request.turns().toString());
            });

    Set<String> texts = askAll(new PacedModel(model, limits, QUICK), 40);

    assertThat(texts).hasSize(40);
    assertThat(model.calls()).isGreaterThanOrEqualTo(120);
    List<Long> moments = model.moments().stream().sorted().toList();
    // Threads wake up a little late, so that two calls may be nearer than their turns.
    int most = limits.requests() + 8;
    for (int i = most; i < moments.size(); i++) {
      assertThat(moments.get(i) - moments.get(i - most)).isGreaterThan(period.toNanos());
    }
  }

  @Test
  void pausesAllCallsForTheTimeThatTheServiceAsksFor() throws Exception {
    ScriptedAdapter model =
        new ScriptedAdapter(
            (request, call) -> {
              if (call == 1) {
                throw fault(Kind.QUOTA, Duration.ofMillis(150));
              }
              return reply("ok " + request.turns());
            });
    PacedModel paced =
        new PacedModel(
            model,
            new CallLimits(100_000, null, Duration.ofMinutes(1), 1, Duration.ofSeconds(5)),
            QUICK);

    assertThat(askAll(paced, 6)).hasSize(6);

    List<Long> moments = model.moments();
    assertThat(moments.get(1) - moments.get(0)).isGreaterThanOrEqualTo(150_000_000L);
    assertThat(model.calls()).isEqualTo(7);
  }

  @Test
  void repeatsTransientFaultsAndNothingElse() throws Exception {
    ScriptedAdapter flaky =
        new ScriptedAdapter(
            (request, call) -> {
              if (call < 4) {
                throw fault(Kind.TRANSIENT, null);
              }
              return reply("at last");
            });
    assertThat(new PacedModel(flaky, FAST, QUICK).ask(request("q")).text()).isEqualTo("at last");

    ScriptedAdapter down =
        new ScriptedAdapter(
            (request, call) -> {
              throw fault(Kind.TRANSIENT, null);
            });
    assertThat(failure(new PacedModel(down, FAST, QUICK)).kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(down.calls()).isEqualTo(4);

    for (Kind kind : List.of(Kind.REQUEST, Kind.MODEL, Kind.SPENDING)) {
      ScriptedAdapter refusing =
          new ScriptedAdapter(
              (request, call) -> {
                throw fault(kind, null);
              });
      assertThat(failure(new PacedModel(refusing, FAST, QUICK)).kind()).isEqualTo(kind);
      assertThat(refusing.calls()).isEqualTo(1);
    }
  }

  @Test
  void stopsAfterManyFaultsInARowWithOneSentence() throws Exception {
    ScriptedAdapter down =
        new ScriptedAdapter(
            (request, call) -> {
              throw fault(Kind.TRANSIENT, null);
            });
    PacedModel paced =
        new PacedModel(
            down,
            FAST,
            new RetryRules(
                2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(5), 6));

    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      kinds.add(failure(paced).kind());
    }

    assertThat(kinds)
        .containsExactly(Kind.TRANSIENT, Kind.TRANSIENT, Kind.TRANSIENT, Kind.MODEL, Kind.MODEL);
    assertThat(down.calls()).isEqualTo(6);
    assertThat(failure(paced))
        .hasMessageStartingWith("scripted failed too many times in a row")
        .hasMessageEndingWith("The service is busy.");
  }

  @Test
  void anAnswerInBetweenKeepsTheModelInUse() throws Exception {
    ScriptedAdapter flaky =
        new ScriptedAdapter(
            (request, call) -> {
              if (call % 3 != 0) {
                throw fault(Kind.TRANSIENT, null);
              }
              return reply("ok");
            });
    PacedModel paced =
        new PacedModel(
            flaky,
            FAST,
            new RetryRules(
                3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(5), 4));

    for (int i = 0; i < 5; i++) {
      assertThat(paced.ask(request("q")).text()).isEqualTo("ok");
    }
  }

  @Test
  void givesUpWhenTheRateLimitRefusesEverythingForTooLong() throws Exception {
    ScriptedAdapter full =
        new ScriptedAdapter(
            (request, call) -> {
              throw fault(Kind.QUOTA, null);
            });
    RetryRules rules =
        new RetryRules(4, Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofMillis(60), 20);
    PacedModel paced = new PacedModel(full, FAST, rules);

    assertThat(failure(paced))
        .hasMessageStartingWith("The rate limit of scripted refused every request for")
        .extracting(ModelException::kind)
        .isEqualTo(Kind.QUOTA);
    int calls = full.calls();
    assertThat(failure(paced).kind()).isEqualTo(Kind.MODEL);
    assertThat(full.calls()).isEqualTo(calls);
  }

  @ParameterizedTest
  @CsvSource({"18000,5 hours", "900,900 s", "864000,10 days", "2300311932,more than a year"})
  void doesNotWaitForHours(long seconds, String shown) throws Exception {
    ScriptedAdapter tomorrow =
        new ScriptedAdapter(
            (request, call) -> {
              throw fault(Kind.QUOTA, Duration.ofSeconds(seconds));
            });

    assertThat(failure(new PacedModel(tomorrow, FAST, QUICK)))
        .hasMessageStartingWith("scripted asks to wait for " + shown + ", which");
    assertThat(tomorrow.calls()).isEqualTo(1);
  }

  @Test
  void interruptsAnAttemptAtItsDeadlineAndAsksAgain() throws Exception {
    ScriptedAdapter slow =
        new ScriptedAdapter(
            (request, call) -> {
              if (call == 1) {
                new java.util.concurrent.CountDownLatch(1).await();
              }
              return reply("in time");
            });
    CallLimits limits =
        new CallLimits(100_000, null, Duration.ofMinutes(1), 1, Duration.ofMillis(40));

    assertThat(new PacedModel(slow, limits, QUICK).ask(request("q")).text()).isEqualTo("in time");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void hasNoMoreUnderWayThanAllowed() throws Exception {
    ScriptedAdapter model =
        new ScriptedAdapter(
            (request, call) -> {
              Thread.sleep(2);
              return reply("ok " + request.turns());
            });
    CallLimits limits =
        new CallLimits(100_000, null, Duration.ofMinutes(1), 3, Duration.ofSeconds(5));

    assertThat(askAll(new PacedModel(model, limits, QUICK), 30)).hasSize(30);
    assertThat(model.mostAtOnce()).isLessThanOrEqualTo(3);
  }

  @Test
  void spreadsTokensAsWellAsRequests() throws Exception {
    ScriptedAdapter model = new ScriptedAdapter((request, call) -> reply("ok"));
    // A request of some 20 tokens and its answer, of which there are 200 in a period.
    CallLimits limits =
        new CallLimits(100_000, 200, Duration.ofMillis(100), 4, Duration.ofSeconds(5));
    PacedModel paced = new PacedModel(model, limits, QUICK);

    long before = System.nanoTime();
    IntStream.range(0, 3).forEach(i -> assertThat(quietly(paced, "x".repeat(400))).isEqualTo("ok"));

    // The first two requests of 130 tokens delay the third one.
    assertThat(System.nanoTime() - before).isGreaterThan(120_000_000L);
  }

  @Test
  void tellsTheListenerToStartOver() throws Exception {
    ScriptedAdapter flaky =
        new ScriptedAdapter(
            (request, call) -> {
              if (call == 1) {
                throw fault(Kind.TRANSIENT, null);
              }
              if (call == 2) {
                throw fault(Kind.QUOTA, Duration.ofMillis(1));
              }
              return reply("whole");
            });
    List<String> heard = new ArrayList<>();
    ReplyListener listener =
        new ReplyListener() {
          @Override
          public void text(String more) {
            heard.add(more);
          }

          @Override
          public void startOver() {
            heard.add("<again>");
          }
        };

    new PacedModel(flaky, FAST, QUICK).stream(request("q"), listener);

    assertThat(heard).containsExactly("begun ", "<again>", "begun ", "<again>", "begun ", "whole");
  }

  private static String quietly(PacedModel model, String text) {
    try {
      return model.ask(request(text)).text();
    } catch (ModelException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static ModelException failure(PacedModel model) {
    ModelException e =
        catchThrowableOfType(ModelException.class, () -> model.ask(request("question")));
    assertThat(e).isNotNull();
    return e;
  }
}
