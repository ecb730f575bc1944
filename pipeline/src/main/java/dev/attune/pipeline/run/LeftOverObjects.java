package dev.attune.pipeline.run;

import dev.attune.pipeline.run.lease.RunLease;
import dev.attune.pipeline.write.destination.LostLockException;
import dev.attune.pipeline.write.destination.RunLock;
import dev.attune.place.ChangedObjectException;
import dev.attune.place.CloudStorage;
import dev.attune.place.CloudStorage.FoundObject;
import dev.attune.place.ObjectPlace;
import dev.attune.place.PlaceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Temporary objects beside the datasets of a bucket: {@code .tmp.<runId>.<uuid>/}, each with a lock
 * {@code .lock.<runId>} while its run lasts.
 *
 * @param datasets the folder of the dataset's runs
 * @param runId whose lock this process holds
 */
record LeftOverObjects(ObjectPlace datasets, String runId) {
  private static final String TEMPORARY = ".tmp.";
  private static final String LOCK = ".lock.";

  /** Returns the lock of a run id. */
  ObjectPlace lock(String id) {
    return datasets.resolve(LOCK + id);
  }

  /** Returns a temporary folder that no other launch uses. */
  ObjectPlace newFolder() {
    return folder(UUID.randomUUID().toString());
  }

  /**
   * Returns a temporary folder.
   *
   * @param name its last part
   */
  ObjectPlace folder(String name) {
    return datasets.resolve(TEMPORARY + runId + "." + name);
  }

  /**
   * Removes the temporary objects of earlier launches of this run id, and those of run ids that no
   * launch holds. A launch takes its lock before it writes any, so objects that were listed before
   * the lock was looked at are of launches that have ended.
   *
   * @param held the lock of this run id
   * @throws LostLockException if another launch has taken it over
   */
  void remove(RunLock held) throws PlaceException {
    List<FoundObject> found = new ArrayList<>();
    CloudStorage.list(datasets, TEMPORARY, found::add);
    held.requireHeld();
    Map<String, Boolean> free = new HashMap<>(Map.of(runId, true));
    for (FoundObject object : found) {
      String id = runIdOf(object.place());
      Boolean known = free.get(id);
      if (known == null) {
        known = !RunLease.isInUse(lock(id));
        free.put(id, known);
      }
      if (known) {
        delete(object);
      }
    }
  }

  /** Removes a temporary folder of this launch. */
  static void remove(ObjectPlace folder) throws PlaceException {
    List<FoundObject> found = new ArrayList<>();
    CloudStorage.list(folder, "", found::add);
    for (FoundObject object : found) {
      delete(object);
    }
  }

  private String runIdOf(ObjectPlace object) {
    String prefix = datasets.resolve(TEMPORARY).object();
    String rest = object.object().substring(prefix.length());
    return rest.substring(0, Math.max(0, rest.indexOf('.')));
  }

  private static void delete(FoundObject object) throws PlaceException {
    try {
      CloudStorage.delete(object.place(), object.version().generation());
    } catch (ChangedObjectException e) {
      // A worker of a dead launch has written it anew; the next run removes it.
      return;
    }
  }
}
