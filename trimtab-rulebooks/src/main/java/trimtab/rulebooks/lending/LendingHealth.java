package trimtab.rulebooks.lending;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Fraction;

/// What holds for every lending protocol, without rounding: what a partial liquidation does to the
/// health of an account.
///
/// With `A` the collateral at its thresholds, `D` the debt, `HF = A / D`, `b` one plus the bonus
/// and `LT` the threshold *of the seized asset* (never the account's average):
///
/// - Repaying `r` leaves `HF' = (A - r b LT) / (D - r)`, and `HF' - HF = r (HF - b LT) / (D - r)`:
///   health rises iff `HF > b LT`, whatever the size.
/// - Reaching a target `T` takes `r* = (T D - A) / (T - b LT)`, valid iff `T > b LT`, possible iff
///   `r* <= D`, which is iff `HF >= b LT`; as a close factor `(T - HF) / (T - b LT)`.
/// - With `C` the collateral at its full value, the loss that is left after `r` is `max(0, D - C +
///   (b - 1) r)`; the largest bonus that never makes one is `b = C / D`.
/// - Closing a share `c` of the debt restores `T` iff `HF >= c b LT + (1 - c) T`: half of it
///   restores 1 iff `HF >= (1 + b LT) / 2`.
///
/// All values in one currency. Derived, no protocol's own; see Warmuz, Chaudhary and Pinna, arXiv
/// 2212.07306, on what repeated partials do where `HF < b LT`.
public final class LendingHealth {
  private LendingHealth() {}

  /// An account and what would be seized of it.
  ///
  /// @param backing collateral at its thresholds, `A`
  /// @param debt `D`
  /// @param bonusFactor `b`, 1.05 for a bonus of 5%
  /// @param seizedThreshold `LT`
  public record Pair(
      Fraction backing, Fraction debt, Fraction bonusFactor, Fraction seizedThreshold) {
    /// `b LT`: backing that is lost for each unit of debt that is repaid.
    public Fraction lost() {
      return bonusFactor.times(seizedThreshold);
    }

    /// `A / D`; empty without debt.
    public Optional<Fraction> healthFactor() {
      return quotient(backing, debt);
    }
  }

  /// Which way health moves.
  public enum Direction {
    UP,
    DOWN,
    EQUAL
  }

  /// Health around a partial liquidation.
  ///
  /// @param before empty without debt
  /// @param after empty if no debt is left
  public record Change(Optional<Fraction> before, Optional<Fraction> after, Direction direction) {}

  /// A way to a target.
  ///
  /// @param reachable whether repaying some of the debt gets there
  /// @param repay empty if no size does, however large
  /// @param closeFactor `repay / debt`
  /// @param after health after `repay`; empty if it is not reachable, or no debt is left
  public record Target(
      boolean reachable,
      Optional<Fraction> repay,
      Optional<Fraction> closeFactor,
      Optional<Fraction> after) {}

  /// Which way any partial liquidation of the pair moves health: the sign of `A - D b LT`.
  public static Direction direction(Pair pair) {
    int sign = pair.backing().compareTo(pair.lost().times(pair.debt()));
    if (sign == 0) {
      return Direction.EQUAL;
    }
    return sign > 0 ? Direction.UP : Direction.DOWN;
  }

  /// Health after repaying a part of the debt.
  ///
  /// @param repay 0 to the debt; 0 changes nothing
  /// @throws IllegalArgumentException if it is not
  public static Change afterPartial(Pair pair, Fraction repay) {
    if (repay.signum() < 0 || repay.compareTo(pair.debt()) > 0) {
      throw new IllegalArgumentException(
          "repays " + repay + " of a debt of " + pair.debt() + "; repay 0 to all of it");
    }
    return new Change(
        pair.healthFactor(),
        after(pair, repay),
        repay.signum() == 0 ? Direction.EQUAL : direction(pair));
  }

  /// The repayment that brings health exactly to a target. A target that is already met takes 0.
  public static Target repayToTarget(Pair pair, Fraction target) {
    Fraction missing = target.times(pair.debt()).minus(pair.backing());
    if (missing.signum() <= 0) {
      return reached(pair, Fraction.ZERO);
    }
    Fraction gained = target.minus(pair.lost());
    if (gained.signum() <= 0) {
      return new Target(false, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Fraction repay = missing.over(gained);
    return repay.compareTo(pair.debt()) <= 0
        ? reached(pair, repay)
        : new Target(false, Optional.of(repay), quotient(repay, pair.debt()), Optional.empty());
  }

  /// Whether closing a share of the debt brings health to a target or above it: `HF >= share x b LT
  /// + (1 - share) x target`.
  ///
  /// @param closeFactor 0 to 1
  public static boolean restores(Pair pair, Fraction closeFactor, Fraction target) {
    Fraction least =
        closeFactor.times(pair.lost()).plus(Fraction.ONE.minus(closeFactor).times(target));
    return pair.backing().compareTo(least.times(pair.debt())) >= 0;
  }

  /// The loss that is left when the whole collateral has been seized, after a repayment: `max(0, D
  /// - C + (b - 1) r)`.
  ///
  /// @param collateral at its full value
  public static Fraction shortfallAfter(
      Fraction collateral, Fraction debt, Fraction bonusFactor, Fraction repay) {
    Fraction bonus = bonusFactor.minus(Fraction.ONE).times(repay);
    return debt.minus(collateral).plus(bonus).max(Fraction.ZERO);
  }

  /// The largest `b` that makes no bad debt, `C / D`; empty without debt.
  public static Optional<Fraction> largestHarmlessBonus(Fraction collateral, Fraction debt) {
    return quotient(collateral, debt);
  }

  /// The pair that costs an account the least backing for each unit repaid: least `b LT`, the first
  /// of equals.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Pair leastHarmful(List<Pair> pairs) {
    return pairs.stream()
        .min(Comparator.comparing(Pair::lost))
        .orElseThrow(() -> new IllegalArgumentException("no pair to choose from; give one"));
  }

  private static Target reached(Pair pair, Fraction repay) {
    return new Target(true, Optional.of(repay), quotient(repay, pair.debt()), after(pair, repay));
  }

  private static Optional<Fraction> after(Pair pair, Fraction repay) {
    return quotient(pair.backing().minus(repay.times(pair.lost())), pair.debt().minus(repay));
  }

  private static Optional<Fraction> quotient(Fraction dividend, Fraction divisor) {
    return divisor.signum() == 0 ? Optional.empty() : Optional.of(dividend.over(divisor));
  }
}
