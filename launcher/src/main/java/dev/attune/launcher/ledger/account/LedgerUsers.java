package dev.attune.launcher.ledger.account;

import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.Swappable;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;

/**
 * Keeps an H2 ledger to one user of the machine: two users could not both be the owner of what H2
 * creates anew, and whoever may open the file may do all that its owner may. Where files have no
 * owner nothing is refused.
 */
public final class LedgerUsers {
  private LedgerUsers() {}

  /**
   * Refuses a ledger of another user. Opens none of its files.
   *
   * @param ledger the {@code .mv.db} file
   * @param more files whose owner uses the ledger, too: the password, the lock of a process that
   *     has the ledger open, H2's trace and copies; need not exist
   * @throws CommandFailure if one of them belongs to another user, or this user may not use it
   */
  public static void requireOwn(Path ledger, List<Path> more) throws CommandFailure {
    if (!ledger.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    requireOwn(ledger, ledger);
    for (Path file : more) {
      requireOwn(ledger, file);
    }
    requireOwnFolders(ledger);
    if (Files.exists(ledger) && !(Files.isReadable(ledger) && Files.isWritable(ledger))) {
      throw refusal(
          "This user may not read and write the ledger " + ledger + ", its own file: allow it.");
    }
  }

  private static void requireOwn(Path ledger, Path file) throws CommandFailure {
    try {
      OwnPath.requireRegularOrOwnLink(file);
    } catch (UnsafePathException e) {
      throw new CommandFailure(FailureCode.LEDGER, List.of(), e.getMessage(), e);
    }
    UserPrincipal owner;
    try {
      owner = Files.getOwner(file);
    } catch (AccessDeniedException e) {
      throw refusal(
          "This user may not enter the folder of the ledger "
              + ledger
              + ": name another ledger in ledger.jdbcUrl; one that several users of a machine share"
              + " is kept in PostgreSQL.");
    } catch (IOException e) {
      return; // it is not there
    }
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder");
    Swappable.Cause cause = Swappable.ofAnother(file, owner, folder);
    if (cause != null) {
      throw refusal(
          "The ledger "
              + ledger
              + " is used by "
              + cause.owner()
              + (cause.user() == null ? "" : ", and this is " + cause.user())
              + ": an H2 ledger is for one user of a machine; several users need one in PostgreSQL"
              + " (ledger.jdbcUrl).");
    }
  }

  /** Refuses one that another user could exchange between a look at it and its opening. */
  private static void requireOwnFolders(Path ledger) throws CommandFailure {
    Swappable.Cause cause;
    try {
      cause = Swappable.cause(ledger);
    } catch (IOException e) {
      throw new CommandFailure(
          FailureCode.LEDGER,
          List.of(),
          "This user may not look at the folders of the ledger " + ledger + "; allow it.",
          e);
    }
    if (cause != null) {
      throw refusal(
          "Another user could put another file in the place of the ledger "
              + ledger
              + ", because "
              + cause.described()
              + "; name one in a folder of your own in ledger.jdbcUrl.");
    }
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.LEDGER, sentence);
  }
}
