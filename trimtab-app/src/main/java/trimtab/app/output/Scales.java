package trimtab.app.output;

import java.math.BigDecimal;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Wide;

/// The scales in which a listing's amounts are shown.
///
/// @param numbers how they are written
public record Scales(Listing listing, Numbers numbers) {
  /// Decimals in which the quantity of a leg is counted.
  public int quantityDecimals(Leg leg) {
    return switch (leg) {
      case PositionLeg(int market) -> contract(market).quantityDecimals();
      case PairLeg pair -> asset(pair.collateralAsset()).decimals();
    };
  }

  /// A quantity of a leg, with the decimals of its lot at least.
  public String quantity(Leg leg, long units) {
    return switch (leg) {
      case PositionLeg(int market) -> {
        int decimals = contract(market).quantityDecimals();
        yield numbers.exact(units, decimals, needed(contract(market).lot(), decimals));
      }
      case PairLeg pair -> amount(asset(pair.collateralAsset()), units);
    };
  }

  /// An amount of an asset; of the settlement currency in cents.
  public String amount(Asset asset, long units) {
    return asset.isSettlement()
        ? money(units)
        : numbers.exact(units, asset.decimals(), needed(asset.lot(), asset.decimals()));
  }

  /// A price, with the decimals of its tick at least.
  public String price(Feed feed, long units) {
    return numbers.exact(units, feed.priceDecimals(), needed(feed.tick(), feed.priceDecimals()));
  }

  /// Value in cents of the settlement currency.
  public String money(long valueUnits) {
    return numbers.money(valueUnits, listing.valueDecimals());
  }

  /// Exact units x `scale` in cents of the settlement currency, rounded down to a value unit first.
  public String exactMoney(Wide value, long scale) {
    Wide divisor = Wide.product(scale, listing.exactScale());
    return money(value.divFloor(divisor).toLongExact());
  }

  public Feed feed(int market) {
    return listing.feeds().get(contract(market).feed());
  }

  public Contract contract(int market) {
    return listing.contracts().get(market);
  }

  public Asset asset(int index) {
    return listing.assets().get(index);
  }

  /// The decimals that a step needs.
  private static int needed(long step, int decimals) {
    return Math.max(0, BigDecimal.valueOf(step, decimals).stripTrailingZeros().scale());
  }
}
