package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.Ramp;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.CloseRule.TimeSliced;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.testkit.CoarseWorld;
import trimtab.core.testkit.World;

/// Whatever a rule closes and claims, the independent checker agrees.
class CertifiedPlansTest {
  private static final int SEEDS = 150;
  private static final List<LongFunction<World>> FAMILIES =
      List.of(
          World::onePosition,
          World::onePair,
          World::twoPairs,
          World::twoDebts,
          World::mixed,
          CoarseWorld::contract,
          CoarseWorld::pair);

  static List<CloseRule> rules() {
    return List.of(
        new TargetHealth(1_000_000),
        new TargetHealth(400_000),
        new Full(),
        new FixedFraction(500_000),
        new FixedFraction(70_000),
        new Ramp(50_000, 1_000_000),
        new TimeSliced(150_000, 0));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyClaimIsProven(CloseRule rule) {
    int proven = 0;
    for (LongFunction<World> family : FAMILIES) {
      for (long seed = 0; seed < SEEDS; seed++) {
        World drawn = World.breached(seed, family);
        for (OnHarmfulClose onHarmfulClose : OnHarmfulClose.values()) {
          World world = drawn.with(rule, onHarmfulClose);
          if (PlannerTest.plan(world) instanceof Plan.Close close) {
            CheckResult result =
                CertificateChecker.check(
                    Certificates.of(
                        world.listing(), world.account(), world.marks(), world.rulebook(), close));
            assertThat(result)
                .as("seed %d, %s, %s", seed, rule, close.claim())
                .isInstanceOf(CheckResult.Holds.class);
            proven++;
          }
        }
      }
    }
    assertThat(proven).isGreaterThan(SEEDS * FAMILIES.size());
  }
}
