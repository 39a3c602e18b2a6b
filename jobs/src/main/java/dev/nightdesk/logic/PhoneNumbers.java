package dev.nightdesk.logic;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/** One spelling for all ways of writing a phone number. */
public final class PhoneNumbers {

  /** libphonenumber's name for no country. */
  private static final String NO_REGION = "ZZ";

  private PhoneNumbers() {}

  /**
   * A phone number in E.164, like {@code +49301234567}; null if the text names none.
   *
   * <p>Judged by length only: number plans change with the library's version, and an identity must
   * not. A number with an extension is that of an office and names nobody.
   *
   * @param text may be null
   * @param region ISO 3166 code of the country of numbers without country code; empty: there is
   *     none, and such numbers are not understood
   */
  public static String e164(String text, String region) {
    if (text == null || text.isBlank()) {
      return null;
    }
    PhoneNumberUtil plan = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = plan.parse(text, region.isEmpty() ? NO_REGION : region);
      boolean isWhole = plan.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
      return isWhole && !number.hasExtension() ? plan.format(number, PhoneNumberFormat.E164) : null;
    } catch (NumberParseException e) {
      return null;
    }
  }
}
