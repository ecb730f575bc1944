package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.redact.Identifiers;
import dev.attune.pipeline.rejection.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People's addresses wherever a project can have some: in ids, groups, parents, prompts, answers,
 * improvements, comments and system instructions. All of them are at example.org, so that one word
 * tells whether any of them came through.
 */
class RedactionTest {
  private static final String PERSONAL = "example.org";
  private static final String LISTENING = "the test listens";
  private static final Identifiers IDENTIFIERS = new Identifiers(ContentHash.of("answers"));

  @TempDir Path folder;
  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void writeSources() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("db");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE answers (id VARCHAR(99), user_id VARCHAR(99), prompt VARCHAR(999),"
              + " response VARCHAR(999), rating INT, comment VARCHAR(999))");
      statement.execute(
          """
          INSERT INTO answers VALUES
          ('anna@example.org', 'ben@example.org', 'Write to carla@example.org.',
            'Call +49 30 901820.', 5, NULL),
          ('dora@example.org', 'ben@example.org', 'Who helps?',
            'Nobody.', 1, 'erik@example.org would have been right.'),
          ('gina@example.org', NULL, 'Any news from gina@example.org?', 'No.', 3, NULL),
          ('hans@example.org', NULL, 'And now?', 'hans@example.org knows.', 2, 'hans@example.org'),
          ('ida@example.org', NULL, 'Write to jan@example.org.', 'Call +49 30 901821.', 4, NULL),
          ('6', 'u-6', 'Is 192.0.2.7 up?', 'Yes.', 4, NULL)
          """);
    }
    Prepare.write(
        folder.resolve("improvements.jsonl"),
        "{\"id\":\"dora@example.org\",\"response\":\"fred@example.org does.\"}\n");
    Prepare.write(
        folder.resolve("samples.jsonl"),
        """
        {"id":"kim@example.org","system":"You are lea@example.org.","prompt":"Who pays?",\
        "response":"DE89 3704 0044 0532 0130 00 does.","parent":"feedback:anna@example.org",\
        "quality":9}
        {"id":"mia@example.org","group":"max@example.org","prompt":"Who else?",\
        "response":"4111 1111 1111 1111 and nina@example.org.","quality":2}
        """);
  }

  private Path yaml(String more) throws IOException {
    return Prepare.write(
        folder.resolve("attune.yaml"),
        """
        dataset: answers
        task: conversation
        sources:
          feedback:
            jdbcUrl: jdbc:h2:file:./db
            username: sa
            table: answers
            columns: {id: id, group: user_id, prompt: prompt, response: response, rating: rating,
              comment: comment}
            improvements: improvements.jsonl
          generated: {files: [samples.jsonl]}
        split: {validation: 0}
        duplicates: {near: false}
        output: {directory: out}
        """
            + more);
  }

  @Test
  void noFileAndNoLogHoldsAnAddress() throws Exception {
    Path dataset = runAndListen(yaml(""));
    for (String name : Prepare.names(dataset)) {
      assertThat(Files.readString(dataset.resolve(name))).as(name).doesNotContain(PERSONAL);
    }
    assertThat(logged).anyMatch(line -> line.contains(LISTENING));
    assertThat(logged).noneMatch(line -> line.contains(PERSONAL));
    assertThat(String.join("\n", Files.readAllLines(dataset.resolve("train.jsonl"))))
        .contains("Write to [EMAIL].", "Call [PHONE].", "[EMAIL] does.", "You are [EMAIL].")
        .contains("[IBAN] does.", "Is [IP] up?")
        .doesNotContain("901820", "DE89", "192.0.2.7");
  }

  @Test
  void countsWhatWasReplacedInManifestAndReport() throws Exception {
    PrepareResult result = Prepare.run(yaml(""), "one", Prepare.ENFORCED);
    JsonNode manifest = Prepare.json(result.directory().local().resolve("manifest.json"));
    // Two prompts of feedback, an improvement, a system instruction, and a sample of low quality.
    assertThat(manifest.get("redacted").toString())
        .isEqualTo("{\"email\":5,\"phone\":2,\"card\":1,\"iban\":1,\"ip\":1}");
    assertThat(result.summary().redacted())
        .isEqualTo(Map.of("email", 5L, "phone", 2L, "card", 1L, "iban", 1L, "ip", 1L));
    assertThat(Files.readString(result.directory().local().resolve("report.html")))
        .contains("<tr><th scope=\"row\">email</th><td class=\"n\">5</td></tr>");
    assertThat(manifest.at("/counts/read/total").asInt()).isEqualTo(8);
  }

  @Test
  void theSameValueIsTheSameHashInEveryFile() throws Exception {
    Path dataset = Prepare.run(yaml(""), "one").directory().local();
    Map<String, JsonNode> lineage = byId(dataset.resolve("lineage.jsonl"));
    assertThat(lineage)
        .containsOnlyKeys(
            full("feedback", "anna"),
            full("feedback", "dora"),
            full("generated", "kim"),
            "feedback:6");
    assertThat(field(lineage, full("feedback", "anna"), "group"))
        .isEqualTo(hashed("ben"))
        .isEqualTo(field(lineage, full("feedback", "dora"), "group"));
    assertThat(field(lineage, full("generated", "kim"), "parent"))
        .isEqualTo(full("feedback", "anna"));
    assertThat(field(lineage, "feedback:6", "group")).isEqualTo("u-6");

    Map<String, JsonNode> rejected = byId(dataset.resolve("rejected.jsonl"));
    assertThat(rejected)
        .containsOnlyKeys(
            full("feedback", "gina"),
            full("feedback", "hans"),
            full("feedback", "ida"),
            full("generated", "mia"));
    assertThat(field(rejected, full("feedback", "gina"), "location"))
        .isEqualTo("answers row " + hashed("gina"));
    // They differ in an address and a number only: what later stages see is equal.
    String duplicate = full("feedback", "ida");
    assertThat(field(rejected, duplicate, "reason")).isEqualTo("EXACT_DUPLICATE");
    assertThat(field(rejected, duplicate, "duplicateOf")).isEqualTo(full("feedback", "anna"));
    assertThat(
            Prepare.json(dataset.resolve("manifest.json"))
                .at("/sources/feedback/watermark/greatestId")
                .asText())
        .isEqualTo(hashed("ida"));
  }

  @Test
  void leavesTextsButNoIdsWhereItIsOff() throws Exception {
    Path dataset = Prepare.run(yaml("redact: []\n"), "one").directory().local();
    assertThat(Files.readString(dataset.resolve("train.jsonl")))
        .contains("Write to carla@example.org.", "Write to jan@example.org.");
    for (String name : List.of("lineage.jsonl", "rejected.jsonl", "manifest.json", "report.html")) {
      assertThat(Files.readString(dataset.resolve(name))).as(name).doesNotContain(PERSONAL);
    }
    assertThat(Prepare.json(dataset.resolve("manifest.json")).get("redacted")).isEmpty();
  }

  @Test
  void replacesOnlyTheKindsThatAreAskedFor() throws Exception {
    Path dataset = Prepare.run(yaml("redact: [ip]\n"), "one").directory().local();
    assertThat(Files.readString(dataset.resolve("train.jsonl")))
        .contains("Is [IP] up?", "Call +49 30 901820.");
    assertThat(Prepare.json(dataset.resolve("manifest.json")).get("redacted").toString())
        .isEqualTo("{\"ip\":1}");
  }

  /** To all that Attune says, and to what others say above their finer levels. */
  private Path runAndListen(Path yaml) throws Exception {
    Logger root = Logger.getLogger("");
    Logger ours = Logger.getLogger("dev.attune");
    Handler listener = listener();
    Level before = ours.getLevel();
    root.addHandler(listener);
    ours.setLevel(Level.ALL);
    try {
      ours.fine(LISTENING);
      return Prepare.run(yaml, "one", Prepare.ENFORCED).directory().local();
    } finally {
      ours.setLevel(before);
      root.removeHandler(listener);
    }
  }

  private Handler listener() {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        Throwable thrown = line.getThrown();
        logged.add(line.getMessage() + " " + (thrown == null ? "" : thrown));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static Map<String, JsonNode> byId(Path file) throws IOException {
    Map<String, JsonNode> lines = new TreeMap<>();
    Prepare.lines(file).forEach(line -> lines.put(line.get("id").asText(), line));
    return lines;
  }

  private static String field(Map<String, JsonNode> lines, String id, String name) {
    JsonNode line = lines.get(id);
    assertThat(line).as(id).isNotNull();
    return line == null ? "" : line.path(name).asText();
  }

  private static String hashed(String name) {
    return IDENTIFIERS.written(name + "@" + PERSONAL);
  }

  private static String full(String source, String name) {
    return source + ":" + hashed(name);
  }
}
