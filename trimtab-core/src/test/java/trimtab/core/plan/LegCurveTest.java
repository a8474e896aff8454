package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Account;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.certificate.Claim;
import trimtab.core.health.LegSum;
import trimtab.core.money.Rounding;
import trimtab.core.plan.LegCurve.Piece;
import trimtab.core.plan.LegCurve.Point;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

/// The picture is that of the plan: its points are what settling gives, its pieces are straight,
/// and together they cover the leg.
class LegCurveTest {
  private static final double VALUE_UNIT = 1e12;

  static Stream<Arguments> worlds() {
    List<LongFunction<World>> families =
        List.of(World::onePosition, World::onePair, World::twoPairs, World::mixed);
    return LongStream.range(0, 240)
        .mapToObj(seed -> Arguments.of(seed, families.get((int) (seed % 4))));
  }

  private record Drawn(World world, Plan.Close plan, int index, LegCurve curve) {
    Account before() {
      return index == 0 ? world.account() : plan.closings().get(index - 1).closing().account();
    }
  }

  private static Stream<Drawn> drawn(World world) {
    Plan plan =
        new Planner(world.listing(), new LegSum(world.listing()))
            .plan(
                world.account(),
                world.marks(),
                world.rulebook(),
                world.curves(),
                EpisodeState.opened(0),
                MarketState.fresh(0));
    return plan instanceof Plan.Close close
        ? LongStream.range(0, close.closings().size())
            .mapToObj(
                index -> new Drawn(world, close, (int) index, curve(world, close, (int) index)))
        : Stream.empty();
  }

  private static LegCurve curve(World world, Plan.Close plan, int index) {
    return LegCurve.of(
        world.model(),
        world.account(),
        world.marks(),
        world.rulebook().targetPpm(),
        world.rulebook().penalty(),
        world.curves(),
        plan.closings(),
        index);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void itsChosenSizeIsThatOfThePlan(long seed, LongFunction<World> family) {
    drawn(World.breached(seed, family))
        .forEach(drawn -> {
          PlannedClosing planned = drawn.plan.closings().get(drawn.index);
          assertThat(drawn.curve.leg()).isEqualTo(planned.closing().leg());
          assertThat(drawn.curve.chosen().quantity()).isEqualTo(planned.closing().quantity());
          assertThat(drawn.curve.terms()).isEqualTo(planned.terms());
          if (drawn.index + 1 == drawn.plan.closings().size()) {
            assertThat(drawn.curve.chosen().health()).isEqualTo(drawn.plan.after());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void ofALeastSizeTheNextSmallerOneFails(long seed, LongFunction<World> family) {
    drawn(World.breached(seed, family))
        .filter(drawn -> drawn.plan.claim() instanceof Claim.RestoresMinimal)
        // A choice among legs is irreducible with all penalties at their full rate.
        .filter(drawn -> drawn.plan.choice().isEmpty())
        .filter(drawn -> drawn.index + 1 == drawn.plan.closings().size())
        .forEach(drawn -> {
          assertThat(drawn.curve.chosen().excess().isNegative()).isFalse();
          assertThat(drawn.curve.smaller().stream().map(Point::excess))
              .allMatch(excess -> excess.isNegative());
        });
  }

  /// Settled with the penalty uncapped, any size comes to what the curve says of it; where the base
  /// of the target does not change, its excess is that of the account afterwards.
  @ParameterizedTest
  @MethodSource("worlds")
  void itsPiecesCoverTheLegAndAreStraight(long seed, LongFunction<World> family) {
    World world = World.breached(seed, family).with(Cap.NONE);
    Seeded seeded = new Seeded(seed);
    drawn(world)
        .forEach(drawn -> {
          long next = 1;
          long last =
              Math.min(
                  Rounding.floorToStep(drawn.curve.terms().size() - 1, drawn.curve.terms().lot()),
                  drawn.curve.terms().curve().capacity());
          for (Piece piece : drawn.curve.pieces()) {
            assertThat(piece.from()).isEqualTo(next);
            next = piece.to() + 1;
            for (int i = 0; i < 4; i++) {
              long quantity = seeded.between(piece.from(), piece.to());
              double exact = settledExcess(drawn, quantity) / VALUE_UNIT;
              double straight = straight(piece, quantity) / VALUE_UNIT;
              assertThat(exact).isCloseTo(straight, offset(tolerance(drawn)));
            }
          }
          assertThat(next).isEqualTo(last + 1);
        });
  }

  /// Rounding: a few value units, and of a pair one unit of the debt.
  private static double tolerance(Drawn drawn) {
    return drawn.curve.leg() instanceof PairLeg pair
        ? 8
            + drawn
                .world
                .marks()
                .unitValue(
                    drawn.world.listing(), drawn.world.listing().assets().get(pair.debtAsset()))
        : 8;
  }

  private static double straight(Piece piece, long quantity) {
    double from = piece.excessFrom().toDouble();
    double to = piece.excessTo().toDouble();
    return piece.to() == piece.from()
        ? from
        : from + (to - from) * ((double) (quantity - piece.from()) / (piece.to() - piece.from()));
  }

  private static double settledExcess(Drawn drawn, long quantity) {
    World world = drawn.world;
    Closing closing =
        new LegSettlement(world.model(), world.rulebook().penalty())
            .close(
                drawn.before(),
                world.marks(),
                drawn.curve.leg(),
                quantity,
                drawn.curve.terms().cost(quantity));
    return world
        .model()
        .assess(closing.account(), world.marks())
        .excess(world.rulebook().targetPpm())
        .toDouble();
  }

  @Test
  void aLegThatTheAccountHasNotIsRefused() {
    Drawn drawn =
        LongStream.range(0, 50)
            .mapToObj(seed -> World.breached(seed, World::onePosition))
            .flatMap(LegCurveTest::drawn)
            .findFirst()
            .orElseThrow();
    World emptied = drawn.world.with(new Account("none", List.of(), List.of()));
    assertThatThrownBy(() -> curve(emptied, drawn.plan, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no leg");
  }

  @Test
  void theLeastAdmissibleSizeHasNoSmallerOne() {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "100", "0.1")
            .minimumOrder("500")
            .position("ETHUSDT", "10", "100")
            .holds("USD", "99")
            .world();
    LegCurve curve = drawn(world).findFirst().orElseThrow().curve;
    assertThat(curve.chosen().quantity()).isEqualTo(curve.terms().minimum()).isEqualTo(50_000);
    assertThat(curve.smaller()).isEmpty();
    assertThat(curve.now().excess().toDouble()).isEqualTo(-1e20);
    assertThat(curve.chosen().excess().toDouble()).isEqualTo(49e20);
  }
}
