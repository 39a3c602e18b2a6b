package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneNumbersTest {

  @Test
  void allWaysToWriteANumberAreOne() {
    for (String text : new String[] {"+49 30 1234567", "0049 (30) 123-4567", "030/1234567"}) {
      assertThat(PhoneNumbers.e164(text, "DE")).as(text).isEqualTo("+49301234567");
    }
  }

  @Test
  void aNumberWithoutCountryCodeIsNoneWithoutRegion() {
    assertThat(PhoneNumbers.e164("030 1234567", "")).isNull();
    assertThat(PhoneNumbers.e164("+49 30 1234567", "")).isEqualTo("+49301234567");
  }

  @Test
  void whatIsNoWholeNumberOfOnePersonIsNone() {
    for (String text :
        new String[] {null, "", "  ", "unknown", "12", "+49 30", "+49 30 1234567 ext. 12"}) {
      assertThat(PhoneNumbers.e164(text, "DE")).as(text).isNull();
    }
  }
}
