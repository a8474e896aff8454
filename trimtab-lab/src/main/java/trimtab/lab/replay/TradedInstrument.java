package trimtab.lab.replay;

import trimtab.core.account.Leg;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;

/// What an order trades: a perpetual, or an asset against the settlement currency.
///
/// @param feed price that it trades at
/// @param lot step of its orders
/// @param valuePerPrice value units per unit of quantity and unit of price
/// @param takerFeePpm exchange fee on the value traded
record TradedInstrument(int feed, long lot, long valuePerPrice, long takerFeePpm) {
  static TradedInstrument of(Listing listing, Contract contract) {
    return new TradedInstrument(
        contract.feed(), contract.lot(), listing.unitValue(contract, 1), contract.takerFeePpm());
  }

  /// @param asset not the settlement currency
  static TradedInstrument of(Listing listing, Asset asset) {
    return new TradedInstrument(
        asset.feed(), asset.lot(), listing.unitValue(asset, 1), asset.takerFeePpm());
  }

  /// What closing a leg trades: its perpetual, the collateral that it sells, or the debt asset that
  /// it buys with the settlement currency (at that currency's fee, as it is planned).
  static TradedInstrument of(Listing listing, Leg leg) {
    return switch (leg) {
      case Leg.PositionLeg(int market) -> of(listing, listing.contracts().get(market));
      case Leg.PairLeg(int debt, int collateral)
          when listing.assets().get(collateral).isSettlement() -> {
        TradedInstrument bought = of(listing, listing.assets().get(debt));
        long fee = listing.settlement().takerFeePpm();
        yield new TradedInstrument(bought.feed, bought.lot, bought.valuePerPrice, fee);
      }
      case Leg.PairLeg(int _, int collateral) -> of(listing, listing.assets().get(collateral));
    };
  }

  /// Whether closing a leg spends the settlement currency to buy what is owed.
  static boolean spendsSettlement(Leg leg) {
    return leg instanceof Leg.PairLeg(int _, int collateral) && collateral == 0;
  }

  /// Value units per unit of quantity at a price of the feed.
  long unitValue(long price) {
    return Math.multiplyExact(price, valuePerPrice);
  }
}
