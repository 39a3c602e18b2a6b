package dev.nightdesk.staged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.contract.RawField;
import dev.nightdesk.contract.RawField.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as fields of a type. */
class FieldReaderTest {

  private static final FieldReader READER = reader(false);

  private static FieldReader reader(boolean isDecimalComma) {
    return new FieldReader(
        TextForms.of(ZoneId.of("Europe/Berlin"), List.of(), isDecimalComma, "minutes"));
  }

  private static RawField field(Type type) {
    return new RawField(
        "field", List.of("field"), type, "", false, false, List.of("open", "on hold"), "A field.");
  }

  private static Object read(Type type, String text) {
    return READER.value(field(type), text);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "6139157572367, 6139157572367",
        "6139157572367.0, 6139157572367",
        "6139157572367.5, 6139157572367.5",
        "6.139157572367E12, 6139157572367",
        "6.139157e+12, none",
        "6.13916E+12, none",
        "1.23456789e400, none",
        "gid://shopify/Order/5010, 5010",
        "gid://shopify/Order/5010?key=1, 5010",
        "order-17, order-17",
        "EU.3/e, EU.3/e",
      })
  void anIdIsWhatItWasBeforeAProgramTookItForANumber(String text, String id) {
    assertThat(read(Type.ID, text)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "17, 17",
        "-17.00, -17",
        "+17, 17",
        "17.5, none",
        "1e3, none",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, none",
        "seventeen, none",
        "١٧, none",
      })
  void aWholeNumberHasNoFraction(String text, Long number) {
    assertThat(read(Type.INTEGER, text)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "12.34567, 12.3457",
        "-0.00005, -0.0001",
        "0.00004, 0.0000",
        "1e-999999999, 0.0000",
        "1e999999999, none",
        "999999999999999.9999, 999999999999999.9999",
        "999999999999999.99999, none",
        "12.3.4, none",
      })
  void moneyHasFourDecimals(String text, BigDecimal amount) {
    assertThat(read(Type.DECIMAL, text)).isEqualTo(amount);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"1.5, 1.5", "1e3, 1000", "NaN, none", "-Infinity, none", "1e999, none", "x, none"})
  void aNumberIsFinite(String text, Double number) {
    assertThat(read(Type.NUMBER, text)).isEqualTo(number);
  }

  @Test
  void aDecimalCommaComesWithPointsBetweenThousands() {
    FieldReader german = reader(true);

    assertThat(german.value(field(Type.DECIMAL), "1.234,56"))
        .isEqualTo(new BigDecimal("1234.5600"));
    assertThat(german.value(field(Type.INTEGER), "1.234")).isEqualTo(1234L);
    assertThat(german.value(field(Type.DURATION), "1,5")).isEqualTo(90L);
  }

  @Test
  void codesAndTruthValuesAreReadInAnyCase() {
    assertThat(read(Type.CODE, "On Hold")).isEqualTo("on hold");
    assertThat(read(Type.CODE, "waiting")).isNull();
    assertThat(read(Type.BOOLEAN, "YES")).isEqualTo(true);
    assertThat(read(Type.BOOLEAN, "0")).isEqualTo(false);
    assertThat(read(Type.BOOLEAN, "maybe")).isNull();
  }

  @Test
  void timesAreReadAsTheSourceWritesThem() {
    assertThat(read(Type.INSTANT, "2026-03-29 03:15:00"))
        .isEqualTo(Instant.parse("2026-03-29T01:15:00Z"));
    assertThat(read(Type.INSTANT, "2026-03-29 02:15:00")).as("skipped by the clock").isNull();
    assertThat(read(Type.UNIX_SECONDS, "1774746900.5"))
        .isEqualTo(Instant.parse("2026-03-29T01:15:00.5Z"));
    assertThat(read(Type.DATE, "2026-03-29")).isEqualTo(LocalDate.of(2026, 3, 29));
    assertThat(read(Type.DATE, "2026-02-30")).isNull();
    assertThat(read(Type.ZONE, "Berlin")).isEqualTo("Europe/Berlin");
    assertThat(read(Type.ZONE, "Atlantis")).isNull();
  }

  @Test
  void whatCannotBeReadHasAReason() {
    for (Type type : Type.values()) {
      assertThat(READER.problem(field(type), "?")).as(type.name()).isNotBlank();
    }
  }

  @Test
  void blanksAroundATextDoNotCount() {
    assertThat(FieldReader.withoutBlanks("  a b ")).isEqualTo("a b");
    assertThat(FieldReader.withoutBlanks("\ta")).isEqualTo("\ta");
    assertThat(FieldReader.withoutBlanks("   ")).isNull();
    assertThat(FieldReader.withoutBlanks("")).isNull();
    assertThat(FieldReader.withoutBlanks(null)).isNull();
  }
}
