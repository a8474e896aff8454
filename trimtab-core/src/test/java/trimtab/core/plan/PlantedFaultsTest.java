package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import trimtab.core.certificate.Claim;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.testkit.LeastRestoring;
import trimtab.core.testkit.LeastRestoring.Size;
import trimtab.core.testkit.LeastRestoring.Violation;
import trimtab.core.testkit.World;

/// Tests of the test: the property that holds for every plan ([LeastRestoring]) must reject plans
/// with a fault. Faults are planted without touching the planner: it is shown a world that is wrong
/// in one thing, and what it plans there is judged in the true one.
class PlantedFaultsTest {
  private static final int SEEDS = 400;
  private static final long FEE_PPM = 5_000;

  /// What the property said about many plans, as shares of them.
  private record Verdicts(int plans, List<Violation> violations) {
    /// @param shown what the planner sees of a true world
    /// @param closed what becomes of its plan
    static Verdicts of(
        LongFunction<World> family,
        UnaryOperator<World> shown,
        Function<Plan.Close, List<Size>> closed) {
      int plans = 0;
      List<Violation> violations = new ArrayList<>();
      for (long seed = 0; seed < SEEDS; seed++) {
        World truth = World.breached(seed, family);
        Optional<Plan.Close> plan = restoring(shown.apply(truth));
        if (plan.isPresent()) {
          plans++;
          new LeastRestoring(truth).violation(closed.apply(plan.get())).ifPresent(violations::add);
        }
      }
      assertThat(plans).isGreaterThan(SEEDS / 4);
      return new Verdicts(plans, violations);
    }

    static Verdicts of(LongFunction<World> family, UnaryOperator<World> shown) {
      return of(family, shown, PlantedFaultsTest::sizes);
    }

    double rejected() {
      return (double) violations.size() / plans;
    }

    double rejected(Violation violation) {
      return (double) violations.stream().filter(v -> v == violation).count() / plans;
    }
  }

  private static Optional<Plan.Close> restoring(World world) {
    return PlannerTest.plan(world) instanceof Plan.Close close
            && close.claim() instanceof Claim.RestoresMinimal
        ? Optional.of(close)
        : Optional.empty();
  }

  private static List<Size> sizes(Plan.Close plan) {
    return plan.closings().stream().map(planned -> Size.of(planned.closing())).toList();
  }

  @Test
  void nothingIsRejectedWithoutAFault() {
    assertThat(Verdicts.of(World::onePosition, world -> world).violations()).isEmpty();
    assertThat(Verdicts.of(World::onePair, world -> world).violations()).isEmpty();
    assertThat(Verdicts.of(World::twoPairs, world -> world).violations()).isEmpty();
  }

  @Test
  void thePenaltyLeftOutOfTheSizingIsRejected() {
    UnaryOperator<World> fault =
        world -> world.with(new PenaltyTerms(0, 0, world.rulebook().penalty().cap(), 0));
    Violation expected = Violation.DOES_NOT_RESTORE;
    assertThat(Verdicts.of(World::onePosition, fault).rejected(expected)).isGreaterThan(0.9);
    assertThat(Verdicts.of(World::onePair, fault).rejected(expected)).isGreaterThan(0.9);
  }

  @Test
  void theFeeLeftOutOfTheSizingIsRejected() {
    LongFunction<World> contract = seed -> withFees(World.onePosition(seed), FEE_PPM);
    LongFunction<World> pair = seed -> withFees(World.onePair(seed), FEE_PPM);
    UnaryOperator<World> fault = world -> withFees(world, 0);
    Violation expected = Violation.DOES_NOT_RESTORE;
    assertThat(Verdicts.of(contract, fault).rejected(expected)).isGreaterThan(0.9);
    assertThat(Verdicts.of(pair, fault).rejected(expected)).isGreaterThan(0.5);
  }

