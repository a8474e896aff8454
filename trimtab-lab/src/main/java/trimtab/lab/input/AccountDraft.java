package trimtab.lab.input;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.Payoff;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Decimals;
import trimtab.core.money.Wide;

/// An account that grows row by row; rows of the same instrument are added.
final class AccountDraft {
  /// Most cost units that a position may be worth, cost or gain.
  private static final long AMOUNT_MAX = Long.MAX_VALUE;

  private final String id;
  private final List<Balance> balances = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();

  AccountDraft(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /// Adds a holding or a debt.
  void addBalance(
      ListedNames names, boolean isDebt, Cell instrument, Cell quantity, Problems problems) {
    OptionalInt index = names.asset(instrument, problems);
    Asset asset = names.asset(index.orElse(0));
    Optional<Long> amount = decimal(quantity, asset.decimals(), problems);
    if (index.isEmpty() || amount.isEmpty()) {
      return;
    }
    if (amount.get() < 0) {
      problems.add(
          quantity.place(),
          isDebt
              ? "'%s' is negative; what is owed is written without a sign"
                  .formatted(quantity.text())
              : "'%s' is negative; what is owed is a debt".formatted(quantity.text()));
      return;
    }
    problems.attempt(quantity.place(), () -> put(names, index.getAsInt(), isDebt, amount.get()));
  }

  private Balance put(ListedNames names, int index, boolean isDebt, long amount) {
    int at = 0;
    while (at < balances.size() && balances.get(at).asset() < index) {
      at++;
    }
    boolean isNew = at == balances.size() || balances.get(at).asset() != index;
    Balance old = isNew ? new Balance(index, 0, 0) : balances.get(at);
    Balance sum =
        isDebt
            ? new Balance(index, old.amount(), Math.addExact(old.debt(), amount))
            : new Balance(index, Math.addExact(old.amount(), amount), old.debt());
    requireBudget(names, sum);
    if (isNew) {
      balances.add(at, sum);
    } else {
      balances.set(at, sum);
    }
    return sum;
  }

  /// Adds a position; its cost is quantity x price, exactly, or quantity x face value / price,
  /// rounded up as its value at the mark is.
  void addPosition(
      ListedNames names, Cell instrument, Cell quantity, Cell price, Problems problems) {
    OptionalInt index = names.market(instrument, problems);
    Optional<BigDecimal> entry = entryPrice(price, problems);
    if (index.isEmpty()) {
      return;
    }
    Contract market = names.market(index.getAsInt());
    Optional<Long> units = decimal(quantity, market.quantityDecimals(), problems);
    if (units.isEmpty() || entry.isEmpty()) {
      return;
    }
    if (units.get() == 0) {
      problems.add(quantity.place(), "0 is no position; leave it out");
      return;
    }
    Optional<Long> cost =
        problems.attempt(
            price.place(), () -> cost(names.listing(), market, units.get(), entry.get()));
    cost.ifPresent(value ->
        problems.attempt(quantity.place(), () -> put(names, index.getAsInt(), units.get(), value)));
  }

  private static Optional<BigDecimal> entryPrice(Cell price, Problems problems) {
    if (price.text().isEmpty()) {
      problems.add(price.place(), "a perp needs its entry price");
      return Optional.empty();
    }
    Optional<BigDecimal> value =
        problems.attempt(
            price.place(),
            () -> {
              int decimals = Math.min(Decimals.decimalsOf(price.text()), Decimals.DECIMALS_MAX);
              return BigDecimal.valueOf(Decimals.parse(price.text(), decimals), decimals);
            });
    if (value.isPresent() && value.get().signum() <= 0) {
      problems.add(price.place(), "'%s' must be positive".formatted(price.text()));
      return Optional.empty();
    }
    return value;
  }

  private static long cost(Listing listing, Contract contract, long units, BigDecimal price) {
    BigDecimal quantity = BigDecimal.valueOf(units, contract.quantityDecimals());
    int decimals = listing.costDecimals(contract);
    return switch (contract.payoff()) {
      case Payoff.Linear() -> linearCost(quantity, price, decimals);
      case Payoff.Inverse(long faceValue) -> {
        int priceDecimals = listing.feeds().get(contract.feed()).priceDecimals();
        BigDecimal value = quantity.multiply(BigDecimal.valueOf(faceValue, priceDecimals));
        yield units(value.divide(price, decimals, RoundingMode.CEILING), decimals);
      }
    };
  }

  private static long linearCost(BigDecimal quantity, BigDecimal price, int decimals) {
    BigDecimal value = quantity.multiply(price).stripTrailingZeros();
    if (value.scale() > decimals) {
      throw new IllegalArgumentException(
          "quantity x price is %s, which has more than the %d decimals of a value here"
              .formatted(value.toPlainString(), decimals));
    }
    return units(value, decimals);
  }

  /// @throws IllegalArgumentException with the figure if it does not fit
  private static long units(BigDecimal value, int decimals) {
    BigInteger units = value.setScale(decimals).unscaledValue();
    if (units.abs().compareTo(BigInteger.valueOf(AMOUNT_MAX)) > 0) {
      throw new IllegalArgumentException(
          "the position comes to %s, more than the largest that fits, %s; use fewer decimals"
              .formatted(value.toPlainString(), Decimals.format(AMOUNT_MAX, decimals)));
    }
    return units.longValue();
  }

  private Position put(ListedNames names, int index, long units, long cost) {
    int at = 0;
    while (at < positions.size() && positions.get(at).market() < index) {
      at++;
    }
    boolean isNew = at == positions.size() || positions.get(at).market() != index;
    Position old = isNew ? new Position(index, 0, 0) : positions.get(at);
    Position sum =
        new Position(index, Math.addExact(old.quantity(), units), Math.addExact(old.cost(), cost));
    requireBudget(names, sum);
    if (isNew) {
      positions.add(at, sum);
    } else {
      positions.set(at, sum);
    }
    return sum;
  }

  /// Value, cost and profit of a position stay exact.
  private static void requireBudget(ListedNames names, Position position) {
    Contract market = names.market(position.market());
    PositionValue value = names.value(market);
    names
        .listing()
        .requireBudget(market.symbol(), value.notional(Math.absExact(position.quantity())));
    int decimals = names.listing().costDecimals(market);
    BigInteger product = product(position.quantity(), value.perUnit());
    BigInteger amount =
        product
            .divide(BigInteger.valueOf(value.price()))
            .add(BigInteger.ONE)
            .multiply(BigInteger.valueOf(Long.signum(position.quantity())));
    BigInteger profit = amount.subtract(BigInteger.valueOf(position.cost()));
    units(new BigDecimal(amount, decimals), decimals);
    units(new BigDecimal(profit, decimals), decimals);
  }

  /// The account. Positions that added up to nothing leave their profit or loss as cash.
  ///
  /// @throws IllegalArgumentException if it has too many legs, or they are worth too much together
  Account build(ListedNames names) {
    requireBudget(names, id, balances, positions);
    List<Balance> settled = new ArrayList<>(balances);
    List<Position> open = new ArrayList<>();
    for (Position position : positions) {
      if (position.quantity() == 0) {
        realise(names, position, settled);
      } else {
        open.add(position);
      }
    }
    return new Account(id, settled, open);
  }

  /// Pays the profit or loss of a position that is none any more, rounded down to whole units of
  /// the asset that pays.
  private static void realise(ListedNames names, Position position, List<Balance> balances) {
    PositionValue value = names.value(names.market(position.market()));
    long paid = Math.floorDiv(value.profit(0, position.cost()), value.costPerUnit());
    int asset = names.market(position.market()).settlement();
    int at = 0;
    while (at < balances.size() && balances.get(at).asset() < asset) {
      at++;
    }
    if (paid != 0 && at < balances.size() && balances.get(at).asset() == asset) {
      Balance old = balances.get(at);
      balances.set(at, new Balance(asset, Math.addExact(old.amount(), paid), old.debt()));
    } else if (paid != 0) {
      balances.add(at, new Balance(asset, paid, 0));
    }
  }

  /// The bit budget of an account, leg by leg and as a whole.
  ///
  /// @throws IllegalArgumentException with what is worth too much
  static void requireBudget(ListedNames names, Account account) {
    account.balances().forEach(balance -> requireBudget(names, balance));
    account.positions().forEach(position -> requireBudget(names, position));
    requireBudget(names, account.id(), account.balances(), account.positions());
  }

  private static void requireBudget(ListedNames names, Balance balance) {
    Asset asset = names.asset(balance.asset());
    long unitValue = names.unitValue(asset);
    names.listing().requireBudget(asset.symbol(), balance.amount(), unitValue);
    names.listing().requireBudget(asset.symbol(), balance.debt(), unitValue);
  }

  /// The bit budget of the whole account: no sum of its legs may leave the exact range.
  private static void requireBudget(
      ListedNames names, String id, List<Balance> balances, List<Position> positions) {
    BigInteger sum = BigInteger.ZERO;
    for (Balance balance : balances) {
      long unitValue = names.unitValue(names.asset(balance.asset()));
      sum = sum.add(product(balance.amount(), unitValue)).add(product(balance.debt(), unitValue));
    }
    for (Position position : positions) {
      PositionValue value = names.value(names.market(position.market()));
      long size = Math.absExact(position.quantity());
      sum = sum.add(value.notional(size).toBigInteger());
      sum = sum.add(product(position.cost(), value.costUnitValue()));
    }
    BigInteger scale = BigInteger.valueOf(names.listing().exactScale());
    if (sum.divide(scale).bitLength() > Listing.VALUE_BITS_MAX) {
      int decimals = names.listing().valueDecimals();
      throw new IllegalArgumentException(
          "%s: all legs together come to %s, more than the largest that fits, %s; use fewer decimals"
              .formatted(
                  id,
                  new BigDecimal(sum.divide(scale), decimals).toPlainString(),
                  Decimals.format(Long.MAX_VALUE, decimals)));
    }
  }

  private static BigInteger product(long quantity, long unitValue) {
    return Wide.product(quantity, unitValue).toBigInteger().abs();
  }

  private static Optional<Long> decimal(Cell cell, int decimals, Problems problems) {
    return problems.attempt(cell.place(), () -> Decimals.parse(cell.text(), decimals));
  }
}
