package dev.attune.launcher.ledger.password;

import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.Swappable;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;

/**
 * Restricts an H2 ledger to one user of the machine: H2 creates files with one owner, and a user
 * who can open the ledger could do anything that its owner may. Nothing is refused on file systems
 * without owners.
 */
public final class LedgerOwnership {
  private LedgerOwnership() {}

  /**
   * Refuses a ledger of another user; opens none of its files.
   *
   * @param ledger the {@code .mv.db} file
   * @param more other files of the ledger, which need not exist: the password, the lock of a
   *     process that has it open, H2's trace and copies
   * @throws CommandFailure if one of the files belongs to another user, or this user may not use it
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
      throw refusal(Messages.of("launcher.ledger.not-allowed", ledger));
    }
  }

  private static void requireOwn(Path ledger, Path file) throws CommandFailure {
    try {
      OwnPath.requireRegularOrOwnLink(file);
    } catch (UnsafePathException e) {
      throw new CommandFailure(FailureCode.LEDGER, e.getMessage(), e);
    }
    UserPrincipal owner;
    try {
      owner = Files.getOwner(file);
    } catch (AccessDeniedException e) {
      throw refusal(Messages.of("launcher.ledger.no-entry", ledger));
    } catch (IOException e) {
      return; // The file does not exist.
    }
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder");
    Swappable.Cause cause = Swappable.ofAnother(file, owner, folder);
    if (cause != null) {
      String name = String.valueOf(cause.owner());
      throw refusal(
          cause.user() == null
              ? Messages.of("launcher.ledger.other-user", ledger, name)
              : Messages.of("launcher.ledger.other-owner", ledger, name, cause.user()));
    }
  }

  /** Refuses a ledger that another user could replace after the check. */
  private static void requireOwnFolders(Path ledger) throws CommandFailure {
    Swappable.Cause cause;
    try {
      cause = Swappable.cause(ledger);
    } catch (IOException e) {
      throw new CommandFailure(
          FailureCode.LEDGER, Messages.of("launcher.ledger.folders-unread", ledger), e);
    }
    if (cause != null) {
      throw refusal(Messages.of("launcher.ledger.swappable", ledger, cause.described()));
    }
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.LEDGER, sentence);
  }
}
