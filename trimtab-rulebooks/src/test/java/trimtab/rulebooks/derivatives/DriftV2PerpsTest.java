package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.derivatives.DriftV2Test.assertBelow;
import static trimtab.rulebooks.derivatives.DriftV2Test.big;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.DriftV2.Margin;
import trimtab.rulebooks.derivatives.DriftV2.Parameters;
import trimtab.rulebooks.derivatives.DriftV2.PerpMarket;
import trimtab.rulebooks.derivatives.DriftV2.PerpPosition;
import trimtab.rulebooks.derivatives.DriftV2Perps.Call;
import trimtab.rulebooks.derivatives.DriftV2Perps.Outcome;
import trimtab.rulebooks.derivatives.DriftV2Perps.PerpAccount;
import trimtab.rulebooks.derivatives.DriftV2Perps.Progress;
import trimtab.rulebooks.derivatives.DriftV2Perps.Status;
import trimtab.rulebooks.number.Fraction;

/// Sizes, fees and calls of Drift v2's perps.
class DriftV2PerpsTest {
  private static final BigInteger USD = big(1_000_000);
  private static final BigInteger UNIT = DriftV2.BASE_PRECISION;
  private static final Parameters PARAMETERS = Parameters.DEFAULT;
  private static final PerpMarket MARKET = PerpMarket.DEFAULT;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theCoveringAmountRoundsDownByLessThanAUnit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      BigInteger shortage = big(random.nextLong(0, 1_000_000_000_000L));
      BigInteger ratio = big(random.nextLong(300, 2_000));
      BigInteger fee = big(random.nextLong(0, 20_000));
      BigInteger fundFee = big(random.nextLong(0, 10_000));
      BigInteger price = USD.multiply(big(random.nextLong(1, 100_000)));

      BigInteger amount = DriftV2Perps.baseToCover(shortage, ratio, fee, fundFee, price, USD);

