package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CheckResult.Fails;
import trimtab.core.certificate.check.CheckResult.Holds;
import trimtab.core.certificate.check.ClosingLeg.Settled;
import trimtab.core.certificate.check.Mutations.Mutant;
import trimtab.core.health.LegSum;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.World;

/// Certificates of a choice among legs with one thing wrong.
class ChoiceTamperingTest {
  private static final int SEEDS = 60;

  static Optional<Certificate> chosen(World drawn, LegOrder order) {
    World world = drawn.with(Cap.NONE);
    world = world.with(world.rulebook().with(order, Objective.COST));
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
            && close.choice().filter(choice -> choice.order() == order).isPresent()
        ? Optional.of(
            Certificates.of(
                world.listing(), world.account(), world.marks(), world.rulebook(), close))
        : Optional.empty();
  }

  private static final Map<LegOrder, List<Certificate>> CHOSEN = new ConcurrentHashMap<>();

  /// What the planner writes for the seeded accounts in which it chooses by an order.
  static List<Certificate> chosen(LegOrder order) {
    return CHOSEN.computeIfAbsent(order, ChoiceTamperingTest::plan);
  }

  private static List<Certificate> plan(LegOrder order) {
    List<Certificate> certificates = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      chosen(World.breached(seed, each -> ChoiceWorld.positions(each, 3, 60)), order)
          .ifPresent(certificates::add);
      chosen(World.breached(seed, each -> ChoiceWorld.mixed(each, 1, 2, 1, 30)), order)
          .ifPresent(certificates::add);
      chosen(World.breached(seed, each -> ChoiceWorld.mixed(each, 0, 1, 2, 30)), order)
          .ifPresent(certificates::add);
    }
    assertThat(certificates).hasSizeGreaterThan(SEEDS / 4);
    return certificates;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotChangedHolds(LegOrder order) {
    for (Certificate good : chosen(order)) {
      assertThat(CertificateChecker.check(good)).isInstanceOf(Holds.class);
    }
  }

  private static ChoiceLine choice(Certificate certificate) {
    return ((Claim.RestoresMinimal) certificate.claim()).choice().orElseThrow();
  }

  private static Certificate with(Certificate old, List<Stage> stages, Claim claim) {
    return new Certificate(
        old.version(),
        old.account(),
        old.rulebook(),
        old.asOfNanos(),
        old.valueDecimals(),
        old.terms(),
        old.balances(),
        old.positions(),
        stages,
        claim);
  }

  private static Certificate with(Certificate old, ChoiceLine choice) {
    String excess = ((Claim.RestoresMinimal) old.claim()).excess();
    return with(old, old.stages(), new Claim.RestoresMinimal(excess, Optional.of(choice)));
  }

  private static ChoiceLine with(ChoiceLine old, long value, long lowerBound, List<LegLine> legs) {
    return new ChoiceLine(
        old.order(),
        old.objective(),
        value,
        lowerBound,
        old.multiplier(),
        old.settlementPositive(),
        old.capSharePpm(),
        old.share(),
        legs,
        old.exposures());
  }

  /// What may change: the last unit of the bound (it is stated with room for rounding, which
  /// another test holds), the numbers of legs that are left (they are given, and the bound may hold
  /// with others), an account's exposures where no order reads them, the share where it is not of
  /// an order, and orders that say less.
  private static final String STILL_TRUE =
      "claim\\.choice\\.(lowerBound[+-]1|settlementPositive!|multiplier.*|share.*|exposures.*"
          + "|legs\\[\\d]\\.(lot|minimumOrderValue|dustValue|feePpm|curve).*)";

