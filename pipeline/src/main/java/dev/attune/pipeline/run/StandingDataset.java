package dev.attune.pipeline.run;

import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.write.destination.DatasetTarget;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dataset that a job elsewhere has published, known by its manifest alone. */
final class StandingDataset {
  private StandingDataset() {}

  /**
   * Returns the result of an earlier run.
   *
   * @param folder of the run
   * @param draft of the run; the dataset must be of the same input
   * @param unchanged whether the dataset was there before this run
   * @return null if there is no dataset, or one of other input
   */
  static @Nullable PrepareResult find(Place folder, DatasetManifest draft, boolean unchanged)
      throws IOException {
    DatasetManifest standing;
    try {
      standing = DatasetManifest.read(folder.resolve(DatasetTarget.MANIFEST).readAllBytes());
    } catch (NoSuchFileException | ManifestException e) {
      return null; // the run itself refuses a damaged manifest
    }
    boolean same =
        standing.identity().inputFingerprint().equals(draft.identity().inputFingerprint());
    return same ? new PrepareResult(folder, unchanged, summary(standing)) : null;
  }

  /** The manifest has neither the places of rejected records nor the notes. */
  private static RunSummary summary(DatasetManifest manifest) {
    DatasetManifest.Identity identity = manifest.identity();
    DatasetManifest.RecordCounts counts = manifest.counts();
    DatasetManifest.Sources sources = manifest.sources();
    Map<String, Long> read = new LinkedHashMap<>();
    if (sources.feedback() != null) {
      read.put(SourceName.FEEDBACK.key(), counts.read().feedback());
    }
    if (sources.observations() != null) {
      read.put(SourceName.OBSERVATIONS.key(), counts.read().observations());
    }
    if (sources.generated() != null) {
      read.put(SourceName.GENERATED.key(), counts.read().generated());
    }
    return new RunSummary(
        identity.dataset(),
        identity.runId(),
        identity.fingerprint(),
        new RunSummary.Counts(
            read,
            counts.training(),
            counts.validation(),
            counts.rejected().total(),
            carried(sources.previous())),
        List.of(),
        manifest.redacted(),
        List.of(),
        List.of());
  }

  private static RunSummary.@Nullable CarriedOver carried(
      DatasetManifest.@Nullable Previous previous) {
    return previous == null
        ? null
        : new RunSummary.CarriedOver(previous.runId(), previous.training(), previous.validation());
  }
}
