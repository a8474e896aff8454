package trimtab.engine.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Listing;
import trimtab.engine.breach.AccountSource;
import trimtab.engine.journal.StateWriter;
import trimtab.engine.ledger.Invariants;

/// All accounts as they are, in flat rows. It keeps the sums of its rows as they change: the
/// traders' side of the ledger.
final class AccountBook implements AccountSource {
  /// Accounts one shard may have.
  static final int ACCOUNTS_MAX = 1 << 24;

  private final Listing listing;
  private final List<String> ids = new ArrayList<>();
  private final TreeMap<String, Integer> slots = new TreeMap<>();
  private final SparseRows balances = new SparseRows();
  private final SparseRows positions = new SparseRows();
  private final long[] netTotal;
  private final long[] quantityTotal;
  private final long[] costTotal;
  private final RowView view = new RowView();

  AccountBook(Listing listing) {
    this.listing = listing;
    this.netTotal = new long[listing.assets().size()];
    this.quantityTotal = new long[listing.contracts().size()];
    this.costTotal = new long[listing.contracts().size()];
  }

  /// Takes an account in; its id must be new.
  ///
  /// @return its slot
  int add(Account account) {
    int slot = ids.size();
    ids.add(account.id());
    slots.put(account.id(), slot);
    balances.addAccount(slot);
    positions.addAccount(slot);
    write(slot, account);
    return slot;
  }

  OptionalInt slotOf(String id) {
    Integer slot = slots.get(id);
    return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
  }

  @Override
  public int accountCount() {
    return ids.size();
  }

  boolean has(int account) {
    return account >= 0 && account < ids.size();
  }

  String id(int account) {
    return ids.get(account);
  }

  /// The account through a view that the next call reuses.
  @Override
  public AccountView view(int account) {
    view.account = account;
    return view;
  }

  /// A copy for whoever must keep it.
  Account snapshot(int account) {
    List<Balance> assets = new ArrayList<>(balances.count(account));
    for (int i = 0; i < balances.count(account); i++) {
      int at = balances.at(account, i);
      assets.add(new Balance(balances.key(at), balances.first(at), balances.second(at)));
    }
    List<Position> markets = new ArrayList<>(positions.count(account));
    for (int i = 0; i < positions.count(account); i++) {
      int at = positions.at(account, i);
      markets.add(new Position(positions.key(at), positions.first(at), positions.second(at)));
    }
    return new Account(ids.get(account), assets, markets);
  }

  /// Replaces what an account has; rows of nothing are dropped.
  void write(int account, Account changed) {
    addToTotals(account, -1);
    balances.clear(account);
    for (Balance balance : changed.balances()) {
      if (balance.amount() != 0 || balance.debt() != 0) {
        balances.append(account, balance.asset(), balance.amount(), balance.debt());
      }
    }
    positions.clear(account);
    for (Position position : changed.positions()) {
      positions.append(account, position.market(), position.quantity(), position.cost());
    }
    addToTotals(account, 1);
  }

  void addToTotals(int account, int sign) {
    for (int i = 0; i < balances.count(account); i++) {
      int at = balances.at(account, i);
      netTotal[balances.key(at)] += sign * (balances.first(at) - balances.second(at));
    }
    for (int i = 0; i < positions.count(account); i++) {
      int at = positions.at(account, i);
      quantityTotal[positions.key(at)] += sign * positions.first(at);
      costTotal[positions.key(at)] += sign * positions.second(at);
    }
  }

  /// What all accounts hold of an asset less what they owe, asset units, modulo 2^64.
  long netTotal(int asset) {
    return netTotal[asset];
  }

  /// Signed quantity of all accounts in a market, modulo 2^64.
  long quantityTotal(int market) {
    return quantityTotal[market];
  }

  /// Signed cost of all positions in a market, value units, modulo 2^64.
  long costTotal(int market) {
    return costTotal[market];
  }

  /// Sums the rows anew.
  ///
  /// @throws trimtab.engine.ledger.InvariantViolation if the running sums differ
  void checkTotals() {
    AccountBook again = new AccountBook(listing);
    for (int account = 0; account < ids.size(); account++) {
      again.add(snapshot(account));
    }
    Invariants.check(
        Arrays.equals(netTotal, again.netTotal)
            && Arrays.equals(quantityTotal, again.quantityTotal)
            && Arrays.equals(costTotal, again.costTotal),
        () -> "the running sums over all accounts are not the sums of their rows");
  }

  void writeState(StateWriter out) {
    out.putInt(ids.size());
    for (int account = 0; account < ids.size(); account++) {
      out.putText(ids.get(account));
      writeRows(out, balances, account);
      writeRows(out, positions, account);
    }
  }

  private static void writeRows(StateWriter out, SparseRows rows, int account) {
    out.putInt(rows.count(account));
    for (int i = 0; i < rows.count(account); i++) {
      int at = rows.at(account, i);
      out.putInt(rows.key(at));
      out.putLong(rows.first(at));
      out.putLong(rows.second(at));
    }
  }

  private final class RowView implements AccountView {
    private int account;

    @Override
    public int balanceCount() {
      return balances.count(account);
    }

    @Override
    public int asset(int balance) {
      return balances.key(balances.at(account, balance));
    }

    @Override
    public long amount(int balance) {
      return balances.first(balances.at(account, balance));
    }

    @Override
    public long debt(int balance) {
      return balances.second(balances.at(account, balance));
    }

    @Override
    public int positionCount() {
      return positions.count(account);
    }

    @Override
    public int market(int position) {
      return positions.key(positions.at(account, position));
    }

    @Override
    public long quantity(int position) {
      return positions.first(positions.at(account, position));
    }

    @Override
    public long cost(int position) {
      return positions.second(positions.at(account, position));
    }
  }
}
