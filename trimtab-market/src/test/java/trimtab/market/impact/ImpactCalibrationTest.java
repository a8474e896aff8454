package trimtab.market.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.market.data.DataException;
import trimtab.market.data.MinuteBars;
import trimtab.market.data.PriceWindows;
import trimtab.market.data.TestPrices;

/// Volatility, volume and impact of real windows and of bars small enough for a pencil.
class ImpactCalibrationTest {
  private static final double MILLION_USD = 1e6;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "2021-01-correction, ETHUSDT, 69",
    "2020-03-covid, ETHUSDT, 383",
    "2023-09-calm, ETHUSDT, 27"
  })
  void aMillionDollarsMovesTheMarkByTheKnownBasisPoints(
      String window, String symbol, long basisPoints) {
    double c = calibration(window, symbol).c();

    assertThat(Math.round(c * Math.sqrt(MILLION_USD) * 10_000)).isEqualTo(basisPoints);
  }

  /// Sigma, V and c of every shipped market, computed apart in numpy from the same files.
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      textBlock =
          """
          2020-03-covid, BTCUSDT, 0.189775, 1.161389e+09, 184.32
          2020-03-covid, ETHUSDT, 0.209565, 3.280278e+08, 382.99
          2021-01-correction, BTCUSDT, 0.104490, 5.012489e+09, 48.85
          2021-01-correction, ETHUSDT, 0.099907, 2.29293e+09, 69.06
          2021-05-china, BTCUSDT, 0.122833, 7.481926e+09, 47.00
          2021-05-china, ETHUSDT, 0.175930, 6.512328e+09, 72.16
          2022-11-ftx, BTCUSDT, 0.076018, 1.051555e+10, 24.54
          2022-11-ftx, ETHUSDT, 0.100143, 2.297283e+09, 69.16
          2023-09-calm, BTCUSDT, 0.013864, 6.013593e+08, 18.71
          2023-09-calm, ETHUSDT, 0.014334, 3.049022e+08, 27.17
          2024-08-yen-carry, BTCUSDT, 0.059823, 3.555155e+09, 33.21
          2024-08-yen-carry, ETHUSDT, 0.089885, 2.364042e+09, 61.19
          2024-08-yen-carry, SUIUSDT, 0.089467, 3.604842e+07, 493.23
          2024-08-yen-carry, TAOUSDT, 0.119328, 3.451347e+07, 672.32
          2025-10-tariff, BTCUSDT, 0.043297, 4.392474e+09, 21.62
          2025-10-tariff, ETHUSDT, 0.068455, 3.60465e+09, 37.74
          2025-10-tariff, SUIUSDT, 0.453156, 2.987539e+08, 867.80
          2025-10-tariff, TAOUSDT, 0.364855, 9.148076e+07, 1262.65
          """)
  void figuresOfEveryMarket(
      String window, String symbol, double sigma, double volumeUsd, double basisPointsPerMillion) {
    ImpactCalibration calibration = calibration(window, symbol);

    assertThat(calibration.sigmaDaily()).isCloseTo(sigma, within(0.5001e-6));
    assertThat(calibration.dailyVolumeUsd()).isCloseTo(volumeUsd, Percentage.withPercentage(1e-4));
    assertThat(calibration.c() * 1e7).isCloseTo(basisPointsPerMillion, within(0.00501));
  }

  @Test
  void byHandWithTwoReturnsOfOppositeSign() {
    // Returns +ln 2 and -ln 2: mean 0, population deviation ln 2 (a sample's would be sqrt(2) ln
    // 2).
    ImpactCalibration calibration =
        ImpactCalibration.of(bars(new long[] {0, 1, 2}, new long[] {100, 200, 100}, 3));

    assertThat(calibration.sigmaDaily()).isCloseTo(Math.log(2) * Math.sqrt(1_440), within(1e-12));
    // Prices 1, 2, 1 with 3 coins each: 12 USD in 3 minutes, 4 USD a minute.
    assertThat(calibration.dailyVolumeUsd()).isCloseTo(4 * 1_440, within(1e-9));
    assertThat(calibration.c())
        .isCloseTo(3.31 * Math.log(2) * Math.sqrt(1_440) / Math.sqrt(4 * 1_440), within(1e-12));
  }

  @Test
  void returnAcrossAGapDoesNotCount() {
    ImpactCalibration calibration =
        ImpactCalibration.of(bars(new long[] {0, 1, 5, 6}, new long[] {100, 200, 900, 450}, 1));

    assertThat(calibration.sigmaDaily()).isCloseTo(Math.log(2) * Math.sqrt(1_440), within(1e-12));
  }

  @Test
  void multiplierScalesC() {
    ImpactCalibration calibration = new ImpactCalibration(0.1, 1e9);

    assertThat(calibration.parameters(0).c()).isZero();
    assertThat(calibration.parameters(1).c()).isEqualTo(calibration.c());
    assertThat(calibration.parameters(0.5))
        .isEqualTo(new ImpactParameters(0.5 * calibration.c(), 0.7, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> calibration.parameters(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> calibration.parameters(Double.NaN));
  }

  @Test
  void marketThatCannotBeCalibratedIsRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImpactCalibration.of(bars(new long[] {0, 1}, new long[] {100, 200}, 0)))
        .withMessage("X: no bar has a volume, so impact has no scale; set the impact to 0");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImpactCalibration.of(bars(new long[] {0, 2}, new long[] {100, 200}, 1)))
        .withMessage(
            "X: no two bars are one minute apart, so impact has no scale; give more bars or set"
                + " the impact to 0");
  }

  @Test
  void constantPriceHasNoImpact() {
    assertThat(ImpactCalibration.of(bars(new long[] {0, 1}, new long[] {100, 100}, 1)).c())
        .isZero();
  }

  private static ImpactCalibration calibration(String window, String symbol) {
    PriceWindows windows =
        window.equals(TestPrices.CORRECTION) ? TestPrices.windows() : PriceWindows.builtIn();
    return ImpactCalibration.of(windows.load(window, List.of(symbol)).wholeMarkets().getFirst());
  }

  private static MinuteBars bars(long[] minutes, long[] prices, double volume) {
    double[] volumes = new double[minutes.length];
    Arrays.fill(volumes, volume);
    long[] times = Arrays.stream(minutes).map(minute -> minute * 60_000).toArray();
    return new MinuteBars("X", 2, times, prices, prices, prices, prices, volumes);
  }
}
