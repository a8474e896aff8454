package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.RateSource;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.health.LegSum;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Ramp;
import trimtab.core.rulebook.CloseRule.Stepped;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.CloseRule.TimeSliced;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltySchedule;
import trimtab.core.rulebook.PenaltySchedule.Course;
import trimtab.core.rulebook.PenaltySchedule.Measure;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.rulebook.PenaltyTerms.PairBase;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
import trimtab.core.rulebook.PenaltyTerms.Split;
import trimtab.core.testkit.CoarseWorld;
import trimtab.core.testkit.LeastRestoring;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

/// Penalties of every base and course, with every close rule: least sizes are least, by brute
/// force, and the independent checker agrees with every number.
class PenaltyPlansTest {
  private static final long BATCH = 50;
  private static final long OPENED_NANOS = -7_000_000_000L;
  private static final List<LongFunction<World>> FAMILIES =
      List.of(
          World::onePosition,
          World::onePair,
          World::twoPairs,
          World::twoDebts,
          World::mixed,
          CoarseWorld::contract,
          CoarseWorld::pair);

  private static final Map<Long, List<Case>> DRAWN = new ConcurrentHashMap<>();

  static LongStream batches() {
    return LongStream.range(0, 6);
  }

  private record Case(World world, Plan plan) {}

  private static List<Case> cases(long batch) {
    return DRAWN.computeIfAbsent(batch, PenaltyPlansTest::draw);
  }

  private static List<Case> draw(long batch) {
    List<Case> cases = new ArrayList<>();
    for (long seed = batch * BATCH; seed < (batch + 1) * BATCH; seed++) {
      for (LongFunction<World> family : FAMILIES) {
        Seeded seeded = new Seeded(seed * 31 + FAMILIES.indexOf(family));
        World world = drawn(World.breached(seed, family), seeded);
        cases.add(new Case(world, plan(world)));
      }
    }
    return cases;
  }

  private static World drawn(World world, Seeded seeded) {
    Measure measure = seeded.oneOf(Measure.BASE, Measure.BASE, Measure.BONUS, Measure.PORTFOLIO);
    boolean portfolio = measure == Measure.PORTFOLIO;
    PositionBase positionBase =
        portfolio ? PositionBase.REQUIREMENT : seeded.oneOf(PositionBase.values());
    long wide = positionBase == PositionBase.NOTIONAL ? 25_000 : 600_000;
    PenaltyTerms terms =
        new PenaltyTerms(
            seeded.between(0, wide),
            seeded.between(0, 150_000),
            positionBase,
            portfolio ? PairBase.OBLIGATION : seeded.oneOf(PairBase.values()),
            seeded.chance(0.7) ? Cap.IMPROVEMENT : Cap.NONE,
            new Split(500_000, 300_000, 200_000));
    Course course =
        switch ((int) seeded.between(0, 2)) {
          case 0 -> new Course.Fixed();
          case 1 -> new Course.InSeverity(seeded.between(0, wide), seeded.between(0, 200_000));
          default ->
              new Course.Auction(
                  seeded.between(0, wide), seeded.between(0, 200_000), 20_000_000_000L);
        };
    PenaltySchedule schedule =
        new PenaltySchedule(
            course,
            measure,
            seeded.between(0, 900_000),
            seeded.chance(0.7) ? 1_000_000 : seeded.between(0, 60_000),
            seeded.chance(0.6) ? 0 : seeded.between(1, 1_000_000));
    CloseRule rule = rule(world, seeded);
    return world
        .with(world.rulebook().with(terms, schedule, seeded.chance(0.5)))
        .with(rule, seeded.oneOf(OnHarmfulClose.values()));
  }

  private static CloseRule rule(World world, Seeded seeded) {
    long threshold = world.rulebook().thresholdPpm();
    return switch ((int) seeded.between(0, 5)) {
      case 0 -> new FixedFraction(seeded.between(1, 1_000_000));
      case 1 ->
          new Stepped(
              List.of(
                  new Stepped.Row(threshold - 300_000, 1_000_000),
                  new Stepped.Row(threshold - 20_000, seeded.between(1, 1_000_000)),
                  new Stepped.Row(threshold, seeded.between(1, 300_000))));
      case 2 -> new Ramp(seeded.between(1, 300_000), seeded.between(300_000, 1_000_000));
      case 3 -> new TimeSliced(seeded.between(1, 300_000), seeded.between(0, 100_000));
      default -> new TargetHealth(seeded.oneOf(1_000_000L, 1_000_000L, 400_000L));
    };
  }

