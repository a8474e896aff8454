package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.number.Fraction;

/// A lending protocol at which a liquidator repays a debt and takes collateral for it at once, at
/// the oracle's prices: what the account loses beyond the repaid value is the penalty, and trading
/// is the liquidator's affair.
///
/// What is cut: a seized amount to steps that pay for one unit of the debt, and a repaid one to
/// units of the settlement currency where the debt's units are finer. The penalty is the value of
/// what is seized less the value of what the protocol says is repaid for it.
public interface LendingRulebook extends LoanFigures {
  /// The protocol's answer to the liquidation that the parameters choose, of an account with a debt
  /// and a collateral at least.
  LoanCall call(LoanAccount account);

  /// Base units of the collateral that the protocol seizes for a repayment, at most all of it.
  BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid);

  /// The highest bonus that any pair pays, as a part of one. For the yardstick of over-liquidation
  /// alone; what a closing pays is [#levy()].
  Fraction largestBonus();

  /// The protocol's share of the bonus; the rest is the liquidator's.
  default Fraction protocolShare() {
    return Fraction.ZERO;
  }

  @Override
  default Optional<Prescription> prescription(Situation situation) {
    LoanAccount account =
        LoanAccount.gross(situation.account(), situation.marks(), situation.listing());
    return Optional.of(
        switch (answer(account)) {
          case LoanCall.Taken(LoanPair pair, BigInteger _, BigInteger seized, String formula)
              when seized.signum() > 0 ->
              new Prescription(
                  List.of(LoanAccount.piece(pair.debt(), pair.collateral(), seized)), formula);
          case LoanCall.Taken(LoanPair _, BigInteger _, BigInteger _, String formula) ->
              new Prescription(List.of(), "nothing is seized: " + formula);
          case LoanCall.Refused(String reason) -> new Prescription(List.of(), reason);
        });
  }

  /// The answer, a revert of the contract's arithmetic included.
  default LoanCall answer(LoanAccount account) {
    if (account.debts().isEmpty() || account.collaterals().isEmpty()) {
      return new LoanCall.Refused("a debt and a collateral are needed");
    }
    try {
      return call(account);
    } catch (ArithmeticException fault) {
      return new LoanCall.Refused("reverts: " + fault.getMessage());
    }
  }

  /// Base units of the debt that are repaid for seized collateral: those of [#call] where it seizes
  /// as much, else the least for which the protocol seizes it.
  default BigInteger repaidFor(LoanAccount account, LoanPair pair, BigInteger seized) {
    if (answer(account) instanceof LoanCall.Taken taken
        && taken.pair().equals(pair)
        && taken.seized().equals(seized)) {
      return taken.repaid();
    }
    BigInteger low = BigInteger.ZERO;
    BigInteger high = pair.debt().amount();
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (seizedFor(account, pair, middle).compareTo(seized) >= 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  @Override
  default Levy levy() {
    return new LiquidatorBonus(this);
  }

  @Override
  default PenaltyTerms penalty() {
    long protocol = ppm(protocolShare()).longValueExact();
    BigInteger rate = ppm(largestBonus()).add(BigInteger.ONE).min(BigInteger.valueOf(Ppm.ONE - 1));
    return new PenaltyTerms(
        0,
        rate.longValueExact(),
        PenaltyTerms.PositionBase.NOTIONAL,
        PenaltyTerms.PairBase.REPAID,
        PenaltyTerms.Cap.NONE,
        new PenaltyTerms.Split(0, Ppm.ONE - protocol, protocol));
  }

  private static BigInteger ppm(Fraction share) {
    return share.times(Fraction.of(Ppm.ONE)).ceil();
  }
}
