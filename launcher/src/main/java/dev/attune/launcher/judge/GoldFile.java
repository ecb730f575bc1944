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
   * Requires that a file has choices and that every line has the right form; the examples that it
   * names are not looked up.
   *
   * @param shown the file's name in messages
   * @throws CommandFailure if the file has no line, or a line is faulty; it names the line
   */
  static void requireForm(String file, String shown) throws CommandFailure {
    new GoldFile(shown, Map.of(), UnaryOperator.identity()).lines(file);
  }

  /**
   * Returns the choices in the order of the file.
   *
   * @throws CommandFailure if the file has no line, or a line is faulty; it names the line
   */
  List<GoldChoice> read(String file) throws CommandFailure {
    List<GoldChoice> choices = new ArrayList<>();
    for (Line line : lines(file)) {
      choices.add(choice(line));
    }
    return choices;
  }

  /** A line; exactly one of prompt and example is not null. */
  private record Line(
      int number,
      @Nullable String prompt,
      @Nullable String example,
      String first,
      String second,
      PairVerdict choice) {}

  private List<Line> lines(String file) throws CommandFailure {
    List<Line> lines = new ArrayList<>();
    List<String> texts = file.lines().toList();
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).isBlank()) {
        lines.add(line(texts.get(i), i + 1));
      }
    }
    if (lines.isEmpty()) {
      throw refusal(Messages.of("launcher.judge.gold-empty", shown), null);
    }
    return lines;
  }

  private Line line(String line, int number) throws CommandFailure {
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
    return new Line(number, prompt, fingerprint, first, second, choice);
  }

  private GoldChoice choice(Line line) throws CommandFailure {
    if (line.prompt() != null) {
      List<Turn> asked = List.of(Turn.user(redacted.apply(line.prompt())));
      return new GoldChoice(pair(null, asked, line.first(), line.second()), line.choice());
    }
    ExampleLine example = examples.get(String.valueOf(line.example()));
    if (example == null) {
      throw refusal(Messages.of("launcher.judge.gold-example", shown, line.number()), null);
    }
    List<Turn> turns = example.turns().subList(0, example.turns().size() - 1);
    return new GoldChoice(
        pair(example.system(), turns, line.first(), line.second()), line.choice());
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
