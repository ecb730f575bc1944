package dev.attune.pipeline.write.destination;

import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.PlaceException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a run id in a bucket, as the launch that took it and its workers know it: an object
 * whose metadata names its owner. Whoever takes it over replaces the object, so its generation
 * changes and calls of the former owner that have the old one as a precondition fail.
 *
 * @param place of the object
 * @param owner random name of one launch
 */
public record RunLock(ObjectPlace place, String owner) implements Serializable {
  /** The metadata with the owner of a lock, and with the launch that wrote a file. */
  public static final String OWNER = "attune-owner";

  /** The metadata with the time until which a lock is not taken over, by the owner's clock. */
  public static final String UNTIL = "attune-until";

  /**
   * Returns the lock as it stands.
   *
   * @throws LostLockException if another launch has taken it over, or it was removed
   */
  public ObjectVersion requireHeld() throws PlaceException {
    ObjectVersion standing = CloudStorage.version(place);
    if (standing == null || !isOwn(standing)) {
      throw new LostLockException(place);
    }
    return standing;
  }

  /** Returns whether this launch has written an object. */
  public boolean isOwn(@Nullable ObjectVersion object) {
    return object != null && owner.equals(object.metadata().get(OWNER));
  }
}
