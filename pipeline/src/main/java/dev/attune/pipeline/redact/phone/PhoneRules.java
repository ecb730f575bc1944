package dev.attune.pipeline.redact.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/** What libphonenumber says about figures. */
final class PhoneRules {
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  /** The region of a number that says its country: any will do. */
  private static final String ANY = "GB";

  private static final int NORTH_AMERICA = 1;

  /** Country codes of Germany, Great Britain and France, and the most digits behind the 0. */
  private static final int[] WITH_ZERO = {49, 44, 33};

  private static final int[] MOST_DIGITS = {13, 10, 9};
  private static final int LEAST_POSSIBLE_DIGITS = 10;

  private PhoneRules() {}

  /** What is known of a number with its country code. */
  enum Standing {
    NONE,

    /**
     * It has one of the lengths of its country. Numbers kept for fiction and new ranges are not
     * valid to the library.
     */
    POSSIBLE,
    VALID
  }

  /**
   * Of a number with a country code.
   *
   * @param number from the + on
   * @param digits how many it has
   */
  static Standing international(String number, int digits) {
    PhoneNumber parsed;
    try {
      parsed = PHONES.parse(number, ANY);
    } catch (NumberParseException e) {
      return Standing.NONE;
    }
    if (PHONES.isValidNumber(parsed)) {
      return Standing.VALID;
    }
    boolean possible =
        digits >= LEAST_POSSIBLE_DIGITS
            && PHONES.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE;
    return possible ? Standing.POSSIBLE : Standing.NONE;
  }

  /**
   * Whether figures are a national number of Germany, Great Britain or France.
   *
   * @param figures without the 0 in front
   */
  static boolean isNational(String figures) {
    for (int i = 0; i < WITH_ZERO.length; i++) {
      if (figures.length() <= MOST_DIGITS[i] && isValid(WITH_ZERO[i], figures)) {
        return true;
      }
    }
    return false;
  }

  /** Whether ten figures are a number of North America. */
  static boolean isAmerican(String figures) {
    return isValid(NORTH_AMERICA, figures);
  }

  private static boolean isValid(int country, String figures) {
    if (figures.startsWith("0")) {
      return false;
    }
    return PHONES.isValidNumber(
        new PhoneNumber().setCountryCode(country).setNationalNumber(Long.parseLong(figures)));
  }
}
