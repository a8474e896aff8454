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
/// settlement currency; its unit is the *value unit* in which amounts are charged and paid.
///
/// Values are judged in *exact units*, fine enough that every balance and every linear position is
/// a whole number of them. A venue whose prices and quantities have few decimals needs no finer
/// unit than the value unit; one that lists a token at 0.00001 with eight digits does.
///
/// @param valueDecimals the value unit is `10^-valueDecimals` of the settlement currency
/// @param exactDecimals the exact unit is `10^-exactDecimals` of it
/// @param feeds price coordinates
/// @param assets asset 0 is the settlement currency
/// @param contracts markets
public record Listing(
    int valueDecimals,
    int exactDecimals,
    List<Feed> feeds,
    List<Asset> assets,
    List<Contract> contracts) {
  /// Instruments a listing may have of each kind.
  public static final int INSTRUMENTS_MAX = 4096;

  /// Amounts, and the values of single legs in value units, stay below 2^63.
  public static final int VALUE_BITS_MAX = 63;

  /// Decimals by which the exact unit may be finer than a price times a quantity: 2^63 of an
  /// amount, 2^50 of a price, weight, level, 512 legs and this factor stay below 2^191.
  static final int FINER_DECIMALS_MAX = 8;

  /// Checks symbols, scales and the bit budget of a verdict, and copies the lists.
  ///
  /// @throws IllegalArgumentException with what does not fit
  public Listing {
    feeds = List.copyOf(feeds);
    assets = List.copyOf(assets);
    contracts = List.copyOf(contracts);
    if (assets.isEmpty()
        || !assets.getFirst().isSettlement()
        || assets.getFirst().decimals() != valueDecimals
        || assets.getFirst().assetWeightPpm() != Ppm.ONE
        || !assets.getFirst().maintenance().holding().isFlat()) {
      throw new IllegalArgumentException(
          "asset 0 must be the settlement currency, with asset weight 1 and the valueDecimals");
    }
    if (Math.max(assets.size(), Math.max(feeds.size(), contracts.size())) > INSTRUMENTS_MAX) {
      throw new IllegalArgumentException("at most " + INSTRUMENTS_MAX + " instruments of a kind");
    }
    ListingScales scales = new ListingScales(valueDecimals, feeds, assets);
    Set<String> symbols = new HashSet<>();
    for (Asset asset : assets) {
      requireNew(symbols, asset.symbol());
      scales.check(asset);
    }
    for (Contract contract : contracts) {
      requireNew(symbols, contract.symbol());
      scales.check(contract);
    }
    scales.requireBudget(exactDecimals);
  }

  /// A listing whose exact unit is as coarse as its instruments allow.
  public Listing(
      int valueDecimals, List<Feed> feeds, List<Asset> assets, List<Contract> contracts) {
    this(
        valueDecimals,
        ListingScales.exactDecimals(valueDecimals, feeds, assets, contracts),
        feeds,
        assets,
        contracts);
  }

  /// The same listing for whoever takes over at the mark and does not trade: no fees, and assets in
  /// any amount.
  public Listing untraded() {
    return new Listing(
        valueDecimals,
        exactDecimals,
        feeds,
        assets.stream().map(Asset::untraded).toList(),
        contracts.stream().map(contract -> contract.withTakerFee(0)).toList());
  }

  /// Exact units per value unit.
  public long exactScale() {
    return Decimals.powerOfTen(exactDecimals - valueDecimals);
  }

  /// Whether all contracts are plain (see [Contract#isPlain()]) and the exact unit is the value
  /// unit.
  public boolean isPlain() {
    return exactDecimals == valueDecimals && contracts.stream().allMatch(Contract::isPlain);
  }

  /// Asset 0, in which values are judged and most amounts paid.
  public Asset settlement() {
    return assets.getFirst();
  }

  /// Exact units per unit of an asset at a price of its feed.
  public long unitValue(Asset asset, long price) {
    return asset.isSettlement()
        ? exactScale()
        : Math.multiplyExact(price, multiplier(asset.feed(), asset.decimals()));
  }

  /// Exact units per unit of a linear contract in the settlement currency, at a price of its feed;
  /// other contracts need the price of what they settle in, too.
  public long unitValue(Contract contract, long price) {
    return Math.multiplyExact(price, multiplier(contract.feed(), contract.quantityDecimals()));
  }

  /// The market of a symbol.
  public Optional<Contract> contract(String symbol) {
    return contracts.stream().filter(p -> p.symbol().equals(symbol)).findFirst();
  }

  /// The asset of a symbol.
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

  /// Decimals of a position's cost: those of the asset it is settled in, or more where price and
  /// quantity have more.
  public int costDecimals(Contract contract) {
    return ListingScales.costDecimals(contract, feeds, assets);
  }

  /// The bit budget of one leg: refuses a quantity whose value would not stay below 2^63 value
  /// units, with the figure.
  ///
  /// @param unitValue exact units per unit of quantity
  /// @throws IllegalArgumentException with the largest value that fits
  public void requireBudget(String symbol, long quantity, long unitValue) {
    requireBudget(symbol, Wide.product(Math.absExact(quantity), unitValue));
  }

  /// The same for a value in exact units, not negative.
  ///
  /// @throws IllegalArgumentException with the largest value that fits
  public void requireBudget(String symbol, Wide value) {
    Wide limit = Wide.product(Long.MAX_VALUE, exactScale());
    if (value.compareTo(limit) > 0) {
      throw new IllegalArgumentException(
          "%s: a leg worth %s exceeds the largest that fits, %s; use fewer decimals"
              .formatted(
                  symbol,
                  new BigDecimal(value.toBigInteger(), exactDecimals).toPlainString(),
                  Decimals.format(Long.MAX_VALUE, valueDecimals)));
    }
  }

  private long multiplier(int feed, int decimals) {
    return Decimals.powerOfTen(exactDecimals - feeds.get(feed).priceDecimals() - decimals);
  }

  private static void requireNew(Set<String> symbols, String symbol) {
    if (!symbols.add(symbol)) {
      throw new IllegalArgumentException("'" + symbol + "' is listed twice");
    }
  }
}
