package trimtab.lab.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Reserve;
import trimtab.core.account.IndexedAccount;
import trimtab.core.account.IndexedAccount.FundedPosition;
import trimtab.core.account.IndexedAccount.ScaledBalance;
import trimtab.core.account.Indices;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Decimals;

/// The table `account` of a plan file, at the indices of the plan.
final class PlanAccount {
  private static final String DEFAULT_NAME = "account";

  /// Digits of [Indices#FUNDING_ONE].
  private static final int FUNDING_DECIMALS = 9;

  private final Fields fields;
  private final ListedNames names;
  private final Problems problems;
  private final AccountDraft draft;
  private final Map<Integer, Long> fundingIndices = new HashMap<>();
  private final List<Reserve> reserves = new ArrayList<>();

  private PlanAccount(Fields fields, ListedNames names, Problems problems) {
    this.fields = fields;
    this.names = names;
    this.problems = problems;
    this.draft = new AccountDraft(fields.optionalText("name").orElse(DEFAULT_NAME));
  }

  /// The table itself; its contents are read once the listing is known.
  static Fields fields(Fields plan, Problems problems) {
    return plan.requiredNode("account")
        .map(node ->
            Fields.of(node, problems, "name", "collateral", "debt", "perps", "orders", "isolated"))
        .orElseGet(() -> Fields.none(plan.place()));
  }

  /// The account as it stands at the indices; nothing with a problem.
  static Optional<Account> read(
      Fields fields, Indices indices, ListedNames names, Problems problems) {
    return new PlanAccount(fields, names, problems).read(indices);
  }

  private Optional<Account> read(Indices indices) {
    balances("collateral", false);
    balances("debt", true);
    table("perps").entries().forEach(this::position);
    table("orders").entries().forEach(this::orders);
    OptionalInt isolated = isolated();
    return problems
        .attempt(fields.place(), () -> accrued(draft.build(names), indices))
        .flatMap(account -> isolated.isEmpty() ? Optional.of(account) : alone(account, isolated));
  }

  private Fields table(String key) {
    return fields
        .node(key)
        .map(node -> Fields.anyKeys(node, problems))
        .orElseGet(() -> Fields.none(fields.place()));
  }

  private void balances(String key, boolean isDebt) {
    table(key)
        .entries()
        .forEach((asset, node) ->
            Fields.scalar(node, problems)
                .ifPresent(text ->
                    draft.addBalance(
                        names,
                        isDebt,
                        new Cell(node.place(), asset),
                        new Cell(node.place(), text),
                        problems)));
  }

  private void position(String market, Node node) {
    Fields position = Fields.of(node, problems, "quantity", "entry", "fundingIndex");
    int before = problems.count();
    Cell quantity = new Cell(position.place("quantity"), position.text("quantity"));
    Cell entry = new Cell(position.place("entry"), position.text("entry"));
    if (problems.count() > before) {
      return;
    }
    draft.addPosition(names, new Cell(node.place(), market), quantity, entry, problems);
    int index = names.listing().contractIndex(market);
    position
        .node("fundingIndex")
        .filter(_ -> index >= 0)
        .ifPresent(at -> fundingIndices.put(index, funding(names, index, at, problems)));
  }

  /// A funding index of the file, units of the asset that the market settles in per unit of its
  /// quantity, as the core counts it; 0 with a problem.
  static long funding(ListedNames names, int market, Node node, Problems problems) {
    Contract contract = names.market(market);
    int decimals =
        names.listing().costDecimals(contract) - contract.quantityDecimals() + FUNDING_DECIMALS;
    int written = Math.min(decimals, Decimals.DECIMALS_MAX);
    long scale = Decimals.powerOfTen(decimals - written);
    return Fields.scalar(node, problems)
        .flatMap(text ->
            problems.attempt(
                node.place(), () -> Math.multiplyExact(Decimals.parse(text, written), scale)))
        .orElse(0L);
  }

  private void orders(String market, Node node) {
    Fields orders = Fields.of(node, problems, "buy", "sell");
    OptionalInt index = names.market(new Cell(node.place(), market), problems);
    if (index.isEmpty()) {
      return;
    }
    if (!orders.has("buy") && !orders.has("sell")) {
      problems.add(node.place(), "says no quantity; write buy, sell, or both");
      return;
    }
    int decimals = names.market(index.getAsInt()).quantityDecimals();
    long buys = orders.notNegative("buy", decimals, 0);
    long sells = orders.notNegative("sell", decimals, 0);
    if (buys >= 0 && sells >= 0) {
      reserves.add(new Reserve(index.getAsInt(), buys, sells));
    }
  }

  private OptionalInt isolated() {
    Optional<String> market = fields.optionalText("isolated");
    return market.isEmpty()
        ? OptionalInt.empty()
        : names.market(new Cell(fields.place("isolated"), market.get()), problems);
  }

  /// The account with interest and funding up to the indices.
  private Account accrued(Account written, Indices indices) {
    IndexedAccount rest =
        new IndexedAccount(
            written.id(),
            written.balances().stream()
                .map(b -> new ScaledBalance(b.asset(), b.amount(), b.debt()))
                .toList(),
            written.positions().stream()
                .map(p ->
                    new FundedPosition(
                        p.market(),
                        p.quantity(),
                        p.cost(),
                        fundingIndices.getOrDefault(p.market(), 0L)))
                .toList());
    Account account = rest.at(names.listing(), indices);
    AccountDraft.requireBudget(names, account);
    reserves.sort(Comparator.comparingInt(Reserve::market));
    requireBudget(account);
    return account.with(reserves);
  }

  /// What positions would be if all orders of one side were filled stays exact.
  private void requireBudget(Account account) {
    for (Reserve reserve : reserves) {
      long held =
          account.positions().stream()
              .filter(position -> position.market() == reserve.market())
              .mapToLong(Account.Position::quantity)
              .sum();
      Contract market = names.market(reserve.market());
      long bought = Math.absExact(Math.addExact(held, reserve.buys()));
      long sold = Math.absExact(Math.subtractExact(held, reserve.sells()));
      names
          .listing()
          .requireBudget(market.symbol(), names.value(market).notional(Math.max(bought, sold)));
    }
  }

  /// The account as one isolated position.
  private Optional<Account> alone(Account account, OptionalInt market) {
    String symbol = names.market(market.getAsInt()).symbol();
    int before = problems.count();
    for (String key : List.of("perps", "orders")) {
      table(key)
          .entries()
          .forEach((other, node) -> {
            if (!other.equals(symbol)) {
              problems.add(
                  node.place(),
                  "the account is isolated in %s; plan %s as an account of its own"
                      .formatted(symbol, other));
            }
          });
    }
    return problems.count() > before
        ? Optional.empty()
        : problems.attempt(
            fields.place("isolated"), () -> account.isolatedIn(names.listing(), market.getAsInt()));
  }
}
