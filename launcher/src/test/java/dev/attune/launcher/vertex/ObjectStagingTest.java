package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.dataset.PublishedDataset;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.place.Place;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.ServedBucket;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a dataset that is in a bucket gets to where Vertex AI reads it. */
class ObjectStagingTest {
  private static final StubCall.Kind[] WITH_CONTENT = {
    StubCall.Kind.DOWNLOAD,
    StubCall.Kind.INSERT,
    StubCall.Kind.START_UPLOAD,
    StubCall.Kind.UPLOAD_CHUNK,
    StubCall.Kind.REWRITE,
    StubCall.Kind.COPY
  };

  @TempDir Path folder;

  @AutoClose
  private final ServedBucket tuning =
      ServedBucket.start("tuning", StorageClient.ENDPOINT, StorageClient::configure);

  private final StorageStub stub = tuning.stub();
  private DatasetDirectory local;

  @BeforeEach
  void start() throws IOException {
    stub.bucket("team");
    local = PublishedDataset.write(folder, List.of("{\"a\": 1}", "{\"a\": 2}"), List.of("{}"));
  }

  private DatasetDirectory in(String bucket) throws IOException {
    for (Place file : List.of(local.train(), local.valid())) {
      stub.bucket(bucket).put("datasets/r1/" + file.name(), file.readAllBytes());
    }
    return new DatasetDirectory(Place.written("gs://" + bucket + "/datasets/r1"), local.manifest());
  }

  private static StagedDataset stage(DatasetDirectory dataset, @Nullable String storage)
      throws Exception {
    TuningPlace place =
        new TuningPlace(
            "my-project", "us-central1", "gs://tuning/attune", "127.0.0.1:9", true, storage);
    try (VertexBackEnd backEnd = VertexBackEnd.open(Configs.of(place, Duration.ofSeconds(20)))) {
      return backEnd.stage(dataset);
    }
  }

  private String copy(String name) {
    return "attune/" + local.fingerprint().substring("sha256:".length()) + "/" + name;
  }

  @Test
  void usesTheObjectsOfTheTuningBucketWhereTheyAre() throws Exception {
    StagedDataset staged = stage(in("tuning"), null);

    assertThat(staged)
        .isEqualTo(
            new StagedDataset(
                "gs://tuning/datasets/r1/train.jsonl", "gs://tuning/datasets/r1/valid.jsonl"));
    assertThat(stub.count(WITH_CONTENT)).as("%s", stub.calls()).isZero();
  }

  @Test
  void letsTheServiceCopyFromAnotherBucketOnce() throws Exception {
    stub.bucket("tuning").put(copy("valid.jsonl"), "other".getBytes(StandardCharsets.UTF_8));

    StagedDataset staged = stage(in("team"), null);

    assertThat(staged)
        .isEqualTo(
            new StagedDataset(
                "gs://tuning/" + copy("train.jsonl"), "gs://tuning/" + copy("valid.jsonl")));
    for (Place file : List.of(local.train(), local.valid())) {
      assertThat(stub.bucket("tuning").read(copy(file.name()))).isEqualTo(file.readAllBytes());
    }
    assertThat(stub.calls())
        .filteredOn(call -> List.of(WITH_CONTENT).contains(call.kind()))
        .extracting(StubCall::kind)
        .containsExactly(StubCall.Kind.REWRITE, StubCall.Kind.REWRITE);
    stub.clearCalls();
    assertThat(stage(in("team"), null)).isEqualTo(staged);
    assertThat(stub.count(WITH_CONTENT)).as("%s", stub.calls()).isZero();
  }

  @Test
  void uploadsToAnotherServiceThanTheDatasetIsAt() throws Exception {
    try (StorageStub other = StorageStub.inMemory("tuning")) {
      StagedDataset staged = stage(in("tuning"), other.url());

      assertThat(staged.training()).isEqualTo("gs://tuning/" + copy("train.jsonl"));
      assertThat(other.bucket("tuning").read(copy("train.jsonl")))
          .isEqualTo(Files.readAllBytes(local.train().local()));
    }
  }

  @Test
  void namesNoValidationFileWhereThatIsEmpty() throws Exception {
    DatasetDirectory dataset = in("tuning");
    stub.bucket("tuning").put("datasets/r1/valid.jsonl", new byte[0]);

    assertThat(stage(dataset, null).validation()).isEmpty();
  }

  @Test
  void refusesWithTheServicesReason() throws Exception {
    DatasetDirectory dataset = in("team");
    stub.bucket("tuning").deny("storage.objects.create");
    BackEndException denied =
        catchThrowableOfType(BackEndException.class, () -> stage(dataset, null));
    assertThat(denied.kind()).isEqualTo(Kind.REFUSED);
    assertThat(denied)
        .hasMessageStartingWith("Cloud Storage denies this account to read or write gs://tuning/");

    stub.bucket("team").delete("datasets/r1/train.jsonl");
    assertThat(catchThrowableOfType(BackEndException.class, () -> stage(dataset, null)))
        .hasMessageStartingWith("gs://team/datasets/r1/train.jsonl is missing");
  }
}
