package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.lending.SeededNumbers.wad;
import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.MorphoBlue.Liquidated;
import trimtab.rulebooks.lending.MorphoBlue.Market;
import trimtab.rulebooks.lending.MorphoBlue.Parameters;
import trimtab.rulebooks.lending.MorphoBlue.Position;
import trimtab.rulebooks.lending.MorphoBlue.Refusal;
import trimtab.rulebooks.lending.MorphoBlue.Refused;
import trimtab.rulebooks.lending.MorphoBlue.Request;
import trimtab.rulebooks.number.Fraction;

class MorphoBlueTest {
  private static final int ROUNDS = 300;
  private static final BigInteger PRICE_ONE = big("1e36");
  private static final Parameters AT_80 = Parameters.DEFAULTS.withLltv(wad("0.8"));

  /// A million shares to the asset, so that shares and assets convert exactly.
  private static final Market EVEN = new Market(big("1e12"), big("1e18"));

  private static Position position(String borrowShares, String collateral) {
    return new Position(big(borrowShares), big(collateral));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void factorIsItsFormulaRoundedDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger lltv = WAD.subtract(numbers.between(BigInteger.ZERO, WAD));
      BigInteger factor = MorphoBlue.liquidationIncentiveFactor(Parameters.DEFAULTS.withLltv(lltv));
      Fraction given = Fraction.parse("0.3").times(Fraction.ONE.minus(ofWad(lltv)));
      Fraction twin = Fraction.parse("1.15").min(Fraction.ONE.over(Fraction.ONE.minus(given)));
      Fraction off = twin.minus(ofWad(factor)).times(exact(WAD));
      assertThat(off).as("LLTV %s", lltv).isBetween(Fraction.ZERO, Fraction.of(3));
      assertThat(factor).isBetween(WAD, wad("1.15"));
    }
  }

  @Test
  void factorFallsAsLltvRises() {
    BigInteger last = wad("1.15");
    for (int thousandths = 600; thousandths <= 1000; thousandths++) {
      BigInteger lltv = big("1e15").multiply(BigInteger.valueOf(thousandths));
      BigInteger factor = MorphoBlue.liquidationIncentiveFactor(Parameters.DEFAULTS.withLltv(lltv));
      assertThat(factor).isLessThanOrEqualTo(last);
      last = factor;
    }
    assertThat(last).isEqualTo(WAD);
  }

  @Test
  void equalityIsHealthy() {
    Position equal = position("80000e6", "100000");
    assertThat(MorphoBlue.borrowed(EVEN, equal.borrowShares())).isEqualTo(big("80000"));
    assertThat(MorphoBlue.maxBorrow(equal.collateral(), PRICE_ONE, wad("0.8")))
        .isEqualTo(big("80000"));
    assertThat(MorphoBlue.liquidate(EVEN, equal, PRICE_ONE, AT_80, Request.seize(BigInteger.TEN)))
        .isEqualTo(new Refused(Refusal.HEALTHY_POSITION));
    Position above = new Position(equal.borrowShares().add(BigInteger.ONE), equal.collateral());
    assertThat(MorphoBlue.liquidate(EVEN, above, PRICE_ONE, AT_80, Request.seize(BigInteger.TEN)))
        .as("one share above rounds the debt up by one unit")
        .isInstanceOf(Liquidated.class);
  }

  @Test
  void exactlyOneAmountIsNamed() {
    Position position = position("90000e6", "100000");
    assertThat(
            MorphoBlue.liquidate(
                EVEN, position, PRICE_ONE, AT_80, new Request(BigInteger.ONE, BigInteger.ONE)))
        .isEqualTo(new Refused(Refusal.INCONSISTENT_INPUT));
    assertThat(
            MorphoBlue.liquidate(EVEN, position, PRICE_ONE, AT_80, Request.repay(BigInteger.ZERO)))
        .isEqualTo(new Refused(Refusal.INCONSISTENT_INPUT));
  }

  @Test
  void noMoreThanThereIs() {
    Position position = position("90000e6", "100000");
    BigInteger above = position.borrowShares().add(BigInteger.ONE);
    assertThat(MorphoBlue.liquidate(EVEN, position, PRICE_ONE, AT_80, Request.repay(above)))
        .isEqualTo(new Refused(Refusal.ARITHMETIC_UNDERFLOW));
    assertThat(MorphoBlue.liquidate(EVEN, position, PRICE_ONE, AT_80, Request.seize(big("100001"))))
        .isEqualTo(new Refused(Refusal.ARITHMETIC_UNDERFLOW));
    assertThatThrownBy(() ->
            MorphoBlue.liquidate(
                EVEN, position, BigInteger.ZERO, AT_80, Request.repay(BigInteger.ONE)))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void roundsInFavourOfTheBorrower(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int done = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Market market = market(numbers);
      BigInteger price = numbers.between("1e30", "1e42");
      Position position =
          new Position(
              numbers.between(BigInteger.TWO, market.totalBorrowShares()),
              numbers.between("1", "1e24"));
      BigInteger shares = numbers.between(BigInteger.ONE, position.borrowShares());
      BigInteger factor = MorphoBlue.liquidationIncentiveFactor(AT_80);
      Fraction perShare =
          new Fraction(
              market.totalBorrowAssets().add(BigInteger.ONE),
              market.totalBorrowShares().add(big("1e6")));
      Fraction perAsset = ofWad(factor).times(new Fraction(PRICE_ONE, price));
      if (MorphoBlue.liquidate(market, position, price, AT_80, Request.repay(shares))
          instanceof Liquidated repaid) {
        done++;
        Fraction off =
            exact(shares).times(perShare).times(perAsset).minus(exact(repaid.seizedAssets()));
        Fraction most = ofWad(factor).plus(Fraction.ONE).times(new Fraction(PRICE_ONE, price));
        assertThat(off).isBetween(Fraction.ZERO, most.plus(Fraction.ONE));
        Fraction paid = exact(repaid.repaidAssets()).minus(exact(shares).times(perShare));
        assertThat(paid.signum()).isNotNegative();
        assertThat(paid).isLessThan(Fraction.ONE);
      }
      BigInteger seized = numbers.between(BigInteger.ONE, position.collateral());
      if (MorphoBlue.liquidate(market, position, price, AT_80, Request.seize(seized))
          instanceof Liquidated taken) {
        Fraction due = exact(seized).over(perAsset).over(perShare);
        assertThat(exact(taken.repaidShares())).isGreaterThanOrEqualTo(due);
        Fraction most = Fraction.of(2).over(perShare).plus(Fraction.ONE);
        assertThat(exact(taken.repaidShares()).minus(due)).isLessThanOrEqualTo(most);
      }
    }
    assertThat(done).isGreaterThan(ROUNDS / 20);
  }

  /// Health is `collateral x price x LLTV / debt`; closing a part raises it iff it is above factor
  /// x LLTV.
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void healthRisesIffItIsAboveFactorTimesLltv(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    Parameters parameters = Parameters.DEFAULTS;
    Fraction line =
        ofWad(MorphoBlue.liquidationIncentiveFactor(parameters)).times(ofWad(wad("0.86")));
    int rises = 0;
    int falls = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Market market = new Market(big("1e30"), big("1e36"));
      Position position = new Position(numbers.evenly("8.7e34", "9.99e34"), big("1e29"));
      BigInteger shares = position.borrowShares().divide(numbers.between("10", "100"));
      if (!(MorphoBlue.liquidate(market, position, PRICE_ONE, parameters, Request.repay(shares))
          instanceof Liquidated done)) {
        continue;
      }
      Fraction before = health(market, position);
      Fraction after = health(done.market(), done.position());
      if (before.minus(line).abs().compareTo(Fraction.parse("1e-9")) < 0) {
        continue;
      }
      assertThat(after.compareTo(before)).isEqualTo(before.compareTo(line));
      rises += after.compareTo(before) > 0 ? 1 : 0;
      falls += after.compareTo(before) < 0 ? 1 : 0;
    }
    assertThat(rises).isPositive();
    assertThat(falls).isPositive();
  }

  private static Fraction health(Market market, Position position) {
    Fraction debt =
        exact(position.borrowShares())
            .times(
                new Fraction(
                    market.totalBorrowAssets().add(BigInteger.ONE),
                    market.totalBorrowShares().add(big("1e6"))));
    return exact(position.collateral()).times(Fraction.parse("0.86")).over(debt);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void largestSeizureNeverTakesMoreSharesThanAreOwed(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int whole = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Market market = market(numbers);
      Position position =
          new Position(
              numbers.between(BigInteger.ONE, market.totalBorrowShares()),
              numbers.between("0", "1e15"));
      BigInteger price = numbers.between("1e33", "1e39");
      BigInteger seized = MorphoBlue.largestSeizure(market, position, price, AT_80);
      assertThat(seized).isBetween(BigInteger.ZERO, position.collateral());
      if (seized.signum() == 0 || MorphoBlue.isHealthy(market, position, price, wad("0.8"))) {
        continue;
      }
      assertThat(MorphoBlue.liquidate(market, position, price, AT_80, Request.seize(seized)))
          .isInstanceOf(Liquidated.class);
      whole += seized.equals(position.collateral()) ? 1 : 0;
    }
    assertThat(whole).isPositive();
  }

  @Test
  void moreSharesSeizeMore() {
    Position position = position("90000e6", "100000");
    BigInteger last = BigInteger.valueOf(-1);
    for (int part = 1; part <= 90; part++) {
      BigInteger shares = big("1000e6").multiply(BigInteger.valueOf(part));
      Liquidated done =
          (Liquidated)
              MorphoBlue.liquidate(EVEN, position, PRICE_ONE, AT_80, Request.repay(shares));
      assertThat(done.seizedAssets()).isGreaterThan(last);
      last = done.seizedAssets();
    }
  }

  @Test
  void badDebtIsWrittenOffOnceNoCollateralIsLeft() {
    Position position = position("99000e6", "100000");
    Liquidated rest =
        (Liquidated)
            MorphoBlue.liquidate(EVEN, position, PRICE_ONE, AT_80, Request.seize(big("99999")));
    assertThat(rest.badDebtShares()).isZero();
    assertThat(rest.position().collateral()).isEqualTo(BigInteger.ONE);
    assertThat(rest.position().borrowShares()).isPositive();

    Liquidated all =
        (Liquidated)
            MorphoBlue.liquidate(EVEN, position, PRICE_ONE, AT_80, Request.seize(big("100000")));
    assertThat(all.position()).isEqualTo(position("0", "0"));
    assertThat(all.badDebtShares().add(all.repaidShares())).isEqualTo(position.borrowShares());
    assertThat(all.market().totalBorrowShares())
        .isEqualTo(EVEN.totalBorrowShares().subtract(position.borrowShares()));
    assertThat(all.market().totalBorrowAssets())
        .isEqualTo(
            EVEN.totalBorrowAssets().subtract(all.repaidAssets()).subtract(all.badDebtAssets()));
    assertThat(all.badDebtAssets()).isEqualTo(big("99000").subtract(all.repaidAssets()));
  }

  @Test
  void badDebtIsAtMostWhatTheMarketLent() {
    Market alone = new Market(BigInteger.ONE, big("2e6"));
    Position position = position("2e6", "1");
    Liquidated done =
        (Liquidated)
            MorphoBlue.liquidate(alone, position, PRICE_ONE, AT_80, Request.seize(BigInteger.ONE));
    assertThat(done.badDebtShares()).as("worth 1, rounded up").isEqualTo(big("5e5"));
    assertThat(done.badDebtAssets()).isZero();
    assertThat(done.market()).isEqualTo(new Market(BigInteger.ZERO, BigInteger.ZERO));
  }

  private static Market market(SeededNumbers numbers) {
    BigInteger assets = numbers.between("1", "1e15");
    return new Market(assets, assets.multiply(numbers.between("800000", "1000000")));
  }
}
