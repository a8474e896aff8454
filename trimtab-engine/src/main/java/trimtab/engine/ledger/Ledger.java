package trimtab.engine.ledger;

import java.util.Arrays;
import trimtab.core.instrument.Listing;
import trimtab.engine.journal.StateWriter;

/// The balances of one state machine that are no trader's: with them every sum is zero.
///
/// They are posted from what a movement *should* be (notional, cost, penalty), while the traders'
/// side is summed from what their rows *became*; a difference is an error, and is found at once.
/// Sums over everybody are taken modulo 2^64: they are only compared with zero.
public final class Ledger {
  private static final LedgerAccount[] ACCOUNTS = LedgerAccount.values();

  private final int assets;
  private final long[] balances;
  private final long[] externalQuantity;
  private final long[] externalCost;

  public Ledger(Listing listing) {
    this.assets = listing.assets().size();
    this.balances = new long[ACCOUNTS.length * assets];
    this.externalQuantity = new long[listing.perpetuals().size()];
    this.externalCost = new long[listing.perpetuals().size()];
  }

  /// Adds an amount, in asset units; asset 0 is the settlement currency, in value units.
  public void post(LedgerAccount account, int asset, long amount) {
    balances[account.ordinal() * assets + asset] += amount;
  }

  /// The outside takes the other side of a change in traders' positions.
  ///
  /// @param quantity by which the traders' quantity changed, signed
  /// @param cost by which the traders' cost changed, signed, value units
  public void mirrorPosition(int market, long quantity, long cost) {
    externalQuantity[market] -= quantity;
    externalCost[market] -= cost;
  }

  public long balance(LedgerAccount account, int asset) {
    return balances[account.ordinal() * assets + asset];
  }

  public long externalQuantity(int market) {
    return externalQuantity[market];
  }

  public long externalCost(int market) {
    return externalCost[market];
  }

  /// Sum over the ledger's own accounts, asset units.
  public long sum(int asset) {
    long sum = 0;
    for (int i = asset; i < balances.length; i += assets) {
      sum += balances[i];
    }
    return sum;
  }

  public void writeState(StateWriter out) {
    Arrays.stream(balances).forEach(out::putLong);
    Arrays.stream(externalQuantity).forEach(out::putLong);
    Arrays.stream(externalCost).forEach(out::putLong);
  }
}
