package dev.attune.launcher.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one sentence that a failure which nobody foresaw ends with. */
final class Diagnosis {
  /** A longer message is cut: the sentence is for a terminal. */
  private static final int LONGEST_MESSAGE = 300;

  private static final String DISK_FULL = "No space left on device";

  private Diagnosis() {}

  static String of(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable link = failure; link != null && seen.add(link); link = link.getCause()) {
      String sentence = known(link);
      if (sentence != null) {
        return sentence;
      }
    }
    return "Internal error: " + describe(failure) + "; --stacktrace shows more.";
  }

  /** What the failure is about, for programs. */
  static FailureCode code(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable link = failure; link != null && seen.add(link); link = link.getCause()) {
      if (link instanceof OutOfMemoryError || isOfFullDisk(link)) {
        return FailureCode.MACHINE;
      }
      if (link instanceof ExplainedFailure) {
        return FailureCode.UNAVAILABLE;
      }
      if (ofFile(link) != null) {
        return FailureCode.FILE;
      }
    }
    return FailureCode.INTERNAL;
  }

  private static boolean isOfFullDisk(Throwable link) {
    return link instanceof IOException && String.valueOf(link.getMessage()).contains(DISK_FULL);
  }

  private static @Nullable String known(Throwable link) {
    if (link instanceof OutOfMemoryError) {
      return "Java ran out of memory: run again with more, e.g. ATTUNE_JAVA_OPTS=-Xmx8g.";
    }
    String message = link.getMessage();
    if (link instanceof ExplainedFailure) {
      return message;
    }
    if (isOfFullDisk(link)) {
      String where =
          link instanceof FileSystemException file && file.getFile() != null
              ? " at " + file.getFile()
              : ", either at the output directory or at " + System.getProperty("java.io.tmpdir");
      return "The disk is full" + where + ": make room and run again.";
    }
    return ofFile(link);
  }

  /** What the machine's owner can mend about a file; null of every other failure. */
  private static @Nullable String ofFile(Throwable link) {
    if (!(link instanceof FileSystemException fault) || fault.getFile() == null) {
      return null;
    }
    String file = oneLine(fault.getFile());
    String reason = String.valueOf(fault.getReason());
    if (fault instanceof AccessDeniedException) {
      return "Cannot read or write "
          + file
          + ": its permissions do not allow it; let the user who runs attune do so, or name another"
          + " place.";
    }
    if (fault instanceof NotDirectoryException || reason.contains("Not a directory")) {
      return "Cannot read or write "
          + file
          + ": there is a file where a folder is expected; move it away, or name another place.";
    }
    if (fault instanceof FileAlreadyExistsException) {
      return "Cannot write " + file + ": it is there already; move it away and run again.";
    }
    return reason.contains("Read-only file system")
        ? "Cannot write " + file + ": its file system is read-only; name another place."
        : null;
  }

  /** Class and message, on one line. */
  static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : failure.getClass().getSimpleName() + ": " + oneLine(message);
  }

  /** A text without line breaks, of a bounded length, without a full stop at its end. */
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
