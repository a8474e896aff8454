package trimtab.core.instrument;

import java.util.List;
import trimtab.core.money.Decimals;

/// Which decimals a listing's instruments need, and whether they fit.
record ListingScales(int valueDecimals, List<Feed> feeds, List<Asset> assets) {
  /// The least decimals in which every balance and every linear position is a whole number.
  static int exactDecimals(
      int valueDecimals, List<Feed> feeds, List<Asset> assets, List<Contract> contracts) {
    ListingScales scales = new ListingScales(valueDecimals, feeds, assets);
    int decimals = valueDecimals;
    for (Asset asset : assets) {
      scales.check(asset);
      decimals = Math.max(decimals, asset.decimals() + scales.priceDecimals(asset));
    }
    for (Contract contract : contracts) {
      scales.check(contract);
      Asset settlement = assets.get(contract.settlement());
      int cost = costDecimals(contract, feeds, assets);
      decimals = Math.max(decimals, cost + scales.priceDecimals(settlement));
    }
    return decimals;
  }

  static int costDecimals(Contract contract, List<Feed> feeds, List<Asset> assets) {
    int decimals = assets.get(contract.settlement()).decimals();
    int priced = feeds.get(contract.feed()).priceDecimals() + contract.quantityDecimals();
    return contract.isInverse() ? decimals : Math.max(decimals, priced);
  }

  private int priceDecimals(Asset asset) {
    return asset.isSettlement() ? 0 : feeds.get(asset.feed()).priceDecimals();
  }

  void check(Asset asset) {
    boolean first = asset.equals(assets.getFirst());
    if (asset.isSettlement() != first) {
      throw new IllegalArgumentException(
          asset.symbol() + ": the first asset, and no other, is the settlement currency");
    }
    if (!first) {
      requireFeed(asset.symbol(), asset.feed());
    }
  }

  void check(Contract contract) {
    requireFeed(contract.symbol(), contract.feed());
    if (contract.settlement() < 0 || contract.settlement() >= assets.size()) {
      throw new IllegalArgumentException(
          contract.symbol() + ": no asset number " + contract.settlement());
    }
    Asset settlement = assets.get(contract.settlement());
    if (!settlement.maintenance().holding().isFlat() || !settlement.initial().holding().isFlat()) {
      throw new IllegalArgumentException(
          "%s: it settles in %s, whose collateral weight must then be one for every size"
              .formatted(contract.symbol(), settlement.symbol()));
    }
    if (contract.isInverse() && settlement.decimals() < contract.quantityDecimals()) {
      throw new IllegalArgumentException(
          "%s: a quantity has %d decimals, %s only %d; an inverse contract needs as many"
              .formatted(
                  contract.symbol(),
                  contract.quantityDecimals(),
                  settlement.symbol(),
                  settlement.decimals()));
    }
  }

  private void requireFeed(String symbol, int feed) {
    if (feed < 0 || feed >= feeds.size()) {
      throw new IllegalArgumentException(symbol + ": no feed number " + feed);
    }
  }

  /// Refuses scales in which a verdict might leave its 192 bits, with the figure.
  void requireBudget(int exactDecimals) {
    if (exactDecimals < valueDecimals || exactDecimals - valueDecimals > Decimals.DECIMALS_MAX) {
      throw new IllegalArgumentException(
          "exact values need %d decimals, the value unit has %d; at most 18 more fit"
              .formatted(exactDecimals, valueDecimals));
    }
    for (Asset asset : assets.subList(1, assets.size())) {
      int own = asset.decimals() + priceDecimals(asset);
      if (exactDecimals - own > Listing.FINER_DECIMALS_MAX) {
        throw new IllegalArgumentException(
            "%s: price and amount have %d decimals together, the finest instrument %d; at most %d"
                    .formatted(asset.symbol(), own, exactDecimals, Listing.FINER_DECIMALS_MAX)
                + " apart fit the bit budget");
      }
    }
  }
}
