package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Finder;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.redact.finder.Text;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.IBANValidator;

/**
 * Finds international bank account numbers: two letters and two digits at the start of a word, as
 * many letters and digits as numbers of that country have, in one piece or separated by single
 * blanks, hyphens or dots, with valid check digits.
 */
final class IbanFinder implements Finder {
  private static final IBANValidator IBANS = IBANValidator.getInstance();
  private static final int PREFIX = 4;
  private static final int COUNTRY = 2;

  /** May precede a number without a blank. */
  private static final String NAME = "IBAN";

  @Override
  public boolean mayContain(CharacterCounts counts) {
    return counts.digits() >= PREFIX;
  }

  @Override
  public void find(String text, DigitRuns digits, Consumer<Span> found) {
    int free = 0;
    for (int run = 0; run < digits.count(); run++) {
      int start = digits.start(run) - COUNTRY;
      if (start >= free && begins(text, start)) {
        int end = endOfIban(text, start);
        if (end > start) {
          found.accept(new Span(start, end, PersonalKind.IBAN));
          free = end;
        }
      }
    }
  }

  private static boolean begins(String text, int i) {
    return Text.isDigitAt(text, i + 2)
        && Text.isDigitAt(text, i + 3)
        && Text.isLetter(text.charAt(i))
        && Text.isLetter(text.charAt(i + 1))
        && (!Text.joinsFiguresAt(text, i - 1)
            || text.regionMatches(true, i - NAME.length(), NAME, 0, NAME.length()));
  }

  private static int endOfIban(String text, int start) {
    String country = text.substring(start, start + COUNTRY).toUpperCase(Locale.ROOT);
    IBANValidator.Validator rule = IBANS.getValidator(country);
    if (rule == null) {
      return start;
    }
    int length = rule.getIbanLength();
    StringBuilder iban = new StringBuilder(length);
    int i = start;
    while (i < text.length() && iban.length() < length) {
      char c = text.charAt(i);
      if (Text.isLetter(c) || Text.isDigit(c)) {
        iban.append(c);
      } else if (!Text.dividesGroups(c) || !Text.isWordAt(text, i + 1)) {
        return start;
      }
      i++;
    }
    boolean whole = iban.length() == length && !Text.joinsFiguresAt(text, i);
    return whole && IBANS.isValid(iban.toString().toUpperCase(Locale.ROOT)) ? i : start;
  }
}
