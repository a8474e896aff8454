package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.Kamino.Bonus;
import trimtab.rulebooks.lending.Kamino.Borrow;
import trimtab.rulebooks.lending.Kamino.Deposit;
import trimtab.rulebooks.lending.Kamino.Liquidated;
import trimtab.rulebooks.lending.Kamino.Parameters;
import trimtab.rulebooks.lending.Kamino.Rank;
import trimtab.rulebooks.number.Fraction;

class KaminoTest {
  private static final int ROUNDS = 300;
  private static final Parameters TERMS = Parameters.DEFAULTS;
  private static final Fraction TINY = new Fraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(60));
  private static final BigInteger ALL = big("1e18");

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Fraction bonus(String ltv, String unhealthy) {
    return Kamino.liquidationBonus(f(ltv), f(unhealthy), TERMS.bonus());
  }

  @Test
  void equalitySuffices() {
    assertThat(Kamino.isLiquidatable(f("0.8"), f("0.8"))).isTrue();
    assertThat(Kamino.isLiquidatable(f("0.8").minus(TINY), f("0.8"))).isFalse();
    assertThat(Kamino.loanToValue(f("2"), f("3"))).isEqualTo(Kamino.bits(f("2/3")));
    assertThat(f("2/3").minus(Kamino.bits(f("2/3")))).isBetween(TINY.minus(TINY), TINY);
  }

  @Test
  void bonusIsContinuousUpToTheZoneOfBadDebt() {
    assertThat(bonus("0.8", "0.8")).isEqualTo(f("0.02"));
    assertThat(bonus("0.82", "0.8")).isEqualTo(f("0.02"));
    assertThat(bonus("0.83", "0.8")).isEqualTo(f("0.03"));
    assertThat(bonus("0.9", "0.8")).isEqualTo(f("0.1"));
    assertThat(bonus("0.9", "0.7")).as("the maximum").isEqualTo(f("0.1"));
    assertThat(bonus("0.9899", "0.9")).isEqualTo(f("0.0101"));
    assertThat(bonus("0.99", "0.9")).isEqualTo(f("0.01"));
    assertThat(bonus("0.995", "0.9")).isEqualTo(f("0.005"));
    assertThat(bonus("1", "0.9")).isEqualTo(f("0.005"));
    assertThat(bonus("7", "0.9")).isEqualTo(f("0.005"));
    Bonus high = Bonus.ofBps(big("200"), big("1000"), big("300"));
    assertThat(Kamino.liquidationBonus(f("0.99"), f("0.9"), high)).isEqualTo(f("0.03"));
    Fraction below = f("0.99").minus(TINY);
    assertThat(Kamino.liquidationBonus(below, f("0.9"), high)).isEqualTo(f("0.01").plus(TINY));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void bonusNeverMakesBadDebtBelowTheZone(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Fraction ltv = new Fraction(numbers.evenly("5e17", "99e16").subtract(BigInteger.ONE), ALL);
      Fraction unhealthy = ltv.times(new Fraction(numbers.evenly("7e17", "1e18"), ALL));
      Bonus terms =
          Bonus.ofBps(
              numbers.between("0", "500"),
              numbers.between("500", "2000"),
              numbers.between("0", "99"));
      Fraction bonus = Kamino.liquidationBonus(ltv, unhealthy, terms);
      assertThat(bonus).isLessThanOrEqualTo(Fraction.ONE.minus(ltv));
      assertThat(bonus).isLessThanOrEqualTo(terms.max());
      assertThat(bonus)
          .isGreaterThanOrEqualTo(terms.min().min(terms.max()).min(Fraction.ONE.minus(ltv)));
    }
  }

  @Test
  void bonusesOfTwoReserves() {
    Bonus one = Bonus.ofBps(big("200"), big("800"), big("50"));
    Bonus other = Bonus.ofBps(big("300"), big("700"), big("99"));
    assertThat(Bonus.of(one, other, Optional.empty()))
        .isEqualTo(Bonus.ofBps(big("300"), big("800"), big("50")));
    assertThat(Bonus.of(one, other, Optional.of(f("0.07"))).max()).isEqualTo(f("0.07"));
    assertThat(Bonus.of(one, other, Optional.of(f("0.071"))).max()).isEqualTo(f("0.08"));
    assertThat(Bonus.of(one, other, Optional.of(Fraction.ZERO)).max()).isEqualTo(f("0.08"));
  }

  @Test
  void lowestThresholdAndHighestBorrowFactorGoFirst() {
    Rank low = new Rank(f("0.6"), f("10"));
    Rank high = new Rank(f("0.8"), f("100"));
    Rank unused = new Rank(Fraction.ZERO, f("100"));
    List<Rank> deposits = List.of(low, high, unused);
    assertThat(Kamino.mayBeSeized(low, deposits, f("10"))).isTrue();
    assertThat(Kamino.mayBeSeized(high, deposits, f("10"))).isFalse();
    assertThat(Kamino.mayBeSeized(high, deposits, f("10.1"))).as("small ones aside").isTrue();
    assertThat(Kamino.mayBeRepaid(high, List.of(low, high), f("10"))).isTrue();
    assertThat(Kamino.mayBeRepaid(low, List.of(low, high), f("10"))).isFalse();
    assertThat(Kamino.mayBeRepaid(low, List.of(low, high), f("101"))).isTrue();
  }

  private static Liquidated liquidate(
      String amount, String value, String deposit, String depositValue, String ltv) {
    return Kamino.liquidate(
        new Borrow(f(amount), f(value)),
        new Deposit(big(deposit), f(depositValue)),
        f(value),
        f(ltv),
        f("0.8"),
        ALL,
        TERMS);
  }

  @Test
  void closeFactorIsOfAllDebtAndWholeAboveTheRisk() {
    Borrow borrow = new Borrow(f("1000"), f("1000"));
    assertThat(Kamino.maxLiquidatable(borrow, f("1000"), f("0.9"), TERMS))
        .isBetween(f("199.999"), f("200"));
    assertThat(Kamino.maxLiquidatable(borrow, f("4000"), f("0.9"), TERMS))
        .isBetween(f("799.999"), f("800"));
    assertThat(Kamino.maxLiquidatable(borrow, f("8000"), f("0.9"), TERMS)).isEqualTo(f("1000"));
    assertThat(Kamino.maxLiquidatable(borrow, f("1000"), Kamino.bits(f("0.95")), TERMS))
        .as("strictly above")
        .isLessThan(f("201"));
    Fraction above = Kamino.bits(f("0.95")).plus(TINY);
    assertThat(Kamino.maxLiquidatable(borrow, f("1000"), above, TERMS)).isEqualTo(f("1000"));
    Borrow large = new Borrow(f("4e6"), f("4e6"));
    assertThat(Kamino.maxLiquidatable(large, f("4e6"), f("0.99"), TERMS)).isEqualTo(f("500000"));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void repaidIsRoundedUpAndWithdrawnDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int capped = 0;
    int improved = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Borrow borrow =
          new Borrow(
              Kamino.bits(new Fraction(numbers.evenly("1e12", "1e16"), big("1e6"))),
              Kamino.bits(new Fraction(numbers.evenly("1e9", "1e12"), big("1e6"))));
      Fraction ltv = new Fraction(numbers.evenly("8e17", "12e17"), ALL);
      Deposit deposit =
          new Deposit(numbers.evenly("1e6", "1e12"), Kamino.bits(borrow.value().over(ltv)));
      BigInteger asked = numbers.between("1", "2e10");
      Liquidated done =
          Kamino.liquidate(borrow, deposit, borrow.value(), ltv, f("0.8"), asked, TERMS);
      assertThat(done.repaid()).isEqualTo(done.settled().ceil());
      assertThat(done.withdrawn()).isLessThanOrEqualTo(deposit.amount());
      if (done.withdrawn().equals(deposit.amount())) {
        capped++;
        continue;
      }
      Fraction value = done.settled().times(borrow.value()).over(borrow.amount());
      Fraction twin =
          exact(deposit.amount())
              .times(value)
              .times(Fraction.ONE.plus(done.bonus()))
              .over(deposit.value());
      assertThat(twin.minus(exact(done.withdrawn()))).isBetween(Fraction.ZERO, f("1.001"));
      Fraction debtLeft = borrow.value().minus(value);
      Fraction depositLeft = deposit.value().minus(value.times(Fraction.ONE.plus(done.bonus())));
      boolean helps = ltv.times(Fraction.ONE.plus(done.bonus())).compareTo(Fraction.ONE) < 0;
      if (helps && depositLeft.signum() > 0) {
        improved++;
        assertThat(debtLeft.over(depositLeft)).isLessThanOrEqualTo(ltv.plus(f("1e-12")));
      }
    }
    assertThat(capped).isPositive();
    assertThat(improved).isPositive();
  }

  @Test
  void smallBorrowIsClosedWholeAndForgivenWhatIsNotCovered() {
    Liquidated whole = liquidate("1.5", "0.9", "100", "1", "0.9");
    assertThat(whole.settled()).isEqualTo(f("1.5"));
    assertThat(whole.repaid()).isEqualTo(big("2"));
    Liquidated part = liquidate("2", "0.9", "100", "1", "0.9");
    assertThat(part.settled()).as("2 is not below 2").isLessThan(f("0.5"));
    Liquidated forgiven = liquidate("1.5", "3", "100", "1", "3");
    assertThat(forgiven.withdrawn()).isEqualTo(big("100"));
    assertThat(forgiven.settled()).isEqualTo(f("1.5"));
    assertThat(forgiven.repaid()).isEqualTo(BigInteger.ONE);
    Liquidated short1 = liquidate("3000", "3", "100", "1", "3");
    assertThat(short1.withdrawn()).isEqualTo(big("100"));
    assertThat(short1.settled()).as("1 over 1.005").isBetween(f("995.02"), f("995.03"));
    assertThat(short1.repaid()).isEqualTo(big("996"));
  }

  @Test
  void protocolFeeIsOfTheBonusAndAtLeastOne() {
    assertThat(Kamino.protocolFee(big("1050000"), f("0.05"), f("0.2")))
        .isBetween(big("10000"), big("10001"));
    assertThat(Kamino.protocolFee(big("1050000"), f("0.05"), Fraction.ZERO)).isOne();
    assertThat(Kamino.protocolFee(BigInteger.ZERO, f("0.05"), f("0.2"))).isOne();
    assertThat(Kamino.forgiven(f("7.5"), big("5"))).isEqualTo(f("5"));
    assertThat(Kamino.forgiven(f("7.5"), big("8"))).isEqualTo(f("7.5"));
  }

  @Test
  void deleveragingFallsAndPaysMoreWithTime() {
    Fraction later = Kamino.deleveragingThreshold(f("0.8"), big("1000"), big("10"));
    assertThat(later.minus(f("0.79")).abs()).isLessThan(f("1e-12"));
    assertThat(Kamino.deleveragingThreshold(f("0.8"), big("1000000"), big("10")))
        .isEqualTo(Fraction.ZERO);
    Fraction day = Kamino.deleveragingBonus(f("0.5"), big("172800"), f("0.1"));
    assertThat(day.minus(f("0.01")).abs()).isLessThan(f("1e-12"));
    assertThat(Kamino.deleveragingBonus(f("0.5"), big("172800000"), f("0.1")))
        .isEqualTo(Kamino.bits(f("0.1")));
  }
}
