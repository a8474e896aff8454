package trimtab.market.data;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A stretch of price history of several markets, on the minutes that all of them have.
///
/// Markets are in alphabetical order of their symbols. Bar `i` is the same minute in every market.
public final class PriceWindow {
  /// Most markets of a window.
  public static final int MAX_MARKETS = 256;

  private final String name;
  private final List<MinuteBars> wholeMarkets;
  private final List<MinuteBars> markets;
  private final String dataHash;

  private PriceWindow(String name, List<MinuteBars> wholeMarkets, List<MinuteBars> markets) {
    this.name = name;
    this.wholeMarkets = wholeMarkets;
    this.markets = markets;
    this.dataHash = CanonicalDigest.of(name, wholeMarkets);
  }

  /// Puts markets side by side and cuts the minutes that one of them lacks.
  ///
  /// @param name name of the window, such as `2025-10-tariff`
  /// @param bars the markets in any order, each symbol once
  /// @throws DataException if there is no market, a symbol twice, too many markets, or no minute
  ///   that all of them have
  public static PriceWindow align(String name, List<MinuteBars> bars) {
    if (bars.isEmpty()) {
      throw new DataException("window " + name + ": no market is given; name at least one symbol");
    }
    if (bars.size() > MAX_MARKETS) {
      throw new DataException(
          "window %s: %d markets are more than %d; name fewer symbols"
              .formatted(name, bars.size(), MAX_MARKETS));
    }
    List<MinuteBars> whole =
        bars.stream().sorted(Comparator.comparing(MinuteBars::symbol)).toList();
    requireDistinct(name, whole);
    long[] common = commonMinutes(whole);
    if (common.length == 0) {
      throw new DataException(
          "window %s: no minute is in all of %s; check that the files cover the same days"
              .formatted(name, ranges(whole)));
    }
    return new PriceWindow(
        name, whole, whole.stream().map(market -> only(market, common)).toList());
  }

  private static void requireDistinct(String name, List<MinuteBars> sorted) {
    for (int market = 1; market < sorted.size(); market++) {
      String symbol = sorted.get(market).symbol();
      if (symbol.equals(sorted.get(market - 1).symbol())) {
        throw new DataException(
            "window %s: symbol %s is given twice; name it once".formatted(name, symbol));
      }
    }
  }

  private static long[] commonMinutes(List<MinuteBars> markets) {
    MinuteBars first = markets.getFirst();
    long[] common = new long[first.size()];
    Arrays.setAll(common, first::openTimeMillis);
    int size = common.length;
    for (MinuteBars market : markets.subList(1, markets.size())) {
      int kept = 0;
      int bar = 0;
      for (int at = 0; at < size; at++) {
        while (bar < market.size() && market.openTimeMillis(bar) < common[at]) {
          bar++;
        }
        if (bar < market.size() && market.openTimeMillis(bar) == common[at]) {
          common[kept] = common[at];
          kept++;
        }
      }
      size = kept;
    }
    return Arrays.copyOf(common, size);
  }

  private static MinuteBars only(MinuteBars market, long[] minutes) {
    if (market.size() == minutes.length) {
      return market;
    }
    int[] bars = new int[minutes.length];
    int bar = 0;
    for (int at = 0; at < minutes.length; at++) {
      while (market.openTimeMillis(bar) < minutes[at]) {
        bar++;
      }
      bars[at] = bar;
    }
    return market.select(bars);
  }

  private static String ranges(List<MinuteBars> markets) {
    StringBuilder text = new StringBuilder();
    for (MinuteBars market : markets) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(market.symbol())
          .append(" (")
          .append(Instant.ofEpochMilli(market.openTimeMillis(0)))
          .append(" to ")
          .append(Instant.ofEpochMilli(market.openTimeMillis(market.size() - 1)))
          .append(')');
    }
    return text.toString();
  }

  /// Name of the window.
  public String name() {
    return name;
  }

  /// Number of minutes that every market has.
  public int size() {
    return markets.getFirst().size();
  }

  /// Symbols in alphabetical order; their positions are those of [#markets()].
  public List<String> symbols() {
    return markets.stream().map(MinuteBars::symbol).toList();
  }

  /// The bars of each market on the common minutes, in the order of [#symbols()].
  public List<MinuteBars> markets() {
    return markets;
  }

  /// The bars of each market as given, before minutes were cut: what its own statistics rest on.
  public List<MinuteBars> wholeMarkets() {
    return wholeMarkets;
  }

  /// UTC time at which the bar opens, in milliseconds since 1970.
  public long openTimeMillis(int bar) {
    return markets.getFirst().openTimeMillis(bar);
  }

  /// Minutes of the market at this position that were cut because another market lacks them.
  public int minutesCut(int market) {
    return wholeMarkets.get(market).size() - size();
  }

  /// SHA-256 of the whole markets in lower-case hexadecimal: equal data, equal hash.
  ///
  /// It covers the name, the symbols and all bars (times, prices, volumes) as plain text, so for a
  /// file without trailing zeros it is the digest of window name, symbol and the file's own lines.
  public String dataHash() {
    return dataHash;
  }

  @Override
  public String toString() {
    return name + " " + symbols() + ", " + size() + " minutes";
  }
}
