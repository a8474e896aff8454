package trimtab.engine.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.health.Health;
import trimtab.core.health.MarginKind;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.Fit;
import trimtab.engine.command.Command;
import trimtab.engine.command.Command.Deposit;
import trimtab.engine.command.Command.ImportAccount;
import trimtab.engine.command.Command.Trade;
import trimtab.engine.command.Command.Withdraw;
import trimtab.engine.event.Event;
import trimtab.engine.event.Refusal;
import trimtab.engine.message.Outbox;

/// What owners do with their accounts: the change is computed on a copy, checked, and then written
/// with its other side, or refused whole.
final class AccountChanges {
  private static final int SETTLEMENT = 0;

  private final ShardState shard;
  private final Postings postings;
  private final IntPredicate ordersInFlight;

  /// @param ordersInFlight whether a liquidation of the account has orders in flight
  AccountChanges(ShardState shard, Postings postings, IntPredicate ordersInFlight) {
    this.shard = shard;
    this.postings = postings;
    this.ordersInFlight = ordersInFlight;
  }

  void importAccount(ImportAccount command, Outbox out) {
    apply(command, out, () -> imported(command));
  }

  void deposit(Deposit command, Outbox out) {
    apply(command, out, () -> deposited(command));
  }

  void withdraw(Withdraw command, Outbox out) {
    apply(command, out, () -> withdrawn(command));
  }

  void trade(Trade command, Outbox out) {
    apply(command, out, () -> traded(command));
  }

  private void apply(Command command, Outbox out, Supplier<Change> compute) {
    Change change;
    try {
      change = compute.get();
    } catch (ArithmeticException e) {
      change = new Change.Rejected(Refusal.OUT_OF_RANGE, "amounts leave 64 bits");
    } catch (IllegalArgumentException e) {
      // An account refuses to be made with more legs than it may have.
      change = new Change.Rejected(Refusal.OUT_OF_RANGE, String.valueOf(e.getMessage()));
    }
    switch (change) {
      case Change.Rejected(var reason, var text) -> out.refuse(command, reason, text);
      case Change.Accepted accepted -> {
        write(accepted);
        out.emit(accepted.event());
      }
    }
  }

  private void write(Change.Accepted accepted) {
    if (shard.book().has(accepted.account())) {
      shard.book().write(accepted.account(), accepted.after());
    } else {
      shard.book().add(accepted.after());
    }
    accepted.posting().accept(postings);
    shard.budget().note(accepted.after());
    shard.changed(accepted.account());
  }

  private Change imported(ImportAccount command) {
    Account account = command.account();
    if (shard.book().slotOf(account.id()).isPresent()) {
      return reject(
          Refusal.DUPLICATE_ACCOUNT, "account '%s' is there already".formatted(account.id()));
    }
    if (shard.book().accountCount() == AccountBook.ACCOUNTS_MAX) {
      return reject(
          Refusal.OUT_OF_RANGE, "at most %d accounts".formatted(AccountBook.ACCOUNTS_MAX));
    }
    for (Balance balance : account.balances()) {
      if (!hasAsset(balance.asset())) {
        return unknown("asset", balance.asset());
      }
      if (balance.amount() < 0 && balance.asset() != SETTLEMENT) {
        return reject(
            Refusal.BAD_AMOUNT,
            "account '%s': only the settlement currency may be negative; owe asset %d as debt"
                .formatted(account.id(), balance.asset()));
      }
    }
    for (Position position : account.positions()) {
      if (!hasMarket(position.market())) {
        return unknown("market", position.market());
      }
      if (position.quantity() == 0) {
        return reject(
            Refusal.BAD_AMOUNT, "account '%s': a position of nothing".formatted(account.id()));
      }
    }
    Optional<Change> misfit = misfit(account);
    if (misfit.isPresent()) {
      return misfit.orElseThrow();
    }
    int slot = shard.book().accountCount();
    return accepted(
        slot,
        account,
        ledger -> ledger.imported(account),
        new Event.AccountImported(command.atNanos(), slot, account.id()));
  }

  private Optional<Change> misfit(Account account) {
    if (!shard.hasRulebook()) {
      return Optional.empty();
    }
    return switch (shard.rulebook().fits(account, shard.listing())) {
      case Fit.Fits() -> Optional.empty();
      case Fit.Misfit(String reason) ->
          Optional.of(reject(Refusal.MISFIT, "account '%s': %s".formatted(account.id(), reason)));
    };
  }

  private Change deposited(Deposit command) {
    Optional<Change> wrong = wrongMovement(command.account(), command.asset(), command.amount());
    if (wrong.isPresent()) {
      return wrong.orElseThrow();
    }
    Account after = moved(command.account(), command.asset(), command.amount());
    return accepted(
        command.account(),
        after,
        ledger -> ledger.moved(command.asset(), command.amount()),
        new Event.Deposited(
            command.atNanos(), command.account(), command.asset(), command.amount()));
  }

  private Change withdrawn(Withdraw command) {
    Optional<Change> wrong =
        wrongMovement(command.account(), command.asset(), command.amount())
            .or(() -> notReady(command.account()));
    if (wrong.isPresent()) {
      return wrong.orElseThrow();
    }
    Account after = moved(command.account(), command.asset(), -command.amount());
    boolean held =
        after.balances().stream()
            .noneMatch(balance -> balance.asset() == command.asset() && balance.amount() < 0);
    if (!held) {
      return reject(
          Refusal.INSUFFICIENT_BALANCE,
          "account %d holds less than that".formatted(command.account()));
    }
    if (!meetsInitialRequirement(after)) {
      return belowInitial(command.account());
    }
    return accepted(
        command.account(),
        after,
        ledger -> ledger.moved(command.asset(), -command.amount()),
        new Event.Withdrawn(
            command.atNanos(), command.account(), command.asset(), command.amount()));
  }

