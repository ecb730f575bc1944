package dev.attune.bench.generator;

import dev.attune.taxonomy.Category;
import dev.attune.taxonomy.Taxonomy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Computes the field values of generated records. */
final class RecordContent {
  private static final long FIRST_SECOND = Instant.parse("2023-01-01T00:00:00Z").getEpochSecond();
  private static final int TWO_YEARS_SECONDS = 2 * 365 * 24 * 3_600;
  private static final int SHORTEST = 60;
  private static final int SPREAD = 1_440;
  private static final int LONG_TEXT = 20_000;
  private static final int LARGE_TEXT = 1_200_000;

  private final RecordPlan plan;
  private final List<Category> categories;
  private final InventedWords words;

  RecordContent(RecordPlan plan, Taxonomy taxonomy) {
    this.plan = plan;
    this.categories = taxonomy.categories();
    this.words = InventedWords.of(plan.size().seed());
  }

  RecordKind kind(int record) {
    return plan.kind(record);
  }

  /** Returns the id without the source. */
  String id(int record) {
    return number(plan.kind(record) == RecordKind.SAME_ID ? record - 1 : record);
  }

  private String number(int record) {
    String source = plan.size().source(record).key();
    return source.charAt(0) + "-" + (100_000_000 + record);
  }

  /** Returns the child, or null for the only record of a child. */
  @Nullable String child(int record) {
    return plan.children().isAlone(record) ? null : "child-" + plan.children().child(record);
  }

  /** Returns the full id of the parent record, or null. */
  @Nullable String parent(int record) {
    int parent = plan.parent(record);
    return parent < 0 ? null : plan.size().source(parent).key() + ":" + number(parent);
  }

  String text(int record) {
    RecordKind kind = plan.kind(record);
    int original = original(record, kind);
    RepeatableRandom dice = RepeatableRandom.of(plan.size().seed(), original, 4);
    String text =
        switch (kind) {
          case POOR -> words.fragment(dice, 5);
          case TOO_LONG -> words.text(dice, LONG_TEXT);
          case TOO_LARGE -> words.text(dice, LARGE_TEXT);
          default -> words.text(dice, SHORTEST + (int) (SPREAD * dice.share() * dice.share()));
        };
    if (kind.imitates()) {
      return imitation(record, kind, text);
    }
    return kind.copies() ? variant(record, text) : text;
  }

  private int original(int record, RecordKind kind) {
    return kind.copies() || kind.imitates() ? plan.original(record) : record;
  }

  /**
   * Returns the text with some words replaced, each of which changes three 3-grams. Near texts have
   * a similarity of at least 0.85, texts that are only alike of at most 0.78.
   */
  private String imitation(int record, RecordKind kind, String text) {
    String[] said = text.split(" ", -1);
    int grams = said.length - 2;
    double share = RepeatableRandom.of(plan.size().seed(), record, 11).share();
    int changes =
        kind == RecordKind.NEAR
            ? (int) (grams * 0.027 * share)
            : (int) Math.ceil(grams * (0.06 + 0.025 * share));
    if (changes == 0) {
      return text + " Yes.";
    }
    for (int i = 0; i < changes; i++) {
      said[3 + i * (said.length - 6) / changes] = "other" + record + "x" + i;
    }
    return String.join(" ", said);
  }

  /** Returns a text with the same normal form. */
  private String variant(int record, String text) {
    return switch (RepeatableRandom.of(plan.size().seed(), record, 5).below(3)) {
      case 0 -> text.toLowerCase(Locale.ROOT);
      case 1 -> text.replace(". ", ".  ") + " ";
      default -> text;
    };
  }

  /** Returns the categories in various spellings and orders. */
  List<String> categories(int record) {
    RecordKind kind = plan.kind(record);
    RepeatableRandom dice = RepeatableRandom.of(plan.size().seed(), original(record, kind), 6);
    TreeSet<Integer> places = new TreeSet<>();
    int count = 1 + dice.below(3);
    int first = categories.size();
    for (int i = 0; i < count; i++) {
      // The smaller of two numbers, so that some categories are more frequent than others.
      int place = Math.min(dice.below(categories.size()), dice.below(categories.size()));
      places.add(place);
      first = Math.min(first, place);
    }
    if (kind == RecordKind.CONFLICT) {
      places.clear();
      places.add((first + 1) % categories.size());
    }
    List<String> written = new ArrayList<>();
    RepeatableRandom spelling = RepeatableRandom.of(plan.size().seed(), record, 7);
    for (int place : places.descendingSet()) {
      written.add(spelled(categories.get(place), spelling));
    }
    if (kind == RecordKind.UNKNOWN) {
      written.add("astrology");
    }
    return written;
  }

  private static String spelled(Category category, RepeatableRandom dice) {
    return switch (dice.below(5)) {
      case 0 -> category.name();
      case 1 -> category.name().toUpperCase(Locale.ROOT);
      default -> category.id();
    };
  }

  /** Returns a photo's URI, or null for records without a photo. */
  @Nullable String photo(int record) {
    if (plan.kind(record) == RecordKind.MEDIA) {
      return "ftp://photos.example/" + record + ".jpg";
    }
    // Copies have no photo, because it would be part of the comparison.
    boolean has =
        plan.kind(record) == RecordKind.PLAIN
            && RepeatableRandom.of(plan.size().seed(), record, 8).below(2) == 0;
    return has ? "gs://photos/" + record + ".jpg" : null;
  }

  String time(int record) {
    if (plan.kind(record) == RecordKind.BAD_TIME) {
      return "last Tuesday";
    }
    int seconds = RepeatableRandom.of(plan.size().seed(), record, 9).below(TWO_YEARS_SECONDS);
    return Instant.ofEpochSecond(FIRST_SECOND + seconds).toString();
  }
}
