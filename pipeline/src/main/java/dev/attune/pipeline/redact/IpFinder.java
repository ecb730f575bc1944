package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Finder;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.redact.finder.Text;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.InetAddressValidator;

/**
 * Finds IPv4 and IPv6 addresses, except reserved ones ({@link ReservedAddress}). Four numbers after
 * a letter, as in v1.2.3.4, and those that are a {@link VersionNumber}, are not addresses.
 */
final class IpFinder implements Finder {
  private static final InetAddressValidator ADDRESSES = InetAddressValidator.getInstance();

  // 45 characters: an IPv6 address that ends in an IPv4 address.
  private static final int LONGEST = 45;
  private static final int SHORTEST = 6;

  /** Shorter ones, such as a::b, are taken for code. */
  private static final int LEAST_HEX_DIGITS = 4;

  @Override
  public boolean mayContain(CharacterCounts counts) {
    return counts.digits() > 0 && (counts.dots() > 2 || counts.colons() > 1);
  }

  @Override
  public void find(String text, DigitRuns digits, Consumer<Span> found) {
    int free = 0;
    for (int run = 0; run < digits.count(); run++) {
      int figure = digits.start(run);
      if (figure >= free) {
        free = aroundFigure(text, free, figure, found);
      }
    }
  }

  /** Checks the text around a run of digits and returns where it ends. */
  private static int aroundFigure(String text, int free, int figure, Consumer<Span> found) {
    int start = figure;
    while (start > free && isPart(text.charAt(start - 1))) {
      start--;
    }
    int dots = 0;
    int colons = 0;
    int i = start;
    while (i < text.length() && isPart(text.charAt(i))) {
      dots += text.charAt(i) == '.' ? 1 : 0;
      colons += text.charAt(i) == ':' ? 1 : 0;
      i++;
    }
    if (dots > 2 || colons > 1) {
      // A word follows directly: the part before the last colon may still be an address.
      int end =
          Text.joinsFiguresAt(text, i) ? Math.max(start, Text.lastIndexOf(text, ':', start, i)) : i;
      if (end - start >= SHORTEST) {
        inRun(text, start, end, found);
      }
    }
    return i;
  }

  /** Checks a run of hexadecimal digits, dots and colons, which may be the end of a word. */
  private static void inRun(String text, int start, int end, Consumer<Span> found) {
    int first = Text.joinsFiguresAt(text, start - 1) ? afterColon(text, start, end) : start;
    while (first < end && !isHex(text.charAt(first)) && !text.startsWith("::", first)) {
      first++;
    }
    int last = end;
    while (last > first && !isHex(text.charAt(last - 1)) && !endsInGap(text, first, last)) {
      last--;
    }
    if (last - first >= SHORTEST && last - first <= LONGEST && isSix(text, first, last)) {
      if (!ReservedAddress.isReserved(text.substring(first, last))) {
        found.accept(new Span(first, last, PersonalKind.IP));
      }
      return;
    }
    // Behind a label and before a port: Host:10.0.0.1:8080.
    int from = first;
    while (from < last) {
      int to = colonOrEnd(text, from, last);
      if (isFour(text, from, to)) {
        found.accept(new Span(from, to, PersonalKind.IP));
      }
      from = to + 1;
    }
  }

  private static int afterColon(String text, int start, int end) {
    return Math.min(end, colonOrEnd(text, start, end) + 1);
  }

  private static int colonOrEnd(String text, int from, int end) {
    int i = from;
    while (i < end && text.charAt(i) != ':') {
      i++;
    }
    return i;
  }

  private static boolean endsInGap(String text, int first, int last) {
    return last - first > 2 && text.startsWith("::", last - 2);
  }

  private static boolean isSix(String text, int start, int end) {
    int digits = 0;
    int hex = 0;
    int colons = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      digits += Text.isDigit(c) ? 1 : 0;
      hex += isHex(c) ? 1 : 0;
      colons += c == ':' ? 1 : 0;
    }
    return colons > 1
        && digits > 0
        && hex >= LEAST_HEX_DIGITS
        && ADDRESSES.isValidInet6Address(text.substring(start, end));
  }

  private static boolean isFour(String text, int from, int to) {
    int start = from;
    int end = to;
    while (end > start && text.charAt(end - 1) == '.') {
      end--;
    }
    int length = end - start;
    return length > SHORTEST
        && length <= "255.255.255.255".length()
        && ADDRESSES.isValidInet4Address(text.substring(start, end))
        && !ReservedAddress.isReserved(text.substring(start, end))
        && !VersionNumber.isAt(text, start, end);
  }

  private static boolean isPart(char c) {
    return isHex(c) || c == '.' || c == ':';
  }

  private static boolean isHex(char c) {
    return Text.isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }
}