  @Test
  void everyChangeOfAChoiceIsFoundButTheArguedOnes() {
    Set<String> holding = new TreeSet<>();
    int tried = 0;
    for (Certificate good : chosen(LegOrder.LEAST_COST)) {
      for (Mutant mutant : Mutations.of(good)) {
        if (mutant.path().startsWith("claim")) {
          tried++;
          boolean argued = mutant.path().matches(STILL_TRUE);
          if (!argued && CertificateChecker.check(mutant.certificate()).holds()) {
            holding.add(mutant.path());
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(1_000);
    assertThat(holding).isEmpty();
  }

  @Test
  void aBoundAboveWhatTheMultiplierProvesIsFound() {
    int tried = 0;
    for (Certificate good : chosen(LegOrder.LEAST_COST)) {
      ChoiceLine choice = choice(good);
      Level target = Level.target(good.terms());
      Rational exact =
          new ChoiceBound(
                  AccountState.before(good),
                  good.terms(),
                  target,
                  choice,
                  ChoiceCheck.fraction(choice.multiplier()))
              .value();
      long above = exact.ceiling().longValueExact() + 1;
      if (above > 0) {
        ChoiceLine bold = with(choice, choice.value(), above, choice.legs());
        assertThat(CertificateChecker.check(with(good, bold))).isInstanceOf(Fails.class);
        // What is stated is what is proven, but for roundings: of a pair's last lot at most.
        if (choice.legs().stream().noneMatch(line -> line.leg().isPair())) {
          assertThat((double) (above - choice.lowerBound()))
              .isLessThan(20 + 1e-6 * Math.abs((double) choice.value()));
        }
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(SEEDS / 8);
  }

  @Test
  void aLegThatIsHiddenIsFound() {
    for (Certificate good : chosen(LegOrder.LEAST_COST)) {
      ChoiceLine choice = choice(good);
      for (int hidden = 0; hidden < choice.legs().size(); hidden++) {
        List<LegLine> legs = new ArrayList<>(choice.legs());
        legs.remove(hidden);
        ChoiceLine less = with(choice, choice.value(), choice.lowerBound(), legs);
        assertThat(CertificateChecker.check(with(good, less))).isInstanceOf(Fails.class);
      }
    }
  }

  /// With every amount of the changed close recomputed: only that it is irreducible is false.
  @Test
  void aLotMoreOfAnyLegIsFound() {
    int tried = 0;
    for (LegOrder order : List.of(LegOrder.LEAST_COST, LegOrder.HEDGE_PRESERVING)) {
      for (Certificate good : chosen(order)) {
        for (int stage = 0; stage < good.stages().size(); stage++) {
          int changed = stage;
          Optional<Certificate> more = closingMore(good, each -> each == changed);
          if (more.isPresent()) {
            assertThat(CertificateChecker.check(more.get())).isInstanceOf(Fails.class);
            tried++;
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(SEEDS / 4);
  }

  @Test
  void aLegThatIsNotNeededIsFound() {
    int tried = 0;
    for (Certificate good : chosen(LegOrder.PROPORTIONAL)) {
      ChoiceLine old = choice(good);
      ChoiceLine cheap =
          new ChoiceLine(
              ChoiceCheck.LEAST_COST,
              old.objective(),
              old.value(),
              old.lowerBound(),
              old.multiplier(),
              old.settlementPositive(),
              old.capSharePpm(),
              "1/1",
              old.legs(),
              old.exposures());
      // The same share of every leg is seldom irreducible.
      if (CertificateChecker.check(with(good, cheap)) instanceof Fails) {
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(SEEDS / 8);
  }

  /// The certificate with a lot more of some stages and every amount recomputed; empty where that
  /// is not admissible or does not restore.
  static Optional<Certificate> closingMore(Certificate good, IntPredicate changed) {
    ChoiceLine choice = choice(good);
    Level target = Level.target(good.terms());
    AccountState state = AccountState.before(good);
    List<Stage> stages = new ArrayList<>();
    long value = 0;
    for (int i = 0; i < good.stages().size(); i++) {
      Stage old = good.stages().get(i);
      ClosingLeg leg = ClosingLeg.of(state, old, good.terms(), target);
      long quantity = old.quantity() + (changed.test(i) ? old.lot() : 0);
      if (leg.size() != old.size()
          || (changed.test(i)
              && (quantity >= old.size()
                  || quantity > old.curve().knots().getLast()
                  || !AdmissibleSizes.of(old, leg.size(), leg.tradingCost().worth())
                      .contains(quantity)))) {
        return Optional.empty();
      }
      Settled settled = leg.settle(quantity, false);
      stages.add(
          new Stage(
              old.leg(),
              old.size(),
              old.lot(),
              old.minimumOrderValue(),
              old.dustValue(),
              old.capSharePpm(),
              old.feePpm(),
              old.curve(),
              quantity,
              settled.cost().longValueExact(),
              settled.penalty().longValueExact(),
              settled.repaid().longValueExact(),
              old.segments(),
              old.points()));
      value += settled.cost().add(settled.penalty()).longValueExact();
      state = settled.after();
    }
    if (state.excess(target).signum() < 0) {
      return Optional.empty();
    }
    ChoiceLine more = with(choice, value, choice.lowerBound(), choice.legs());
    Claim claim = new Claim.RestoresMinimal(state.excess(target).toString(), Optional.of(more));
    return Optional.of(with(good, stages, claim));
  }
}
