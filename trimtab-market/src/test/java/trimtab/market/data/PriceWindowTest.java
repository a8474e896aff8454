package trimtab.market.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Alignment on common minutes, and the hash that names the data.
class PriceWindowTest {
  @Test
  void marketsAreInAlphabeticalOrderOnCommonMinutes() {
    PriceWindow window =
        PriceWindow.align("w", List.of(bars("ETH", 1, 2, 4, 5), bars("BTC", 2, 3, 5, 6, 7)));

    assertThat(window.name()).isEqualTo("w");
    assertThat(window.symbols()).containsExactly("BTC", "ETH");
    assertThat(window.size()).isEqualTo(2);
    assertThat(window.openTimeMillis(0)).isEqualTo(120_000);
    assertThat(window.openTimeMillis(1)).isEqualTo(300_000);
    assertThat(window.minutesCut(0)).isEqualTo(3);
    assertThat(window.minutesCut(1)).isEqualTo(2);
    assertThat(window.markets().get(1).close(1)).isEqualTo(1_005);
    assertThat(window.wholeMarkets().get(1).size()).isEqualTo(4);
  }

  @Test
  void nothingIsCutWhenAllMinutesAreCommon() {
    PriceWindow window = PriceWindows.builtIn().load("2025-10-tariff");

    assertThat(window.size()).isEqualTo(5_760);
    assertThat(window.minutesCut(0)).isZero();
    assertThat(window.minutesCut(1)).isZero();
  }

