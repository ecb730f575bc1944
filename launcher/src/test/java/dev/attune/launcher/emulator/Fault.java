package dev.attune.launcher.emulator;

import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one call.
 *
 * @param done whether the call is carried out all the same
 * @param answer what the caller gets instead of the reply, or null
 * @param mute whether the caller gets nothing until its deadline passes
 * @param delay before anything leaves
 * @param cutAfterBytes after so many bytes of an upload's body its connection ends; or null
 */
public record Fault(
    boolean done,
    Status.@Nullable Code answer,
    boolean mute,
    Duration delay,
    @Nullable Integer cutAfterBytes) {

  /** Not carried out, and the caller hears this code. */
  public static Fault refused(Status.Code code) {
    return new Fault(false, code, false, Duration.ZERO, null);
  }

  /** Carried out, and the caller hears this code: the reply is lost. */
  public static Fault lost(Status.Code code) {
    return new Fault(true, code, false, Duration.ZERO, null);
  }

  /** Carried out, and the caller hears nothing. */
  public static Fault silent() {
    return new Fault(true, null, true, Duration.ZERO, null);
  }

  /** Not carried out, and the caller hears nothing. */
  public static Fault swallowed() {
    return new Fault(false, null, true, Duration.ZERO, null);
  }

  /** Carried out at once, and answered late. */
  public static Fault slow(Duration delay) {
    return new Fault(true, null, false, delay, null);
  }

  /** The connection ends within the body of an upload. */
  public static Fault cut(int afterBytes) {
    return new Fault(false, null, false, Duration.ZERO, afterBytes);
  }

  /** What the record of calls says of it. */
  String outcome() {
    if (cutAfterBytes != null) {
      return "cut";
    }
    String made = done ? "done, " : "";
    if (mute) {
      return made + "silent";
    }
    return answer == null ? "OK, late" : made + answer;
  }
}
