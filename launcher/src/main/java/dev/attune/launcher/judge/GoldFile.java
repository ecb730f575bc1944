package dev.attune.launcher.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.judge.panel.PairVerdict;
import dev.attune.message.Messages;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads people's choices: a line of JSON for each, with {@code first}, {@code second}, {@code
 * choice} ({@code first}, {@code second} or {@code equal}), and the question: {@code example}, the
 * fingerprint of a validation example, or {@code prompt}, a text.
 */
final class GoldFile {
  private final String shown;
  private final Map<String, ExampleLine> examples;
  private final UnaryOperator<String> redacted;

  /**
   * Creates a reader.
   *
   * @param shown the file's name in messages
   * @param examples validation examples by fingerprint
   * @param redacted replaces personal data of a text
   */
  GoldFile(String shown, Map<String, ExampleLine> examples, UnaryOperator<String> redacted) {
    this.shown = shown;
    this.examples = examples;
    this.redacted = redacted;
  }

  /**
   * Returns the choices in the order of the file.
   *
   * @throws CommandFailure if the file has no line, or a line is faulty; it names the line
   */
  List<GoldChoice> read(String file) throws CommandFailure {
    List<GoldChoice> choices = new ArrayList<>();
    List<String> lines = file.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        choices.add(choice(lines.get(i), i + 1));
      }
    }
    if (choices.isEmpty()) {
      throw refusal(Messages.of("launcher.judge.gold-empty", shown), null);
    }
    return choices;
  }

  private GoldChoice choice(String line, int number) throws CommandFailure {
    JsonNode node;
    try {
      node = CanonicalJson.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw refusal(Messages.of("launcher.judge.gold-json", shown, number), e);
    }
    String first = text(node, "first");
    String second = text(node, "second");
    PairVerdict choice =
        switch (node.path("choice").asText()) {
          case "first" -> PairVerdict.WIN;
          case "second" -> PairVerdict.LOSS;
          case "equal" -> PairVerdict.TIE;
          default -> null;
        };
    String prompt = text(node, "prompt");
    String fingerprint = text(node, "example");
    if (first == null
        || second == null
        || choice == null
        || (prompt == null) == (fingerprint == null)) {
      throw refusal(Messages.of("launcher.judge.gold-line", shown, number), null);
    }
    if (prompt != null) {
      return new GoldChoice(
          pair(null, List.of(Turn.user(redacted.apply(prompt))), first, second), choice);
    }
    ExampleLine example = examples.get(fingerprint);
    if (example == null) {
      throw refusal(Messages.of("launcher.judge.gold-example", shown, number), null);
    }
    List<Turn> turns = example.turns();
    return new GoldChoice(
        pair(example.system(), turns.subList(0, turns.size() - 1), first, second), choice);
  }

  private AnswerPair pair(@Nullable String system, List<Turn> turns, String first, String second) {
    return new AnswerPair(system, turns, redacted.apply(first), redacted.apply(second), null);
  }

  private static @Nullable String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.CONFIGURATION, sentence, cause);
  }
}
