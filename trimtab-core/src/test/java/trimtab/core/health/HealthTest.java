package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.testkit.Seeded;

class HealthTest {
  private static final int ROUNDS = 5_000;

  /// A loan: the level multiplies everything owed.
  private static Health loan(long backing, long obligation) {
    return new Health(Wide.of(backing), Wide.of(obligation), Wide.ZERO, Base.OBLIGATION, 0);
  }

  /// Positions with a debt beside them: the level multiplies the requirement alone.
  private static Health margined(long backing, long debt, long requirement) {
    return new Health(
        Wide.of(backing), Wide.of(debt + requirement), Wide.of(requirement), Base.REQUIREMENT, 0);
  }

  @Test
  void theExcessOfALoanCountsTheLevelOnAllThatIsOwed() {
    // 330 - 1.1 x 300 = 0; 330 - 1.2 x 300 = -30
    assertThat(loan(330, 300).excess(1_100_000)).isEqualTo(Wide.ZERO);
    assertThat(loan(330, 300).excess(1_200_000)).isEqualTo(Wide.of(-30_000_000));
    assertThat(loan(330, 300).isAtLeast(1_100_000)).isTrue();
    assertThat(loan(330, 300).isAtLeast(1_100_001)).isFalse();
  }

  @Test
  void theExcessOfPositionsCountsTheLevelOnTheRequirementAlone() {
    // 330 - 200 - 1.3 x 100 = 0
    assertThat(margined(330, 200, 100).excess(1_300_000)).isEqualTo(Wide.ZERO);
    assertThat(margined(330, 200, 100).isAtLeast(1_300_001)).isFalse();
    assertThat(margined(330, 200, 100).numerator()).isEqualTo(Wide.of(130));
    assertThat(margined(330, 200, 100).ratio()).isEqualTo(1.3);
    assertThat(loan(330, 300).numerator()).isEqualTo(Wide.of(330));
  }

  @Test
  void withoutAnObligationItIsHealthyIffTheBackingIsNotNegative() {
    assertThat(loan(0, 0).isAtLeast(2_000_000)).isTrue();
    assertThat(loan(-1, 0).isAtLeast(1_000_000)).isFalse();
    assertThat(loan(5, 0).ratio()).isInfinite();
  }

  @Test
  void isBankruptWhenNothingIsLeft() {
    assertThat(withEquity(0).isBankrupt()).isTrue();
    assertThat(withEquity(-1).isBankrupt()).isTrue();
    assertThat(withEquity(1).isBankrupt()).isFalse();
  }

  private static Health withEquity(long equity) {
    return new Health(Wide.of(5), Wide.of(3), Wide.ZERO, Base.OBLIGATION, equity);
  }

  @Test
  void needsAResolvedBase() {
    assertThatThrownBy(() -> new Health(Wide.ZERO, Wide.ZERO, Wide.ZERO, Base.AUTO, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the base of a health is resolved");
    assertThat(Base.AUTO.resolve(true)).isEqualTo(Base.REQUIREMENT);
    assertThat(Base.AUTO.resolve(false)).isEqualTo(Base.OBLIGATION);
    assertThat(Base.OBLIGATION.resolve(true)).isEqualTo(Base.OBLIGATION);
    assertThat(Base.REQUIREMENT.resolve(false)).isEqualTo(Base.REQUIREMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "10999996, 10000000, 1.1, 1.0999996",
    "11000000, 10000000, 1.1, 1.100",
    "11000001, 10000000, 1.1, 1.1000001",
    "11000012, 10000000, 1.1, 1.100001",
    "11010000, 10000000, 1.1, 1.101",
    "10997000, 10000000, 1.0995, 1.0997",
    "10994999, 10000000, 1.0995, 1.0994999",
    "9999999, 10000000, 1, 0.9999999",
    "2, 3, 1, 0.666",
    "0, 3, 1, 0.000",
    "980668575, 1000000000, 1, 0.980",
    "1000, 10, 1, >99",
  })
  void theTextIsCutTowardsFailureAndNeverRoundsTheVerdict(
      long backing, long obligation, String level, String text) {
    assertThat(loan(backing, obligation).ratioText(Ppm.parse(level))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theTextComparesWithTheLevelAsTheVerdictSays(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      long obligation = (long) seeded.logUniform(1, 1e15);
      long level = seeded.between(1_000_000, 1_300_000);
      long near = (long) (obligation * (level / 1e6)) + seeded.between(-2, 2);
      Health health = loan(Math.max(0, near), obligation);
      BigDecimal shown = new BigDecimal(health.ratioText(level));
      assertThat(shown.compareTo(BigDecimal.valueOf(level, 6)) >= 0)
          .isEqualTo(health.isAtLeast(level));
    }
  }

  @Test
  void theTextSaysWhenThereIsNoRatio() {
    assertThat(loan(5, 0).ratioText(1_000_000)).isEqualTo("no debt");
    assertThat(margined(100, 200, 50).ratioText(1_000_000)).isEqualTo("below zero");
  }

  @Test
  void ratiosAreComparedExactly() {
    long large = 4_000_000_000_000_000_000L;
    assertThat(loan(large, large - 1).compareRatio(loan(large - 1, large - 2))).isNegative();
    assertThat(loan(2, 3).compareRatio(loan(4, 6))).isZero();
    assertThat(margined(330, 200, 100).compareRatio(margined(330, 201, 100))).isPositive();
  }

  @Test
  void anAccountWithoutAnObligationIsAboveEveryOther() {
    assertThat(loan(0, 0).compareRatio(loan(1_000, 1))).isPositive();
    assertThat(loan(1_000, 1).compareRatio(loan(0, 0))).isNegative();
    assertThat(loan(7, 0).compareRatio(loan(9, 0))).isZero();
    assertThat(loan(7, 0).compareRatio(loan(0, 0))).isPositive();
  }

  @Test
  void aDebtWithoutABaseIsBelowEveryOther() {
    // Measured against the requirement, of which there is none, and still owing more than it holds.
    Health owing = margined(100, 200, 0);
    assertThat(owing.isAtLeast(1_000_000)).isFalse();
    assertThat(owing.compareRatio(loan(1, 1_000))).isNegative();
    assertThat(loan(1, 1_000).compareRatio(owing)).isPositive();
    assertThat(owing.compareRatio(loan(0, 0))).isNegative();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void comparingIsAntisymmetric(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Health one = drawn(seeded);
      Health other = drawn(seeded);
      assertThat(one.compareRatio(other)).isEqualTo(-other.compareRatio(one));
    }
  }

  private static Health drawn(Seeded seeded) {
    long backing = seeded.between(0, 9);
    long debt = seeded.between(0, 9);
    long requirement = seeded.between(0, 3);
    return seeded.chance(0.5) ? loan(backing, debt) : margined(backing, debt, requirement);
  }
}
