package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.dataset.PublishedDataset;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.Moment;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetUploadTest {
  @TempDir Path folder;

  private VertexEmulator emulator;
  private VertexBackEnd backEnd;
  private DatasetDirectory dataset;
  private String home;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start();
    backEnd = VertexBackEnd.open(Configs.of(emulator));
    dataset = PublishedDataset.write(folder, List.of("{\"a\": 1}", "{\"a\": 2}"), List.of("{}"));
    home =
        "gs://"
            + VertexEmulator.BUCKET
            + "/attune/"
            + dataset.fingerprint().substring("sha256:".length());
  }

  @AfterEach
  void stop() {
    backEnd.close();
    emulator.close();
  }

  @Test
  void putsBothFilesUnderTheFingerprint() throws Exception {
    StagedDataset staged = backEnd.stage(dataset);

    assertThat(staged).isEqualTo(new StagedDataset(home + "/train.jsonl", home + "/valid.jsonl"));
    assertThat(emulator.object(staged.training()))
        .isEqualTo(Files.readAllBytes(dataset.train().local()));
    assertThat(emulator.object(staged.validation()))
        .isEqualTo(Files.readAllBytes(dataset.valid().local()));
    assertThat(emulator.calls()).noneMatch(call -> call.authorized());
  }

  @Test
  void movesNothingThatStandsThere() throws Exception {
    StagedDataset first = backEnd.stage(dataset);
    int calls = emulator.calls().size();

    assertThat(backEnd.stage(dataset)).isEqualTo(first);

    assertThat(emulator.uploads()).hasSize(2);
    assertThat(emulator.calls().subList(calls, emulator.calls().size()))
        .extracting(call -> call.method())
        .containsExactly(Method.STAT, Method.STAT);
  }

  @Test
  void replacesAnObjectOfTheSameSizeThatHoldsSomethingElse() throws Exception {
    emulator.putObject(
        home + "/train.jsonl", "{\"a\": 1}\n{\"a\": 3}\n".getBytes(StandardCharsets.UTF_8));

    StagedDataset staged = backEnd.stage(dataset);

    assertThat(emulator.object(staged.training()))
        .isEqualTo(Files.readAllBytes(dataset.train().local()));
    assertThat(emulator.uploads()).containsExactly(staged.training(), staged.validation());
  }

  @Test
  void worksInABucketWithoutAFolder() throws Exception {
    TuningPlace place =
        new TuningPlace(
            "my-project",
            "us-central1",
            "gs://" + VertexEmulator.BUCKET,
            emulator.endpoint(),
            true,
            emulator.storageEndpoint());
    try (VertexBackEnd plain = VertexBackEnd.open(Configs.of(place, Duration.ofSeconds(20)))) {
      assertThat(plain.stage(dataset).training())
          .isEqualTo(home.replace("/attune/", "/") + "/train.jsonl");
    }
  }

  @Test
  void namesNoValidationFileWhereThatIsEmpty() throws Exception {
    DatasetDirectory trainingOnly =
        PublishedDataset.write(folder.resolve("t"), List.of("{}"), List.of());

    assertThat(backEnd.stage(trainingOnly).validation()).isEmpty();
    assertThat(emulator.uploads()).hasSize(1);
  }

  @Test
  void refusesAnotherProvidersFormat() throws Exception {
    DatasetDirectory other =
        PublishedDataset.write(folder.resolve("o"), "openai", List.of("{}"), List.of("{}"));

    BackEndException fault =
        catchThrowableOfType(BackEndException.class, () -> backEnd.stage(other));

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessage(
            other.path()
                + " is in the format openai, and Vertex AI reads gemini: set output.format to"
                + " gemini and prepare the dataset again.");
    assertThat(emulator.calls()).isEmpty();
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws Exception {
    DatasetDirectory large = large();
    emulator.faultNext(Method.CHUNK, Fault.cut(600_000));

    StagedDataset staged = backEnd.stage(large);

    assertThat(emulator.object(staged.training()))
        .isEqualTo(Files.readAllBytes(large.train().local()));
    assertThat(emulator.calls(Method.UPLOAD)).hasSize(2);
  }

  @Test
  void sendsALargeFileInChunksEachWithItsOwnPatience() throws Exception {
    String line = "{\"text\": \"" + "y".repeat(990_000) + "\"}";
    DatasetDirectory large =
        PublishedDataset.write(
            folder.resolve("large"), Collections.nCopies(9, line), List.of("{}"));
    emulator.hook(
        (moment, call) -> {
          if (moment == Moment.ANSWERED && call.method() == Method.CHUNK) {
            emulator.hook((m, c) -> {});
            emulator.faultNext(Method.CHUNK, Fault.refused(Status.Code.UNAVAILABLE));
          }
        });

    Set<String> told = new LinkedHashSet<>();

    StagedDataset staged =
        backEnd.stage(
            large,
            (doing, bytes, total) -> {
              // Of the checksums only the ends.
              if (doing.startsWith("Uploading") || bytes == total) {
                told.add(doing + " " + bytes + "/" + total);
              }
            });

    assertThat(emulator.object(staged.training()))
        .isEqualTo(Files.readAllBytes(large.train().local()));
    assertThat(emulator.calls(Method.UPLOAD)).hasSize(2);
    String train = "Uploading train.jsonl to gs://" + VertexEmulator.BUCKET + " ";
    assertThat(told)
        .containsExactly(
            "Taking the checksum of train.jsonl 8910117/8910117",
            "Taking the checksum of valid.jsonl 3/3",
            train + "0/8910117",
            train + "8388608/8910117",
            "Uploading valid.jsonl to gs://" + VertexEmulator.BUCKET + " 0/3");
  }

  @Test
  void goesOnWhereTheServiceIsAwayForAMoment() throws Exception {
    emulator.faultNext(Method.STAT, Fault.refused(Status.Code.UNAVAILABLE));
    emulator.faultNext(Method.UPLOAD, Fault.refused(Status.Code.UNAVAILABLE));
    emulator.faultNext(Method.CHUNK, Fault.refused(Status.Code.UNAVAILABLE));

    backEnd.stage(dataset);

    assertThat(emulator.uploads()).hasSize(2);
  }

  @Test
  void knowsItsOwnUploadWhenOnlyTheReplyWasLost() throws Exception {
    emulator.faultNext(Method.CHUNK, Fault.silent());

    StagedDataset staged = backEnd.stage(dataset);

    assertThat(emulator.object(staged.training()))
        .isEqualTo(Files.readAllBytes(dataset.train().local()));
    assertThat(emulator.object(staged.validation()))
        .isEqualTo(Files.readAllBytes(dataset.valid().local()));
  }

  @Test
  void takesWhatAFasterLauncherUploaded() throws Exception {
    byte[] same = Files.readAllBytes(dataset.train().local());
    meanwhile(home + "/train.jsonl", same);

    assertThat(backEnd.stage(dataset).training()).isEqualTo(home + "/train.jsonl");
    assertThat(emulator.uploads()).containsExactly(home + "/valid.jsonl");
  }

  @Test
  void doesNotOverwriteWhatSomebodyElsePutThereMeanwhile() {
    meanwhile(home + "/train.jsonl", new byte[] {1});

    BackEndException fault =
        catchThrowableOfType(BackEndException.class, () -> backEnd.stage(dataset));

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessageStartingWith(
            home + "/train.jsonl differs from the uploaded file: another program");
    assertThat(emulator.object(home + "/train.jsonl")).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PERMISSION_DENIED | Cloud Storage denies this account to read or write %s/train.jsonl"
            + " (asked for by a test): give it the role Storage Object User"
            + " (roles/storage.objectUser) on the bucket.",
        "UNAUTHENTICATED | Cloud Storage rejected the credentials of this machine (asked for"
            + " by a test): log in again with gcloud auth application-default login.",
        "INVALID_ARGUMENT | Cloud Storage refused %s/train.jsonl (asked for by a test): check"
            + " tuning.bucket.",
      })
  void isRefusedForGood(Status.Code code, String sentence) {
    emulator.faultNext(Method.STAT, Fault.refused(code));

    BackEndException fault =
        catchThrowableOfType(BackEndException.class, () -> backEnd.stage(dataset));

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault).hasMessage(sentence, home);
    assertThat(emulator.calls()).hasSize(1);
  }

  @Test
  void saysThatThereIsNoBucket() throws Exception {
    TuningPlace place =
        new TuningPlace(
            "my-project",
            "us-central1",
            "gs://missing/x",
            emulator.endpoint(),
            true,
            emulator.storageEndpoint());
    try (VertexBackEnd lost = VertexBackEnd.open(Configs.of(place, Duration.ofSeconds(20)))) {
      BackEndException fault =
          catchThrowableOfType(BackEndException.class, () -> lost.stage(dataset));

      assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
      assertThat(fault)
          .hasMessage(
              "The bucket of "
                  + home.replace("gs://attune-test/attune", "gs://missing/x")
                  + "/train.jsonl does not exist (The specified bucket does not exist): create it,"
                  + " or correct tuning.bucket.");
    }
  }

  @Test
  void givesUpAfterTheCallDeadline() throws Exception {
    for (int i = 0; i < 20; i++) {
      emulator.faultNext(Method.STAT, Fault.refused(Status.Code.UNAVAILABLE));
    }
    try (VertexBackEnd hasty = VertexBackEnd.open(Configs.of(emulator, Duration.ofSeconds(1)))) {
      BackEndException fault =
          catchThrowableOfType(BackEndException.class, () -> hasty.stage(dataset));

      assertThat(fault.kind()).isEqualTo(Kind.UNCERTAIN);
      assertThat(fault)
          .hasMessage(
              "Cloud Storage did not accept " + home + "/train.jsonl (503: asked for by a test)");
    }
  }

  private DatasetDirectory large() throws Exception {
    String line = "{\"text\": \"" + "x".repeat(990) + "\"}";
    return PublishedDataset.write(
        folder.resolve("large"), Collections.nCopies(1200, line), List.of("{}"));
  }

  /** Puts an object there after the launcher looked and before its upload ends. */
  private void meanwhile(String uri, byte[] bytes) {
    emulator.hook(
        (moment, call) -> {
          if (moment == Moment.ARRIVED
              && call.method() == Method.CHUNK
              && call.key().equals(uri)
              && emulator.object(uri) == null) {
            emulator.putObject(uri, bytes);
          }
        });
  }
}
