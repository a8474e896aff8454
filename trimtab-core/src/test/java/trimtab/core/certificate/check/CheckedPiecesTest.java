package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.RateSource.Computed;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;

/// The pieces a check is made of, at the numbers where they change their answer.
class CheckedPiecesTest {
  private static List<String> findings(Certificate certificate) {
    return CertificateChecker.check(certificate) instanceof CheckResult.Fails(List<String> all)
        ? all
        : List.of();
  }

  private static void finds(Certificate good, String path, Object part, String sentence) {
    assertThat(findings(Mutations.with(good, path, part)))
        .anyMatch(finding -> finding.contains(sentence));
  }

  private static Rational rational(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  @Test
  void fractionsAreComparedAndAddedExactly() {
    assertThat(rational(1, 3).plus(rational(1, 6))).isEqualByComparingTo(rational(1, 2));
    assertThat(rational(1, 3).plus(rational(1, 3))).isEqualTo(rational(2, 3));
    assertThat(rational(1, 3)).isLessThan(rational(1, 2)).isGreaterThan(rational(-1, 3));
    assertThat(rational(2, 3)).isGreaterThan(rational(1, 3));
    assertThat(rational(1, 2).max(rational(1, 3))).isEqualTo(rational(1, 2));
    assertThat(rational(1, 3).max(rational(1, 2))).isEqualTo(rational(1, 2));
    assertThat(rational(-7, 2)).hasToString("-7/2");
    assertThat(rational(5, 1)).hasToString("5");
    for (long denominator : new long[] {0, -1}) {
      assertThatThrownBy(() -> rational(1, denominator))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("a denominator must be positive: " + denominator);
    }
  }

  @Test
  void admissibleSizesAreLotsFromTheLeastAndTheWhole() {
    AdmissibleSizes sizes = new AdmissibleSizes(103, 5, 20, 90);
    long[][] leastFrom = {{1, 20}, {20, 20}, {21, 25}, {90, 90}, {91, 103}};
    for (long[] each : leastFrom) {
      assertThat(sizes.leastFrom(each[0])).isEqualTo(each[1]);
    }
    long[][] largestTo = {{103, 103}, {102, 90}, {90, 90}, {47, 45}, {20, 20}, {19, 0}};
    for (long[] each : largestTo) {
      assertThat(sizes.largestTo(each[0])).isEqualTo(each[1]);
    }
    assertThat(List.of(20L, 25L, 90L, 103L)).allMatch(sizes::contains);
    assertThat(List.of(15L, 22L, 95L, 102L)).noneMatch(sizes::contains);
    assertThat(new AdmissibleSizes(103, 5, 95, 90).leastFrom(1)).isEqualTo(103);
  }

  @Test
  void theHealthFactorIsMeasuredAsTheLevelIs() {
    // With a debt beside its position.
    AccountState margined = AccountState.before(CertificateExamples.share());
    BigInteger obligation =
        margined.backing().subtract(margined.weightedEquity()).add(margined.requirement());
    for (String base : List.of(Level.REQUIREMENT, Level.AUTO)) {
      assertThat(factor(margined, base))
          .isEqualTo(new HealthFactor(margined.weightedEquity(), margined.requirement()));
    }
    assertThat(factor(margined, Level.OBLIGATION))
        .isEqualTo(new HealthFactor(margined.backing(), obligation));
    AccountState loan = AccountState.before(CertificateExamples.pair());
    assertThat(factor(loan, Level.AUTO))
        .isEqualTo(
            new HealthFactor(loan.backing(), loan.backing().subtract(loan.weightedEquity())));
  }

  private static HealthFactor factor(AccountState state, String base) {
    return HealthFactor.of(state, new Level(Level.MILLION, base, BigInteger.ZERO));
  }

  @Test
  void severityEndsAtBankruptcy() {
    BigInteger thousand = BigInteger.valueOf(1_000).multiply(BigInteger.valueOf(1_000_000));
    for (long equity : new long[] {0, -5}) {
      BigInteger shortfall = thousand.multiply(BigInteger.valueOf(1_000_000));
      Standard standard = new Standard(BigInteger.valueOf(equity), shortfall, thousand, thousand);
      assertThat(standard.severityPpm()).isEqualTo(1_000_000);
    }
  }

  @Test
  void aConvexCurveIsItsOwnHull() {
    CurveLine convex =
        new CurveLine(
            List.of(2L, 4L, 8L, 20L), List.of(0L, 2L, 6L, 20L), List.of(2L, 6L, 20L, 80L));
    assertThat(UsedCurve.hull(convex)).isEqualTo(convex);
    CurveLine flatter =
        new CurveLine(List.of(2L, 4L, 8L), List.of(0L, 2L, 6L), List.of(2L, 6L, 10L));
    assertThat(UsedCurve.hull(flatter))
        .isEqualTo(new CurveLine(List.of(2L, 8L), List.of(0L, 2L), List.of(2L, 10L)));
  }

  @Test
  void whatHoldsIsSaidStageByStage() {
    assertThat(CertificateChecker.check(CertificateExamples.perpetualLong()))
        .isInstanceOfSatisfying(
            CheckResult.Holds.class,
            holds ->
                assertThat(holds.verified().get(1))
                    .startsWith("stage 1 (ETHUSDT): size, quantity 45 of 100, cost, penalty")
                    .endsWith("2 segments and 2 points of sizes that fail"));
  }

  @Test
  void ratesAreChecked() {
    Certificate good = CertificateExamples.perpetualLong();
    Computed source =
        new Computed(
            Computed.FIXED, 10_000, 50_000, 0, 0, 0, 0, Computed.BASE, 0, 1_000_000, 0, 1_000_000);
    Certificate computed = Mutations.with(good, "terms.rateSource", source);
    assertThat(findings(computed)).isEmpty();
    finds(
        computed,
        "terms.rateSource.fromPositionPpm",
        10_001L,
        "the penalty of perpetuals is 10001 parts per million by the rule, not 10000");
  }

  @Test
  void amountsAreNamedWhenTheyAreWrong() {
    Certificate good = CertificateExamples.perpetualLong();
    finds(good, "stages[0].cost", 2_991_396L, "the cost is 2991395, not 2991396");
    finds(good, "stages[0].penalty", 45_031_501L, "the penalty is 45031502, not 45031501");
    finds(good, "stages[0].repaid", 1L, "the repaid value is 0, not 1");
    finds(good, "stages[0].size", 101L, "the whole leg is 100, not 101");
  }

  @Test
  void aPairIsOfTwoAssetsOfWhichOneIsHeldAndOneOwed() {
    Certificate good = CertificateExamples.pair();
    String two = "a pair needs two different assets of the account";
    finds(good, "stages[0].leg.debt", "DOGE", two);
    finds(good, "stages[0].leg.instrument", "DOGE", two);
    finds(good, "stages[0].leg.instrument", "BTC", two);
    finds(good, "balances[2].amount", 155L, "nothing is owed, the debt asset's net value is 0");
    finds(good, "balances[1].amount", 20L, "nothing is held, the collateral's net value is 0");
    finds(
        CertificateExamples.perpetualLong(),
        "stages[0].leg.instrument",
        "DOGEUSDT",
        "no such position is open");
  }

  /// The depth ends inside the first lot of two: nothing can be closed, and that is what is closed.
  @Test
  void nothingIsClosedOnlyWhereDepthAllowsNothing() {
    assertThat(findings(nothing(1))).isEmpty();
    assertThat(findings(nothing(4)))
        .anyMatch(
            finding -> finding.endsWith("nothing is closed, but close factor and depth allow 4"));
    finds(nothing(1), "stages[0].capSharePpm", 20_000L, "nothing is closed, but close factor");
  }

  private static Certificate nothing(long depth) {
    Certificate good = CertificateExamples.cappedByDepth();
    Certificate bare = Mutations.with(good, "stages[0].segments", List.of());
    bare = Mutations.with(bare, "stages[0].points", List.of());
    bare = Mutations.with(bare, "stages[0].minimumOrderValue", 0L);
    for (String amount : List.of("quantity", "cost", "penalty")) {
      bare = Mutations.with(bare, "stages[0]." + amount, 0L);
    }
    CurveLine curve = new CurveLine(List.of(depth), List.of(0L), List.of(0L));
    return Mutations.with(bare, "stages[0].curve", curve);
  }

  @Test
  void whatIsSaidToFailLiesWithinTheDepth() {
    Certificate good = CertificateExamples.cappedByDepth();
    String inside = "must be inside 1 to 49 and the curve's 12";
    finds(good, "stages[0].points", List.of(new FailingPoint(14, "-1")), inside);
    assertThat(
            findings(Mutations.with(good, "stages[0].points", List.of(new FailingPoint(12, "-1")))))
        .noneMatch(finding -> finding.contains(inside));
    finds(
        good,
        "stages[0].segments",
        List.of(new FailingSegment(2, 14, true, "-1", "-1")),
        "must ascend inside 1 to 49 and the curve's 12");
  }

  @Test
  void statementsMayStandInAnyOrder() {
    Certificate good = CertificateExamples.pair();
    Stage stage = good.stages().getFirst();
    Certificate turned =
        Mutations.with(
            Mutations.with(good, "stages[0].segments", stage.segments().reversed()),
            "stages[0].points",
            stage.points().reversed());
    assertThat(findings(turned)).isEmpty();
  }

  /// Sizes 1 to 8 of 9 fail: as one range, or as the ends alone and what lies between.
  @Test
  void aPointMayCoverTheFirstAndTheLastSize() {
    Certificate good = CertificateExamples.escalated();
    AccountState state = AccountState.before(good);
    Level target = Level.target(good.terms());
    Stage first = good.stages().getFirst();
    state =
        ClosingLeg.of(state, first, good.terms(), target)
            .settle(first.quantity(), good.terms().penaltyCapped())
            .after();
    ClosingLeg leg = ClosingLeg.of(state, good.stages().get(1), good.terms(), target);
    List<FailingPoint> ends = new ArrayList<>();
    for (long quantity : new long[] {1, 8}) {
      BigInteger excess = leg.settle(quantity, false).after().excess(target);
      ends.add(new FailingPoint(quantity, excess.toString()));
    }
    FailingSegment between =
        new FailingSegment(
            2,
            7,
            false,
            leg.bound(2, false).ceiling().toString(),
            leg.bound(7, false).ceiling().toString());
    Certificate pointed = Mutations.with(good, "stages[1].points", ends);
    assertThat(findings(Mutations.with(pointed, "stages[1].segments", List.of(between)))).isEmpty();
    finds(
        Mutations.with(good, "stages[1].segments", List.of(between)),
        "stages[1].points",
        List.of(ends.getFirst()),
        "nothing shows that closing 8 fails");
  }

  @Test
  void everythingIsTheWholeOfEveryLeg() {
    finds(
        CertificateExamples.bankrupt(),
        "stages[0].quantity",
        80L,
        "everything is to be closed, but only 80 of 83 is");
  }

  @Test
  void aShareOfEveryLegIsOfThoseThatAreThere() {
    Certificate good = CertificateExamples.share();
    assertThat(findings(with(good, new BalanceLine("BTC", 3, 0, 0, 7, 800_000, 1_000_000))))
        .noneMatch(finding -> finding.contains("is sold for"));
    Certificate free =
        Mutations.with(
            CertificateExamples.perpetualShort(),
            "claim",
            new Claim.RulePrescribed("0.4 of every leg", 400_000));
    assertThat(findings(with(free, new BalanceLine("ETH", 3, 90, 0, 7, 800_000, 1_000_000))))
        .noneMatch(finding -> finding.contains("is sold for"));
    // What is held and what is owed of one asset is a pair where it is not set off.
    String itself = "a share of every leg is prescribed, but no USD is sold for USD";
    Certificate owing = Mutations.with(free, "balances[0].debt", 1L);
    assertThat(findings(owing)).doesNotContain(itself);
    finds(owing, "netted", false, itself);
    finds(
        good,
        "claim.source",
        new Share.BySeverity(1, 1),
        "the share is 1 parts per million by the rule, not 300000");
  }

  private static Certificate with(Certificate old, BalanceLine line) {
    List<BalanceLine> balances = new ArrayList<>(old.balances());
    balances.add(line);
    return Mutations.with(old, "balances", balances);
  }

  /// With other quantities in all its stages, every amount recomputed.
  private static Certificate closing(Certificate old, long... quantities) {
    Certificate changed = old;
    Terms terms = old.terms();
    Level target = Level.target(terms);
    AccountState state = AccountState.before(old);
    for (int i = 0; i < quantities.length; i++) {
      String path = "stages[" + i + "].";
      ClosingLeg leg = ClosingLeg.of(state, changed.stages().get(i), terms, target);
      ClosingLeg.Settled settled = leg.settle(quantities[i], terms.penaltyCapped());
      changed = Mutations.with(changed, path + "size", leg.size());
      changed = Mutations.with(changed, path + "quantity", quantities[i]);
      changed = Mutations.with(changed, path + "cost", settled.cost().longValueExact());
      changed = Mutations.with(changed, path + "penalty", settled.penalty().longValueExact());
      state = settled.after();
    }
    return Mutations.with(changed, "claim.excess", state.excess(target).toString());
  }

  @Test
  void aLegBeforeTheLastIsClosedAsFarAsItMay() {
    Certificate good = CertificateExamples.twoStages();
    assertThat(closing(good, 10, 110)).isEqualTo(good);
    assertThat(findings(closing(good, 9, 110)))
        .contains("stage 1 (BTCUSDT): close factor and depth allow 10, but 9 is closed");
  }

  /// 45 restore; closing the same leg once more is not needed.
  @Test
  void aLegBeforeTheLastDoesNotRestore() {
    Certificate good = CertificateExamples.perpetualLong();
    Certificate capped = Mutations.with(good, "stages[0].capSharePpm", 450_000L);
    Stage stage = capped.stages().getFirst();
    Certificate twice = Mutations.with(capped, "stages", List.of(stage, stage));
    for (String list : List.of("segments", "points")) {
      twice = Mutations.with(twice, "stages[1]." + list, List.of());
    }
    assertThat(findings(closing(twice, 45, 10)))
        .contains(
            "stage 1 (ETHUSDT): the target is restored with an excess of 9517353975000000000, yet"
                + " it does not count");
  }
}
