package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.rulebooks.lending.SeededNumbers.big;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.Marginfi.Account;
import trimtab.rulebooks.lending.Marginfi.Bank;
import trimtab.rulebooks.lending.Marginfi.Exchange;
import trimtab.rulebooks.lending.Marginfi.Liquidated;
import trimtab.rulebooks.lending.Marginfi.Loss;
import trimtab.rulebooks.lending.Marginfi.Parameters;
import trimtab.rulebooks.lending.Marginfi.Refusal;
import trimtab.rulebooks.lending.Marginfi.Refused;
import trimtab.rulebooks.number.Fraction;

class MarginfiTest {
  private static final int ROUNDS = 300;
  private static final Parameters TERMS = Parameters.DEFAULTS;

  /// SOL at 20 with a weight of 0.8 against USDC at 1 with one of 1.1.
  private static final Bank SOL = new Bank(f("20"), 0, f("0.8"));

  private static final Bank USDC = new Bank(f("1"), 0, f("1.1"));

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Account account(String health) {
    return new Account(f(health), f("100"), f("1500"));
  }

  @Test
  void healthOfZeroIsLiquidatableButCannotBeBettered() {
    assertThat(Marginfi.isLiquidatable(Fraction.ZERO)).isTrue();
    assertThat(Marginfi.isLiquidatable(f("1e-9"))).isFalse();
    assertThat(Marginfi.liquidate(account("0.01"), f("1"), SOL, USDC, TERMS))
        .isEqualTo(new Refused(Refusal.HEALTHY_ACCOUNT));
    assertThat(Marginfi.liquidate(account("0"), f("1"), SOL, USDC, TERMS))
        .isEqualTo(new Refused(Refusal.TOO_SEVERE_LIQUIDATION));
    assertThat(Marginfi.largestQuantity(account("0"), SOL, USDC, TERMS)).isEqualTo(Fraction.ZERO);
  }

