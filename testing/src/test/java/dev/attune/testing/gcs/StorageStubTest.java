package dev.attune.testing.gcs;

import static dev.attune.testing.gcs.StorageEndpoint.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.CopyWriter;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the stub does: all preconditions, refusals of a bucket, content in files. */
class StorageStubTest {
  private StorageStub stub;
  private Storage storage;

  @BeforeEach
  void start() throws IOException {
    stub = StorageStub.inMemory("bkt-a", "bkt-b");
    storage = StorageEndpoint.client(stub.url());
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private static BlobId id(String name) {
    return BlobId.of("bkt-a", name);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void checksMetagenerations() {
    Blob blob = storage.create(BlobInfo.newBuilder(id("m")).build(), bytes("x"));
    BlobInfo held = blob.toBuilder().setMetadata(Map.of("state", "held")).build();
    assertRefused(412, () -> storage.update(held, BlobTargetOption.metagenerationMatch(2)));
    Blob changed = storage.update(held, BlobTargetOption.metagenerationMatch(1));
    assertThat(changed.getMetageneration()).isEqualTo(2);
    assertThat(stub.bucket("bkt-a").metadata("m")).containsEntry("state", "held");
    assertRefused(
        412,
        () -> storage.update(held, BlobTargetOption.generationMatch(blob.getGeneration() + 1)));
    assertRefused(412, () -> storage.delete(id("m"), BlobSourceOption.metagenerationMatch(1)));
    assertRefused(412, () -> storage.delete(id("m"), BlobSourceOption.metagenerationNotMatch(2)));
    assertThat(storage.delete(id("m"), BlobSourceOption.metagenerationMatch(2))).isTrue();
  }

  @Test
  void checksWhatIsRead() throws IOException {
    long generation = stub.bucket("bkt-a").put("r", bytes("x"));
    assertRefused(412, () -> storage.get(id("r"), BlobGetOption.generationMatch(generation + 1)));
    assertRefused(304, () -> storage.get(id("r"), BlobGetOption.generationNotMatch(generation)));
    assertRefused(412, () -> storage.readAllBytes(id("r"), BlobSourceOption.generationMatch(5)));
    assertThat(storage.readAllBytes(id("r"), BlobSourceOption.generationMatch(generation)))
        .isEqualTo(bytes("x"));
  }

  @Test
  void checksTheSourcesOfACompose() throws IOException {
    long one = stub.bucket("bkt-a").put("1", bytes("a"));
    long two = stub.bucket("bkt-a").put("2", bytes("b"));
    assertRefused(404, () -> compose(one, two + 1));
    Blob all = compose(one, two);
    assertThat(all.getComponentCount()).isEqualTo(2);
    assertThat(all.getMd5()).isNull();
    assertThat(stub.bucket("bkt-a").read("all")).isEqualTo(bytes("ab"));
  }

  private Blob compose(long one, long two) {
    return storage.compose(
        ComposeRequest.newBuilder()
            .addSource("1", one)
            .addSource("2", two)
            .setTarget(BlobInfo.newBuilder(id("all")).build())
            .build());
  }

  @Test
  void rewritesInSeveralCalls() throws IOException {
    byte[] content = ClientCallsTest.randomBytes(2_500_000);
    stub.bucket("bkt-a").put("big", content);
    stub.rewriteBytesPerCall(1 << 20);
    CopyWriter copy =
        storage.copy(
            CopyRequest.newBuilder()
                .setSource(id("big"))
                .setTarget(BlobId.of("bkt-b", "copy"))
                .build());
    assertThat(copy.isDone()).isFalse();
    assertThat(stub.bucket("bkt-b").contains("copy")).isFalse();
    assertThat(copy.getResult().getSize()).isEqualTo(content.length);
    assertThat(stub.count(StubCall.Kind.REWRITE)).isEqualTo(3);
    assertThat(stub.bucket("bkt-b").read("copy")).isEqualTo(content);
  }

  /** Of what it creates in one call, the client computes the checksum itself. */
  @Test
  void refusesContentWithAnotherChecksum() {
    BlobInfo wrong = BlobInfo.newBuilder(id("crc")).setCrc32c("AAAAAA==").build();
    assertRefused(
        400,
        () -> {
          try (WriteChannel channel =
              storage.writer(
                  wrong, BlobWriteOption.doesNotExist(), BlobWriteOption.crc32cMatch())) {
            channel.write(ByteBuffer.wrap(bytes("x")));
          }
        });
    assertThat(stub.bucket("bkt-a").contains("crc")).isFalse();
  }

  @Test
  void givesOnlyTheFieldsThatWereAskedFor() throws IOException {
    stub.bucket("bkt-a").put("f", bytes("x"));
    Blob blob = storage.get(id("f"), BlobGetOption.fields(BlobField.SIZE));
    assertThat(blob.getSize()).isEqualTo(1);
    assertThat(blob.getCrc32c()).isNull();
  }

  @Test
  void describesItsBuckets() {
    stub.bucket("bkt-a").location("EUROPE-WEST4").retention(Duration.ofDays(1));
    Bucket bucket = storage.get("bkt-a");
    assertThat(bucket.getLocation()).isEqualTo("EUROPE-WEST4");
    assertThat(bucket.getRetentionPeriodDuration()).isEqualTo(Duration.ofDays(1));
    assertThat(storage.get("bkt-b").getRetentionPeriodDuration()).isNull();
  }

  @Test
  void keepsWhatARetentionPolicyProtects() throws IOException {
    stub.bucket("bkt-a").put("kept", bytes("x"));
    stub.bucket("bkt-a").retention(Duration.ofDays(1));
    assertThatThrownBy(() -> storage.delete(id("kept")))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(403);
              assertThat(e.getReason()).isEqualTo("retentionPolicyNotMet");
              assertThat(e).hasMessageContaining("retention policy");
            });
    assertRefused(403, () -> storage.create(BlobInfo.newBuilder(id("kept")).build(), bytes("y")));
    assertThat(stub.bucket("bkt-a").read("kept")).isEqualTo(bytes("x"));
  }