  private Change traded(Trade command) {
    if (!shard.book().has(command.account())) {
      return unknown("account", command.account());
    }
    if (!hasMarket(command.market())) {
      return unknown("market", command.market());
    }
    if (command.quantity() == 0 || command.price() <= 0) {
      return reject(Refusal.BAD_AMOUNT, "a trade has a quantity and a positive price");
    }
    Optional<Change> notReady = notReady(command.account());
    if (notReady.isPresent()) {
      return notReady.orElseThrow();
    }
    Contract contract = shard.listing().contracts().get(command.market());
    long unitValue = shard.listing().unitValue(contract, command.price());
    Account before = shard.book().snapshot(command.account());
    Position old = position(before, command.market());
    TradedPosition trade = TradedPosition.of(old, command.quantity(), unitValue);
    Account after =
        new Account(
            before.id(),
            plus(before.balances(), SETTLEMENT, trade.realised()),
            with(before.positions(), trade.position()));
    if (requirement(after).compareTo(requirement(before)) > 0 && !meetsInitialRequirement(after)) {
      return belowInitial(command.account());
    }
    long cost = trade.position().cost() - old.cost();
    return accepted(
        command.account(),
        after,
        ledger -> ledger.traded(command.market(), command.quantity(), cost, trade.paid()),
        new Event.Traded(
            command.atNanos(),
            command.account(),
            command.market(),
            command.quantity(),
            command.price(),
            trade.realised()));
  }

  private Change accepted(int slot, Account after, Consumer<Postings> posting, Event event) {
    if (shard.hasMarks()) {
      Optional<String> tooLarge = shard.budget().refuses(after, shard.marks());
      if (tooLarge.isPresent()) {
        return new Change.Rejected(Refusal.OUT_OF_RANGE, tooLarge.orElseThrow());
      }
    }
    return new Change.Accepted(slot, after, posting, event);
  }

  private Optional<Change> wrongMovement(int account, int asset, long amount) {
    if (!shard.book().has(account)) {
      return Optional.of(unknown("account", account));
    }
    if (!hasAsset(asset)) {
      return Optional.of(unknown("asset", asset));
    }
    if (amount <= 0) {
      return Optional.of(
          reject(Refusal.BAD_AMOUNT, "an amount is positive, not %d".formatted(amount)));
    }
    return Optional.empty();
  }

  /// What must be there before an account may take risk.
  private Optional<Change> notReady(int account) {
    if (!shard.hasRulebook()) {
      return Optional.of(reject(Refusal.NO_RULEBOOK, "no rulebook is in use"));
    }
    if (!shard.hasMarks()) {
      return Optional.of(reject(Refusal.NO_MARKS, "no marks have arrived"));
    }
    if (ordersInFlight.test(account)) {
      return Optional.of(
          reject(Refusal.ORDERS_IN_FLIGHT, "account %d is being liquidated".formatted(account)));
    }
    return Optional.empty();
  }

  /// The verdict of the threshold with the initial requirement in the place of the maintenance
  /// requirement.
  private boolean meetsInitialRequirement(Account account) {
    Health health = shard.assess(account);
    Wide initial = requirement(account);
    Health atInitial =
        new Health(
            health.backing(),
            health.obligation().minus(health.requirement()).plus(initial),
            initial,
            health.base(),
            health.equity());
    return atInitial.isAtLeast(shard.rulebook().thresholdPpm());
  }

  private Wide requirement(Account account) {
    return shard.requirements().requirement(account, shard.marks(), MarginKind.INITIAL);
  }

  private Account moved(int account, int asset, long amount) {
    Account before = shard.book().snapshot(account);
    return new Account(before.id(), plus(before.balances(), asset, amount), before.positions());
  }

  private static List<Balance> plus(List<Balance> balances, int asset, long amount) {
    List<Balance> changed = new ArrayList<>(balances);
    int index = 0;
    while (index < changed.size() && changed.get(index).asset() < asset) {
      index++;
    }
    if (index < changed.size() && changed.get(index).asset() == asset) {
      Balance old = changed.get(index);
      changed.set(index, new Balance(asset, Math.addExact(old.amount(), amount), old.debt()));
    } else {
      changed.add(index, new Balance(asset, amount, 0));
    }
    return changed;
  }

  private static Position position(Account account, int market) {
    return account.positions().stream()
        .filter(position -> position.market() == market)
        .findFirst()
        .orElse(new Position(market, 0, 0));
  }

  private static List<Position> with(List<Position> positions, Position changed) {
    List<Position> all = new ArrayList<>(positions);
    all.removeIf(position -> position.market() == changed.market());
    if (changed.quantity() != 0) {
      int index = 0;
      while (index < all.size() && all.get(index).market() < changed.market()) {
        index++;
      }
      all.add(index, changed);
    }
    return all;
  }

  private boolean hasAsset(int asset) {
    return asset >= 0 && asset < shard.listing().assets().size();
  }

  private boolean hasMarket(int market) {
    return market >= 0 && market < shard.listing().contracts().size();
  }

  private static Change unknown(String what, int index) {
    Refusal reason = what.equals("account") ? Refusal.UNKNOWN_ACCOUNT : Refusal.UNKNOWN_INSTRUMENT;
    return new Change.Rejected(reason, "no %s number %d".formatted(what, index));
  }

  private static Change belowInitial(int account) {
    return reject(
        Refusal.BELOW_INITIAL_REQUIREMENT,
        "account %d would not have its initial requirement".formatted(account));
  }

  private static Change reject(Refusal reason, String text) {
    return new Change.Rejected(reason, text);
  }
}
