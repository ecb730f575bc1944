package dev.attune.pipeline.redact;

import dev.attune.pipeline.redact.finder.NumberName;
import dev.attune.pipeline.redact.finder.Text;
import java.util.Locale;
import java.util.Set;

/**
 * Distinguishes a version or a section number with four parts from an IPv4 address: by the word
 * before it, by a word attached to it, or because it is in a list with a version.
 */
final class VersionNumber {
  private static final int PARTS = 4;
  private static final int MOST_OF_PART = 255;

  /** How many numbers of a list are checked. */
  private static final int MOST_OF_LIST = 8;

  private static final int LONGEST_NUMBER = 30;

  /** Longer texts between two numbers end a list. */
  private static final int LONGEST_JOINT = 9;

  /** The texts between two numbers of a list, without blanks. */
  private static final Set<String> JOINTS =
      Set.of(
          ",", ";", "/", "-", "–", "&", ", and", ", or", "and", "or", "to", "through", "until",
          "und", "oder", "bis", "et", "ou", "à", "y", "o", "a", "e", "ed", "och", "og", "eller",
          "en", "of", "i", "do", "и", "до", "和", "与", "及", "、", "と");

  private VersionNumber() {}

  /** Returns whether these four numbers are a version. */
  static boolean isAt(String text, int start, int end) {
    boolean suffixed = Text.at(text, end) == '-' && !Text.isDigitAt(text, end + 1);
    return (suffixed && Text.isWordAt(text, end + 1))
        || NumberName.inFrontOf(text, start) == NumberName.VERSION
        || (mayShareList(text, start, end)
            && (followsVersion(text, start) || precedesVersion(text, end)));
  }

  /**
   * Returns whether the numbers may be a version because a neighbour in a list is one. "1.2.3.4 and
   * 10.0.0.7" is a version and an address.
   */
  private static boolean mayShareList(String text, int start, int end) {
    if (text.startsWith("10.", start)) {
      return false;
    }
    int digits = 0;
    for (int i = start; i < end; i++) {
      digits = text.charAt(i) == '.' ? 0 : digits + 1;
      if (digits > 2) {
        return false;
      }
    }
    return true;
  }

  private static boolean followsVersion(String text, int start) {
    int next = start;
    for (int item = 0; item < MOST_OF_LIST; item++) {
      int end = endBeforeJoint(text, next);
      int first = end;
      while (end - first < LONGEST_NUMBER && isOfNumber(text, first - 1)) {
        first--;
      }
      if (first == end) {
        return false;
      }
      char letter = Text.at(text, first - 1);
      if (isOnlyVersion(text, first, end)
          || letter == 'v'
          || letter == 'V'
          || NumberName.inFrontOf(text, first) == NumberName.VERSION) {
        return true;
      }
      next = first;
    }
    return false;
  }

  private static boolean precedesVersion(String text, int end) {
    int limit = Math.min(text.length(), end + LONGEST_JOINT);
    int start = end;
    while (start < limit && !Text.isDigit(text.charAt(start))) {
      start++;
    }
    int last = start;
    while (last - start < LONGEST_NUMBER && isOfNumber(text, last)) {
      last++;
    }
    return isJoint(text, end, start) && isOnlyVersion(text, start, last);
  }

  /** Returns the end of the previous number of the list, or {@code place} if there is none. */
  private static int endBeforeJoint(String text, int place) {
    int limit = Math.max(0, place - LONGEST_JOINT);
    int end = place;
    while (end > limit && !Text.isDigit(text.charAt(end - 1))) {
      end--;
    }
    return isJoint(text, end, place) ? end : place;
  }

  private static boolean isJoint(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Text.isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && Text.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return start < end && JOINTS.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
  }

  private static boolean isOfNumber(String text, int i) {
    return Text.isDigitAt(text, i) || Text.at(text, i) == '.';
  }

  /** Returns whether it has too many or too large numbers for an address. */
  private static boolean isOnlyVersion(String text, int start, int end) {
    int parts = 0;
    int value = 0;
    boolean large = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      value = c == '.' ? 0 : Math.min(MOST_OF_PART + 1, 10 * value + c - '0');
      large |= value > MOST_OF_PART;
      parts += c != '.' && (i == start || text.charAt(i - 1) == '.') ? 1 : 0;
    }
    return parts > PARTS || (parts == PARTS && large);
  }
}