      Fraction rate =
          Fraction.of(ratio.multiply(big(100)).subtract(fee).subtract(fundFee))
              .over(Fraction.of(USD));
      Fraction exact = Fraction.of(shortage.multiply(UNIT)).over(Fraction.of(price).times(rate));
      assertBelow(Fraction.of(amount), exact);
      assertThat(DriftV2Perps.baseToCover(shortage.add(USD), ratio, fee, fundFee, price, USD))
          .isGreaterThan(amount);
    }
  }

  @Test
  void wherePartsDoNotHelpThereIsNoLimit() {
    assertThat(DriftV2Perps.baseToCover(USD, big(100), big(10_000), big(0), USD, USD))
        .isEqualTo(DriftV2Perps.UNLIMITED);
    assertThat(DriftV2Perps.baseToCover(USD, big(101), big(10_000), big(0), USD, USD))
        .isNotEqualTo(DriftV2Perps.UNLIMITED);
    assertThat(DriftV2Perps.baseToCover(USD, big(101), big(0), big(0), big(0), USD))
        .isEqualTo(DriftV2Perps.UNLIMITED);
    assertThatThrownBy(
            () -> DriftV2Perps.baseToCover(USD, big(200), big(10_000), big(20_000), USD, USD))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void feesNeverTakeMoreThanTheCollateralOfASolventClose(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      BigInteger value = USD.multiply(big(random.nextLong(1_000, 10_000_000)));
      BigInteger ratio = big(700);
      BigInteger fee = big(random.nextLong(0, 30_000));
      // collateral above the liquidator's fee by at least a thousandth of the value
      BigInteger collateral =
          value.multiply(fee.add(big(random.nextLong(1_000, 40_000)))).divide(USD);
      BigInteger shortage =
          value.multiply(ratio).divide(DriftV2.MARGIN_PRECISION).subtract(collateral);
      if (shortage.signum() < 0) {
        continue;
      }

      BigInteger fundFee =
          DriftV2Perps.insuranceFee(
              shortage, value.multiply(big(10)), ratio, fee, big(100_000_000), USD, big(100_000));

      BigInteger paid = value.multiply(fee.add(fundFee)).divide(USD);
      assertThat(paid).isLessThanOrEqualTo(collateral);
      assertThat(fundFee).isGreaterThan(BigInteger.ZERO);
    }
  }

  @Test
  void theInsuranceFeeIsCutByTheShortage() {
    BigInteger price = big(100_000_000);
    BigInteger base = UNIT.multiply(big(10));

    assertThat(fundFee(USD, base, price)).isEqualTo(37_050);
    assertThat(fundFee(USD.multiply(big(40)), base, price)).isEqualTo(0);
    assertThat(fundFee(USD.multiply(big(39)), base, price)).isEqualTo(950);
    assertThat(fundFee(USD, big(0), price)).isEqualTo(0);
    assertThat(fundFee(USD, base, big(0))).isEqualTo(0);
  }

  private static BigInteger fundFee(BigInteger shortage, BigInteger base, BigInteger price) {
    return DriftV2Perps.insuranceFee(
        shortage, base, big(500), big(10_000), price, USD, big(50_000));
  }

  @Test
  void theLiquidatorsFeeGrowsFromTheEndOfGrace() {
    assertThat(feeAt(1_499)).isEqualTo(20_000);
    assertThat(feeAt(1_500)).isEqualTo(21_500);
    assertThat(feeAt(29_999)).isEqualTo(49_999);
    assertThat(feeAt(30_001)).isEqualTo(50_000);
    assertThatThrownBy(() -> feeAt(-1)).isInstanceOf(ArithmeticException.class);
    assertThat(DriftV2Perps.liquidatorFeeMax(MARKET)).isEqualTo(30_000);
  }

  private static BigInteger feeAt(long slots) {
    return DriftV2Perps.liquidatorFee(big(20_000), big(50_000), big(7), big(7 + slots), PARAMETERS);
  }

  @Test
  void thePriceIsTheOraclesWithTheFeeAgainstTheAccount() {
    assertThat(DriftV2Perps.transferPrice(big(199), big(10_000), true)).isEqualTo(198);
    assertThat(DriftV2Perps.transferPrice(big(199), big(10_000), false)).isEqualTo(200);
  }

  @Test
  void positionsOfFiftyUsdAreClosedWhole() {
    BigInteger step = MARKET.stepSize1e9();
    BigInteger small = big(500_000_000);

    assertThat(transferred(small, step)).isEqualTo(small);
    assertThat(transferred(small.add(step), step)).isEqualTo(step);
    assertThat(transferred(small, BigInteger.ZERO)).isEqualTo(0);
  }

  private static BigInteger transferred(BigInteger base, BigInteger cover) {
    return DriftV2Perps.baseToTransfer(
        base,
        cover,
        DriftV2.MARGIN_PRECISION,
        DriftV2Perps.UNLIMITED,
        big(100_000_000),
        MARKET,
        PARAMETERS);
  }

  private static PerpAccount account(long base1e9, long quote1e6, long deposit1e6) {
    return new PerpAccount(
        Margin.empty(PARAMETERS.bufferRatio1e4()).plusCollateral(big(deposit1e6)),
        PerpPosition.of(big(base1e9), big(quote1e6)),
        deposit1e6 > 0,
        Progress.NONE);
  }

  private static Outcome call(PerpAccount account, long slot, long price1e6) {
    Call call = new Call(big(slot), big(price1e6), USD, DriftV2Perps.UNLIMITED);
    return DriftV2Perps.liquidate(account, MARKET, PARAMETERS, call);
  }

  @Test
  void anAccountAtItsRequirementIsRefused() {
    assertThat(
            call(account(UNIT.longValueExact(), -100_000_000, 5_000_000), 1, 100_000_000).status())
        .isEqualTo(Status.NOT_LIQUIDATABLE);
    assertThat(
            call(account(UNIT.longValueExact(), -100_000_000, 4_999_999), 1, 100_000_000).status())
        .isEqualTo(Status.EXITED);
  }

  @Test
  void cancellingOrdersMayBeEnough() {
    PerpPosition withBid = new PerpPosition(UNIT, big(-100_000_000), UNIT, BigInteger.ZERO, 1);
    PerpAccount account =
        new PerpAccount(
            Margin.empty(PARAMETERS.bufferRatio1e4()).plusCollateral(big(7_000_000)),
            withBid,
            true,
            Progress.NONE);

    Outcome outcome = call(account, 1, 100_000_000);

    assertThat(outcome.status()).isEqualTo(Status.EXITED_WITHOUT_TRANSFER);
    assertThat(outcome.account().position().openOrders()).isZero();
    assertThat(outcome.account().position().base1e9()).isEqualTo(UNIT);
  }

  @Test
  void anAccountWithOnlyALossLeftIsBankrupt() {
    PerpAccount account = account(UNIT.longValueExact() / 4, -26_000_000, 0);

    Outcome outcome = call(account, 1, 100_000_000);

    assertThat(outcome.account().position().base1e9()).isEqualTo(0);
    assertThat(outcome.account().position().quote1e6().signum()).isNegative();
    assertThat(outcome.status()).isEqualTo(Status.BANKRUPT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void callsConserveMoneyKeepTheStepAndNeverTurnAPosition(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int transfers = 0;
    for (int i = 0; i < 300; i++) {
      long lots = random.nextLong(1, 1_000_000);
      boolean isLong = random.nextBoolean();
      long base = (isLong ? lots : -lots) * 10_000_000;
      long price = random.nextLong(1_000_000, 1_000_000_000);
      BigInteger value = big(base).multiply(big(price)).divide(UNIT);
      long deposit =
          value.abs().multiply(big(random.nextLong(10_000, 80_000))).divide(USD).longValueExact();
      PerpAccount account = account(base, -value.longValueExact(), deposit);
      for (long slot = 1; slot < 200; slot += 30) {
        Outcome outcome = call(account, slot, price);
        PerpPosition before = account.position();
        PerpPosition after = outcome.account().position();
        assertThat(after.base1e9().abs()).isLessThanOrEqualTo(before.base1e9().abs());
        assertThat(after.base1e9().multiply(before.base1e9()).signum()).isNotNegative();
        assertThat(after.base1e9().mod(MARKET.stepSize1e9())).isEqualTo(0);
        BigInteger paid = isLong ? outcome.value1e6() : outcome.value1e6().negate();
        assertThat(after.quote1e6().subtract(before.quote1e6()))
            .isEqualTo(
                paid.subtract(outcome.liquidatorFee1e6()).subtract(outcome.insuranceFee1e6()));
        if (outcome.status() == Status.EXITED) {
          assertThat(outcome.base1e9()).isGreaterThanOrEqualTo(outcome.cover1e9());
        }
        transfers += outcome.base1e9().signum();
        account = outcome.account();
      }
    }
    assertThat(transfers).isGreaterThan(300);
  }
}
