package dev.attune.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"$ref": "#"}                                   | a $ref leads to itself
          {"$ref": "http://192.0.2.1/a.json"}             | a $ref names another file or address
          {"$ref": "file:///etc/passwd"}                  | a $ref names another file or address
          {"properties": {"a": {"pattern": "(["}}}        | a pattern is no regular expression: Unclosed character class
          """)
  void saysWhyASchemaCannotBeUsed(String schema, String why) throws Exception {
    assertThat(AnswerSchema.fault(JSON.readTree(schema)))
        .hasValueSatisfying(fault -> assertThat(fault).startsWith(why));
  }

  @Test
  void allowsReferencesToAPartOfItself() throws Exception {
    assertThat(
            AnswerSchema.fault(
                JSON.readTree("{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}")))
        .isEmpty();
  }
}
