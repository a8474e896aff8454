package trimtab.market.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bars that did not come through the reader obey the same rules.
class MinuteBarsTest {
  @ParameterizedTest
  @CsvSource({
    "-60000, 5, 5, 5, 5, 1",
    "60001, 5, 5, 5, 5, 1",
    "0, 5, 5, 5, 5, 1",
    "60000, 5, 4, 4, 4, 1",
    "60000, 4, 4, 4, 5, 1",
    "60000, 4, 5, 5, 5, 1",
    "60000, 5, 5, 5, 4, 1",
    "60000, 0, 0, 0, 0, 1",
    "60000, 5, 1000000000000000000, 5, 5, 1",
    "60000, 5, 5, 5, 5, -1",
    "60000, 5, 5, 5, 5, NaN",
  })
  void unsoundBarIsRefused(long time, long open, long high, long low, long close, double volume) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new MinuteBars(
                "X",
                2,
                new long[] {0, time},
                new long[] {5, open},
                new long[] {5, high},
                new long[] {5, low},
                new long[] {5, close},
                new double[] {1, volume}));
  }

  @Test
  void columnsMustHaveOneLengthAboveZero() {
    long[] one = {5};
    long[] none = {};

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MinuteBars("X", 2, new long[] {0}, one, one, one, none, new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MinuteBars("X", 2, none, none, none, none, none, new double[0]));
  }

  @Test
  void columnsAreCopied() {
    long[] close = {5};
    MinuteBars bars =
        new MinuteBars(
            "X",
            0,
            new long[] {0},
            new long[] {5},
            new long[] {9},
            new long[] {1},
            close,
            new double[] {1});

    close[0] = 7;

    assertThat(bars.close(0)).isEqualTo(5);
  }
}
