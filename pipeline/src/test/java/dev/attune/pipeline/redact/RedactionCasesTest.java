package dev.attune.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.accounting.PersonalKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts from public reports: those with an id that begins with keep stay, the others change. */
class RedactionCasesTest {
  private final TextRedactor redactor = new TextRedactor(EnumSet.allOf(PersonalKind.class));

  @Test
  void givesTheRightAnswerToTextsFromTheField() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (JsonNode line : cases()) {
      String text = line.get("text").textValue();
      String expected = line.get("expected").textValue();
      assertThat(text.equals(expected))
          .as(line.get("id").textValue())
          .isEqualTo(line.get("id").textValue().startsWith("keep"));
      String clean = redactor.redact(text, kind -> {});
      if (!clean.equals(expected) || !redactor.redact(clean, kind -> {}).equals(clean)) {
        wrong.add(line.get("id").textValue() + " -> " + clean);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<JsonNode> cases() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> cases = new ArrayList<>();
    try (InputStream in = RedactionCasesTest.class.getResourceAsStream("redact-cases.jsonl")) {
      if (in == null) {
        throw new IOException("redact-cases.jsonl is not there");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        cases.add(mapper.readTree(line));
      }
    }
    return cases;
  }
}
