package trimtab.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Listing;
import trimtab.core.testkit.ForeignWorld;
import trimtab.core.testkit.Seeded;

class IndexedAccountTest {
  private static final Listing LISTING = ForeignWorld.position(1).listing();
  private static final BigInteger INTEREST = BigInteger.valueOf(Indices.INTEREST_ONE);

  private static Indices indices(long deposit, long borrow, long funding) {
    return Indices.of(
        new long[] {deposit, deposit, deposit},
        new long[] {borrow, borrow, borrow},
        new long[] {funding, funding, funding, funding, funding});
  }

  @Test
  void atTheStartAnAccountIsWhatItWas() {
    Account account =
        new Account(
            "a",
            List.of(new Balance(0, -700, 20), new Balance(1, 5, 0)),
            List.of(new Position(0, -7, 900)));
    Indices start = Indices.start(3, 5);
    assertThat(IndexedAccount.of(account, start).at(LISTING, start)).isEqualTo(account);
  }

  @Test
  void interestAndFundingRunByTheirIndices() {
    Account account =
        new Account(
            "a",
            List.of(new Balance(0, 1_000, 0), new Balance(1, 0, 1_000)),
            List.of(new Position(0, 10, 5_000), new Position(1, 10, 5_000)));
    IndexedAccount rest = IndexedAccount.of(account, Indices.start(3, 5));
    // Deposits gained 5 %, debts 10 %; each unit owes 3.05 cost units, 30.5 for ten.
    Account now = rest.at(LISTING, indices(1_050_000_000_000L, 1_100_000_000_000L, 3_050_000_000L));
    assertThat(now.balances()).containsExactly(new Balance(0, 1_050, 0), new Balance(1, 0, 1_100));
    // Market 0 is linear, its cost rises; market 1 inverse, its cost falls: both lose 31.
    assertThat(now.positions())
        .containsExactly(new Position(0, 10, 5_031), new Position(1, 10, 4_969));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithFractionsRoundedAgainstTheAccount(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < 500; i++) {
      long held = seeded.between(-1_000_000_000_000L, 1_000_000_000_000L);
      long owed = seeded.between(0, 1_000_000_000_000L);
      long quantity = seeded.between(-1_000_000, 1_000_000) | 1;
      long deposit = Indices.INTEREST_ONE + seeded.between(0, Indices.INTEREST_ONE);
      long borrow = Indices.INTEREST_ONE + seeded.between(0, Indices.INTEREST_ONE);
      long funding = seeded.between(-5_000_000_000L, 5_000_000_000L);
      Account account =
          new Account(
              "a", List.of(new Balance(0, held, owed)), List.of(new Position(0, quantity, 77)));
      Account now =
          IndexedAccount.of(account, Indices.start(3, 5))
              .at(LISTING, indices(deposit, borrow, funding));
      BigInteger heldIndex = BigInteger.valueOf(held < 0 ? borrow : deposit);
      assertThat(BigInteger.valueOf(now.amount(0)))
          .isEqualTo(floor(BigInteger.valueOf(held).multiply(heldIndex), INTEREST));
      BigInteger debt = BigInteger.valueOf(owed).multiply(BigInteger.valueOf(borrow));
      assertThat(BigInteger.valueOf(now.debt(0)))
          .isEqualTo(floor(debt.negate(), INTEREST).negate());
      BigInteger paid = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(funding));
      BigInteger scale = BigInteger.valueOf(Indices.FUNDING_ONE);
      assertThat(BigInteger.valueOf(now.cost(0) - 77))
          .isEqualTo(floor(paid.negate(), scale).negate());
    }
  }

  private static BigInteger floor(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void puttingAnAccountToRestNeverFavoursIt(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < 500; i++) {
      Account account =
          new Account(
              "a",
              List.of(new Balance(0, seeded.between(-999_999, 999_999), seeded.between(0, 99_999))),
              List.of());
      Indices now =
          indices(
              Indices.INTEREST_ONE + seeded.between(0, Indices.INTEREST_ONE),
              Indices.INTEREST_ONE + seeded.between(0, Indices.INTEREST_ONE),
              0);
      Account again = IndexedAccount.of(account, now).at(LISTING, now);
      assertThat(account.amount(0) - again.amount(0)).isBetween(0L, 2L);
      assertThat(again.debt(0) - account.debt(0)).isBetween(0L, 2L);
    }
  }

  @Test
  void refusesIndicesThatAreNone() {
    assertThatThrownBy(() -> Indices.of(new long[] {1, 0}, new long[] {1, 1}, new long[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
    long[] ones = {1, 1};
    assertThatThrownBy(() -> Indices.of(ones, new long[] {1, 0}, new long[0]))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> Indices.of(ones, new long[] {1}, new long[0]))
        .hasMessageContaining("one positive deposit and one positive borrow index per asset");
    assertThatThrownBy(() -> new IndexedAccount.ScaledBalance(0, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
