package dev.attune.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaFileTest {
  @ParameterizedTest
  @EnumSource
  void isASchemaOfDraft202012(SchemaFile file) {
    var meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(meta.validate(file.document())).isEmpty();
    assertThat(file.document().path("$id").asText())
        .isEqualTo("urn:attune:schema:" + file.file().replace(".schema.json", ""));
    assertThat(file.document().path("description").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "FEEDBACK_RECORD ~ {'id': 7, 'prompt': 'p', 'response': 'r', 'rating': null, 'comment':"
            + " null, 'createdAt': '2026-01-02T03:04:05Z'}",
        "FEEDBACK_RECORD ~ {'id': 'a', 'prompt': 'p', 'response': 'r', 'rating': 4.5}",
        "OBSERVATION ~ {'text': 't', 'categories': 'a|b'}",
        "OBSERVATION ~ {'text': 't', 'categories': ['a'], 'media': ['gs://b/x.png'], 'id': 'x'}",
        "OBSERVATION ~ {'text': 't', 'categories': ['a'], 'media': 'https://b/x.png'}",
        "GENERATED_SAMPLE ~ {'id': '1', 'prompt': 'p', 'response': 'r', 'quality': 8.5, 'parent':"
            + " 'feedback:1', 'categories': ['a'], 'system': 's', 'group': 'g', 'model': 'm',"
            + " 'createdAt': '2026-01-02'}",
        "GENERATED_SAMPLE ~ {'id': '1', 'turns': [{'role': 'user', 'text': 'a'}, {'role':"
            + " 'model', 'text': 'b'}]}",
        "IMPROVEMENT ~ {'id': 7, 'response': 'r'}",
        "IMPROVEMENT ~ {'id': '7', 'response': 'r', 'model': 'm'}",
        "REJECTED_RECORD ~ {'id': 'feedback:1', 'source': 'feedback', 'location': 'row 1',"
            + " 'stage': 'read', 'reason': 'MISSING_FIELD', 'detail': 'd', 'duplicateOf': null,"
            + " 'contentHash': '00112233445566778899aabbccddeeff'}",
        "LINEAGE ~ {'file': 'train.jsonl', 'line': 1, 'id': 'generated:1', 'source': 'generated',"
            + " 'group': 'g', 'categories': ['a'], 'quality': {'score': 8.5, 'brought': false,"
            + " 'factors': {'length': 1.0, 'sentences': 0.5}}, 'cluster': 'generated:1', 'parent':"
            + " 'feedback:1', 'fingerprint':"
            + " '0000000000000000000000000000000000000000000000000000000000000000'}",
        "LINEAGE ~ {'file': 'valid.jsonl', 'line': 1, 'id': 'feedback:1', 'source': 'feedback',"
            + " 'group': null, 'categories': [], 'quality': null, 'cluster': 'feedback:1',"
            + " 'parent': null, 'fingerprint':"
            + " '0000000000000000000000000000000000000000000000000000000000000000'}",
        "TAXONOMY ~ {'name': 'n', 'version': '1', 'categories': [{'id': 'a', 'name': 'A',"
            + " 'description': 'd', 'aliases': ['x'], 'children': [{'id': 'b'}]}]}",
        "TAXONOMY ~ ['a', 'b']",
        "TAXONOMY ~ {'a': ['b', 'c'], 'd': []}",
      })
  void acceptsAGoodDocument(SchemaFile file, String json) throws Exception {
    assertThat(validate(file, json)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "ATTUNE ~ {'dataset': 'a', 'task': 'conversation', 'sources': {}, 'x': 1} ~ it has the"
            + " unknown key \"x\"",
        "FEEDBACK_RECORD ~ {'id': 7, 'prompt': ' ', 'response': 'r'} ~ /prompt is blank",
        "FEEDBACK_RECORD ~ {'id': 7, 'prompt': 'p', 'response': 'r', 'rating': 'good'} ~ /rating"
            + " is text, must be a number",
        "FEEDBACK_RECORD ~ {'prompt': 'p', 'response': 'r'} ~ it has no \"id\"",
        "OBSERVATION ~ {'text': 't'} ~ it has no \"categories\"",
        "OBSERVATION ~ {'text': ['t'], 'categories': 'a'} ~ /text is a list, must be text",
        "OBSERVATION ~ {'text': 't', 'categories': ['a', 1]} ~ /categories/1 is a number, must be"
            + " text; quote it",
        "GENERATED_SAMPLE ~ {'id': 1.5, 'prompt': 'p', 'response': 'r'} ~ /id is a fraction, must"
            + " be text or a whole number; quote it",
        "GENERATED_SAMPLE ~ {'id': '1', 'prompt': 'p', 'response': 'r', 'label': 'x'} ~ it has"
            + " the unknown key \"label\"",
        "GENERATED_SAMPLE ~ {'id': '1', 'prompt': 'p', 'response': 'r', 'quality': 11} ~ /quality"
            + " must be at most 10",
        "GENERATED_SAMPLE ~ {'id': '1', 'prompt': 'p'} ~ it has no \"response\"",
        "GENERATED_SAMPLE ~ {'id': '1', 'turns': [{'role': 'assistant', 'text': 'a'}, {'role':"
            + " 'model', 'text': 'b'}]} ~ /turns/0/role must be user or model",
        "IMPROVEMENT ~ {'id': 1.5, 'response': 'r'} ~ /id is a fraction, must be text or a whole"
            + " number; quote it",
        "IMPROVEMENT ~ {'id': 1} ~ it has no \"response\"",
        "REJECTED_RECORD ~ {'id': 'feedback:1', 'source': 'feedback', 'location': 'row 1',"
            + " 'stage': 'read', 'reason': 'UGLY', 'detail': 'd', 'contentHash': 'x'} ~"
            + " /contentHash must have the form ^[0-9a-f]{32,64}$",
        "LINEAGE ~ {'file': 'test.jsonl', 'line': 0} ~ /line must be at least 1",
        "TAXONOMY ~ [] ~ it is an empty list",
        "TAXONOMY ~ {'categories': [{'name': 'a'}]} ~ /categories/0 has no \"id\"",
        "MANIFEST ~ {'schemaVersion': 3} ~ /schemaVersion must be 1 or 2",
      })
  void tellsWhatIsWrong(SchemaFile file, String json, String fault) throws Exception {
    assertThat(validate(file, json)).contains(fault);
  }

  @Test
  void takesPromptAndResponseOrTurnsButNotBoth() throws Exception {
    String both =
        "{'id': '1', 'prompt': 'p', 'response': 'r', 'turns': [{'role': 'user', 'text': 'a'},"
            + " {'role': 'model', 'text': 'b'}]}";

    assertThat(validate(SchemaFile.GENERATED_SAMPLE, both)).isNotEmpty();
    assertThat(validate(SchemaFile.GENERATED_SAMPLE, "{'id': '1'}")).isNotEmpty();
  }

  @Test
  void speaksEnglishOnEveryMachine() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(validate(SchemaFile.TAXONOMY, "{}").toString())
          .contains("must have at least 1 properties");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void neverQuotesAValue() throws Exception {
    String json = "{'id': '1', 'prompt': 'secret', 'response': ['secret'], 'parent': 'secret'}";

    assertThat(validate(SchemaFile.GENERATED_SAMPLE, json))
        .isNotEmpty()
        .noneMatch(fault -> fault.contains("secret"));
  }

  @Test
  void handsOutCopies() {
    ((com.fasterxml.jackson.databind.node.ObjectNode) SchemaFile.TAXONOMY.document()).removeAll();

    assertThat(SchemaFile.TAXONOMY.document().isEmpty()).isFalse();
  }

  private static List<String> validate(SchemaFile file, String json) throws Exception {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return file.validate(CanonicalJson.read(bytes)).stream().map(SchemaFault::toString).toList();
  }
}
