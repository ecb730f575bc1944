package dev.attune.pipeline.run;

import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stands where a dataset is to be published; looked at before a record is read. */
final class StandingDataset {
  private StandingDataset() {}

  /**
   * Makes sure that the finalizer can compare with what stands there.
   *
   * @throws PrepareRefusedException if it is no folder, or holds a manifest that cannot be read
   */
  static void requireReadable(Path target) throws PrepareRefusedException {
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new PrepareRefusedException(
          target + " is a file: remove it, or choose another --run-id.");
    }
    Path manifest = target.resolve("manifest.json");
    if (!Files.exists(manifest)) {
      return;
    }
    try {
      DatasetManifest.read(Files.readAllBytes(manifest));
    } catch (ManifestException e) {
      if (e.isNewer()) {
        throw new PrepareRefusedException(manifest + ": " + e.getMessage());
      }
      throw unreadable(manifest);
    } catch (IOException e) {
      throw unreadable(manifest);
    }
  }

  private static PrepareRefusedException unreadable(Path manifest) {
    return new PrepareRefusedException(
        manifest
            + " is no manifest that can be read: remove the folder, or choose another --run-id.");
  }
}
