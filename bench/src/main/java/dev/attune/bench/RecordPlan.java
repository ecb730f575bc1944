package dev.attune.bench;

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

  private final Size size;
  private final Children children;

  RecordPlan(Size size) {
    this.size = size;
    this.children = new Children(size.records());
  }

  Size size() {
    return size;
  }

  Children children() {
    return children;
  }

  Kind kind(int record) {
    Kind raw = raw(record);
    boolean holds =
        switch (raw) {
          case COPY_OF_MATE, CONFLICT, NEAR, ALIKE -> isOriginal(children.mateBefore(record));
          case COPY -> original(record) >= 0;
          case SAME_ID ->
              record > 0
                  && raw(record - 1) == Kind.CLEAN
                  && size.source(record - 1) == size.source(record);
          default -> true;
        };
    return holds ? raw : Kind.PLAIN;
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
    if (size.source(record) != Size.Source.GENERATED) {
      return -1;
    }
    int share = Dice.of(size.seed(), record, 2).below(THOUSAND);
    int mate = children.mateBefore(record);
    int parent = share < 50 ? mate : share < 52 && record > 0 ? record - 1 : -1;
    return isOriginal(parent) ? parent : -1;
  }

  private int anyOriginal(int record) {
    Dice dice = Dice.of(size.seed(), record, 3);
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
        && raw(record) == Kind.CLEAN
        && (record + 1 == size.records() || raw(record + 1) != Kind.SAME_ID);
  }

  private Kind raw(int record) {
    Kind kind = rawWithoutNear(record);
    if (kind != Kind.CLEAN || !size.withNear()) {
      return kind;
    }
    int share = Dice.of(size.seed(), record, 10).below(THOUSAND);
    return share < 60 ? Kind.NEAR : share < 120 ? Kind.ALIKE : kind;
  }

  private Kind rawWithoutNear(int record) {
    int share = Dice.of(size.seed(), record, 1).below(THOUSAND);
    return switch (size.source(record)) {
      case OBSERVATIONS_JSONL, OBSERVATIONS_CSV -> rawObservation(record, share);
      case GENERATED -> share >= 100 && share < 120 ? Kind.POOR : rawInFile(record, share);
      case FEEDBACK -> rawFeedback(share);
    };
  }

  private static Kind rawObservation(int record, int share) {
    return share >= 100 && share < 103 ? Kind.MEDIA : rawInFile(record, share);
  }

  private static Kind rawInFile(int record, int share) {
    if (record % LARGE_EVERY == 77) {
      return Kind.TOO_LARGE;
    }
    if (record % LONG_EVERY == 99) {
      return Kind.TOO_LONG;
    }
    if (share < 2) {
      return Kind.BAD_BYTE;
    }
    return share < 12 ? Kind.MALFORMED : rawText(share);
  }

  private static Kind rawFeedback(int share) {
    if (share >= 300 && share < 310) {
      return Kind.NO_RATING;
    }
    if (share >= 310 && share < 360) {
      return Kind.NEUTRAL;
    }
    if (share >= 360 && share < 380) {
      return Kind.NO_COMMENT;
    }
    return share >= 380 && share < 420 ? Kind.NOT_IMPROVED : rawText(share);
  }

  private static Kind rawText(int share) {
    if (share < 12 || share >= 100) {
      return Kind.CLEAN;
    }
    if (share < 17) {
      return Kind.NO_TEXT;
    }
    if (share < 20) {
      return Kind.BAD_TIME;
    }
    if (share < 30) {
      return Kind.UNKNOWN;
    }
    if (share < 78) {
      return Kind.COPY_OF_MATE;
    }
    if (share < 80) {
      return Kind.COPY;
    }
    if (share < 90) {
      return Kind.CONFLICT;
    }
    return share < 93 ? Kind.SAME_ID : Kind.PLAIN;
  }
}
