package dev.attune.launcher.dataset;

import dev.attune.config.OutputFormat;
import dev.attune.filesystem.Sha256;
import dev.attune.launcher.console.Amount;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Progress;
import dev.attune.launcher.console.Shell;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A published dataset, as its manifest tells of it.
 *
 * @param path of the directory, absolute
 * @param manifest what it holds
 */
public record DatasetDirectory(Path path, DatasetManifest manifest) {
  private static final int BLOCK_BYTES = 1 << 16;

  /**
   * Reads the manifest.
   *
   * @param typed the directory as typed
   * @throws CommandFailure if it is no published dataset
   */
  public static DatasetDirectory open(Path typed, Shell shell) throws CommandFailure, IOException {
    Path directory = shell.resolve(typed);
    Path manifest = directory.resolve("manifest.json");
    if (Files.isRegularFile(directory)) {
      throw refusal(
          shell.show(directory)
              + " is a file; name the dataset's folder, in which manifest.json is.",
          null);
    }
    if (Files.isDirectory(manifest)) {
      throw refusal(
          shell.show(manifest) + " is a folder and no manifest; prepare the dataset anew.", null);
    }
    try {
      return new DatasetDirectory(directory, DatasetManifest.read(Files.readAllBytes(manifest)));
    } catch (NoSuchFileException e) {
      throw refusal(
          shell.show(directory)
              + " is no published dataset: it has no manifest.json; attune prepare makes one.",
          e);
    } catch (ManifestException e) {
      throw refusal(e.about(shell.show(manifest)), e);
    }
  }

  public String fingerprint() {
    return manifest.identity().fingerprint();
  }

  /** What the two files are written in. */
  public OutputFormat format() {
    return OutputFormat.valueOf(manifest.identity().format().toUpperCase(Locale.ROOT));
  }

  public Path train() {
    return path.resolve("train.jsonl");
  }

  public Path valid() {
    return path.resolve("valid.jsonl");
  }

  /**
   * Compares both files of examples with the manifest, byte for byte through their hashes, before
   * anybody pays for them. Reads both whole.
   *
   * @throws CommandFailure if one is gone or was changed
   */
  public void verify(Shell shell) throws CommandFailure, IOException {
    for (Path file : List.of(train(), valid())) {
      String name = String.valueOf(file.getFileName());
      PublishedFile published =
          manifest.files().stream()
              .filter(f -> f.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      refusal(
                          shell.show(path) + "/manifest.json does not name " + name + ".", null));
      if (!Files.isRegularFile(file) || !sha256(file, shell).equals(published.sha256())) {
        throw refusal(
            shell.show(file)
                + " is not what manifest.json says: it was changed after it was published; prepare"
                + " it anew.",
            null);
      }
    }
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.DATASET, List.of(), sentence, cause);
  }

  private static String sha256(Path file, Shell shell) throws IOException {
    String doing = "Comparing " + shell.show(file) + " with its manifest";
    try (Progress step = Progress.start(shell, doing, Amount.bytes(Files.size(file)));
        InputStream in = Files.newInputStream(file);
        DigestInputStream hashed = new DigestInputStream(in, Sha256.newDigest())) {
      byte[] block = new byte[BLOCK_BYTES];
      long read = 0;
      for (int count = hashed.read(block); count >= 0; count = hashed.read(block)) {
        read += count;
        step.accept(read);
      }
      return Sha256.hex(hashed.getMessageDigest());
    }
  }
}
