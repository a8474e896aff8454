package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.Paradex.Outcome;
import trimtab.rulebooks.derivatives.Paradex.Parameters;
import trimtab.rulebooks.number.Fraction;

class ParadexTest {
  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  @Test
  void aRatioOfAHundredPercentIsSafe() {
    assertThat(Paradex.isLiquidatable(Parameters.DOCUMENTED, f("88.8"), f("88.8"))).isFalse();
    assertThat(Paradex.isLiquidatable(Parameters.DOCUMENTED, f("88.7"), f("88.8"))).isTrue();
    assertThat(Paradex.isLiquidatable(Parameters.DOCUMENTED, f("0"), f("1"))).isTrue();
    assertThat(Paradex.isLiquidatable(Parameters.DOCUMENTED, f("-1"), f("0"))).isFalse();
    assertThat(Paradex.share(Parameters.DOCUMENTED, f("88.8"), f("88.8"))).isEqualTo(f("0"));
  }

  /// After 40 % at a fee of one half: 60 over 100 less 20 is three quarters, after 20 %: 80 / 90.
  @Test
  void aRatioAtTheTargetIsNotBelowIt() {
    assertThat(share("8/9")).isEqualTo(f("0.4"));
    assertThat(share("0.89")).isEqualTo(f("0.2"));
  }

  private static Fraction share(String target) {
    Parameters parameters = new Parameters(f("0.99"), f(target), f("0.2"), f("0.5"));
    return Paradex.share(parameters, f("100"), f("100"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theShareIsTheLeastThatBringsTheRatioBelowTheTarget(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      Fraction requirement = Fraction.of(random.nextLong(1, 10_000));
      Fraction value =
          requirement.times(Fraction.of(random.nextLong(-200, 1_100))).times(f("0.001"));
      Parameters parameters = random.nextBoolean() ? Parameters.DOCUMENTED : Parameters.EXAMPLE;
      Fraction share = Paradex.share(parameters, value, requirement);
      if (!Paradex.isLiquidatable(parameters, value, requirement)) {
        assertThat(share).isEqualTo(Fraction.ZERO);
        continue;
      }
      assertThat(share.over(parameters.shareStep()).denominator()).isEqualTo(1);
      assertThat(share).isBetween(parameters.shareStep(), Fraction.ONE);
      assertThat(share.equals(Fraction.ONE) || below(parameters, value, requirement, share))
          .isTrue();
      Fraction less = share.minus(parameters.shareStep());
      while (less.signum() > 0) {
        assertThat(below(parameters, value, requirement, less)).isFalse();
        less = less.minus(parameters.shareStep());
      }
    }
  }

  private static boolean below(
      Parameters parameters, Fraction value, Fraction requirement, Fraction share) {
    Outcome after = Paradex.afterShare(parameters, value, requirement, share);
    return after.value().signum() > 0 && after.ratio().compareTo(parameters.targetRatio()) < 0;
  }

  /// The sign rule: a share lowers the ratio iff the full penalty is less than the value.
  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void aShareLowersTheRatioIffTheFullPenaltyIsLessThanTheValue(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int raised = 0;
    for (int i = 0; i < 300; i++) {
      Fraction requirement = Fraction.of(random.nextLong(1, 1_000));
      Fraction value = Fraction.of(random.nextLong(1, 1_000));
      Fraction share = Fraction.of(random.nextLong(1, 10)).times(f("0.1"));
      Outcome after = Paradex.afterShare(Parameters.DOCUMENTED, value, requirement, share);
      if (after.value().signum() <= 0) {
        continue;
      }
      int change = after.ratio().compareTo(requirement.over(value));
      Fraction full = Paradex.penalty(Parameters.DOCUMENTED, requirement, Fraction.ONE);
      assertThat(change).isEqualTo(full.compareTo(value));
      raised += change > 0 ? 1 : 0;
    }
    assertThat(raised).isPositive();
  }

  @Test
  void sharesRunFromNothingToAll() {
    assertThatThrownBy(() -> Paradex.afterShare(Parameters.DOCUMENTED, f("1"), f("1"), f("1.1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Parameters(f("1"), f("0.9"), f("0"), f("0.7")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsLeftOfTheExample() {
    Outcome after = Paradex.afterShare(Parameters.EXAMPLE, f("80"), f("88.8"), f("0.4"));
    assertThat(Paradex.collateralLeft(f("1000"), f("-920"), f("0.4"), after.penalty()))
        .isEqualTo(f("614.24"));
    assertThat(Paradex.sizeLeft(f("-1"), f("0.4"))).isEqualTo(f("-0.6"));
  }

  @Test
  void withdrawalsAreCutByWhatTheFundDoesNotCover() {
    List<Fraction> balances = List.of(f("1000"), f("-1500"), f("500"));
    assertThat(Paradex.exchangeBankruptcyAmount(balances, f("1500"))).isEqualTo(f("0"));
    assertThat(Paradex.exchangeBankruptcyAmount(balances, f("1200"))).isEqualTo(f("300"));
    assertThat(Paradex.exchangeBankruptcyAmount(balances, f("-100"))).isEqualTo(f("1600"));
    assertThat(Paradex.socializedLossFactor(f("300"), f("1500"))).isEqualTo(f("0.2"));
    assertThat(Paradex.socializedLossFactor(f("1600"), f("1500"))).isEqualTo(f("1"));
  }
}
