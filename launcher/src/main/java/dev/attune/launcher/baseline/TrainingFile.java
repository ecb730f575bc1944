package dev.attune.launcher.baseline;

import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ExampleLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * train.jsonl of a classification dataset, as it was published.
 *
 * @param path absolute
 * @param sha256 64 hex digits
 * @param format whose JSONL it is
 * @param categories the dataset's, in the taxonomy's order
 */
record TrainingFile(String path, String sha256, OutputFormat format, List<String> categories) {
  TrainingFile {
    categories = List.copyOf(categories);
  }

  /**
   * The file that a manifest tells of.
   *
   * @param dataset the directory of the dataset, absolute
   * @throws UnfitDatasetException if no linear model can be trained on it, whatever is in the file
   */
  static TrainingFile of(Path dataset, DatasetManifest manifest) throws UnfitDatasetException {
    if (!manifest.identity().task().equals("classification")) {
      throw new UnfitDatasetException(
          "The local back end tunes classification datasets only, and "
              + dataset
              + " is a "
              + manifest.identity().task()
              + " dataset: tune it with --back-end vertex.");
    }
    PublishedFile train =
        manifest.files().stream()
            .filter(file -> file.name().equals("train.jsonl"))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnfitDatasetException(
                        dataset + "/manifest.json names no train.jsonl: prepare it anew."));
    if (train.lines() == 0) {
      throw new UnfitDatasetException(
          dataset + " has no training example: prepare it anew from sources that give some.");
    }
    return new TrainingFile(
        dataset.resolve(train.name()).toString(),
        train.sha256(),
        OutputFormat.valueOf(manifest.identity().format().toUpperCase(Locale.ROOT)),
        List.copyOf(manifest.categories().keySet()));
  }

  /**
   * Reads all of it, in order.
   *
   * @throws UnfitDatasetException if it is gone, or is not what was published; where it still is a
   *     file of examples that is known at its end only
   */
  void read(ExampleReader reader) throws IOException, UnfitDatasetException {
    ExampleFormat lines = ExampleFormats.of(format);
    Categories known = new Categories(categories);
    try (DigestInputStream bytes =
            new DigestInputStream(Files.newInputStream(Path.of(path)), FileHash.digest());
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
      if (!FileHash.hex(bytes.getMessageDigest()).equals(sha256)) {
        throw changed(null);
      }
    } catch (NoSuchFileException e) {
      throw new UnfitDatasetException(
          path + " is gone: put it back, or prepare the dataset anew.", e);
    } catch (ExampleFormatException e) {
      throw changed(e);
    }
  }

  private UnfitDatasetException changed(@Nullable Throwable cause) {
    return new UnfitDatasetException(
        path
            + " is not what manifest.json says: it was changed after it was published; prepare it"
            + " anew.",
        cause);
  }

  private UnfitDatasetException noCategories(long line) {
    return new UnfitDatasetException(
        path
            + ":"
            + line
            + " answers with something else than categories of manifest.json: prepare the dataset"
            + " anew.");
  }

  /** Takes examples. */
  interface ExampleReader {
    /**
     * Takes one.
     *
     * @param line its number, from 1
     * @param named the places of the categories that its answer names, in the taxonomy's order
     */
    void read(long line, ExampleLine example, SortedSet<Integer> named);
  }
}
