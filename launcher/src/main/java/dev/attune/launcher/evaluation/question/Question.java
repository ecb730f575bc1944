package dev.attune.launcher.evaluation.question;

import dev.attune.schema.ExampleLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A validation example used as a question to models.
 *
 * @param line line of the example in valid.jsonl, from 1
 * @param fingerprint SHA-256 of that line, 64 hex digits
 */
public record Question(int line, String fingerprint, ExampleLine example) {
  /** Returns the examples by their fingerprints. */
  public static Map<String, ExampleLine> examples(List<Question> questions) {
    Map<String, ExampleLine> examples = new HashMap<>();
    questions.forEach(question -> examples.put(question.fingerprint(), question.example()));
    return examples;
  }

  /** Returns the questions whose fingerprint is not among the given ones. */
  public static List<Question> without(List<Question> questions, Set<String> fingerprints) {
    return questions.stream()
        .filter(question -> !fingerprints.contains(question.fingerprint()))
        .toList();
  }
}
