package dev.attune.pipeline.redact.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/** Asks libphonenumber whether digits are a telephone number. */
final class PhoneRules {
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  /** The region for numbers with a country code; libphonenumber does not use it. */
  private static final String ANY = "GB";

  private static final int NORTH_AMERICA = 1;

  /** Country codes of Germany, Great Britain and France, and the maximum of digits after the 0. */
  private static final int[] WITH_ZERO = {49, 44, 33};

  private static final int[] MOST_DIGITS = {13, 10, 9};
  private static final int LEAST_POSSIBLE_DIGITS = 10;

  private PhoneRules() {}

  /** Returns whether a number with its country code is valid. */
  enum Standing {
    NONE,

    /**
     * The number has a length of its country. The library does not accept numbers for fiction and
     * new ranges as valid.
     */
    POSSIBLE,
    VALID
  }

  /**
   * Checks a number with a country code.
   *
   * @param digits the number of its digits
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

  /** Returns whether digits are a national number of Germany, Great Britain or France. */
  static boolean isNational(String figures) {
    for (int i = 0; i < WITH_ZERO.length; i++) {
      if (figures.length() <= MOST_DIGITS[i] && isValid(WITH_ZERO[i], figures)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether ten digits are a North American number. */
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
