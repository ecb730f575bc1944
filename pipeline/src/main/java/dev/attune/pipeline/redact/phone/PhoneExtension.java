package dev.attune.pipeline.redact.phone;

import dev.attune.pipeline.redact.finder.Text;

/** Recognizes extensions after a telephone number: "ext. 12", "x12", "#12". */
final class PhoneExtension {
  private static final int LONGEST_GAP = 3;
  private static final int MOST_DIGITS = 7;
  private static final String[] NAMES = {"extension", "extn", "ext", "xtn", ";ext=", "x", "#"};

  private PhoneExtension() {}

  /** Returns the end of the extension after a number, or the end of the number if there is none. */
  static int endBehind(String text, int number) {
    int name = skip(text, number, ' ', ',');
    for (String each : NAMES) {
      if (text.regionMatches(true, name, each, 0, each.length())) {
        return endOfDigits(
            text, skip(text, name + each.length(), ' ', each.length() > 1 ? '.' : ' '), number);
      }
    }
    return number;
  }

  private static int skip(String text, int from, char one, char other) {
    int i = from;
    while (i - from < LONGEST_GAP && (Text.at(text, i) == one || Text.at(text, i) == other)) {
      i++;
    }
    return i;
  }

  private static int endOfDigits(String text, int from, int number) {
    int end = from;
    while (end - from <= MOST_DIGITS && Text.isDigitAt(text, end)) {
      end++;
    }
    return end == from || end - from > MOST_DIGITS || Text.isWordAt(text, end) ? number : end;
  }
}
