package trimtab.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.testkit.Seeded;

class DecimalsTest {
  private static final int ROUNDS = 2_000;

  @ParameterizedTest
  @CsvSource({
    "0, 8, 0",
    "-0.000, 2, 0",
    "1.05, 2, 105",
    "1.05, 6, 1050000",
    "1.0500000000, 2, 105",
    "-.5, 1, -5",
    "+7., 0, 7",
    "1e3, 0, 1000",
    "2.5E-3, 4, 25",
    "0e99, 0, 0",
    "' 12 ', 1, 120",
    "9223372036854775807, 0, 9223372036854775807",
    "-9.223372036854775808, 18, -9223372036854775808",
  })
  void readsPlainDecimals(String text, int decimals, long units) {
    assertThat(Decimals.parse(text, decimals)).isEqualTo(units);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "-", "abc", "0x10", "NaN", "1e100", "1 000", "--1", "1.2.3", "1,2,3"
      })
  void refusesWhatIsNoDecimal(String text) {
    refuses(text, 8, "'" + text + "' is not a decimal number");
  }

  @Test
  void showsHowACommaIsWritten() {
    refuses("1,05", 8, "'1,05' is not a decimal number; write 1.05");
  }

  @Test
  void refusesMoreDigitsThanAnyNumberHas() {
    String longest = "0".repeat(Decimals.TEXT_LENGTH_MAX - 1) + "1";
    assertThat(Decimals.parse(longest, 0)).isEqualTo(1);
    refuses("0" + longest, 0, "'0" + longest + "' is not a decimal number");
  }

  @Test
  void namesTheStepThatATextIsFinerThan() {
    refuses(
        "0.0000001", 6, "'0.0000001' has more than 6 decimals; the smallest step here is 0.000001");
    refuses("2.50", 0, "'2.50' has more than 0 decimals; the smallest step here is 1");
  }

  @Test
  void namesTheLargestNumberThatFits() {
    refuses(
        "9223372036854775808",
        0,
        "'9223372036854775808' is too large; at most 9223372036854775807 fits");
    refuses("-92233720369", 8, "'-92233720369' is too large; at most 92233720368.54775807 fits");
  }

  private static void refuses(String text, int decimals, String sentence) {
    assertThatThrownBy(() -> Decimals.parse(text, decimals))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource({"0.000, 0", "100, 0", "1.05, 2", "1.0500, 2", "1e-7, 7", "12e5, 0"})
  void countsTheDecimalsThatATextNeeds(String text, int decimals) {
    assertThat(Decimals.decimalsOf(text)).isEqualTo(decimals);
  }

  @Test
  void countsNoDecimalsOfWhatIsNoNumber() {
    assertThatThrownBy(() -> Decimals.decimalsOf("1,5"))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("'1,5' is not a decimal number; write 1.5");
  }

  @ParameterizedTest
  @CsvSource({
    "1050000, 6, 1.050000, 1.05",
    "0, 2, 0.00, 0",
    "-5, 3, -0.005, -0.005",
    "1200, 0, 1200, 1200",
    "1200, 2, 12.00, 12",
    "-9223372036854775808, 18, -9.223372036854775808, -9.223372036854775808",
  })
  void writesAllDecimalsOrThoseThatCount(long units, int decimals, String all, String few) {
    assertThat(Decimals.format(units, decimals)).isEqualTo(all);
    assertThat(Decimals.formatShort(units, decimals)).isEqualTo(few);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsBackWhatItWrote(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      long units = seeded.edgy();
      int decimals = (int) seeded.between(0, Decimals.DECIMALS_MAX);
      String text = Decimals.format(units, decimals);
      assertThat(new BigDecimal(text)).isEqualByComparingTo(BigDecimal.valueOf(units, decimals));
      assertThat(Decimals.parse(text, decimals)).isEqualTo(units);
      assertThat(Decimals.parse(Decimals.formatShort(units, decimals), decimals)).isEqualTo(units);
    }
  }

  @Test
  void powersOfTenEndWhereALongDoes() {
    assertThat(Decimals.powerOfTen(0)).isEqualTo(1);
    assertThat(Decimals.powerOfTen(18)).isEqualTo(1_000_000_000_000_000_000L);
    assertThatThrownBy(() -> Decimals.powerOfTen(19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("10^19 does not fit a long");
    assertThatThrownBy(() -> Decimals.powerOfTen(-1)).hasMessage("10^-1 does not fit a long");
  }
}
