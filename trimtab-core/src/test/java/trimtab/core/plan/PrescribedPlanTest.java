package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.LegSum;
import trimtab.core.health.Levels;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Backstop;
import trimtab.core.rulebook.Cooldown;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Prescription.Piece;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.Situation;
import trimtab.core.rulebook.SizeDemand;
import trimtab.core.rulebook.Trigger;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

/// Rules that state quantities of their own: what is stated is done as far as lots and depth allow,
/// at the stated penalty, and the independent checker agrees with every number.
class PrescribedPlanTest {
  private static final List<LongFunction<World>> FAMILIES =
      List.of(World::onePosition, World::onePair, World::twoPairs, World::mixed);

  private record Case(World world, Stating rule, Plan plan) {}

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static List<Case> cases(long seed) {
    List<Case> cases = new ArrayList<>();
    for (LongFunction<World> family : FAMILIES) {
      World world = World.breached(seed, family);
      Seeded seeded = new Seeded(seed * 31 + FAMILIES.indexOf(family));
      Stating rule = stating(world, seeded);
      Plan plan =
          new Planner(world.listing(), new LegSum(world.listing()))
              .plan(
                  world.account(),
                  world.marks(),
                  rule,
                  world.curves(),
                  EpisodeState.opened(0),
                  MarketState.fresh(0));
      cases.add(new Case(world, rule, plan));
    }
    return cases;
  }

