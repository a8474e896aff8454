package trimtab.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PpmTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "0.05, 50000", "1, 1000000", "1.05, 1050000", "-0.000001, -1"})
  void isReadAndWrittenAsAFraction(String text, long ppm) {
    assertThat(Ppm.parse(text)).isEqualTo(ppm);
    assertThat(Ppm.format(ppm)).isEqualTo(text);
  }

  @Test
  void isNotFinerThanAMillionth() {
    assertThatThrownBy(() -> Ppm.parse("0.0000005"))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("'0.0000005' has more than 6 decimals; the smallest step here is 0.000001");
    assertThat(Ppm.parse("0.0500000")).isEqualTo(50_000);
  }

  @Test
  void oneIsOne() {
    assertThat(Ppm.ONE).isEqualTo(Decimals.powerOfTen(Ppm.DECIMALS));
    assertThat(Ppm.format(Ppm.ONE)).isEqualTo("1");
  }
}
