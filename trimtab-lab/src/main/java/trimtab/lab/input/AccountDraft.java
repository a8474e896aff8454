package trimtab.lab.input;

import java.math.BigDecimal;
import java.math.BigInteger;
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
import trimtab.core.money.Decimals;
import trimtab.core.money.Wide;

/// An account that grows row by row; rows of the same instrument are added.
final class AccountDraft {
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
    Asset asset = names.asset(index);
    long unitValue = names.unitValue(asset);
    names.listing().requireBudget(asset.symbol(), sum.amount(), unitValue);
    names.listing().requireBudget(asset.symbol(), sum.debt(), unitValue);
    if (isNew) {
      balances.add(at, sum);
    } else {
      balances.set(at, sum);
    }
    return sum;
  }

  /// Adds a position; its cost is quantity x price, exactly.
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
    int valueDecimals = names.listing().valueDecimals();
    Optional<Long> cost =
        problems.attempt(
            price.place(),
            () -> cost(units.get(), market.quantityDecimals(), entry.get(), valueDecimals));
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

  private static long cost(long units, int decimals, BigDecimal price, int valueDecimals) {
    BigDecimal value = BigDecimal.valueOf(units, decimals).multiply(price).stripTrailingZeros();
    if (value.scale() > valueDecimals) {
      throw new IllegalArgumentException(
          "quantity x price is %s, which has more than the %d decimals of a value here"
              .formatted(value.toPlainString(), valueDecimals));
    }
    return value.setScale(valueDecimals).unscaledValue().longValueExact();
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
    Contract market = names.market(index);
    names.listing().requireBudget(market.symbol(), sum.quantity(), names.unitValue(market));
    names.listing().requireBudget(market.symbol(), sum.cost(), 1);
    if (isNew) {
      positions.add(at, sum);
    } else {
      positions.set(at, sum);
    }
    return sum;
  }

  /// The account. Positions that added up to nothing leave their profit or loss as cash.
  ///
  /// @throws IllegalArgumentException if it has too many legs, or they are worth too much together
  Account build(ListedNames names) {
    requireBudget(names);
    long realised = 0;
    List<Position> open = new ArrayList<>();
    for (Position position : positions) {
      if (position.quantity() == 0) {
        realised = Math.subtractExact(realised, position.cost());
      } else {
        open.add(position);
      }
    }
    if (realised == 0) {
      return new Account(id, balances, open);
    }
    List<Balance> settled = new ArrayList<>(balances);
    boolean hasCash = !settled.isEmpty() && settled.getFirst().asset() == 0;
    Balance cash = hasCash ? settled.removeFirst() : new Balance(0, 0, 0);
    settled.addFirst(new Balance(0, Math.addExact(cash.amount(), realised), cash.debt()));
    return new Account(id, settled, open);
  }

  /// The bit budget of the whole account: no sum of its legs may leave the exact range.
  private void requireBudget(ListedNames names) {
    BigInteger sum = BigInteger.ZERO;
    for (Balance balance : balances) {
      long unitValue = names.unitValue(names.asset(balance.asset()));
      sum = sum.add(product(balance.amount(), unitValue)).add(product(balance.debt(), unitValue));
    }
    for (Position position : positions) {
      long unitValue = names.unitValue(names.market(position.market()));
      sum = sum.add(product(position.quantity(), unitValue)).add(product(position.cost(), 1));
    }
    if (sum.bitLength() > Listing.VALUE_BITS_MAX) {
      int decimals = names.listing().valueDecimals();
      throw new IllegalArgumentException(
          "%s: all legs together come to %s, more than the largest that fits, %s; use fewer decimals"
              .formatted(
                  id,
                  new BigDecimal(sum, decimals).toPlainString(),
                  Decimals.format((1L << Listing.VALUE_BITS_MAX) - 1, decimals)));
    }
  }

  private static BigInteger product(long quantity, long unitValue) {
    return Wide.product(quantity, unitValue).toBigInteger().abs();
  }

  private static Optional<Long> decimal(Cell cell, int decimals, Problems problems) {
    return problems.attempt(cell.place(), () -> Decimals.parse(cell.text(), decimals));
  }
}
