package dev.attune.testing.gcs;

import static dev.attune.testing.gcs.StorageEndpoint.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.api.gax.paging.Page;
import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Google's client against the stub, or against the server that {@code attune.test.storageEndpoint}
 * names: both must do the same.
 */
class ClientCallsTest {
  private StorageEndpoint endpoint;
  private Storage storage;

  @BeforeEach
  void open() throws IOException {
    endpoint = StorageEndpoint.open();
    storage = StorageEndpoint.client(endpoint.url());
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private BlobInfo info(String name) {
    return BlobInfo.newBuilder(endpoint.bucket(), name).setContentType("text/plain").build();
  }

  private Blob create(String name, String content) {
    return storage.create(info(name), content.getBytes(UTF_8));
  }

  private String read(String name) {
    return new String(storage.readAllBytes(endpoint.bucket(), name), UTF_8);
  }

  @Test
  void createsAnObjectWithItsMetadata() {
    byte[] content = "hello\n".getBytes(UTF_8);
    storage.create(
        info("d/a b+c.txt").toBuilder().setMetadata(Map.of("owner", "one")).build(), content);
    Blob blob = storage.get(endpoint.bucket(), "d/a b+c.txt");
    CRC32C crc = new CRC32C();
    crc.update(content);
    assertThat(blob.getSize()).isEqualTo(6);
    assertThat(blob.getContentType()).isEqualTo("text/plain");
    assertThat(blob.getMetadata()).containsExactly(Map.entry("owner", "one"));
    assertThat(blob.getCrc32cToHexString()).isEqualTo("%08x".formatted(crc.getValue()));
    assertThat(blob.getMd5ToHexString()).isEqualTo("b1946ac92492d2347c6235b4d2611184");
    assertThat(blob.getMetageneration()).isEqualTo(1);
    assertThat(blob.getCreateTimeOffsetDateTime()).isNotNull();
    assertThat(read("d/a b+c.txt")).isEqualTo("hello\n");
  }

  @Test
  void givesNothingOfAMissingObject() {
    assertThat(storage.get(endpoint.bucket(), "none")).isNull();
    assertRefused(404, () -> storage.readAllBytes(endpoint.bucket(), "none"));
    assertThat(storage.delete(BlobId.of(endpoint.bucket(), "none"))).isFalse();
    assertThat(storage.get("bkt-that-does-not-exist")).isNull();
  }

  @Test
  void createsOnlyWhatDoesNotExist() {
    storage.create(info("m"), "1".getBytes(UTF_8), BlobTargetOption.doesNotExist());
    assertRefused(
        412, () -> storage.create(info("m"), "2".getBytes(UTF_8), BlobTargetOption.doesNotExist()));
    assertThat(read("m")).isEqualTo("1");
  }

  @Test
  void replacesOnlyTheNamedGeneration() {
    long first = create("m", "1").getGeneration();
    long second =
        storage
            .create(info("m"), "2".getBytes(UTF_8), BlobTargetOption.generationMatch(first))
            .getGeneration();
    assertThat(second).isGreaterThan(first);
    assertRefused(
        412,
        () ->
            storage.create(
                info("m"), "3".getBytes(UTF_8), BlobTargetOption.generationMatch(first)));
    assertThat(read("m")).isEqualTo("2");
  }

  @Test
  void uploadsInChunks() throws IOException {
    byte[] content = randomBytes(20 << 20);
    write("big", content, BlobWriteOption.doesNotExist());
    assertThat(storage.readAllBytes(endpoint.bucket(), "big")).isEqualTo(content);
    assertRefused(412, () -> write("big", new byte[3], BlobWriteOption.doesNotExist()));
    long generation = storage.get(endpoint.bucket(), "big").getGeneration();
    write("big", new byte[5], BlobWriteOption.generationMatch(generation));
    assertThat(storage.get(endpoint.bucket(), "big").getSize()).isEqualTo(5);
    assertRefused(
        412, () -> write("big", new byte[7], BlobWriteOption.generationMatch(generation)));
  }

  private void write(String name, byte[] content, BlobWriteOption option) throws IOException {
    try (WriteChannel channel = storage.writer(info(name), option)) {
      channel.setChunkSize(4 << 20);
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  @Test
  void readsFromAPositionOfAGeneration() throws IOException {
    byte[] content = randomBytes(3 << 20);
    long generation = storage.create(info("seek"), content).getGeneration();
    try (ReadChannel channel = storage.reader(BlobId.of(endpoint.bucket(), "seek", generation))) {
      channel.seek(1_234_567);
      channel.limit(1_234_567 + 1000);
      ByteBuffer buffer = ByteBuffer.allocate(2000);
      while (channel.read(buffer) >= 0 && buffer.hasRemaining()) {}
      assertThat(Arrays.copyOf(buffer.array(), buffer.position()))
          .isEqualTo(Arrays.copyOfRange(content, 1_234_567, 1_235_567));
    }
    create("seek", "other");
    assertRefused(
        404, () -> storage.readAllBytes(BlobId.of(endpoint.bucket(), "seek", generation)));
  }

  @Test
  void readsAnEmptyObject() {
    create("empty", "");
    assertThat(storage.readAllBytes(endpoint.bucket(), "empty")).isEmpty();
    assertThat(storage.get(endpoint.bucket(), "empty").getSize()).isZero();
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 7; i++) {
      create("p/" + i, "x");
    }
    create("p/sub/one", "x");
    create("p/sub/two", "x");
    create("q/1", "x");
    List<String> names = new ArrayList<>();
    Page<Blob> page =
        storage.list(endpoint.bucket(), BlobListOption.prefix("p/"), BlobListOption.pageSize(4));
    int pages = 1;
    page.getValues().forEach(blob -> names.add(blob.getName()));
    while (page.hasNextPage()) {
      page = page.getNextPage();
      page.getValues().forEach(blob -> names.add(blob.getName()));
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(names)
        .containsExactly("p/0", "p/1", "p/2", "p/3", "p/4", "p/5", "p/6", "p/sub/one", "p/sub/two");
    assertThat(names(BlobListOption.prefix("p/"), BlobListOption.currentDirectory()))
        .containsExactlyInAnyOrder("p/0", "p/1", "p/2", "p/3", "p/4", "p/5", "p/6", "p/sub/");
    assertThat(names(BlobListOption.startOffset("p/5"), BlobListOption.prefix("p/")))
        .containsExactly("p/5", "p/6", "p/sub/one", "p/sub/two");
  }

  private List<String> names(BlobListOption... options) {
    List<String> names = new ArrayList<>();
    storage
        .list(endpoint.bucket(), options)
        .iterateAll()
        .forEach(blob -> names.add(blob.getName()));
    return names;
  }

  @Test
  void composes() {
    create("c/1", "aa\n");
    create("c/2", "bb\n");
    Blob all = compose();
    assertThat(all.getSize()).isEqualTo(6);
    assertThat(read("c/all")).isEqualTo("aa\nbb\n");
  }

  @Test
  void composesOnlyWhatDoesNotExist() {
    assumeTrue(endpoint.isStub(), "fake-gcs-server ignores the preconditions of compose");
    create("c/1", "aa\n");
    create("c/2", "bb\n");
    compose();
    create("c/1", "cc\n");
    assertRefused(412, this::compose);
    assertThat(read("c/all")).isEqualTo("aa\nbb\n");
  }

  private Blob compose() {
    return storage.compose(
        ComposeRequest.newBuilder()
            .addSource("c/1", "c/2")
            .setTarget(info("c/all"))
            .setTargetOptions(BlobTargetOption.doesNotExist())
            .build());
  }

  @Test
  void copies() {
    create("from", "content");
    Blob copy = copy(BlobId.of(endpoint.bucket(), "from"));
    assertThat(copy.getContentType()).isEqualTo("text/plain");
    assertThat(read("to")).isEqualTo("content");
  }

  @Test
  void copiesOnlyToWhatDoesNotExist() {
    assumeTrue(endpoint.isStub(), "fake-gcs-server ignores the preconditions of rewrite");
    create("from", "content");
    create("to", "kept");
    assertRefused(412, () -> copy(BlobId.of(endpoint.bucket(), "from")));
    assertThat(read("to")).isEqualTo("kept");
  }

  private Blob copy(BlobId source, BlobSourceOption... options) {
    return storage
        .copy(
            CopyRequest.newBuilder()
                .setSource(source)
                .setSourceOptions(options)
                .setTarget(BlobId.of(endpoint.bucket(), "to"), BlobTargetOption.doesNotExist())
                .build())
        .getResult();
  }

  @Test
  void copiesOnlyTheNamedGeneration() {
    assumeTrue(endpoint.isStub(), "fake-gcs-server ignores the preconditions of rewrite");
    long old = create("from", "old").getGeneration();
    long now = create("from", "new").getGeneration();
    BlobId source = BlobId.of(endpoint.bucket(), "from");
    assertRefused(412, () -> copy(source, BlobSourceOption.generationMatch(old)));
    assertThat(copy(source, BlobSourceOption.generationMatch(now)).getSize()).isEqualTo(3);
    assertThat(read("to")).isEqualTo("new");
  }

  @Test
  void changesMetadata() {
    Blob blob = create("meta", "x");
    Blob changed = blob.toBuilder().setMetadata(Map.of("state", "held")).build().update();
    assertThat(changed.getGeneration()).isEqualTo(blob.getGeneration());
    assertThat(storage.get(blob.getBlobId()).getMetadata()).containsEntry("state", "held");
    assertThat(read("meta")).isEqualTo("x");
  }

  @Test
  void deletes() {
    create("gone", "x");
    assertThat(storage.delete(BlobId.of(endpoint.bucket(), "gone"))).isTrue();
    assertThat(storage.get(endpoint.bucket(), "gone")).isNull();
  }

  @Test
  void deletesOnlyTheNamedGeneration() {
    assumeTrue(endpoint.isStub(), "fake-gcs-server ignores the preconditions of delete");
    BlobId id = BlobId.of(endpoint.bucket(), "held");
    long generation = create("held", "x").getGeneration();
    assertRefused(412, () -> storage.delete(id, BlobSourceOption.generationMatch(5)));
    assertThat(storage.delete(id, BlobSourceOption.generationMatch(generation))).isTrue();
  }

  @Test
  void deletesInABatch() {
    StorageBatch batch = storage.batch();
    List<StorageBatchResult<Boolean>> results = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      create("b/" + i, "x");
      results.add(batch.delete(BlobId.of(endpoint.bucket(), "b/" + i)));
    }
    results.add(batch.delete(BlobId.of(endpoint.bucket(), "b/none")));
    batch.submit();
    assertThat(results.stream().map(StorageBatchResult::get))
        .containsExactly(true, true, true, true, true, false);
    assertThat(names(BlobListOption.prefix("b/"))).isEmpty();
  }

  static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
