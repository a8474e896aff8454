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
import trimtab.rulebooks.derivatives.DriftV2.Parameters;
import trimtab.rulebooks.derivatives.DriftV2Spot.AssetTier;
import trimtab.rulebooks.derivatives.DriftV2Spot.ContractTier;
import trimtab.rulebooks.derivatives.DriftV2Spot.Exchange;
import trimtab.rulebooks.derivatives.DriftV2Spot.Leg;
import trimtab.rulebooks.number.Fraction;

/// Exchanges of deposits for borrows in Drift v2, and the resolution of bad debt.
class DriftV2SpotTest {
  private static final BigInteger USD = big(1_000_000);

  private static Leg leg(long weight, long multiplier, int decimals, long price) {
    return new Leg(big(weight), big(multiplier), decimals, big(price));
  }

  private static Leg drawn(SplittableRandom random, boolean asset) {
    return leg(
        asset ? 8_000 : 12_000,
        asset ? random.nextLong(1_000_000, 1_100_000) : random.nextLong(900_000, 1_000_001),
        random.nextInt(4, 10),
        random.nextLong(100_000, 10_000_000_000L));
  }

  /// Units of the one per unit of the other.
  private static Fraction rate(Leg of, Leg per) {
    return Fraction.of(
            per.price1e6().multiply(of.multiplier1e6()).multiply(BigInteger.TEN.pow(of.decimals())))
        .over(
            Fraction.of(
                of.price1e6()
                    .multiply(per.multiplier1e6())
                    .multiply(BigInteger.TEN.pow(per.decimals()))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void assetsRoundDownAndImpliedLiabilitiesUp(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      Leg asset = drawn(random, true);
      Leg liability = drawn(random, false);
      BigInteger amount = big(random.nextLong(1, 1_000_000_000));

      BigInteger implied = DriftV2Spot.liabilityForAsset(amount, asset, liability);
      Fraction exactLiability = Fraction.of(amount).times(rate(liability, asset));
      assertThat(Fraction.of(implied).minus(exactLiability))
          .isGreaterThanOrEqualTo(Fraction.ZERO)
          .isLessThan(Fraction.ONE);

      BigInteger much = BigInteger.TEN.pow(24);
      BigInteger paid = DriftV2Spot.assetForLiability(much, asset, amount, liability);
      Fraction exactAsset = Fraction.of(amount).times(rate(asset, liability));
      if (exactAsset.compareTo(Fraction.ONE) >= 0) {
        assertBelow(Fraction.of(paid), exactAsset);
      } else {
        assertThat(paid).isEqualTo(1);
      }
    }
  }

  @Test
  void almostTheWholeDepositIsTheWholeDeposit() {
    Leg asset = leg(8_000, 1_000_000, 6, 1_000_000);
    Leg liability = leg(12_000, 1_000_000, 6, 1_000_000);
    BigInteger deposit = USD.multiply(big(100));

    assertThat(DriftV2Spot.assetForLiability(deposit, asset, big(99_000_001), liability))
        .isEqualTo(deposit);
    assertThat(DriftV2Spot.assetForLiability(deposit, asset, big(99_000_000), liability))
        .isEqualTo(99_000_000);
    assertThat(DriftV2Spot.assetForLiability(deposit, asset, big(100_999_999), liability))
        .isEqualTo(deposit);
  }

  @Test
  void theSweepIsScaledTheOtherWayRoundForOtherDecimals() {
    Leg liability = leg(12_000, 1_000_000, 6, 1_000_000);
    Leg nine = leg(8_000, 1_000_000, 9, 1_000_000);
    BigInteger deposit = BigInteger.TEN.pow(11);

    assertThat(DriftV2Spot.assetForLiability(deposit, nine, big(99_999_999), liability))
        .isEqualTo(99_999_999_000L);
    Leg five = leg(8_000, 1_000_000, 5, 1_000_000);
    assertThat(DriftV2Spot.assetForLiability(big(10_000_000), five, big(1_000_000), liability))
        .isEqualTo(10_000_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theCoveringLiabilityRoundsDownAndIsAtLeastOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      Leg asset = leg(random.nextLong(0, 9_000), 1_000_000, 6, 1_000_000);
      int decimals = random.nextInt(4, 10);
      long price = random.nextLong(1, 100_000) * 1_000_000;
      Leg liability = leg(random.nextLong(11_000, 15_000), 1_000_000, decimals, price);
      BigInteger shortage = big(random.nextLong(0, 1_000_000_000_000L));
      BigInteger fundFee = big(random.nextLong(0, 10_000));

      BigInteger amount = DriftV2Spot.liabilityToCover(shortage, asset, liability, fundFee);

      Fraction perUnit =
          Fraction.of(liability.weight1e4().subtract(asset.weight1e4()))
              .minus(Fraction.of(liability.weight1e4().multiply(fundFee)).over(Fraction.of(USD)))
              .over(Fraction.of(10_000))
              .times(Fraction.of(liability.price1e6()))
              .over(Fraction.of(BigInteger.TEN.pow(decimals)));
      Fraction exact = Fraction.of(shortage).over(perUnit);
      if (exact.compareTo(Fraction.ONE) >= 0) {
        assertBelow(Fraction.of(amount), exact);
      } else {
        assertThat(amount).isEqualTo(1);
      }
    }
  }

  @Test
  void whereRepayingDoesNotHelpThereIsNoLimit() {
    Leg asset = leg(10_000, 1_000_000, 6, 1_000_000);

    assertThat(cover(asset, leg(10_000, 750_000, 6, 100_000_000))).isEqualTo(DriftV2Spot.UNLIMITED);
    assertThat(cover(asset, leg(12_000, 800_000, 6, 100_000_000))).isEqualTo(DriftV2Spot.UNLIMITED);
    assertThat(cover(asset, leg(12_000, 900_000, 6, 100_000_000)))
        .isNotEqualTo(DriftV2Spot.UNLIMITED);
  }

  private static BigInteger cover(Leg asset, Leg liability) {
    return DriftV2Spot.liabilityToCover(USD, asset, liability, BigInteger.ZERO);
  }

  @Test
  void smallBorrowsAreRepaidWhole() {
    assertThat(exchange(10_000_000, 1_000).liabilityTransfer()).isEqualTo(10_000_000);
    assertThat(exchange(10_000_001, 1_000).liabilityTransfer()).isLessThan(big(10_000_001));
    assertThat(exchange(10_000_001, 10_000).exits()).isTrue();
    assertThat(exchange(10_000_001, 1_000).exits()).isFalse();
    assertThatThrownBy(() -> exchange(10_000_001, 0)).isInstanceOf(ArithmeticException.class);
  }

  private static Exchange exchange(long borrow, long share) {
    return DriftV2Spot.exchange(
        USD,
        USD,
        big(1_000_000_000),
        leg(8_000, 1_000_000, 6, 1_000_000),
        big(borrow),
        leg(12_200, 1_000_000, 6, 1_000_000),
        BigInteger.TEN.pow(18),
        big(10_000),
        big(share),
        Parameters.DEFAULT);
  }

  @Test
  void safeDebtsComeFirst() {
    assertThat(DriftV2Spot.mayExchangeLoss(ContractTier.B, ContractTier.B, AssetTier.CROSS))
        .isTrue();
    assertThat(DriftV2Spot.mayExchangeLoss(ContractTier.B, ContractTier.A, AssetTier.UNLISTED))
        .isFalse();
    assertThat(DriftV2Spot.mayExchangeLoss(ContractTier.A, ContractTier.A, AssetTier.PROTECTED))
        .isFalse();
    assertThat(
            DriftV2Spot.mayExchangeLoss(
                ContractTier.SPECULATIVE, ContractTier.SPECULATIVE, AssetTier.ISOLATED))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void socialisedLossesAreCoveredByTheHoldersAndNotByTheExchange(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      BigInteger loss = big(random.nextLong(1, 1_000_000_000_000L));
      BigInteger vault = big(random.nextLong(0, 1_000_000_000_000L));
      BigInteger claim = big(random.nextLong(0, 1_000_000_000_000L));
      BigInteger feePool = big(random.nextLong(0, 100_000_000_000L));
      BigInteger longBase = big(random.nextLong(1, 1_000_000_000_000L));
      BigInteger shortBase = big(-random.nextLong(0, 1_000_000_000_000L));

      DriftV2Bankruptcy.PerpResolution resolution =
          DriftV2Bankruptcy.resolvePerp(loss, vault, claim, feePool, longBase, shortBase);

      BigInteger socialised = resolution.socialised1e6();
      assertThat(
              resolution.insurancePayment1e6().add(resolution.feePoolPayment1e6()).add(socialised))
          .isEqualTo(loss);
      assertThat(resolution.insurancePayment1e6())
          .isLessThanOrEqualTo(claim)
          .isLessThan(vault.max(BigInteger.ONE));
      BigInteger delta = resolution.fundingDelta1e9();
      BigInteger paid =
          DriftV2Bankruptcy.fundingPayment(delta, longBase)
              .add(DriftV2Bankruptcy.fundingPayment(delta, shortBase));
      assertThat(paid).isGreaterThanOrEqualTo(socialised.subtract(BigInteger.TWO));
      BigInteger units = longBase.subtract(shortBase).divide(DriftV2.BASE_PRECISION);
      assertThat(paid).isLessThanOrEqualTo(socialised.add(units).add(BigInteger.ONE));
    }
  }

  @Test
  void depositorsLoseAtLeastTheBorrow() {
    assertThat(DriftV2Bankruptcy.depositInterestDelta(big(11), big(120), big(10_000_000_000L)))
        .isEqualTo(916_666_667);
    assertThat(DriftV2Bankruptcy.depositInterestDelta(big(11), big(0), big(10_000_000_000L)))
        .isEqualTo(0);
    assertThat(DriftV2Bankruptcy.resolveSpot(big(100), big(40), big(1_000), big(10_000_000_000L)))
        .isEqualTo(new DriftV2Bankruptcy.SpotResolution(big(39), big(61), big(610_000_000)));
    assertThatThrownBy(() -> DriftV2Bankruptcy.fundingDelta(USD, BigInteger.ZERO, BigInteger.ZERO))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void depositsCountRoundedDownAndBorrowsAreValuedRoundedUp() {
    Leg leg = new Leg(big(8_000), big(1_000_000), 6, big(1_500_000));
    assertThat(DriftV2Spot.depositCollateral(big(3), leg)).isEqualTo(3);
    assertThat(DriftV2Spot.borrowValue(big(3), leg)).isEqualTo(5);
    assertThat(DriftV2Spot.borrowValue(big(2), leg)).isEqualTo(3);
    assertThat(DriftV2Spot.borrowRequirement(big(5), big(11_000))).isEqualTo(5);
    assertThat(DriftV2Spot.borrowRequirement(big(10), big(11_000))).isEqualTo(11);
  }
}
