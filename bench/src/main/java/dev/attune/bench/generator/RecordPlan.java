package dev.attune.bench.generator;

/**
 * Determines the kind of each generated record from its number alone, so that no record is kept in
 * memory to be copied later.
 *
 * <p>The shares are chosen so that the rejected records can be counted while they are written: only
 * clean records are copied, and at most one copy has other categories. They are also chosen so that
 * copies connect few children; otherwise one unit would contain most of the dataset.
 */
final class RecordPlan {
  private static final int THOUSAND = 1_000;
  private static final int TRIES = 50;

  /** One in this number of records is too large; one in the next number has too many tokens. */
  private static final int LARGE_EVERY = 100_000;

  private static final int LONG_EVERY = 5_000;

  private final InputSize size;
  private final ChildAssignment children;

  RecordPlan(InputSize size) {
    this.size = size;
    this.children = new ChildAssignment(size.records());
  }

  InputSize size() {
    return size;
  }

  ChildAssignment children() {
    return children;
  }

  RecordKind kind(int record) {
    RecordKind raw = raw(record);
    boolean holds =
        switch (raw) {
          case COPY_OF_MATE, CONFLICT, NEAR, ALIKE -> isOriginal(children.mateBefore(record));
          case COPY -> original(record) >= 0;
          case SAME_ID ->
              record > 0
                  && raw(record - 1) == RecordKind.CLEAN
                  && size.source(record - 1) == size.source(record);
          default -> true;
        };
    return holds ? raw : RecordKind.PLAIN;
  }

  /** Returns the record whose text this one has; for most records, the record itself. */
  int original(int record) {
    return switch (raw(record)) {
      case COPY_OF_MATE, CONFLICT, NEAR, ALIKE -> children.mateBefore(record);
      case COPY -> anyOriginal(record);
      default -> record;
    };
  }

  /** Returns the record from which this one was generated, or -1. */
  int parent(int record) {
    if (size.source(record) != InputSize.Source.GENERATED) {
      return -1;
    }
    int share = RepeatableRandom.of(size.seed(), record, 2).below(THOUSAND);
    int mate = children.mateBefore(record);
    int parent = share < 50 ? mate : share < 52 && record > 0 ? record - 1 : -1;
    return isOriginal(parent) ? parent : -1;
  }

  private int anyOriginal(int record) {
    RepeatableRandom dice = RepeatableRandom.of(size.seed(), record, 3);
    for (int i = 0; i < TRIES; i++) {
      int other = dice.below(size.records());
      if (other != record && isOriginal(other)) {
        return other;
      }
    }
    return -1;
  }

  /** Returns whether a record is clean and has an id that no other record has. */
  private boolean isOriginal(int record) {
    return record >= 0
        && raw(record) == RecordKind.CLEAN
        && (record + 1 == size.records() || raw(record + 1) != RecordKind.SAME_ID);
  }

  private RecordKind raw(int record) {
    RecordKind kind = rawWithoutNear(record);
    if (kind != RecordKind.CLEAN || !size.withNear()) {
      return kind;
    }
    int share = RepeatableRandom.of(size.seed(), record, 10).below(THOUSAND);
    return share < 60 ? RecordKind.NEAR : share < 120 ? RecordKind.ALIKE : kind;
  }

  private RecordKind rawWithoutNear(int record) {
    int share = RepeatableRandom.of(size.seed(), record, 1).below(THOUSAND);
    return switch (size.source(record)) {
      case OBSERVATIONS_JSONL, OBSERVATIONS_CSV -> rawObservation(record, share);
      case GENERATED -> share >= 100 && share < 120 ? RecordKind.POOR : rawInFile(record, share);
      case FEEDBACK -> rawFeedback(share);
    };
  }

  private static RecordKind rawObservation(int record, int share) {
    return share >= 100 && share < 103 ? RecordKind.MEDIA : rawInFile(record, share);
  }

  private static RecordKind rawInFile(int record, int share) {
    if (record % LARGE_EVERY == 77) {
      return RecordKind.TOO_LARGE;
    }
    if (record % LONG_EVERY == 99) {
      return RecordKind.TOO_LONG;
    }
    if (share < 2) {
      return RecordKind.BAD_BYTE;
    }
    return share < 12 ? RecordKind.MALFORMED : rawText(share);
  }

  private static RecordKind rawFeedback(int share) {
    if (share >= 300 && share < 310) {
      return RecordKind.NO_RATING;
    }
    if (share >= 310 && share < 360) {
      return RecordKind.NEUTRAL;
    }
    if (share >= 360 && share < 380) {
      return RecordKind.NO_COMMENT;
    }
    return share >= 380 && share < 420 ? RecordKind.NOT_IMPROVED : rawText(share);
  }

  private static RecordKind rawText(int share) {
    if (share < 12 || share >= 100) {
      return RecordKind.CLEAN;
    }
    if (share < 17) {
      return RecordKind.NO_TEXT;
    }
    if (share < 20) {
      return RecordKind.BAD_TIME;
    }
    if (share < 30) {
      return RecordKind.UNKNOWN;
    }
    if (share < 78) {
      return RecordKind.COPY_OF_MATE;
    }
    if (share < 80) {
      return RecordKind.COPY;
    }
    if (share < 90) {
      return RecordKind.CONFLICT;
    }
    return share < 93 ? RecordKind.SAME_ID : RecordKind.PLAIN;
  }
}
