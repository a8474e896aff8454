package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.plan.SingleLegDecision.Verdict;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

/// The decision on plain numbers against its twins: the search in wide integers, and the planner.
class SingleLegDecisionTest {
  private static final int SEEDS = 2_000;

  static List<LongFunction<World>> families() {
    return List.of(
        World::onePosition,
        World::mixed,
        seed -> ChoiceWorld.positions(seed, 1, 300),
        seed -> ChoiceWorld.positions(seed, 1, 20_000),
        // Products and quotients beyond 64 bits.
        seed -> ChoiceWorld.positions(seed, 1, 1_000_000_000),
        SingleLegDecisionTest::inSingleUnits,
        seed -> ChoiceWorld.positions(seed, 2, 5_000),
        seed -> ChoiceWorld.mixed(seed, 1, 2, 1, 2_000));
  }

  /// With lots of one unit, so that the least quantity is often the very one at which a stepped
  /// tier ends.
  private static World inSingleUnits(long seed) {
    World world = ChoiceWorld.positions(seed, 1, 300);
    Listing old = world.listing();
    List<Contract> contracts =
        old.contracts().stream()
            .map(contract ->
                new Contract(
                    contract.symbol(),
                    contract.feed(),
                    contract.quantityDecimals(),
                    1,
                    contract.minimumOrderValue(),
                    contract.dustValue(),
                    contract.initial(),
                    contract.maintenance(),
                    contract.takerFeePpm()))
            .toList();
    return world.with(new Listing(old.valueDecimals(), old.feeds(), old.assets(), contracts));
  }

