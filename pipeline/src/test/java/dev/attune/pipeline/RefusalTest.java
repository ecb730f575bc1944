package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.bytes.Sha256;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.run.LocalRunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the run's folder after a run that published nothing, and after the next one. */
class RefusalTest {
  private static final String[] DATASET = {
    "lineage.jsonl", "manifest.json", "rejected.jsonl", "report.html", "train.jsonl", "valid.jsonl"
  };
  private static final String SOUND = "{\"id\":%d,\"prompt\":\"Ask %d\",\"response\":\"Say %d\"}\n";
  private static final String FAULTY = "{\"id\":%d,\"prompt\":\" \",\"response\":\"Say\"}\n";

  @TempDir Path folder;
  private Path yaml = Path.of("");
  private Path runs = Path.of("");

  @BeforeEach
  void writeConfiguration() throws IOException {
    runs = folder.resolve("out").resolve("answers");
    yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: answers
            task: conversation
            sources: {generated: {files: [samples.jsonl]}}
            quality: {minimum: 0}
            output: {directory: out}
            """);
  }

  private void input(int sound, int faulty) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < sound; i++) {
      lines.append(SOUND.formatted(i, i, i));
    }
    for (int i = 0; i < faulty; i++) {
      lines.append(FAULTY.formatted(1_000 + i));
    }
    Prepare.write(folder.resolve("samples.jsonl"), lines.toString());
  }

  @Test
  void leavesTheRejectedRecordsWhereTooManyAreFaultyUntilTheNextRun() throws Exception {
    input(2, 3);
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOfSatisfying(
            PrepareRefusedException.class, refused -> assertThat(refused.summary()).isNotNull())
        .hasMessage(
            "3 of 5 records are faulty, more than limits.rejectedFraction (0.5) allows;"
                + " rejected.jsonl and report.html in "
                + runs.resolve("one")
                + "/ say more.");
    assertThat(Prepare.names(runs.resolve("one"))).containsExactly("rejected.jsonl", "report.html");
    assertThat(Prepare.lines(runs.resolve("one/rejected.jsonl"))).hasSize(3);

    input(6, 1);
    assertThat(Prepare.run(yaml, "one").unchanged()).isFalse();
    assertThat(Prepare.names(runs.resolve("one"))).containsExactly(DATASET);
    assertThat(Prepare.lines(runs.resolve("one/rejected.jsonl"))).hasSize(1);
  }

  @Test
  void refusesADatasetWithNothingToTrainOn() throws Exception {
    Prepare.write(folder.resolve("samples.jsonl"), "\n\n");
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("The sources hold no records; ");
    assertThat(Prepare.names(runs.resolve("one"))).containsExactly("rejected.jsonl", "report.html");
  }

  @Test
  void refusesBeforeReadingWhatItCouldNotCompareWith() throws Exception {
    input(6, 0);
    Prepare.write(runs.resolve("one/manifest.json"), "{");
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("manifest.json is not a readable manifest");
    Prepare.write(runs.resolve("one/manifest.json"), "{\"schemaVersion\": 3}");
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageEndingWith("reads up to 2: upgrade Attune.");
    Prepare.write(runs.resolve("two"), "a file");
    assertThatThrownBy(() -> Prepare.run(yaml, "two"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("two is a file");
  }

  @Test
  void refusesToCallADatasetUnchangedWhoseFileIsGone() throws Exception {
    input(6, 0);
    Prepare.run(yaml, "one");
    Files.delete(runs.resolve("one/train.jsonl"));
    assertChanged("train.jsonl");
  }

  @Test
  void refusesToCallADatasetUnchangedWhoseFileWasEditedAtTheSameSize() throws Exception {
    input(6, 0);
    Prepare.run(yaml, "one");
    Path train = runs.resolve("one/train.jsonl");
    byte[] published = Files.readAllBytes(train);
    byte[] edited = published.clone();
    edited[edited.length / 2] ^= 1;
    Files.write(train, edited);
    assertChanged("train.jsonl");

    Files.write(train, published);
    assertThat(Prepare.run(yaml, "one").unchanged()).isTrue();

    Path manifest = runs.resolve("one/manifest.json");
    Prepare.write(manifest, Files.readString(manifest).replace(Sha256.hex(train), "0".repeat(64)));
    assertChanged("manifest.json");
  }

  private void assertChanged(String name) {
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining(
            "but its " + name + " is missing or was changed: remove the folder and run again.");
  }

  @Test
  void neverTouchesADatasetThatStands() throws Exception {
    input(6, 0);
    Prepare.run(yaml, "one");
    var before = Prepare.state(runs.resolve("one"));
    input(2, 3);
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("3 of 5 records are faulty");
    assertThat(Prepare.state(runs.resolve("one"))).isEqualTo(before);
  }

  @Test
  void publishesNothingOfATruncatedFile() throws Exception {
    Files.write(folder.resolve("samples.jsonl.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    Prepare.write(yaml, Files.readString(yaml).replace("samples.jsonl", "samples.jsonl.gz"));
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("samples.jsonl.gz: The file is truncated");
    assertThat(Prepare.names(runs)).containsExactly(".attune.lock");
  }

  @Test
  void refusesTheSecondOfTwoRunsWithOneId() throws Exception {
    input(6, 0);
    try (LocalRunFolder first = LocalRunFolder.open(runs, "one", FileMode.PRIVATE)) {
      assertThatThrownBy(() -> Prepare.run(yaml, "one"))
          .isInstanceOf(PrepareRefusedException.class)
          .hasMessage(
              "Another attune prepare or attune run is writing run id one in "
                  + runs
                  + ", and this one has changed nothing: run the same command again when the other"
                  + " one has ended.");
      // It leaves the first one's parts alone, and another id does not wait.
      assertThat(first.temporary()).exists();
      assertThat(Prepare.run(yaml, "two").unchanged()).isFalse();
    }
    assertThat(Prepare.run(yaml, "one").unchanged()).isFalse();
  }

  @Test
  void removesWhatKilledRunsLeftBehind() throws Exception {
    input(6, 0);
    Prepare.write(runs.resolve(".tmp.one.1234/deep/lines-1"), "part of a line");
    Prepare.write(runs.resolve(".tmp.one-more.1234/lines-1"), "of a run with another id");
    // Killed while it moved its files: no manifest, so no dataset.
    Prepare.write(runs.resolve("one/train.jsonl"), "stray");

    try (LocalRunFolder working = LocalRunFolder.open(runs, "working", FileMode.PRIVATE)) {
      Prepare.run(yaml, "one");

      assertThat(Prepare.names(runs))
          .containsExactly(".attune.lock", working.temporary().getFileName().toString(), "one");
    }
    assertThat(Prepare.names(runs.resolve("one"))).containsExactly(DATASET);
    assertThat(Files.readString(runs.resolve("one/train.jsonl"))).doesNotContain("stray");
  }

  @Test
  void publishesNoManifestWhereAFileCannotBeWritten() throws Exception {
    input(6, 0);
    // Some files can be moved into place before this one cannot.
    Path inTheWay = Prepare.write(runs.resolve("one/rejected.jsonl/file"), "");
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(Pipeline.PipelineExecutionException.class);
    assertThat(runs.resolve("one/manifest.json")).doesNotExist();
    assertThat(Prepare.names(runs)).containsExactly(".attune.lock", "one");

    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    assertThat(Prepare.run(yaml, "one").unchanged()).isFalse();
    assertThat(Prepare.names(runs.resolve("one"))).containsExactly(DATASET);
  }

  @Test
  void saysWhereItCannotWrite() throws Exception {
    input(6, 0);
    Prepare.write(folder.resolve("out"), "a file where the folder should be");
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage(
            "Cannot write to "
                + runs
                + " ("
                + runs.getParent()
                + " is a file): correct output.directory.")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void refusesARunIdThatIsNoName() {
    assertThatThrownBy(() -> Prepare.run(yaml, "../one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage("The run id must match [a-z0-9][a-z0-9-]{0,62}: choose another --run-id.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --help                   | --help after -- shows Beam's own help: attune prepare --help shows Attune's.
          --help=DirectOptions     | --help after -- shows Beam's own help: attune prepare --help shows Attune's.
          --localParallelism=0     | --localParallelism must be 1 or more: correct it after --, or leave it out.
          --targetParallelism=abc  | Beam does not take this value of --targetParallelism: correct it after --, or leave the option out.
          --nonsense=1             | Beam has no option --nonsense: correct its name after --, or leave it out.
          --runner=Nonsense        | --runner belongs before --; its values are local, direct, flink and dataflow.
          """)
  void refusesOptionsThatBeamDoesNotTake(String option, String sentence) throws Exception {
    input(6, 0);
    assertThatThrownBy(() -> Prepare.run(yaml, "one", option))
        .isInstanceOfSatisfying(
            PrepareRefusedException.class, refused -> assertThat(refused.isUsage()).isTrue())
        .hasMessage(sentence);
    assertThat(runs).doesNotExist();
  }

