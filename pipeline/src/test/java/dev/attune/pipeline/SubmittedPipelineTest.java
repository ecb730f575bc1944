package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.report.ReportData.SourceRow;
import dev.attune.pipeline.run.DraftManifest;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.file.storage.ObjectRanges;
import dev.attune.pipeline.source.file.storage.Pin;
import dev.attune.pipeline.write.Publication;
import dev.attune.testing.dataflowapi.JobScript;
import dev.attune.testing.postgresql.PostgresPasswords;
import dev.attune.testing.secret.EmulatedSecrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.SnappyInputStream;

/**
 * Unpacks the whole pipeline that is submitted to Dataflow and looks for what must not be in it.
 */
@Timeout(120)
class SubmittedPipelineTest {
  private static final String VARIABLE = "PATH";
  private static final String PASSWORD = "s3cret-of-the-reader";

  @TempDir private Path folder;
  private SubmittedRuns runs;

  @BeforeEach
  void start() throws IOException {
    runs = new SubmittedRuns(folder);
  }

  @AfterEach
  void stop() {
    runs.close();
  }

  @Test
  void hasNoSecretAndNoPathOfThisMachine() throws Exception {
    runs.run();
    List<String> texts = submitted();
    assertThat(around(texts, unwanted())).isEmpty();
    assertThat(texts).anyMatch(text -> text.contains("gs://bkt-a/out/answers/"));
  }

