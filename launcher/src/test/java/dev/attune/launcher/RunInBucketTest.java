package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.JobState;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.ledger.LedgerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop with everything in a bucket but the ledger, which is in PostgreSQL. */
class RunInBucketTest {
  private static final List<String> ANIMALS = List.of("cat", "dog", "owl", "fox", "hen");

  @TempDir private Path folder;

  private InBucket remote;

  @BeforeEach
  void start() throws IOException {
    remote = InBucket.start(folder);
  }

  @AfterEach
  void stop() {
    remote.close();
  }

  private static Typed done(Typed typed) {
    assertThat(typed.exit()).as(String.join("\n", typed.err())).isZero();
    return typed;
  }

  private void configure(String more) throws IOException {
    remote.configure(LedgerKind.POSTGRESQL, more);
    remote.observe(200);
    // From here on nothing of it is on this machine.
    try (Stream<Path> all = Files.walk(folder.resolve("configured"))) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void doesAllOfItOnceAndNothingTheSecondTime() throws IOException {
    configure("");

    Typed first = done(remote.attune("run"));

    String env = remote.text(".env");
    assertThat(env).startsWith("FINETUNED_MODEL_ID=local:");
    assertThat(first.out()).contains("prepare   " + InBucket.uri("datasets/animals/"));
    assertThat(remote.bucket().names("datasets/animals/"))
        .filteredOn(name -> name.endsWith("/manifest.json"))
        .hasSize(1);
    assertThat(remote.bucket().names("evaluations/animals/")).hasSize(2);
    assertThat(folder).isEmptyDirectory();
    long generation = remote.bucket().generation(".env");
    List<String> names = remote.bucket().names("");

    Typed second = done(remote.attune("run"));

    assertThat(second.out()).startsWith("Nothing new to do: ").hasLineCount(1);
    assertThat(remote.bucket().generation(".env")).isEqualTo(generation);
    assertThat(remote.bucket().names("")).isEqualTo(names);
  }

  @Test
  void tunesOnVertexFromWhereTheDatasetIs() throws IOException {
    try (VertexEmulator vertex = VertexEmulator.start()) {
      vertex.readsAlso(remote.stub());
      vertex.script(JobState.JOB_STATE_SUCCEEDED);
      vertex.answer(RunInBucketTest::answer);
      configure(
          "tuning: {backEnd: vertex, project: p, location: us-central1, baseModel:"
              + " gemini-3.5-flash, bucket: \"gs://zoo/tuning\", plaintext: true, endpoint: \""
              + vertex.endpoint()
              + "\", createGrace: 20s, callDeadline: 20s}\n");

      done(remote.attune("run"));

      assertThat(vertex.jobs()).hasSize(1);
      assertThat(vertex.jobs().get(0).getSupervisedTuningSpec().getTrainingDatasetUri())
          .startsWith(InBucket.uri("datasets/animals/"))
          .endsWith("/train.jsonl");
      assertThat(remote.bucket().names("tuning")).isEmpty();
      assertThat(remote.text(".env")).startsWith("FINETUNED_MODEL_ID=projects/");

      assertThat(done(remote.attune("run")).out()).startsWith("Nothing new to do: ");
      assertThat(vertex.jobs()).hasSize(1);
    }
  }

  /** The tuned model knows the animals; its base takes all of them for cats. */
  private static GenerateContentResponse answer(GenerateContentRequest request) {
    String asked = request.getContents(request.getContentsCount() - 1).getParts(0).getText();
    return VertexEmulator.reply(
        request.getModel().contains("/publishers/")
            ? "cat"
            : ANIMALS.stream().filter(asked::contains).findFirst().orElseThrow());
  }
}
