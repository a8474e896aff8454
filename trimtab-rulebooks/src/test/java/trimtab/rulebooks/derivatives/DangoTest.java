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
import trimtab.rulebooks.derivatives.Dango.Account;
import trimtab.rulebooks.derivatives.Dango.AdlRule;
import trimtab.rulebooks.derivatives.Dango.Close;
import trimtab.rulebooks.derivatives.Dango.Counterparty;
import trimtab.rulebooks.derivatives.Dango.Deleveraged;
import trimtab.rulebooks.derivatives.Dango.Fill;
import trimtab.rulebooks.derivatives.Dango.Outcome;
import trimtab.rulebooks.derivatives.Dango.Pair;
import trimtab.rulebooks.derivatives.Dango.Parameters;
import trimtab.rulebooks.derivatives.Dango.Position;
import trimtab.rulebooks.number.Fraction;

class DangoTest {
  private static final int ROUNDS = 500;
  private static final BigInteger ZERO = BigInteger.ZERO;

  private static BigInteger millionths(String decimal) {
    return Fraction.parse(decimal).times(Fraction.of(Dango.ONE)).truncate();
  }

  private static BigInteger raw(long value) {
    return BigInteger.valueOf(value);
  }

  private static Fraction value(BigInteger millionths) {
    return new Fraction(millionths, Dango.ONE);
  }

  private static Position position(String name, String size, String entry, String price) {
    return position(name, size, entry, price, "0");
  }

  private static Position position(
      String name, String size, String entry, String price, String least) {
    Pair pair = new Pair(millionths(price), millionths("0.05"), millionths(least), ZERO);
    return new Position(name, millionths(size), millionths(entry), ZERO, pair);
  }

  private static Account account(String margin, Position... positions) {
    return new Account(millionths(margin), List.of(positions));
  }

