package dev.attune.pipeline;

import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record that a test made, and what is wrong with it.
 *
 * @param faults what its writer must break; empty for a sound record
 * @param duplicate why it must give way to another record, or that one to it, or null
 * @param text of the observation or the prompt
 * @param categories as its writer puts them down
 * @param quality tenths that a generated sample brings
 */
record Planted(
    SourceName source,
    String id,
    Set<RejectionReason> faults,
    @Nullable RejectionReason duplicate,
    String text,
    List<String> categories,
    @Nullable String group,
    @Nullable String parent,
    int day,
    int quality) {
  /** Longer than {@link Mixture#RECORD_BYTES}. */
  private static final String LONG = "long".repeat(1_000);

  /** Stands for a byte that is not UTF-8 until the file is written. */
  static final char BROKEN = '\uE000';

  Planted {
    faults = Collections.unmodifiableSet(copy(faults));
  }

  private static Set<RejectionReason> copy(Set<RejectionReason> faults) {
    return faults.isEmpty() ? EnumSet.noneOf(RejectionReason.class) : EnumSet.copyOf(faults);
  }

  /** A sound one. */
  static Planted sound(SourceName source, String id, String text, String category) {
    return new Planted(source, id, Set.of(), null, text, List.of(category), null, null, 1, 90);
  }

  Planted broken(Set<RejectionReason> newFaults) {
    return new Planted(
        source, id, newFaults, duplicate, text, categories, group, parent, day, quality);
  }

  Planted belonging(@Nullable String newGroup, @Nullable String newParent) {
    return new Planted(
        source, id, faults, duplicate, text, categories, newGroup, newParent, day, quality);
  }

  Planted on(int newDay) {
    return new Planted(
        source, id, faults, duplicate, text, categories, group, parent, newDay, quality);
  }

  /** A second record with the id of this one and other content. */
  Planted sameId(String otherText) {
    return new Planted(
        source,
        id,
        faults,
        RejectionReason.DUPLICATE_ID,
        otherText,
        categories,
        group,
        null,
        day + 1,
        quality);
  }

  /** The record again, but for its group: the place of neither may decide which one stays. */
  Planted sameRecordIn(@Nullable String otherGroup) {
    return new Planted(
        source,
        id,
        faults,
        RejectionReason.EXACT_DUPLICATE,
        text,
        categories,
        otherGroup,
        parent,
        day,
        quality);
  }

  /** A second record that says what this one says. */
  Planted again(String otherId, String otherCategory) {
    boolean same = categories.equals(List.of(otherCategory));
    return new Planted(
        source,
        otherId,
        faults,
        same ? RejectionReason.EXACT_DUPLICATE : RejectionReason.CONFLICTING_CATEGORIES,
        text.toUpperCase(Locale.ROOT).replaceFirst(" ", " \t "),
        List.of(otherCategory),
        null,
        null,
        day + 1,
        quality);
  }

  /**
   * A second record that says one word more: of the four 3-grams or more of a text all are left,
   * and one comes to them. With other categories both stay.
   */
  Planted almost(String otherId, String otherCategory) {
    boolean same = categories.equals(List.of(otherCategory));
    return new Planted(
        source,
        otherId,
        faults,
        same ? RejectionReason.NEAR_DUPLICATE : null,
        text + " Yes.",
        List.of(otherCategory),
        null,
        null,
        day + 1,
        quality);
  }

  /** Why it, or the record it is a duplicate of, is rejected; null: it is not. */
  @Nullable RejectionReason reason() {
    return faults.isEmpty() ? duplicate : Collections.min(faults);
  }

  /** Whether its id is the hash of its bytes, because they could not be parsed. */
  boolean unparsed() {
    RejectionReason reason = reason();
    return reason != null && reason.compareTo(RejectionReason.MALFORMED_RECORD) <= 0;
  }

  String fullId() {
    return source.fullId(id);
  }

  boolean has(RejectionReason fault) {
    return faults.contains(fault);
  }

  // What is written where the fault asks for it.

  String writtenText() {
    return has(RejectionReason.MISSING_FIELD) ? "  " : text;
  }

  String writtenCategories(String separator) {
    return has(RejectionReason.UNKNOWN_CATEGORY) ? "swimming" : String.join(separator, categories);
  }

  String writtenTime() {
    return has(RejectionReason.SCHEMA_VIOLATION)
        ? "last Tuesday"
        : "2026-01-%02dT10:00:00Z".formatted(day);
  }

  String writtenMedia() {
    return has(RejectionReason.UNSUPPORTED_MEDIA) ? "ftp://photos/1.jpg" : "";
  }

  String writtenGroup() {
    String name = group == null ? "" : group;
    name += has(RejectionReason.INVALID_ENCODING) ? String.valueOf(BROKEN) : "";
    return has(RejectionReason.RECORD_TOO_LARGE) ? name + LONG : name;
  }
}
