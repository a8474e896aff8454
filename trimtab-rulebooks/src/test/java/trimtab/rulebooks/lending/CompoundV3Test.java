package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.CompoundV3.Absorbed;
import trimtab.rulebooks.lending.CompoundV3.Absorption;
import trimtab.rulebooks.lending.CompoundV3.Base;
import trimtab.rulebooks.lending.CompoundV3.Collateral;
import trimtab.rulebooks.lending.CompoundV3.Indices;
import trimtab.rulebooks.lending.CompoundV3.Purchase;
import trimtab.rulebooks.lending.CompoundV3.Refusal;
import trimtab.rulebooks.lending.CompoundV3.Reserves;
import trimtab.rulebooks.lending.CompoundV3.Sale;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Compound III: absorption against its exact twin, the sale on its edges.
class CompoundV3Test {
  private static final int DRAWS = 400;
  private static final BigInteger ONE = BigInteger.ONE;
  private static final Base DOLLAR =
      new Base(BigInteger.valueOf(100_000_000), BigInteger.valueOf(1_000_000));
  private static final Sale SALE =
      new Sale(BigInteger.valueOf(100_000_000), Uint.WAD, wad("0.8"), wad("0.5"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void creditsNoMoreThanTheExactValue(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int absorbed = 0;
    for (int i = 0; i < DRAWS; i++) {
      Base base = new Base(draw.digits(10), BigInteger.TEN.pow(draw.oneOf(6, 18)));
      List<Collateral> collaterals = collaterals(draw);
      BigInteger debt = draw.digits(20);
      if (!(CompoundV3.absorb(debt.negate(), base, collaterals)
          instanceof Absorption.Done(Absorbed result))) {
        continue;
      }
      absorbed++;
      Fraction exact = exactCredit(base, collaterals);
      Fraction under = exact.minus(Fraction.of(result.credited()));
      assertThat(under).isGreaterThanOrEqualTo(Fraction.ZERO);
      Fraction unit = new Fraction(base.scale(), base.price());
      Fraction bound = unit.times(Fraction.of(2L * collaterals.size())).plus(Fraction.ONE);
      assertThat(under).isLessThan(bound);
      assertThat(result.newBalance().subtract(result.badDebt()))
          .isEqualTo(result.credited().subtract(debt));
      assertThat(result.newBalance().signum() * result.badDebt().signum()).isZero();
      assertThat(result.basePaidOut()).isEqualTo(result.newBalance().add(debt));
    }
    assertThat(absorbed).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void isLiquidatableStrictlyBelowZero(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      List<Collateral> collaterals = collaterals(draw);
      Base one = new Base(ONE, ONE);
      BigInteger backing = CompoundV3.liquidity(BigInteger.ZERO, one, collaterals);
      assertThat(CompoundV3.isLiquidatable(backing.negate(), one, collaterals)).isFalse();
      assertThat(CompoundV3.isLiquidatable(backing.add(ONE).negate(), one, collaterals)).isTrue();
      assertThat(CompoundV3.absorb(backing.negate(), one, collaterals))
          .isEqualTo(new Absorption.NotLiquidatable());
    }
  }

  @Test
  void aDebtThatIsWorthNothingIsNotLiquidatable() {
    Base small = new Base(ONE, BigInteger.TEN);
    assertThat(CompoundV3.isLiquidatable(BigInteger.valueOf(-9), small, List.of())).isFalse();
    assertThat(CompoundV3.isLiquidatable(BigInteger.valueOf(-10), small, List.of())).isTrue();
    assertThat(CompoundV3.isLiquidatable(BigInteger.ZERO, small, List.of())).isFalse();
    assertThat(CompoundV3.isLiquidatable(BigInteger.TEN, small, List.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void theBuyerGetsNoMoreThanTheDiscountedPriceGives(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      Base base = new Base(draw.digits(10), BigInteger.TEN.pow(draw.oneOf(6, 18)));
      Sale sale =
          new Sale(
              draw.digits(12).add(BigInteger.TEN),
              BigInteger.TEN.pow(draw.oneOf(8, 18)),
              draw.between(0, 1_000_000_000_000_000_000L),
              draw.between(0, 900_000_000_000_000_000L));
      BigInteger amount = draw.digits(15);
      BigInteger quote = CompoundV3.quoteCollateral(amount, base, sale);
      Fraction exact =
          Fraction.of(amount)
              .times(Fraction.of(base.price()))
              .times(Fraction.of(sale.assetScale()))
              .over(Fraction.of(CompoundV3.discountedPrice(sale)))
              .over(Fraction.of(base.scale()));
      assertThat(quote).isEqualTo(exact.floor());
      assertThat(CompoundV3.quoteCollateral(amount.add(ONE), base, sale))
          .isGreaterThanOrEqualTo(quote);
      assertThat(CompoundV3.discountedPrice(sale)).isLessThanOrEqualTo(sale.assetPrice());
    }
  }

  @Test
  void withoutAPenaltyThereIsNoDiscount() {
    Sale sale = new Sale(BigInteger.TEN, Uint.WAD, Uint.WAD, Uint.WAD);
    assertThat(CompoundV3.discountedPrice(sale)).isEqualTo(BigInteger.TEN);
  }

  @Test
  void sellsOnlyBelowTheTarget() {
    BigInteger target = BigInteger.valueOf(100);
    assertThat(buy(target, target, BigInteger.ZERO))
        .isEqualTo(new Purchase.Refused(Refusal.NOT_FOR_SALE));
    assertThat(buy(target.subtract(ONE), target, BigInteger.ZERO))
        .isInstanceOf(Purchase.Sold.class);
    assertThat(buy(BigInteger.valueOf(-5), BigInteger.ZERO, BigInteger.ZERO))
        .isEqualTo(
            new Purchase.Sold(
                new BigInteger("55555555555555555555"), BigInteger.valueOf(49_999_995)));
    assertThat(buy(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO))
        .isEqualTo(new Purchase.Refused(Refusal.NOT_FOR_SALE));
  }

  @Test
  void sellsNoLessThanAskedAndNoMoreThanThereIs() {
    BigInteger quote = new BigInteger("55555555555555555555");
    assertThat(buy(BigInteger.ZERO, ONE, quote)).isInstanceOf(Purchase.Sold.class);
    assertThat(buy(BigInteger.ZERO, ONE, quote.add(ONE)))
        .isEqualTo(new Purchase.Refused(Refusal.TOO_MUCH_SLIPPAGE));
    Reserves little = new Reserves(BigInteger.ZERO, ONE, quote.subtract(ONE));
    assertThat(CompoundV3.buyCollateral(fifty(), BigInteger.ZERO, DOLLAR, SALE, little))
        .isEqualTo(new Purchase.Refused(Refusal.INSUFFICIENT_RESERVES));
    Reserves enough = new Reserves(BigInteger.ZERO, ONE, quote);
    assertThat(CompoundV3.buyCollateral(fifty(), BigInteger.ZERO, DOLLAR, SALE, enough))
        .isInstanceOf(Purchase.Sold.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 9})
  void principalsRoundAgainstTheAccount(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      Indices indices =
          new Indices(
              CompoundV3.INDEX_SCALE.add(draw.digits(15)),
              CompoundV3.INDEX_SCALE.add(draw.digits(15)));
      BigInteger amount = draw.digits(20);
      BigInteger supplied = CompoundV3.principalValue(amount, indices);
      assertThat(CompoundV3.presentValue(supplied, indices)).isLessThanOrEqualTo(amount);
      BigInteger owed = CompoundV3.principalValue(amount.negate(), indices);
      assertThat(CompoundV3.presentValue(owed, indices)).isLessThanOrEqualTo(amount.negate());
      BigInteger less = CompoundV3.presentValue(owed.add(ONE), indices);
      assertThat(less).isGreaterThan(amount.negate());
    }
    assertThat(CompoundV3.presentValue(BigInteger.valueOf(-7), Indices.START)).isEqualTo(-7);
  }

  @Test
  void balancesHave104Bits() {
    Base one = new Base(ONE, ONE);
    BigInteger debt = ONE.shiftLeft(105).negate();
    assertThatThrownBy(() -> CompoundV3.absorb(debt, one, List.of()))
        .hasMessageContaining("104 bits");
  }

  private static Purchase buy(BigInteger reserves, BigInteger target, BigInteger least) {
    return CompoundV3.buyCollateral(
        fifty(), least, DOLLAR, SALE, new Reserves(reserves, target, Uint.MAX));
  }

  private static BigInteger fifty() {
    return BigInteger.valueOf(50_000_000);
  }

  private static List<Collateral> collaterals(LoanDraw draw) {
    List<Collateral> collaterals = new ArrayList<>();
    for (int i = draw.oneOf(0, 1, 2, 3); i > 0; i--) {
      collaterals.add(
          new Collateral(
              draw.digits(22),
              draw.digits(12),
              BigInteger.TEN.pow(draw.oneOf(6, 8, 18)),
              draw.between(0, 1_000_000_000_000_000_000L),
              draw.between(0, 1_000_000_000_000_000_000L)));
    }
    return collaterals;
  }

  private static Fraction exactCredit(Base base, List<Collateral> collaterals) {
    Fraction sum = Fraction.ZERO;
    for (Collateral each : collaterals) {
      sum =
          sum.plus(
              Fraction.of(each.balance())
                  .times(Fraction.of(each.price()))
                  .over(Fraction.of(each.scale()))
                  .times(new Fraction(each.liquidationFactorWad(), Uint.WAD)));
    }
    return sum.times(Fraction.of(base.scale())).over(Fraction.of(base.price()));
  }

  private static BigInteger wad(String number) {
    return Fraction.parse(number).times(Fraction.of(Uint.WAD)).floor();
  }
}