  @Test
  void feesAreOfTheLiability() {
    Bank usdc6 = new Bank(f("1"), 6, f("1.1"));
    Bank sol9 = new Bank(f("20"), 9, f("0.8"));
    Exchange exchange = Marginfi.exchange(f("100e9"), sol9, usdc6, TERMS);
    assertThat(exchange).isEqualTo(new Exchange(f("1950e6"), f("1900e6"), f("50e6")));
    assertThat(Marginfi.interval(f("100"), f("1"), TERMS)).isEqualTo(f("2.12"));
    assertThat(Marginfi.interval(f("100"), f("10"), TERMS)).isEqualTo(f("5"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void programsStepsAreNearTheFormula(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Bank asset = new Bank(Marginfi.bits(price(numbers)), 9, f("0.8"));
      Bank liability = new Bank(Marginfi.bits(price(numbers)), 6, f("1.1"));
      BigInteger quantity = numbers.between("1", "1e15");
      Exchange exact = Marginfi.exchange(Fraction.of(quantity), asset, liability, TERMS);
      Exchange program = Marginfi.exchangeInBits(quantity, asset, liability, TERMS);
      Fraction step = new Fraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(48));
      Fraction most =
          exact
              .liquidatorPays()
              .times(step)
              .times(f("4"))
              .plus(step.times(f("1e6")).over(liability.price()).times(f("4")))
              .plus(step);
      assertThat(program.liquidatorPays().minus(exact.liquidatorPays()).abs()).isLessThan(most);
      assertThat(program.liquidateeCredited().minus(exact.liquidateeCredited()).abs())
          .isLessThan(most);
      assertThat(program.insuranceFund())
          .isEqualTo(program.liquidatorPays().minus(program.liquidateeCredited()));
      assertThat(program.insuranceFund().signum()).isNotNegative();
      assertThat(program.insuranceTransferred()).isEqualTo(program.insuranceFund().floor());
    }
    Exchange coarse =
        Marginfi.exchangeInBits(
            BigInteger.ONE, new Bank(f("1"), 0, f("1")), new Bank(f("3"), 0, f("1")), TERMS);
    assertThat(coarse.liquidatorPays())
        .as("0.975 over 3 on the grid")
        .isEqualTo(Marginfi.bits(coarse.liquidatorPays()))
        .isLessThan(f("0.325").plus(f("1e-14")));
  }

  private static Fraction price(SeededNumbers numbers) {
    return new Fraction(numbers.between("1000", "1e11"), big("1e6"));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void largestQuantityBringsHealthToZero(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int toZero = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Fraction health = new Fraction(numbers.evenly("1", "1000").negate(), BigInteger.TEN);
      Account account = new Account(health, f("100"), f("1500"));
      Fraction most = Marginfi.largestQuantity(account, SOL, USDC, TERMS);
      assertThat(most.signum()).isPositive();
      Exchange exchange = Marginfi.exchange(most, SOL, USDC, TERMS);
      Fraction after = Marginfi.healthAfter(health, most, exchange, SOL, USDC);
      assertThat(after.signum()).isNotPositive();
      if (after.signum() == 0) {
        toZero++;
        assertThat(Marginfi.liquidate(account, most, SOL, USDC, TERMS))
            .isInstanceOf(Liquidated.class);
        assertThat(Marginfi.liquidate(account, most.plus(f("1e-9")), SOL, USDC, TERMS))
            .isEqualTo(new Refused(Refusal.TOO_SEVERE_LIQUIDATION));
      }
    }
    assertThat(toZero).isPositive();
  }

  /// Health rises iff what is credited, at the liability's weight, is above the asset's weight.
  @Test
  void signOfTheChangeOfHealth() {
    for (int weight = 900; weight <= 1100; weight++) {
      Bank asset = new Bank(f("20"), 0, new Fraction(BigInteger.valueOf(weight), big("1000")));
      Exchange exchange = Marginfi.exchange(f("3"), asset, USDC, TERMS);
      Fraction before = f("-100");
      Fraction after = Marginfi.healthAfter(before, f("3"), exchange, asset, USDC);
      Fraction line = f("0.95").times(USDC.weight());
      assertThat(after.compareTo(before)).isEqualTo(line.compareTo(asset.weight()));
      boolean worse = line.compareTo(asset.weight()) <= 0;
      assertThat(
              Marginfi.liquidate(account("-100"), f("3"), asset, USDC, TERMS)
                  .equals(new Refused(Refusal.WORSE_HEALTH_POST_LIQUIDATION)))
          .isEqualTo(worse);
      if (worse) {
        assertThat(Marginfi.largestQuantity(account("-100"), asset, USDC, TERMS))
            .isEqualTo(Fraction.ZERO);
      }
    }
  }

  @Test
  void someOfTheLiabilityIsLeft() {
    Account deep = new Account(f("-5000"), f("100"), f("1500"));
    assertThat(Marginfi.largestQuantity(deep, SOL, USDC, TERMS)).isEqualTo(f("1500/19"));
    assertThat(Marginfi.liquidate(deep, f("2999/38"), SOL, USDC, TERMS))
        .isEqualTo(new Refused(Refusal.EXHAUSTED_LIABILITY));
    assertThat(Marginfi.liquidate(deep, f("1499/19"), SOL, USDC, TERMS))
        .isInstanceOf(Liquidated.class);
    assertThat(Marginfi.liquidate(deep, f("1501/19"), SOL, USDC, TERMS))
        .isEqualTo(new Refused(Refusal.TOO_SEVERE_PAYOFF));
    assertThat(Marginfi.liquidate(deep, f("100.1"), SOL, USDC, TERMS))
        .isEqualTo(new Refused(Refusal.OVERLIQUIDATION_ATTEMPT));
    assertThat(Marginfi.liquidate(deep, Fraction.ZERO, SOL, USDC, TERMS))
        .isEqualTo(new Refused(Refusal.ZERO_LIQUIDATION_AMOUNT));
  }

  @Test
  void badDebtIsInsuredThenSocialised() {
    assertThat(Marginfi.isBankrupt(f("0.09"), f("5"), TERMS)).isTrue();
    assertThat(Marginfi.isBankrupt(f("0.1"), f("5"), TERMS)).isFalse();
    assertThat(Marginfi.isBankrupt(f("0.05"), f("0.05"), TERMS)).isFalse();
    assertThat(Marginfi.isBankrupt(f("0"), f("0.0001"), TERMS)).isFalse();
    assertThat(Marginfi.settle(f("10.5"), big("4"))).isEqualTo(new Loss(f("4"), f("6.5")));
    assertThat(Marginfi.settle(f("10.5"), big("40"))).isEqualTo(new Loss(f("10.5"), f("0")));
    assertThat(Marginfi.shareValueAfter(f("1000"), f("1.5"), f("500"))).isEqualTo(f("1"));
    assertThat(Marginfi.shareValueAfter(f("3"), f("1"), f("1"))).isEqualTo(Marginfi.bits(f("2/3")));
  }
}
