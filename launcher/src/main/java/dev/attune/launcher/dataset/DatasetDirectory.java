package dev.attune.launcher.dataset;

import dev.attune.bytes.Sha256;
import dev.attune.config.OutputFormat;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.message.Messages;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a published dataset.
 *
 * @param path absolute
 */
public record DatasetDirectory(Place path, DatasetManifest manifest) {
  private static final int BLOCK_BYTES = 1 << 16;

  /**
   * Reads the manifest of a dataset.
   *
   * @param directory its place
   * @throws CommandFailure if it is not a published dataset
   */
  public static DatasetDirectory open(Place directory, Shell shell)
      throws CommandFailure, IOException {
    Place manifest = directory.resolve("manifest.json");
    String shown = shell.show(directory);
    try {
      return new DatasetDirectory(directory, DatasetManifest.read(manifest.readAllBytes()));
    } catch (ManifestException e) {
      throw refusal(e.about(shell.show(manifest)), e);
    } catch (PlaceException e) {
      throw e;
    } catch (IOException e) {
      // Looked at only now: in a bucket each look is a call.
      if (directory.isFile()) {
        throw refusal(Messages.of("launcher.dataset.file", shown), e);
      }
      if (manifest.isFolder()) {
        throw refusal(Messages.of("launcher.dataset.manifest-folder", shell.show(manifest)), e);
      }
      if (e instanceof NoSuchFileException) {
        throw refusal(Messages.of("launcher.dataset.no-manifest", shown), e);
      }
      throw e;
    }
  }

  public String fingerprint() {
    return manifest.identity().fingerprint();
  }

  /** Returns the format of train.jsonl and valid.jsonl. */
  public OutputFormat format() {
    return OutputFormat.valueOf(manifest.identity().format().toUpperCase(Locale.ROOT));
  }

  public Place train() {
    return path.resolve("train.jsonl");
  }

  public Place valid() {
    return path.resolve("valid.jsonl");
  }

  /** Returns the manifest's entry of a file. */
  public Optional<PublishedFile> published(String name) {
    return manifest.files().stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /**
   * Checks that train.jsonl and valid.jsonl have the hashes of the manifest. Reads both files.
   *
   * @throws CommandFailure if one is missing or was changed
   */
  public void verify(Shell shell) throws CommandFailure, IOException {
    for (Place file : List.of(train(), valid())) {
      requirePublished(file, sha256(file, shell), shell);
    }
  }

  /**
   * Returns the bytes of valid.jsonl.
   *
   * @throws CommandFailure if it is missing or was changed
   */
  public byte[] readValid(Shell shell) throws CommandFailure, IOException {
    byte[] bytes;
    try {
      bytes = valid().readAllBytes();
    } catch (NoSuchFileException e) {
      throw refusal(Messages.of("launcher.dataset.file-missing", shell.show(valid())), e);
    }
    requirePublished(valid(), Sha256.hex(bytes), shell);
    return bytes;
  }

  private void requirePublished(Place file, String sha256, Shell shell) throws CommandFailure {
    String name = file.name();
    PublishedFile published = published(name).orElse(null);
    if (published == null) {
      throw refusal(Messages.of("launcher.dataset.unnamed", shell.show(path), name), null);
    }
    if (!published.sha256().equals(sha256)) {
      throw refusal(Messages.of("launcher.dataset.changed", shell.show(file)), null);
    }
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.DATASET, sentence, cause);
  }

  /** Returns the hash of a file, or an empty text if there is none. */
  private String sha256(Place file, Shell shell) throws IOException {
    if (file instanceof LocalPlace && !file.isFile()) {
      return "";
    }
    String doing = "Comparing " + shell.show(file) + " with its manifest";
    long bytes = published(file.name()).map(PublishedFile::bytes).orElse(0L);
    try (Progress step = Progress.start(shell, doing, Amount.bytes(bytes));
        InputStream in = file.open()) {
      MessageDigest digest = Sha256.newDigest();
      byte[] block = new byte[BLOCK_BYTES];
      long read = 0;
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        digest.update(block, 0, count);
        read += count;
        step.accept(read);
      }
      return Sha256.hex(digest);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
