package dev.attune.place;

import dev.attune.place.CloudStorage.FoundObject;
import java.io.IOException;

/** Receives what is in a folder of a bucket. An exception ends the visit. */
public interface ObjectVisitor {
  void object(FoundObject found) throws IOException;

  void folder(ObjectPlace place) throws IOException;
}
