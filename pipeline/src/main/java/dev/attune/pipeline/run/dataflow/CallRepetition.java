package dev.attune.pipeline.run.dataflow;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.util.BackOff;
import com.google.api.client.util.ExponentialBackOff;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.place.ConnectionFault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Repeats calls of the Dataflow service. What the service itself answers with 429 or 5xx is
 * repeated for four minutes. Where something else answers or nothing, as at a wrong address or
 * behind a broken proxy, calls are repeated for less than a minute, unless a job is followed. The
 * user is told once for each call that is repeated for some seconds.
 */
final class CallRepetition {
  private static final Duration ANSWERED = Duration.ofMinutes(4);
  private static final Duration UNANSWERED = Duration.ofSeconds(45);
  private static final Duration TOLD_AFTER = Duration.ofSeconds(3);

  /** A call may well take some seconds; this is longer than all of them should. */
  private static final Duration NO_REPLY = Duration.ofSeconds(10);

  private static final int LONGEST_PAUSE_MILLIS = 15_000;
  private static final int TOO_MANY_REQUESTS = 429;

  private static volatile Duration unanswered = UNANSWERED;
  private static volatile Duration toldAfter = TOLD_AFTER;

  private final String address;
  private final PrepareProgress progress;
  private volatile boolean following;

  CallRepetition(String address, PrepareProgress progress) {
    this.address = address;
    this.progress = progress;
  }

  /** Something that calls the service. */
  @FunctionalInterface
  interface Call<T> {
    T execute() throws IOException;
  }

  /** Sets for how long an unanswered call is repeated, and when it is told; for tests. */
  static void repeatFor(Duration time, Duration told) {
    unanswered = time;
    toldAfter = told;
  }

  /** Sets the usual times again; for tests. */
  static void repeatAsUsual() {
    repeatFor(UNANSWERED, TOLD_AFTER);
  }

  /** Endures longer failures of the network from now on: there is a job to follow. */
  void follow() {
    following = true;
  }

  /** Calls the service until it answers, refuses the call, or the time is over. */
  <T> T execute(Call<T> call) throws IOException {
    Silence silence = new Silence();
    BackOff pauses =
        new ExponentialBackOff.Builder()
            .setMultiplier(2)
            .setMaxIntervalMillis(LONGEST_PAUSE_MILLIS)
            .build();
    try {
      while (true) {
        try {
          return call.execute();
        } catch (IOException e) {
          Duration left = patience(e).minus(silence.time());
          Duration pause = Duration.ofMillis(pauses.nextBackOffMillis());
          if (left.compareTo(pause) <= 0) {
            throw e;
          }
          if (silence.time().compareTo(toldAfter) >= 0) {
            silence.tell(ConnectionFault.cause(e), left);
          }
          DataflowJob.pause(pause);
        }
      }
    } finally {
      silence.end();
    }
  }

  /** The time of one call in which the service did not answer; told at most once. */
  private final class Silence {
    private final long start = System.nanoTime();
    private boolean isToldOrOver;

    Silence() {
      CompletableFuture.delayedExecutor(NO_REPLY.toMillis(), TimeUnit.MILLISECONDS)
          .execute(
              () ->
                  tell(
                      Messages.of("pipeline.dataflow.no-reply-yet"),
                      (following ? ANSWERED : unanswered).minus(time())));
    }

    Duration time() {
      return Duration.ofNanos(System.nanoTime() - start);
    }

    synchronized void tell(String cause, Duration left) {
      if (!isToldOrOver) {
        isToldOrOver = true;
        progress.tell(
            Messages.of(
                "pipeline.dataflow.repeated", address, cause, Math.max(1, left.toSeconds())));
      }
    }

    synchronized void end() {
      isToldOrOver = true;
    }
  }

  /** Returns how long a call is repeated in all. */
  private Duration patience(IOException failure) {
    if (failure instanceof GoogleJsonResponseException answer) {
      int status = answer.getStatusCode();
      if (status < HttpURLConnection.HTTP_INTERNAL_ERROR && status != TOO_MANY_REQUESTS) {
        return Duration.ZERO;
      }
      if (answer.getDetails() != null) {
        return ANSWERED;
      }
    }
    return following ? ANSWERED : unanswered;
  }
}
