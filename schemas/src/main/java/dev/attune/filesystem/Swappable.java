package dev.attune.filesystem;

import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether another user could replace a file between its check and its opening. That needs
 * ownership of, or write access to, a folder on the path; links are followed. Folders of root and
 * of this user are safe, and so are folders in which users cannot remove each other's files (the
 * sticky bit, as in {@code /tmp}). Groups are trusted. On a file system without owners every file
 * is safe.
 */
public final class Swappable {
  private static final int WRITTEN_BY_ALL = 0002;
  private static final int STICKY = 01000;
  private static final int LINKS = 40;

  private Swappable() {}

  /**
   * The folder, link or file that another user could replace.
   *
   * @param place the folder, link or file
   * @param owner the other user; null if every user may write in the folder
   * @param user this user; null if unknown
   */
  public record Cause(Path place, @Nullable String owner, @Nullable String user) {
    /** Returns a clause to put after "because". */
    public String described() {
      if (owner == null) {
        return Messages.of("schemas.path.everybody", place);
      }
      return user == null
          ? Messages.of("schemas.path.of-owner", place, owner)
          : Messages.of("schemas.path.of-other", place, owner, user);
    }
  }

  /**
   * Returns the first replaceable folder, link or file on the path of a file, or null.
   *
   * @param file may be missing; then the path ends at the last folder that exists, and write access
   *     of all users to that folder is a cause even with the sticky bit
   * @throws IOException if a part of the path cannot be read
   */
  public static @Nullable Cause cause(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    if (!absolute.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return null;
    }
    Path at = absolute.getRoot();
    Deque<Path> rest = new ArrayDeque<>();
    absolute.forEach(rest::addLast);
    int links = 0;
    Cause cause = cause(at, at);
    while (cause == null && !rest.isEmpty()) {
      Path name = rest.removeFirst();
      Path parent = at.getParent();
      if (name.toString().equals("..")) {
        at = parent == null ? at : parent;
        continue;
      }
      Path next = at.resolve(name).normalize();
      try {
        cause = cause(next, at);
      } catch (NoSuchFileException e) {
        return isOpenToAll(at) ? new Cause(at, null, null) : null;
      }
      if (!Files.isSymbolicLink(next)) {
        at = next;
      } else if (links++ < LINKS) {
        Path target = Files.readSymbolicLink(next);
        at = target.isAbsolute() ? target.getRoot() : at;
        Deque<Path> names = new ArrayDeque<>();
        target.forEach(names::addLast);
        names.addAll(rest);
        rest = names;
      } else {
        throw new IOException(Messages.of("schemas.path.too-many-links", file));
      }
    }
    return cause;
  }

  private static boolean isOpenToAll(Path folder) throws IOException {
    return ((Integer) Files.getAttribute(folder, "unix:mode") & WRITTEN_BY_ALL) != 0;
  }

  private static @Nullable Cause cause(Path place, Path folder) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(place, "unix:uid,mode,owner", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) Objects.requireNonNull(found.get("mode"));
    boolean isFolder = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
    if (isFolder && (mode & WRITTEN_BY_ALL) != 0 && (mode & STICKY) == 0) {
      return new Cause(place, null, null);
    }
    UserPrincipal owner = (UserPrincipal) Objects.requireNonNull(found.get("owner"));
    return Integer.valueOf(0).equals(found.get("uid"))
        ? null
        : ofAnother(place, owner, isFolder ? place : folder);
  }

  /**
   * Returns a cause if a file belongs to another user, also root, or null if it is this user's.
   *
   * @param owner owner of the file
   * @param folder folder in which a new file shows the owner that the file system assigns
   */
  public static @Nullable Cause ofAnother(Path place, UserPrincipal owner, Path folder) {
    UserPrincipal self = OwnPath.thisUser();
    if (owner.equals(self)) {
      return null;
    }
    PosixFileAttributes fresh = OwnPath.ofANewFile(folder);
    UserPrincipal ofNewFiles = fresh == null ? null : fresh.owner();
    if (owner.equals(ofNewFiles)) {
      return null;
    }
    UserPrincipal user = self == null ? ofNewFiles : self;
    return new Cause(place, owner.getName(), user == null ? null : user.getName());
  }
}
