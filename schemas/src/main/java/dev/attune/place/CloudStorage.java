package dev.attune.place;

import com.google.api.gax.paging.Page;
import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.BucketField;
import com.google.cloud.storage.Storage.BucketGetOption;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Cloud Storage. Whatever writes has a precondition: the generation that must stand there
 * before ({@link ObjectVersion#NONE} for no object). The client repeats calls that fail for a
 * moment; where a call had its effect and the reply was lost, the object's own mark shows that it
 * was this call.
 *
 * <p>All methods throw {@link PlaceException} with a sentence where the service refuses, and {@link
 * ChangedObjectException} where a precondition does not hold.
 */
public final class CloudStorage {
  /** The metadata that tells which call has written an object. */
  private static final String WRITTEN_BY = "attune-write";

  private static final int CHUNK_BYTES = 8 << 20;

  private CloudStorage() {}

  /** Returns what stands at a place, or null if there is no object. */
  public static @Nullable ObjectVersion version(ObjectPlace place) throws PlaceException {
    try {
      Blob blob = StorageClient.get().get(id(place));
      return blob == null ? null : version(blob);
    } catch (StorageException e) {
      throw StorageFailure.of(place, e);
    }
  }

  /** Checks that the bucket of a folder exists and that this account may list it. */
  public static void requireListable(ObjectPlace folder) throws PlaceException {
    hasAny(folder);
  }

  /** Returns whether a folder has anything in it. */
  static boolean hasAny(ObjectPlace folder) throws PlaceException {
    try {
      return StorageClient.get()
          .list(folder.bucket(), BlobListOption.prefix(prefix(folder)), BlobListOption.pageSize(1))
          .getValues()
          .iterator()
          .hasNext();
    } catch (StorageException e) {
      throw StorageFailure.of(folder, e);
    }
  }

  /**
   * Lists all objects below a folder, in the order of their names, a page of 1,000 in memory.
   *
   * @param prefix what the rest of their names begins with; may be empty
   */
  public static void list(ObjectPlace folder, String prefix, Consumer<FoundObject> found)
      throws PlaceException {
    BlobListOption named = BlobListOption.prefix(prefix(folder) + prefix);
    try {
      for (Blob blob : StorageClient.get().list(folder.bucket(), named).iterateAll()) {
        if (!blob.getName().endsWith("/")) {
          found.accept(found(blob));
        }
      }
    } catch (StorageException e) {
      throw StorageFailure.of(folder, e);
    }
  }

  /**
   * Visits a folder, in the order of names, a page of 1,000 in memory.
   *
   * @param prefix what the rest of the names begins with; may be empty
   * @param deep whether to visit all objects below the folder, and no folders; otherwise only the
   *     objects and folders that are directly in it
   */
  public static void visit(ObjectPlace folder, String prefix, boolean deep, ObjectVisitor visitor)
      throws IOException {
    BlobListOption named = BlobListOption.prefix(prefix(folder) + prefix);
    Storage storage = StorageClient.get();
    try {
      Page<Blob> page =
          deep
              ? storage.list(folder.bucket(), named)
              : storage.list(folder.bucket(), named, BlobListOption.currentDirectory());
      for (Blob blob : page.iterateAll()) {
        String name = blob.getName();
        if (blob.isDirectory()) {
          visitor.folder(new ObjectPlace(folder.bucket(), name.substring(0, name.length() - 1)));
        } else if (!name.endsWith("/")) {
          visitor.object(found(blob));
        }
      }
    } catch (StorageException e) {
      throw StorageFailure.of(folder, e);
    }
  }

  /**
   * An object of a listing.
   *
   * @param version of it, when it was listed
   */
  public record FoundObject(ObjectPlace place, ObjectVersion version) {}

  private static FoundObject found(Blob blob) {
    return new FoundObject(new ObjectPlace(blob.getBucket(), blob.getName()), version(blob));
  }

  /** Opens one generation of an object as a stream. */
  public static InputStream open(ObjectPlace place, long generation) throws PlaceException {
    return Channels.newInputStream(channel(place, generation));
  }

  /**
   * Opens one generation of an object for reading at any position: {@code seek} before the first
   * read, {@code limit} for the end. Reading fails with {@link ChangedObjectException} if that
   * generation is gone.
   */
  public static ObjectChannel channel(ObjectPlace place, long generation) throws PlaceException {
    try {
      ReadChannel channel =
          StorageClient.get()
              .reader(
                  BlobId.of(place.bucket(), place.object(), generation),
                  BlobSourceOption.generationMatch());
      return new ObjectChannel(place, channel);
    } catch (StorageException e) {
      throw StorageFailure.of(place, e);
    }
  }

  /** Writes a small object, at most some megabytes. */
  public static ObjectVersion write(
      ObjectPlace place, byte[] content, Map<String, String> metadata, long standing)
      throws PlaceException {
    return create(place, content, metadata, target(standing));
  }

  /** Writes an object from a stream, which is read once. Has one chunk of 8 MB in memory. */
  public static ObjectVersion write(
      ObjectPlace place, InputStream content, Map<String, String> metadata, long standing)
      throws IOException {
    BlobInfo info = info(place, metadata);
    try {
      WriteChannel channel =
          StorageClient.get()
              .writer(
                  info,
                  standing == ObjectVersion.NONE
                      ? BlobWriteOption.doesNotExist()
                      : BlobWriteOption.generationMatch(standing));
      channel.setChunkSize(CHUNK_BYTES);
      byte[] block = new byte[CHUNK_BYTES];
      int count;
      while ((count = content.readNBytes(block, 0, CHUNK_BYTES)) > 0) {
        channel.write(ByteBuffer.wrap(block, 0, count));
      }
      // Closing completes the object, so an upload whose content cannot be read is left open.
      channel.close();
    } catch (StorageException e) {
      return ownAfter(place, info, e);
    } catch (IOException e) {
      if (e.getCause() instanceof StorageException failed) {
        return ownAfter(place, info, failed);
      }
      throw e;
    }
    return ownAfter(place, info, null);
  }

  /**
   * Replaces one version of a small object.
   *
   * @param before the version whose generation and metageneration must stand there
   */
  public static ObjectVersion replace(
      ObjectPlace place, byte[] content, Map<String, String> metadata, ObjectVersion before)
      throws PlaceException {
    return create(
        place,
        content,
        metadata,
        BlobTargetOption.generationMatch(before.generation()),
        BlobTargetOption.metagenerationMatch(before.metageneration()));
  }

  private static ObjectVersion create(
      ObjectPlace place, byte[] content, Map<String, String> metadata, BlobTargetOption... before)
      throws PlaceException {
    BlobInfo info = info(place, metadata);
    try {
      return version(StorageClient.get().create(info, content, before));
    } catch (StorageException e) {
      return ownAfter(place, info, e);
    }
  }

  private static BlobTargetOption target(long standing) {
    return standing == ObjectVersion.NONE
        ? BlobTargetOption.doesNotExist()
        : BlobTargetOption.generationMatch(standing);
  }

  /**
   * Opens a new object for writing. It exists when the stream was closed; its name must not be in
   * use. Has one chunk of 8 MB in memory.
   */
  public static OutputStream create(ObjectPlace place) throws PlaceException {
    BlobInfo info = info(place, Map.of());
    try {
      WriteChannel channel = StorageClient.get().writer(info, BlobWriteOption.doesNotExist());
      channel.setChunkSize(CHUNK_BYTES);
      return new ObjectOutput(channel, failed -> ownAfter(place, info, failed));
    } catch (StorageException e) {
      throw StorageFailure.of(place, e);
    }
  }

  /**
   * Returns whether the bucket prevents its objects from being replaced and deleted for a time, or
   * null if this account may not know it.
   */
  public static @Nullable Boolean retainsObjects(ObjectPlace place) throws PlaceException {
    try {
      Bucket bucket =
          StorageClient.get()
              .get(
                  place.bucket(),
                  BucketGetOption.fields(
                      BucketField.RETENTION_POLICY, BucketField.DEFAULT_EVENT_BASED_HOLD));
      return bucket == null
          ? null
          : bucket.getRetentionPeriodDuration() != null
              || Boolean.TRUE.equals(bucket.getDefaultEventBasedHold());
    } catch (StorageException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return null;
      }
      throw StorageFailure.of(place, e);
    }
  }

  /**
   * Copies an object without its bytes passing through this process. The source's generation and
   * the target's are checked in one step by the service.
   */
  public static ObjectVersion copy(
      ObjectPlace source,
      long sourceGeneration,
      ObjectPlace target,
      Map<String, String> metadata,
      long standing)
      throws PlaceException {
    BlobInfo info = info(target, metadata);
    CopyRequest request =
        CopyRequest.newBuilder()
            .setSource(id(source))
            .setSourceOptions(BlobSourceOption.generationMatch(sourceGeneration))
            .setTarget(info, target(standing))
            .build();
    try {
      return version(StorageClient.get().copy(request).getResult());
    } catch (StorageException e) {
      return ownAfter(target, info, e);
    }
  }

  /**
   * Replaces the metadata of an object; its content and generation stay.
   *
   * @param before the version that must stand there
   */
  public static ObjectVersion describe(
      ObjectPlace place, ObjectVersion before, Map<String, String> metadata) throws PlaceException {
    BlobInfo info =
        BlobInfo.newBuilder(BlobId.of(place.bucket(), place.object(), before.generation()))
            .setMetadata(marked(metadata))
            .build();
    try {
      return version(
          StorageClient.get()
              .update(
                  info,
                  BlobTargetOption.generationMatch(before.generation()),
                  BlobTargetOption.metagenerationMatch(before.metageneration())));
    } catch (StorageException e) {
      return ownAfter(place, info, e);
    }
  }

  /**
   * Deletes one generation of an object. One that is gone already is no fault.
   *
   * @throws ChangedObjectException if another generation stands there
   */
  public static void delete(ObjectPlace place, long generation) throws PlaceException {
    try {
      StorageClient.get().delete(id(place), BlobSourceOption.generationMatch(generation));
    } catch (StorageException e) {
      throw StorageFailure.of(place, e);
    }
  }

  /**
   * Returns the object of a call that has failed or whose reply brought no version, if it is that
   * call's own; otherwise throws its failure.
   */
  private static ObjectVersion ownAfter(
      ObjectPlace place, BlobInfo info, @Nullable StorageException failed) throws PlaceException {
    if (failed != null
        && failed.getCode() != HttpURLConnection.HTTP_PRECON_FAILED
        && failed.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR
        && failed.getCode() != 0) {
      throw StorageFailure.of(place, failed);
    }
    ObjectVersion standing = version(place);
    Map<String, String> written = info.getMetadata();
    String mark = written == null ? null : written.get(WRITTEN_BY);
    if (standing != null && mark != null && mark.equals(standing.metadata().get(WRITTEN_BY))) {
      return standing;
    }
    throw failed == null ? StorageFailure.gone(place) : StorageFailure.of(place, failed);
  }

  private static BlobInfo info(ObjectPlace place, Map<String, String> metadata) {
    return BlobInfo.newBuilder(id(place))
        .setContentType(contentType(place.name()))
        .setMetadata(marked(metadata))
        .build();
  }

  private static Map<String, String> marked(Map<String, String> metadata) {
    Map<String, String> marked = new HashMap<>(metadata);
    marked.put(WRITTEN_BY, UUID.randomUUID().toString());
    return marked;
  }

  private static String contentType(String name) {
    if (name.endsWith(".jsonl")) {
      return "application/jsonl";
    }
    if (name.endsWith(".json")) {
      return "application/json";
    }
    return name.endsWith(".html") ? "text/html; charset=utf-8" : "application/octet-stream";
  }

  private static ObjectVersion version(Blob blob) {
    Map<String, String> metadata = new HashMap<>();
    Map<String, String> written = blob.getMetadata();
    if (written != null) {
      written.forEach(
          (key, value) -> {
            if (value != null) {
              metadata.put(key, value);
            }
          });
    }
    return new ObjectVersion(
        blob.getGeneration(),
        blob.getMetageneration(),
        blob.getSize(),
        String.valueOf(blob.getCrc32c()),
        metadata);
  }

  private static BlobId id(ObjectPlace place) {
    return BlobId.of(place.bucket(), place.object());
  }

  private static String prefix(ObjectPlace folder) {
    return folder.object().isEmpty() ? "" : folder.object() + "/";
  }
}
