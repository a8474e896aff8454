package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.lending.SeededNumbers.wad;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.LiquityV2.Batch;
import trimtab.rulebooks.lending.LiquityV2.Liquidated;
import trimtab.rulebooks.lending.LiquityV2.Parameters;
import trimtab.rulebooks.lending.LiquityV2.Trove;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

class LiquityV2Test {
  private static final int ROUNDS = 300;
  private static final BigInteger PRICE = wad("2000");
  private static final Parameters TERMS = Parameters.DEFAULTS;

  private static Trove trove(String coll, String debt) {
    return new Trove(wad(coll), wad(debt));
  }

  @Test
  void equalityIsHealthy() {
    BigInteger minimum = TERMS.minRatioWad();
    Trove equal = trove("5.5", "10000");
    assertThat(LiquityV2.ratio(equal, PRICE)).isEqualTo(minimum);
    assertThat(LiquityV2.isLiquidatable(equal, PRICE, minimum)).isFalse();
    Trove below = new Trove(equal.coll().subtract(BigInteger.ONE), equal.debt());
    assertThat(LiquityV2.isLiquidatable(below, PRICE, minimum)).isTrue();
    assertThat(LiquityV2.isLiquidatable(equal, PRICE, Parameters.STAKED_ETHER.minRatioWad()))
        .isTrue();
    assertThat(LiquityV2.ratio(new Trove(BigInteger.ZERO, BigInteger.ZERO), PRICE))
        .isEqualTo(Uint.MAX);
  }

  @Test
  void compensationIsAHalfPercentAtMostTwo() {
    assertThat(LiquityV2.gasCompensation(wad("100"), TERMS)).isEqualTo(wad("0.5"));
    assertThat(LiquityV2.gasCompensation(big("399"), TERMS)).isEqualTo(BigInteger.ONE);
    assertThat(LiquityV2.gasCompensation(wad("400"), TERMS)).isEqualTo(wad("2"));
    assertThat(LiquityV2.gasCompensation(wad("401"), TERMS)).isEqualTo(wad("2"));
  }

  @Test
  void poolKeepsItsLastUnit() {
    assertThat(LiquityV2.availableForOffsets(wad("0.4"), TERMS)).isZero();
    assertThat(LiquityV2.availableForOffsets(wad("1"), TERMS)).isZero();
    assertThat(LiquityV2.availableForOffsets(wad("5"), TERMS)).isEqualTo(wad("4"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsLostAndPenaltiesAreRoundedDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int capped = 0;
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger price = numbers.between("1e14", "1e23");
      Trove trove = new Trove(numbers.between("1", "1e24"), numbers.between("1", "1e26"));
      if (i % 2 == 0) {
        BigInteger debt = trove.coll().multiply(price).divide(wad("1.08")).max(BigInteger.ONE);
        trove = new Trove(trove.coll(), debt);
      }
      BigInteger pool = numbers.between(BigInteger.ZERO, trove.debt().shiftLeft(1));
      Liquidated done = LiquityV2.close(trove, pool, price, TERMS);
      assertThat(done.debtOffset().add(done.debtRedistributed())).isEqualTo(trove.debt());
      assertThat(done.debtOffset()).isEqualTo(trove.debt().min(pool));
      assertThat(
              done.collGasCompensation()
                  .add(done.collToStabilityPool())
                  .add(done.collRedistributed())
                  .add(done.collSurplusToOwner()))
          .isEqualTo(trove.coll());
      capped += isMost(done.debtOffset(), "1.05", price, done.collToStabilityPool()) ? 1 : 0;
      isMost(done.debtRedistributed(), "1.1", price, done.collRedistributed());
    }
    assertThat(capped).as("the pool's penalty binds").isGreaterThan(ROUNDS / 20);
  }

  /// Whether collateral is the most that a penalty allows, rounded down; it is never more.
  private static boolean isMost(
      BigInteger debt, String factor, BigInteger price, BigInteger seized) {
    Fraction most = exact(debt).times(Fraction.parse(factor)).over(ofWad(price));
    assertThat(exact(seized)).isLessThanOrEqualTo(most);
    return seized.equals(most.floor()) && seized.signum() > 0;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void morePoolRedistributesLess(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Trove trove = new Trove(numbers.evenly("1e18", "5.49e18"), wad("10000"));
      BigInteger small = numbers.evenly("0", "1e22");
      BigInteger large = numbers.evenly(small, wad("10000"));
      Liquidated less = LiquityV2.close(trove, small, PRICE, TERMS);
      Liquidated more = LiquityV2.close(trove, large, PRICE, TERMS);
      assertThat(more.collToStabilityPool()).isGreaterThanOrEqualTo(less.collToStabilityPool());
      assertThat(more.collRedistributed()).isLessThanOrEqualTo(less.collRedistributed());
      assertThat(more.collSurplusToOwner()).isGreaterThanOrEqualTo(less.collSurplusToOwner());
    }
  }

  @Test
  void surplusOfTheOffsetIsEatenByTheRedistribution() {
    Trove trove = trove("5.4", "10000");
    Liquidated half = LiquityV2.close(trove, wad("5000"), PRICE, TERMS);
    BigInteger restPart = wad("5.373").subtract(wad("2.6865"));
    assertThat(half.collToStabilityPool()).isEqualTo(wad("2.625"));
    assertThat(half.collRedistributed()).isGreaterThan(restPart).isEqualTo(wad("2.748"));
    assertThat(half.collSurplusToOwner()).isZero();
  }

  @Test
  void withoutPoolEverythingIsRedistributed() {
    Liquidated done = LiquityV2.close(trove("5.4", "9000"), BigInteger.ZERO, PRICE, TERMS);
    assertThat(done.debtOffset()).isZero();
    assertThat(done.collToStabilityPool()).isZero();
    assertThat(done.debtRedistributed()).isEqualTo(wad("9000"));
    assertThat(done.collRedistributed()).isEqualTo(wad("4.95"));
    assertThat(done.collSurplusToOwner()).isEqualTo(wad("0.423"));
  }

  @Test
  void batchGoesInOrderAndSkipsTheHealthy() {
    List<Trove> troves = List.of(trove("5.4", "10000"), trove("6", "10000"), trove("5.2", "10000"));
    Batch batch = LiquityV2.batch(troves, wad("15001"), PRICE, TERMS);
    assertThat(batch.closed()).containsExactly(0, 2);
    assertThat(batch.totals().debtOffset()).isEqualTo(wad("15000"));
    assertThat(batch.totals().debtRedistributed()).isEqualTo(wad("5000"));
    assertThat(batch.compensationWeth()).isEqualTo(wad("0.075"));
    Liquidated first = LiquityV2.close(troves.get(0), wad("15000"), PRICE, TERMS);
    Liquidated second = LiquityV2.close(troves.get(2), wad("5000"), PRICE, TERMS);
    assertThat(batch.totals()).isEqualTo(first.plus(second));
    List<Trove> many = Collections.nCopies(LiquityV2.MAX_TROVES + 1, troves.get(0));
    assertThatThrownBy(() -> LiquityV2.batch(many, BigInteger.ZERO, PRICE, TERMS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
