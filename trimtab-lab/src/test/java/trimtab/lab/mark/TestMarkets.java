package trimtab.lab.mark;

import java.util.Arrays;
import java.util.List;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.market.data.MinuteBars;
import trimtab.market.data.PriceWindow;

/// Listings and price windows for tests.
public final class TestMarkets {
  public static final int BTC = 0;
  public static final int ETH = 1;

  private static final long MIDNIGHT_MILLIS = 1_760_054_400_000L;

  private TestMarkets() {}

  /// BTCUSDT and ETHUSDT with ticks of a cent, lots of 1e-8 and flat margins; BTC and ETH count as
  /// collateral at 83 %.
  public static Listing flat(long initialPpm, long maintenancePpm, long lot, long takerFeePpm) {
    MarginTiers initial = MarginTiers.flat(initialPpm);
    MarginTiers maintenance = MarginTiers.flat(maintenancePpm);
    return listing(initial, maintenance, lot, takerFeePpm);
  }

  public static Listing flat() {
    return flat(20_000, 10_000, 1, 0);
  }

  /// Margins that rise with the notional.
  public static Listing tiered() {
    long million = 1_000_000 * 10_000_000_000L;
    return listing(
        new MarginTiers(List.of(new Tier(0, 20_003), new Tier(million / 10, 100_000))),
        new MarginTiers(List.of(new Tier(0, 10_000), new Tier(million / 10, 50_000))),
        100_000,
        0);
  }

  private static Listing listing(
      MarginTiers initial, MarginTiers maintenance, long lot, long takerFeePpm) {
    return new Listing(
        10,
        List.of(new Feed("BTCUSDT", 2, 1), new Feed("ETHUSDT", 2, 1)),
        List.of(
            new Asset("USD", Asset.SETTLEMENT, 10, 1_000_000, 1_000_000, 1, 0, 0, 0),
            new Asset("BTC", BTC, 8, 830_000, 1_000_000, lot, 0, 0, takerFeePpm),
            new Asset("ETH", ETH, 8, 830_000, 1_000_000, lot, 0, 0, takerFeePpm)),
        List.of(
            new Contract("BTCUSDT", BTC, 8, lot, 0, 0, initial, maintenance, takerFeePpm),
            new Contract("ETHUSDT", ETH, 8, lot, 0, 0, initial, maintenance, takerFeePpm)));
  }

  /// A window of two markets with these closes, in cents, a minute apart.
  public static PriceWindow window(long[] btcCents, long[] ethCents) {
    return PriceWindow.align("test", List.of(bars("BTCUSDT", btcCents), bars("ETHUSDT", ethCents)));
  }

  /// Closes that stay where they are.
  public static long[] still(int bars, long cents) {
    long[] closes = new long[bars];
    Arrays.fill(closes, cents);
    return closes;
  }

  public static MinuteBars bars(String symbol, long... cents) {
    long[] times = new long[cents.length];
    double[] volumes = new double[cents.length];
    for (int bar = 0; bar < times.length; bar++) {
      times[bar] = MIDNIGHT_MILLIS + bar * MinuteBars.MILLIS_PER_MINUTE;
      volumes[bar] = 1;
    }
    return new MinuteBars(symbol, 2, times, cents, cents, cents, cents, volumes);
  }
}
