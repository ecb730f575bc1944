package dev.attune.pipeline.source.previous;

import dev.attune.config.AttuneConfig;
import dev.attune.message.Messages;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.file.storage.Pin;
import dev.attune.pipeline.source.file.storage.Survey;
import dev.attune.place.ChangedObjectException;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.Previous;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ManifestException;
import dev.attune.taxonomy.Taxonomy;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A published dataset that a new one builds on, checked against its manifest. Its lines are read
 * later, in ranges; none is kept here.
 *
 * @param directory of the dataset
 * @param manifest of the dataset
 * @param lineageSha256 of its lineage.jsonl
 * @param bytes of its two files of examples
 * @param ranges all of its lines
 */
public record PreviousDataset(
    Place directory,
    DatasetManifest manifest,
    String lineageSha256,
    long bytes,
    List<CarriedRange> ranges) {
  static final String LINEAGE = "lineage.jsonl";

  /** The approximate size of a range, which one worker reads at once. */
  private static final long RANGE_BYTES = 8L << 20;

  public PreviousDataset {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads its manifest and compares its files with it, all of them once.
   *
   * @param directory absolute, or relative to the working directory
   * @param taxonomy of the configuration, or null
   * @throws SourceException if it is not a dataset, was changed, or was made by other rules
   */
  public static PreviousDataset open(
      Place directory, AttuneConfig config, @Nullable Taxonomy taxonomy) throws SourceException {
    return open(directory, config, taxonomy, RANGE_BYTES);
  }

  static PreviousDataset open(
      Place directory, AttuneConfig config, @Nullable Taxonomy taxonomy, long rangeBytes)
      throws SourceException {
    DatasetManifest manifest = manifest(directory);
    new PreviousCompatibility(directory, manifest).require(config, taxonomy);
    PublishedFile training = file(directory, manifest, Split.TRAINING.fileName());
    PublishedFile validation = file(directory, manifest, Split.VALIDATION.fileName());
    PublishedFile lineage = file(directory, manifest, LINEAGE);
    if (training.lines() != manifest.trainingExamples()
        || validation.lines() != manifest.validationExamples()
        || lineage.lines() != training.lines() + validation.lines()) {
      throw new SourceException(Messages.of("pipeline.previous.line-counts", directory));
    }
    List<FileRange> trainingRanges = survey(directory, training, Survey.every(rangeBytes));
    List<FileRange> validationRanges = survey(directory, validation, Survey.every(rangeBytes));
    Set<Long> starts = new HashSet<>();
    trainingRanges.forEach(range -> starts.add(range.firstLine()));
    validationRanges.forEach(range -> starts.add(training.lines() + range.firstLine()));
    Iterator<FileRange> ofLineage =
        survey(directory, lineage, (line, bytes) -> starts.contains(line)).iterator();
    List<CarriedRange> ranges = new ArrayList<>();
    trainingRanges.forEach(
        range -> ranges.add(new CarriedRange(Split.TRAINING, range, ofLineage.next())));
    validationRanges.forEach(
        range -> ranges.add(new CarriedRange(Split.VALIDATION, range, ofLineage.next())));
    return new PreviousDataset(
        directory, manifest, lineage.sha256(), training.bytes() + validation.bytes(), ranges);
  }

  private static DatasetManifest manifest(Place directory) throws SourceException {
    Place manifest = directory.resolve("manifest.json");
    try {
      if (!manifest.isFile()) {
        throw new SourceException(
            Messages.of(
                directory.isFolder()
                    ? "pipeline.previous.no-manifest"
                    : "pipeline.previous.no-directory",
                directory));
      }
      return DatasetManifest.read(manifest.readAllBytes());
    } catch (ManifestException e) {
      String sentence =
          e.isNewer()
              ? manifest + ": " + e.getMessage()
              : Messages.of("pipeline.previous.manifest-damaged", manifest);
      throw new SourceException(sentence, e);
    } catch (PlaceException e) {
      throw new SourceException(e.sentence(), e);
    } catch (IOException e) {
      throw new SourceException(Messages.of("pipeline.previous.manifest-unreadable", manifest), e);
    }
  }

  private static PublishedFile file(Place directory, DatasetManifest manifest, String name)
      throws SourceException {
    for (PublishedFile file : manifest.files()) {
      if (file.name().equals(name)) {
        return file;
      }
    }
    throw new SourceException(Messages.of("pipeline.previous.file-missing", directory, name));
  }

  /** Returns the ranges of a file that are not empty. */
  private static List<FileRange> survey(
      Place directory, PublishedFile published, Survey.CutRule rule) throws SourceException {
    Place file = directory.resolve(published.name());
    try {
      Survey survey = new Survey(found(file), rule);
      InputFile surveyed = survey.read(more -> {});
      if (published.sha256().equals(surveyed.sha256()) && survey.lines() == published.lines()) {
        return surveyed.ranges().stream().filter(range -> range.start() < range.end()).toList();
      }
    } catch (ChangedObjectException e) {
      throw new SourceException(Messages.of("pipeline.previous.file-changed", file), e);
    } catch (PlaceException e) {
      throw new SourceException(e.sentence(), e);
    } catch (IOException e) {
      boolean exists = !(e instanceof NoSuchFileException);
      throw new SourceException(
          Messages.of(
              exists ? "pipeline.previous.file-unreadable" : "pipeline.previous.file-gone", file),
          e);
    }
    throw new SourceException(Messages.of("pipeline.previous.file-changed", file));
  }

  /** Returns a file as it stands there now. Its places are absolute. */
  private static FoundFile found(Place file) throws IOException {
    String path = file.toString();
    if (!(file instanceof ObjectPlace object)) {
      return new FoundFile(path, path, 0, FileType.JSONL, 0);
    }
    ObjectVersion version = CloudStorage.version(object);
    if (version == null) {
      throw new NoSuchFileException(path);
    }
    Pin pin = new Pin(version.generation(), version.crc32c());
    return new FoundFile(path, path, version.bytes(), FileType.JSONL, 0, pin, 0);
  }

  /** Returns the number of its examples. */
  public long examples() {
    return manifest.trainingExamples() + manifest.validationExamples();
  }

  /**
   * Returns the entry for this dataset in the manifest of a dataset that builds on it.
   *
   * @param sourcesFingerprint the input fingerprint of that dataset's sources without it
   */
  public Previous told(String sourcesFingerprint) {
    DatasetManifest.Identity identity = manifest.identity();
    return new Previous(
        identity.dataset(),
        identity.runId(),
        identity.fingerprint(),
        identity.inputFingerprint(),
        sourcesFingerprint,
        manifest.trainingExamples(),
        manifest.validationExamples());
  }
}
