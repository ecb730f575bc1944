package dev.attune.pipeline.example;

import dev.attune.schema.ExampleLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to becoming a line of train.jsonl or valid.jsonl.
 *
 * @param id the full id, {@code source:id}
 * @param source where it was read
 * @param location {@code file:line} or the row, for people
 * @param group what must not be divided between the splits, or null: then the record is a group of
 *     its own
 * @param parent the full id of the record it was made from, or null
 * @param createdAt microseconds since 1970-01-01T00:00Z; {@link #NO_TIME} where none is given
 * @param line system instruction and turns, the last of them the answer. Of an observation the last
 *     turn is empty until the check has written the categories into it
 * @param categories as read: what the source's category column holds; after the check: ids of the
 *     taxonomy in its order
 * @param quality of a generated sample: the score that it brought or was given; null before scoring
 *     and for every record that is not scored
 */
public record Example(
    String id,
    SourceName source,
    String location,
    @Nullable String group,
    @Nullable String parent,
    long createdAt,
    ExampleLine line,
    List<String> categories,
    @Nullable Quality quality) {
  /**
   * The time of a record without one. It is later than every other time, so such a record is the
   * last of its duplicates.
   */
  public static final long NO_TIME = Long.MAX_VALUE;

  public Example {
    categories = List.copyOf(categories);
  }

  /** Returns a copy with a checked line and checked categories. */
  public Example checked(ExampleLine checkedLine, List<String> checkedCategories) {
    return new Example(
        id, source, location, group, parent, createdAt, checkedLine, checkedCategories, quality);
  }

  /** Returns a copy with its quality. */
  public Example scored(Quality score) {
    return new Example(id, source, location, group, parent, createdAt, line, categories, score);
  }
}
