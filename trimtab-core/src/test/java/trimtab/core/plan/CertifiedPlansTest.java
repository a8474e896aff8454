package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
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

  private record Drawn(long seed, World world) {}

  private static final List<Drawn> DRAWN =
      FAMILIES.stream()
          .flatMap(family ->
              LongStream.range(0, SEEDS)
                  .mapToObj(seed -> new Drawn(seed, World.breached(seed, family))))
          .toList();

  @ParameterizedTest
  @MethodSource("rules")
  void everyClaimIsProven(CloseRule rule) {
    int proven = 0;
    for (Drawn drawn : DRAWN) {
      // Mostly a certificate is the same whatever a harmful close would lead to: checked once.
      Set<Certificate> holding = new HashSet<>();
      for (OnHarmfulClose onHarmfulClose : OnHarmfulClose.values()) {
        World world = drawn.world().with(rule, onHarmfulClose);
        if (PlannerTest.plan(world) instanceof Plan.Close close) {
          Certificate certificate =
              Certificates.of(
                  world.listing(), world.account(), world.marks(), world.rulebook(), close);
          if (!holding.contains(certificate)) {
            assertThat(CertificateChecker.check(certificate))
                .as("seed %d, %s, %s", drawn.seed(), rule, close.claim())
                .isInstanceOf(CheckResult.Holds.class);
            holding.add(certificate);
          }
          proven++;
        }
      }
    }
    assertThat(proven).isGreaterThan(SEEDS * FAMILIES.size());
  }
}
