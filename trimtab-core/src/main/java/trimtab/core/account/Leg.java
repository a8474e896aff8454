package trimtab.core.account;

/// One thing that can be closed in an account. Sizes run along it: `q` units closed.
public sealed interface Leg {
  /// Closing `q` quantity units of a perpetual at the market.
  ///
  /// @param market index of the perpetual in the listing
  record PositionLeg(int market) implements Leg {}

  /// Selling `q` units of a collateral asset and repaying a debt from the proceeds.
  ///
  /// @param debtAsset index in the listing of the asset that is owed
  /// @param collateralAsset index in the listing of the asset that is seized and sold
  record PairLeg(int debtAsset, int collateralAsset) implements Leg {}
}
