package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Account;
import trimtab.core.cost.CostCurve;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.core.testkit.CoarseWorld;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// The fast excess along a leg against its naive twin (close, then judge the whole account), and
/// the search against brute force over every lot.
class LegLineTest {
  private static final int WORLDS = 400;

  static Stream<List<World>> worlds() {
    return LongStream.range(0, 20)
        .mapToObj(block ->
            LongStream.range(block * WORLDS / 20, (block + 1) * WORLDS / 20)
                .boxed()
                .flatMap(seed ->
                    Stream.of(
                        World.breached(seed, World::onePosition),
                        World.breached(seed, World::onePair),
                        World.breached(seed, World::mixed),
                        World.breached(seed, World::twoDebts),
                        World.breached(seed, CoarseWorld::contract),
                        World.breached(seed, CoarseWorld::pair)))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void excessIsWhatClosingAndJudgingAgainGives(List<World> worlds) {
    for (World world : worlds) {
      Standing standing = standing(world);
      LegSettlement settlement = new LegSettlement(world.model(), standing.terms());
      for (LegLine line : LegSequence.lines(standing)) {
        for (long quantity : samples(line)) {
          long cost = line.terms().cost(quantity);
          Closing closing =
              settlement.close(world.account(), world.marks(), line.leg(), quantity, cost);
          Wide naive =
              world
                  .model()
                  .assess(closing.account(), world.marks())
                  .excess(world.rulebook().targetPpm());
          assertThat(line.excess(quantity)).isEqualTo(naive);
          // Between the last lot and the size of a pair the debt is repaid: nothing to bound.
          if (quantity < line.size() && quantity % line.lot() == 0) {
            assertThat(line.upperBound(quantity, true)).isGreaterThanOrEqualTo(naive);
            assertThat(line.upperBound(quantity, false)).isGreaterThanOrEqualTo(naive);
          }
          long lost = world.health().equity() - equity(world, closing.account());
          assertThat(lost).isEqualTo(cost + closing.penalty());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void searchFindsWhatBruteForceFinds(List<World> worlds) {
    for (World world : worlds) {
      for (LegLine line : LegSequence.lines(standing(world))) {
        LegSearch search = LegSearch.least(line, line.size());
        OptionalLong naive = admissible(line).filter(q -> !line.excess(q).isNegative()).findFirst();
        assertThat(search.quantity()).isEqualTo(naive);
        long upTo = naive.orElse(Long.MAX_VALUE);
        List<Long> partial =
            admissible(line).filter(q -> q < upTo && q < line.size()).boxed().toList();
        assertThat(partial).allMatch(q -> failsBy(search.failing(), q));
        // Bounds settle all but a few sizes; only where a value unit is large rounding decides
        // more.
        long few = world.listing().valueDecimals() == 0 ? 100 : 3;
        assertThat(search.failing().points()).hasSizeLessThanOrEqualTo((int) few);
      }
    }
  }

  /// Unrounded, every leg rises by 0.001 a unit from -1, but a cost of 1 % is rounded up: 1,000 of
  /// 2,000 restore, 1,001 to 1,099 do not. Both ends of the piece up to 1,050 fail.
  static Stream<World> risingMoreSlowlyThanRounding() {
    CostCurve twoPieces = CostCurve.through(new long[] {1_050, 2_000}, new long[] {0, 0});
    HandWorld position =
        HandWorld.usd(0)
            .market("A", "0.01", "0.011")
            .curve(twoPieces)
            .position("A", "2000", "0.01")
            .holds("USD", "0.21");
    HandWorld loan =
        HandWorld.usd(0)
            .asset("A", "0.01", "0.989")
            .curve(twoPieces)
            .fee("0.01")
            .holds("A", "2000")
            .owes("USD", "19.79");
    return Stream.of(
        position.penalty("0.01", "0", Cap.NONE).world(),
        position.penalty("0", "0", Cap.NONE).fee("0.01").world(),
        loan.world());
  }

  @ParameterizedTest
  @MethodSource("risingMoreSlowlyThanRounding")
  void aPieceOfWhichBothEndsFailMayStillRestoreInside(World world) {
    LegLine line = LegSequence.lines(standing(world)).getFirst();
    assertThat(line.excess(1_050).isNegative()).isTrue();
    assertThat(LegSearch.least(line, line.size()).quantity()).hasValue(1_000);
  }

  static LongStream admissible(LegLine line) {
    LegTerms terms = line.terms();
    long last = Math.min(terms.maximumPartial(), terms.curve().capacity());
    LongStream partial = LongStream.iterate(terms.minimum(), q -> q <= last, q -> q + terms.lot());
    LongStream whole =
        terms.curve().capacity() >= terms.size() ? LongStream.of(terms.size()) : LongStream.empty();
    return LongStream.concat(partial, whole);
  }

  private static boolean failsBy(Failing failing, long quantity) {
    return failing.segments().stream().anyMatch(s -> s.from() <= quantity && quantity <= s.to())
        || failing.points().stream().anyMatch(p -> p.quantity() == quantity);
  }

  static long[] samples(LegLine line) {
    long[] all = admissible(line).toArray();
    long[] ends =
        Arrays.stream(line.pieceEnds())
            .flatMap(end -> LongStream.of(end, end + 1))
            .filter(q -> q <= Math.min(line.size(), line.curve().capacity()))
            .toArray();
    LongStream spread =
        LongStream.range(0, 12)
            .filter(i -> all.length > 0)
            .map(i -> all[(int) (i * (all.length - 1) / 11)]);
    return LongStream.concat(spread, Arrays.stream(ends)).toArray();
  }

  private static long equity(World world, Account account) {
    return world.model().assess(account, world.marks()).equity();
  }

  static Standing standing(World world) {
    return new Standing(
        world.account(),
        world.marks(),
        world.model(),
        world.with(Cap.NONE).rulebook().penalty(),
        world.curves(),
        world.rulebook().targetPpm());
  }
}
