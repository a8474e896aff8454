package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.LendingHealth.Change;
import trimtab.rulebooks.lending.LendingHealth.Direction;
import trimtab.rulebooks.lending.LendingHealth.Pair;
import trimtab.rulebooks.lending.LendingHealth.Target;
import trimtab.rulebooks.number.Fraction;

/// What holds for every lending protocol, on drawn accounts.
class LendingHealthTest {
  private static final int DRAWS = 500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSignSaysHowHealthMovesWhateverTheSize(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      Pair pair = pair(draw);
      Fraction repay = pair.debt().times(share(draw, 1, 999));
      Change change = LendingHealth.afterPartial(pair, repay);
      int moved = change.after().orElseThrow().compareTo(change.before().orElseThrow());
      assertThat(moved).isEqualTo(sign(change.direction()));
      assertThat(moved).isEqualTo(change.before().orElseThrow().compareTo(pair.lost()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void theRepaymentReachesTheTargetExactly(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    int reached = 0;
    int missed = 0;
    for (int i = 0; i < DRAWS; i++) {
      Pair pair = pair(draw);
      Fraction target = share(draw, 1_000, 1_300);
      Target answer = LendingHealth.repayToTarget(pair, target);
      Fraction before = pair.healthFactor().orElseThrow();
      boolean possible =
          before.compareTo(target) >= 0
              || (target.compareTo(pair.lost()) > 0 && before.compareTo(pair.lost()) >= 0);
      assertThat(answer.reachable()).isEqualTo(possible);
      if (!answer.reachable()) {
        missed++;
        assertThat(answer.after()).isEmpty();
      } else if (before.compareTo(target) < 0 && before.compareTo(pair.lost()) > 0) {
        reached++;
        assertThat(answer.after()).contains(target);
        Fraction closeFactor = answer.closeFactor().orElseThrow();
        assertThat(LendingHealth.restores(pair, closeFactor, target)).isTrue();
        Fraction less = closeFactor.times(Fraction.parse("0.999"));
        assertThat(LendingHealth.restores(pair, less, target)).isFalse();
      }
    }
    assertThat(reached).isPositive();
    assertThat(missed).isPositive();
  }

  @Test
  void aTargetThatIsMetTakesNothing() {
    Pair pair = pair("8000", "8000", "1.05", "0.8");
    Target answer = LendingHealth.repayToTarget(pair, Fraction.ONE);
    assertThat(answer)
        .isEqualTo(
            new Target(
                true,
                Optional.of(Fraction.ZERO),
                Optional.of(Fraction.ZERO),
                Optional.of(Fraction.ONE)));
  }

  @Test
  void noSizeReachesATargetBelowWhatIsLost() {
    Pair pair = pair("7000", "8000", "1.1", "0.95");
    Target answer = LendingHealth.repayToTarget(pair, Fraction.ONE);
    assertThat(answer)
        .isEqualTo(new Target(false, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void noSizeReachesATargetThatIsExactlyWhatIsLost() {
    Target answer = LendingHealth.repayToTarget(pair("7000", "8000", "1.25", "0.8"), Fraction.ONE);
    assertThat(answer.reachable()).isFalse();
    assertThat(answer.repay()).isEmpty();
  }

  @Test
  void onTheLineOnlyTheWholeDebtCloses() {
    Pair pair = pair("7980", "8000", "1.05", "0.95");
    Target answer = LendingHealth.repayToTarget(pair, Fraction.ONE);
    assertThat(answer.reachable()).isTrue();
    assertThat(answer.repay()).contains(pair.debt());
    assertThat(answer.after()).isEmpty();
  }

  @Test
  void halfRestoresFromTheMiddleOfOneAndTheLine() {
    Fraction half = Fraction.parse("1/2");
    assertThat(LendingHealth.restores(pair("899", "1000", "1", "0.8"), half, Fraction.ONE))
        .isFalse();
    assertThat(LendingHealth.restores(pair("900", "1000", "1", "0.8"), half, Fraction.ONE))
        .isTrue();
  }

  @Test
  void theBonusMakesBadDebtAboveCollateralOverDebt() {
    Fraction collateral = Fraction.of(8_200);
    Fraction debt = Fraction.of(8_000);
    Fraction harmless = LendingHealth.largestHarmlessBonus(collateral, debt).orElseThrow();
    assertThat(LendingHealth.shortfallAfter(collateral, debt, harmless, debt))
        .isEqualTo(Fraction.ZERO);
    Fraction more = harmless.plus(Fraction.parse("0.001"));
    assertThat(LendingHealth.shortfallAfter(collateral, debt, more, debt))
        .isEqualTo(Fraction.of(8));
  }

  @Test
  void theLeastHarmfulPairLosesLeast() {
    Pair first = pair("7600", "8000", "1.05", "0.93");
    Pair second = pair("7600", "8000", "1.08", "0.76");
    assertThat(LendingHealth.leastHarmful(List.of(first, second))).isEqualTo(second);
    assertThatThrownBy(() -> LendingHealth.leastHarmful(List.of())).hasMessageContaining("no pair");
  }

  @Test
  void repaysNoMoreThanIsOwed() {
    Pair pair = pair("7600", "8000", "1.05", "0.76");
    assertThatThrownBy(() -> LendingHealth.afterPartial(pair, Fraction.of(8_001)))
        .hasMessageContaining("repays 8001 of a debt of 8000");
    assertThat(LendingHealth.afterPartial(pair, pair.debt()).after()).isEmpty();
    assertThat(LendingHealth.afterPartial(pair, Fraction.ZERO).direction())
        .isEqualTo(Direction.EQUAL);
  }

  private static Pair pair(LoanDraw draw) {
    Fraction debt = Fraction.of(draw.digits(8));
    return new Pair(
        debt.times(share(draw, 600, 1_200)),
        debt,
        share(draw, 1_000, 1_150),
        share(draw, 500, 980));
  }

  private static Pair pair(String backing, String debt, String bonusFactor, String threshold) {
    return new Pair(
        Fraction.parse(backing),
        Fraction.parse(debt),
        Fraction.parse(bonusFactor),
        Fraction.parse(threshold));
  }

  private static Fraction share(LoanDraw draw, long low, long high) {
    return Fraction.of(draw.between(low, high)).over(Fraction.of(1_000));
  }

  private static int sign(Direction direction) {
    return switch (direction) {
      case UP -> 1;
      case DOWN -> -1;
      case EQUAL -> 0;
    };
  }
}
