package dev.attune.pipeline.redact;

import dev.attune.pipeline.redact.text.NumberName;
import dev.attune.pipeline.redact.text.Text;
import java.util.Locale;
import java.util.Set;

/**
 * Tells four numbers between dots that are a version or a section of a document from an address: by
 * the word in front of them, by a word glued behind them, or because they stand in a list with one.
 */
final class VersionNumber {
  private static final int PARTS = 4;
  private static final int MOST_OF_PART = 255;

  /** Of a list so many numbers in front are looked at. */
  private static final int MOST_OF_LIST = 8;

  private static final int LONGEST_NUMBER = 30;

  /** ", and then" is none any more. */
  private static final int LONGEST_JOINT = 9;

  /** Numbers of one list have one of them between them, and blanks. */
  private static final Set<String> JOINTS =
      Set.of(
          ",", ";", "/", "-", "–", "&", ", and", ", or", "and", "or", "to", "through", "until",
          "und", "oder", "bis", "et", "ou", "à", "y", "o", "a", "e", "ed", "och", "og", "eller",
          "en", "of", "i", "do", "и", "до", "和", "与", "及", "、", "と");

  private VersionNumber() {}

  /** Whether the four numbers there are no address. */
  static boolean isAt(String text, int start, int end) {
    boolean suffixed = Text.at(text, end) == '-' && !Text.isDigitAt(text, end + 1);
    return (suffixed && Text.isWordAt(text, end + 1))
        || NumberName.inFrontOf(text, start) == NumberName.VERSION
        || (mayShareList(text, start, end)
            && (followsVersion(text, start) || precedesVersion(text, end)));
  }

  /**
   * Whether they may be a version because their neighbour in a list is one. "1.2.3.4 and 10.0.0.7"
   * names a version and an address.
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

  /** Where the number ends that stands before the joint in front of a place; the place for none. */
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

  /** Whether it has too many numbers, or too large ones, for an address. */
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
