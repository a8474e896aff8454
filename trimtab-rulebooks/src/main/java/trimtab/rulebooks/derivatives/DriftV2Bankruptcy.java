package trimtab.rulebooks.derivatives;

import static trimtab.rulebooks.derivatives.DriftV2.BASE_PRECISION;
import static trimtab.rulebooks.derivatives.RustIntegers.divCeil;
import static trimtab.rulebooks.derivatives.RustIntegers.minusOrZero;
import static trimtab.rulebooks.derivatives.RustIntegers.mulDivFloor;
import static trimtab.rulebooks.derivatives.RustIntegers.u128;

import java.math.BigInteger;
import trimtab.rulebooks.derivatives.DriftV2.PerpPosition;

/// Drift v2: bad debt. A bankrupt account's loss is paid by the insurance fund up to the market's
/// bound, which keeps at least one unit, then by the fee pool of the market's maker, and what is
/// left is socialised: a perp's over all longs and shorts through cumulative funding, a borrow's
/// over all depositors through the interest index. What is socialised per unit rounds up, so that
/// the exchange does not pay for rounding. Scales and source: [DriftV2].
public final class DriftV2Bankruptcy {
  /// Funding rates have `1e9`, quote amounts `1e6`.
  private static final BigInteger FUNDING_PER_QUOTE = BigInteger.valueOf(1_000);

  private DriftV2Bankruptcy() {}

  /// Whether an account is bankrupt: a loss and nothing else.
  ///
  /// @param position its only perp
  /// @param backed whether it has a deposit, another position, a profit or an order
  public static boolean isBankrupt(PerpPosition position, boolean backed) {
    return !backed
        && position.base1e9().signum() == 0
        && position.openOrders() == 0
        && position.quote1e6().signum() < 0;
  }

  /// By how much cumulative funding changes to spread a loss, `1e9` per base unit: loss per base of
  /// longs and shorts together, rounded up to a unit of quote. Longs' funding rises by it, shorts'
  /// falls by it.
  ///
  /// @param loss1e6 of either sign; its size counts
  /// @param longBase1e9 of either sign
  /// @param shortBase1e9 of either sign
  /// @throws ArithmeticException if nobody holds a position
  public static BigInteger fundingDelta(
      BigInteger loss1e6, BigInteger longBase1e9, BigInteger shortBase1e9) {
    BigInteger total = longBase1e9.abs().add(shortBase1e9.abs());
    return divCeil(loss1e6.abs().multiply(BASE_PRECISION), total).multiply(FUNDING_PER_QUOTE);
  }

  /// What a holder pays when cumulative funding of its side changed to its disadvantage, `1e6`,
  /// rounded down.
  ///
  /// @param fundingDelta1e9 change per base unit, not negative
  /// @param base1e9 of either sign
  public static BigInteger fundingPayment(BigInteger fundingDelta1e9, BigInteger base1e9) {
    return mulDivFloor(fundingDelta1e9, base1e9.abs(), BASE_PRECISION).divide(FUNDING_PER_QUOTE);
  }

  /// By how much the interest index of deposits falls to spread a loss, `1e10`: index times loss
  /// over deposits, rounded up; 0 if there are no deposits. A loss above all deposits gives more
  /// than the index, and the program stops when it subtracts it.
  ///
  /// @param loss in the token's own unit
  /// @param totalDeposits in the token's own unit
  public static BigInteger depositInterestDelta(
      BigInteger loss, BigInteger totalDeposits, BigInteger cumulativeInterest1e10) {
    return totalDeposits.signum() == 0
        ? BigInteger.ZERO
        : divCeil(u128(cumulativeInterest1e10).multiply(u128(loss)), totalDeposits);
  }

  /// Who pays for the loss of a bankrupt perp.
  ///
  /// @param insurancePayment1e6 from the insurance fund
  /// @param feePoolPayment1e6 from the fee pool of the market's maker
  /// @param socialised1e6 by all holders
  /// @param fundingDelta1e9 per base unit, of longs upward, of shorts downward
  public record PerpResolution(
      BigInteger insurancePayment1e6,
      BigInteger feePoolPayment1e6,
      BigInteger socialised1e6,
      BigInteger fundingDelta1e9) {}

  /// Resolves the loss of a perp.
  ///
  /// @param loss1e6 its size, positive
  /// @param vault1e6 balance of the insurance fund, of which one unit stays
  /// @param claim1e6 what the market may still draw from it
  /// @param feePool1e6 balance of the fee pool
  /// @throws ArithmeticException if there is no loss, or nobody holds a position
  public static PerpResolution resolvePerp(
      BigInteger loss1e6,
      BigInteger vault1e6,
      BigInteger claim1e6,
      BigInteger feePool1e6,
      BigInteger longBase1e9,
      BigInteger shortBase1e9) {
    BigInteger insurance =
        requireLoss(loss1e6).min(minusOrZero(vault1e6, BigInteger.ONE)).min(claim1e6);
    BigInteger rest = loss1e6.subtract(insurance);
    BigInteger feePool = rest.min(feePool1e6);
    BigInteger socialised = rest.subtract(feePool);
    return new PerpResolution(
        insurance, feePool, socialised, fundingDelta(socialised, longBase1e9, shortBase1e9));
  }

  /// Who pays for a borrow without collateral, in the token's own unit.
  ///
  /// @param insurancePayment from the insurance fund
  /// @param socialised by all depositors
  /// @param interestDelta1e10 by which the index of deposits falls
  public record SpotResolution(
      BigInteger insurancePayment, BigInteger socialised, BigInteger interestDelta1e10) {}

  /// Resolves a borrow.
  ///
  /// @param borrow positive
  /// @param vault balance of the insurance fund, of which one unit stays
  /// @throws ArithmeticException if there is no borrow
  public static SpotResolution resolveSpot(
      BigInteger borrow,
      BigInteger vault,
      BigInteger totalDeposits,
      BigInteger cumulativeInterest1e10) {
    BigInteger insurance = requireLoss(borrow).min(minusOrZero(vault, BigInteger.ONE));
    BigInteger socialised = borrow.subtract(insurance);
    return new SpotResolution(
        insurance,
        socialised,
        depositInterestDelta(socialised, totalDeposits, cumulativeInterest1e10));
  }

  private static BigInteger requireLoss(BigInteger loss) {
    if (loss.signum() <= 0) {
      throw new ArithmeticException("there is no loss to resolve: " + loss);
    }
    return loss;
  }
}
