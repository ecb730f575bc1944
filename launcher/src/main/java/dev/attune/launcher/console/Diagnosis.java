package dev.attune.launcher.console;

import dev.attune.message.Messages;
import dev.attune.place.PlaceException;
import dev.attune.place.UnansweredCallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes unexpected failures for the user. */
final class Diagnosis {
  /** Longer messages are cut. */
  private static final int LONGEST_MESSAGE = 300;

  private static final String DISK_FULL = "No space left on device";
  private static final String QUOTA_FULL = "Disk quota exceeded";

  private Diagnosis() {}

  static String of(Throwable failure) {
    return causes(failure).stream()
        .flatMap(link -> Stream.ofNullable(known(link)))
        .findFirst()
        .orElseGet(() -> Messages.of("launcher.machine.internal", describe(failure)));
  }

  /** Returns the code of the first known cause. */
  static FailureCode code(Throwable failure) {
    for (Throwable link : causes(failure)) {
      if (link instanceof OutOfMemoryError || isOfFullDisk(link)) {
        return FailureCode.MACHINE;
      }
      if (link instanceof ExplainedFailure || link instanceof UnansweredCallException) {
        return FailureCode.UNAVAILABLE;
      }
      if (link instanceof PlaceException || ofFile(link) != null) {
        return FailureCode.FILE;
      }
    }
    return FailureCode.INTERNAL;
  }

  private static Set<Throwable> causes(Throwable failure) {
    Set<Throwable> causes = new LinkedHashSet<>();
    for (Throwable link = failure; link != null && causes.add(link); link = link.getCause()) {}
    return causes;
  }

  private static boolean isOfFullDisk(Throwable link) {
    String message = String.valueOf(link.getMessage());
    return link instanceof IOException
        && (message.contains(DISK_FULL) || message.contains(QUOTA_FULL));
  }

  private static @Nullable String known(Throwable link) {
    if (link instanceof OutOfMemoryError) {
      return Messages.of("launcher.machine.memory");
    }
    String message = link.getMessage();
    if (link instanceof ExplainedFailure) {
      return message;
    }
    if (link instanceof PlaceException place) {
      return place.sentence();
    }
    if (isOfFullDisk(link)) {
      return link instanceof FileSystemException file && file.getFile() != null
          ? Messages.of("launcher.machine.disk-full", file.getFile())
          : Messages.of(
              "launcher.machine.disk-full-somewhere", System.getProperty("java.io.tmpdir"));
    }
    return ofFile(link);
  }

  /** Returns a sentence about a file that the user can correct; null for any other failure. */
  private static @Nullable String ofFile(Throwable link) {
    if (!(link instanceof FileSystemException fault) || fault.getFile() == null) {
      return null;
    }
    String file = oneLine(fault.getFile());
    String reason = String.valueOf(fault.getReason());
    if (fault instanceof AccessDeniedException) {
      return Messages.of("launcher.machine.denied", file);
    }
    if (fault instanceof NotDirectoryException || reason.contains("Not a directory")) {
      return Messages.of("launcher.machine.no-folder", file);
    }
    if (fault instanceof FileAlreadyExistsException) {
      return Messages.of("launcher.machine.exists", file);
    }
    return reason.contains("Read-only file system")
        ? Messages.of("launcher.machine.read-only", file)
        : null;
  }

  /** Returns class and message on one line. */
  static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : failure.getClass().getSimpleName() + ": " + oneLine(message);
  }

  /** Returns a text on one line of limited length, without a full stop at its end. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < LONGEST_MESSAGE; i++) {
      char c = text.charAt(i);
      boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
      if (!blank) {
        line.append(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    String result = line.toString().strip();
    if (line.length() >= LONGEST_MESSAGE) {
      return result + "…";
    }
    return result.endsWith(".") ? result.substring(0, result.length() - 1) : result;
  }
}
