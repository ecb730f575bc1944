package dev.attune.pipeline.example;

import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to becoming a line of train.jsonl or valid.jsonl.
 *
 * @param id the full id, {@code source:id}
 * @param source where it was read
 * @param location {@code file:line} or the row, for people
 * @param group the name of the group, which is not divided between the splits, or null if the
 *     record is its own group
 * @param parent the full id of the record it was made from, or null
 * @param createdAt microseconds since 1970-01-01T00:00Z; {@link #NO_TIME} if none is given
 * @param line system instruction and turns, the last of them the answer. The last turn of an
 *     observation is empty until the check writes the categories into it
 * @param categories before the check, the values of the source's category column; after the check,
 *     ids of the taxonomy in its order
 * @param quality the quality of a generated sample, read or computed; null before scoring and for
 *     records that are not scored
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

  /**
   * Returns a builder of an example with no group, parent, time, categories or quality yet.
   *
   * @param id the record's id in its source; must be unique there
   */
  public static Builder builder(SourceName source, String id) {
    return new Builder(source, id);
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

  /** Builds an example; the components of {@link Example} say what each value means. */
  public static final class Builder {
    private final SourceName source;
    private final String id;
    private String location;
    private @Nullable String group;
    private @Nullable String parent;
    private long createdAt = Example.NO_TIME;
    private @Nullable String system;
    private List<String> categories = List.of();
    private @Nullable Quality quality;

    private Builder(SourceName source, String id) {
      this.source = source;
      this.id = source.fullId(id);
      this.location = id;
    }

    /** Sets the place that people find the record at; default: its id. */
    public Builder location(String place) {
      location = place;
      return this;
    }

    /** Sets the group that the split does not divide. */
    public Builder group(@Nullable String name) {
      group = name;
      return this;
    }

    /** Sets the full id of the record that this one was made from. */
    public Builder parent(@Nullable String fullId) {
      parent = fullId;
      return this;
    }

    /** Sets the time, in microseconds since 1970-01-01T00:00Z. */
    public Builder createdAt(long microseconds) {
      createdAt = microseconds;
      return this;
    }

    /** Sets the system instruction. */
    public Builder system(@Nullable String instruction) {
      system = instruction;
      return this;
    }

    /** Sets the categories. */
    public Builder categories(List<String> names) {
      categories = names;
      return this;
    }

    /** Sets the quality. */
    public Builder quality(@Nullable Quality score) {
      quality = score;
      return this;
    }

    /** Returns the example with these turns, the last of them the model's answer. */
    public Example turns(Turn... turns) {
      ExampleLine line = new ExampleLine(system, List.of(turns));
      return new Example(id, source, location, group, parent, createdAt, line, categories, quality);
    }
  }
}
