package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.money.Wide;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.core.testkit.ForeignWorld;
import trimtab.core.testkit.World;

/// Legs whose value is no whole number of value units, or not in the settlement currency at all.
class ForeignLegsTest {
  private static final int BLOCKS = 12;
  private static final int WORLDS = 30;

  static Stream<List<World>> worlds() {
    return LongStream.range(0, BLOCKS)
        .mapToObj(block ->
            LongStream.range(block * WORLDS, (block + 1) * WORLDS)
                .boxed()
                .flatMap(seed ->
                    Stream.of(
                        World.breached(seed, ForeignWorld::position),
                        World.breached(seed, ForeignWorld::mixed),
                        World.breached(seed, ForeignWorld::tieredCollateral)))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void excessIsWhatClosingAndJudgingAgainGives(List<World> worlds) {
    for (World world : worlds) {
      Standing standing = LegLineTest.standing(world);
      LegSettlement settlement = new LegSettlement(world.model(), standing.terms());
      for (LegLine line : LegSequence.lines(standing)) {
        for (long quantity : LegLineTest.samples(line)) {
          long cost = line.terms().cost(quantity);
          Closing closing =
              settlement.close(world.account(), world.marks(), line.leg(), quantity, cost);
          Wide naive =
              world
                  .model()
                  .assess(closing.account(), world.marks())
                  .excess(world.rulebook().targetPpm());
          assertThat(line.excess(quantity)).isEqualTo(naive);
          if (quantity < line.size() && quantity % line.lot() == 0) {
            assertThat(line.upperBound(quantity, true)).isGreaterThanOrEqualTo(naive);
            assertThat(line.upperBound(quantity, false)).isGreaterThanOrEqualTo(naive);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void searchFindsWhatBruteForceFinds(List<World> worlds) {
    for (World world : worlds) {
      for (LegLine line : LegSequence.lines(LegLineTest.standing(world))) {
        OptionalLong naive =
            LegLineTest.admissible(line).filter(q -> !line.excess(q).isNegative()).findFirst();
        assertThat(LegSearch.least(line, line.size()).quantity()).isEqualTo(naive);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void everyCertificateHolds(List<World> worlds) {
    for (World world : worlds) {
      if (PlannerTest.plan(world) instanceof Plan.Close close) {
        Certificate certificate =
            Certificates.of(
                world.listing(), world.account(), world.marks(), world.rulebook(), close);
        assertThat(CertificateChecker.check(certificate)).isInstanceOf(CheckResult.Holds.class);
      }
    }
  }
}