  private static List<PositionLine> lines(World world) {
    Standing standing =
        new Standing(
            world.account(),
            world.marks(),
            world.model(),
            world.rulebook().penalty(),
            world.curves(),
            world.rulebook().targetPpm());
    return LegSequence.lines(standing).stream()
        .filter(PositionLine.class::isInstance)
        .map(PositionLine.class::cast)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("families")
  void numbersAreThoseOfWideIntegers(LongFunction<World> family) {
    int compared = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Seeded seeded = new Seeded(seed);
      for (PositionLine line : lines(family.apply(seed))) {
        assertThat(line.decision()).isPresent();
        long reach = Math.min(line.size(), line.curve().capacity());
        for (long closed : new long[] {0, 1, reach, seeded.between(0, reach)}) {
          long paid = line.terms().cost(closed) + seeded.between(0, 1L << 40);
          assertThat(line.excessAtCost(closed, paid))
              .isEqualTo(line.wideExcessAtCost(closed, paid));
          assertThat(line.upperBound(closed, true)).isEqualTo(line.wideUpperBound(closed, true));
          assertThat(line.upperBound(closed, false)).isEqualTo(line.wideUpperBound(closed, false));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @MethodSource("families")
  void quantitiesAreThoseOfTheSearch(LongFunction<World> family) {
    int parts = 0;
    int none = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      for (PositionLine line : lines(family.apply(seed))) {
        for (long cap : new long[] {line.size(), line.size() / 3}) {
          LegSearch twin = LegSearch.withoutDecision(line, cap);
          long decided = line.decision().orElseThrow().least(cap, line.terms());
          assertThat(decided)
              .as("seed %d", seed)
              .isEqualTo(twin.quantity().orElse(SingleLegDecision.NONE));
          LegSearch used = LegSearch.least(line, cap);
          assertThat(used.quantity()).isEqualTo(twin.quantity());
          parts += decided > 0 && decided < line.size() ? 1 : 0;
          none += decided == SingleLegDecision.NONE ? 1 : 0;
        }
      }
    }
    assertThat(parts).isGreaterThan(SEEDS / 10);
    assertThat(none).isGreaterThan(SEEDS / 10);
  }

  static List<LongFunction<World>> accounts() {
    return List.of(
        World::onePosition,
        SingleLegDecisionTest::besideCoins,
        seed -> ChoiceWorld.positions(seed, 1, 20_000),
        seed -> ChoiceWorld.positions(seed, 1, 1_000_000_000));
  }

  /// A position beside a coin, as far as no debt can be repaid from it.
  private static World besideCoins(long seed) {
    World world = World.onePosition(seed);
    Seeded seeded = new Seeded(seed);
    Asset ether = world.listing().assets().get(1);
    Balance cash = world.account().balances().getFirst();
    long value = (long) (Math.abs((double) cash.amount()) * seeded.uniform(0, 2));
    Balance coin = new Balance(1, value / world.marks().unitValue(world.listing(), ether), 0);
    Position old = world.account().positions().getFirst();
    Position position = new Position(old.market(), old.quantity(), old.cost());
    return world.with(new Account("beside", List.of(cash, coin), List.of(position)));
  }

  /// Fills a decision from an account of one position.
  static Verdict decide(SingleLegDecision decision, World world, long penaltyPpm) {
    Account account = world.account();
    Position position = account.positions().getFirst();
    Contract contract = world.listing().contracts().get(position.market());
    Side side = Side.closing(position.quantity());
    CostCurve curve = world.curves().contract(position.market(), side);
    decision.market(contract, world.marks().unitValue(world.listing(), contract), curve);
    decision.rule(
        world.rulebook().base(),
        world.rulebook().thresholdPpm(),
        world.rulebook().targetPpm(),
        penaltyPpm,
        world.listing().settlement().debtWeightPpm());
    Wide backing = Wide.ZERO;
    for (int asset : world.model().assets(account)) {
      if (asset != 0) {
        Asset terms = world.listing().assets().get(asset);
        Wide held = world.model().net(account, world.marks(), asset);
        backing = backing.plus(held.times(terms.assetWeightPpm()));
      }
    }
    return decision.decide(
        Math.abs(position.quantity()),
        world.model().cash(account, world.marks(), 0).toLongExact(),
        backing.middle(),
        backing.low(),
        world.health().equity());
  }

  private static Verdict planned(World world) {
    return switch (PlannerTest.plan(world)) {
      case Plan.Nothing nothing -> {
        assertThat(
                nothing.before().isAtLeast(world.rulebook().thresholdPpm())
                    || nothing.reason().startsWith("the depth is smaller"))
            .isTrue();
        yield nothing.before().isAtLeast(world.rulebook().thresholdPpm())
            ? Verdict.HEALTHY
            : Verdict.ESCALATE;
      }
      case Plan.Close close -> {
        if (close.closings().size() > 1 || close.before().isBankrupt()) {
          // A loss beyond the cash leaves a debt, for which coins are sold, too.
          yield Verdict.ESCALATE;
        }
        PlannedClosing closed = close.closings().getFirst();
        boolean restored = close.after().isAtLeast(world.rulebook().targetPpm());
        boolean whole = closed.closing().quantity() == closed.terms().size();
        assertThat(close.claim() instanceof Claim.RestoresMinimal || whole || !restored).isTrue();
        yield !restored ? Verdict.ESCALATE : whole ? Verdict.WHOLE : Verdict.PART;
      }
    };
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void verdictsAreThoseOfThePlanner(LongFunction<World> family) {
    SingleLegDecision decision = new SingleLegDecision();
    Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      World world =
          family
              .apply(seed)
              .with(new CloseRule.TargetHealth(Ppm.ONE), OnHarmfulClose.ESCALATE)
              .with(Cap.NONE);
      if (LegSequence.lines(standing(world)).size() != 1) {
        continue;
      }
      Verdict verdict = decide(decision, world, world.rulebook().penalty().positionPpm());
      assertThat(verdict).as("seed %d", seed).isEqualTo(planned(world));
      if (verdict == Verdict.PART) {
        Plan.Close close = (Plan.Close) PlannerTest.plan(world);
        assertThat(decision.quantity()).isEqualTo(close.closings().getFirst().closing().quantity());
      }
      seen.merge(verdict, 1, Integer::sum);
    }
    assertThat(seen)
        .containsKeys(Verdict.PART, Verdict.ESCALATE)
        .doesNotContainKey(Verdict.BEYOND_BUDGET);
    assertThat(seen.get(Verdict.PART)).isGreaterThan(100);
  }

  private static Standing standing(World world) {
    return new Standing(
        world.account(),
        world.marks(),
        world.model(),
        world.rulebook().penalty(),
        world.curves(),
        world.rulebook().targetPpm());
  }

  @Test
  void nothingIsAllocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Verdict[] verdicts = new Verdict[SEEDS];
    List<Filled> accounts =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> Filled.of(ChoiceWorld.positions(seed, 1, 1_000_000_000)))
            .toList();
    SingleLegDecision decision = new SingleLegDecision();
    long allocated = Long.MAX_VALUE;
    // The first rounds load classes and size the arrays of the tiers.
    for (int round = 0; round < 3; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < SEEDS; i++) {
        verdicts[i] = accounts.get(i).decide(decision);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).isZero();
    assertThat(verdicts).contains(Verdict.PART, Verdict.ESCALATE);
  }

  /// An account as it comes to the decision.
  private record Filled(
      World world, Contract contract, long unitValue, CostCurve curve, long cash) {
    static Filled of(World world) {
      Position position = world.account().positions().getFirst();
      Contract contract = world.listing().contracts().get(position.market());
      return new Filled(
          world,
          contract,
          world.marks().unitValue(world.listing(), contract),
          world.curves().contract(position.market(), Side.closing(position.quantity())),
          world.model().cash(world.account(), world.marks(), 0).toLongExact());
    }

    Verdict decide(SingleLegDecision decision) {
      decision.market(contract, unitValue, curve);
      decision.rule(
          world.rulebook().base(),
          world.rulebook().thresholdPpm(),
          world.rulebook().targetPpm(),
          world.rulebook().penalty().positionPpm(),
          world.listing().settlement().debtWeightPpm());
      return decision.decide(Math.abs(world.account().quantity(0)), cash, 0, 0, cash);
    }
  }

  /// The comparison sees a rate that is off by 1 / 100,000.
  @Test
  void aPenaltyThatIsSlightlyOffIsSeen() {
    SingleLegDecision right = new SingleLegDecision();
    SingleLegDecision wrong = new SingleLegDecision();
    int different = 0;
    int parts = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = ChoiceWorld.positions(seed, 1, 1_000_000_000);
      long ppm = world.rulebook().penalty().positionPpm();
      if (decide(right, world, ppm) == Verdict.PART) {
        parts++;
        Verdict other = decide(wrong, world, ppm + 10);
        different += other != Verdict.PART || wrong.quantity() != right.quantity() ? 1 : 0;
      }
    }
    assertThat(different).isGreaterThan(parts * 9 / 10);
  }

  @Test
  void numbersBeyondTheBudgetAreRefused() {
    World world = World.breached(1, World::onePosition);
    SingleLegDecision decision = new SingleLegDecision();
    decide(decision, world, 0);
    long most = PlainLeg.VALUE_MAX;
    assertThat(decision.decide(1, most + 1, 0, 0, 1)).isEqualTo(Verdict.BEYOND_BUDGET);
    assertThat(decision.decide(1, -most - 1, 0, 0, 1)).isEqualTo(Verdict.BEYOND_BUDGET);
    assertThat(decision.decide(most, 0, 0, 0, 1)).isEqualTo(Verdict.BEYOND_BUDGET);
    assertThat(decision.decide(Long.MAX_VALUE, 0, 0, 0, 1)).isEqualTo(Verdict.BEYOND_BUDGET);
    assertThat(decision.decide(1, 0, 1L << 40, 0, 1)).isEqualTo(Verdict.BEYOND_BUDGET);
    assertThat(decision.decide(1, most, 0, 0, 1)).isEqualTo(Verdict.HEALTHY);
  }
}
