package dev.attune.pipeline.write.destination;

import dev.attune.message.Messages;
import dev.attune.place.ObjectPlace;
import dev.attune.place.PlaceException;

/** The lock of a run belongs to another launch, or to none; this one must publish nothing more. */
public final class LostLockException extends PlaceException {
  private static final long serialVersionUID = 1;

  LostLockException(ObjectPlace lock) {
    super(Messages.of("pipeline.lock.lost", lock));
  }
}
