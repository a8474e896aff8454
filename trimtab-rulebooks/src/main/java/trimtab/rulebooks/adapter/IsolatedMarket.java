package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.MorphoBlue;
import trimtab.rulebooks.number.Fraction;

/// A debt and its collateral as a market of Morpho sees them. An account of the core knows its debt
/// alone, so the market is one in which nothing has accrued and nobody else borrows: a base unit is
/// `1e6` shares.
final class IsolatedMarket {
  private static final BigInteger SHARES_PER_UNIT = BigInteger.TEN.pow(6);
  private static final Fraction PRICE_SCALE = Fraction.of(BigInteger.TEN.pow(36));

  private IsolatedMarket() {}

  /// `1e36` x base units of the debt per base unit of the collateral, rounded down.
  static BigInteger price(Reserve debt, Reserve collateral) {
    Fraction perUnit = collateral.valueOf(BigInteger.ONE).over(debt.valueOf(BigInteger.ONE));
    return perUnit.times(PRICE_SCALE).floor();
  }

  static BigInteger price(LoanPair pair) {
    return price(pair.debt(), pair.collateral());
  }

  static BigInteger shares(BigInteger units) {
    return units.multiply(SHARES_PER_UNIT);
  }

  static MorphoBlue.Market market(LoanPair pair) {
    return new MorphoBlue.Market(pair.debt().amount(), shares(pair.debt().amount()));
  }

  static MorphoBlue.Position position(LoanPair pair) {
    return new MorphoBlue.Position(shares(pair.debt().amount()), pair.collateral().amount());
  }

  /// The one debt and the one collateral of an account.
  static LoanPair pair(LoanAccount account) {
    return new LoanPair(account.debts().getFirst(), account.collaterals().getFirst());
  }
}
