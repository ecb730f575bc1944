package dev.attune.launcher.promotion;

import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/**
 * An env file of this machine. Setting the variable keeps the file's mode, owner and group. The
 * file is replaced atomically; a symbolic link is followed. A new file can be read by its owner
 * only.
 */
final class LocalEnvFile implements EnvFile {
  private final Path path;
  private final String shown;

  /**
   * Creates an env file.
   *
   * @param path absolute; the file need not exist
   */
  LocalEnvFile(Path path, Shell shell) {
    this.path = path;
    this.shown = shell.show(path);
  }

  @Override
  public String shown() {
    return shown;
  }

  @Override
  public Optional<String> modelId() throws CommandFailure {
    try {
      return Optional.ofNullable(new EnvText(read(target())).value());
    } catch (IOException e) {
      throw failure(Messages.of("launcher.env-file.unreadable", shown, reason(e)), e);
    }
  }

  @Override
  public void requireWritable() throws CommandFailure {
    try {
      Path target = target();
      read(target);
      Path folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw refusal(Messages.of("launcher.env-file.no-folder", shown));
      }
      // A rename would replace a write-protected file too.
      if (Files.exists(target) && !Files.isWritable(target)) {
        throw refusal(Messages.of("launcher.env-file.protected", shown));
      }
      if (!Files.isWritable(folder)) {
        throw refusal(Messages.of("launcher.env-file.folder-protected", shown));
      }
    } catch (IOException e) {
      throw failure(Messages.of("launcher.env-file.unreadable", shown, reason(e)), e);
    }
  }

  @Override
  public boolean set(String modelId) throws CommandFailure {
    requireWritable();
    try {
      Path target = target();
      EnvText text = new EnvText(read(target));
      if (modelId.equals(text.value())) {
        return false;
      }
      AtomicFile.replace(
          target,
          FileMode.PRIVATE,
          copy -> {
            // Before the content, which may hold secrets.
            copyOwnerAndMode(target, copy);
            Files.write(copy, text.with(modelId));
          });
      return true;
    } catch (IOException e) {
      throw failure(Messages.of("launcher.env-file.unwritable", shown, reason(e)), e);
    }
  }

  /** Returns the file that the path or its links lead to. */
  private Path target() throws CommandFailure, IOException {
    if (!Files.isSymbolicLink(path)) {
      return path;
    }
    try {
      OwnPath.requireOwnLinks(path);
      return path.toRealPath();
    } catch (UnsafePathException e) {
      throw failure(e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw refusal(
          Messages.of("launcher.env-file.broken-link", shown, Files.readSymbolicLink(path)));
    }
  }

  /** Returns the bytes of the file; none if it does not exist. */
  private byte[] read(Path target) throws CommandFailure, IOException {
    if (!Files.exists(target)) {
      return new byte[0];
    }
    if (Files.isRegularFile(target) && Files.size(target) <= LARGEST_BYTES) {
      byte[] bytes = Files.readAllBytes(target);
      if (EnvText.isText(bytes)) {
        return bytes;
      }
    }
    throw refusal(Messages.of("launcher.env-file.not-text", shown));
  }

  private static void copyOwnerAndMode(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null || !Files.exists(from)) {
      return;
    }
    PosixFileAttributes like = Files.readAttributes(from, PosixFileAttributes.class);
    try {
      if (!view.getOwner().equals(like.owner())) {
        view.setOwner(like.owner());
      }
      if (!view.readAttributes().group().equals(like.group())) {
        view.setGroup(like.group());
      }
    } catch (FileSystemException e) {
      throw new FileSystemException(
          e.getFile(),
          null,
          Messages.of("launcher.env-file.owner", like.owner().getName(), like.group().getName()));
    }
    view.setPermissions(like.permissions());
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.FILE, sentence);
  }

  private static CommandFailure failure(String sentence, IOException e) {
    return new CommandFailure(FailureCode.FILE, sentence, e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return Messages.of("launcher.env-file.no-access", denied.getFile());
    }
    String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
