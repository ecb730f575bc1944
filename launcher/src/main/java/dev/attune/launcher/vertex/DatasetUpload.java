package dev.attune.launcher.vertex;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningBackEnd.StagingProgress;
import dev.attune.message.Messages;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.place.StorageClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Uploads a dataset for Vertex AI to {@code gs://bucket/prefix/<fingerprint>/{train,valid}.jsonl}.
 * An object with the same bytes stays; another one is replaced, with its generation as
 * precondition. Of a dataset in Cloud Storage no byte passes through this process: {@link
 * ObjectStaging}. Which region a bucket is in does not matter to the tuning service.
 */
final class DatasetUpload {
  /** The size of a chunk; after a fault, the upload continues with the last chunk that arrived. */
  private static final int CHUNK_BYTES = 8 << 20;

  private static final int LONGEST_CONNECT_MILLIS = 20_000;

  private static final String SCHEME = "gs://";

  private final VertexPlace place;
  private final String bucket;
  private final String prefix;
  private final @Nullable String endpoint;
  private @Nullable Storage storage;

  DatasetUpload(VertexPlace place, TuningPlace written) {
    this.place = place;
    String uri = written.bucket();
    if (uri == null || !uri.startsWith(SCHEME)) {
      throw new IllegalArgumentException("no bucket: " + uri);
    }
    String[] parts = uri.substring(SCHEME.length()).split("/+", 2);
    this.bucket = parts[0];
    String folder = parts.length < 2 ? "" : parts[1].replaceAll("/+$", "");
    this.prefix = folder.isEmpty() ? "" : folder + "/";
    String upload = written.storageEndpoint();
    this.endpoint = upload == null ? StorageClient.endpoint() : upload;
  }

  /**
   * Returns the URIs of the two files; an empty one for an empty validation file, which the service
   * refuses.
   */
  StagedDataset stage(DatasetDirectory dataset, StagingProgress told)
      throws BackEndException, GoogleAccessException, IOException {
    String format = dataset.manifest().identity().format();
    if (!format.equals("gemini")) {
      throw BackEndException.refused(
          Messages.of("launcher.vertex.dataset-format", dataset.path(), format), null);
    }
    String folder = prefix + TuningJobs.hex(dataset.fingerprint()) + "/";
    if (dataset.path() instanceof ObjectPlace && isTheService(StorageClient.endpoint())) {
      return new ObjectStaging(new ObjectPlace(bucket, "").resolve(folder)).stage(dataset);
    }
    ChecksummedFile train = measured(dataset.train(), told);
    ChecksummedFile valid = measured(dataset.valid(), told);
    String training = bring(train, folder + "train.jsonl", told);
    return new StagedDataset(
        training, valid.isEmpty() ? "" : bring(valid, folder + "valid.jsonl", told));
  }

  /** Returns whether datasets in buckets are at the service to which they would be uploaded. */
  private boolean isTheService(@Nullable String ofDatasets) {
    return Objects.equals(endpoint, ofDatasets);
  }

  private static ChecksummedFile measured(Place file, StagingProgress told) throws IOException {
    String doing = "Taking the checksum of " + file.name();
    long size = file.size();
    return ChecksummedFile.of(file, bytes -> told.at(doing, bytes, size));
  }

  private String bring(ChecksummedFile file, String name, StagingProgress told)
      throws BackEndException, GoogleAccessException, IOException {
    String uri = SCHEME + bucket + "/" + name;
    try {
      Storage client = storage();
      BlobId id = BlobId.of(bucket, name);
      Blob standing = look(client, id);
      if (!file.equalsObject(standing)) {
        upload(client, file, id, standing, told);
      }
      return uri;
    } catch (StorageException e) {
      throw StorageFaults.of(uri, e);
    }
  }

  private static @Nullable Blob look(Storage client, BlobId id) {
    return client.get(
        id,
        BlobGetOption.fields(
            BlobField.SIZE, BlobField.CRC32C, BlobField.MD5HASH, BlobField.GENERATION));
  }

  private static void upload(
      Storage client,
      ChecksummedFile file,
      BlobId id,
      @Nullable Blob standing,
      StagingProgress told)
      throws BackEndException, IOException {
    BlobInfo info =
        BlobInfo.newBuilder(id)
            .setContentType("application/jsonl")
            .setCrc32c(file.crc32c())
            .build();
    BlobWriteOption unchanged =
        standing == null
            ? BlobWriteOption.doesNotExist()
            : BlobWriteOption.generationMatch(standing.getGeneration());
    Blob written;
    String doing = "Uploading " + file.path().name() + " to gs://" + id.getBucket();
    LongConsumer sent = bytes -> told.at(doing, bytes, file.bytes());
    try (InputStream in = new UploadProgressStream(file.path().open(), CHUNK_BYTES, sent)) {
      written = client.createFrom(info, in, CHUNK_BYTES, unchanged, BlobWriteOption.crc32cMatch());
    } catch (StorageException e) {
      if (e.getCode() != HttpURLConnection.HTTP_PRECON_FAILED) {
        throw e;
      }
      // Another process was faster, or the reply to this upload was lost.
      written = look(client, id);
    }
    if (!file.equalsObject(written)) {
      throw BackEndException.refused(
          Messages.of("launcher.cloud-storage.object-differs", id.toGsUtilUri(), file.path()),
          null);
    }
  }

  private synchronized Storage storage() throws GoogleAccessException {
    if (storage == null) {
      int millis = Math.toIntExact(place.call().toMillis());
      StorageOptions.Builder options =
          StorageOptions.http()
              .setProjectId(place.project())
              .setTransportOptions(
                  HttpTransportOptions.newBuilder()
                      .setConnectTimeout(Math.min(millis, LONGEST_CONNECT_MILLIS))
                      .setReadTimeout(millis)
                      .build())
              .setRetrySettings(patience());
      if (endpoint == null) {
        options.setCredentials(GoogleAccess.credentials(place.project()));
      } else {
        options.setHost(endpoint).setCredentials(NoCredentials.getInstance());
      }
      storage = options.build().getService();
    }
    return storage;
  }

  /** Returns the retry settings of one request, such as a chunk of an upload. */
  private RetrySettings patience() {
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(250))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(10))
        .setTotalTimeoutDuration(place.call())
        .build();
  }
}
