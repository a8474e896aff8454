package trimtab.core.instrument;

import trimtab.core.money.Ppm;

/// Something an account can hold as collateral or owe as debt.
///
/// @param symbol for people, such as `ETH`
/// @param feed index of the price that values it, or [#SETTLEMENT] for the value currency itself
/// @param decimals an amount is an integer in units of `10^-decimals`
/// @param assetWeightPpm share of a positive balance that counts as backing (haircut, liquidation
///   threshold); at most 1
/// @param debtWeightPpm multiple at which a negative balance counts as obligation; at least 1
/// @param lot smallest step in which it is sold, in amount units
/// @param minimumOrderValue least value of a sale that does not sell everything needed, value units
/// @param dustValue a remainder worth less than this (value units) may not be left
/// @param takerFeePpm fee on the value sold
public record Asset(
    String symbol,
    int feed,
    int decimals,
    long assetWeightPpm,
    long debtWeightPpm,
    long lot,
    long minimumOrderValue,
    long dustValue,
    long takerFeePpm) {
  /// The feed of the value currency: its price is one by definition.
  public static final int SETTLEMENT = -1;

  public Asset {
    if (assetWeightPpm < 0 || assetWeightPpm > Ppm.ONE || debtWeightPpm < Ppm.ONE) {
      throw new IllegalArgumentException(
          "%s: assetWeight must be 0 to 1 and debtWeight at least 1; got %s and %s"
              .formatted(symbol, Ppm.format(assetWeightPpm), Ppm.format(debtWeightPpm)));
    }
    if (lot <= 0 || minimumOrderValue < 0 || dustValue < 0 || takerFeePpm < 0) {
      throw new IllegalArgumentException(
          symbol + ": lot must be positive, minimum order, dust and fee not negative");
    }
  }

  public boolean isSettlement() {
    return feed == SETTLEMENT;
  }
}
