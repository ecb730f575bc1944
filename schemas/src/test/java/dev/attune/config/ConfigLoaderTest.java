package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.attune.filesystem.FileMode;
import dev.attune.place.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  @Test
  void loadsTheContractsExample() throws Exception {
    DatasetConfig dataset = Yaml.load(Yaml.contract()).dataset();

    assertThat(dataset.dataset()).isEqualTo("childcare-observations");
    assertThat(dataset.task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(dataset.sources().feedback())
        .isEqualTo(
            new SourcesConfig.Feedback(
                new SourcesConfig.Connection(
                    "jdbc:postgresql://db.example/feedback",
                    "reader",
                    "FEEDBACK_DB_PASSWORD",
                    null),
                "feedback",
                null,
                new SourcesConfig.FeedbackColumns(
                    "id", "user_id", "prompt", "response", "rating", "comment", "created_at"),
                "id",
                "improvements/*.jsonl"));
    assertThat(dataset.rules().quality().minimumTenths()).isEqualTo(70);
    assertThat(dataset.output())
        .isEqualTo(
            new DatasetConfig.OutputConfig(
                "../build/datasets", OutputFormat.GEMINI, FileMode.PRIVATE));
  }

  @Test
  void listsFiveFaultsAtOnceEachWithItsLineAndTheNearestKey() {
    String yaml =
        """
        dataset: Talk
        task: conversations
        sources:
          feedback:
            jdbcUrl: jdbc:h2:mem:x
            table: feedback
            colums: {id: id, prompt: p, response: r, rating: s}
          generated:
            files: a.jsonl
        split: {validation: 0.9}
        qualty: {minimum: 7}
        """;

    assertThat(Yaml.faults(yaml))
        .containsExactly(
            "attune.yaml:1: \"dataset\" must have the form ^[a-z][a-z0-9-]{0,47}$, as"
                + " childcare-observations",
            "attune.yaml:2: \"task\" is \"conversations\", must be classification or conversation;"
                + " did you mean \"conversation\"?",
            "attune.yaml:7: unknown key \"colums\"; did you mean \"columns\"?",
            "attune.yaml:9: \"files\" is text, must be a list",
            "attune.yaml:10: \"validation\" must be at most 0.5",
            "attune.yaml:11: unknown key \"qualty\"; did you mean \"quality\"?");
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(Yaml.faults("sources: {feedback: {jdbcUrl: 'jdbc:h2:mem:x', table: t}}"))
        .containsExactly(
            "attune.yaml:1: the key \"dataset\" is missing",
            "attune.yaml:1: the key \"task\" is missing",
            "attune.yaml:1: the key \"columns\" is missing in sources.feedback");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "split: {seed: 1} ~ \"seed\" is a number, must be text; quote it",
        "split: {validation: much} ~ \"validation\" is text, must be a number",
        "limits: {recordBytes: 1.5} ~ \"recordBytes\" is a fraction, must be a whole number",
        "limits: {recordBytes: 0} ~ \"recordBytes\" must be at least 1",
        "limits: {allowTruncatedFiles: yes} ~ \"allowTruncatedFiles\" is text, must be true or"
            + " false",
        "limits: {recordBytes: 0x10} ~ \"recordBytes\" is text, must be a whole number",
        "limits: {recordBytes: 010} ~ \"recordBytes\" is text, must be a whole number",
        "output: {format: xml} ~ \"format\" is \"xml\", must be gemini or openai",
        "output: ~ \"output\" has no value, must be a map of keys",
        "output: {directory: ''} ~ \"directory\" is empty",
        "duplicates: {similarity: 0} ~ \"similarity\" must be more than 0",
        "quality: {minimum: 7.25} ~ \"minimum\" may have one decimal place",
        "quality: {sources: [generated, generated]} ~ \"sources\" names something twice",
        "quality: {sources: [experts]} ~ an element of \"sources\" is \"experts\", must be"
            + " feedback, observations or generated",
        "redact: [emial] ~ an element of \"redact\" is \"emial\", must be email, phone, card, iban"
            + " or ip; did you mean \"email\"?",
        "tuning: {adapterSize: 5} ~ \"adapterSize\" is 5, must be 1, 2, 4, 8 or 16",
        "tuning: {createGrace: 10} ~ \"createGrace\" must have the form ^[0-9]{1,6}[smh]$, as 10m",
        "colour: red ~ unknown key \"colour\"; known here: dataset, task, systemInstruction,"
            + " taxonomy, sources, redact, quality, duplicates, split, limits, output, tuning,"
            + " dataflow, evaluation, ledger, promotion, models, spending, improvement",
        "task: conversation ~ the key \"task\" is given twice; the first is in line 2",
        "split: !ENV x ~ a tag that begins with ! is not allowed here; quote the text",
        "split: *x ~ this is not valid YAML from column 8 on: a value that starts with * is an"
            + " alias, and this one is not defined; quote it",
        "systemInstruction: ' ' ~ \"systemInstruction\" is blank",
        "systemInstruction: = ~",
        "systemInstruction: 12:30 ~",
        "<<: {} ~ unknown key \"<<\"; known here: dataset, task, systemInstruction, taxonomy,"
            + " sources, redact, quality, duplicates, split, limits, output, tuning, dataflow,"
            + " evaluation, ledger, promotion, models, spending, improvement",
      })
  void saysInOneSentenceWhatIsWrongWithALine(String line, String sentence) {
    var faults = Yaml.faults(Yaml.LEAST + line + "\n");

    if (sentence == null) {
      assertThat(faults).isEmpty();
    } else {
      assertThat(faults).contains("attune.yaml:5: " + sentence);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "table: t ~ query: SELECT 1 ~ table and query exclude each other; keep one",
        "username: u ~ username: v ~ feedback needs a table or a query",
        "table: t ~ improvements: a.csv ~ a path or pattern here must end in .jsonl",
        "table: t ~ passwordEnv: my-password ~ \"passwordEnv\" must have the form"
            + " ^[A-Za-z_][A-Za-z0-9_]*$, as FEEDBACK_DB_PASSWORD",
        "table: t ~ password: hunter2 ~ unknown key \"password\"; did you mean \"passwordEnv\"?",
      })
  void checksFeedback(String first, String second, String sentence) {
    String yaml =
        """
        dataset: talk
        task: conversation
        sources:
          feedback:
            jdbcUrl: jdbc:h2:mem:x
            columns: {id: id, prompt: p, response: r, rating: s}
            %s
            %s
        """
            .formatted(first, second);

    assertThat(Yaml.faults(yaml)).anyMatch(fault -> fault.endsWith(": " + sentence));
    assertThat(Yaml.faults(yaml)).noneMatch(fault -> fault.contains("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/x?user=u&password=hunter2",
        "jdbc:postgresql://db/x?PASSWORD=hunter2",
        "jdbc:postgresql://u:hunter2@db/x",
        "jdbc:postgresql://u:hun/ter2@db/x",
        "jdbc:h2:file:x;PASSWORD=hunter2",
        "jdbc:sqlserver://db;pwd = hunter2",
        "jdbc:oracle:thin:scott/hunter2@db:1521:x",
        "jdbc:db2://db:50000/x:user=u;sslTrustStorePassword=hunter2;",
      })
  void refusesAPasswordInAUrlWithoutQuotingIt(String url) {
    String yaml = Yaml.contract().replace("jdbc:postgresql://db.example/feedback", "'" + url + "'");

    assertThat(Yaml.faults(yaml))
        .containsExactly(
            "attune.yaml:7: jdbcUrl seems to hold a password; name it with passwordEnv or"
                + " passwordSecret");
    assertThat(Yaml.faults(Yaml.LEAST + "ledger: {jdbcUrl: '" + url + "'}\n"))
        .containsExactly(
            "attune.yaml:5: jdbcUrl seems to hold a password; name it with passwordEnv or"
                + " passwordSecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example:5432/feedback?sslmode=require&user=me@example.org",
        "jdbc:postgresql://[::1]:5432/feedback",
        "jdbc:h2:file:~/.attune/ledger;AUTO_SERVER=TRUE",
        "jdbc:oracle:thin:@//db:1521/service",
      })
  void seesNoPasswordInAUrlWithoutOne(String url) {
    assertThat(Yaml.faults(Yaml.LEAST + "ledger: {jdbcUrl: '" + url + "'}\n"))
        .noneMatch(fault -> fault.contains("password"));
  }

  @Test
  void refusesALedgerOfAnotherKindInItsLine() {
    assertThat(Yaml.faults(Yaml.LEAST + "ledger: {jdbcUrl: 'jdbc:mysql://db.example/l'}\n"))
        .containsExactly(
            "attune.yaml:5: ledger.jdbcUrl must start with jdbc:h2:file: or jdbc:postgresql:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/x",
        "jdbc:mariadb://db/x",
        "jdbc:sqlserver://db;databaseName=x",
        "jdbc:sqlite:feedback.db",
        "jdbc:oracle:thin:@//db:1521/service",
        "jdbc:duckdb:feedback.duckdb",
      })
  void namesTheDatabasesThatItReads(String url) {
    String yaml = Yaml.contract().replace("jdbc:postgresql://db.example/feedback", "'" + url + "'");
    String kind = url.substring(0, url.indexOf(':', 5) + 1);

    assertThat(Yaml.faults(yaml))
        .containsExactly(
            "attune.yaml:7: jdbcUrl is of a database that Attune has no driver for ("
                + kind
                + "); it reads jdbc:postgresql: and jdbc:h2:, so copy the rows into one of them, or"
                + " export them to a file for sources.observations or sources.generated");
  }

  @Test
  void asksForATaxonomyWhereCategoriesAreNeeded() {
    assertThat(Yaml.faults(Yaml.LEAST.replace("conversation", "classification")))
        .containsExactly(
            "attune.yaml:2: task classification needs a taxonomy; add the key taxonomy");
    assertThat(
            Yaml.faults(
                Yaml.LEAST
                    + "  observations: {files: [a.csv], columns: {text: t, categories: c}}\n"))
        .containsExactly("attune.yaml:5: observations need a taxonomy; add the key taxonomy");
  }

  @Test
  void asksForASource() {
    assertThat(Yaml.faults("dataset: a\ntask: conversation\nsources: {}\n"))
        .containsExactly(
            "attune.yaml:3: sources needs at least one of feedback, observations and generated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "[a.csv, b.jsonl.gz, c.json, D.CSV] ~",
        "[a.csv, b.xml] ~ 6: a path or pattern here must end in .csv or .jsonl or .json, and .gz"
            + " may follow",
        "[] ~ 6: \"files\" is an empty list",
      })
  void checksTheEndingsOfObservations(String files, String sentence) {
    String yaml =
        """
        dataset: talk
        task: conversation
        taxonomy: t.json
        sources:
          observations:
            files: %s
            columns: {text: t, categories: c}
        """
            .formatted(files);

    assertThat(Yaml.faults(yaml).toString())
        .isEqualTo(sentence == null ? "[]" : "[attune.yaml:" + sentence + "]");
  }

  @Test
  void takesOnlyLinesOfJsonForGeneratedSamples() {
    assertThat(Yaml.faults(Yaml.LEAST.replace("a.jsonl", "a.jsonl.gz, b.csv")))
        .containsExactly(
            "attune.yaml:4: a path or pattern here must end in .jsonl, and .gz may follow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\\"\"", "\"\\n\"", "''", "ab", "\"\\U0001F600\""})
  void takesOneOrdinaryCharacterAsSeparator(String separator) {
    assertThat(Yaml.faults(Yaml.contract().replace("separator: \",\"", "separator: " + separator)))
        .hasSize(1)
        .allMatch(fault -> fault.startsWith("attune.yaml:17: "));
  }

  @Test
  void takesATabAsSeparator() throws Exception {
    AttuneConfig config =
        Yaml.load(Yaml.contract().replace("separator: \",\"", "separator: \"\\t\""));

    assertThat(config.dataset().sources().observations())
        .satisfies(o -> assertThat(o.separator()).isEqualTo('\t'));
  }

  @Test
  void resolvesPathsFromTheFolderOfTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("attune.yaml"), Yaml.LEAST);

    AttuneConfig config = ConfigLoader.load(file);

    assertThat(config.folder()).isEqualTo(Place.of(folder));
    assertThat(config.resolve("../x/*.jsonl"))
        .isEqualTo(Place.of(folder.resolveSibling("x/*.jsonl")));
    assertThat(config.resolve("/abs")).isEqualTo(Place.of(Path.of("/abs")));
  }

  @Test
  void tellsInOneSentenceThatAFileCannotBeRead() throws Exception {
    Path missing = folder.resolve("none.yaml");
    assertThatThrownBy(() -> ConfigLoader.load(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            missing
                + ": there is no such file; attune init writes one, and --config FILE names"
                + " another");
    assertThatThrownBy(() -> ConfigLoader.load(folder))
        .hasMessage(folder + ": is a folder; --config takes the file");
    Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> ConfigLoader.load(large))
        .hasMessage(large + ": is larger than 1 MiB, the limit");
  }

  @Test
  void tellsTheLineOfBytesThatAreNotUtf8() throws Exception {
    byte[] latin = "dataset: a\ntask: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("latin.yaml"), latin);
    Path utf16 =
        Files.write(folder.resolve("wide.yaml"), Yaml.LEAST.getBytes(StandardCharsets.UTF_16));

    assertThatThrownBy(() -> ConfigLoader.load(file))
        .hasMessage(file + ":2: is not UTF-8; save the file as UTF-8");
    assertThatThrownBy(() -> ConfigLoader.load(utf16))
        .hasMessage(utf16 + ": is UTF-16; save it as UTF-8");
  }

  @Test
  void saysWhyAFileCannotBeRead() throws Exception {
    Path loop = Files.createSymbolicLink(folder.resolve("loop.yaml"), Path.of("loop.yaml"));

    assertThatThrownBy(() -> ConfigLoader.load(loop))
        .hasMessageStartingWith(loop + ": cannot be read, because its file system says \"Too many")
        .hasMessageEndingWith("\"; correct that");
    Path hidden = Files.writeString(folder.resolve("hidden.yaml"), Yaml.LEAST);
    assumeTrue(hidden.toFile().setReadable(false) && !Files.isReadable(hidden));
    assertThatThrownBy(() -> ConfigLoader.load(hidden))
        .hasMessage(
            hidden
                + ": cannot be read, because its permissions do not allow it; let the user who runs"
                + " attune read it");
  }

  @Test
  void readsAFileWithAByteOrderMarkAndWindowsLineEnds() throws Exception {
    String yaml = "\uFEFF" + Yaml.LEAST.replace("\n", "\r\n");
    Path file = Files.writeString(folder.resolve("attune.yaml"), yaml);

    assertThat(ConfigLoader.load(file).effective()).isEqualTo(Yaml.load(Yaml.LEAST).effective());
  }

  @Test
  void readsAnAliasOnce() throws Exception {
    String yaml = Yaml.LEAST + "quality: {sources: &s [generated]}\nredact: []\n";

    assertThat(Yaml.load(yaml).dataset().rules().quality().sources()).containsExactly("generated");
  }
}
