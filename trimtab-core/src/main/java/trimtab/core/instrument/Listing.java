package trimtab.core.instrument;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// Everything that can be held, owed or traded on a venue, with its scales. Asset 0 is the
/// settlement currency; its unit is the *value unit* in which every leg is an exact integer.
///
/// @param valueDecimals the value unit is `10^-valueDecimals` of the settlement currency
/// @param feeds price coordinates
/// @param assets asset 0 is the settlement currency
/// @param contracts markets
public record Listing(
    int valueDecimals, List<Feed> feeds, List<Asset> assets, List<Contract> contracts) {
  /// Instruments a listing may have of each kind.
  public static final int INSTRUMENTS_MAX = 4096;

  /// A single leg's value must stay below 2^62 value units.
  public static final int VALUE_BITS_MAX = 62;

  public Listing {
    feeds = List.copyOf(feeds);
    assets = List.copyOf(assets);
    contracts = List.copyOf(contracts);
    if (assets.isEmpty()
        || !assets.getFirst().isSettlement()
        || assets.getFirst().decimals() != valueDecimals
        || assets.getFirst().assetWeightPpm() != Ppm.ONE) {
      throw new IllegalArgumentException(
          "asset 0 must be the settlement currency, with asset weight 1 and the valueDecimals");
    }
    if (Math.max(assets.size(), Math.max(feeds.size(), contracts.size())) > INSTRUMENTS_MAX) {
      throw new IllegalArgumentException("at most " + INSTRUMENTS_MAX + " instruments of a kind");
    }
    Set<String> symbols = new HashSet<>();
    assets.forEach(asset -> requireNew(symbols, asset.symbol()));
    for (Asset asset : assets.subList(1, assets.size())) {
      requireScale(asset.symbol(), feeds, asset.feed(), asset.decimals(), valueDecimals);
    }
    for (Contract contract : contracts) {
      requireNew(symbols, contract.symbol());
      requireScale(
          contract.symbol(), feeds, contract.feed(), contract.quantityDecimals(), valueDecimals);
    }
  }

  public Asset settlement() {
    return assets.getFirst();
  }

  /// Value units per unit of an asset at a price of its feed.
  public long unitValue(Asset asset, long price) {
    return asset.isSettlement()
        ? 1
        : Math.multiplyExact(price, multiplier(asset.feed(), asset.decimals()));
  }

  /// Value units per unit of a perpetual's quantity at a price of its feed.
  public long unitValue(Contract contract, long price) {
    return Math.multiplyExact(price, multiplier(contract.feed(), contract.quantityDecimals()));
  }

  public Optional<Contract> contract(String symbol) {
    return contracts.stream().filter(p -> p.symbol().equals(symbol)).findFirst();
  }

  public Optional<Asset> asset(String symbol) {
    return assets.stream().filter(a -> a.symbol().equals(symbol)).findFirst();
  }

  /// Index of a market by symbol, or -1.
  public int contractIndex(String symbol) {
    return IntStream.range(0, contracts.size())
        .filter(i -> contracts.get(i).symbol().equals(symbol))
        .findFirst()
        .orElse(-1);
  }

  /// Index of an asset by symbol, or -1.
  public int assetIndex(String symbol) {
    return IntStream.range(0, assets.size())
        .filter(i -> assets.get(i).symbol().equals(symbol))
        .findFirst()
        .orElse(-1);
  }

  /// The bit budget of one leg: refuses a quantity whose value would not stay below 2^62 value
  /// units, with the figure.
  ///
  /// @throws IllegalArgumentException with the largest value that fits
  public void requireBudget(String symbol, long quantity, long unitValue) {
    Wide value = Wide.product(Math.absExact(quantity), unitValue);
    if (!value.fitsLong() || value.low() >> VALUE_BITS_MAX != 0) {
      throw new IllegalArgumentException(
          "%s: a leg worth %s exceeds the largest that fits, %s; use fewer decimals"
              .formatted(
                  symbol,
                  new BigDecimal(value.toBigInteger(), valueDecimals).toPlainString(),
                  Decimals.format((1L << VALUE_BITS_MAX) - 1, valueDecimals)));
    }
  }

  private long multiplier(int feed, int decimals) {
    return Decimals.powerOfTen(valueDecimals - feeds.get(feed).priceDecimals() - decimals);
  }

  private static void requireNew(Set<String> symbols, String symbol) {
    if (!symbols.add(symbol)) {
      throw new IllegalArgumentException("'" + symbol + "' is listed twice");
    }
  }

  private static void requireScale(
      String symbol, List<Feed> feeds, int feed, int decimals, int valueDecimals) {
    if (feed < 0 || feed >= feeds.size()) {
      throw new IllegalArgumentException(symbol + ": no feed number " + feed);
    }
    int needed = feeds.get(feed).priceDecimals() + decimals;
    if (needed > valueDecimals) {
      throw new IllegalArgumentException(
          "%s: price and quantity have %d decimals together, the value unit only %d"
              .formatted(symbol, needed, valueDecimals));
    }
  }
}
