package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.mulDivCeil;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;

/// What Morpho's three contracts share: the scale of prices and the conversion of debt shares.
///
/// A share conversion adds 1e6 virtual shares and 1 virtual asset to the totals, so that an empty
/// market has a price and cannot be inflated (morpho-org/morpho-blue
/// `src/libraries/SharesMathLib.sol`).
final class MorphoMath {
  /// `1e36`: a price is this many times loan base units per collateral base unit.
  static final BigInteger ORACLE_PRICE_SCALE = BigInteger.TEN.pow(36);

  private static final BigInteger VIRTUAL_SHARES = BigInteger.TEN.pow(6);
  private static final BigInteger VIRTUAL_ASSETS = BigInteger.ONE;

  private MorphoMath() {}

  /// Assets that shares are worth, rounded down.
  static BigInteger toAssetsDown(
      BigInteger shares, BigInteger totalAssets, BigInteger totalShares) {
    return mulDivFloor(shares, totalAssets.add(VIRTUAL_ASSETS), totalShares.add(VIRTUAL_SHARES));
  }

  /// Assets that shares are worth, rounded up.
  static BigInteger toAssetsUp(BigInteger shares, BigInteger totalAssets, BigInteger totalShares) {
    return mulDivCeil(shares, totalAssets.add(VIRTUAL_ASSETS), totalShares.add(VIRTUAL_SHARES));
  }

  /// Shares that assets buy, rounded up.
  static BigInteger toSharesUp(BigInteger assets, BigInteger totalAssets, BigInteger totalShares) {
    return mulDivCeil(assets, totalShares.add(VIRTUAL_SHARES), totalAssets.add(VIRTUAL_ASSETS));
  }

  /// Value of collateral in loan base units, rounded down.
  static BigInteger quotedDown(BigInteger collateral, BigInteger price) {
    return mulDivFloor(collateral, price, ORACLE_PRICE_SCALE);
  }

  /// Value of collateral in loan base units, rounded up.
  static BigInteger quotedUp(BigInteger collateral, BigInteger price) {
    return mulDivCeil(collateral, price, ORACLE_PRICE_SCALE);
  }

  /// Repaid loan assets for collateral that is seized: `ceil(ceil(seized x price / 1e36) /
  /// factor)`, in favour of the borrower.
  static BigInteger repaidFor(BigInteger seizedAssets, BigInteger price, BigInteger factorWad) {
    return mulDivCeil(quotedUp(seizedAssets, price), WAD, factorWad);
  }

  /// Collateral that is seized for repaid loan assets: `floor(floor(repaid x factor) x 1e36 /
  /// price)`, in favour of the borrower.
  ///
  /// @throws ArithmeticException if the price is 0
  static BigInteger seizedFor(BigInteger repaidAssets, BigInteger price, BigInteger factorWad) {
    return mulDivFloor(mulDivFloor(repaidAssets, factorWad, WAD), ORACLE_PRICE_SCALE, price);
  }
}