  @Test
  void refusesWhoMayNot() throws IOException {
    stub.bucket("bkt-a").put("x", bytes("x"));
    stub.bucket("bkt-a").deny("storage.objects.delete");
    assertRefused(403, () -> storage.delete(id("x")));
    assertRefused(403, () -> storage.create(BlobInfo.newBuilder(id("x")).build(), bytes("y")));
    storage.create(BlobInfo.newBuilder(id("new")).build(), bytes("y"));
    stub.bucket("bkt-a").denyAll();
    assertRefused(403, () -> storage.get(id("x")));
    assertRefused(403, () -> storage.get("bkt-a"));
    stub.removeBucket("bkt-b");
    assertRefused(404, () -> storage.create(BlobInfo.newBuilder("bkt-b", "x").build(), bytes("y")));
  }

  @Test
  void refusesWhoShowsNoCredentials() throws IOException {
    stub.bucket("bkt-a").put("x", bytes("x"));
    stub.requireCredentials(true);
    assertRefused(401, () -> storage.get(id("x")));
    assertRefused(401, () -> storage.readAllBytes(id("x")));
    Storage known =
        storage.getOptions().toBuilder()
            .setCredentials(
                GoogleCredentials.create(AccessToken.newBuilder().setTokenValue("t").build()))
            .build()
            .getService();
    assertThat(known.readAllBytes(id("x"))).isEqualTo(bytes("x"));
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(8);
    try {
      Stream<Callable<Boolean>> tries =
          IntStream.range(0, 16)
              .mapToObj(
                  i ->
                      () -> {
                        try {
                          storage.create(
                              BlobInfo.newBuilder(id("lock")).build(),
                              bytes("owner " + i),
                              BlobTargetOption.doesNotExist());
                          return true;
                        } catch (StorageException e) {
                          assertThat(e.getCode()).isEqualTo(412);
                          return false;
                        }
                      });
      int winners = 0;
      for (Future<Boolean> result : writers.invokeAll(tries.toList())) {
        winners += result.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void keepsContentInFiles(@TempDir Path folder) throws IOException {
    byte[] content = ClientCallsTest.randomBytes(3 << 20);
    try (StorageStub onDisk = StorageStub.inFolder(folder, "bkt-a")) {
      Storage client = StorageEndpoint.client(onDisk.url());
      Blob blob = client.create(BlobInfo.newBuilder(id("x")).build(), content);
      client.copy(CopyRequest.of(id("x"), id("y"))).getResult();
      client.create(BlobInfo.newBuilder(id("x")).build(), bytes("short"));
      assertThat(client.delete(id("x"))).isTrue();
      assertThat(client.readAllBytes(id("y"))).isEqualTo(content);
      assertThat(client.get(id("y")).getCrc32c()).isEqualTo(blob.getCrc32c());
      assertThat(sizeOf(folder)).isEqualTo(content.length);
    }
  }

  private static long sizeOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long size = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
      return size;
    }
  }

  @Test
  void pagesThroughFolders() throws IOException {
    StubBucket bucket = stub.bucket("bkt-a");
    for (String name :
        List.of("p/", "p/a", "p/b/1", "p/b/2", "p/c/", "p/d", "p/\uffee", "p/\ud83d\ude00")) {
      bucket.put(name, bytes(name));
    }
    List<String> names = new ArrayList<>();
    storage
        .list(
            "bkt-a",
            BlobListOption.prefix("p/"),
            BlobListOption.currentDirectory(),
            BlobListOption.pageSize(1))
        .iterateAll()
        .forEach(blob -> names.add(blob.getName()));
    assertThat(names)
        .containsExactly("p/", "p/a", "p/b/", "p/c/", "p/d", "p/\uffee", "p/\ud83d\ude00");
    assertThat(bucket.names("p/b/")).containsExactly("p/b/1", "p/b/2");
  }

  @Test
  void createsNothingOfAHalfUpload() throws IOException {
    URI url = URI.create(stub.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write(
              bytes(
                  "POST /upload/storage/v1/b/bkt-a/o?uploadType=media&name=half HTTP/1.1\r\n"
                      + "Host: localhost\r\nContent-Length: 100\r\n\r\nhalf of it"));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(stub.count(StubCall.Kind.INSERT)).isEqualTo(1);
    assertThat(stub.bucket("bkt-a").names("")).isEmpty();
  }

  @Test
  void servesInAProcessOfItsOwn(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("load/bkt-a/d"));
    Files.writeString(folder.resolve("load/bkt-a/d/x.txt"), "loaded");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StorageStub.class.getName(),
                "--buckets",
                "bkt-b,bkt-c",
                "--folder",
                folder.resolve("objects").toString(),
                "--load",
                folder.resolve("load").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      Storage client = StorageEndpoint.client(String.valueOf(out.readLine()));
      assertThat(client.readAllBytes(id("d/x.txt"))).isEqualTo(bytes("loaded"));
      client.create(BlobInfo.newBuilder("bkt-c", "y").build(), bytes("y"));
      assertThat(client.get("bkt-d")).isNull();
    } finally {
      process.destroyForcibly();
    }
  }
}
