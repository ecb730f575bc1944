package dev.attune.launcher.ask.cache;

import dev.attune.launcher.ask.cache.CacheCreation.Outcome;
import dev.attune.launcher.ask.cache.CacheCreation.Wanted;
import dev.attune.launcher.console.TextTable;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.models.spending.CacheCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes sentences about context caches. */
public final class CacheText {
  private static final Duration HOUR = Duration.ofHours(1);

  private CacheText() {}

  /** Returns what a cache costs and saves, before it is created. */
  static List<String> estimate(Wanted wanted, CacheCost cost) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s for %s: up to %,d tokens.",
            wanted.name(),
            wanted.model(),
            cost.tokens()));
    if (cost.total().signum() == 0) {
      lines.add("It costs nothing: the model is free.");
      return lines;
    }
    Dollars parts = Dollars.sum(List.of(cost.creation(), cost.storage()));
    lines.add(
        "Creating it costs at most US$ "
            + parts.part(0)
            + ", storing it "
            + (wanted.lifetime().equals(HOUR)
                ? "US$ " + parts.part(1) // the same amount, rounded to the sum
                : Dollars.shown(cost.storageAnHour()))
            + " an hour: together US$ "
            + parts.total()
            + " until it expires after "
            + lifetime(wanted.lifetime())
            + ".");
    lines.add(savings(cost));
    return lines;
  }

  private static String savings(CacheCost cost) {
    BigDecimal saved = cost.savedByARequest();
    if (saved.signum() <= 0) {
      return "A request with it costs as much as one with the files: it saves nothing.";
    }
    BigDecimal requests = cost.total().divide(saved, 0, RoundingMode.CEILING);
    return String.format(
        Locale.ROOT,
        "A request with it costs %s less than one with the files: it pays off from %,d requests"
            + " on.",
        Dollars.shown(saved),
        requests.longValue());
  }

  /** Returns a duration as an option writes it: 90m, 2h, 7d. */
  private static String lifetime(Duration time) {
    if (time.toHours() >= 48 && time.toSeconds() % 86_400 == 0) {
      return time.toDays() + "d";
    }
    if (time.toSeconds() % 3600 == 0) {
      return time.toHours() + "h";
    }
    return time.toSeconds() % 60 == 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
  }

  /** Returns what came of a creation. */
  public static String outcome(Outcome outcome) {
    NamedCache cache = outcome.cache();
    String what =
        String.format(
            Locale.ROOT,
            "%,d tokens, expires at %s",
            cache.cache().tokens(),
            shown(cache.cache().expiresAt()));
    return outcome.cost() == null
        ? cache.name() + " exists already with this content: " + what + ". Nothing was created."
        : "Created " + cache.name() + ": " + what + ".";
  }

  /** Returns what a created cache has cost. */
  public static String spent(CacheCost cost) {
    Dollars parts = Dollars.sum(List.of(cost.creation(), cost.storage()));
    return "Spent US$ "
        + parts.total()
        + ": US$ "
        + parts.part(0)
        + " for creating it and US$ "
        + parts.part(1)
        + " for storing it until it expires.";
  }

  /** Returns a table of caches. */
  public static List<String> table(List<NamedCache> caches, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "model", "tokens", "expires", "an hour", "a request saves"));
    for (NamedCache each : caches) {
      rows.add(
          List.of(
              each.name(),
              each.owner().model(),
              String.format(Locale.ROOT, "%,d", each.cache().tokens()),
              each.isExpired(now) ? "expired" : shown(each.cache().expiresAt()),
              each.owner()
                  .caches()
                  .storageAnHour(each.cache().tokens())
                  .map(Dollars::shown)
                  .orElse("unknown"),
              Dollars.shown(each.owner().caches().savedByARequest(each.cache().tokens()))));
    }
    return TextTable.lines(rows);
  }

  private static String shown(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
