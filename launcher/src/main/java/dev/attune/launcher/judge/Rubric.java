package dev.attune.launcher.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.bytes.Sha256;
import dev.attune.message.Messages;
import dev.attune.schema.ClassResource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What judges look at: a Markdown file with front matter. Its text is their system instruction, and
 * its criteria and grades are the JSON Schema of their answers.
 *
 * @param name e.g. {@code answers}
 * @param criteria what is graded, in order
 * @param grades the worst first
 * @param text instruction of the judge
 * @param sha256 of the file, 64 hex digits
 */
public record Rubric(
    String name, List<String> criteria, List<String> grades, String text, String sha256) {
  static final String BETTER = "better";
  static final List<String> CHOICES = List.of("a", "b", "equal");

  private static final String BUNDLED = "/dev/attune/prompts/rubrics/answers.md";
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\R(.*?)\\R---\\R(.*)\\z", Pattern.DOTALL);
  private static final Pattern ENTRY = Pattern.compile("([a-z]+):\\s*\\[?([^\\]]*)\\]?\\s*");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final int MOST_WORDS = 12;

  public Rubric {
    criteria = List.copyOf(criteria);
    grades = List.copyOf(grades);
  }

  /** Returns Attune's own rubric. */
  public static Rubric bundled() {
    try {
      return parse(ClassResource.text(Rubric.class, BUNDLED));
    } catch (RubricException e) {
      throw new IllegalStateException("Attune's own rubric", e);
    }
  }

  /**
   * Parses the text of a file.
   *
   * @throws RubricException if it has no front matter, or lacks criteria, grades or a text
   */
  public static Rubric parse(String file) throws RubricException {
    Matcher parts = FRONT_MATTER.matcher(file);
    if (!parts.matches()) {
      throw new RubricException(Messages.of("launcher.judge.rubric-front-matter"));
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : parts.group(1).lines().filter(each -> !each.isBlank()).toList()) {
      Matcher entry = ENTRY.matcher(line.strip());
      if (!entry.matches()) {
        throw new RubricException(Messages.of("launcher.judge.rubric-line"));
      }
      entries.put(entry.group(1), entry.group(2));
    }
    String text = parts.group(2).strip();
    if (text.isEmpty()) {
      throw new RubricException(Messages.of("launcher.judge.rubric-text"));
    }
    return new Rubric(
        entries.getOrDefault("name", "").strip(),
        words(entries, "criteria", 1),
        words(entries, "grades", 2),
        text,
        Sha256.hex(file.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> words(Map<String, String> entries, String key, int least)
      throws RubricException {
    List<String> words =
        Arrays.stream(entries.getOrDefault(key, "").split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
    boolean plain = words.stream().allMatch(word -> WORD.matcher(word).matches());
    boolean distinct = new LinkedHashSet<>(words).size() == words.size();
    if (words.size() < least || words.size() > MOST_WORDS || !plain || !distinct) {
      throw new RubricException(Messages.of("launcher.judge.rubric-words", key, least, MOST_WORDS));
    }
    return words;
  }

  /**
   * Returns the JSON Schema of an answer: a grade of each answer for each criterion, and which
   * answer is better. It has no free text, so that no small model runs on.
   */
  public JsonNode schema() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.set("a", graded());
    properties.set("b", graded());
    properties.set(BETTER, choice(CHOICES));
    return object(properties);
  }

  private ObjectNode graded() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    criteria.forEach(criterion -> properties.set(criterion, choice(grades)));
    return object(properties);
  }

  private static ObjectNode object(ObjectNode properties) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.put("additionalProperties", false);
    ArrayNode required = schema.putArray("required");
    properties.fieldNames().forEachRemaining(required::add);
    schema.set("properties", properties);
    return schema;
  }

  private static ObjectNode choice(List<String> words) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
    words.forEach(schema.putArray("enum")::add);
    return schema;
  }
}
