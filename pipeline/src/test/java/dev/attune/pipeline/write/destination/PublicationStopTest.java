package dev.attune.pipeline.write.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PublicationStopTest {
  @TempDir private Path target;

  private void publish() throws IOException {
    PublicationStop.unlessStopped(() -> Files.writeString(target.resolve("manifest.json"), "{}"));
  }

  @Test
  void letsNothingBePublishedAfterIt() throws Exception {
    AtomicBoolean cancelled = new AtomicBoolean();
    PublicationStop.expect(Place.of(target), () -> cancelled.set(true), () -> {});
    CompletableFuture<Void> worker;
    try (PublicationStop stop = PublicationStop.begin()) {
      worker = CompletableFuture.runAsync(this::publishUnchecked);
      Thread.sleep(50);
      assertThat(target).isEmptyDirectory();
      assertThat(stop.published()).isEmpty();
      assertThat(cancelled).isTrue();
    }
    worker.get(10, TimeUnit.SECONDS);
  }

  @Test
  void waitsForAPublicationAndNamesIt() throws Exception {
    PublicationStop.expect(Place.of(target), () -> {}, () -> {});
    CountDownLatch moving = new CountDownLatch(1);
    CompletableFuture<Void> worker =
        CompletableFuture.runAsync(
            () -> {
              try {
                PublicationStop.unlessStopped(
                    () -> {
                      moving.countDown();
                      Files.writeString(target.resolve("train.jsonl"), "");
                      pause();
                      Files.writeString(target.resolve("manifest.json"), "{}");
                    });
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    moving.await();
    try (PublicationStop stop = PublicationStop.begin()) {
      assertThat(stop.published()).contains(Place.of(target));
    }
    worker.get(10, TimeUnit.SECONDS);
  }

  @Test
  void doesNotNameADatasetThatWasThereBefore() throws Exception {
    publish();
    PublicationStop.expect(Place.of(target), () -> {}, () -> {});
    try (PublicationStop stop = PublicationStop.begin()) {
      assertThat(stop.published()).isEmpty();
    }
  }

  private void publishUnchecked() {
    try {
      publish();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
