package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Removes personal data from the texts of records and from their ids, groups and parents. Media
 * URIs are kept, because they must remain usable.
 */
public final class RecordRedactor {
  private final TextRedactor redactor;
  private final Identifiers identifiers;
  private final @Nullable String systemInstruction;

  /**
   * Creates a redactor for a dataset.
   *
   * @param systemInstruction the system instruction of the configuration, which is kept because it
   *     is not from a record, or null
   */
  public RecordRedactor(
      Collection<PersonalKind> kinds, Identifiers identifiers, @Nullable String systemInstruction) {
    this.redactor = new TextRedactor(kinds);
    this.identifiers = identifiers;
    this.systemInstruction = systemInstruction;
  }

  /** Returns the example without personal data: the same object if there is none. */
  @SuppressWarnings("ReferenceEquality") // only what is the very same object did not change
  public Example redact(Example example, Consumer<PersonalKind> replaced) {
    String group = example.group();
    String parent = example.parent();
    String id = identifiers.writtenFull(example.id());
    String writtenGroup = group == null ? null : identifiers.written(group);
    String writtenParent = parent == null ? null : identifiers.writtenFull(parent);
    ExampleLine line = redact(example.line(), replaced);
    List<String> categories =
        redactAll(example.categories(), category -> redactor.redact(category, replaced));
    if (id == example.id()
        && writtenGroup == group
        && writtenParent == parent
        && line == example.line()
        && categories == example.categories()) {
      return example;
    }
    return new Example(
        id,
        example.source(),
        identifiers.writtenLocation(example.location(), example.id()),
        writtenGroup,
        writtenParent,
        example.createdAt(),
        line,
        categories,
        example.quality());
  }

  /**
   * Returns the rejected record as it may be written. It has no text, but an id and a location, and
   * its detail may quote a key.
   */
  @SuppressWarnings("ReferenceEquality") // as above
  public RejectedRecord redact(RejectedRecord rejected) {
    String id = identifiers.writtenFull(rejected.id());
    String detail = rejected.detail();
    if (detail.indexOf('"') >= 0) {
      detail = redactor.redact(detail, kind -> {});
    }
    return id == rejected.id() && detail == rejected.detail()
        ? rejected
        : new RejectedRecord(
            id,
            rejected.source(),
            identifiers.writtenLocation(rejected.location(), rejected.id()),
            rejected.stage(),
            rejected.reason(),
            detail,
            rejected.duplicateOf(),
            rejected.contentHash());
  }

  @SuppressWarnings("ReferenceEquality") // as above
  private ExampleLine redact(ExampleLine line, Consumer<PersonalKind> replaced) {
    String system = line.system();
    String cleanSystem =
        system == null || system.equals(systemInstruction)
            ? system
            : redactor.redact(system, replaced);
    List<Turn> turns = redactAll(line.turns(), turn -> redact(turn, replaced));
    return cleanSystem == system && turns == line.turns()
        ? line
        : new ExampleLine(cleanSystem, turns);
  }

  @SuppressWarnings("ReferenceEquality") // as above
  private Turn redact(Turn turn, Consumer<PersonalKind> replaced) {
    String clean = redactor.redact(turn.text(), replaced);
    return clean == turn.text() ? turn : new Turn(turn.role(), clean, turn.media());
  }

  /** Applies a change to each value. Returns the same list if no value changes. */
  @SuppressWarnings("ReferenceEquality") // as above
  private static <T> List<T> redactAll(List<T> values, UnaryOperator<T> change) {
    List<T> changed = null;
    for (int i = 0; i < values.size(); i++) {
      T before = values.get(i);
      T after = change.apply(before);
      if (after != before) {
        changed = changed == null ? new ArrayList<>(values) : changed;
        changed.set(i, after);
      }
    }
    return changed == null ? values : changed;
  }
}
