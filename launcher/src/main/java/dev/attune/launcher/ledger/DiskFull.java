package dev.attune.launcher.ledger;

import dev.attune.message.Messages;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Recognises the messages of H2, PostgreSQL and operating systems for a full disk. */
final class DiskFull {
  /** The SQL state of PostgreSQL. */
  private static final String DISK_FULL = "53100";

  private DiskFull() {}

  /** Returns whether a full disk caused a failure. */
  static boolean isCauseOf(@Nullable Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      String message = String.valueOf(link.getMessage());
      if (message.contains("No space left on device")
          || message.contains("Disk quota exceeded")
          || message.contains("not enough space on the disk")
          || (link instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the failure of a ledger whose disk is full. */
  static LedgerFailure of(String ledger, @Nullable Throwable cause) {
    return new LedgerFailure(Messages.of("launcher.ledger.disk-full", ledger), cause);
  }
}
