package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.PrepareDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What attune prepare says of the files that attune.yaml names. */
class NamedFilesTest {
  @TempDir private Path directory;

  @Test
  void tellsTheFaultsOfFilesWithThoseOfTheConfiguration() throws IOException {
    write("id;text;categories\n1;a;b\n", "colour: red\n");
    assertThat(prepare())
        .containsExactly(
            "attune.yaml:3: There is no taxonomy at "
                + directory.resolve("none.json")
                + ": correct taxonomy in attune.yaml.",
            "attune.yaml:6: No file matches gone/*.jsonl: correct the files of the source in"
                + " attune.yaml.",
            "attune.yaml:7: a.csv: The file has no column \"id\", \"text\", \"categories\": its"
                + " header seems to be separated by \";\"; set separator: \";\" in attune.yaml.",
            "attune.yaml:8: unknown key \"colour\"; known here: dataset, task, systemInstruction,"
                + " taxonomy, sources, redact, quality, duplicates, split, limits, output, tuning,"
                + " dataflow, evaluation, ledger, promotion, models, spending, improvement",
            "attune.yaml has 4 faults: correct the lines above and run again.");
  }

  @Test
  void tellsThemWhereTheConfigurationHasNoneOfItsOwn() throws IOException {
    Files.writeString(directory.resolve("none.json"), "[\"b\"]");
    Files.createDirectory(directory.resolve("gone"));
    Files.writeString(directory.resolve("gone/g.jsonl"), "");
    write("Id,text,categories\n1,a,b\n", "");
    assertThat(prepare())
        .containsExactly(
            "attune.yaml:7: a.csv: The file has no column \"id\": its header has \"Id\", \"text\","
                + " \"categories\"; \"Id\" differs only in case, blanks or invisible"
                + " characters; correct columns in attune.yaml, or the file's header.",
            "attune.yaml has one fault: correct the line above and run again.");
    assertThat(directory.resolve("build")).doesNotExist();
  }

  @Test
  void tellsOfAnEnvFileThatARunCouldNotWriteWithTheOthers() throws IOException {
    Files.writeString(directory.resolve("none.json"), "[\"b\"]");
    write("id,text,categories\n1,a,b\n", "promotion: {envFile: nowhere/.env}\n");
    assertThat(typed("run"))
        .containsExactly(
            "attune.yaml:6: No file matches gone/*.jsonl: correct the files of the source in"
                + " attune.yaml.",
            "attune.yaml:8: The folder of nowhere/.env, which promotion.envFile names, does not"
                + " exist: create it, or correct attune.yaml.",
            "attune.yaml has 2 faults: correct the lines above and run again.");
  }

  @Test
  void tellsWhatTuningNeedsWithTheOtherFaultsAndTheirLines() throws IOException {
    Files.writeString(
        directory.resolve("attune.yaml"),
        """
        dataset: cases
        task: foo
        sources:
          generated: {files: [gone.jsonl]}
        tuning: {backEnd: vertex, baseModel: foo, loction: us-central1}
        ledger:
          jdbcUrl: jdbc:mysql://db.example/ledger
        """);
    List<String> faults =
        List.of(
            "attune.yaml:2: \"task\" is \"foo\", must be classification or conversation",
            "attune.yaml:5: the base model 'foo' is not known; name an available model, or"
                + " describe it in the file that tuning.baseModels names",
            "attune.yaml:5: back end vertex needs tuning.bucket; add the key bucket",
            "attune.yaml:5: unknown key \"loction\"; did you mean \"location\"?",
            "attune.yaml:5: back end vertex needs tuning.project; add the key project",
            "attune.yaml:7: ledger.jdbcUrl must start with jdbc:h2:file: or jdbc:postgresql:");
    Typed tune = Typed.attune(directory, PrepareDataset::run, "tune", "d");
    assertThat(tune.exit()).isEqualTo(3);
    assertThat(tune.err())
        .containsAll(faults)
        .contains("attune.yaml has 6 faults: correct the lines above and run again.");
    assertThat(typed("run"))
        .containsAll(faults)
        .contains("attune.yaml has 7 faults: correct the lines above and run again.");
    assertThat(typed("models")).hasSize(4);
  }

  @Test
  void tellsOnceOfAPlaceThatCannotBe() throws IOException {
    Files.writeString(directory.resolve("none.json"), "[\"b\"]");
    write("id,text,categories\n1,a,b\n", "output: {directory: \"gs://B/datasets\"}\n");
    Path config = directory.resolve("attune.yaml");
    Files.writeString(
        config, Files.readString(config).replace("gone/*.jsonl", "gs://zoo/../x.jsonl"));
    assertThat(prepare())
        .containsExactly(
            "attune.yaml:6: ../x.jsonl leads above the bucket of gs://zoo",
            "attune.yaml:8: gs://B/datasets does not name a bucket: write gs://bucket/name, with"
                + " the bucket's 3 to 222 small letters, digits, hyphens, underscores and dots",
            "attune.yaml has 2 faults: correct the lines above and run again.");
  }

  private void write(String csv, String more) throws IOException {
    Files.writeString(directory.resolve("a.csv"), csv);
    Files.writeString(
        directory.resolve("attune.yaml"),
        """
        dataset: cases
        task: classification
        taxonomy: none.json
        sources:
          observations:
            files: [a.csv, "gone/*.jsonl"]
            columns: {id: id, text: text, categories: categories}
        """
            + more);
  }

  private List<String> prepare() {
    return typed("prepare");
  }

  private List<String> typed(String command) {
    Typed typed = Typed.attune(directory, PrepareDataset::run, command);
    assertThat(typed.exit()).isEqualTo(3);
    return typed.err();
  }
}
