package dev.attune.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"$ref": "#"}                                   | a $ref or $dynamicRef leads to itself
          {"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"$ref": "#/$defs/x"}}} | a $ref or $dynamicRef leads to itself
          {"items": {"anyOf": [{"type": "null"}, {"$ref": "#/items"}]}} | a $ref or $dynamicRef leads to itself
          {"properties": {"a": {"$ref": "#/$defs/b%20c"}}, "$defs": {"b c": {"allOf": [{"$ref": "#/$defs/d"}]}, "d": {"not": {"$ref": "#/$defs/b%20c"}}}} | a $ref or $dynamicRef leads to itself
          {"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"$dynamicAnchor": "t", "anyOf": [{"$dynamicRef": "#t"}]}}} | a $ref or $dynamicRef leads to itself
          {"properties": {"a": {"$ref": "#x"}}, "$defs": {"x": {"$anchor": "x", "not": {"$ref": "#x"}}}} | a $ref or $dynamicRef leads to itself
          {"$schema": "https://json-schema.org/draft/2019-09/schema", "properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"allOf": [{"$recursiveRef": "#"}]}}, "anyOf": [{"$ref": "#/$defs/x"}]} | a $ref or $dynamicRef leads to itself
          {"$ref": "http://192.0.2.1/a.json"}             | a $ref names another file or address
          {"$ref": "file:///etc/passwd"}                  | a $ref names another file or address
          {"properties": {"a": {"pattern": "(["}}}        | a pattern is no regular expression: Unclosed character class
          """)
  void saysWhyASchemaCannotBeUsed(String schema, String why) throws Exception {
    assertThat(AnswerSchema.fault(JSON.readTree(schema)))
        .hasValueSatisfying(fault -> assertThat(fault).startsWith(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}",
        "{\"properties\": {\"a\": {\"$ref\": \"#\"}}, \"anyOf\": [{\"$ref\": \"#/$defs/x\"},"
            + " {\"$ref\": \"#/$defs/x\"}], \"$defs\": {\"x\": {\"items\": {\"$ref\":"
            + " \"#/$defs/x\"}}}}",
        "{\"$dynamicAnchor\": \"node\", \"properties\": {\"a\": {\"$dynamicRef\": \"#node\"}}}",
        "{\"$schema\": \"https://json-schema.org/draft/2019-09/schema\", \"$recursiveAnchor\":"
            + " true, \"items\": {\"$recursiveRef\": \"#\"}}",
        "{\"const\": {\"$ref\": \"#/const\"}}",
      })
  void allowsReferencesToAPartOfItself(String schema) throws Exception {
    assertThat(AnswerSchema.fault(JSON.readTree(schema))).isEmpty();
  }
}
