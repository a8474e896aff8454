package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.DydxV4.Parameters;
import trimtab.rulebooks.derivatives.DydxV4.Perpetual;
import trimtab.rulebooks.derivatives.DydxV4.Position;
import trimtab.rulebooks.derivatives.DydxV4.Risk;
import trimtab.rulebooks.derivatives.DydxV4Deleveraging.Account;
import trimtab.rulebooks.derivatives.DydxV4Deleveraging.Deleveraged;
import trimtab.rulebooks.derivatives.DydxV4Deleveraging.Fill;
import trimtab.rulebooks.derivatives.DydxV4Deleveraging.Price;
import trimtab.rulebooks.number.Fraction;

class DydxV4DeleveragingTest {
  private static final Perpetual MARKET = new Perpetual(Fraction.of(100), 200_000, 500_000);

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static Account account(long balance, long size) {
    return new Account(big(balance), List.of(new Position(0, big(size), MARKET)));
  }

  private static Risk risk(long collateral, long initial, long maintenance) {
    return new Risk(big(collateral), big(initial), big(maintenance));
  }

  @Test
  void onlyAccountsBelowZeroAndFinalSettlementsAreDeleveraged() {
    assertThat(DydxV4Deleveraging.price(risk(-1, 2, 1), false)).isEqualTo(Price.BANKRUPTCY);
    assertThat(DydxV4Deleveraging.price(risk(-1, 2, 1), true)).isEqualTo(Price.BANKRUPTCY);
    assertThat(DydxV4Deleveraging.price(risk(0, 2, 1), false)).isEqualTo(Price.NONE);
    assertThat(DydxV4Deleveraging.price(risk(0, 2, 1), true)).isEqualTo(Price.ORACLE);
  }

  @Test
  void changesAreAllowedThatDoNotWorsen() {
    Risk before = risk(10, 40, 20);
    assertThat(DydxV4Deleveraging.isAllowed(before, risk(40, 40, 30))).isTrue();
    assertThat(DydxV4Deleveraging.isAllowed(before, risk(20, 40, 21))).isFalse();
    assertThat(DydxV4Deleveraging.isAllowed(before, risk(5, 20, 10))).isTrue();
    assertThat(DydxV4Deleveraging.isAllowed(before, risk(4, 20, 10))).isFalse();
    assertThat(DydxV4Deleveraging.isAllowed(before, risk(-1, 0, 0))).isFalse();
    assertThat(DydxV4Deleveraging.isAllowed(risk(-5, 0, 0), risk(-4, 0, 0))).isTrue();
    assertThat(DydxV4Deleveraging.isAllowed(risk(-5, 0, 0), risk(-5, 0, 0))).isFalse();
  }

  /// The long of 10 is worth 1000 and owes 1050: its bankruptcy price is 105.
  @Test
  void accountsWhosePricesDoNotOverlapAreSkipped() {
    Account under = account(-1_050, 10);
    // This short has 1040 for what costs it 1050; the next has enough.
    List<Account> others = List.of(account(416, -4), account(9_000, 7), account(2_000, -12));
    Deleveraged done = deleverage(Price.BANKRUPTCY, under, others, 0);
    assertThat(done.fills()).containsExactly(new Fill(2, big(-10), big(1_050)));
    assertThat(done.remaining()).isZero();
    assertThat(done.after()).isEqualTo(new Account(BigInteger.ZERO, List.of()));
  }

  @Test
  void inFinalSettlementTheOraclePriceIsPaid() {
    List<Account> others = List.of(account(2_000, -4), account(2_000, -4));
    Deleveraged done = deleverage(Price.ORACLE, account(-500, 10), others, 1);
    assertThat(done.fills())
        .containsExactly(new Fill(1, big(-4), big(400)), new Fill(0, big(-4), big(400)));
    assertThat(done.remaining()).isEqualTo(-2);
    assertThat(done.after().quoteBalance()).isEqualTo(300);
  }

  @Test
  void aHealthyAccountIsNot() {
    assertThatThrownBy(() -> deleverage(Price.NONE, account(0, 1), List.of(account(500, -1)), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Deleveraged deleverage(
      Price price, Account account, List<Account> others, int offset) {
    return DydxV4Deleveraging.deleverage(
        Parameters.GENESIS, price, account, account.positions().getFirst(), others, offset);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void balancesAndPositionsAreConservedAndTheDebtIsGone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int closed = 0;
    for (int i = 0; i < 300; i++) {
      long size = random.nextLong(1, 500) * (random.nextBoolean() ? 1 : -1);
      Account under = account(-size * 100 - random.nextLong(1, 1_000), size);
      List<Account> others = new ArrayList<>();
      for (int j = random.nextInt(1, 8); j > 0; j--) {
        long other = random.nextLong(-300, 301);
        others.add(account(-other * 100 + random.nextLong(0, 5_000), other == 0 ? 1 : other));
      }
      Deleveraged done = deleverage(Price.BANKRUPTCY, under, others, random.nextInt(others.size()));
      BigInteger base = BigInteger.ZERO;
      BigInteger quote = BigInteger.ZERO;
      for (Fill fill : done.fills()) {
        base = base.add(fill.baseQuantums());
        quote = quote.add(fill.quoteQuantums());
        assertThat(fill.baseQuantums().abs())
            .isLessThanOrEqualTo(others.get(fill.account()).position(0).abs());
      }
      assertThat(base.add(done.remaining())).isEqualTo(big(-size));
      assertThat(done.after().quoteBalance()).isEqualTo(under.quoteBalance().add(quote));
      if (done.remaining().signum() == 0) {
        closed++;
        assertThat(done.after().quoteBalance()).isZero();
      }
    }
    assertThat(closed).isPositive();
  }
}
