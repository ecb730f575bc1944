package dev.attune.launcher.evaluation;

import dev.attune.schema.ExampleLine;
import java.util.List;
import java.util.Set;

/**
 * An example of a dataset that models are asked about.
 *
 * @param line its line in the file, from 1
 * @param fingerprint SHA-256 of its line, 64 hex digits
 * @param example its prompt, and the true answer
 */
public record Question(int line, String fingerprint, ExampleLine example) {
  /** Those whose fingerprint is not among some. */
  public static List<Question> without(List<Question> questions, Set<String> fingerprints) {
    return questions.stream()
        .filter(question -> !fingerprints.contains(question.fingerprint()))
        .toList();
  }
}
