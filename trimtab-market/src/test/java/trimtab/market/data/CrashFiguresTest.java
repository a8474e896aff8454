package trimtab.market.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of each crash, recomputed from the loaded bars.
///
/// `crash-figures.csv` holds percentages that were taken from the source files by other means, with
/// one decimal for drawdown and moves of an hour and more, two for shorter ones, none for
/// volatility; each is compared within its printed rounding.
class CrashFiguresTest {
  private static final int MINUTES_PER_DAY = 1_440;

  @ParameterizedTest(name = "{0} {1}")
  @CsvFileSource(resources = "crash-figures.csv", numLinesToSkip = 1)
  void worstMovesAreThoseOfTheSource(
      String window,
      String symbol,
      int bars,
      double maxDrawdown,
      double worst1m,
      double worstBarLow,
      double worst5m,
      double worst60m,
      double best60m,
      double worst24h,
      double peakRealisedVolatility24h,
      Instant worst1mAt) {
    MinuteBars market = load(window, symbol);

    assertThat(market.size()).isEqualTo(bars);
    assertThat(maxDrawdown(market)).isCloseTo(maxDrawdown, within(0.05));
    assertThat(worstReturn(market, 1)).isCloseTo(worst1m, within(0.005));
    assertThat(worstBarLow(market)).isCloseTo(worstBarLow, within(0.005));
    assertThat(worstReturn(market, 5)).isCloseTo(worst5m, within(0.005));
    assertThat(worstReturn(market, 60)).isCloseTo(worst60m, within(0.05));
    assertThat(bestReturn(market, 60)).isCloseTo(best60m, within(0.05));
    assertThat(worstReturn(market, MINUTES_PER_DAY)).isCloseTo(worst24h, within(0.05));
    assertThat(peakRealisedVolatility(market)).isCloseTo(peakRealisedVolatility24h, within(0.5));
    assertThat(worstMinute(market)).isEqualTo(worst1mAt);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      textBlock =
          """
          2020-03-covid, BTCUSDT, 378213, 2, 2020-03-13T02:16:00Z
          2020-03-covid, ETHUSDT, 8600, 2, 2020-03-13T02:16:00Z
          2021-05-china, BTCUSDT, 3000000, 2, 2021-05-19T13:10:00Z
          2022-11-ftx, BTCUSDT, 1558800, 2, 2022-11-09T23:07:00Z
          2022-11-ftx, ETHUSDT, 107353, 2, 2022-11-09T23:37:00Z
          2024-08-yen-carry, BTCUSDT, 4900000, 2, 2024-08-05T06:24:00Z
          2024-08-yen-carry, ETHUSDT, 211100, 2, 2024-08-05T01:10:00Z
          2025-10-tariff, BTCUSDT, 10200000, 2, 2025-10-10T21:20:00Z
          2025-10-tariff, ETHUSDT, 343500, 2, 2025-10-10T21:20:00Z
          2025-10-tariff, SUIUSDT, 5597, 4, 2025-10-10T21:21:00Z
          """)
  void recognisableLowsAreExact(
      String window, String symbol, long low, int priceDecimals, Instant at) {
    MinuteBars market = load(window, symbol);

    int lowest = indexOfLowest(market.size(), market::low);
    assertThat(market.priceDecimals()).isEqualTo(priceDecimals);
    assertThat(market.low(lowest)).isEqualTo(low);
    assertThat(time(market, lowest)).isEqualTo(at);
  }

  private static MinuteBars load(String window, String symbol) {
    PriceWindows windows =
        window.equals(TestPrices.CORRECTION) ? TestPrices.windows() : PriceWindows.builtIn();
    return windows.load(window, List.of(symbol)).markets().getFirst();
  }

  private static Instant time(MinuteBars market, int bar) {
    return Instant.ofEpochMilli(market.openTimeMillis(bar));
  }

  private static int indexOfLowest(int size, IntToLongFunction value) {
    int lowest = 0;
    for (int at = 1; at < size; at++) {
      if (value.applyAsLong(at) < value.applyAsLong(lowest)) {
        lowest = at;
      }
    }
    return lowest;
  }

  /// Low under the highest high so far, in percent.
  private static double maxDrawdown(MinuteBars market) {
    double worst = 0;
    long highest = 0;
    for (int bar = 0; bar < market.size(); bar++) {
      highest = Math.max(highest, market.high(bar));
      worst = Math.min(worst, percent(market.low(bar), highest));
    }
    return worst;
  }

  private static double worstBarLow(MinuteBars market) {
    double worst = 0;
    for (int bar = 0; bar < market.size(); bar++) {
      worst = Math.min(worst, percent(market.low(bar), market.open(bar)));
    }
    return worst;
  }

  private static double worstReturn(MinuteBars market, int minutes) {
    double worst = Double.POSITIVE_INFINITY;
    for (int bar = minutes; bar < market.size(); bar++) {
      worst = Math.min(worst, percent(market.close(bar), market.close(bar - minutes)));
    }
    return worst;
  }

  private static double bestReturn(MinuteBars market, int minutes) {
    double best = Double.NEGATIVE_INFINITY;
    for (int bar = minutes; bar < market.size(); bar++) {
      best = Math.max(best, percent(market.close(bar), market.close(bar - minutes)));
    }
    return best;
  }

  private static Instant worstMinute(MinuteBars market) {
    double worst = worstReturn(market, 1);
    for (int bar = 1; bar < market.size(); bar++) {
      if (percent(market.close(bar), market.close(bar - 1)) == worst) {
        return time(market, bar);
      }
    }
    throw new AssertionError("no minute has the worst return");
  }

  /// Root of the largest sum of squared 1-minute log returns within 24 hours, per year of 365 days.
  private static double peakRealisedVolatility(MinuteBars market) {
    double[] sumOfSquares = new double[market.size()];
    for (int bar = 1; bar < market.size(); bar++) {
      double logReturn = StrictMath.log((double) market.close(bar) / market.close(bar - 1));
      sumOfSquares[bar] = sumOfSquares[bar - 1] + logReturn * logReturn;
    }
    double peak = 0;
    for (int bar = MINUTES_PER_DAY; bar < market.size(); bar++) {
      peak = Math.max(peak, sumOfSquares[bar] - sumOfSquares[bar - MINUTES_PER_DAY]);
    }
    return 100 * StrictMath.sqrt(peak * 365);
  }

  private static double percent(long to, long from) {
    return 100.0 * to / from - 100;
  }
}
