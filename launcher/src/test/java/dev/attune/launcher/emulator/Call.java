package dev.attune.launcher.emulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call as an emulator saw it.
 *
 * @param number 1 for the first, over all methods and both emulators
 * @param key of the job; for other methods the resource or the object
 * @param deadline how much time the caller gave it on arrival, or null: none
 * @param authorized whether it came with credentials
 * @param outcome {@code OK}, a code of gRPC or HTTP, what a fault made of it, or {@code …} while it
 *     is under way
 */
public record Call(
    int number,
    Method method,
    String key,
    @Nullable Duration deadline,
    boolean authorized,
    String outcome) {

  Call ended(String end) {
    return new Call(number, method, key, deadline, authorized, end);
  }
}
