package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Claim;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.NaiveChoice;
import trimtab.core.testkit.NaiveChoice.Best;
import trimtab.core.testkit.World;

/// Whatever the multiplier and the weight of the settlement currency, no combination that restores
/// counts less than the bound: held to every combination there is.
class ChoiceBoundTest {
  private static final long SEEDS = 50;
  private static final List<Rational> FACTORS =
      List.of(
          part(0, 1),
          part(1, 4),
          part(1, 2),
          part(9, 10),
          part(1, 1),
          part(11, 10),
          part(2, 1),
          part(5, 1));

  private static Rational part(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  private static ChoiceLine choice(Certificate certificate) {
    return ((Claim.RestoresMinimal) certificate.claim()).choice().orElseThrow();
  }

  private static ChoiceLine with(ChoiceLine old, Objective objective, boolean positive) {
    return new ChoiceLine(
        old.order(),
        objective == Objective.COST ? "cost" : "notional",
        old.value(),
        old.lowerBound(),
        old.multiplier(),
        positive,
        old.capSharePpm(),
        old.share(),
        old.legs(),
        old.exposures());
  }

  private static int requireSound(LongFunction<World> family) {
    int compared = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = World.breached(seed, family).with(Cap.NONE);
      Optional<Certificate> chosen = ChoiceTamperingTest.chosen(world, LegOrder.LEAST_COST);
      if (chosen.isEmpty()) {
        continue;
      }
      Certificate good = chosen.get();
      for (Objective objective : Objective.values()) {
        Optional<Best> best = NaiveChoice.of(world, choice(good).capSharePpm(), objective);
        long least =
            best.map(found -> objective == Objective.COST ? found.cost() : found.notional())
                .orElseThrow();
        for (Rational factor : FACTORS) {
          for (boolean positive : new boolean[] {true, false}) {
            Rational multiplier = ChoiceCheck.fraction(choice(good).multiplier()).times(factor);
            // A multiplier per unit of excess: for notionals of the size of notional over relief.
            if (objective == Objective.NOTIONAL) {
              multiplier = multiplier.times(BigInteger.valueOf(100));
            }
            Rational bound =
                new ChoiceBound(
                        AccountState.before(good),
                        good.terms(),
                        Level.target(good.terms()),
                        with(choice(good), objective, positive),
                        multiplier)
                    .value();
            assertThat(bound.compareTo(BigInteger.valueOf(least)))
                .as("seed %d, %s, factor %s, %s", seed, objective, factor, positive)
                .isNotPositive();
          }
        }
      }
      compared++;
    }
    return compared;
  }

  @Test
  void boundsPositions() {
    assertThat(requireSound(seed -> ChoiceWorld.positions(seed, 2, 30))).isGreaterThan(20);
    assertThat(requireSound(seed -> ChoiceWorld.positions(seed, 3, 9))).isGreaterThan(10);
  }

  @Test
  void boundsPositionsAndPairs() {
    assertThat(requireSound(seed -> ChoiceWorld.mixed(seed, 1, 1, 1, 20))).isGreaterThan(5);
  }

  @Test
  void boundsPairsOfOneDebtAndOfOneCollateral() {
    assertThat(requireSound(seed -> ChoiceWorld.mixed(seed, 0, 2, 1, 20))).isGreaterThan(5);
    assertThat(requireSound(seed -> ChoiceWorld.mixed(seed, 0, 1, 2, 20))).isGreaterThan(5);
  }
}
