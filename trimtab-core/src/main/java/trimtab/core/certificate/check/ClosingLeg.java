package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.OptionalLong;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;

/// A leg in the state in which it is closed: what closing any quantity of it does.
sealed interface ClosingLeg permits PositionClosing, PairClosing {
  /// What a quantity moves.
  ///
  /// @param cost curve and fee, rounded up each
  /// @param penalty what the rule takes
  /// @param repaid value by which a debt falls
  /// @param after the account afterwards
  record Settled(BigInteger cost, BigInteger penalty, BigInteger repaid, AccountState after) {}

  /// A leg of an account.
  ///
  /// @param state holds the leg
  /// @param target level on which failing sizes are judged
  static ClosingLeg of(AccountState state, Stage stage, Terms terms, Level target) {
    return stage.leg().isPair()
        ? new PairClosing(state, stage, terms, target)
        : new PositionClosing(state, stage, terms, target);
  }

  /// The whole leg, recomputed.
  long size();

  TradingCost tradingCost();

  /// Closes a quantity of 1 to [#size()], within the capacity of the curve.
  ///
  /// @param capped whether the penalty is capped at the improvement over the limit price
  Settled settle(long quantity, boolean capped);

  /// An upper bound of the excess over the target after closing a quantity below [#size()] with the
  /// uncapped penalty: no amount is rounded, and the settlement currency's net counts at its asset
  /// or at its debt weight whatever its sign.
  ///
  /// Where [#isConvex(long, long)] its largest value on a range is at an end.
  Rational bound(long quantity, boolean settlementPositive);

  /// A lower bound of the all-in loss of a quantity, nothing rounded, the penalty at its uncapped
  /// rate, whatever other legs do; linear where the cost is.
  Rational leastLoss(long quantity);

  /// An upper bound of what closing a quantity raises the excess by, whatever other legs do, with
  /// the settlement currency's net at one weight throughout; linear, or convex, where the cost is
  /// straight and no tier starts.
  Rational mostRelief(long quantity, boolean settlementPositive);

  /// By how much roundings can lift the exact excess above [#bound(long, boolean)].
  Rational slack(boolean settlementPositive);

  /// By how much equity may fall below cost and penalty because charges and what is paid out are
  /// whole units, in exact units; 0 where the exact unit is the value unit and the settlement
  /// currency pays.
  BigInteger rounding();

  /// Whether the bound is linear, or convex, between two quantities below [#size()].
  boolean isConvex(long from, long to);

  /// The quantity of which a rule closes a share: the position, or what repays that share of the
  /// debt; empty when nothing that is there repays it.
  ///
  /// @param sharePpm of the leg
  OptionalLong share(long sharePpm);

  /// `ceil(amount x ppm / 10^6)`.
  static BigInteger partRoundedUp(BigInteger amount, long ppm) {
    return Rational.ceilingDivide(amount.multiply(BigInteger.valueOf(ppm)), Level.MILLION);
  }
}