  private static Plan plan(World world) {
    return new Planner(world.listing(), new LegSum(world.listing()))
        .plan(
            world.account(),
            world.marks(),
            world.rulebook(),
            world.curves(),
            EpisodeState.opened(OPENED_NANOS),
            MarketState.fresh(0));
  }

  private static Certificate certificate(Case each, Plan.Close close) {
    World world = each.world();
    return Certificates.of(
        world.listing(), world.account(), world.marks(), world.rulebook(), close);
  }

  @ParameterizedTest
  @MethodSource("batches")
  void everyPlanIsCertified(long batch) {
    for (Case each : cases(batch)) {
      if (each.plan() instanceof Plan.Close close) {
        CheckResult result = CertificateChecker.check(certificate(each, close));
        assertThat(result)
            .as("%s %s", each.world().rulebook(), close.claim())
            .isInstanceOf(CheckResult.Holds.class);
      }
    }
  }

  /// The naive leg closes with the rates of the plan, every smaller size, and judges the account.
  /// In the coarse worlds a cap's rounding alone can restore; sizes are judged without it.
  @ParameterizedTest
  @MethodSource("batches")
  void theLeastRestoringSizeIsLeast(long batch) {
    for (Case each : cases(batch)) {
      if (each.plan() instanceof Plan.Close close
          && close.claim() instanceof Claim.RestoresMinimal
          && close.choice().isEmpty()
          && !isCoarseAndCapped(each.world())) {
        World truth = resolved(each.world(), close);
        assertThat(new LeastRestoring(truth).violation(close))
            .as("%s", each.world().rulebook())
            .isEmpty();
      }
    }
  }

  private static boolean isCoarseAndCapped(World world) {
    return world.rulebook().name().equals("coarse")
        && world.rulebook().penalty().cap() == Cap.IMPROVEMENT;
  }

  private static World resolved(World world, Plan.Close close) {
    return world.with(
        world.rulebook().with(close.grounds().penalty(), PenaltySchedule.FIXED, false));
  }

  @Test
  void theDrawMeetsEveryClaimAndStep() {
    Map<String, Integer> met = new TreeMap<>();
    for (long batch : batches().toArray()) {
      for (Case each : cases(batch)) {
        if (each.plan() instanceof Plan.Close close) {
          met.merge(close.claim().kind(), 1, Integer::sum);
          if (close.grounds().ceilingPpm() < 1_000_000) {
            met.merge("reduced " + close.claim().kind(), 1, Integer::sum);
          }
        }
      }
    }
    assertThat(met)
        .containsKeys(
            "RESTORES_MINIMAL",
            "RESTORES_SHARE",
            "RULE_PRESCRIBED",
            "ESCALATED",
            "RELIEVES",
            "CAPPED",
            "reduced RESTORES_MINIMAL",
            "reduced RULE_PRESCRIBED");
  }

  /// A penalty that is taken of another base than it is said to be: the amounts do not match.
  @Test
  void anotherBaseIsCaught() {
    int caught = 0;
    for (Case each : cases(0)) {
      if (each.plan() instanceof Plan.Close close) {
        Terms terms = certificate(each, close).terms();
        Terms other =
            new Terms(
                terms.base(),
                terms.thresholdPpm(),
                terms.targetPpm(),
                terms.positionPenaltyPpm(),
                terms.pairPenaltyPpm(),
                terms.penaltyCapped(),
                terms.positionPenaltyBase().equals(Terms.NOTIONAL)
                    ? Terms.REQUIREMENT
                    : Terms.NOTIONAL,
                terms.pairPenaltyBase().equals(Terms.REPAID) ? Terms.SEIZED : Terms.REPAID,
                terms.rateSource());
        boolean holds = CertificateChecker.check(with(certificate(each, close), other)).holds();
        caught += holds ? 0 : 1;
      }
    }
    assertThat(caught).isGreaterThan((int) BATCH);
  }