  @Test
  void longerMarketIsCutToTheShorterOne() {
    PriceWindow window = TestPrices.windows().load(TestPrices.CORRECTION);

    assertThat(window.symbols()).containsExactly("BTCUSDT", "ETHUSDT");
    assertThat(window.size()).isEqualTo(7_200);
    assertThat(window.minutesCut(0)).isZero();
    assertThat(window.minutesCut(1)).isEqualTo(34_560 - 7_200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void alignmentIsTheIntersectionAndKeepsEveryBar(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<MinuteBars> markets = new ArrayList<>();
    TreeSet<Long> expected = new TreeSet<>(LongStream.range(0, 40).boxed().toList());
    for (String symbol : List.of("A", "B", "C")) {
      long[] minutes = LongStream.range(0, 40).filter(minute -> random.nextInt(4) > 0).toArray();
      expected.retainAll(Arrays.stream(minutes).boxed().toList());
      markets.add(bars(symbol, minutes));
    }

    PriceWindow window = PriceWindow.align("w", markets);

    assertThat(window.size()).isEqualTo(expected.size());
    int bar = 0;
    for (long minute : expected) {
      for (int market = 0; market < 3; market++) {
        MinuteBars aligned = window.markets().get(market);
        assertThat(aligned.openTimeMillis(bar)).isEqualTo(minute * 60_000);
        assertThat(aligned.close(bar)).isEqualTo(1_000 + minute);
        assertThat(aligned.open(bar)).isEqualTo(1_001 + minute);
        assertThat(aligned.high(bar)).isEqualTo(1_003 + minute);
        assertThat(aligned.low(bar)).isEqualTo(998 + minute);
        assertThat(aligned.volumeBase(bar)).isEqualTo(minute / 8.0);
      }
      bar++;
    }
    for (int market = 0; market < 3; market++) {
      assertThat(window.minutesCut(market) + window.size()).isEqualTo(markets.get(market).size());
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @Test
  void marketsWithoutACommonMinuteAreRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindow.align("w", List.of(bars("A", 0, 2), bars("B", 1, 3))))
        .withMessage(
            "window w: no minute is in all of A (1970-01-01T00:00:00Z to 1970-01-01T00:02:00Z),"
                + " B (1970-01-01T00:01:00Z to 1970-01-01T00:03:00Z); check that the files cover"
                + " the same days");
  }

  @Test
  void noMarketATwinAndTooManyAreRefused() {
    List<MinuteBars> many = new ArrayList<>();
    for (int market = 0; market <= PriceWindow.MAX_MARKETS; market++) {
      many.add(bars("M" + market, 0));
    }

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindow.align("w", List.of()))
        .withMessage("window w: no market is given; name at least one symbol");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindow.align("w", List.of(bars("A", 0), bars("A", 0))))
        .withMessage("window w: symbol A is given twice; name it once");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindow.align("w", many))
        .withMessage("window w: 257 markets are more than 256; name fewer symbols");
    assertThat(PriceWindow.align("w", many.subList(1, many.size())).symbols()).hasSize(256);
  }

  /// Each hash is `sha256sum` over the window's name, and for each symbol its name and the lines of
  /// its file after the header.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2020-03-covid, 6fc424f695bfb44c53db1c1eb21299aed6102c927bbdfaa80e64e00cf89fef0b
          2021-05-china, 9b88d23f808137dc4ca4ba3b79a9ad26b74b55d17c2ec532bec18392a7342490
          2022-11-ftx, 83df32e541faead0cf87a49d6430a5ff837e3941a3051de50a5896d6e5cffab0
          2023-09-calm, 918602aaf00a7f22dd8db366f019be9572941bf828c0b826aecd8def89fddeb1
          2024-08-yen-carry, 57ed6f7c27f4bdcc8ebe0da9efb2f4b3ec817b6c99b2940aafb2ea65a792f703
          2025-10-tariff, 409dc7fc5f3d70bc61a3f95fc0556be2ae2b1d13440c2ac7dfe011a3b5c395d1
          """)
  void dataHashIsTheDigestOfTheFilesOwnLines(String window, String hash) {
    assertThat(PriceWindows.builtIn().load(window).dataHash()).isEqualTo(hash);
  }

  @Test
  void dataHashIgnoresOrderAndSpellingButNoValue() {
    long[] times = {0, 60_000};
    double[] volume = {1, 0};
    MinuteBars coarse = new MinuteBars("B", 0, times, col(3), col(4), col(2), col(3), volume);
    MinuteBars fine = new MinuteBars("B", 1, times, col(30), col(40), col(20), col(30), volume);
    MinuteBars other = bars("A", 0, 1);
    String hash = PriceWindow.align("w", List.of(coarse, other)).dataHash();

    assertThat(PriceWindow.align("w", List.of(other, fine)).dataHash()).isEqualTo(hash);
    assertThat(
            List.of(
                PriceWindow.align("v", List.of(coarse, other)),
                PriceWindow.align("w", List.of(coarse)),
                PriceWindow.align("w", List.of(coarse, bars("C", 0, 1))),
                PriceWindow.align("w", List.of(coarse, bars("A", 0, 1, 2))),
                changed(other, times, col(4), col(4), col(2), col(3), volume),
                changed(other, times, col(3), col(5), col(2), col(3), volume),
                changed(other, times, col(3), col(4), col(1), col(3), volume),
                changed(other, times, col(3), col(4), col(2), col(4), volume),
                changed(other, times, col(3), col(4), col(2), col(3), new double[] {1, 2}),
                changed(other, new long[] {0, 120_000}, col(3), col(4), col(2), col(3), volume)))
        .extracting(PriceWindow::dataHash)
        .doesNotContain(hash)
        .doesNotHaveDuplicates();
  }

  private static PriceWindow changed(
      MinuteBars other,
      long[] times,
      long[] open,
      long[] high,
      long[] low,
      long[] close,
      double[] volume) {
    return PriceWindow.align(
        "w", List.of(other, new MinuteBars("B", 0, times, open, high, low, close, volume)));
  }

  private static long[] col(long value) {
    return new long[] {value, value};
  }

  /// Bars at the given minutes since 1970, with values that follow from the minute.
  private static MinuteBars bars(String symbol, long... minutes) {
    return new MinuteBars(
        symbol,
        2,
        Arrays.stream(minutes).map(minute -> minute * 60_000).toArray(),
        Arrays.stream(minutes).map(minute -> 1_001 + minute).toArray(),
        Arrays.stream(minutes).map(minute -> 1_003 + minute).toArray(),
        Arrays.stream(minutes).map(minute -> 998 + minute).toArray(),
        Arrays.stream(minutes).map(minute -> 1_000 + minute).toArray(),
        Arrays.stream(minutes).mapToDouble(minute -> minute / 8.0).toArray());
  }
}
