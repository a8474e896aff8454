package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.World;

/// What must not change a choice among legs, or change it in a known way.
class ChoiceSymmetryTest {
  private static final int SEEDS = 300;

  private static World drawn(long seed) {
    return World.breached(seed, each -> ChoiceWorld.positions(each, 3, 40))
        .with(Cap.NONE)
        .with(new CloseRule.TargetHealth(Ppm.ONE), OnHarmfulClose.ESCALATE);
  }

  private static Optional<Choice> exhausted(World world) {
    return PlannerTest.plan(world) instanceof Plan.Close close
        ? close.choice().filter(Choice::exhausted)
        : Optional.empty();
  }

  private static List<Long> quantities(World world) {
    return ((Plan.Close) PlannerTest.plan(world))
        .closings().stream().map(planned -> planned.closing().quantity()).toList();
  }

  /// Ten times as many value units in everything: the roundings are finer, the choice is the same.
  @Test
  void aFinerValueUnitChoosesTheSame() {
    int compared = 0;
    int same = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = drawn(seed);
      Optional<Choice> coarse = exhausted(world);
      Optional<Choice> fine = exhausted(tenfold(world));
      if (coarse.isPresent() && fine.isPresent()) {
        // Two roundings up per leg, and they may decide on a lot.
        long units = fine.get().value() - 10 * coarse.get().value();
        assertThat(units).as("seed %d", seed).isLessThanOrEqualTo(60);
        compared++;
        same += quantities(world).equals(quantities(tenfold(world))) ? 1 : 0;
      }
    }
    assertThat(compared).isGreaterThan(SEEDS / 4);
    assertThat(same).isGreaterThan(compared * 9 / 10);
  }

  private static World tenfold(World world) {
    Listing old = world.listing();
    Listing listing =
        new Listing(
            old.valueDecimals() + 1,
            old.feeds(),
            old.assets().stream().map(ChoiceSymmetryTest::tenfold).toList(),
            old.contracts().stream().map(c -> with(c, c.symbol(), 10)).toList());
    Account account =
        new Account(
            "tenfold",
            world.account().balances().stream()
                .map(b -> new Balance(b.asset(), 10 * b.amount(), 10 * b.debt()))
                .toList(),
            world.account().positions().stream()
                .map(p -> new Position(p.market(), p.quantity(), 10 * p.cost()))
                .toList());
    return new World(listing, world.marks(), account, world.rulebook(), times(world.curves(), 10));
  }

  private static Asset tenfold(Asset old) {
    return new Asset(
        old.symbol(),
        old.feed(),
        old.decimals() + 1,
        old.assetWeightPpm(),
        old.debtWeightPpm(),
        10 * old.lot(),
        10 * old.minimumOrderValue(),
        10 * old.dustValue(),
        old.takerFeePpm());
  }

  private static Contract with(Contract old, String symbol, long scale) {
    return new Contract(
        symbol,
        old.feed(),
        old.quantityDecimals(),
        old.lot(),
        scale * old.minimumOrderValue(),
        scale * old.dustValue(),
        times(old.initial(), scale),
        times(old.maintenance(), scale),
        old.takerFeePpm());
  }

  private static MarginTiers times(MarginTiers old, long scale) {
    return new MarginTiers(
        old.kind(),
        old.tiers().stream()
            .map(tier -> new Tier(scale * tier.fromValue(), tier.ratePpm()))
            .toList());
  }

  private static CostCurves times(CostCurves old, long scale) {
    return new CostCurves() {
      @Override
      public CostCurve contract(int market, Side side) {
        return times(old.contract(market, side), scale);
      }

      @Override
      public CostCurve asset(int asset, Side side) {
        return times(old.asset(asset, side), scale);
      }
    };
  }

  private static CostCurve times(CostCurve old, long scale) {
    int pieces = old.pieces();
    return CostCurve.of(
        LongStream.range(0, pieces).map(i -> old.knot((int) i)).toArray(),
        LongStream.range(0, pieces).map(i -> scale * old.start((int) i)).toArray(),
        LongStream.range(0, pieces).map(i -> scale * old.end((int) i)).toArray());
  }

  /// A position in one market, or two halves of it in two equal markets: with one margin rate and
  /// free trading, what was possible stays possible, and what becomes possible is less than a lot.
  @Test
  void splittingALegChangesLessThanALot() {
    int compared = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = simple(drawn(seed));
      if (world.health().isAtLeast(world.rulebook().thresholdPpm())) {
        continue;
      }
      Optional<Choice> whole = exhausted(world);
      Optional<Choice> split = exhausted(split(world));
      if (whole.isPresent() && split.isPresent()) {
        assertThat(split.get().value())
            .as("seed %d", seed)
            .isBetween(whole.get().lowerBound(), whole.get().value() + 2);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(SEEDS / 8);
  }

  /// One rate, no minimum, no dust, no cost but the penalty, sizes in an even number of lots.
  private static World simple(World world) {
    Listing old = world.listing();
    List<Contract> contracts =
        old.contracts().stream()
            .map(c ->
                new Contract(
                    c.symbol(),
                    c.feed(),
                    c.quantityDecimals(),
                    c.lot(),
                    0,
                    0,
                    MarginTiers.flat(c.maintenance().tiers().getFirst().ratePpm()),
                    MarginTiers.flat(c.maintenance().tiers().getFirst().ratePpm()),
                    c.takerFeePpm()))
            .toList();
    List<Position> positions =
        world.account().positions().stream()
            .map(p -> {
              long even = 2 * contracts.get(p.market()).lot();
              long size = Math.max(even, Math.abs(p.quantity()) / even * even);
              long quantity = Long.signum(p.quantity()) * size;
              long unit = world.marks().unitValue(old, contracts.get(p.market()));
              return new Position(p.market(), quantity, quantity * unit);
            })
            .toList();
    Account account = new Account("simple", world.account().balances(), positions);
    return new World(
        new Listing(old.valueDecimals(), old.feeds(), old.assets(), contracts),
        world.marks(),
        account,
        world.rulebook(),
        CostCurves.FREE);
  }

  private static World split(World world) {
    Listing old = world.listing();
    List<Contract> contracts = new ArrayList<>(old.contracts());
    contracts.add(with(contracts.getFirst(), "HALF", 1));
    List<Position> positions = new ArrayList<>(world.account().positions());
    Position first = positions.removeFirst();
    positions.addFirst(new Position(0, first.quantity() / 2, first.cost() / 2));
    positions.add(new Position(contracts.size() - 1, first.quantity() / 2, first.cost() / 2));
    return new World(
        new Listing(old.valueDecimals(), old.feeds(), old.assets(), contracts),
        world.marks(),
        new Account("split", world.account().balances(), positions),
        world.rulebook(),
        CostCurves.FREE);
  }
}
