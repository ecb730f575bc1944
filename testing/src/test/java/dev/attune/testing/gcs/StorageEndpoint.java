package dev.attune.testing.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * What the tests of calls talk to: a stub of their own, or the server that the system property
 * {@code attune.test.storageEndpoint} names.
 */
final class StorageEndpoint implements AutoCloseable {
  private final @Nullable StorageStub stub;
  private final String url;
  private final String bucket = "bkt-" + UUID.randomUUID();

  private StorageEndpoint(@Nullable StorageStub stub, String url) {
    this.stub = stub;
    this.url = url;
  }

  static StorageEndpoint open() throws IOException {
    String url = System.getProperty("attune.test.storageEndpoint");
    StorageStub stub = url == null ? StorageStub.inMemory() : null;
    StorageEndpoint endpoint =
        new StorageEndpoint(stub, stub == null ? String.valueOf(url) : stub.url());
    client(endpoint.url).create(BucketInfo.of(endpoint.bucket));
    return endpoint;
  }

  boolean isStub() {
    return stub != null;
  }

  String url() {
    return url;
  }

  /** An empty bucket. */
  String bucket() {
    return bucket;
  }

  /** A client that does not wait long between its attempts. */
  static Storage client(String url) {
    return StorageOptions.newBuilder()
        .setHost(url)
        .setProjectId("test-project")
        .setCredentials(NoCredentials.getInstance())
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setMaxAttempts(4)
                .setInitialRetryDelayDuration(Duration.ofMillis(10))
                .setMaxRetryDelayDuration(Duration.ofMillis(50))
                .setInitialRpcTimeoutDuration(Duration.ofSeconds(20))
                .setMaxRpcTimeoutDuration(Duration.ofSeconds(20))
                .setTotalTimeoutDuration(Duration.ofSeconds(60))
                .build())
        .build()
        .getService();
  }

  static void assertRefused(int code, ThrowingCallable call) {
    StorageException refusal = Assertions.catchThrowableOfType(StorageException.class, call);
    assertThat(refusal).as("no refusal").isNotNull();
    assertThat(refusal.getCode()).as(refusal.toString()).isEqualTo(code);
  }

  @Override
  public void close() {
    if (stub != null) {
      stub.close();
    }
  }
}
