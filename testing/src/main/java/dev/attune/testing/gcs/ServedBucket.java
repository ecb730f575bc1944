package dev.attune.testing.gcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A stub with empty buckets in memory, to which the program in this process is connected until it
 * is closed. For a field of a test that JUnit closes ({@code @AutoClose}).
 */
public final class ServedBucket implements AutoCloseable {
  private final StorageStub stub;
  private final String name;
  private final Consumer<Map<String, String>> configure;

  private ServedBucket(StorageStub stub, String name, Consumer<Map<String, String>> configure) {
    this.stub = stub;
    this.name = name;
    this.configure = configure;
  }

  /**
   * Starts a stub with a bucket.
   *
   * @param variable the environment variable with the address of the stub
   * @param configure takes environment variables: now the address, and at the end none
   */
  public static ServedBucket start(
      String name, String variable, Consumer<Map<String, String>> configure) {
    try {
      StorageStub stub = StorageStub.inMemory(name);
      configure.accept(Map.of(variable, stub.url()));
      return new ServedBucket(stub, name, configure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public StorageStub stub() {
    return stub;
  }

  public StubBucket bucket() {
    return stub.bucket(name);
  }

  @Override
  public void close() {
    configure.accept(Map.of());
    stub.close();
  }
}