  /// One to three positions, solvent or not, most of them below their requirement.
  private static Account draw(SplittableRandom random) {
    List<Position> positions = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      long price = random.nextLong(10_000, 1L << 37);
      long size = random.nextLong(1_000, 1L << 34) * (random.nextBoolean() ? 1 : -1);
      Pair pair =
          new Pair(
              raw(price),
              raw(random.nextLong(5_000, 200_000)),
              raw(random.nextBoolean() ? 0 : random.nextLong(0, 100_000_000)),
              ZERO);
      long entry = price * random.nextLong(80, 120) / 100;
      positions.add(new Position("pair" + i, raw(size), raw(entry), ZERO, pair));
    }
    Account bare = new Account(ZERO, positions);
    BigInteger wanted =
        Dango.maintenance(bare).multiply(raw(random.nextLong(-200, 1_050))).divide(raw(1_000));
    return new Account(wanted.subtract(Dango.settledEquity(bare)), positions);
  }

  @Test
  void anAccountAtItsRequirementIsSafe() {
    assertThat(Dango.isLiquidatable(account("1000", position("ETH", "10", "2000", "2000"))))
        .isFalse();
    assertThat(Dango.isLiquidatable(account("999.999999", position("ETH", "10", "2000", "2000"))))
        .isTrue();
    assertThat(Dango.isLiquidatable(account("0"))).isFalse();
  }

  @Test
  void fundingCountsForTheTriggerAndIsSettledByAFill() {
    Pair pair = new Pair(millionths("2000"), millionths("0.05"), ZERO, millionths("100"));
    Position position = new Position("ETH", millionths("10"), millionths("2000"), ZERO, pair);
    Account account = new Account(millionths("1900"), List.of(position));
    assertThat(Dango.equity(account)).isEqualTo(millionths("900"));
    assertThat(Dango.settledEquity(account)).isEqualTo(millionths("1900"));
    assertThat(Dango.isLiquidatable(account)).isTrue();
    Account after = Dango.afterFill(account, new Fill("ETH", millionths("1"), millionths("2000")));
    assertThat(after.margin()).isEqualTo(millionths("900"));
    assertThat(Dango.equity(after)).isEqualTo(millionths("900"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aCloseIsTheLeastThatTakesTheDeficitAway(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int least = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Position position = draw(random).positions().getFirst();
      BigInteger deficit = raw(random.nextLong(1, 1L << random.nextInt(2, 45)));
      Pair pair = position.pair();
      Fraction freed =
          value(pair.oraclePrice().multiply(pair.maintenanceRatio()).divide(Dango.ONE));
      BigInteger amount = Dango.closeAmount(position, deficit);
      BigInteger size = position.size().abs();
      assertThat(amount).isBetween(BigInteger.ONE, size);
      Fraction exact = value(deficit).over(freed).times(Fraction.of(Dango.ONE));
      if (amount.compareTo(size) < 0) {
        least++;
        assertThat(Fraction.of(amount).minus(exact))
            .isGreaterThanOrEqualTo(Fraction.ZERO)
            .isLessThan(Fraction.ONE);
        Fraction rest = value(size.subtract(amount)).times(value(pair.oraclePrice()));
        assertThat(rest).isGreaterThanOrEqualTo(value(pair.minOrderNotional()));
      } else {
        Fraction rest =
            value(size.subtract(exact.ceil()).max(ZERO)).times(value(pair.oraclePrice()));
        assertThat(
                exact.compareTo(Fraction.of(size.subtract(BigInteger.ONE))) > 0
                    || rest.compareTo(value(pair.minOrderNotional())) < 0)
            .isTrue();
      }
    }
    assertThat(least).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void schedulesTakeTheDeficitAwayFromTheLargestDown(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Account account = draw(random);
      BigInteger deficit = Dango.deficit(Parameters.DEFAULT, account);
      List<Close> schedule = Dango.schedule(account, deficit);
      assertThat(schedule.isEmpty()).isEqualTo(!Dango.isLiquidatable(account));
      List<Fill> atOracle = new ArrayList<>();
      BigInteger last = BigInteger.TEN.pow(40);
      for (Close close : schedule) {
        Position position = find(account, close.name());
        assertThat(close.size().signum()).isEqualTo(-position.size().signum());
        assertThat(Dango.maintenance(position)).isLessThanOrEqualTo(last);
        last = Dango.maintenance(position);
        atOracle.add(new Fill(close.name(), close.size().abs(), position.pair().oraclePrice()));
      }
      if (schedule.isEmpty()) {
        continue;
      }
      // At the oracle price and without a fee the schedule restores, but for a few millionths.
      Parameters free = new Parameters(ZERO, ZERO, AdlRule.BANKRUPTCY);
      Outcome outcome = Dango.settle(free, account, atOracle, List.of());
      BigInteger missing =
          Dango.maintenance(outcome.account()).subtract(Dango.equity(outcome.account()));
      assertThat(missing).isLessThanOrEqualTo(raw(20));
    }
  }

  @Test
  void aDeficitThatIsGoneTouchesNoOtherPair() {
    Account account =
        account("0", position("BTC", "100", "2", "2"), position("ETH", "-100", "1", "1"));
    assertThat(Dango.schedule(account, millionths("10")))
        .containsExactly(new Close("BTC", millionths("-100")));
    assertThat(Dango.schedule(account, millionths("10.000001")))
        .containsExactly(
            new Close("BTC", millionths("-100")), new Close("ETH", millionths("0.00002")));
    assertThat(Dango.schedule(account, ZERO)).isEmpty();
  }

  private static Position find(Account account, String name) {
    return account.positions().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void aBufferClosesMoreAndItsQuotientIsCutOff(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Account account = draw(random);
      BigInteger buffer = raw(random.nextLong(0, 500_000));
      BigInteger deficit = Dango.deficit(new Parameters(ZERO, buffer, AdlRule.BANKRUPTCY), account);
      Fraction exact =
          value(Dango.maintenance(account))
              .minus(value(Dango.equity(account)).over(Fraction.ONE.plus(value(buffer))));
      Fraction off = value(deficit).minus(exact);
      assertThat(off.abs()).isLessThan(value(BigInteger.ONE));
      assertThat(off.signum() * Dango.equity(account).signum()).isGreaterThanOrEqualTo(0);
      if (Dango.equity(account).signum() > 0) {
        assertThat(deficit).isGreaterThanOrEqualTo(Dango.deficit(Parameters.DEFAULT, account));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void closingAllAtTheBankruptcyPriceLeavesNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Account account = draw(random);
      Position position = account.positions().getFirst();
      BigInteger price = Dango.bankruptcyPrice(account, position);
      Fraction side = Fraction.of(position.size().signum());
      Fraction exact =
          value(position.pair().oraclePrice())
              .minus(
                  side.times(value(Dango.settledEquity(account)))
                      .over(value(position.size().abs())));
      assertThat(value(price).minus(exact).abs()).isLessThan(value(BigInteger.ONE));
      // The quotient is cut off: the price stays on the oracle's side of the exact one.
      int off = value(price).minus(exact).signum();
      int towards = value(position.pair().oraclePrice()).minus(exact).signum();
      assertThat(off * towards).isGreaterThanOrEqualTo(0);

      Account after =
          Dango.afterFill(account, new Fill(position.name(), position.size().abs(), price));
      // At most a millionth of the price for each unit, and the products' own.
      Fraction slack = value(position.size().abs()).plus(Fraction.of(3));
      assertThat(value(Dango.settledEquity(after)).abs())
          .isLessThanOrEqualTo(slack.times(value(BigInteger.ONE)));
    }
  }

  @Test
  void pricesOfSolventAndInsolventAccounts() {
    Position eth = position("ETH", "10", "2000", "1800");
    Account solvent = account("2180", eth);
    assertThat(Dango.limitPrice(solvent, eth)).isEqualTo(millionths("1782"));
    assertThat(Dango.adlPrice(AdlRule.BANKRUPTCY, solvent, eth)).isEqualTo(millionths("1782"));
    assertThat(Dango.adlPrice(AdlRule.ORACLE_IF_SOLVENT, solvent, eth))
        .isEqualTo(millionths("1800"));
    Account insolvent = account("1800", eth);
    assertThat(Dango.limitPrice(insolvent, eth)).isEqualTo(millionths("1800"));
    Account nothing = account("2000", eth);
    assertThat(Dango.limitPrice(nothing, eth)).isEqualTo(millionths("1800"));
    assertThat(Dango.adlPrice(AdlRule.ORACLE_IF_SOLVENT, insolvent, eth))
        .isEqualTo(millionths("1820"));
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void feesMakeNoDebtAndDebtsAreMadeUpExactly(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int debts = 0;
    int fees = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Account account = draw(random);
      Parameters parameters =
          new Parameters(raw(random.nextLong(0, 20_000)), ZERO, AdlRule.BANKRUPTCY);
      List<Fill> book = new ArrayList<>();
      for (Close close : Dango.schedule(account, Dango.deficit(parameters, account))) {
        BigInteger price = find(account, close.name()).pair().oraclePrice();
        BigInteger filled = close.size().abs().multiply(raw(random.nextInt(0, 4))).divide(raw(3));
        book.add(new Fill(close.name(), filled.min(close.size().abs()), price));
      }
      List<Fill> rest = Dango.remainders(parameters, account, book);
      Outcome outcome = Dango.settle(parameters, account, book, rest);
      Account plain = account;
      for (Fill fill : book) {
        plain = Dango.afterFill(plain, fill);
      }
      for (Fill fill : rest) {
        plain = Dango.afterFill(plain, fill);
      }
      BigInteger equity = Dango.settledEquity(plain);
      BigInteger after = Dango.settledEquity(outcome.account());
      assertThat(after).isEqualTo(equity.subtract(outcome.fee()).add(outcome.badDebt()));
      assertThat(outcome.fee().min(outcome.badDebt())).isZero();
      assertThat(after).isNotNegative();
      assertThat(outcome.badDebt()).isEqualTo(equity.negate().max(ZERO));
      assertThat(outcome.fee()).isLessThanOrEqualTo(equity.max(ZERO));
      debts += outcome.badDebt().signum();
      fees += outcome.fee().signum();
    }
    assertThat(debts).isPositive();
    assertThat(fees).isPositive();
  }

  @Test
  void aRestBelowTheLeastOrderIsClosedAndOneAtItIsKept() {
    Position position = position("BTC", "100", "1", "1", "5");
    assertThat(Dango.closeAmount(position, millionths("4.75"))).isEqualTo(millionths("95"));
    assertThat(Dango.closeAmount(position, millionths("4.750001"))).isEqualTo(millionths("100"));
  }

  @Test
  void counterpartiesComeByTheirProfit() {
    List<Counterparty> shorts =
        List.of(
            new Counterparty("a", raw(10), raw(3)),
            new Counterparty("b", raw(12), raw(3)),
            new Counterparty("c", raw(12), raw(2)));
    assertThat(Dango.counterparties(true, raw(6), shorts))
        .containsExactly(
            new Deleveraged("c", raw(2)),
            new Deleveraged("b", raw(3)),
            new Deleveraged("a", raw(1)));
    assertThat(Dango.counterparties(false, raw(4), shorts))
        .containsExactly(new Deleveraged("a", raw(3)), new Deleveraged("b", raw(1)));
  }

  @Test
  void whatTheChainRefusesIsAnError() {
    Account account = account("2180", position("ETH", "10", "2000", "1800"));
    assertThatThrownBy(
            () -> Dango.afterFill(account, new Fill("ETH", millionths("10.000001"), raw(1))))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Dango.afterFill(account, new Fill("BTC", raw(1), raw(1))))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("no position in 'BTC'");
    Pair free = new Pair(raw(1), raw(1), ZERO, ZERO);
    assertThatThrownBy(
            () -> Dango.closeAmount(new Position("X", raw(5), raw(1), ZERO, free), raw(1)))
        .isInstanceOf(ArithmeticException.class);
    Pair huge = new Pair(BigInteger.ONE.shiftLeft(126), Dango.ONE, ZERO, ZERO);
    assertThatThrownBy(
            () -> Dango.maintenance(new Position("X", millionths("5"), raw(1), ZERO, huge)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("more than 128 bits");
  }
}
