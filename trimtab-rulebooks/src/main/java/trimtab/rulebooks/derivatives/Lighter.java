package trimtab.rulebooks.derivatives;

import java.util.List;
import trimtab.rulebooks.number.Fraction;

/// Lighter: positions one by one at a price that keeps health, then a fund that takes over.
/// Documented only; the documents state no rounding, so the figures are exact dollars and units.
///
/// **Trigger.** Four states by the account value, `collateral + sum of size x (mark - entry)`:
/// healthy; *pre-liquidation*, below the initial requirement, where trades may not grow a position
/// nor lower value over initial requirement; *partial liquidation*, below the maintenance
/// requirement; *full liquidation*, below the close-out requirement. Each strictly. A requirement
/// is the sum of `|size| x mark x fraction`, with `close-out < maintenance < initial`.
///
/// **How much.** Open orders are cancelled first. Then whole positions, one by one, until the value
/// is no longer below the maintenance requirement.
///
/// **Order.** By a heuristic that is not documented: the order is the caller's.
///
/// **Price.** Immediate or cancel at the *zero price*, at which value over maintenance requirement
/// stays what it is: `mark x (1 -/+ fraction x value / requirement)` for a long / short.
///
/// **Fee.** What a fill is better than the zero price, up to 1 % of the fill, to the insurance
/// fund.
///
/// **Dust.** None is documented.
///
/// **Bad debt.** In full liquidation the fund (the LLP) takes all positions and the collateral,
/// prelaunch markets excepted; where it cannot, positions are deleveraged against the other side at
/// the zero price. Its order is not documented.
///
/// Source: `https://docs.lighter.xyz/perpetual-futures/liquidations-and-insurance-fund`. The zero
/// price is our solution of the property that the document states; that the 1 % is of the fill's
/// notional is our reading.
public final class Lighter {
  private Lighter() {}

  /// What the venue sets.
  ///
  /// @param maxFee largest share of a fill that the fund takes
  public record Parameters(Fraction maxFee) {
    /// As documented.
    public static final Parameters DOCUMENTED = new Parameters(Fraction.parse("0.01"));
  }

  /// Margin fractions of a market.
  public record Fractions(Fraction initial, Fraction maintenance, Fraction closeOut) {
    /// @throws IllegalArgumentException unless close-out, maintenance, initial rise strictly
    public Fractions {
      if (closeOut.compareTo(maintenance) >= 0 || maintenance.compareTo(initial) >= 0) {
        throw new IllegalArgumentException(
            "close-out < maintenance < initial is expected: %s, %s, %s"
                .formatted(closeOut, maintenance, initial));
      }
    }
  }

  /// A position.
  ///
  /// @param size negative for a short, units
  public record Position(
      Fraction size, Fraction entryPrice, Fraction markPrice, Fractions fractions) {
    Fraction notional() {
      return size.abs().times(markPrice);
    }
  }

  /// Value and requirements of an account, dollars.
  public record Margin(Fraction value, Fraction initial, Fraction maintenance, Fraction closeOut) {}

  /// Value and requirements of an account.
  public static Margin margin(Fraction collateral, List<Position> positions) {
    Margin margin = new Margin(collateral, Fraction.ZERO, Fraction.ZERO, Fraction.ZERO);
    for (Position each : positions) {
      Fraction gain = each.size().times(each.markPrice().minus(each.entryPrice()));
      Fraction notional = each.notional();
      margin =
          new Margin(
              margin.value().plus(gain),
              margin.initial().plus(notional.times(each.fractions().initial())),
              margin.maintenance().plus(notional.times(each.fractions().maintenance())),
              margin.closeOut().plus(notional.times(each.fractions().closeOut())));
    }
    return margin;
  }

  /// Where an account stands.
  public enum State {
    HEALTHY,
    PRE_LIQUIDATION,
    PARTIAL_LIQUIDATION,
    FULL_LIQUIDATION
  }

  /// Where an account stands; equality is on the better side of each bound.
  public static State state(Margin margin) {
    Fraction value = margin.value();
    if (value.compareTo(margin.closeOut()) < 0) {
      return State.FULL_LIQUIDATION;
    }
    if (value.compareTo(margin.maintenance()) < 0) {
      return State.PARTIAL_LIQUIDATION;
    }
    return value.compareTo(margin.initial()) < 0 ? State.PRE_LIQUIDATION : State.HEALTHY;
  }

  /// Whether a trade is allowed in pre-liquidation: no position grows, and value over initial
  /// requirement does not fall. With nothing left to hold margin for it is.
  ///
  /// @param sizesBefore by market
  /// @param sizesAfter by market, in the same order
  /// @throws IllegalArgumentException if the lists differ in length
  public static boolean isAllowedBeforeLiquidation(
      Margin before, Margin after, List<Fraction> sizesBefore, List<Fraction> sizesAfter) {
    if (sizesBefore.size() != sizesAfter.size()) {
      throw new IllegalArgumentException("sizes of the same markets are expected");
    }
    for (int i = 0; i < sizesBefore.size(); i++) {
      if (sizesAfter.get(i).abs().compareTo(sizesBefore.get(i).abs()) > 0) {
        return false;
      }
    }
    return before.value().times(after.initial()).compareTo(after.value().times(before.initial()))
        <= 0;
  }

  /// The price at which a close leaves value over maintenance requirement as it is; below zero
  /// where a short's account is far under water, above the mark for a long's.
  ///
  /// @throws ArithmeticException if the account has no requirement
  public static Fraction zeroPrice(Margin margin, Position position) {
    Fraction concession =
        position.fractions().maintenance().times(margin.value()).over(margin.maintenance());
    return position.size().signum() > 0
        ? position.markPrice().times(Fraction.ONE.minus(concession))
        : position.markPrice().times(Fraction.ONE.plus(concession));
  }

  /// Fee of a fill, dollars: what it is better than the zero price, at most the largest share of
  /// its notional. Zero where it is not better.
  ///
  /// @param size of the fill without sign, units
  public static Fraction fee(
      Parameters parameters,
      boolean closesLong,
      Fraction zeroPrice,
      Fraction fillPrice,
      Fraction size) {
    Fraction better = closesLong ? fillPrice.minus(zeroPrice) : zeroPrice.minus(fillPrice);
    Fraction most = parameters.maxFee().times(fillPrice).times(size);
    return better.times(size).max(Fraction.ZERO).min(most);
  }

  /// What happens in a state.
  public enum Step {
    NOTHING,
    /// The next position at its zero price, whole, immediate or cancel.
    CLOSE_NEXT_AT_ZERO_PRICE,
    /// The fund takes all positions and the collateral.
    FUND_TAKES_OVER,
    /// Positions are deleveraged at their zero prices.
    DELEVERAGE
  }

  /// What the engine does next, open orders being cancelled.
  ///
  /// @param fundCanTake whether the fund is able to take the account over
  public static Step step(State state, boolean fundCanTake) {
    return switch (state) {
      case HEALTHY, PRE_LIQUIDATION -> Step.NOTHING;
      case PARTIAL_LIQUIDATION -> Step.CLOSE_NEXT_AT_ZERO_PRICE;
      case FULL_LIQUIDATION -> fundCanTake ? Step.FUND_TAKES_OVER : Step.DELEVERAGE;
    };
  }
}
