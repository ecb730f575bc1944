package dev.attune.place;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A small object that other programs write too, as it was when it was looked at. Its content can be
 * replaced if it is still the same; the content type, metadata and storage class stay. Access lists
 * of single objects are not carried over.
 */
public final class EditableObject {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final ObjectPlace place;
  private final @Nullable Blob blob;

  private EditableObject(ObjectPlace place, @Nullable Blob blob) {
    this.place = place;
    this.blob = blob;
  }

  /**
   * Looks at a place, where there may be no object yet.
   *
   * @throws PlaceException if it may not be read, or there is no such bucket
   */
  public static EditableObject at(ObjectPlace place) throws PlaceException {
    Blob blob;
    try {
      blob = StorageClient.get().get(BlobId.of(place.bucket(), place.object()));
    } catch (StorageException e) {
      throw StorageFailure.of(place, e);
    }
    if (blob == null) {
      // A missing bucket looks like a missing object; only a listing tells them apart.
      var unused = CloudStorage.hasAny(place);
    }
    return new EditableObject(place, blob);
  }

  /** Returns the size of the content in bytes; 0 if there is no object. */
  public long bytes() {
    return blob == null ? 0 : blob.getSize();
  }

  /**
   * Returns the stored bytes; none if there is no object.
   *
   * @throws ChangedObjectException if this version is gone
   */
  public byte[] read() throws IOException {
    if (blob == null) {
      return new byte[0];
    }
    try (InputStream in = CloudStorage.open(place, blob.getGeneration())) {
      return in.readAllBytes();
    }
  }

  /**
   * Replaces the content; creates the object if there was none.
   *
   * @throws ChangedObjectException if the object is no longer this version. After a lost reply it
   *     may be the new one.
   */
  public void replace(byte[] content) throws PlaceException {
    BlobInfo.Builder info = BlobInfo.newBuilder(BlobId.of(place.bucket(), place.object()));
    BlobTargetOption before;
    if (blob == null) {
      info.setContentType(TEXT);
      before = BlobTargetOption.doesNotExist();
    } else {
      info.setContentType(blob.getContentType())
          .setContentEncoding(blob.getContentEncoding())
          .setContentDisposition(blob.getContentDisposition())
          .setContentLanguage(blob.getContentLanguage())
          .setCacheControl(blob.getCacheControl())
          .setCustomTimeOffsetDateTime(blob.getCustomTimeOffsetDateTime())
          .setStorageClass(blob.getStorageClass())
          .setMetadata(blob.getMetadata());
      before = BlobTargetOption.generationMatch(blob.getGeneration());
    }
    try {
      StorageClient.get().create(info.build(), content, before);
    } catch (StorageException e) {
      throw StorageFailure.of(place, e);
    }
  }
}
