package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Levy;
import trimtab.rulebooks.number.Fraction;

/// What an account loses to a liquidator: the value of what is seized, rounded down, less the value
/// of what is repaid for it, rounded up, so that exactly that is repaid.
///
/// @param rulebook that says how much is repaid
record LiquidatorBonus(LendingRulebook rulebook) implements Levy {
  @Override
  public OptionalLong penalty(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost) {
    if (!(leg instanceof Leg.PairLeg(int debt, int collateral))) {
      return OptionalLong.empty();
    }
    Listing listing = model.listing();
    LoanAccount loan = LoanAccount.gross(account, marks, listing);
    LoanPair pair = loan.pair(debt, collateral);
    BigInteger repaid = rulebook.repaidFor(loan, pair, BigInteger.valueOf(quantity));
    BigInteger value = value(listing, marks, collateral, BigInteger.valueOf(quantity)).floor();
    BigInteger paid = value(listing, marks, debt, repaid).ceil();
    return OptionalLong.of(
        value
            .subtract(paid)
            .subtract(BigInteger.valueOf(cost))
            .max(BigInteger.ZERO)
            .longValueExact());
  }

  /// In value units.
  private static Fraction value(Listing listing, Marks marks, int asset, BigInteger amount) {
    long unitValue = marks.unitValue(listing, listing.assets().get(asset));
    return new Fraction(
        amount.multiply(BigInteger.valueOf(unitValue)), BigInteger.valueOf(listing.exactScale()));
  }
}
