package trimtab.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  private final Numbers numbers = new Numbers(true);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "343500;2;3,435.00",
        "-185000;5;\u22121.85000",
        "0;3;0.000",
        "1230;0;1,230",
        "-999;0;\u2212999"
      })
  void exactKeepsAllDecimals(long units, int decimals, String expected) {
    assertThat(numbers.exact(units, decimals)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "71312000;6;3;71.312",
        "71312500;6;3;71.3125",
        "10000000;6;2;10.00",
        "0;6;2;0.00",
        "5;0;2;5"
      })
  void exactDropsZerosDownToTheLot(long units, int decimals, int least, String expected) {
    assertThat(numbers.exact(units, decimals, least)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "12729138000000;8;127,291.38",
        "-134901500000;8;\u22121,349.02",
        "30000;8;0.0003",
        "-1;8;\u22120.00000001",
        "0;8;0.00"
      })
  void moneyIsInCentsAndOnlyATrueZeroReadsAsZero(long units, int decimals, String expected) {
    assertThat(numbers.money(units, decimals)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "64233000,64.2M",
    "999400,999k",
    "999600,1.00M",
    "12.5,12.5",
    "0.004,0.00",
    "1e12,1000B"
  })
  void figuresHaveThreeDigits(BigDecimal value, String expected) {
    assertThat(numbers.figure(value)).isEqualTo(expected.replace("1000B", "1,000B"));
  }

  @Test
  void sharesAndSigns() {
    assertThat(numbers.percent(new BigDecimal("10.6"), new BigDecimal("100"))).isEqualTo("10.6%");
    assertThat(numbers.basisPoints(new BigDecimal("7.1"), new BigDecimal("10000")))
        .isEqualTo("7.1 bp");
    assertThat(numbers.percent(BigDecimal.ONE, BigDecimal.ZERO)).isEqualTo("0.0%");
    assertThat(numbers.signed(new BigDecimal("3.5"))).isEqualTo("+3.5");
    assertThat(numbers.signed(new BigDecimal("0.0"))).isEqualTo("0.0");
    assertThat(new Numbers(false).signed(new BigDecimal("-3.5"))).isEqualTo("-3.5");
  }

  @Test
  void printedPartsAddUpToThePrintedSum() {
    assertThat(numbers.moneyParts(3, 1_004, 1_004, 1_004))
        .containsExactly("1.01", "1.00", "1.00", "3.01");
    assertThat(numbers.moneyParts(3, 1_006, 0, 1_008))
        .containsExactly("1.00", "0.00", "1.01", "2.01");
    assertThat(numbers.moneyParts(8, 0, 0)).containsExactly("0.00", "0.00", "0.00");
  }
}