  @Test
  void hasNoPasswordOfADatabase() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start();
        EmulatedSecrets google = EmulatedSecrets.start()) {
      fill(database);
      String version = google.add("projects/p/secrets/reader", PASSWORD);
      runs.environment.put("ATTUNE_SECRET_ENDPOINT", google.endpoint());
      Path yaml = runs.config();
      String feedback =
          "sources: {feedback: {jdbcUrl: 'jdbc:postgresql://127.0.0.1:%d/postgres', username: reader,"
                  .formatted(database.getPort())
              + " passwordSecret: '%s', table: answers,".formatted(version)
              + " columns: {id: id, prompt: prompt, response: response, rating: rating}},";
      Files.writeString(yaml, Files.readString(yaml).replace("sources: {", feedback));

      PrepareResult result = runs.launch(yaml).run(runs.progress());

      assertThat(result.summary().counts().totalRead()).isEqualTo(12 + 40);
      List<String> texts = submitted();
      List<String> unwanted = new ArrayList<>(unwanted());
      unwanted.addAll(List.of(PASSWORD, google.endpoint()));
      assertThat(around(texts, unwanted)).isEmpty();
      assertThat(texts).anyMatch(text -> text.contains(version));
      assertThat(String.join("\n", runs.told)).doesNotContain(PASSWORD);
    }
  }

  /** Makes a table with 40 rows, and a user who must give a password. */
  private static void fill(EmbeddedPostgres database) throws IOException, SQLException {
    try (Connection owner = database.getPostgresDatabase().getConnection();
        Statement sql = owner.createStatement()) {
      sql.execute("CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'");
      sql.execute("GRANT pg_read_all_data TO reader");
      sql.execute(
          "CREATE TABLE answers AS SELECT i AS id, 'ask ' || i AS prompt, 'say ' || i AS response,"
              + " 5 AS rating FROM generate_series(1, 40) AS i");
      PostgresPasswords.require(owner);
    }
  }

  @Test
  void isSmallForATerabyte() throws Exception {
    runs.service.script(JobScript.of().runningOn());
    runs.workersDoNothing();
    List<PreparePlan> plans = new ArrayList<>();
    runs.launch(
            runs.config(),
            (pipeline, plan, publication) -> {
              plans.add(terabyte(plan));
              PrepareDataset.build(pipeline, plans.get(0), naming(plans.get(0), publication));
            })
        .submit(runs.progress());
    long ranges = plans.get(0).generated().stream().mapToLong(file -> file.ranges().size()).sum();
    assertThat(ranges).isEqualTo(64_000);
    assertThat(runs.bucket.read(pipeline()).length).isLessThan(2_000_000);
    assertThat(runs.service.jobs().get(0).received().toString()).hasSizeLessThan(100_000);
    assertThat(runs.left()).filteredOn(name -> name.contains("/list-")).hasSize(1);
  }

  /** The same plan with 1,000 objects of a gigabyte each, in ranges of the usual size. */
  private static PreparePlan terabyte(PreparePlan plan) {
    List<InputFile> objects =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    new FoundFile(
                        "exports/2026/11/samples-%05d-of-01000.jsonl".formatted(i),
                        "gs://bkt-a/in/exports/2026/11/samples-%05d-of-01000.jsonl".formatted(i),
                        1_000_000_000,
                        FileType.JSONL,
                        0,
                        new Pin(1_790_000_000_000_000L + i, "AAAAAA=="),
                        600))
            .map(object -> ObjectRanges.of(object, 15_625_000))
            .toList();
    return new PreparePlan(
        plan.config(), null, null, null, List.of(), objects, plan.limits(), null);
  }

  /** The same publication with the sources of a plan. */
  private static Publication naming(PreparePlan plan, Publication of) {
    return new Publication(
        DraftManifest.of(plan, "one"),
        of.categories(),
        plan.generated().stream()
            .map(file -> new SourceRow("generated", file.name(), file.bytes(), "AAAAAA=="))
            .toList(),
        of.rejectedFraction(),
        of.compared(),
        of.target(),
        of.temporary());
  }

  private String pipeline() {
    return runs.bucket.names("tmp/staging/").stream()
        .filter(name -> name.endsWith(".pb"))
        .findFirst()
        .orElseThrow();
  }

  /** The job and its pipeline, also unpacked. */
  private List<String> submitted() throws IOException {
    RunnerApi.Pipeline graph = RunnerApi.Pipeline.parseFrom(runs.bucket.read(pipeline()));
    List<String> texts = new ArrayList<>();
    texts.add(runs.service.jobs().get(0).received().toString());
    add(graph.toByteArray(), texts);
    int unpacked = 0;
    for (RunnerApi.PTransform step : graph.getComponents().getTransformsMap().values()) {
      unpacked += unpack(step.getSpec().getPayload().toByteArray(), texts) ? 1 : 0;
    }
    assertThat(graph.getComponents().getTransformsMap()).hasSizeGreaterThan(100);
    assertThat(unpacked).isGreaterThan(50);
    return texts;
  }

  private List<String> unwanted() {
    return List.of(
        folder.toString(),
        String.valueOf(System.getProperty("user.dir")),
        String.valueOf(System.getenv(VARIABLE)));
  }

  /** What stands around unwanted texts. */
  private static Set<String> around(List<String> texts, List<String> unwanted) {
    Set<String> found = new TreeSet<>();
    for (String text : texts) {
      for (String each : unwanted) {
        int at = text.indexOf(each);
        if (at >= 0) {
          found.add(text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 120)));
        }
      }
    }
    return found;
  }

  /** Adds every form of a payload; returns whether it had a DoFn or a source. */
  private static boolean unpack(byte[] payload, List<String> to) {
    boolean any = add(payload, to);
    try {
      RunnerApi.ParDoPayload step = RunnerApi.ParDoPayload.parseFrom(payload);
      any |= add(step.getDoFn().getPayload().toByteArray(), to);
      for (Map.Entry<String, RunnerApi.SideInput> side : step.getSideInputsMap().entrySet()) {
        any |= add(side.getValue().getViewFn().getPayload().toByteArray(), to);
      }
    } catch (IOException e) {
      return any; // another kind of payload
    }
    return any;
  }

  /** Adds bytes as they are and unpacked; returns whether they were packed. */
  private static boolean add(byte[] bytes, List<String> to) {
    to.add(new String(bytes, StandardCharsets.ISO_8859_1));
    try (InputStream in = new SnappyInputStream(new ByteArrayInputStream(bytes))) {
      to.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      return bytes.length > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
