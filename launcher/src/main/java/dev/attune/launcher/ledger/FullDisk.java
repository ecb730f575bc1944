package dev.attune.launcher.ledger;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A disk that is full, as H2, PostgreSQL and operating systems say it. */
final class FullDisk {
  /** PostgreSQL's SQLState. */
  private static final String DISK_FULL = "53100";

  private FullDisk() {}

  /** Whether a failure came of a full disk. */
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

  /** One sentence for it. */
  static LedgerFailure of(String ledger, @Nullable Throwable cause) {
    return new LedgerFailure(
        ("The disk of the ledger %s is full, and what was to be entered last is not in it: make"
                + " room and run the same command again.")
            .formatted(ledger),
        cause);
  }
}
