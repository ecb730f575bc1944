package dev.attune.pipeline.check;

import dev.attune.catalog.TokenEstimate;
import dev.attune.config.Task;
import dev.attune.format.ExampleFormat;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Verdict;
import dev.attune.pipeline.rejection.Verdict.Kept;
import dev.attune.pipeline.rejection.Verdict.Rejected;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import dev.attune.taxonomy.Answer;
import dev.attune.taxonomy.Category;
import dev.attune.taxonomy.Taxonomy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the categories of an example, then its media, then its tokens. The first fault counts. An
 * example that passes once passes again unchanged.
 */
public final class ExampleChecker implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The maximum of quoted characters of an unknown category. */
  private static final int MAX_QUOTED = 64;

  private final @Nullable Taxonomy taxonomy;
  private final Task task;
  private final ExampleFormat format;
  private final @Nullable Integer tokenLimit;

  /**
   * Creates a checker.
   *
   * @param format the format, which decides the permitted media URIs
   * @param tokenLimit the maximum number of tokens in an example, or null for no limit
   * @throws IllegalArgumentException if the task is classification and no taxonomy is given
   */
  public ExampleChecker(
      @Nullable Taxonomy taxonomy, Task task, ExampleFormat format, @Nullable Integer tokenLimit) {
    if (task == Task.CLASSIFICATION && taxonomy == null) {
      throw new IllegalArgumentException("classification needs a taxonomy");
    }
    this.taxonomy = taxonomy;
    this.task = task;
    this.format = format;
    this.tokenLimit = tokenLimit;
  }

  /** Returns the example with its categories as ids, or why it is rejected. */
  public Verdict check(Example example) {
    Verdict categories = checkCategories(example);
    if (!(categories instanceof Kept passed)) {
      return categories;
    }
    ExampleLine line = passed.example().line();
    Verdict media = checkMedia(line, passed);
    return media instanceof Kept ? checkTokens(line, passed) : media;
  }

  private Verdict checkCategories(Example example) {
    Taxonomy known = taxonomy;
    if (known == null) {
      return passed(example, example.categories(), example.source() == SourceName.OBSERVATIONS);
    }
    // The answer of an observation is made from its categories; other examples have an answer.
    boolean answerIsRead =
        task == Task.CLASSIFICATION && example.source() != SourceName.OBSERVATIONS;
    List<String> ofAnswer = List.of();
    if (answerIsRead) {
      Answer answer = known.recogniseAnswer(example.line().answer());
      if (answer instanceof Answer.Unknown unknown) {
        return unknownCategory(unknown.part());
      } else if (answer instanceof Answer.Known ids) {
        ofAnswer = ids.ids();
      }
    }
    List<String> listed = new ArrayList<>(example.categories().size());
    for (String spelling : example.categories()) {
      Optional<Category> category = known.recognise(spelling);
      if (category.isEmpty()) {
        return unknownCategory(spelling);
      }
      listed.add(category.orElseThrow().id());
    }
    if (answerIsRead) {
      return passed(example, ofAnswer, true);
    }
    if (example.source() == SourceName.OBSERVATIONS && listed.isEmpty()) {
      return unknownCategory("");
    }
    return passed(example, known.inOrder(listed), example.source() == SourceName.OBSERVATIONS);
  }

  private static Kept passed(Example example, List<String> ids, boolean answerIsIds) {
    ExampleLine line = example.line();
    if (answerIsIds) {
      String answer = String.join(", ", ids);
      line = answer.equals(line.answer()) ? line : line.withAnswer(answer);
    }
    return new Kept(example.checked(line, ids));
  }

  private Verdict checkMedia(ExampleLine line, Kept passed) {
    for (int t = 0; t < line.turns().size(); t++) {
      Turn turn = line.turns().get(t);
      for (int m = 0; m < turn.media().size(); m++) {
        if (turn.role() != Role.USER || !format.supportsMedia(turn.media().get(m))) {
          return new Rejected(
              RejectionReason.UNSUPPORTED_MEDIA,
              "the format does not take media URI " + (m + 1) + " of turn " + (t + 1));
        }
      }
    }
    return passed;
  }

  private Verdict checkTokens(ExampleLine line, Kept passed) {
    if (tokenLimit == null) {
      return passed;
    }
    long tokens = TokenEstimate.of(line);
    return tokens <= tokenLimit
        ? passed
        : new Rejected(
            RejectionReason.TOO_MANY_TOKENS,
            "about " + tokens + " tokens are more than " + tokenLimit);
  }

  private static Rejected unknownCategory(String spelling) {
    return new Rejected(
        RejectionReason.UNKNOWN_CATEGORY,
        spelling.isBlank()
            ? "a category is blank"
            : "the taxonomy does not know the category '" + quotable(spelling) + "'");
  }

  /** Returns the beginning of a text without characters that could break a line or UTF-8. */
  private static String quotable(String text) {
    var quoted = new StringBuilder();
    text.codePoints()
        .limit(MAX_QUOTED)
        .map(c -> isQuotable(c) ? c : '\uFFFD')
        .forEach(quoted::appendCodePoint);
    return quoted.toString();
  }

  private static boolean isQuotable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
