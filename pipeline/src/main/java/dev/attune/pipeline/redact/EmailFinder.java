package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Finder;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.redact.finder.Text;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.DomainValidator.ArrayType;
import org.apache.commons.validator.routines.EmailValidator;

/**
 * Finds e-mail addresses: the text around an @, if EmailValidator accepts it. Its list of top-level
 * domains is extended by those of private networks and examples. Remotes of version control
 * systems, packages with versions and the like are not addresses: see {@link CodeAroundAt}.
 */
final class EmailFinder implements Finder {
  /** RFC 5321, section 4.5.3.1. */
  private static final int LONGEST_LOCAL_PART = 64;

  private static final int LONGEST_DOMAIN = 255;

  /** How many domains are tried for one @, each shorter than the one before. */
  private static final int MOST_TRIES = 8;

  private static final String[] PRIVATE_DOMAINS = {
    "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "test"
  };

  private static final DomainValidator DOMAINS =
      DomainValidator.getInstance(
          false, List.of(new DomainValidator.Item(ArrayType.GENERIC_PLUS, PRIVATE_DOMAINS)));
  private static final EmailValidator EMAILS = new EmailValidator(false, false, DOMAINS);

  @Override
  public boolean mayContain(CharacterCounts counts) {
    return counts.ats() > 0 && counts.dots() > 0;
  }

  @Override
  public void find(String text, DigitRuns digits, Consumer<Span> found) {
    int free = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int start = startOfLocalPart(text, at, free);
      if (start < at) {
        int end = endOfAddress(text, start, at);
        if (end > at) {
          found.accept(new Span(start, end, PersonalKind.EMAIL));
          free = end;
        }
      }
    }
  }

  private static int startOfLocalPart(String text, int at, int free) {
    int start = at;
    int limit = Math.max(free, at - LONGEST_LOCAL_PART);
    boolean latin = at > 0 && isLatin(text.charAt(at - 1));
    while (start > limit
        && isLocal(text.charAt(start - 1))
        && (!latin || isLatin(text.charAt(start - 1)))
        && !text.startsWith("..", start - 1)) {
      start--;
    }
    while (start < at && !Text.isWord(text.charAt(start)) && text.charAt(start) != '+') {
      start++;
    }
    return Text.at(text, at - 1) == '.' ? at : start;
  }

  /** Returns the end of the longest valid address, or the index of the @ if there is none. */
  private static int endOfAddress(String text, int start, int at) {
    int end = endOfLabels(text, at + 1);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      int dot = Text.lastIndexOf(text, '.', at + 1, end);
      while (dot > at && !DOMAINS.isValidTld(text.substring(dot + 1, end))) {
        end = dot;
        dot = Text.lastIndexOf(text, '.', at + 1, end);
      }
      if (dot <= at) {
        return at;
      }
      if (EMAILS.isValid(text.substring(start, end))) {
        return CodeAroundAt.isAt(text, start, at, end) ? at : end;
      }
      end = dot;
    }
    return at;
  }

  /**
   * Returns the end of the domain labels that begin at an index. No label begins or ends with a
   * hyphen.
   */
  private static int endOfLabels(String text, int start) {
    int limit = Math.min(text.length(), start + LONGEST_DOMAIN);
    int end = start;
    int i = start;
    while (i < limit && text.charAt(i) != '-') {
      int label = i;
      boolean latin = isLatin(text.charAt(i));
      while (i < limit
          && isDomain(text.charAt(i))
          && (!latin || isLatin(text.charAt(i)))
          && text.charAt(i) != '.') {
        i++;
      }
      int last = i;
      while (last > label && text.charAt(last - 1) == '-') {
        last--;
      }
      if (last == label) {
        break;
      }
      end = last;
      if (last < i || i >= limit || text.charAt(i) != '.') {
        break;
      }
      i++;
    }
    return end;
  }

  /**
   * Returns whether a character may be in a local part. RFC 5322 allows more: {@code /?=&} are more
   * often next to addresses than in them.
   */
  private static boolean isLocal(char c) {
    return Text.isWord(c) || c == '.' || c == '-' || c == '+' || c == '%' || c == '\'';
  }

  /**
   * Returns whether a character is a Latin letter, a digit or a sign. If a part of an address
   * begins with one, a letter of another script belongs to the surrounding text: Japanese and
   * Korean have no blank in between.
   */
  private static boolean isLatin(char c) {
    return c < '\u0250' || (c >= '\u1e00' && c <= '\u1eff');
  }

  private static boolean isDomain(char c) {
    return (c != '_' && Text.isWord(c)) || c == '.' || c == '-';
  }
}
