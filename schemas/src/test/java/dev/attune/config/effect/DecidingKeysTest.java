package dev.attune.config.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecidingKeysTest {
  private static final String LEAST =
      """
      dataset: talk
      task: conversation
      sources: {generated: {files: [a.jsonl]}}
      """;

  private static String picked(String yaml, Decides what) throws ConfigException {
    AttuneConfig config = ConfigLoader.parse(yaml, "attune.yaml");
    return new String(config.deciding(what), StandardCharsets.UTF_8);
  }

  @Test
  void everyKeySaysWhatItDecides() {
    Map<String, Set<Decides>> unclear = new TreeMap<>(DecidingKeys.all());
    unclear.values().removeIf(DecidingKeysTest::isClear);

    assertThat(unclear)
        .as("add \"decides\" to the key in attune.schema.json, with a word of Decides")
        .isEmpty();
    assertThat(DecidingKeys.all()).hasSizeGreaterThan(70);
  }

  /** A key decides nothing, or its value or what it leads to decides about the dataset. */
  private static boolean isClear(Set<Decides> said) {
    return said.equals(Set.of(Decides.NOTHING))
        || (!said.isEmpty()
            && !said.contains(Decides.NOTHING)
            && !said.containsAll(Set.of(Decides.DATASET, Decides.INPUT)));
  }

  @Test
  void picksTheKeysThatDecideAboutTheDataset() throws Exception {
    assertThat(picked(LEAST, Decides.DATASET))
        .isEqualTo(
            """
            {
              "dataset": "talk",
              "task": "conversation",
              "redact": [
                "card",
                "email",
                "iban",
                "ip",
                "phone"
              ],
              "quality": {
                "minimum": 7,
                "sources": [
                  "generated"
                ]
              },
              "duplicates": {
                "near": true,
                "similarity": 0.8
              },
              "split": {
                "validation": 0.1,
                "by": "group",
                "seed": "1"
              },
              "limits": {
                "recordBytes": 1048576,
                "allowTruncatedFiles": false
              },
              "output": {
                "format": "gemini"
              }
            }
            """);
  }

  @Test
  void picksTheKeysThatDecideAboutTheModel() throws Exception {
    assertThat(picked(LEAST + "tuning: {baseModel: m, location: l}\n", Decides.MODEL))
        .contains("\"baseModel\": \"m\"", "\"epochs\": 3", "\"metric\": \"macroF1\"")
        .doesNotContain("location", "createGrace", "envFile", "dataset");
  }

  @Test
  void anOrderThatMeansNothingDecidesNothing() throws Exception {
    String one = picked(LEAST + "redact: [phone, email]\n", Decides.DATASET);
    String other = picked("redact: [email, phone]\n" + LEAST, Decides.DATASET);
    assertThat(one).isEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d, jdbc:postgresql://h/d?sslmode=require&ApplicationName=x",
    "jdbc:postgresql://h/d?currentSchema=a, jdbc:postgresql://h/d?user=u&currentSchema=a",
    "jdbc:h2:file:./db, jdbc:h2:file:./db;IFEXISTS=TRUE;access_mode_data=r",
    "jdbc:h2:file:./db;MODE=MySQL;SCHEMA=A, jdbc:h2:file:./db;SCHEMA=A;LOCK_TIMEOUT=9;MODE=MySQL",
  })
  void optionsOfTheConnectionAreNoOtherDatabase(String url, String other) {
    assertThat(DatabaseIdentity.of(other)).isEqualTo(DatabaseIdentity.of(url));
  }

  @Test
  void otherOptionsAreAnotherDatabase() {
    assertThat(
            List.of(
                    "jdbc:postgresql://h/d",
                    "jdbc:postgresql://h/e",
                    "jdbc:postgresql://h/d?currentSchema=a",
                    "jdbc:postgresql://h/d?unknown=a",
                    "jdbc:h2:file:./db",
                    "jdbc:h2:file:./db;SCHEMA=A")
                .stream()
                .map(DatabaseIdentity::of))
        .doesNotHaveDuplicates();
  }
}
