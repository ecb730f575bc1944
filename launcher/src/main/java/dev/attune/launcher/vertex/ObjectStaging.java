package dev.attune.launcher.vertex;

import com.google.cloud.storage.StorageException;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.message.Messages;
import dev.attune.place.ChangedObjectException;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.place.UnansweredCallException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stages a dataset that stands in Cloud Storage for Vertex AI. Objects in the bucket of the target
 * are used where they are; those of other buckets are copied by the service, with the generations
 * of both objects as preconditions. A copy with the same size and CRC32C stays.
 *
 * @param target the folder for copies
 */
record ObjectStaging(ObjectPlace target) {
  /** Returns the URIs of the two files; an empty one for an empty validation file. */
  StagedDataset stage(DatasetDirectory dataset) throws BackEndException {
    try {
      String training = staged(dataset.train(), version(dataset.train()));
      ObjectVersion valid = version(dataset.valid());
      return new StagedDataset(training, valid.bytes() == 0 ? "" : staged(dataset.valid(), valid));
    } catch (UnansweredCallException e) {
      if (e.getCause() instanceof StorageException failed) {
        throw StorageFaults.of(dataset.path().toString(), failed);
      }
      throw BackEndException.refused(String.valueOf(e.getMessage()), e);
    } catch (PlaceException e) {
      throw BackEndException.refused(String.valueOf(e.getMessage()), e);
    }
  }

  private static ObjectVersion version(Place file) throws BackEndException, PlaceException {
    ObjectVersion version = CloudStorage.version((ObjectPlace) file);
    if (version == null) {
      throw BackEndException.refused(Messages.of("launcher.dataset.file-missing", file), null);
    }
    return version;
  }

  private String staged(Place file, ObjectVersion version) throws BackEndException, PlaceException {
    ObjectPlace source = (ObjectPlace) file;
    if (source.bucket().equals(target.bucket())) {
      return source.toString();
    }
    ObjectPlace copy = target.resolve(source.name());
    ObjectVersion standing = CloudStorage.version(copy);
    if (!isCopy(standing, version) && !isCopy(copied(source, version, copy, standing), version)) {
      throw BackEndException.refused(
          Messages.of("launcher.cloud-storage.object-differs", copy, source), null);
    }
    return copy.toString();
  }

  /** Returns what stands at the target after a copy, by this process or by a faster one. */
  private static @Nullable ObjectVersion copied(
      ObjectPlace source, ObjectVersion version, ObjectPlace copy, @Nullable ObjectVersion standing)
      throws PlaceException {
    try {
      return CloudStorage.copy(
          source,
          version.generation(),
          copy,
          Map.of(),
          standing == null ? ObjectVersion.NONE : standing.generation());
    } catch (ChangedObjectException e) {
      return CloudStorage.version(copy);
    }
  }

  private static boolean isCopy(@Nullable ObjectVersion copy, ObjectVersion source) {
    return copy != null && copy.bytes() == source.bytes() && copy.crc32c().equals(source.crc32c());
  }
}
