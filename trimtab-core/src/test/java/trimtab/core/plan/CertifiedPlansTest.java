package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.health.LegSum;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.testkit.World;

/// Whatever the rule, the account and the depth: a plan's certificate holds before the independent
/// checker, which shares no code with the planner.
class CertifiedPlansTest {
  private static final int BLOCKS = 20;
  private static final int SEEDS_PER_BLOCK = 75;

  static LongStream blocks() {
    return LongStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyCertificateHolds(long block) {
    long first = block * SEEDS_PER_BLOCK;
    for (long seed = first; seed < first + SEEDS_PER_BLOCK; seed++) {
      for (World world : families(seed)) {
        for (World ruled : rules(world)) {
          check(ruled, seed);
        }
      }
    }
  }

  private static List<World> families(long seed) {
    return Stream.<java.util.function.LongFunction<World>>of(
            World::onePerpetual, World::onePair, World::mixed)
        .map(family -> World.breached(seed, family))
        .toList();
  }

  private static List<World> rules(World world) {
    return List.of(
        world,
        with(world, new CloseRule.Full(), OnHarmfulClose.ESCALATE),
        with(world, new CloseRule.FixedFraction(500_000), OnHarmfulClose.ESCALATE),
        with(world, new CloseRule.FixedFraction(300_000), OnHarmfulClose.PROCEED),
        with(world, new CloseRule.TargetHealth(400_000), OnHarmfulClose.REFUSE),
        with(world, new CloseRule.TargetHealth(400_000), OnHarmfulClose.PROCEED));
  }

  private static World with(World world, CloseRule rule, OnHarmfulClose onHarmful) {
    OwnRulebook old = world.rulebook();
    return world.with(
        new OwnRulebook(
            old.name(),
            rule,
            old.base(),
            old.thresholdPpm(),
            old.targetPpm(),
            old.penalty(),
            onHarmful,
            0));
  }

  private static void check(World world, long seed) {
    Plan plan =
        new Planner(world.listing(), new LegSum(world.listing()))
            .plan(
                world.account(),
                world.marks(),
                world.rulebook(),
                world.curves(),
                EpisodeState.opened(0),
                MarketState.fresh(0));
    if (plan instanceof Plan.Close close) {
      Certificate certificate =
          Certificates.of(world.listing(), world.account(), world.marks(), world.rulebook(), close);
      CheckResult result = CertificateChecker.check(certificate);
      assertThat(result.holds())
          .as("seed %d %s %s: %s", seed, world.rulebook().closeRule(), close.claim(), result)
          .isTrue();
    }
  }
}
