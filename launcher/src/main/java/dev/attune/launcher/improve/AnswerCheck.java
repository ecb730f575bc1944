package dev.attune.launcher.improve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.attune.bytes.Utf8;
import dev.attune.models.ModelReply;
import dev.attune.pipeline.score.RefusalPhrases;
import dev.attune.pipeline.stage.UnimprovedRow;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.taxonomy.Answer;
import dev.attune.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a written answer without asking a model. */
final class AnswerCheck {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final @Nullable Taxonomy taxonomy;
  private final boolean isJudged;
  private final AnswerLanguage language = new AnswerLanguage();

  /**
   * Creates the check of a dataset.
   *
   * @param taxonomy of a classification dataset, or null
   * @param isJudged whether a judge sees the answer afterwards
   */
  AnswerCheck(@Nullable Taxonomy taxonomy, boolean isJudged) {
    this.taxonomy = taxonomy;
    this.isJudged = isJudged;
  }

  /**
   * The result: one of both is null.
   *
   * @param text the answer as it is written into the dataset
   */
  record Result(@Nullable String text, @Nullable AnswerFault fault) {
    static Result of(AnswerFault fault) {
      return new Result(null, fault);
    }
  }

  Result check(UnimprovedRow row, ModelReply reply) {
    AnswerFault unfinished =
        switch (reply.finish()) {
          case COMPLETE, TOOL_CALLS -> null;
          case CUT_OFF -> AnswerFault.CUT_OFF;
          case BLOCKED -> AnswerFault.BLOCKED;
          case REFUSED -> AnswerFault.REFUSED;
        };
    if (unfinished != null) {
      return Result.of(unfinished);
    }
    String text = reply.text().strip();
    if (NormalForm.isBlank(text)) {
      return Result.of(AnswerFault.EMPTY);
    }
    if (Utf8.hasLoneSurrogate(text) || text.chars().anyMatch(AnswerCheck::isControl)) {
      return Result.of(AnswerFault.UNUSABLE);
    }
    if (RefusalPhrases.bundled().refuses(text)) {
      return Result.of(AnswerFault.REFUSED);
    }
    return taxonomy == null ? text(row, text) : categories(row, text, taxonomy);
  }

  /** Control characters are no part of a text, and may command a terminal that shows it. */
  private static boolean isControl(int character) {
    return Character.isISOControl(character) && "\n\t\r".indexOf(character) < 0;
  }

  private Result text(UnimprovedRow row, String text) {
    if (NormalForm.of(text).equals(NormalForm.of(row.answer()))) {
      return Result.of(AnswerFault.SAME_ANSWER);
    }
    return isInOtherLanguage(row, text)
        ? Result.of(AnswerFault.OTHER_LANGUAGE)
        : new Result(text, null);
  }

  /**
   * Returns whether an answer is not in the prompt's language. The language of the old answer is
   * allowed, too, as in a translation, but only before a judge: the old answer may be rated low
   * because of its language, and the judge sees what the comment says about that.
   */
  private boolean isInOtherLanguage(UnimprovedRow row, String text) {
    return language.differs(row.prompt(), text)
        && !(isJudged && language.isSame(row.answer(), text));
  }

  private static Result categories(UnimprovedRow row, String text, Taxonomy taxonomy) {
    if (!(taxonomy.recogniseAnswer(plain(text)) instanceof Answer.Known known)) {
      return Result.of(AnswerFault.UNKNOWN_CATEGORY);
    }
    return taxonomy.recogniseAnswer(row.answer()) instanceof Answer.Known old
            && old.ids().equals(known.ids())
        ? Result.of(AnswerFault.SAME_ANSWER)
        : new Result(known.text(), null);
  }

  /** Returns the categories of a JSON answer joined by commas; any other text as it is. */
  private static String plain(String text) {
    try {
      JsonNode list = JSON.readTree(text).path(ImproveRequests.CATEGORIES);
      List<String> ids = new ArrayList<>();
      list.forEach(id -> ids.add(id.asText()));
      return list.isArray() ? String.join(", ", ids) : text;
    } catch (JsonProcessingException e) {
      return text; // a model that does not keep to the schema may answer in words
    }
  }
}
