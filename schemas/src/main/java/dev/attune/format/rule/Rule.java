package dev.attune.format.rule;

import dev.attune.schema.ClassResource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is checked. What each rule says, and by whose word, stands in rules.tsv. */
public enum Rule {
  FILE_NAME,
  FILE_EMPTY,
  FILE_TOO_LARGE,
  FILE_CHANGED,
  OTHER_PROVIDER,
  OTHER_FORMAT,
  OTHER_FILE,
  JSON_ARRAY,
  PRETTY_PRINTED,
  BYTE_ORDER_MARK,
  LINE_TOO_LONG,
  BLANK_LINE,
  NOT_UTF8,
  NOT_JSON,
  NESTED_TOO_DEEP,
  NOT_AN_OBJECT,
  DUPLICATE_KEY,
  UNKNOWN_KEY,
  SNAKE_CASE_KEY,
  NUL_CHARACTER,
  BLANK_TEXT,
  REPEATED_LINE,
  INVALID_TOOLS,
  INVALID_TOOL_NAME,
  INVALID_CALL_ARGUMENTS,
  MISSING_CONTENTS_LIST,
  CONTENT_ITEM_NOT_OBJECT,
  CONTENT_ITEM_MISSING_KEY,
  MISSING_OR_INVALID_PARTS,
  PART_NOT_OF_ONE_KIND,
  MISSING_TEXT,
  UNRECOGNIZED_ROLE,
  SYSTEM_ROLE_IN_CONTENTS,
  CONSECUTIVE_TURNS,
  FIRST_TURN_NOT_USER,
  LAST_TURN_NOT_MODEL,
  LAST_TURN_BLANK,
  INVALID_SYSTEM_INSTRUCTION,
  SYSTEM_INSTRUCTION_NOT_TEXT,
  INVALID_FILE_DATA,
  FILE_URI_SCHEME,
  UNSUPPORTED_MEDIA_TYPE,
  MEDIA_TYPE_MISMATCH,
  FILE_OF_MODEL,
  INLINE_DATA,
  THOUGHT_PART,
  TOO_MANY_IMAGES,
  TOO_MANY_DOCUMENTS,
  TOO_MANY_AUDIO_FILES,
  TOO_MANY_VIDEOS,
  INVALID_GENERATION_CONFIG,
  UNKNOWN_MEDIA_RESOLUTION,
  MEDIA_RESOLUTION_MIXED,
  INVALID_FUNCTION_CALL,
  UNDECLARED_FUNCTION,
  DUPLICATE_FUNCTION,
  INVALID_TOOL_CONFIG,
  FUNCTION_CALL_NOT_OF_MODEL,
  FUNCTION_CALL_UNANSWERED,
  FUNCTION_RESPONSE_WITHOUT_CALL,
  FUNCTION_CALL_REFUSED,
  TOO_MANY_TOKENS,
  EXAMPLE_CUT_OFF,
  NEAR_TOKEN_LIMIT,
  UNKNOWN_CATEGORY,
  TOO_MANY_DROPPED,
  SYSTEM_INSTRUCTION_INCONSISTENT,
  TOO_FEW_EXAMPLES,
  BELOW_LEAST_EXAMPLES,
  TOO_MANY_EXAMPLES,
  TOO_MANY_MULTIMODAL_EXAMPLES,
  VALIDATION_TOO_LARGE,
  VALIDATION_SHARE,
  VALIDATION_IN_TRAINING,
  TUNING_ENDS,
  TUNING_ENDED,
  BASE_MODEL_UNKNOWN,
  BASE_MODEL_OTHER_FORMAT,
  BASE_MODEL_RETIRED,
  BASE_MODEL_RETIRING,
  BASE_MODEL_PREVIEW,
  BASE_MODEL_OUT_OF_DATE,
  MISSING_MESSAGES_LIST,
  MESSAGE_NOT_OBJECT,
  MESSAGE_MISSING_KEY,
  MESSAGE_UNRECOGNIZED_KEY,
  REQUEST_KEY,
  WRONG_TYPE,
  MISSING_CONTENT,
  INVALID_CONTENT_PART,
  IMAGE_URL_SCHEME,
  IMAGE_TYPE,
  IMAGE_DATA,
  IMAGE_DETAIL,
  IMAGE_NOT_OF_USER,
  SYSTEM_NOT_FIRST,
  MISSING_ASSISTANT_MESSAGE,
  LAST_MESSAGE_NOT_ASSISTANT,
  INVALID_WEIGHT,
  NO_WEIGHTED_ANSWER,
  INVALID_REFUSAL,
  INVALID_TOOL_CALLS,
  UNDECLARED_TOOL,
  DUPLICATE_TOOL,
  FUNCTION_MESSAGE_WITHOUT_CALL,
  FUNCTION_MESSAGE_MISSING,
  DUPLICATE_TOOL_CALL_ID,
  REUSED_TOOL_CALL_ID,
  TOOL_CALL_UNANSWERED,
  TOOL_CALL_ANSWERED_TWICE,
  TOOL_MESSAGE_WITHOUT_CALL,
  TOOL_CONTENT_NOT_STRING;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in reports; it stays the same from version to version. */
  public String id() {
    return id;
  }

  public Level level() {
    return row().level();
  }

  /** The formats that it is about: gemini, openai or both. */
  public String formats() {
    return row().formats();
  }

  /** What it finds. */
  public String what() {
    return row().what();
  }

  /** What to do about it. */
  public String fix() {
    return row().fix();
  }

  /** Why there is this rule: where it is written, or that it is Attune's own. */
  public String source() {
    return row().source();
  }

  private Row row() {
    Row row = Table.ROWS.get(id);
    if (row == null) {
      throw new IllegalStateException("rules.tsv has no row for " + id);
    }
    return row;
  }

  /** A row of rules.tsv. */
  private record Row(
      String id, Level level, String formats, String what, String fix, String source) {
    static Row of(String line) {
      List<String> cells = Arrays.asList(line.split("\t", -1));
      return new Row(
          cells.get(0),
          Level.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
          cells.get(2),
          cells.get(3),
          cells.get(4),
          cells.get(5));
    }
  }

  /** Read when the first finding asks for it. */
  private static final class Table {
    private static final Map<String, Row> ROWS =
        ClassResource.text(Rule.class, "rules.tsv")
            .lines()
            .skip(1)
            .map(Row::of)
            .collect(Collectors.toMap(Row::id, Function.identity()));
  }
}