  @Test
  void lotsRoundedDownAreRejected() {
    List<LongFunction<World>> families =
        List.of(World::onePosition, World::onePair, World::twoPairs);
    for (LongFunction<World> family : families) {
      Verdicts verdicts =
          Verdicts.of(family, world -> world, PlantedFaultsTest::sizesWithOneLotLess);
      assertThat(verdicts.rejected()).isEqualTo(1);
      // Each by its fault: too small to restore, or too small an order.
      assertThat(verdicts.rejected(Violation.A_SMALLER_SIZE_RESTORES)).isZero();
      assertThat(verdicts.rejected(Violation.DOES_NOT_RESTORE)).isGreaterThan(0.94);
    }
  }

  private static List<Size> sizesWithOneLotLess(Plan.Close plan) {
    List<Size> sizes = new ArrayList<>(sizes(plan));
    Size last = sizes.removeLast();
    sizes.add(new Size(last.leg(), last.quantity() - plan.closings().getLast().terms().lot()));
    return sizes;
  }

  @Test
  void theWeightOfAnotherAssetIsRejected() {
    UnaryOperator<World> fault =
        world -> {
          List<Asset> assets = world.listing().assets();
          return weighted(world, assets.get(2).assetWeightPpm(), assets.get(1).assetWeightPpm());
        };
    assertThat(Verdicts.of(World::onePair, fault).rejected()).isGreaterThan(0.85);
    assertThat(Verdicts.of(World::twoPairs, fault).rejected()).isGreaterThan(0.85);
  }

  @Test
  void theAverageWeightOfTheAccountIsRejected() {
    Verdicts verdicts = Verdicts.of(World::twoPairs, PlantedFaultsTest::averaged);
    assertThat(verdicts.rejected(Violation.DOES_NOT_RESTORE)).isGreaterThan(0.3);
    assertThat(verdicts.rejected(Violation.A_SMALLER_SIZE_RESTORES)).isGreaterThan(0.3);
  }

  /// Both collaterals at their average by value: the account's health is right, only the sizing of
  /// each of them is wrong.
  private static World averaged(World world) {
    List<Asset> assets = world.listing().assets();
    double ether = world.model().net(world.account(), world.marks(), 1).toDouble();
    double bitcoin = world.model().net(world.account(), world.marks(), 2).toDouble();
    double backing =
        ether * assets.get(1).assetWeightPpm() + bitcoin * assets.get(2).assetWeightPpm();
    long average = (long) (backing / (ether + bitcoin));
    return weighted(world, average, average);
  }

  private static World weighted(World world, long etherPpm, long bitcoinPpm) {
    List<Asset> old = world.listing().assets();
    List<Asset> assets =
        List.of(
            old.get(0),
            changed(old.get(1), etherPpm, old.get(1).takerFeePpm()),
            changed(old.get(2), bitcoinPpm, old.get(2).takerFeePpm()));
    return with(world, assets, world.listing().contracts());
  }

  private static World withFees(World world, long feePpm) {
    Listing old = world.listing();
    return with(
        world,
        old.assets().stream().map(a -> changed(a, a.assetWeightPpm(), feePpm)).toList(),
        old.contracts().stream().map(p -> changed(p, feePpm)).toList());
  }

  private static World with(World world, List<Asset> assets, List<Contract> contracts) {
    Listing old = world.listing();
    return world.with(new Listing(old.valueDecimals(), old.feeds(), assets, contracts));
  }

  private static Contract changed(Contract old, long takerFeePpm) {
    return new Contract(
        old.symbol(),
        old.feed(),
        old.quantityDecimals(),
        old.lot(),
        old.minimumOrderValue(),
        old.dustValue(),
        old.initial(),
        old.maintenance(),
        takerFeePpm);
  }

  private static Asset changed(Asset old, long assetWeightPpm, long takerFeePpm) {
    return new Asset(
        old.symbol(),
        old.feed(),
        old.decimals(),
        assetWeightPpm,
        old.debtWeightPpm(),
        old.lot(),
        old.minimumOrderValue(),
        old.dustValue(),
        takerFeePpm);
  }
}
