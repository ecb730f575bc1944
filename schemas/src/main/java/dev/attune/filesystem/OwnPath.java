package dev.attune.filesystem;

import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files and folders Attune writes to: those of the user of this process and of root. Another
 * user could exchange what is in theirs. On a file system without owners nothing is refused. {@link
 * Swappable} judges the whole way to a file that is read.
 */
public final class OwnPath {
  /** A path owned by the user of this process; only Linux has it. */
  private static final Path THIS_PROCESS = Path.of("/proc/self");

  /** File systems that may assign another owner or mode than the process requests. */
  private static final Set<String> SHARED_FILE_SYSTEMS =
      Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "vboxsf", "fakeowner", "drvfs");

  private static final int STICKY = 01000;
  private static final int MOST_LINKS = 40;

  private OwnPath() {}

  /**
   * Refuses a folder in which another user could replace files: a link, a folder of another user,
   * and a folder that all users may write to and that has no sticky bit. Write access of the group
   * is allowed.
   *
   * @param folder may be missing
   * @param key key of attune.yaml that configures the folder
   */
  public static void requireFolder(Path folder, String key) throws UnsafePathException {
    SymbolicLinkException.refuse(folder);
    PosixFileAttributes is = attributes(folder);
    if (is == null) {
      return;
    }
    boolean foreign = !isOwn(folder, is.owner());
    boolean open = is.permissions().contains(PosixFilePermission.OTHERS_WRITE) && !isSticky(folder);
    if (!foreign && !open) {
      return;
    }
    // Network file systems may give files another owner, and some have no modes of their own.
    PosixFileAttributes fresh = ofANewFile(folder);
    if (foreign && (fresh == null || !is.owner().equals(fresh.owner()))) {
      throw new UnsafePathException(
          folder, Messages.of("schemas.path.foreign", folder, is.owner().getName(), key));
    }
    if (open
        && (fresh == null || !fresh.permissions().contains(PosixFilePermission.OTHERS_WRITE))) {
      throw new UnsafePathException(folder, Messages.of("schemas.path.open", folder, key));
    }
  }

  /**
   * Refuses a file of Attune's that is no regular one: a link leads elsewhere, and a pipe would
   * keep this process waiting for ever. Opens nothing.
   *
   * @param file need not exist
   */
  public static void requireRegular(Path file) throws UnsafePathException {
    SymbolicLinkException.refuse(file);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw noFile(file);
    }
  }

  /**
   * The same of a file that may be a link of this user or of root.
   *
   * @param file need not exist
   */
  public static void requireRegularOrOwnLink(Path file) throws UnsafePathException {
    requireOwnLinks(file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw noFile(file);
    }
  }

  /**
   * Refuses a link of another user, also where links of this user lead to it. What they lead to
   * need not be there.
   */
  public static void requireOwnLinks(Path path) throws UnsafePathException {
    Path link = path;
    for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(link); links++) {
      PosixFileAttributes is = attributes(link);
      if (is != null && !isOwn(link, is.owner())) {
        throw new UnsafePathException(
            link, Messages.of("schemas.path.foreign-link", link, is.owner().getName()));
      }
      try {
        link = link.resolveSibling(Files.readSymbolicLink(link));
      } catch (IOException e) {
        return; // it is gone
      }
    }
  }

  /** Returns the user of this process, or null if unknown. */
  static @Nullable UserPrincipal thisUser() {
    try {
      if (Files.exists(THIS_PROCESS)) {
        return Files.getOwner(THIS_PROCESS);
      }
      return THIS_PROCESS
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  private static UnsafePathException noFile(Path file) {
    return new UnsafePathException(file, Messages.of("schemas.path.no-file", file));
  }

  private static boolean isOwn(Path path, UserPrincipal owner) {
    UserPrincipal self = thisUser();
    return self == null || owner.equals(self) || isOfRoot(path);
  }

  private static boolean isOfRoot(Path path) {
    return Integer.valueOf(0).equals(unixAttribute(path, "uid"));
  }

  private static boolean isSticky(Path folder) {
    return unixAttribute(folder, "mode") instanceof Integer mode && (mode & STICKY) != 0;
  }

  /** Returns an attribute of the path, not of a link's target; null if it has none. */
  private static @Nullable Object unixAttribute(Path path, String name) {
    try {
      return Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Returns attributes of the path, not of a link's target; null if it is missing or has no owner.
   */
  private static @Nullable PosixFileAttributes attributes(Path path) {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /**
   * Creates and deletes a file to find out the owner and mode that the file system assigns. Returns
   * null if that fails, and on local disks: there the owner is known to be this user, and another
   * user could replace the test file.
   */
  static @Nullable PosixFileAttributes ofANewFile(Path folder) {
    try {
      String system = Files.getFileStore(folder).type();
      if (thisUser() != null && !SHARED_FILE_SYSTEMS.contains(system)) {
        return null;
      }
      Path fresh =
          Files.createTempFile(
              folder,
              ".attune-",
              ".owner",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        return attributes(fresh);
      } finally {
        Files.delete(fresh);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
