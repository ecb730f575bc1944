package dev.attune.models.genai;

import java.time.Duration;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call beside its answer. Used by the thread that asks and the one that calls.
 */
final class CallTrace {
  private @Nullable Call call;
  private @Nullable Duration retryAfter;
  private boolean cancelled;

  synchronized void started(Call started) {
    call = started;
    if (cancelled) {
      started.cancel();
    }
  }

  /** Ends the call, also one that has not begun. */
  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }

  synchronized void retryAfter(@Nullable Duration wait) {
    retryAfter = wait;
  }

  /** Returns the wait that the service asks for, or null. */
  synchronized @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
