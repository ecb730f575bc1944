package dev.attune.launcher.promotion;

import dev.attune.config.ConfigFault;
import dev.attune.config.NamedFiles;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The env file whose variable {@value #VARIABLE} says which model is in use. Setting it keeps every
 * other byte. The file is the old one or the new one, whenever the process is killed: it is written
 * beside the old one, forced to the disk and renamed. A link is followed; mode, owner and group
 * stay; a file that was not there is made for its owner alone.
 */
public final class EnvFile {
  /** What applications read. */
  public static final String VARIABLE = "FINETUNED_MODEL_ID";

  /** Larger than any file of settings; a larger one is something else. */
  private static final long MOST_BYTES = 1 << 20;

  /** How often somebody else may change the file while it is being written. */
  private static final int ATTEMPTS = 100;

  private final Path path;
  private final String shown;

  /**
   * An env file.
   *
   * @param path absolute; need not be there
   */
  public EnvFile(Path path, Shell shell) {
    this.path = path;
    this.shown = shell.show(path);
  }

  /** As a person would type it. */
  public String shown() {
    return shown;
  }

  /**
   * The model that it names: the last line of the variable counts.
   *
   * @throws CommandFailure if it is no file of text, or cannot be read
   */
  public Optional<String> modelId() throws CommandFailure {
    try {
      byte[] bytes = read(target());
      return bytes == null
          ? Optional.empty()
          : Optional.ofNullable(new EnvText(bytes, VARIABLE).value());
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** What stands in the way of setting the variable of the env file that a configuration names. */
  public static List<ConfigFault> faults(NamedFiles files, Shell shell) {
    NamedFiles.Named named = files.envFile();
    if (named == null) {
      return List.of();
    }
    String sentence;
    try {
      Path path = files.folder().resolve(named.text()).normalize();
      sentence = new EnvFile(path, shell).obstacle();
    } catch (InvalidPathException e) {
      sentence = "promotion.envFile can be no path: mend it";
    }
    return sentence == null ? List.of() : List.of(named.fault(sentence));
  }

  /** A sentence, or null where nothing stands in the way of setting it. Writes nothing. */
  private @Nullable String obstacle() {
    try {
      Path target = target();
      checkWritable(target, read(target) != null);
      Path folder = target.getParent();
      return folder == null || Files.isWritable(folder)
          ? null
          : "The folder of "
              + shown
              + " is write-protected: allow writing, or mend promotion.envFile.";
    } catch (CommandFailure e) {
      return e.getMessage();
    } catch (IOException e) {
      return failure("read", e).getMessage();
    }
  }

  /**
   * Does everything that {@link #set} does but the renaming, so that whatever stands in its way is
   * known before the ledger is written.
   *
   * @throws CommandFailure if it cannot be set
   */
  public void rehearse(String modelId) throws CommandFailure {
    var unused = write(modelId, false);
  }

  /**
   * Sets the variable.
   *
   * @param modelId see {@link ModelId}
   * @return whether the file was changed; not where it said so already
   * @throws CommandFailure if it cannot be set
   */
  public boolean set(String modelId) throws CommandFailure {
    return write(modelId, true);
  }

  private boolean write(String modelId, boolean rename) throws CommandFailure {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Path target = target();
        byte[] before = read(target);
        checkWritable(target, before != null);
        byte[] after = new EnvText(before == null ? new byte[0] : before, VARIABLE).with(modelId);
        if (Arrays.equals(before, after)) {
          return false;
        }
        try (StagedFile staged = StagedFile.beside(target, after)) {
          if (!rename) {
            return true;
          }
          if (Arrays.equals(before, read(target))) {
            staged.rename();
            return true;
          }
        }
      }
    } catch (IOException e) {
      throw failure("write", e);
    }
    throw refusal("Another program changes " + shown + " all the time: end it and run again.");
  }

  /** Where a link leads. */
  private Path target() throws CommandFailure, IOException {
    if (!Files.isSymbolicLink(path)) {
      return path;
    }
    try {
      OwnPath.requireOwnLinks(path);
      return path.toRealPath();
    } catch (UnsafePathException e) {
      throw new CommandFailure(FailureCode.FILE, List.of(), e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          FailureCode.FILE,
          List.of(),
          shown
              + " is a link to "
              + Files.readSymbolicLink(path)
              + ", which is not there: make that file, or remove the link.",
          e);
    }
  }

  /** Its bytes, or null where there is no such file. */
  private byte @Nullable [] read(Path target) throws CommandFailure, IOException {
    if (!Files.exists(target)) {
      return null;
    }
    if (!Files.isRegularFile(target) || Files.size(target) > MOST_BYTES) {
      throw noEnvFile();
    }
    byte[] bytes = Files.readAllBytes(target);
    for (byte b : bytes) {
      if (b == 0) {
        throw noEnvFile();
      }
    }
    return bytes;
  }

  private void checkWritable(Path target, boolean there) throws CommandFailure {
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refusal(
          "There is no folder for "
              + shown
              + ", which promotion.envFile names: make it, or mend attune.yaml.");
    }
    // Renaming would replace it all the same; but somebody meant it.
    if (there && !Files.isWritable(target)) {
      throw refusal(shown + " is write-protected: allow writing, or mend promotion.envFile.");
    }
  }

  private CommandFailure noEnvFile() {
    return refusal(
        shown
            + " is no env file, which is text in UTF-8 of at most 1 MiB: mend promotion.envFile.");
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.FILE, sentence);
  }

  private CommandFailure failure(String what, IOException e) {
    return new CommandFailure(
        FailureCode.FILE,
        List.of(),
        "Cannot " + what + " " + shown + " (" + why(e) + "): mend that and run again.",
        e);
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no access to " + denied.getFile();
    }
    String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
