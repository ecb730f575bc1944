package dev.attune.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.SchemaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of the part about datasets does something, and the schema knows every key. */
class ConfigKeysTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Keys that the launcher reads from {@link AttuneConfig#effective}, not from the records. */
  private static final Set<String> LATER =
      Set.of(
          "tuning",
          "dataflow",
          "evaluation",
          "ledger",
          "promotion",
          "models",
          "spending",
          "improvement");

  /** Another allowed value of every key, as JSON. */
  private static final Map<String, String> CHANGED =
      Map.ofEntries(
          entry("/dataset", "\"other\""),
          entry("/task", "\"conversation\""),
          entry("/systemInstruction", "\"Other.\""),
          entry("/taxonomy", "\"other.json\""),
          entry("/sources/feedback/jdbcUrl", "\"jdbc:h2:mem:x\""),
          entry("/sources/feedback/username", "\"other\""),
          entry("/sources/feedback/passwordEnv", "\"OTHER\""),
          entry("/sources/feedback/passwordSecret", "\"projects/p/secrets/s/versions/2\""),
          entry("/sources/feedback/table", "\"other\""),
          entry("/sources/feedback/query", "\"SELECT 1\""),
          entry("/sources/feedback/columns/id", "\"x\""),
          entry("/sources/feedback/columns/group", "\"x\""),
          entry("/sources/feedback/columns/prompt", "\"x\""),
          entry("/sources/feedback/columns/response", "\"x\""),
          entry("/sources/feedback/columns/rating", "\"x\""),
          entry("/sources/feedback/columns/comment", "\"x\""),
          entry("/sources/feedback/columns/createdAt", "\"x\""),
          entry("/sources/feedback/partitionColumn", "\"x\""),
          entry("/sources/feedback/improvements", "\"x.jsonl\""),
          entry("/sources/observations/files", "[\"x.json\"]"),
          entry("/sources/observations/columns/id", "\"x\""),
          entry("/sources/observations/columns/group", "\"x\""),
          entry("/sources/observations/columns/text", "\"x\""),
          entry("/sources/observations/columns/categories", "\"x\""),
          entry("/sources/observations/columns/media", "\"x\""),
          entry("/sources/observations/columns/createdAt", "\"x\""),
          entry("/sources/observations/separator", "\";\""),
          entry("/sources/observations/categorySeparator", "\"; \""),
          entry("/sources/generated/files", "[\"x.jsonl.gz\"]"),
          entry("/redact", "[\"email\"]"),
          entry("/quality/minimum", "6.5"),
          entry("/quality/sources", "[]"),
          entry("/duplicates/near", "false"),
          entry("/duplicates/similarity", "0.7"),
          entry("/split/validation", "0.2"),
          entry("/split/by", "\"record\""),
          entry("/split/seed", "\"2\""),
          entry("/limits/rejectedFraction", "0.4"),
          entry("/limits/recordBytes", "99"),
          entry("/limits/allowTruncatedFiles", "true"),
          entry("/limits/decompressedRatio", "99"),
          entry("/limits/trainingBytes", "99999999999"),
          entry("/limits/trainingExamples", "99999999999"),
          entry("/limits/tokens", "99"),
          entry("/output/directory", "\"x\""),
          entry("/output/format", "\"openai\""),
          entry("/output/mode", "\"shared\""));

  static Stream<String> keys() {
    return CHANGED.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyHasAnEffect(String pointer) throws Exception {
    ObjectNode root = (ObjectNode) new ConfigTree(Yaml.contract()).at("");
    AttuneConfig before = Yaml.load(root.toString());
    int slash = pointer.lastIndexOf('/');
    ObjectNode holder = (ObjectNode) root.at(pointer.substring(0, slash));
    holder.set(pointer.substring(slash + 1), MAPPER.readTree(CHANGED.get(pointer)));
    if (pointer.endsWith("/query")) {
      holder.remove("table");
    }
    if (pointer.endsWith("/passwordSecret")) {
      holder.remove("passwordEnv");
    }

    AttuneConfig after = Yaml.load(root.toString());

    assertThat(after.dataset()).isNotEqualTo(before.dataset());
    assertThat(after.effective()).isNotEqualTo(before.effective());
  }

  @Test
  void theSchemaHasNoKeyThatNobodyReads() {
    Set<String> leaves = new TreeSet<>();
    leaves("", leaves);

    assertThat(leaves).containsExactlyInAnyOrderElementsOf(CHANGED.keySet());
  }

  @Test
  void everyKeyHasADescription() {
    JsonNode schema = SchemaFile.ATTUNE.document();
    List<String> without = new ArrayList<>();
    schema
        .findValues("properties")
        .forEach(
            properties ->
                properties
                    .properties()
                    .forEach(
                        property -> {
                          JsonNode value = property.getValue();
                          JsonNode target =
                              value.has("$ref")
                                  ? schema.at(value.path("$ref").asText().substring(1))
                                  : value;
                          if (!value.has("description") && !target.has("description")) {
                            without.add(property.getKey());
                          }
                        }));

    assertThat(without).isEmpty();
  }

  private static void leaves(String pointer, Set<String> into) {
    for (String key : ConfigSchema.keys(pointer)) {
      String at = pointer + "/" + key;
      if (pointer.isEmpty() && LATER.contains(key)) {
        continue;
      }
      if (ConfigSchema.keys(at).isEmpty()) {
        into.add(at);
      } else {
        leaves(at, into);
      }
    }
  }
}
