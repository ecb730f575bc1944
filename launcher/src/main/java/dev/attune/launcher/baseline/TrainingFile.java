package dev.attune.launcher.baseline;

import dev.attune.bytes.Sha256;
import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ExampleLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The train.jsonl of a published classification dataset.
 *
 * @param path of the place
 * @param sha256 64 hex digits
 * @param format the provider's format
 * @param categories the dataset's categories in the taxonomy's order
 */
record TrainingFile(String path, String sha256, OutputFormat format, List<String> categories) {
  TrainingFile {
    categories = List.copyOf(categories);
  }

  /**
   * Returns the file that a manifest names.
   *
   * @param dataset the directory of the dataset, absolute
   * @throws UnusableDatasetException if no linear model can be trained on the dataset
   */
  static TrainingFile of(Place dataset, DatasetManifest manifest) throws UnusableDatasetException {
    if (!manifest.identity().task().equals("classification")) {
      throw new UnusableDatasetException(
          Messages.of("launcher.local.task", dataset, manifest.identity().task()));
    }
    PublishedFile train =
        manifest
            .file("train.jsonl")
            .orElseThrow(
                () ->
                    new UnusableDatasetException(
                        Messages.of("launcher.local.no-training-file", dataset)));
    if (train.lines() == 0) {
      throw new UnusableDatasetException(Messages.of("launcher.local.no-examples", dataset));
    }
    return new TrainingFile(
        dataset.resolve(train.name()).toString(),
        train.sha256(),
        OutputFormat.valueOf(manifest.identity().format().toUpperCase(Locale.ROOT)),
        List.copyOf(manifest.categories().keySet()));
  }

  /**
   * Reads all examples in order.
   *
   * @throws UnusableDatasetException if the file does not exist or was changed, which may be known
   *     only at its end
   */
  void read(ExampleReader reader) throws IOException, UnusableDatasetException {
    ExampleFormat lines = ExampleFormats.of(format);
    Categories known = new Categories(categories);
    try (DigestInputStream bytes =
            new DigestInputStream(Place.written(path).open(), Sha256.newDigest());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      long number = 1;
      for (String line = in.readLine(); line != null; line = in.readLine(), number++) {
        ExampleLine example = lines.decode(line.getBytes(StandardCharsets.UTF_8));
        long place = number;
        SortedSet<Integer> named =
            known.named(example.answer()).orElseThrow(() -> noCategories(place));
        reader.read(number, example, named);
      }
      if (!Sha256.hex(bytes.getMessageDigest()).equals(sha256)) {
        throw changed(null);
      }
    } catch (NoSuchFileException e) {
      throw new UnusableDatasetException(Messages.of("launcher.local.training-file-gone", path), e);
    } catch (ExampleFormatException e) {
      throw changed(e);
    }
  }

  private UnusableDatasetException changed(@Nullable Throwable cause) {
    return new UnusableDatasetException(
        Messages.of("launcher.local.training-file-changed", path), cause);
  }

  private UnusableDatasetException noCategories(long line) {
    return new UnusableDatasetException(Messages.of("launcher.local.unknown-category", path, line));
  }

  /** Receives examples. */
  interface ExampleReader {
    /**
     * Receives an example.
     *
     * @param line the number of its line, from 1
     * @param named the indices of the categories of its answer, in the taxonomy's order
     */
    void read(long line, ExampleLine example, SortedSet<Integer> named);
  }
}
