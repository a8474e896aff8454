package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Leg;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.core.testkit.CoarseWorld;
import trimtab.core.testkit.LeastRestoring;
import trimtab.core.testkit.World;

class PlannerTest {
  /// A drawn world and what was planned for it so far: the tests share both.
  record Drawn(World world, Map<OwnRulebook, Plan> plans) {
    Plan plan(World changed) {
      return plans.computeIfAbsent(changed.rulebook(), ignored -> PlannerTest.plan(changed));
    }
  }

  private static final List<Drawn> DRAWN =
      LongStream.range(0, 350)
          .boxed()
          .flatMap(seed ->
              Stream.of(
                  World.breached(seed, World::onePosition),
                  World.breached(seed, World::onePair),
                  World.breached(seed, World::mixed),
                  World.breached(seed, World::twoDebts),
                  World.breached(seed, CoarseWorld::contract),
                  World.breached(seed, CoarseWorld::pair)))
          .map(world -> new Drawn(world, new HashMap<>()))
          .toList();

  static List<Drawn> worlds() {
    return DRAWN;
  }

  static Plan plan(World world) {
    return new Planner(world.listing(), new LegSum(world.listing()))
        .plan(
            world.account(),
            world.marks(),
            world.rulebook(),
            world.curves(),
            EpisodeState.opened(0),
            MarketState.fresh(0));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("worlds")
  void amountsAreConservedToTheUnit(Drawn drawn) {
    for (World each : rules(drawn.world())) {
      if (drawn.plan(each) instanceof Plan.Close close) {
        long paid =
            close.closings().stream()
                .mapToLong(c -> c.closing().cost() + c.closing().penalty())
                .sum();
        assertThat(close.after().equity()).isEqualTo(close.before().equity() - paid);
        assertThat(close.closings())
            .allSatisfy(c -> {
              assertThat(c.closing().quantity()).isBetween(1L, c.terms().size());
              assertThat(c.closing().penalty()).isNotNegative();
            });
      }
    }
  }

  private static List<World> rules(World world) {
    return List.of(
        world,
        world.with(new CloseRule.Full(), OnHarmfulClose.ESCALATE),
        world.with(new CloseRule.FixedFraction(500_000), OnHarmfulClose.ESCALATE),
        world.with(new CloseRule.FixedFraction(300_000), OnHarmfulClose.PROCEED),
        world.with(new CloseRule.TargetHealth(400_000), OnHarmfulClose.REFUSE));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("worlds")
  void targetHealthRestoresOrSaysThatNoPartialCloseDoes(Drawn drawn) {
    World world = drawn.world();
    if (!(drawn.plan(world) instanceof Plan.Close close)) {
      assertThat(new LeastRestoring(world).anythingIsAdmissible()).isFalse();
      return;
    }
    switch (close.claim()) {
      case Claim.RestoresMinimal ignored -> {
        assertThat(close.after().isAtLeast(world.rulebook().targetPpm())).isTrue();
        assertThat(close.leastNotional()).isEqualTo(OptionalLong.of(close.notional()));
        // Sizes are judged at the full rate; where one leg alone restores, it is what is taken.
        boolean capped = close.closings().stream().anyMatch(leg -> capBinds(world, leg));
        assertThat(capped && close.closings().size() == 1).isFalse();
        if (!capped) {
          assertThat(new LeastRestoring(world).violation(close)).isEmpty();
        }
      }
      case Claim.Escalated ignored -> {
        assertThat(close.leastNotional()).isEmpty();
        // The toxic zone is judged at the uncapped rate.
        LeastRestoring uncapped = new LeastRestoring(world.with(Cap.NONE));
        assertThat(close.before().isBankrupt() || !uncapped.partOfOneLegRestores()).isTrue();
      }
      case Claim.Capped(String by) -> assertThat(by).isEqualTo(Claim.Capped.DEPTH);
      case Claim.Relieves ignored -> {
        assertThat(close.after().compareRatio(close.before())).isPositive();
        assertThat(new LeastRestoring(world.with(Cap.NONE)).partOfOneLegRestores()).isFalse();
      }
      case Claim.RestoresShare ignored -> throw new AssertionError(close);
      case Claim.RulePrescribed ignored -> throw new AssertionError(close);
      case Claim.VenuePrescribed ignored -> throw new AssertionError(close);
      case Claim.ClosesAll ignored -> throw new AssertionError(close);
    }
  }

  /// Whether less than the full rate is taken. Sizes are judged at the full rate, so this must not
  /// happen to a size that restores.
  private static boolean capBinds(World world, PlannedClosing last) {
    PenaltyTerms terms = world.rulebook().penalty();
    Closing closing = last.closing();
    boolean pair = closing.leg() instanceof Leg.PairLeg;
    long rate = pair ? terms.pairPpm() : terms.positionPpm();
    long taken = pair ? closing.repaid() : closing.notional();
    return closing.penalty() < Rounding.mulDivFloor(taken, rate, Ppm.ONE);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("worlds")
  void aPartialCloseThatProceedsOnlyWhereItHelpsRaisesHealth(Drawn drawn) {
    World fixed = drawn.world().with(new CloseRule.FixedFraction(500_000), OnHarmfulClose.ESCALATE);
    if (drawn.plan(fixed) instanceof Plan.Close close
        && close.claim() instanceof Claim.RulePrescribed) {
      assertThat(close.after().compareRatio(close.before())).isPositive();
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("worlds")
  void noFillAtTheLimitLowersEquityOverRequirement(Drawn drawn) {
    World world = drawn.world().with(Cap.IMPROVEMENT);
    if (!(drawn.plan(world) instanceof Plan.Close close)
        || close.closings().getFirst().limitPrice().isEmpty()) {
      return;
    }
    PlannedClosing first = close.closings().getFirst();
    Health after = judged(world, closedAt(world, first, first.limitPrice().getAsLong()));
    // E' R >= E R': E / R has not fallen.
    assertThat(
            Wide.compareProducts(
                equity(after),
                world.health().requirement(),
                equity(world.health()),
                after.requirement()))
        .isNotNegative();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("worlds")
  void aFillAtTheRestoringPriceRestoresAndATickBeyondDoesNot(Drawn drawn) {
    World world = drawn.world();
    World uncapped = world.with(Cap.NONE);
    if (!(drawn.plan(uncapped) instanceof Plan.Close close) || close.closings().size() > 1) {
      return;
    }
    PlannedClosing only = close.closings().getFirst();
    if (only.restoringPrice().isPresent()) {
      long price = only.restoringPrice().getAsLong();
      long beyond = price + only.side().sign() * tick(world, only);
      long target = world.rulebook().targetPpm();
      assertThat(judged(uncapped, closedAt(uncapped, only, price)).isAtLeast(target)).isTrue();
      assertThat(judged(uncapped, closedAt(uncapped, only, beyond)).isAtLeast(target)).isFalse();
    }
  }

  private static Health judged(World world, Closing closing) {
    return world.model().assess(closing.account(), world.marks());
  }

  /// What the first leg of a plan moves when all of it is filled at a price.
  private static Closing closedAt(World world, PlannedClosing planned, long price) {
    LegTerms terms = planned.terms();
    long mark = world.marks().price(feed(world, planned));
    long distance =
        planned.side().sign()
            * (price - mark)
            * (terms.unitValue().numerator().toLongExact() / mark);
    long quantity = planned.closing().quantity();
    long cost = Math.multiplyExact(distance, quantity) + terms.fee(quantity);
    return new LegSettlement(world.model(), world.rulebook().penalty())
        .close(world.account(), world.marks(), planned.closing().leg(), quantity, cost);
  }

  private static long tick(World world, PlannedClosing planned) {
    return world.listing().feeds().get(feed(world, planned)).tick();
  }

  private static int feed(World world, PlannedClosing planned) {
    int market = ((Leg.PositionLeg) planned.closing().leg()).market();
    return world.listing().contracts().get(market).feed();
  }

  private static Wide equity(Health health) {
    return health.backing().minus(health.obligation()).plus(health.requirement());
  }

  /// Found by a soak of the engine: money in hundred-millionths repays a coin in whole units, so
  /// most lots repay nothing, and the search went through thousands of them.
  @Test
  void aLotFinerThanAUnitOfTheDebtIsCoarsened() {
    Asset money = new Asset("USD", Asset.SETTLEMENT, 8, 1_000_000, 1_000_000, 1, 0, 0, 0);
    Asset coin = new Asset("BTC", 0, 4, 800_000, 1_100_000, 1, 0, 0, 0);
    Listing listing =
        new Listing(8, List.of(new Feed("BTCUSDT", 2, 1)), List.of(money, coin), List.of());
    Account account =
        new Account(
            "fine",
            List.of(new Balance(0, 1_000_000_000_000L, 0), new Balance(1, 0, 901)),
            List.of());
    OwnRulebook rule = World.breached(1, World::onePair).rulebook();
    World world = new World(listing, Marks.of(0, 10_501_915), account, rule, CostCurves.FREE);
    assertThat(world.health().isAtLeast(rule.thresholdPpm())).isFalse();
    Plan.Close close = (Plan.Close) plan(world);
    assertThat(close.closings().getFirst().terms().lot())
        .isEqualTo(world.marks().unitValue(listing, coin));
    assertThat(close.closings().getFirst().closing().repaid()).isPositive();
  }

  @Test
  void singleLegAgreesWithTheClosedForm() {
    for (long seed = 0; seed < 300; seed++) {
      World world = World.breached(seed, World::onePosition);
      boolean simple =
          world.listing().contracts().getFirst().maintenance().tiers().size() == 1
              && world.curves().equals(CostCurves.FREE);
      if (simple
          && plan(world) instanceof Plan.Close close
          && close.claim() instanceof Claim.RestoresMinimal) {
        PlannedClosing only = close.closings().getFirst();
        double exact = closedForm(world);
        double lots = only.closing().quantity() - exact;
        long least = only.terms().minimum();
        assertThat(lots < only.terms().lot() + 1 || only.closing().quantity() == least).isTrue();
        assertThat(lots).isGreaterThan(-1);
      }
    }
  }

  /// The closed form `q* = -g(0) / (P (target x m - f - s))` with base requirement.
  private static double closedForm(World world) {
    var contract = world.listing().contracts().getFirst();
    double unit = world.marks().unitValue(world.listing(), contract);
    double target = world.rulebook().targetPpm() / 1e6;
    double margin = contract.maintenance().tiers().getFirst().ratePpm() / 1e6;
    double rate = world.rulebook().penalty().positionPpm() / 1e6 + contract.takerFeePpm() / 1e6;
    Health health = world.health();
    double requirement = health.requirement().toDouble() / 1e6;
    double base =
        world.rulebook().base() == Base.OBLIGATION
            ? health.obligation().toDouble() / 1e6
            : requirement;
    double distance =
        (health.backing().toDouble() - health.obligation().toDouble()) / 1e6 - (target - 1) * base;
    return -distance / (unit * (target * margin - rate));
  }
}
