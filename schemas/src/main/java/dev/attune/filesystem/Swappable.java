package dev.attune.filesystem;

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
 * Whether another user of the machine could put another file in the place of one between a look at
 * it and its opening: who owns a folder on the way to it, links followed, or may write in it, can.
 * What belongs to root or to this user counts as safe, and so do folders in which users cannot
 * remove each other's files (the sticky bit, as in {@code /tmp}). A group is trusted. Where files
 * have no owner nothing is refused.
 */
public final class Swappable {
  private static final int WRITTEN_BY_ALL = 0002;
  private static final int STICKY = 01000;
  private static final int LINKS = 40;

  private Swappable() {}

  /**
   * What gives another user the file: a folder, a link, or the file itself.
   *
   * @param place the folder, link or file
   * @param owner another user; null where everybody may write in the folder
   * @param user who this is; null where the system does not say
   */
  public record Cause(Path place, @Nullable String owner, @Nullable String user) {
    /** For a sentence, behind a comma and "because". */
    public String described() {
      return owner == null
          ? "everybody may write in " + place
          : place + " belongs to " + owner + (user == null ? "" : " and this is " + user);
    }
  }

  /**
   * The first cause on the way to a file; null where there is none.
   *
   * @param file need not exist: then the way ends at the last folder that does, in which not
   *     everybody may write, the sticky bit or not
   * @throws IOException if a part of the way cannot be looked at
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
        throw new IOException("Too many links on the way to " + file);
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
   * Where a file belongs to another user, root or not; null where it is this user's.
   *
   * @param owner of the file
   * @param folder where this user's new files have the owner that the file system gives them
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
