package dev.attune.launcher.ledger.h2;

import dev.attune.files.OwnPath;
import dev.attune.files.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    UserPrincipal self = OwnPath.thisUser();
    if (owner.equals(self)) {
      return;
    }
    // Network file systems may give files another owner than the process has.
    UserPrincipal ofNewFiles = ownerOfANewFile(file.toAbsolutePath().getParent());
    if (!owner.equals(ofNewFiles)) {
      UserPrincipal user = self == null ? ofNewFiles : self;
      throw refusal(
          "The ledger "
              + ledger
              + " is used by "
              + owner.getName()
              + (user == null ? "" : ", and this is " + user.getName())
              + ": an H2 ledger is for one user of a machine; several users need one in PostgreSQL"
              + " (ledger.jdbcUrl).");
    }
  }

  private static @Nullable UserPrincipal ownerOfANewFile(@Nullable Path folder) {
    if (folder == null) {
      return null;
    }
    try {
      Path fresh = Files.createTempFile(folder, ".attune-", ".owner");
      try {
        return Files.getOwner(fresh);
      } finally {
        Files.delete(fresh);
      }
    } catch (IOException e) {
      return null;
    }
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.LEDGER, sentence);
  }
}
