package dev.attune.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.PersonalKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What texts cost that are made to cost much: CPU time of the thread, whatever else runs. */
@Tag("long-loops")
class HostileTextsTest {
  private static final int SIZE = 1_000_000;
  private static final double MOST_SECONDS = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Each repeated: every sign alone, and what hurts one finder or another. */
  private static final List<String> PIECES =
      List.of(
          "7",
          "0",
          " ",
          ".",
          ":",
          "@",
          "[",
          "(",
          "+",
          "a",
          "0 ",
          "1.",
          "1:",
          "::",
          "+1",
          "[1",
          "(0)",
          "a@",
          "a@a.",
          "@a.",
          "a..b@de.de.de.de.",
          "a@é.",
          "AA00",
          "DE89 ",
          "DE89.",
          "0123 ",
          "01 23 45 67 89 ",
          "012345678,",
          "0171 1234567 ",
          "12 07700 90012 ",
          "2021 020 7946 001 ",
          "0171/",
          "0 - ",
          "415-555-2671 ",
          "202 555 0143 ",
          "00 49 ",
          "+1 1 1 1 1 1 1 1 1 1,",
          "+999 999 9 9 9 9,",
          "00999 99 99 ",
          "4111 ",
          "4111-1111.",
          "1.2.3.4 ",
          "1.2.3.4, ",
          "version 1.2.3.4 and ",
          "no no no 0123456789 ",
          "1::1:",
          "::ffff:1.2.3.4 ",
          "fe80:",
          "01.02.2021-",
          "2019-2023 ",
          "１ ",
          "a＠b．",
          "\u00AD1",
          "𝟎");

  /** Of each, characters by chance. */
  private static final List<String> ALPHABETS =
      List.of(
          "0123456789",
          "0123456789 ",
          "0123456789 .:@()+[]-",
          "01 .",
          "0:. ",
          "a@.0",
          "+01 (",
          "01 -/.",
          "A0 -",
          "0123456789/ ",
          "0125 -,x");

  private final TextRedactor redactor = new TextRedactor(EnumSet.allOf(PersonalKind.class));

  @Test
  void takesUnderFiveSecondsForAMegabyteOfEveryPattern() {
    PIECES.parallelStream()
        .forEach(
            piece ->
                assertThat(seconds(redactor, piece.repeat(SIZE / piece.length())))
                    .as(piece)
                    .isLessThan(MOST_SECONDS));
  }

  @Test
  void takesUnderFiveSecondsForAMegabyteOfAnyMixture() {
    mixtures(SIZE)
        .forEach(
            (name, text) -> assertThat(seconds(redactor, text)).as(name).isLessThan(MOST_SECONDS));
  }

  /** A quarter of the text, and so of the time: {@link #growsWithTheLengthAndNoFaster} has it. */
  @Test
  void takesNoLongerForEveryKindAlone() {
    Map<String, String> mixtures = mixtures(SIZE / 4);
    for (PersonalKind kind : PersonalKind.values()) {
      TextRedactor alone = new TextRedactor(Set.of(kind));
      mixtures.forEach(
          (name, text) ->
              assertThat(seconds(alone, text))
                  .as("%s in %s", kind, name)
                  .isLessThan(MOST_SECONDS / 4));
    }
  }

  /** Four times the text takes four times as long; sixteen times if it were quadratic. */
  @Test
  void growsWithTheLengthAndNoFaster() {
    Map<String, String> large = mixtures(SIZE / 4);
    mixtures(SIZE / 16)
        .forEach(
            (name, text) -> {
              double few = seconds(redactor, text);
              double many = seconds(redactor, large.getOrDefault(name, ""));
              assertThat(many).as(name).isLessThan(8 * few + 0.1);
            });
  }

  private static Map<String, String> mixtures(int size) {
    Map<String, String> mixtures = new TreeMap<>();
    Random random = new Random(7);
    for (String alphabet : ALPHABETS) {
      StringBuilder text = new StringBuilder(size);
      while (text.length() < size) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      mixtures.put(alphabet, text.toString());
    }
    StringBuilder pieces = new StringBuilder(size);
    while (pieces.length() < size) {
      pieces.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    mixtures.put("all patterns", pieces.toString());
    return mixtures;
  }

  private static double seconds(TextRedactor redactor, String text) {
    long start = THREADS.getCurrentThreadCpuTime();
    redactor.redact(text, kind -> {});
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
  }
}
