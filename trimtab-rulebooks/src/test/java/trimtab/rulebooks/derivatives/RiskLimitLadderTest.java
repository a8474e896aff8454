package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.RiskLimitLadder.Account;
import trimtab.rulebooks.derivatives.RiskLimitLadder.CancelOrders;
import trimtab.rulebooks.derivatives.RiskLimitLadder.FillOrKill;
import trimtab.rulebooks.derivatives.RiskLimitLadder.Healthy;
import trimtab.rulebooks.derivatives.RiskLimitLadder.LowerRiskLimit;
import trimtab.rulebooks.derivatives.RiskLimitLadder.Stage;
import trimtab.rulebooks.derivatives.RiskLimitLadder.Step;
import trimtab.rulebooks.derivatives.RiskLimitLadder.TakeOver;
import trimtab.rulebooks.derivatives.RiskLimitLadder.Tier;
import trimtab.rulebooks.number.Fraction;

class RiskLimitLadderTest {
  private static final List<Tier> TIERS = Bitmex.Parameters.XBTUSD.tiers(4);

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Account account(String value, String orders, String margin, int tier) {
    return new Account(f("4000000"), f(value), f(orders), f(margin), tier);
  }

  private static Step bitmex(Account account, Stage stage) {
    return Bitmex.next(TIERS, account, stage, f("100"));
  }

  private static Step bybit(Account account, Stage stage) {
    return Bybit.next(TIERS, account, stage, f("1"));
  }

  @Test
  void tiersAreThoseOfTheTable() {
    assertThat(TIERS.get(3)).isEqualTo(Tier.stepped(f("650"), f("0.02")));
    assertThat(RiskLimitLadder.tierOf(TIERS, f("200"))).isZero();
    assertThat(RiskLimitLadder.tierOf(TIERS, f("200.00000001"))).isEqualTo(1);
    assertThat(RiskLimitLadder.tierOf(TIERS, f("9999"))).isEqualTo(3);
  }

  @Test
  void equalityIsEnoughForOneAndTooLittleForTheOther() {
    Account equal = account("400", "0", "6", 2);
    assertThat(bitmex(equal, Stage.ORDERS_OPEN)).isEqualTo(new Healthy());
    assertThat(bybit(equal, Stage.ORDERS_OPEN)).isEqualTo(new CancelOrders());
    assertThat(bitmex(account("400", "0", "5.999", 2), Stage.ORDERS_OPEN))
        .isEqualTo(new CancelOrders());
    assertThat(bybit(account("400", "0", "6.001", 2), Stage.ORDERS_OPEN)).isEqualTo(new Healthy());
  }

  @Test
  void theLadderGoesDownStepByStep() {
    assertThat(bitmex(account("300", "120", "2", 3), Stage.ORDERS_OPEN))
        .isEqualTo(new LowerRiskLimit(2));
    assertThat(bitmex(account("300", "120", "2", 2), Stage.ORDERS_OPEN))
        .isEqualTo(new CancelOrders());
    assertThat(bitmex(account("300", "120", "2", 2), Stage.ORDERS_CANCELLED))
        .isEqualTo(new LowerRiskLimit(1));
    assertThat(bitmex(account("300", "0", "2", 1), Stage.ORDERS_CANCELLED))
        .isEqualTo(new FillOrKill(f("-1333400"), 0));
    assertThat(bitmex(account("300", "0", "2", 1), Stage.FILL_OR_KILL_SENT))
        .isEqualTo(new TakeOver(f("4000000")));
    assertThat(bitmex(account("199", "0", "0.99", 1), Stage.FILL_OR_KILL_SENT))
        .isEqualTo(new LowerRiskLimit(0));
    assertThat(bitmex(account("100", "0", "0.1", 0), Stage.ORDERS_OPEN))
        .isEqualTo(new CancelOrders());
    assertThat(bitmex(account("100", "0", "0.1", 0), Stage.ORDERS_CANCELLED))
        .isEqualTo(new TakeOver(f("4000000")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderReachesTheTierWithoutALotTooMany(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      Fraction size = Fraction.of(random.nextLong(1, 10_000_000));
      Fraction value = Fraction.of(random.nextLong(201, 900));
      Fraction lot = Fraction.of(random.nextLong(1, 500));
      Account account = new Account(size.negate(), value, Fraction.ZERO, Fraction.ZERO, 1);
      Fraction closed = RiskLimitLadder.contractsToClose(account, TIERS.getFirst(), lot);
      Fraction limit = TIERS.getFirst().limit();
      assertThat(value.times(size.minus(closed)).over(size).compareTo(limit)).isNotPositive();
      Fraction less = closed.floorTo(lot).equals(closed) ? closed.minus(lot) : closed.floorTo(lot);
      assertThat(value.times(size.minus(less)).over(size).compareTo(limit)).isPositive();
    }
  }

  @Test
  void accountsOutsideTheTiersAreRefused() {
    assertThatThrownBy(() -> bitmex(account("1", "0", "0", 4), Stage.ORDERS_OPEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tier 4 is none of 4");
    assertThatThrownBy(() -> Bitmex.Parameters.XBTUSD.tiers(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFundGainsWhatAFillIsBetterThanTheBankruptcyPrice() {
    assertThat(Bitmex.limitOrderPrice(f("99.00"))).isEqualTo(f("99"));
    assertThat(Bitmex.fundGain(Bitmex.Payoff.LINEAR, f("1"), f("99"), f("99.5")))
        .isEqualTo(f("0.5"));
    assertThat(Bitmex.fundGain(Bitmex.Payoff.LINEAR, f("-2"), f("101"), f("102")))
        .isEqualTo(f("-2"));
    assertThat(Bitmex.fundGain(Bitmex.Payoff.INVERSE, f("10000"), f("8000"), f("10000")))
        .isEqualTo(f("0.25"));
    assertThat(Bybit.fundGain(f("-10000"), f("10000"), f("8000"))).isEqualTo(f("0.25"));
  }

  @Test
  void ranksMultiplyProfitsAndDivideLosses() {
    assertThat(Bitmex.deleveragingRank(f("0.2"), f("10"))).isEqualTo(f("2"));
    assertThat(Bitmex.deleveragingRank(f("-0.2"), f("10"))).isEqualTo(f("-0.02"));
  }
}
