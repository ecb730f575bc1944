package dev.attune.pipeline;

import static dev.attune.pipeline.example.RejectionReason.IMPROVEMENT_MISSING;
import static dev.attune.pipeline.example.RejectionReason.INVALID_ENCODING;
import static dev.attune.pipeline.example.RejectionReason.INVALID_RATING;
import static dev.attune.pipeline.example.RejectionReason.LOW_QUALITY;
import static dev.attune.pipeline.example.RejectionReason.LOW_RATING_WITHOUT_COMMENT;
import static dev.attune.pipeline.example.RejectionReason.MALFORMED_RECORD;
import static dev.attune.pipeline.example.RejectionReason.MISSING_FIELD;
import static dev.attune.pipeline.example.RejectionReason.NEUTRAL_RATING;
import static dev.attune.pipeline.example.RejectionReason.RECORD_TOO_LARGE;
import static dev.attune.pipeline.example.RejectionReason.SCHEMA_VIOLATION;
import static dev.attune.pipeline.example.RejectionReason.UNKNOWN_CATEGORY;
import static dev.attune.pipeline.example.RejectionReason.UNSUPPORTED_MEDIA;

import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records at random, sound and faulty, with the reason that each of them must get. */
final class Mixture {
  static final int RECORD_BYTES = 2_000;
  static final List<String> CATEGORIES = List.of("speaking", "listening", "moving", "number");

  private static final RejectionReason[] FAULTS_OF_OBSERVATIONS = {
    RECORD_TOO_LARGE,
    INVALID_ENCODING,
    MALFORMED_RECORD,
    MISSING_FIELD,
    SCHEMA_VIOLATION,
    UNKNOWN_CATEGORY,
    UNSUPPORTED_MEDIA
  };
  private static final RejectionReason[] FAULTS_OF_GENERATED = {
    RECORD_TOO_LARGE,
    INVALID_ENCODING,
    MALFORMED_RECORD,
    MISSING_FIELD,
    SCHEMA_VIOLATION,
    UNKNOWN_CATEGORY,
    LOW_QUALITY
  };
  private static final RejectionReason[] FAULTS_OF_FEEDBACK = {
    MISSING_FIELD,
    INVALID_RATING,
    NEUTRAL_RATING,
    LOW_RATING_WITHOUT_COMMENT,
    IMPROVEMENT_MISSING,
    UNKNOWN_CATEGORY
  };
  private static final String[] ASIDES = {
    "",
    ", a comma",
    " \"quoted\"",
    "\nnext line",
    " | pipe",
    " \u00FC\u00DF",
    " \uD83D\uDE00",
    " ]}",
    " ask a@example.org",
    " call +49 30 901820"
  };

  /**
   * In ids, groups and texts: whatever of it a file of the dataset shows should have been hidden.
   */
  static final String PERSONAL = "example.org";

  private final Random random;
  private final List<Planted> records = new ArrayList<>();
  private int number;

  private Mixture(Random random) {
    this.random = random;
  }

  /** So many records of files, and of a database too if asked for; a few more are duplicates. */
  static List<Planted> of(int count, boolean feedback, Random random) {
    Mixture mixture = new Mixture(random);
    // Two units of one category: whatever the split, one of them is left to train on.
    mixture.records.add(mixture.sound(SourceName.OBSERVATIONS, "speaking"));
    mixture.records.add(mixture.sound(SourceName.OBSERVATIONS, "speaking"));
    for (int i = 0; i < count; i++) {
      int source = random.nextInt(feedback ? 3 : 2);
      mixture.add(
          switch (source) {
            case 0 -> SourceName.OBSERVATIONS;
            case 1 -> SourceName.GENERATED;
            default -> SourceName.FEEDBACK;
          });
    }
    return mixture.records;
  }

  private void add(SourceName source) {
    Planted sound =
        sound(source, CATEGORIES.get(random.nextInt(4))).belonging(group(), parent(source));
    if (random.nextInt(3) > 0) {
      records.add(sound);
      addDuplicate(sound);
    } else {
      records.add(sound.broken(faults(source)));
    }
  }

  /** At most one for each record, so that it is known without the rules which reasons there are. */
  private void addDuplicate(Planted of) {
    // The id of a row is its primary key.
    boolean sameIdToo = of.source() != SourceName.FEEDBACK;
    switch (random.nextInt(10)) {
      case 0 -> records.add(of.again(nextId(of.source()), of.categories().get(0)));
      case 1 -> records.add(of.again(nextId(of.source()), otherCategory(of)));
      case 2 -> {
        if (sameIdToo) {
          records.add(of.sameId(text()));
        }
      }
      case 3 -> {
        if (sameIdToo) {
          records.add(of.sameRecordIn(group()));
        }
      }
      case 4 -> records.add(of.almost(nextId(of.source()), of.categories().get(0)));
      case 5 -> records.add(of.almost(nextId(of.source()), otherCategory(of)));
      default -> {}
    }
  }

  private String otherCategory(Planted than) {
    return CATEGORIES.get((CATEGORIES.indexOf(than.categories().get(0)) + 1) % 4);
  }

  private Planted sound(SourceName source, String category) {
    return Planted.sound(source, nextId(source), text(), category).on(1 + random.nextInt(27));
  }

  /** That of a row is a number; of the others some are addresses of people. */
  private String nextId(SourceName source) {
    boolean personal = source != SourceName.FEEDBACK && random.nextInt(4) == 0;
    return ++number + (personal ? "@" + PERSONAL : "");
  }

  private String text() {
    return "Note " + ++number + " of a day" + ASIDES[random.nextInt(ASIDES.length)] + ", end.";
  }

  private @Nullable String group() {
    if (random.nextBoolean()) {
      return null;
    }
    String child = "child-" + random.nextInt(6);
    return random.nextInt(4) == 0 ? child + "@" + PERSONAL : child;
  }

  private @Nullable String parent(SourceName source) {
    if (source != SourceName.GENERATED || random.nextBoolean()) {
      return null;
    }
    return random.nextInt(4) == 0
        ? "feedback:unknown-" + random.nextInt(2)
        : records.get(random.nextInt(records.size())).fullId();
  }

  private Set<RejectionReason> faults(SourceName source) {
    RejectionReason[] possible =
        switch (source) {
          case OBSERVATIONS -> FAULTS_OF_OBSERVATIONS;
          case GENERATED -> FAULTS_OF_GENERATED;
          case FEEDBACK -> FAULTS_OF_FEEDBACK;
        };
    EnumSet<RejectionReason> faults = EnumSet.of(possible[random.nextInt(possible.length)]);
    // A second one, of which the first in the contract's order counts. A rating has one value only.
    RejectionReason second = possible[random.nextInt(possible.length)];
    boolean ratings = source == SourceName.FEEDBACK && second != MISSING_FIELD;
    if (random.nextInt(4) == 0 && !ratings) {
      faults.add(second);
    }
    return faults;
  }

  /** How many records must be rejected for each reason. */
  static Map<String, Long> expected(List<Planted> records) {
    Map<String, Long> expected = new TreeMap<>();
    for (Planted each : records) {
      RejectionReason reason = each.reason();
      if (reason != null) {
        expected.merge(reason.name(), 1L, Long::sum);
      }
    }
    return expected;
  }
}
