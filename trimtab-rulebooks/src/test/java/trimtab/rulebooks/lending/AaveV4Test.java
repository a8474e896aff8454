package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.AaveV4.Account;
import trimtab.rulebooks.lending.AaveV4.Amounts;
import trimtab.rulebooks.lending.AaveV4.Answer;
import trimtab.rulebooks.lending.AaveV4.Asset;
import trimtab.rulebooks.lending.AaveV4.Circumstances;
import trimtab.rulebooks.lending.AaveV4.CollateralConfig;
import trimtab.rulebooks.lending.AaveV4.Drawn;
import trimtab.rulebooks.lending.AaveV4.FeeRounding;
import trimtab.rulebooks.lending.AaveV4.Hub;
import trimtab.rulebooks.lending.AaveV4.Parameters;
import trimtab.rulebooks.lending.AaveV4.Refusal;
import trimtab.rulebooks.lending.AaveV4.SpokeConfig;
import trimtab.rulebooks.lending.AaveV4.Supplied;
import trimtab.rulebooks.lending.AaveV4.Weighed;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Aave v4 on drawn accounts: what it promises of target, dust and rounding.
class AaveV4Test {
  private static final int DRAWS = 300;
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger UNLIMITED = Uint.MAX.shiftRight(1);
  private static final Parameters DEFAULTS = Parameters.DEFAULTS;
  private static final SpokeConfig SPOKE =
      new SpokeConfig(wad("1.05"), wad("0.9"), BigInteger.valueOf(5_000));

