package trimtab.engine.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.engine.ledger.InvariantViolation;

/// The compact book gives back what was written, whatever was written over it, and its running sums
/// are the sums of its rows.
class AccountBookTest {
  private static final int MARKETS = 40;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givesBackWhatWasWritten(long seed) {
    Random random = new Random(seed);
    AccountBook book = new AccountBook(listing());
    List<Account> expected = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      if (expected.isEmpty() || random.nextInt(10) == 0) {
        Account account = account("a" + expected.size(), random);
        assertThat(book.add(account)).isEqualTo(expected.size());
        expected.add(account);
      } else {
        int slot = random.nextInt(expected.size());
        expected.set(slot, account("a" + slot, random));
        book.write(slot, expected.get(slot));
      }
    }

    for (int slot = 0; slot < expected.size(); slot++) {
      assertThat(book.snapshot(slot)).isEqualTo(expected.get(slot));
      assertThat(copy(book.view(slot), book.id(slot))).isEqualTo(expected.get(slot));
      assertThat(book.slotOf("a" + slot)).hasValue(slot);
    }
    assertThat(book.slotOf("nobody")).isEmpty();
    book.checkTotals();
    assertThat(book.quantityTotal(7))
        .isEqualTo(
            expected.stream()
                .flatMap(account -> account.positions().stream())
                .filter(position -> position.market() == 7)
                .mapToLong(Position::quantity)
                .sum());
  }

  @Test
  void rowsOfNothingAreDropped() {
    AccountBook book = new AccountBook(listing());
    book.add(new Account("a", List.of(new Balance(0, 0, 0), new Balance(1, 3, 3)), List.of()));

    assertThat(book.snapshot(0).balances()).containsExactly(new Balance(1, 3, 3));
    assertThat(book.netTotal(1)).isZero();
  }

  @Test
  void runningSumsThatDriftAreFound() {
    AccountBook book = new AccountBook(listing());
    book.add(new Account("a", List.of(new Balance(0, 5, 0)), List.of()));

    book.addToTotals(0, 1);

    assertThatThrownBy(book::checkTotals).isInstanceOf(InvariantViolation.class);
  }

  private static Account account(String id, Random random) {
    List<Balance> balances = new ArrayList<>();
    for (int asset = 0; asset < 3; asset++) {
      if (random.nextBoolean()) {
        balances.add(new Balance(asset, 1 + random.nextInt(99), random.nextInt(99)));
      }
    }
    List<Position> positions = new ArrayList<>();
    int one = 1 + random.nextInt(20);
    for (int market = 0; market < MARKETS; market++) {
      if (random.nextInt(one) == 0) {
        positions.add(new Position(market, 1 + random.nextInt(99), random.nextInt()));
      }
    }
    return new Account(id, balances, positions);
  }

  private static Account copy(AccountView view, String id) {
    List<Balance> balances = new ArrayList<>();
    for (int i = 0; i < view.balanceCount(); i++) {
      balances.add(new Balance(view.asset(i), view.amount(i), view.debt(i)));
    }
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < view.positionCount(); i++) {
      positions.add(new Position(view.market(i), view.quantity(i), view.cost(i)));
    }
    return new Account(id, balances, positions);
  }

  private static Listing listing() {
    List<Contract> markets = new ArrayList<>();
    MarginTiers tiers = MarginTiers.flat(20_000);
    for (int market = 0; market < MARKETS; market++) {
      markets.add(new Contract("M" + market, 0, 0, 1, 0, 0, tiers, tiers, 0));
    }
    return new Listing(
        0,
        List.of(new Feed("F", 0, 1)),
        List.of(
            new Asset("USD", -1, 0, 1_000_000, 1_000_000, 1, 0, 0, 0),
            new Asset("A", 0, 0, 1_000_000, 1_000_000, 1, 0, 0, 0),
            new Asset("B", 0, 0, 1_000_000, 1_000_000, 1, 0, 0, 0)),
        markets);
  }
}
