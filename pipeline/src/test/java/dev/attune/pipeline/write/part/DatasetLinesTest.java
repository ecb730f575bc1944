package dev.attune.pipeline.write.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.QualityFactor;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.schema.SchemaFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatasetLinesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HASH = "0123456789abcdef0123456789abcdef";
  private static final String FINGERPRINT = TestRecord.fingerprint("line").hex();

  @Test
  void writesALineageLine() throws IOException {
    Provenance from =
        new Provenance(
            "generated:gen-1",
            SourceName.GENERATED,
            "g.jsonl:3",
            "room 2",
            "feedback:1",
            List.of("speaking", "moving"),
            new Quality(53, QualityFactor.DIALOGUE.bit() | QualityFactor.REPETITION.bit(), false),
            Commonness.NONE);
    assertThat(lineage(from))
        .isEqualTo(
            """
            {"file":"train.jsonl","line":7,"id":"generated:gen-1","source":"generated",\
            "group":"room 2","categories":["speaking","moving"],\
            "quality":{"score":5.3,"brought":false,\
            "factors":{"dialogue":0.3,"repetition":-2.0}},\
            "cluster":"feedback:1","parent":"feedback:1","fingerprint":"%s"}\
            """
                .formatted(FINGERPRINT));
    assertThat(SchemaFile.LINEAGE.validate(MAPPER.readTree(lineage(from)))).isEmpty();
  }

  @Test
  void writesNullForWhatALineageLineHasNot() throws IOException {
    Provenance from =
        new Provenance(
            "feedback:1",
            SourceName.FEEDBACK,
            "row 1",
            null,
            null,
            List.of(),
            null,
            Commonness.NONE);
    assertThat(lineage(from))
        .contains("\"group\":null,\"categories\":[],\"quality\":null,")
        .contains("\"parent\":null,");
    assertThat(SchemaFile.LINEAGE.validate(MAPPER.readTree(lineage(from)))).isEmpty();
  }

  @Test
  void writesARejectedRecord() throws IOException {
    String line = rejected("feedback:1", "t row 1", "The rating is 3.", null);
    assertThat(line)
        .isEqualTo(
            """
            {"id":"feedback:1","source":"feedback","location":"t row 1","stage":"read",\
            "reason":"NEUTRAL_RATING","detail":"The rating is 3.","duplicateOf":null,\
            "contentHash":"%s"}\
            """
                .formatted(HASH));
    assertThat(SchemaFile.REJECTED_RECORD.validate(MAPPER.readTree(line))).isEmpty();
  }

  @Property(tries = 300)
  void escapesWhatJsonAsksForAndKeepsEveryText(
      @ForAll("hostile") String id, @ForAll("hostile") String other) throws IOException {
    JsonNode line = MAPPER.readTree(rejected(id, other, other, id));
    assertThat(line.get("id").textValue()).isEqualTo(id);
    assertThat(line.get("location").textValue()).isEqualTo(other);
    assertThat(line.get("detail").textValue()).isEqualTo(other);
    assertThat(line.get("duplicateOf").textValue()).isEqualTo(id);

    Provenance from =
        new Provenance(
            id, SourceName.FEEDBACK, other, other, id, List.of(other, id), null, Commonness.NONE);
    String lineage = lineage(from);
    assertThat(lineage).doesNotContain("\n", "\r");
    JsonNode tree = MAPPER.readTree(lineage);
    assertThat(tree.get("group").textValue()).isEqualTo(other);
    assertThat(tree.get("parent").textValue()).isEqualTo(id);
    assertThat(tree.get("categories").get(1).textValue()).isEqualTo(id);
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            "a",
            "\"",
            "\\",
            "\\u0041",
            "\n",
            "\r",
            "\t",
            "\0",
            "\u001F",
            "\u007F",
            "\u2028",
            "\u00FC",
            "\uFFFF",
            "\uD83D\uDE00",
            "</script>",
            "{\"id\":1}")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  private static String lineage(Provenance from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.write(DatasetLines.lineageHead("train.jsonl", 7));
    line.write(DatasetLines.lineageTail(from, "feedback:1", Commonness.NONE, FINGERPRINT));
    return line.toString(StandardCharsets.UTF_8);
  }

  private static String rejected(
      String id, String location, String detail, @Nullable String duplicateOf) {
    return new String(
        DatasetLines.rejected(
            new RejectedRecord(
                id,
                "feedback",
                location,
                "read",
                RejectionReason.NEUTRAL_RATING,
                detail,
                duplicateOf,
                HASH)),
        StandardCharsets.UTF_8);
  }
}
