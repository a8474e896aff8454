package trimtab.engine.ledger;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Objects;
import trimtab.core.instrument.Listing;
import trimtab.engine.journal.StateWriter;

/// The balances of one state machine that are no trader's: with them every sum is zero.
///
/// They are posted from what a movement *should* be (notional, cost, penalty), while the traders'
/// side is summed from what their rows *became*; a difference is an error, and is found at once.
/// Sums over everybody are taken modulo 2^64: they are only compared with zero.
public final class Ledger {
  private final EnumMap<LedgerAccount, long[]> balances = new EnumMap<>(LedgerAccount.class);
  private final long[] externalQuantity;
  private final long[] externalCost;

  public Ledger(Listing listing) {
    for (LedgerAccount account : LedgerAccount.values()) {
      balances.put(account, new long[listing.assets().size()]);
    }
    this.externalQuantity = new long[listing.contracts().size()];
    this.externalCost = new long[listing.contracts().size()];
  }

  /// Adds an amount, in asset units; asset 0 is the settlement currency, in value units.
  public void post(LedgerAccount account, int asset, long amount) {
    of(account)[asset] += amount;
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
    return of(account)[asset];
  }

  private long[] of(LedgerAccount account) {
    return Objects.requireNonNull(balances.get(account));
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
    for (long[] balance : balances.values()) {
      sum += balance[asset];
    }
    return sum;
  }

  public void writeState(StateWriter out) {
    balances.values().forEach(balance -> Arrays.stream(balance).forEach(out::putLong));
    Arrays.stream(externalQuantity).forEach(out::putLong);
    Arrays.stream(externalCost).forEach(out::putLong);
  }
}
