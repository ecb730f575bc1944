package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.FoundFiles;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.ServedBucket;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** A bucket of a stub of Cloud Storage, to which this process is connected until it is closed. */
public final class BucketReading implements AutoCloseable {
  public static final String BUCKET = "attune-in";

  private final ServedBucket served =
      ServedBucket.start(BUCKET, StorageClient.ENDPOINT, StorageClient::configure);

  private BucketReading() {
    served.stub().bucket("other-in");
  }

  public static BucketReading open() {
    return new BucketReading();
  }

  public StorageStub stub() {
    return served.stub();
  }

  public StubBucket bucket() {
    return served.bucket();
  }

  /** Puts an object there, and returns its generation. */
  public long put(String object, String content) {
    return put(object, content.getBytes(StandardCharsets.UTF_8));
  }

  public long put(String object, byte[] content) {
    try {
      return bucket().put(object, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What patterns match, relative to a folder of the bucket. */
  public static FoundFiles find(String folder, String... patterns) {
    return InputFiles.find(List.of(patterns), folder(folder), EnumSet.allOf(FileType.class));
  }

  /** The ranges of what patterns match. */
  public static List<InputFile> survey(long rangeBytes, String... patterns) throws SourceException {
    return find("", patterns).survey(rangeBytes, more -> {});
  }

  public static Place folder(String name) {
    try {
      return Place.of("gs://" + BUCKET + "/" + name, Place.of(Path.of("/")));
    } catch (PlaceException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    served.close();
  }
}
