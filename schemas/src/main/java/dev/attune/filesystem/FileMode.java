package dev.attune.filesystem;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The permissions of folders and files that Attune creates. They are set when the file is created.
 * On a file system without POSIX permissions the mode has no effect.
 */
public enum FileMode {
  /** The owner alone: folders 700, files 600. */
  PRIVATE("rwx------", "rw-------"),

  /** The owner writes and all users read, regardless of the umask: folders 755, files 644. */
  SHARED("rwxr-xr-x", "rw-r--r--");

  private final String ofFolders;
  private final String ofFiles;

  FileMode(String ofFolders, String ofFiles) {
    this.ofFolders = ofFolders;
    this.ofFiles = ofFiles;
  }

  /**
   * Creates a folder and its missing parents. Existing folders keep their permissions, and links
   * among them are followed.
   *
   * @throws FileAlreadyExistsException if one of them is a file
   */
  public void createFolders(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      return;
    }
    Path parent = absolute.getParent();
    if (parent != null) {
      createFolders(parent);
    }
    try {
      createFolder(absolute);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(absolute)) {
        throw e;
      }
    }
  }

  /**
   * Creates nested folders and their missing parents, and follows no link below the base.
   *
   * @param base chosen by the user; may be a link or below one
   * @param names of the folders below it, the innermost last, without ".."
   * @return the innermost folder
   * @throws SymbolicLinkException if one of the nested folders is a symbolic link
   * @throws FileAlreadyExistsException if one of them is a file
   */
  public Path createFolders(Path base, List<String> names) throws IOException {
    createFolders(base);
    Path folder = base;
    for (String name : names) {
      folder = folder.resolve(name);
      SymbolicLinkException.refuse(folder);
      createFolders(folder);
    }
    return folder;
  }

  /**
   * Creates one folder.
   *
   * @throws FileAlreadyExistsException if the name exists, even as a link
   */
  public void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, attributes(folder, ofFolders));
    if (this == SHARED) {
      set(folder, ofFolders); // a stricter umask removed permissions
    }
  }

  /**
   * Creates a file and opens it for writing.
   *
   * @throws FileAlreadyExistsException if the name exists, even as a link
   */
  public OutputStream create(Path file) throws IOException {
    return Channels.newOutputStream(open(file, StandardOpenOption.CREATE_NEW));
  }

  /**
   * Opens a file for writing and creates it if it does not exist. An existing file gets this mode
   * if it belongs to this user.
   *
   * @param more options besides WRITE and CREATE
   * @throws UnsafePathException if it is a symbolic link or not a regular file
   */
  public FileChannel open(Path file, OpenOption... more) throws IOException {
    OwnPath.requireRegular(file);
    Set<OpenOption> options = new HashSet<>(List.of(more));
    options.add(StandardOpenOption.WRITE);
    options.add(StandardOpenOption.CREATE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    FileChannel channel = FileChannel.open(file, options, attributes(file, ofFiles));
    setOnFile(file);
    return channel;
  }

  /** Sets the mode of an existing file, if this user may and the file system has modes. */
  public void setOnFile(Path file) {
    set(file, ofFiles);
  }

  /** Sets the mode of an existing folder, if this user may and the file system has modes. */
  public void setOnFolder(Path folder) {
    set(folder, ofFolders);
  }

  private static void set(Path path, String mode) {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    try {
      if (!view.readAttributes().permissions().equals(permissions)) {
        view.setPermissions(permissions);
      }
    } catch (IOException e) {
      // The file was removed, is a link, belongs to another user, or has no mode.
      return;
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
