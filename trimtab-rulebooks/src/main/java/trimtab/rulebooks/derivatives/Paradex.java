package trimtab.rulebooks.derivatives;

import java.util.List;
import trimtab.rulebooks.number.Fraction;

/// Paradex: every position of an account is cut by the same share. Documented only; a document
/// states no rounding, so the figures are exact dollars and units.
///
/// **Trigger.** `requirement / value > 100 %` at a periodic check, strictly; also where the value
/// is zero or less and there is a requirement.
///
/// **How much.** The least multiple of 20 % after which the ratio is below 90 %, strictly; all
/// where none is. After a share s: `requirement x (1 - s)` over `value - penalty(s)`.
///
/// **Order.** All positions at once, in proportion; a hedge stays a hedge.
///
/// **Price.** The insurance fund takes the share over at the mark price.
///
/// **Penalty.** `s x fee x requirement` from the collateral to the insurance fund. The document
/// says that the fee is 70 %, its own table of shares uses 50 %: [Parameters#DOCUMENTED] has the
/// text's, [Parameters#EXAMPLE] the table's.
///
/// **Dust.** None is documented.
///
/// **Bad debt.** Withdrawals are cut by the factor of socialised loss while what bankrupt accounts
/// lack exceeds the insurance fund; deleveraging is the last resort. The documents at hand give no
/// formula for the factor's denominator; here it is the sum of the positive settlement balances,
/// over which the loss is shared out, and its argument.
///
/// Source: `https://docs.paradex.trade/risk/liquidations`,
/// `https://docs.paradex.trade/risk/socialized-losses`.
public final class Paradex {
  private static final int SHARES_MAX = 10_000;

  private Paradex() {}

  /// What the venue sets.
  ///
  /// @param triggerRatio above it an account is liquidated
  /// @param targetRatio below it an account is brought
  /// @param shareStep shares are multiples of it
  /// @param fee penalty of a full liquidation, a share of the requirement
  public record Parameters(
      Fraction triggerRatio, Fraction targetRatio, Fraction shareStep, Fraction fee) {
    /// As the text states them.
    public static final Parameters DOCUMENTED =
        new Parameters(
            Fraction.ONE, Fraction.parse("0.9"), Fraction.parse("0.2"), Fraction.parse("0.7"));

    /// As the worked example uses them.
    public static final Parameters EXAMPLE =
        new Parameters(
            Fraction.ONE, Fraction.parse("0.9"), Fraction.parse("0.2"), Fraction.parse("0.5"));

    /// @throws IllegalArgumentException if the step is not above zero, or so small that there are
    ///   more than ten thousand shares
    public Parameters {
      if (shareStep.signum() <= 0
          || shareStep.times(Fraction.of(SHARES_MAX)).compareTo(Fraction.ONE) < 0) {
        throw new IllegalArgumentException("the step of shares is too small: " + shareStep);
      }
    }
  }

  /// Whether an account's ratio is above a bound: `requirement > bound x value`, which holds for a
  /// requirement over a value of zero or less too. Without a requirement it is not.
  public static boolean isAbove(Fraction bound, Fraction value, Fraction requirement) {
    return requirement.signum() > 0 && requirement.compareTo(bound.times(value)) > 0;
  }

  /// Whether an account is liquidated.
  ///
  /// @param value collateral and unrealised gains, dollars
  /// @param requirement maintenance requirement, dollars
  public static boolean isLiquidatable(
      Parameters parameters, Fraction value, Fraction requirement) {
    return isAbove(parameters.triggerRatio(), value, requirement);
  }

  /// Penalty of a share, dollars: `share x fee x requirement`.
  public static Fraction penalty(Parameters parameters, Fraction requirement, Fraction share) {
    return share.times(parameters.fee()).times(requirement);
  }

  /// An account after a share, dollars.
  public record Outcome(Fraction requirement, Fraction penalty, Fraction value) {
    /// Requirement over value.
    ///
    /// @throws ArithmeticException if the value is zero
    public Fraction ratio() {
      return requirement.over(value);
    }
  }

  /// What a share makes of an account.
  ///
  /// @throws IllegalArgumentException if the share is not in `[0, 1]`
  public static Outcome afterShare(
      Parameters parameters, Fraction value, Fraction requirement, Fraction share) {
    if (share.signum() < 0 || share.compareTo(Fraction.ONE) > 0) {
      throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
    }
    Fraction penalty = penalty(parameters, requirement, share);
    return new Outcome(requirement.times(Fraction.ONE.minus(share)), penalty, value.minus(penalty));
  }

  /// The share that is liquidated: the least multiple of the step that brings the ratio below the
  /// target, else all. Zero where the ratio is not above the trigger.
  public static Fraction share(Parameters parameters, Fraction value, Fraction requirement) {
    if (!isLiquidatable(parameters, value, requirement)) {
      return Fraction.ZERO;
    }
    Fraction share = parameters.shareStep();
    while (share.compareTo(Fraction.ONE) < 0) {
      Outcome after = afterShare(parameters, value, requirement, share);
      if (after.value().signum() > 0
          && after.requirement().compareTo(parameters.targetRatio().times(after.value())) < 0) {
        return share;
      }
      share = share.plus(parameters.shareStep());
    }
    return Fraction.ONE;
  }

  /// What a share leaves of a position.
  public static Fraction sizeLeft(Fraction size, Fraction share) {
    return size.times(Fraction.ONE.minus(share));
  }

  /// What a share leaves of the collateral: the share of the unrealised gains (losses negative) is
  /// realised, the penalty paid.
  public static Fraction collateralLeft(
      Fraction collateral, Fraction unrealized, Fraction share, Fraction penalty) {
    return collateral.plus(share.times(unrealized)).minus(penalty);
  }

  /// What an account lacks if everything is closed at the mark price: `max(0, -balance)`.
  public static Fraction bankruptcyAmount(Fraction settlementBalance) {
    return settlementBalance.negate().max(Fraction.ZERO);
  }

  /// What all accounts lack beyond the insurance fund: `max(0, sum of amounts - fund)`. A fund
  /// below zero adds to it.
  ///
  /// @param settlementBalances of the users' accounts, dollars
  public static Fraction exchangeBankruptcyAmount(
      List<Fraction> settlementBalances, Fraction insuranceFund) {
    return settlementBalances.stream()
        .map(Paradex::bankruptcyAmount)
        .reduce(Fraction.ZERO, Fraction::plus)
        .minus(insuranceFund)
        .max(Fraction.ZERO);
  }

  /// Share by which withdrawals are cut: the exchange's bankruptcy amount over what users could
  /// claim, at most all of it.
  ///
  /// @param claims sum of the positive settlement balances, dollars
  /// @throws ArithmeticException if there are no claims
  public static Fraction socializedLossFactor(Fraction exchangeBankruptcyAmount, Fraction claims) {
    return exchangeBankruptcyAmount.over(claims).min(Fraction.ONE);
  }
}
