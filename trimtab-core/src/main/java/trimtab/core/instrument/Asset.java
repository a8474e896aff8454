package trimtab.core.instrument;

import trimtab.core.money.Ppm;

/// Something an account can hold as collateral or owe as debt.
///
/// @param symbol for people, such as `ETH`
/// @param feed index of the price that values it, or [#SETTLEMENT] for the value currency itself
/// @param decimals an amount is an integer in units of `10^-decimals`
/// @param maintenance what it counts for when breach is judged (haircut, liquidation threshold)
/// @param initial what it counts for when new risk is taken or value leaves (loan to value)
/// @param lot smallest step in which it is sold, in amount units
/// @param minimumOrderValue least value of a sale that does not sell everything needed, value units
/// @param dustValue a remainder worth less than this (value units) may not be left
/// @param takerFeePpm fee on the value sold
public record Asset(
    String symbol,
    int feed,
    int decimals,
    Weights maintenance,
    Weights initial,
    long lot,
    long minimumOrderValue,
    long dustValue,
    long takerFeePpm) {
  /// The feed of the value currency: its price is one by definition.
  public static final int SETTLEMENT = -1;

  /// What a holding and a debt count for.
  ///
  /// @param holding share of a positive balance that counts as backing; at most 1
  /// @param debtPpm multiple at which a negative balance counts as obligation; at least 1
  public record Weights(CollateralTiers holding, long debtPpm) {
    /// One weight for every size.
    public static Weights flat(long holdingPpm, long debtPpm) {
      return new Weights(CollateralTiers.flat(holdingPpm), debtPpm);
    }
  }

  /// Checks the terms.
  ///
  /// @throws IllegalArgumentException with the one that is out of range
  public Asset {
    requireDebtWeight(symbol, maintenance);
    requireDebtWeight(symbol, initial);
    if (lot <= 0 || minimumOrderValue < 0 || dustValue < 0 || takerFeePpm < 0) {
      throw new IllegalArgumentException(
          symbol + ": lot must be positive, minimum order, dust and fee not negative");
    }
  }

  /// An asset with one weight for every size, the same for new risk and for breach.
  public Asset(
      String symbol,
      int feed,
      int decimals,
      long assetWeightPpm,
      long debtWeightPpm,
      long lot,
      long minimumOrderValue,
      long dustValue,
      long takerFeePpm) {
    this(
        symbol,
        feed,
        decimals,
        checked(symbol, assetWeightPpm, debtWeightPpm),
        checked(symbol, assetWeightPpm, debtWeightPpm),
        lot,
        minimumOrderValue,
        dustValue,
        takerFeePpm);
  }

  private static Weights checked(String symbol, long assetWeightPpm, long debtWeightPpm) {
    if (assetWeightPpm < 0 || assetWeightPpm > Ppm.ONE || debtWeightPpm < Ppm.ONE) {
      throw new IllegalArgumentException(
          "%s: assetWeight must be 0 to 1 and debtWeight at least 1; got %s and %s"
              .formatted(symbol, Ppm.format(assetWeightPpm), Ppm.format(debtWeightPpm)));
    }
    return Weights.flat(assetWeightPpm, debtWeightPpm);
  }

  private static void requireDebtWeight(String symbol, Weights weights) {
    if (weights.debtPpm() < Ppm.ONE) {
      throw new IllegalArgumentException(
          "%s: debtWeight must be at least 1, not %s"
              .formatted(symbol, Ppm.format(weights.debtPpm())));
    }
  }

  /// The same asset for whoever does not trade it: no fee, no lot, no least order, no dust.
  Asset untraded() {
    return new Asset(symbol, feed, decimals, maintenance, initial, 1, 0, 0, 0);
  }

  /// Whether it is the settlement currency, whose price is one.
  public boolean isSettlement() {
    return feed == SETTLEMENT;
  }

  /// The weight of the first part of a holding when breach is judged: the largest there is.
  public long assetWeightPpm() {
    return maintenance.holding().maximumWeightPpm();
  }

  /// The weight of a debt when breach is judged.
  public long debtWeightPpm() {
    return maintenance.debtPpm();
  }
}