  /// Rates and shares are recomputed from the account: one part per million more or less, another
  /// instant, another row are found.
  @ParameterizedTest
  @MethodSource("batches")
  void whatRatesAndSharesFollowFromIsNotDecoration(long batch) {
    for (Case each : cases(batch)) {
      if (each.plan() instanceof Plan.Close close) {
        Certificate certificate = certificate(each, close);
        for (Claim changed : changed(close.claim())) {
          assertThat(CertificateChecker.check(with(certificate, changed)).holds()).isFalse();
        }
        for (Terms changed : changed(certificate.terms())) {
          assertThat(CertificateChecker.check(with(certificate, changed)).holds())
              .as("%s", changed)
              .isFalse();
        }
      }
    }
  }

  private static List<Terms> changed(Terms terms) {
    List<Terms> changed = new ArrayList<>();
    if (terms.rateSource() instanceof RateSource.Computed source) {
      for (long change : List.of(-1L, 1L)) {
        long position = terms.positionPenaltyPpm() + change;
        changed.add(with(terms, position, terms.pairPenaltyPpm(), source));
        changed.add(
            with(terms, terms.positionPenaltyPpm(), terms.pairPenaltyPpm() + change, source));
      }
      long from = source.fromPositionPpm();
      long to = source.toPositionPpm();
      if (source.course().equals(RateSource.Computed.AUCTION)
          && source.measure().equals(RateSource.Computed.BASE)
          && Math.abs(to - from) > 1_000
          && source.maximumPpm() > Math.max(from, to)
          && source.ceilingPpm() == 1_000_000) {
        // Opened two seconds earlier: a tenth of the auction further.
        changed.add(
            with(
                terms,
                terms.positionPenaltyPpm(),
                terms.pairPenaltyPpm(),
                opened(source, source.openedNanos() - 2_000_000_000L)));
      }
    }
    return changed;
  }

  private static RateSource opened(RateSource.Computed old, long openedNanos) {
    return new RateSource.Computed(
        old.course(),
        old.fromPositionPpm(),
        old.fromPairPpm(),
        old.toPositionPpm(),
        old.toPairPpm(),
        openedNanos,
        old.durationNanos(),
        old.measure(),
        old.bonusPpm(),
        old.maximumPpm(),
        old.solvencySharePpm(),
        old.ceilingPpm());
  }

  private static Terms with(Terms old, long positionPpm, long pairPpm, RateSource source) {
    return new Terms(
        old.base(),
        old.thresholdPpm(),
        old.targetPpm(),
        positionPpm,
        pairPpm,
        old.penaltyCapped(),
        old.positionPenaltyBase(),
        old.pairPenaltyBase(),
        source);
  }

  private static List<Claim> changed(Claim claim) {
    return switch (claim) {
      case Claim.RestoresShare share ->
          List.of(
              new Claim.RestoresShare(
                  share.sharePpm(),
                  share.initialSharePpm() + 1,
                  share.growthPpm(),
                  share.openedNanos(),
                  share.excess()),
              new Claim.RestoresShare(
                  share.sharePpm() + 1,
                  share.initialSharePpm() + 1,
                  share.growthPpm(),
                  share.openedNanos(),
                  share.excess() + "1"),
              new Claim.RestoresShare(
                  share.sharePpm(),
                  share.initialSharePpm(),
                  share.growthPpm() + 1_000_000,
                  share.openedNanos(),
                  share.excess()));
      case Claim.RulePrescribed(
              String formula,
              long share,
              Claim.Share.BySeverity(long first, long last)) ->
          List.of(
              new Claim.RulePrescribed(
                  formula, share, new Claim.Share.BySeverity(first, last - 200_000)));
      case Claim.RulePrescribed(
              String formula,
              long share,
              Claim.Share.ByHealth(List<Claim.Share.Row> rows)) ->
          List.of(
              new Claim.RulePrescribed(
                  formula,
                  share,
                  new Claim.Share.ByHealth(
                      rows.stream()
                          .map(row -> new Claim.Share.Row(row.belowPpm(), row.sharePpm() / 2 + 1))
                          .toList())));
      default -> List.of();
    };
  }

  private static Certificate with(Certificate old, Claim claim) {
    return new Certificate(
        old.version(),
        old.account(),
        old.rulebook(),
        old.asOfNanos(),
        old.valueDecimals(),
        old.terms(),
        old.balances(),
        old.positions(),
        old.stages(),
        claim);
  }

  private static Certificate with(Certificate old, Terms terms) {
    return new Certificate(
        old.version(),
        old.account(),
        old.rulebook(),
        old.asOfNanos(),
        old.valueDecimals(),
        terms,
        old.balances(),
        old.positions(),
        old.stages(),
        old.claim());
  }
}
