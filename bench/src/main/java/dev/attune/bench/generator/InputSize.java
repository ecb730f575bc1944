package dev.attune.bench.generator;

/**
 * The number of generated records and their distribution over the sources.
 *
 * @param records the number of records in all sources
 * @param seed the seed of all pseudorandom numbers
 * @param withFeedback whether every fifth record is a row of a database
 * @param withNear whether some texts are near to others, and some almost
 */
record InputSize(int records, long seed, boolean withFeedback, boolean withNear) {
  /** The source of a record and the kind of its file. */
  enum Source {
    OBSERVATIONS_JSONL("observations"),
    OBSERVATIONS_CSV("observations"),
    GENERATED("generated"),
    FEEDBACK("feedback");

    private final String key;

    Source(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  InputSize {
    if (records < 1) {
      throw new IllegalArgumentException(records + " records are too few: at least 1");
    }
  }

  Source source(int record) {
    long percent = record * 100L / records;
    if (withFeedback && percent >= 80) {
      return Source.FEEDBACK;
    }
    int half = withFeedback ? 40 : 50;
    return percent < half
        ? Source.OBSERVATIONS_JSONL
        : percent < half + half / 2 ? Source.OBSERVATIONS_CSV : Source.GENERATED;
  }
}
