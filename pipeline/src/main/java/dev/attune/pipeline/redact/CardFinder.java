package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Finder;
import dev.attune.pipeline.redact.finder.NumberName;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.redact.finder.Text;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.CodeValidator;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.CreditCardValidator.CreditCardRange;

/**
 * Finds numbers of payment cards: 13 to 19 digits with the prefix of an issuer and a valid check
 * digit, in one piece or in the groups that are printed on cards, separated by one blank, hyphen or
 * dot. Digits in one piece after the name of another number, such as IMEI or EAN, are not a card.
 */
final class CardFinder implements Finder {
  private static final int LEAST_DIGITS = 13;
  private static final int MOST_DIGITS = 19;
  private static final int MOST_GROUPS = 5;
  private static final int GROUP = 4;

  /** Groups of American Express and of Diners Club. */
  private static final int SECOND_OF_THREE = 6;

  // The validator's own ranges know the five below; ranges of the others as their rules give them:
  // JCB 3528 to 3589, UnionPay 62, Maestro 50 and 56 to 69 but for the numbers of others.
  private static final CreditCardRange[] RANGES = {
    new CreditCardRange("3528", "3589", 16, 19),
    new CreditCardRange("62", null, 16, 19),
    new CreditCardRange("5018", "5020", 12, 19),
    new CreditCardRange("5038", null, 12, 19),
    new CreditCardRange("6304", null, 12, 19),
    new CreditCardRange("6759", "6763", 12, 19),
  };

  private static final CreditCardValidator CARDS =
      new CreditCardValidator(
          new CodeValidator[] {
            CreditCardValidator.AMEX_VALIDATOR,
            CreditCardValidator.DINERS_VALIDATOR,
            CreditCardValidator.DISCOVER_VALIDATOR,
            CreditCardValidator.MASTERCARD_VALIDATOR,
            CreditCardValidator.VISA_VALIDATOR,
          },
          RANGES);

  @Override
  public boolean mayContain(CharacterCounts counts) {
    return counts.digits() >= LEAST_DIGITS;
  }

  @Override
  public void find(String text, DigitRuns digits, Consumer<Span> found) {
    int free = 0;
    for (int run = 0; run < digits.count(); run++) {
      int start = digits.start(run);
      if (start >= free && !Text.joinsFiguresAt(text, start - 1)) {
        int end = endOfCard(text, start);
        if (end > start) {
          found.accept(new Span(start, end, PersonalKind.CARD));
          free = end;
        }
      }
    }
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (Text.isDigitAt(text, end)) {
      end++;
    }
    return end;
  }

  /**
   * Returns the end of the longest card number that begins here, or {@code start} if there is none.
   */
  private static int endOfCard(String text, int start) {
    if (!isLongEnough(text, start)) {
      return start;
    }
    int[] lengths = new int[MOST_GROUPS];
    StringBuilder digits = new StringBuilder(MOST_DIGITS);
    int best = start;
    char divider = 0;
    int at = start;
    for (int group = 0; group < MOST_GROUPS; group++) {
      int end = endOfDigits(text, at);
      if (end == at || digits.length() + end - at > MOST_DIGITS) {
        break;
      }
      digits.append(text, at, end);
      lengths[group] = end - at;
      if (arePrinted(lengths, group + 1)
          && !Text.joinsFiguresAt(text, end)
          && digits.length() >= LEAST_DIGITS
          && CARDS.isValid(digits.toString())
          && (group > 0 || !NumberName.inFrontOf(text, start).isOfGoods())) {
        best = end;
      }
      char next = Text.at(text, end);
      if (!Text.dividesGroups(next) || (divider != 0 && next != divider)) {
        break;
      }
      divider = next;
      at = end + 1;
    }
    return best;
  }

  /**
   * Returns whether enough digits for a card follow, with at most one divider between two of them.
   */
  private static boolean isLongEnough(String text, int start) {
    int digits = 0;
    int i = start;
    while (digits < LEAST_DIGITS) {
      if (Text.isDigitAt(text, i)) {
        digits++;
      } else if (!Text.isDigitAt(text, i + 1)) {
        return false;
      }
      i++;
    }
    return true;
  }

  private static boolean arePrinted(int[] lengths, int groups) {
    if (groups == 1) {
      return true;
    }
    if (groups == 3 && lengths[0] == GROUP && lengths[1] == SECOND_OF_THREE) {
      return true;
    }
    for (int group = 0; group < groups - 1; group++) {
      if (lengths[group] != GROUP) {
        return false;
      }
    }
    return groups >= GROUP && lengths[groups - 1] <= GROUP;
  }
}
