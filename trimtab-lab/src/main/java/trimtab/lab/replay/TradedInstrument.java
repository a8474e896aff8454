package trimtab.lab.replay;

import trimtab.core.instrument.Asset;
import trimtab.core.instrument.LinearPerpetual;
import trimtab.core.instrument.Listing;

/// What an order trades: a perpetual, or an asset against the settlement currency.
///
/// @param feed price that it trades at
/// @param lot step of its orders
/// @param valuePerPrice value units per unit of quantity and unit of price
/// @param takerFeePpm exchange fee on the value traded
record TradedInstrument(int feed, long lot, long valuePerPrice, long takerFeePpm) {
  static TradedInstrument of(Listing listing, LinearPerpetual perpetual) {
    return new TradedInstrument(
        perpetual.feed(),
        perpetual.lot(),
        listing.unitValue(perpetual, 1),
        perpetual.takerFeePpm());
  }

  /// @param asset not the settlement currency
  static TradedInstrument of(Listing listing, Asset asset) {
    return new TradedInstrument(
        asset.feed(), asset.lot(), listing.unitValue(asset, 1), asset.takerFeePpm());
  }

  /// Value units per unit of quantity at a price of the feed.
  long unitValue(long price) {
    return Math.multiplyExact(price, valuePerPrice);
  }
}