  /// One account: one collateral, one debt.
  private record Loan(Supplied supplied, Drawn drawn, Account account) {
    Answer liquidate(BigInteger debtToCover) {
      return AaveV4.liquidationAmounts(supplied, drawn, account, debtToCover, SPOKE, DEFAULTS);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void repaysToTheTargetUnlessDustOrCollateralEnds(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int exact = 0;
    for (int i = 0; i < DRAWS; i++) {
      Loan loan = loan(draw, draw.between(1_000, 100_000).longValueExact());
      Amounts amounts = done(loan.liquidate(UNLIMITED));
      boolean allDebt = amounts.repayment().drawnShares().equals(loan.drawn().shares());
      boolean allCollateral = amounts.sharesToLiquidate().equals(loan.supplied().shares());
      if (allDebt || allCollateral) {
        continue;
      }
      exact++;
      Fraction after = healthAfter(loan, amounts);
      Fraction target = Fraction.of(SPOKE.targetHealthFactorWad()).over(Fraction.of(Uint.WAD));
      assertThat(after).isGreaterThanOrEqualTo(target.minus(Fraction.parse("1e-9")));
      assertThat(after).isLessThanOrEqualTo(target.plus(Fraction.parse("0.001")));
    }
    assertThat(exact).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8})
  void leavesAThousandOnBothSidesOrEmptiesOne(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int refused = 0;
    int partial = 0;
    for (int i = 0; i < DRAWS; i++) {
      Loan loan = loan(draw, draw.between(100, 6_000).longValueExact());
      BigInteger all = done(loan.liquidate(UNLIMITED)).assetsPaid();
      BigInteger cover =
          draw.chance(50) ? all : draw.between(1, 6_000).multiply(loan.drawn().asset().unit());
      switch (loan.liquidate(cover)) {
        case Answer.Refused(Refusal refusal) -> {
          refused++;
          assertThat(refusal).isEqualTo(Refusal.MUST_NOT_LEAVE_DUST);
          assertThat(cover).isLessThan(all);
        }
        case Answer.Liquidated(Amounts amounts) -> {
          assertThat(amounts.assetsPaid()).isLessThanOrEqualTo(cover);
          assertThat(amounts.sharesToLiquidate()).isLessThanOrEqualTo(loan.supplied().shares());
          partial += keepsEnough(loan, amounts) ? 1 : 0;
        }
      }
    }
    assertThat(refused).isPositive();
    assertThat(partial).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10, 11})
  void paysForTheWholeAnswerAndNotForOneUnitLess(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int dust = 0;
    for (int i = 0; i < DRAWS; i++) {
      Loan loan = loan(draw, draw.between(900, 3_000).longValueExact());
      Amounts amounts = done(loan.liquidate(UNLIMITED));
      BigInteger paid = amounts.assetsPaid();
      assertThat(done(loan.liquidate(paid)).assetsPaid()).isEqualTo(paid);
      if (amounts.repayment().drawnShares().equals(loan.drawn().shares())) {
        dust++;
        Answer less = loan.liquidate(paid.subtract(ONE));
        assertThat(less).isEqualTo(new Answer.Refused(Refusal.MUST_NOT_LEAVE_DUST));
      }
    }
    assertThat(dust).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {12, 13})
  void theDebtToTheTargetIsTheLeastThatReachesIt(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      BigInteger unit = BigInteger.TEN.pow(draw.oneOf(0, 6, 18));
      BigInteger price = draw.digits(13);
      BigInteger factor = draw.between(1, 8_500);
      BigInteger bonus = draw.between(10_000, 11_500);
      Account account =
          new Account(
              draw.between(1, 999_999_999_999_999_999L), draw.digits(20).multiply(Uint.RAY));
      BigInteger target = Uint.WAD.add(draw.between(0, 1_000_000_000_000_000_000L));
      BigInteger debt = AaveV4.debtToTargetRay(account, unit, price, factor, bonus, target);
      Fraction penalty =
          new Fraction(bonus.multiply(factor), Uint.BPS.multiply(Uint.BPS))
              .times(Fraction.of(Uint.WAD));
      Fraction exact =
          Fraction.of(account.totalDebtValueRay())
              .times(Fraction.of(target.subtract(account.healthFactorWad())))
              .times(Fraction.of(unit))
              .over(
                  Fraction.of(target)
                      .minus(penalty)
                      .times(Fraction.of(price))
                      .times(Fraction.of(Uint.WAD)));
      assertThat(debt).isEqualTo(exact.ceil());
    }
  }

  @Test
  void aTargetThatIsMetTakesNothingAndOneBelowIsAnError() {
    Account account = new Account(wad("0.9"), Uint.RAY);
    BigInteger factor = BigInteger.valueOf(8_000);
    assertThat(AaveV4.debtToTargetRay(account, ONE, ONE, factor, Uint.BPS, wad("0.9"))).isZero();
    assertThatThrownBy(
            () -> AaveV4.debtToTargetRay(account, ONE, ONE, factor, Uint.BPS, wad("0.89")))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {14, 15})
  void theBonusFallsAsHealthRises(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      SpokeConfig spoke =
          new SpokeConfig(
              Uint.WAD, draw.between(0, 999_999_999_999_999_999L), draw.between(0, 10_000));
      BigInteger most = draw.between(10_000, 13_000);
      BigInteger health = draw.between(0, 1_000_000_000_000_000_000L);
      BigInteger higher = health.add(draw.between(0, 1_000_000_000L)).min(Uint.WAD);
      BigInteger bonus = AaveV4.liquidationBonusBps(health, most, spoke);
      assertThat(bonus).isBetween(Uint.BPS, most);
      assertThat(AaveV4.liquidationBonusBps(higher, most, spoke)).isLessThanOrEqualTo(bonus);
      BigInteger edge = spoke.healthFactorForMaxBonusWad();
      assertThat(AaveV4.liquidationBonusBps(edge, most, spoke)).isEqualTo(most);
      BigInteger least =
          Fraction.of(most.subtract(Uint.BPS))
              .times(new Fraction(spoke.liquidationBonusFactorBps(), Uint.BPS))
              .floor();
      assertThat(AaveV4.liquidationBonusBps(Uint.WAD, most, spoke)).isEqualTo(Uint.BPS.add(least));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {16, 17})
  void feesRoundAsTheRevisionSays(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    Parameters up =
        new Parameters(DEFAULTS.liquidationHealthWad(), DEFAULTS.dustValue(), FeeRounding.CEIL);
    for (int i = 0; i < DRAWS; i++) {
      BigInteger shares = draw.digits(24);
      BigInteger bonus = draw.between(10_000, 12_000);
      BigInteger fee = draw.between(0, 10_000);
      Fraction exact =
          Fraction.of(shares)
              .times(new Fraction(fee, Uint.BPS))
              .times(new Fraction(bonus.subtract(Uint.BPS), bonus));
      assertThat(AaveV4.feeShares(shares, bonus, fee, DEFAULTS)).isEqualTo(exact.floor());
      assertThat(AaveV4.feeShares(shares, bonus, fee, up)).isEqualTo(exact.ceil());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {18, 19})
  void sharesOfAHubNeverGainFromRounding(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      Hub hub = new Hub(draw.digits(24), draw.digits(24), Hub.VIRTUAL_OFFSET);
      BigInteger amount = draw.digits(20);
      assertThat(hub.removeByShares(hub.addByAssets(amount))).isLessThanOrEqualTo(amount);
      Fraction exact =
          new Fraction(
                  hub.totalAssets().add(hub.virtualOffset()),
                  hub.totalShares().add(hub.virtualOffset()))
              .times(Fraction.of(amount));
      assertThat(hub.addByShares(amount)).isEqualTo(exact.ceil());
      assertThat(hub.removeByShares(amount)).isEqualTo(exact.floor());
    }
  }

  @Test
  void premiumIsRepaidFirstAndInWholeUnits() {
    BigInteger index = Uint.RAY.shiftLeft(1);
    BigInteger premium = Uint.RAY.multiply(BigInteger.valueOf(5)).divide(BigInteger.TWO);
    Asset dear = new Asset(0, new BigInteger("100000000000000"));
    Drawn drawn = new Drawn(dear, BigInteger.valueOf(10), premium, index);
    assertThat(AaveV4.debtToLiquidate(drawn, Uint.RAY.add(ONE), UNLIMITED, DEFAULTS))
        .isEqualTo(new AaveV4.Repayment(BigInteger.ZERO, Uint.RAY.shiftLeft(1)));
    assertThat(AaveV4.debtToLiquidate(drawn, Uint.RAY.shiftLeft(3), UNLIMITED, DEFAULTS))
        .isEqualTo(new AaveV4.Repayment(BigInteger.valueOf(3), premium));
    assertThat(
            AaveV4.debtToLiquidate(drawn, Uint.RAY.shiftLeft(3), BigInteger.valueOf(7), DEFAULTS))
        .isEqualTo(new AaveV4.Repayment(BigInteger.TWO, premium));
    assertThat(AaveV4.debtToLiquidate(drawn, Uint.RAY.shiftLeft(3), BigInteger.TWO, DEFAULTS))
        .isEqualTo(new AaveV4.Repayment(BigInteger.ZERO, Uint.RAY.shiftLeft(1)));
  }

  @Test
  void theDebtThatIsLeftIsDustStrictlyBelowAThousand() {
    Asset dollar = new Asset(6, BigInteger.valueOf(100_000_000));
    BigInteger thousand = BigInteger.valueOf(1_000_000_000);
    Drawn drawn = new Drawn(dollar, thousand.multiply(BigInteger.TWO), BigInteger.ZERO, Uint.RAY);
    BigInteger target = thousand.multiply(Uint.RAY);
    assertThat(AaveV4.debtToLiquidate(drawn, target, UNLIMITED, DEFAULTS).drawnShares())
        .isEqualTo(thousand);
    assertThat(AaveV4.debtToLiquidate(drawn, target.add(ONE), UNLIMITED, DEFAULTS).drawnShares())
        .isEqualTo(drawn.shares());
  }

  @Test
  void aWholeCollateralPaysForItsDebtCeil() {
    // Worth one unit of debt and a tenth of a ray: two units have to be repaid for it.
    BigInteger amount = BigInteger.TEN.pow(28).add(ONE);
    Supplied supplied =
        new Supplied(
            new Asset(18, ONE),
            amount,
            new Hub(amount, amount, Hub.VIRTUAL_OFFSET),
            new CollateralConfig(BigInteger.valueOf(8_000), Uint.BPS, BigInteger.ZERO));
    Asset debt = new Asset(0, BigInteger.TEN.pow(10));
    Drawn drawn = new Drawn(debt, BigInteger.valueOf(1_000), BigInteger.ZERO, Uint.RAY);
    Loan loan = new Loan(supplied, drawn, new Account(wad("0.8"), debt.value(drawn.debtRay())));
    Amounts amounts = done(loan.liquidate(UNLIMITED));
    assertThat(amounts.sharesToLiquidate()).isEqualTo(amount);
    assertThat(amounts.repayment().drawnShares()).isEqualTo(2);
    assertThat(amounts.assetsPaid()).isEqualTo(2);
  }

  @Test
  void reportsADeficitWhenTheLastCollateralIsGoneAndDebtIsLeft() {
    assertThat(AaveV4.isDeficit(true, 1, false, 1)).isTrue();
    assertThat(AaveV4.isDeficit(true, 1, true, 2)).isTrue();
    assertThat(AaveV4.isDeficit(true, 1, true, 1)).isFalse();
    assertThat(AaveV4.isDeficit(true, 2, false, 1)).isFalse();
    assertThat(AaveV4.isDeficit(false, 1, false, 1)).isFalse();
  }

  @Test
  void refusesInTheOrderOfTheContract() {
    Loan loan = loan(new LoanDraw(20), 5_000);
    Circumstances all = new Circumstances(true, true, false);
    Circumstances paused = new Circumstances(false, true, false);
    assertThat(refusal(loan, BigInteger.ZERO, all)).contains(Refusal.SELF_LIQUIDATION);
    assertThat(refusal(loan, BigInteger.ZERO, paused)).contains(Refusal.INVALID_DEBT_TO_COVER);
    assertThat(refusal(loan, ONE, paused)).contains(Refusal.RESERVE_PAUSED);
    assertThat(refusal(loan, ONE, new Circumstances(false, false, false)))
        .contains(Refusal.RESERVE_NOT_ENABLED_AS_COLLATERAL);
    assertThat(refusal(loan, ONE, Circumstances.CLEAR)).isEmpty();
    Loan healthy =
        new Loan(
            loan.supplied(),
            loan.drawn(),
            new Account(Uint.WAD, loan.account().totalDebtValueRay()));
    assertThat(refusal(healthy, ONE, Circumstances.CLEAR))
        .contains(Refusal.HEALTH_FACTOR_NOT_BELOW_THRESHOLD);
    assertThat(AaveV4.isLiquidatable(Uint.WAD.subtract(ONE), DEFAULTS)).isTrue();
  }

  @Test
  void healthIsFloored() {
    List<Weighed> collaterals =
        List.of(new Weighed(BigInteger.valueOf(2), BigInteger.valueOf(10_000)));
    BigInteger three = Uint.RAY.multiply(BigInteger.valueOf(3));
    assertThat(AaveV4.healthFactorWad(collaterals, three))
        .isEqualTo(new BigInteger("666666666666666666"));
    assertThat(AaveV4.healthFactorWad(collaterals, BigInteger.ZERO)).isEqualTo(AaveV4.NO_DEBT);
  }

  private static Optional<Refusal> refusal(
      Loan loan, BigInteger cover, Circumstances circumstances) {
    return AaveV4.refusal(
        loan.supplied(), loan.drawn(), loan.account(), cover, circumstances, DEFAULTS);
  }

  private static Amounts done(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Liquidated.class);
    return ((Answer.Liquidated) answer).amounts();
  }

  /// An account of about so many dollars of debt, with a health factor between 0.7 and 1.
  private static Loan loan(LoanDraw draw, long dollars) {
    Asset debt = new Asset(draw.oneOf(6, 18), draw.between(50_000_000, 150_000_000));
    BigInteger index = Uint.RAY.add(draw.between(0, 1_000_000_000_000_000_000L).shiftLeft(28));
    BigInteger shares = BigInteger.valueOf(dollars).multiply(debt.unit());
    BigInteger premium =
        draw.chance(50) ? BigInteger.ZERO : draw.digits(6).multiply(Uint.RAY).add(ONE);
    Drawn drawn = new Drawn(debt, shares, premium, index);
    Asset collateral = new Asset(18, draw.between(100_000_000_000L, 400_000_000_000L));
    CollateralConfig config =
        new CollateralConfig(
            draw.between(6_000, 8_500), draw.between(10_000, 11_000), draw.between(0, 3_000));
    BigInteger owed = debt.value(drawn.debtRay());
    Fraction health = Fraction.of(draw.between(700_000, 999_999)).over(Fraction.of(1_000_000));
    BigInteger supply =
        Fraction.of(owed)
            .over(Fraction.of(Uint.RAY))
            .times(health)
            .over(new Fraction(config.collateralFactorBps(), Uint.BPS))
            .over(Fraction.of(collateral.price()))
            .floor();
    BigInteger pool = draw.digits(6).multiply(BigInteger.TEN.pow(20));
    BigInteger earned = pool.multiply(draw.between(0, 1_000)).divide(BigInteger.valueOf(1_000));
    Hub hub = new Hub(pool.add(earned), pool, Hub.VIRTUAL_OFFSET);
    Supplied supplied = new Supplied(collateral, hub.addByAssets(supply), hub, config);
    BigInteger value = collateral.value(hub.removeByShares(supplied.shares()));
    BigInteger healthFactor =
        AaveV4.healthFactorWad(List.of(new Weighed(value, config.collateralFactorBps())), owed);
    return new Loan(supplied, drawn, new Account(healthFactor, owed));
  }

  private static Fraction healthAfter(Loan loan, Amounts amounts) {
    Supplied supplied = loan.supplied();
    BigInteger left =
        supplied.hub().removeByShares(supplied.shares().subtract(amounts.sharesToLiquidate()));
    Fraction backing =
        Fraction.of(supplied.asset().value(left))
            .times(new Fraction(supplied.config().collateralFactorBps(), Uint.BPS));
    return backing
        .times(Fraction.of(Uint.RAY))
        .over(Fraction.of(loan.drawn().asset().value(debtLeft(loan, amounts))));
  }

  private static BigInteger debtLeft(Loan loan, Amounts amounts) {
    return loan.drawn()
        .debtRay()
        .subtract(amounts.repayment().drawnShares().multiply(loan.drawn().indexRay()))
        .subtract(amounts.repayment().premiumDebtRay());
  }

  /// Whether neither side is emptied; then both must keep a thousand.
  private static boolean keepsEnough(Loan loan, Amounts amounts) {
    Supplied supplied = loan.supplied();
    BigInteger shares = supplied.shares().subtract(amounts.sharesToLiquidate());
    BigInteger debt = debtLeft(loan, amounts);
    if (shares.signum() == 0 || debt.signum() == 0) {
      return false;
    }
    assertThat(supplied.asset().value(supplied.hub().removeByShares(shares)))
        .isGreaterThanOrEqualTo(DEFAULTS.dustValue());
    assertThat(loan.drawn().asset().value(debt))
        .isGreaterThanOrEqualTo(DEFAULTS.dustValue().multiply(Uint.RAY));
    return true;
  }

  private static BigInteger wad(String number) {
    return Fraction.parse(number).times(Fraction.of(Uint.WAD)).floor();
  }
}
