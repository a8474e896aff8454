package trimtab.engine.command;

import trimtab.core.account.Side;

/// One side of one market: what a cost curve belongs to.
///
/// @param kind whether `index` counts perpetuals or assets
/// @param index in the listing
/// @param side of the order that trades on it
public record MarketSide(Kind kind, int index, Side side) {
  /// What is traded.
  public enum Kind {
    PERPETUAL,
    /// An asset against the settlement currency.
    ASSET
  }

  public static MarketSide contract(int market, Side side) {
    return new MarketSide(Kind.PERPETUAL, market, side);
  }

  public static MarketSide asset(int asset, Side side) {
    return new MarketSide(Kind.ASSET, asset, side);
  }
}
