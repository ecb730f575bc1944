package dev.attune.testing.gcs;

import static dev.attune.testing.gcs.StorageEndpoint.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.CopyWriter;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import dev.attune.testing.gcs.StubCall.Kind;
import dev.attune.testing.http.CallHold;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How Google's client takes faults, so that tests of Attune can rely on them. */
class StubFaultsTest {
  private static final BlobId ID = BlobId.of("bkt-a", "d/manifest.json");
  private static final BlobInfo INFO = BlobInfo.newBuilder(ID).build();
  private static final byte[] CONTENT = "{\"fingerprint\":1}".getBytes(UTF_8);

  private StorageStub stub;
  private StubBucket bucket;
  private Storage storage;

  @BeforeEach
  void start() throws IOException {
    stub = StorageStub.inMemory("bkt-a");
    bucket = stub.bucket("bkt-a");
    storage = StorageEndpoint.client(stub.url());
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void failsTheCallsThatARuleNames() throws IOException {
    bucket.put(ID.getName(), CONTENT);
    StubFaults.Rule rule = stub.faults().on(Kind.GET_OBJECT).object(".*json").nth(1, 2).fail(503);
    assertThat(storage.get(ID)).isNotNull();
    assertThat(rule.matches()).isEqualTo(3);
    stub.faults().clear();
    stub.faults().on(Kind.GET_OBJECT).nth(1).fail(429);
    assertThat(storage.get(ID)).isNotNull();
    stub.faults().on(Kind.GET_OBJECT).fail(503);
    assertRefused(503, () -> storage.get(ID));
  }

  @Test
  void findsItsOwnObjectAfterALostReply() {
    stub.faults().on(Kind.INSERT).nth(1).replyInstead(503);
    assertRefused(412, () -> storage.create(INFO, CONTENT, BlobTargetOption.doesNotExist()));
    assertThat(storage.readAllBytes(ID)).isEqualTo(CONTENT);
    assertThat(stub.count(Kind.INSERT)).isEqualTo(2);
  }

  @Test
  void findsItsOwnObjectAfterAClosedConnection() {
    stub.faults().on(Kind.INSERT).nth(1).loseReply();
    assertRefused(412, () -> storage.create(INFO, CONTENT, BlobTargetOption.doesNotExist()));
    assertThat(storage.readAllBytes(ID)).isEqualTo(CONTENT);
  }

  @Test
  void deletesOnceThoughTheReplyIsLost() throws IOException {
    long generation = bucket.put(ID.getName(), CONTENT);
    stub.faults().on(Kind.DELETE).nth(1).loseReply();
    assertThat(storage.delete(ID, BlobSourceOption.generationMatch(generation))).isFalse();
    assertThat(bucket.contains(ID.getName())).isFalse();
  }

  @Test
  void resumesAnUploadWhoseRepliesAreLost() throws IOException {
    byte[] content = ClientCallsTest.randomBytes(5 << 20);
    stub.faults().on(Kind.UPLOAD_CHUNK).nth(2).replyInstead(503);
    stub.faults().on(Kind.UPLOAD_CHUNK).nth(3).fail(503);
    stub.faults().on(Kind.UPLOAD_CHUNK).nth(7).loseReply();
    try (WriteChannel channel = storage.writer(INFO, BlobWriteOption.doesNotExist())) {
      channel.setChunkSize(1 << 20);
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
    assertThat(bucket.read(ID.getName())).isEqualTo(content);
    assertThat(stub.count(Kind.QUERY_UPLOAD)).isPositive();
  }

  @Test
  void readsOnWhereAReplyWasCut() throws IOException {
    byte[] content = ClientCallsTest.randomBytes(4 << 20);
    bucket.put(ID.getName(), content);
    stub.faults().on(Kind.DOWNLOAD).nth(1).cutReplyAfter(1_000_000);
    assertThat(storage.readAllBytes(ID)).isEqualTo(content);
    assertThat(stub.count(Kind.DOWNLOAD)).isGreaterThan(1);
  }

  @Test
  void stopsAClientAtACall() throws Exception {
    CallHold hold = stub.faults().on(Kind.INSERT).nth(1).holdBefore();
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(
            () -> storage.create(INFO, CONTENT, BlobTargetOption.doesNotExist()));
    hold.awaitCall(Duration.ofSeconds(20));
    assertThat(bucket.contains(ID.getName())).isFalse();
    storage.create(INFO, new byte[3], BlobTargetOption.doesNotExist());
    hold.release();
    assertThatThrownBy(() -> stopped.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StorageException.class)
        .hasMessageContaining("pre-conditions you specified did not hold");
    assertThat(bucket.read(ID.getName())).hasSize(3);
  }

  @Test
  void stopsAClientThatDoesNotKnowOfItsSuccess() throws Exception {
    CallHold hold = stub.faults().on(Kind.INSERT).nth(1).holdAfter();
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(
            () -> storage.create(INFO, CONTENT, BlobTargetOption.doesNotExist()));
    hold.awaitCall(Duration.ofSeconds(20));
    assertThat(bucket.read(ID.getName())).isEqualTo(CONTENT);
    assertThat(stopped).isNotDone();
    hold.release();
    stopped.get(20, TimeUnit.SECONDS);
  }

  @Test
  void refusesTheRestOfARewriteOfAReplacedSource() throws IOException {
    bucket.put("big", ClientCallsTest.randomBytes(3 << 20));
    stub.rewriteBytesPerCall(1 << 20);
    stub.faults().on(Kind.REWRITE).nth(2).before(call -> bucket.put("big", CONTENT));
    CopyWriter copy = storage.copy(CopyRequest.of(BlobId.of("bkt-a", "big"), ID));
    assertRefused(404, copy::getResult);
    assertThat(bucket.contains(ID.getName())).isFalse();
  }

  @Test
  void changesAnObjectBetweenTwoCalls() throws IOException {
    bucket.put(ID.getName(), CONTENT);
    stub.faults()
        .on(Kind.GET_OBJECT)
        .after(call -> bucket.put(call.object(), "other".getBytes(UTF_8)));
    BlobId read = storage.get(ID).getBlobId();
    assertRefused(404, () -> storage.readAllBytes(read));
  }

  @Test
  void delaysACall() throws IOException {
    bucket.put(ID.getName(), CONTENT);
    stub.faults().on().delay(Duration.ofMillis(200));
    long start = System.nanoTime();
    storage.get(ID);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void failsOneCallOfABatch() throws IOException {
    bucket.put("one", CONTENT);
    bucket.put("two", CONTENT);
    stub.faults().on(Kind.DELETE).object("two").fail(403);
    var batch = storage.batch();
    var one = batch.delete(BlobId.of("bkt-a", "one"));
    var two = batch.delete(BlobId.of("bkt-a", "two"));
    batch.submit();
    assertThat(one.get()).isTrue();
    assertRefused(403, two::get);
    assertThat(bucket.names("")).containsExactly("two");
    assertThat(stub.calls())
        .extracting(StubCall::kind)
        .containsExactly(Kind.BATCH, Kind.DELETE, Kind.DELETE);
  }
}
