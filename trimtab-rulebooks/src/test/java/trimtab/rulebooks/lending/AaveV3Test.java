package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.AaveV3.Account;
import trimtab.rulebooks.lending.AaveV3.Allowed;
import trimtab.rulebooks.lending.AaveV3.Answer;
import trimtab.rulebooks.lending.AaveV3.Asset;
import trimtab.rulebooks.lending.AaveV3.Collateral;
import trimtab.rulebooks.lending.AaveV3.Debt;
import trimtab.rulebooks.lending.AaveV3.Pair;
import trimtab.rulebooks.lending.AaveV3.Parameters;
import trimtab.rulebooks.lending.AaveV3.Refusal;
import trimtab.rulebooks.lending.AaveV3.Seizure;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// The four versions of Aave v3: each rounding against its exact twin, each limit on its edge.
class AaveV3Test {
  private static final int DRAWS = 400;
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger UNLIMITED = Uint.MAX.shiftRight(1);
  private static final BigInteger HEALTH_97 = wad("0.97");
  private static final BigInteger HEALTH_95 = wad("0.95");
  private static final Parameters DEFAULTS = Parameters.DEFAULTS;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void seizureRoundsAsEachVersionSays(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    Fraction half = new Fraction(ONE, BigInteger.TWO);
    for (int i = 0; i < DRAWS; i++) {
      Pair pair = ample(draw);
      BigInteger repay = draw.digits(12);
      Fraction exact = Fraction.of(same(pair, repay)).times(bps(pair.liquidationBonusBps()));
      for (Seizure seizure :
          List.of(
              AaveV30.seize(pair, repay), AaveV33.seize(pair, repay), AaveV36.seize(pair, repay))) {
        Fraction over = Fraction.of(seizure.seizedTotal()).minus(exact);
        assertThat(over).isLessThanOrEqualTo(half).isGreaterThan(half.negate());
      }
      Fraction under = exact.minus(Fraction.of(AaveV37.seize(pair, repay).seizedTotal()));
      assertThat(under).isLessThan(Fraction.ONE).isGreaterThanOrEqualTo(Fraction.ZERO);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void feeRoundsAsEachVersionSaysAndComesOutOfTheBonus(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      Pair pair = ample(draw);
      BigInteger repay = draw.digits(12);
      Seizure nearest = AaveV36.seize(pair, repay);
      assertThat(fee(pair, nearest).minus(Fraction.of(nearest.protocolFee())).abs())
          .isLessThanOrEqualTo(Fraction.ONE);
      Seizure against = AaveV37.seize(pair, repay);
      Fraction over = Fraction.of(against.protocolFee()).minus(fee(pair, against));
      assertThat(over).isGreaterThanOrEqualTo(Fraction.ZERO).isLessThan(Fraction.of(2));
      for (Seizure seizure : List.of(nearest, against)) {
        assertThat(seizure.toLiquidator().add(seizure.protocolFee()))
            .isEqualTo(seizure.seizedTotal());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void version37TakesNoMoreThan36AndGivesTheLiquidatorNoMore(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int differing = 0;
    for (int i = 0; i < DRAWS; i++) {
      Pair pair = ample(draw);
      BigInteger repay = draw.digits(12);
      Seizure older = AaveV36.seize(pair, repay);
      Seizure newer = AaveV37.seize(pair, repay);
      assertThat(older.seizedTotal().subtract(newer.seizedTotal())).isBetween(BigInteger.ZERO, ONE);
      assertThat(newer.toLiquidator()).isLessThanOrEqualTo(older.toLiquidator());
      differing += older.equals(newer) ? 0 : 1;
    }
    assertThat(differing).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10, 11})
  void whatACollateralCannotPayForIsNotRepaid(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int cut = 0;
    for (int i = 0; i < DRAWS; i++) {
      Pair pair = withCollateral(ample(draw), draw.digits(15));
      BigInteger repay = draw.digits(12);
      for (Seizure seizure :
          List.of(
              AaveV30.seize(pair, repay),
              AaveV33.seize(pair, repay),
              AaveV36.seize(pair, repay),
              AaveV37.seize(pair, repay))) {
        assertThat(seizure.debtRepaid()).isLessThanOrEqualTo(repay);
        assertThat(seizure.seizedTotal()).isLessThanOrEqualTo(pair.collateralBalance());
      }
      Seizure seizure = AaveV36.seize(pair, repay);
      if (seizure.debtRepaid().compareTo(repay) < 0) {
        cut++;
        Fraction exact = Fraction.of(worth(pair)).over(bps(pair.liquidationBonusBps()));
        assertThat(seizure.debtRepaid()).isEqualTo(exact.ceil());
        Fraction nearest = Fraction.of(AaveV33.seize(pair, repay).debtRepaid()).minus(exact);
        assertThat(nearest.abs()).isLessThanOrEqualTo(new Fraction(ONE, BigInteger.TWO));
      }
    }
    assertThat(cut).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {12, 13})
  void moreRepaidIsMoreSeized(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      Pair pair = withCollateral(ample(draw), draw.digits(16));
      BigInteger less = draw.digits(12);
      BigInteger more = less.add(draw.digits(12));
      assertThat(AaveV37.seize(pair, more).seizedTotal())
          .isGreaterThanOrEqualTo(AaveV37.seize(pair, less).seizedTotal());
      assertThat(AaveV36.seize(pair, more).seizedTotal())
          .isGreaterThanOrEqualTo(AaveV36.seize(pair, less).seizedTotal());
    }
  }

  @Test
  void aHealthFactorOfOneIsHealthy() {
    Pair pair = eth(usd(8_000), "5");
    BigInteger below = Uint.WAD.subtract(ONE);
    for (BigInteger health : List.of(Uint.WAD, Uint.WAD.add(ONE))) {
      Answer refused = new Answer.Refused(Refusal.HEALTH_FACTOR_NOT_BELOW_THRESHOLD);
      Account account = account(health, 8_000);
      assertThat(AaveV30.liquidationCall(pair, health, UNLIMITED, AaveV30.Parameters.DEFAULTS))
          .isEqualTo(refused);
      assertThat(AaveV33.liquidationCall(pair, account, UNLIMITED, DEFAULTS)).isEqualTo(refused);
      assertThat(AaveV36.liquidationCall(pair, account, UNLIMITED, DEFAULTS)).isEqualTo(refused);
      assertThat(AaveV37.liquidationCall(pair, account, UNLIMITED, DEFAULTS)).isEqualTo(refused);
      assertThat(AaveV37.isLiquidatable(health, DEFAULTS)).isFalse();
    }
    assertThat(AaveV37.liquidationCall(pair, account(below, 8_000), UNLIMITED, DEFAULTS))
        .isInstanceOf(Answer.Liquidated.class);
    assertThat(AaveV37.isLiquidatable(below, DEFAULTS)).isTrue();
  }

  @Test
  void aSentinelHoldsBackDownTo95() {
    assertThat(AaveV36.isLiquidatable(HEALTH_95, false, DEFAULTS)).isFalse();
    assertThat(AaveV36.isLiquidatable(HEALTH_95, true, DEFAULTS)).isTrue();
    assertThat(AaveV36.isLiquidatable(HEALTH_95.subtract(ONE), false, DEFAULTS)).isTrue();
    assertThat(AaveV33.isLiquidatable(HEALTH_95, false, DEFAULTS)).isFalse();
    AaveV30.Parameters first = AaveV30.Parameters.DEFAULTS;
    assertThat(AaveV30.isLiquidatable(HEALTH_95, false, first)).isFalse();
    assertThat(AaveV30.isLiquidatable(HEALTH_95.subtract(ONE), false, first)).isTrue();
  }

  @Test
  void theCloseFactorIsHalfStrictlyAbove95AndFrom2000On() {
    BigInteger edge = base(2_000);
    BigInteger half = BigInteger.valueOf(5_000);
    BigInteger above = HEALTH_95.add(ONE);
    assertThat(AaveV33.closeFactorBps(above, edge, edge, DEFAULTS)).isEqualTo(half);
    assertThat(AaveV33.closeFactorBps(HEALTH_95, edge, edge, DEFAULTS)).isEqualTo(Uint.BPS);
    assertThat(AaveV36.closeFactorBps(above, edge.subtract(ONE), edge, DEFAULTS))
        .isEqualTo(Uint.BPS);
    assertThat(AaveV37.closeFactorBps(above, edge, edge.subtract(ONE), DEFAULTS))
        .isEqualTo(Uint.BPS);
    AaveV30.Parameters first = AaveV30.Parameters.DEFAULTS;
    assertThat(AaveV30.closeFactorBps(above, first)).isEqualTo(half);
    assertThat(AaveV30.closeFactorBps(HEALTH_95, first)).isEqualTo(Uint.BPS);
  }

  @Test
  void theCloseFactorIsOfOneReserveThenOfTheWholeAccount() {
    Pair third = eth(usd(3_000), "4.5");
    assertThat(
            AaveV30.maxLiquidatableDebt(
                third.reserveDebt(), HEALTH_97, AaveV30.Parameters.DEFAULTS))
        .isEqualTo(usd(1_500));
    Account account = account(HEALTH_97, 9_000);
    assertThat(AaveV33.maxLiquidatableDebt(third, account, DEFAULTS)).isEqualTo(usd(3_000));
    Pair most = eth(usd(6_000), "4.5");
    assertThat(AaveV33.maxLiquidatableDebt(most, account, DEFAULTS)).isEqualTo(usd(4_500));
  }

  @Test
  void aDebtIsWorthFloorIn33AndCeilFrom36On() {
    // Worth 2000.000019999999...: the last of eight decimals differs.
    Asset coin = new Asset(7, BigInteger.valueOf(99_999_999));
    BigInteger amount = new BigInteger("20000000200");
    Pair pair =
        new Pair(coin, amount, ether(), new BigInteger("5000000000000000000"), bonus(), feeShare());
    BigInteger floor = amount.multiply(coin.price()).divide(coin.unit());
    Parameters edge =
        new Parameters(
            DEFAULTS.liquidationHealthWad(),
            DEFAULTS.closeFactorBps(),
            DEFAULTS.closeFactorHealthWad(),
            floor.add(ONE),
            DEFAULTS.minLeftoverBase());
    Account account = new Account(HEALTH_97, floor.add(ONE));
    assertThat(AaveV33.maxLiquidatableDebt(pair, account, edge)).isEqualTo(amount);
    assertThat(AaveV36.maxLiquidatableDebt(pair, account, edge)).isLessThan(amount);
  }

  @Test
  void leavesAThousandOnBothSidesOrEmptiesOne() {
    Pair pair = eth(usd(8_000), "5");
    Account account = account(wad("0.94"), 8_000);
    Answer dust = new Answer.Refused(Refusal.MUST_NOT_LEAVE_DUST);
    BigInteger most = usd(7_000);
    assertThat(AaveV33.liquidationCall(pair, account, most, DEFAULTS))
        .isInstanceOf(Answer.Liquidated.class);
    assertThat(AaveV33.liquidationCall(pair, account, most.add(ONE), DEFAULTS)).isEqualTo(dust);
    assertThat(AaveV37.liquidationCall(pair, account, usd(8_000), DEFAULTS))
        .isInstanceOf(Answer.Liquidated.class);
    Pair little = eth(usd(8_000), "1.55");
    assertThat(AaveV37.liquidationCall(little, account, usd(2_000), DEFAULTS))
        .isInstanceOf(Answer.Liquidated.class);
    assertThat(AaveV37.liquidationCall(little, account, usd(2_000).add(ONE), DEFAULTS))
        .isEqualTo(dust);
    assertThat(AaveV37.liquidationCall(little, account, UNLIMITED, DEFAULTS))
        .isInstanceOf(Answer.Liquidated.class);
  }

  @Test
  void allowsPartsUpToTheLeftoverOrAll() {
    Account account = account(HEALTH_97, 6_000);
    List<BigInteger> large = List.of(base(3_000), base(4_000));
    assertThat(AaveV33.allowedDebt(base(5_000), large, account, DEFAULTS))
        .isEqualTo(new Allowed(base(3_000), Optional.empty()));
    assertThat(AaveV33.allowedDebt(base(5_000), List.of(base(1_999)), account, DEFAULTS))
        .isEqualTo(new Allowed(base(4_000), Optional.of(base(5_000))));
    assertThat(AaveV33.allowedDebt(base(900), large, account, DEFAULTS))
        .isEqualTo(new Allowed(BigInteger.ZERO, Optional.of(base(900))));
    assertThat(AaveV33.allowedCollateral(base(2_500), DEFAULTS))
        .isEqualTo(new Allowed(base(1_500), Optional.of(base(2_500))));
  }

  @ParameterizedTest
  @ValueSource(longs = {14, 15, 16})
  void healthRisesIffItIsAboveBonusTimesThreshold(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int up = 0;
    int down = 0;
    for (int i = 0; i < DRAWS; i++) {
      BigInteger seizedThreshold = draw.between(5_000, 9_500);
      Collateral seized =
          new Collateral(draw.between(1, 9).multiply(Uint.WAD), ether(), seizedThreshold);
      Collateral other =
          new Collateral(
              draw.between(0, 9).multiply(Uint.WAD), ether(), draw.between(5_000, 9_500));
      BigInteger owed = usd(draw.between(10_000, 30_000).longValueExact());
      Debt debt = new Debt(owed, dollar());
      BigInteger before = AaveV36.totals(List.of(seized, other), List.of(debt)).healthFactorWad();
      BigInteger line = bonus().multiply(seizedThreshold).multiply(BigInteger.TEN.pow(10));
      Pair pair = new Pair(dollar(), owed, ether(), seized.balance(), bonus(), feeShare());
      Seizure seizure = AaveV36.seize(pair, usd(1_000));
      List<Collateral> left =
          List.of(
              new Collateral(
                  seized.balance().subtract(seizure.seizedTotal()), ether(), seizedThreshold),
              other);
      Debt rest = new Debt(owed.subtract(seizure.debtRepaid()), dollar());
      BigInteger after = AaveV36.totals(left, List.of(rest)).healthFactorWad();
      if (before.subtract(line).abs().compareTo(wad("0.0001")) > 0) {
        assertThat(after.compareTo(before)).isEqualTo(before.compareTo(line));
        up += after.compareTo(before) > 0 ? 1 : 0;
        down += after.compareTo(before) < 0 ? 1 : 0;
      }
    }
    assertThat(up).isPositive();
    assertThat(down).isPositive();
  }

  @Test
  void healthIsTheAverageThenTheSum() {
    // 3 and 7 units at thresholds of 50% and 80.01%: the average floors, the sum does not.
    Asset unit = new Asset(0, BigInteger.ONE);
    List<Collateral> collaterals =
        List.of(
            new Collateral(BigInteger.valueOf(3_000_001), unit, BigInteger.valueOf(5_000)),
            new Collateral(BigInteger.valueOf(7_000_000), unit, BigInteger.valueOf(8_001)));
    List<Debt> debts = List.of(new Debt(BigInteger.valueOf(7_100_000), unit));
    BigInteger byAverage = AaveV33.totals(collaterals, debts).healthFactorWad();
    BigInteger bySum = AaveV36.totals(collaterals, debts).healthFactorWad();
    assertThat(AaveV30.totals(collaterals, debts).healthFactorWad()).isEqualTo(byAverage);
    Fraction exact =
        Fraction.of(3_000_001L * 5_000 + 7_000_000L * 8_001)
            .over(Fraction.of(10_000L * 7_100_000))
            .times(Fraction.of(Uint.WAD));
    assertThat(exact.minus(Fraction.of(bySum)).abs()).isLessThanOrEqualTo(Fraction.ONE);
    assertThat(byAverage).isLessThan(bySum);
    assertThat(AaveV37.totals(collaterals, List.of()).healthFactorWad()).isEqualTo(AaveV3.NO_DEBT);
  }

  @Test
  void debtIsBadWhenTheSeizedIsAllThereIs() {
    Pair pair = eth(usd(8_000), "3");
    Seizure seizure = AaveV36.seize(pair, usd(8_000));
    assertThat(seizure.debtRepaid()).isEqualTo(new BigInteger("5714285715"));
    assertThat(AaveV33.seize(pair, usd(8_000)).debtRepaid())
        .isEqualTo(new BigInteger("5714285714"));
    assertThat(AaveV36.noCollateralLeft(pair, seizure, base(6_000))).isTrue();
    assertThat(AaveV36.noCollateralLeft(pair, seizure, base(6_000).add(ONE))).isFalse();
    assertThat(AaveV3.deficits(pair, seizure, List.of(usd(10)), true))
        .containsExactly(usd(8_000).subtract(seizure.debtRepaid()), usd(10));
    assertThat(AaveV3.deficits(pair, seizure, List.of(usd(10)), false)).isEmpty();
  }

  @Test
  void scaledBalancesDecideIn37() {
    // One of six is left, but the two transfers, each rounded up, consume it: 3 + 1 of 4.
    Asset coin = new Asset(0, BigInteger.valueOf(100_000_000));
    BigInteger index = Uint.RAY.add(Uint.RAY.shiftRight(1));
    Seizure seizure =
        new Seizure(ONE, BigInteger.valueOf(5), BigInteger.valueOf(4), BigInteger.ONE);
    BigInteger scaled = BigInteger.valueOf(4);
    BigInteger total = BigInteger.valueOf(600_000_000);
    assertThat(AaveV37.noCollateralLeft(coin, seizure, scaled, index, total)).isTrue();
    BigInteger more = BigInteger.valueOf(5);
    BigInteger all = BigInteger.valueOf(700_000_000);
    assertThat(AaveV37.noCollateralLeft(coin, seizure, more, index, all)).isFalse();
  }

  @Test
  void aCategoryReplacesTheReserve() {
    assertThat(AaveV3.appliedBps(bonus(), Optional.empty())).isEqualTo(bonus());
    assertThat(AaveV3.appliedBps(bonus(), Optional.of(ONE))).isEqualTo(ONE);
  }

  @Test
  void refusesNumbersThatCannotBe() {
    assertThatThrownBy(() -> new Asset(78, ONE)).hasMessageContaining("decimals of 78");
    assertThatThrownBy(() -> new Asset(6, BigInteger.ZERO)).hasMessageContaining("price of 0");
    Pair pair = eth(usd(8_000), "3");
    assertThatThrownBy(() -> AaveV37.seize(pair, Uint.MAX)).isInstanceOf(ArithmeticException.class);
    Pair none = eth(BigInteger.ZERO, "3");
    assertThat(AaveV37.liquidationCall(none, account(HEALTH_97, 0), ONE, DEFAULTS))
        .isEqualTo(new Answer.Refused(Refusal.SPECIFIED_CURRENCY_NOT_BORROWED));
  }

  private static Pair ample(LoanDraw draw) {
    return new Pair(
        new Asset(draw.oneOf(0, 6, 8, 18), draw.digits(12)),
        draw.digits(20),
        new Asset(draw.oneOf(6, 8, 18), draw.digits(12)),
        BigInteger.TEN.pow(60),
        draw.between(10_000, 12_500),
        draw.between(0, 10_000));
  }

  private static Pair withCollateral(Pair pair, BigInteger balance) {
    return new Pair(
        pair.debt(),
        pair.reserveDebt(),
        pair.collateral(),
        balance,
        pair.liquidationBonusBps(),
        pair.protocolFeeBps());
  }

  private static BigInteger same(Pair pair, BigInteger repay) {
    return exchange(pair.debt(), repay, pair.collateral());
  }

  private static BigInteger worth(Pair pair) {
    return exchange(pair.collateral(), pair.collateralBalance(), pair.debt());
  }

  private static BigInteger exchange(Asset from, BigInteger amount, Asset to) {
    return new Fraction(
            from.price().multiply(amount).multiply(to.unit()), to.price().multiply(from.unit()))
        .floor();
  }

  private static Fraction fee(Pair pair, Seizure seizure) {
    Fraction seized = Fraction.of(seizure.seizedTotal());
    Fraction bonus = seized.minus(seized.over(bps(pair.liquidationBonusBps())));
    return bonus.times(bps(pair.protocolFeeBps()));
  }

  private static Fraction bps(BigInteger share) {
    return new Fraction(share, Uint.BPS);
  }

  private static Pair eth(BigInteger debt, String collateral) {
    BigInteger balance = Fraction.parse(collateral).times(Fraction.of(Uint.WAD)).floor();
    return new Pair(dollar(), debt, ether(), balance, bonus(), feeShare());
  }

  private static Asset dollar() {
    return new Asset(6, BigInteger.valueOf(100_000_000));
  }

  private static Asset ether() {
    return new Asset(18, BigInteger.valueOf(200_000_000_000L));
  }

  private static BigInteger bonus() {
    return BigInteger.valueOf(10_500);
  }

  private static BigInteger feeShare() {
    return BigInteger.valueOf(1_000);
  }

  private static Account account(BigInteger health, long debt) {
    return new Account(health, base(debt));
  }

  private static BigInteger usd(long amount) {
    return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(1_000_000));
  }

  private static BigInteger base(long amount) {
    return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(100_000_000));
  }

  private static BigInteger wad(String number) {
    return Fraction.parse(number).times(Fraction.of(Uint.WAD)).floor();
  }
}
