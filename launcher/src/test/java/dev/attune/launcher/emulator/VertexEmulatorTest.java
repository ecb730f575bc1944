package dev.attune.launcher.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.aiplatform.v1.CreateTuningJobRequest;
import com.google.cloud.aiplatform.v1.GenAiTuningServiceGrpc;
import com.google.cloud.aiplatform.v1.GenAiTuningServiceGrpc.GenAiTuningServiceBlockingStub;
import com.google.cloud.aiplatform.v1.GetTuningJobRequest;
import com.google.cloud.aiplatform.v1.ListTuningJobsRequest;
import com.google.cloud.aiplatform.v1.SupervisedTuningSpec;
import com.google.cloud.aiplatform.v1.TuningJob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tests of others rely on, seen through Google's bare stubs. */
class VertexEmulatorTest {
  private static final String PARENT = "projects/p/locations/us-central1";
  private static final String TRAINING = "gs://" + VertexEmulator.BUCKET + "/t.jsonl";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private VertexEmulator emulator;
  private ManagedChannel channel;
  private GenAiTuningServiceBlockingStub tuning;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start(now::get);
    emulator.putObject(TRAINING, new byte[] {'\n'});
    channel =
        Grpc.newChannelBuilder(emulator.endpoint(), InsecureChannelCredentials.create()).build();
    tuning = GenAiTuningServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    emulator.close();
  }

  @Test
  void recordsCallsInOrderAndCountsJobs() {
    TuningJob job = create("k1");
    tuning.getTuningJob(GetTuningJobRequest.newBuilder().setName(job.getName()).build());
    assertThatThrownBy(() -> create("k2")).hasMessageContaining("global_concurrent_tuning_jobs");

    assertThat(emulator.calls())
        .extracting(c -> c.number() + " " + c.method() + " " + c.key() + " " + c.outcome())
        .containsExactly("1 CREATE k1 OK", "2 GET k1 OK", "3 CREATE k2 RESOURCE_EXHAUSTED");
    assertThat(emulator.jobs("k1")).isEqualTo(1);
    assertThat(emulator.jobs("k2")).isZero();
  }

  @Test
  void showsAHookWhatIsDoneAtWhichMoment() {
    List<String> seen = new CopyOnWriteArrayList<>();
    emulator.hook(
        (moment, call) -> seen.add(moment + " " + call.number() + ", jobs " + emulator.jobs("k1")));
    emulator.faultAt(1, Fault.refused(Status.Code.UNAVAILABLE));

    assertThatThrownBy(() -> create("k1")).isInstanceOf(StatusRuntimeException.class);
    create("k1");
    tuning.listTuningJobs(ListTuningJobsRequest.newBuilder().setParent(PARENT).build());

    assertThat(seen)
        .startsWith("ARRIVED 1, jobs 0")
        .contains("ARRIVED 2, jobs 0", "DONE 2, jobs 1", "ARRIVED 3, jobs 1")
        .doesNotContain("DONE 1, jobs 0");
  }

  @Test
  void hidesYoungJobsByTheClockItIsGiven() {
    emulator.listLag(Duration.ofSeconds(5));
    create("k1");

    assertThat(listed()).isZero();
    now.set(Instant.EPOCH.plusSeconds(5));
    assertThat(listed()).isEqualTo(1);
  }

  @Test
  void takesAnUploadInOneRequest() {
    Storage storage =
        StorageOptions.http()
            .setHost(emulator.storageEndpoint())
            .setProjectId("p")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    byte[] bytes = "héllo".getBytes(StandardCharsets.UTF_8);
    BlobId id = BlobId.of(VertexEmulator.BUCKET, "a b/c+d.txt");

    storage.create(BlobInfo.newBuilder(id).setContentType("text/plain").build(), bytes);

    assertThat(emulator.uploads()).containsExactly("gs://attune-test/a b/c+d.txt");
    assertThat(storage.readAllBytes(id)).isEqualTo(bytes);
  }

  private int listed() {
    return tuning
        .listTuningJobs(ListTuningJobsRequest.newBuilder().setParent(PARENT).build())
        .getTuningJobsCount();
  }

  private TuningJob create(String key) {
    return tuning.createTuningJob(
        CreateTuningJobRequest.newBuilder()
            .setParent(PARENT)
            .setTuningJob(
                TuningJob.newBuilder()
                    .setBaseModel("gemini-3.5-flash")
                    .putLabels("attune-key", key)
                    .setSupervisedTuningSpec(
                        SupervisedTuningSpec.newBuilder().setTrainingDatasetUri(TRAINING)))
            .build());
  }
}