  @Test
  void refusesOptionsThatBeamDoesNotTakeTogether() throws Exception {
    input(6, 0);
    assertThatThrownBy(
            () -> Prepare.run(yaml, "one", "--targetParallelism=1", "--targetParallelism=2"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("Beam does not take the options after -- together: ")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesEveryFaultOfTheTaxonomy() throws Exception {
    input(6, 0);
    Path taxonomy = Prepare.write(folder.resolve("t.json"), "[\"a\",\n\"a\",\n1]");
    Prepare.write(yaml, Files.readString(yaml) + "taxonomy: t.json\n");
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOfSatisfying(
            PrepareRefusedException.class,
            refused ->
                assertThat(refused.faults())
                    .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("t.json:2: "),
                        fault -> assertThat(fault).startsWith("t.json:3: ")))
        .hasMessage(
            "The taxonomy t.json has 2 faults: correct what the lines above name and run again.");

    Files.delete(taxonomy);
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .hasMessage("There is no taxonomy at " + taxonomy + ": correct taxonomy in attune.yaml.");
    Files.createDirectory(taxonomy);
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .hasMessage(
            "The taxonomy "
                + taxonomy
                + " is a folder: name a file in it as taxonomy in"
                + " attune.yaml.");
  }

  @Test
  void refusesAFileOfBaseModelsWithFaults() throws Exception {
    input(1, 0);
    Prepare.write(yaml, Files.readString(yaml) + "tuning: {baseModels: models.json}\n");
    Prepare.write(folder.resolve("models.json"), "{\"models\": [7]}");
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOfSatisfying(
            PrepareRefusedException.class,
            refused ->
                assertThat(refused.faults())
                    .containsExactly("models.json: /models/0 is a number, must be a map of keys"))
        .hasMessage(
            "models.json, which tuning.baseModels names, has one fault: correct it and run again.");
  }

  @Test
  void takesTheLimitsOfAFileOfBaseModels() throws Exception {
    input(5, 0);
    Prepare.write(
        yaml, Files.readString(yaml) + "tuning: {baseModels: models.json, baseModel: small}\n");
    Prepare.write(
        folder.resolve("models.json"),
        "{\"models\": [{\"name\": \"small\", \"format\": \"gemini\", \"trainingExamples\": 3,"
            + " \"source\": \"s\", \"checkedOn\": \"2026-11-01\"}]}");
    Prepare.run(yaml, "one");
    assertThat(Prepare.lines(runs.resolve("one/train.jsonl"))).hasSize(3);
  }
}
