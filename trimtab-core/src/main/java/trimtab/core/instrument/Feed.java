package trimtab.core.instrument;

import trimtab.core.money.Decimals;

/// A price coordinate: the one number that moves several instruments (ETHUSDT marks the perpetual
/// and values ETH as collateral).
///
/// @param name for people
/// @param priceDecimals a price is an integer in units of `10^-priceDecimals`
/// @param tick smallest price step, in those units
public record Feed(String name, int priceDecimals, long tick) {
  /// Checks scale and tick.
  ///
  /// @throws IllegalArgumentException if the scale is not 0 to 18 or the tick not positive
  public Feed {
    if (priceDecimals < 0 || priceDecimals > Decimals.DECIMALS_MAX) {
      throw new IllegalArgumentException(name + ": priceDecimals must be 0 to 18");
    }
    if (tick <= 0) {
      throw new IllegalArgumentException(name + ": tick must be positive");
    }
  }
}