  private static Stating stating(World world, Seeded seeded) {
    Standing start =
        new Standing(
            world.account(),
            world.marks(),
            world.model(),
            world.rulebook().penalty(),
            world.curves(),
            world.rulebook().targetPpm());
    List<Piece> pieces = new ArrayList<>();
    for (LegLine line : LegSequence.lines(start)) {
      if (seeded.chance(0.7)) {
        long quantity = Math.max(1, seeded.between(1, line.size()));
        OptionalLong limit =
            line instanceof PositionLine && seeded.chance(0.5)
                ? OptionalLong.of(seeded.between(1, 1_000_000))
                : OptionalLong.empty();
        pieces.add(new Piece(line.leg(), quantity, limit));
      }
    }
    Settle settle = seeded.chance(0.5) ? Settle.MARKET : Settle.LIQUIDATOR_PAYS;
    long penalty = seeded.between(-1_000_000_000L, 1_000_000_000L);
    Levy levy = (model, account, marks, leg, quantity, cost) -> OptionalLong.of(penalty + quantity);
    return new Stating(
        world.rulebook(),
        new Prescription(pieces, "as drawn"),
        seeded.chance(0.5) ? levy : Levy.BY_TERMS,
        settle);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsStatedIsDoneAndTheCheckerAgrees(long seed) {
    for (Case each : cases(seed)) {
      if (!(each.plan() instanceof Plan.Close close)) {
        continue;
      }
      assertThat(close.claim()).isInstanceOf(Claim.VenuePrescribed.class);
      for (PlannedClosing planned : close.closings()) {
        assertThat(planned.closing().quantity())
            .isLessThanOrEqualTo(each.rule().piece(planned.closing().leg()).quantity());
        assertThat(planned.limitPrice())
            .isEqualTo(each.rule().piece(planned.closing().leg()).limitPrice());
        if (each.rule().settle() == Settle.LIQUIDATOR_PAYS) {
          assertThat(planned.closing().cost()).isZero();
        }
      }
      Certificate certificate =
          Certificates.of(
              each.world().listing(),
              each.world().account(),
              each.world().marks(),
              each.rule(),
              close);
      assertThat(CertificateChecker.check(certificate)).isInstanceOf(CheckResult.Holds.class);
    }
  }

  @Test
  void mostCasesCloseSomethingOfEveryKind() {
    List<Case> closing =
        seeds()
            .boxed()
            .flatMap(seed -> cases(seed).stream())
            .filter(each -> each.plan() instanceof Plan.Close)
            .toList();
    assertThat(closing).hasSizeGreaterThan(120);
    assertThat(closing).anyMatch(each -> each.rule().levy().equals(Levy.BY_TERMS));
    assertThat(closing).anyMatch(each -> !each.rule().levy().equals(Levy.BY_TERMS));
    assertThat(closing).anyMatch(each -> each.rule().settle() == Settle.LIQUIDATOR_PAYS);
    assertThat(closing).anyMatch(each -> each.plan().before().isBankrupt());
  }

  @Test
  void anotherQuantityThanTheStatedOneIsRejected() {
    Case each =
        seeds()
            .boxed()
            .flatMap(seed -> cases(seed).stream())
            .filter(one -> one.plan() instanceof Plan.Close)
            .findFirst()
            .orElseThrow();
    Plan.Close close = (Plan.Close) each.plan();
    Certificate honest =
        Certificates.of(
            each.world().listing(),
            each.world().account(),
            each.world().marks(),
            each.rule(),
            close);
    Claim.VenuePrescribed claim = (Claim.VenuePrescribed) honest.claim();
    List<Long> less = claim.quantities().stream().map(quantity -> quantity / 2 + 1).toList();
    Certificate other =
        new Certificate(
            honest.version(),
            honest.account(),
            honest.rulebook(),
            honest.asOfNanos(),
            honest.valueDecimals(),
            honest.exactScale(),
            honest.netted(),
            honest.terms(),
            honest.balances(),
            honest.positions(),
            honest.stages(),
            new Claim.VenuePrescribed(claim.formula(), less));
    assertThat(CertificateChecker.check(other)).isInstanceOf(CheckResult.Fails.class);
  }

  @Test
  void aStatedPenaltyProvesNoLeastSize() {
    World world = World.breached(3, World::onePosition);
    if (PlannerTest.plan(world) instanceof Plan.Close close) {
      Certificate honest =
          Certificates.of(world.listing(), world.account(), world.marks(), world.rulebook(), close);
      Certificate.Terms terms = honest.terms();
      Certificate stated =
          new Certificate(
              honest.version(),
              honest.account(),
              honest.rulebook(),
              honest.asOfNanos(),
              honest.valueDecimals(),
              honest.exactScale(),
              honest.netted(),
              new Certificate.Terms(
                  terms.base(),
                  terms.thresholdPpm(),
                  terms.targetPpm(),
                  terms.positionPenaltyPpm(),
                  terms.pairPenaltyPpm(),
                  false,
                  Certificate.Terms.STATED,
                  terms.pairPenaltyBase(),
                  terms.rateSource()),
              honest.balances(),
              honest.positions(),
              honest.stages(),
              honest.claim());
      assertThat(CertificateChecker.check(honest)).isInstanceOf(CheckResult.Holds.class);
      assertThat(CertificateChecker.check(stated)).isInstanceOf(CheckResult.Fails.class);
    } else {
      throw new AssertionError("nothing was planned");
    }
  }

  /// A rule that states what it is given.
  private record Stating(OwnRulebook own, Prescription stated, Levy levy, Settle settle)
      implements Rulebook {
    Piece piece(Leg leg) {
      return stated.pieces().stream()
          .filter(piece -> piece.leg().equals(leg))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public Optional<Prescription> prescription(Situation situation) {
      return Optional.of(stated);
    }

    @Override
    public String name() {
      return "stating";
    }

    @Override
    public Fit fits(AccountView account, Listing listing) {
      return own.fits(account, listing);
    }

    @Override
    public Base base() {
      return own.base();
    }

    @Override
    public Levels levels() {
      return own.levels();
    }

    @Override
    public Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
      return own.trigger(health, episode, nowNanos);
    }

    @Override
    public SizeDemand size(Health health, EpisodeState episode, MarketState market, long nowNanos) {
      return own.size(health, episode, market, nowNanos);
    }

    @Override
    public LegOrder legOrder() {
      return own.legOrder();
    }

    @Override
    public Objective objective() {
      return own.objective();
    }

    @Override
    public OnHarmfulClose onHarmfulClose() {
      return OnHarmfulClose.PROCEED;
    }

    @Override
    public PenaltyTerms penalty() {
      return own.penalty();
    }

    @Override
    public Cooldown cooldown() {
      return own.cooldown();
    }

    @Override
    public Backstop backstop() {
      return own.backstop();
    }
  }
}
