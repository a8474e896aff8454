package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CheckResult.Fails;
import trimtab.core.certificate.check.CheckResult.Holds;
import trimtab.core.certificate.check.ClosingLeg.Settled;
import trimtab.core.certificate.check.Mutations.Mutant;
import trimtab.core.testkit.Seeded;

class CertificateCheckerTest {
  static Stream<String> examples() {
    return CertificateExamples.all().keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesHold(String example) {
    Certificate certificate = CertificateExamples.named(example);
    CheckResult result = CertificateChecker.check(certificate);
    assertThat(result).isInstanceOf(Holds.class);
    assertThat(((Holds) result).verified())
        .hasSize(certificate.stages().size() + 2)
        .last()
        .asString()
        .startsWith(certificate.claim().kind() + " is proven");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noOtherClaimHolds(String example) {
    Certificate certificate = CertificateExamples.named(example);
    List<Claim> others =
        new ArrayList<>(
            List.of(
                new Claim.RestoresMinimal("0"),
                new Claim.Capped(Claim.Capped.CLOSE_FACTOR),
                new Claim.Capped(Claim.Capped.DEPTH),
                new Claim.Capped("nothing"),
                new Claim.RulePrescribed("a half", 500_000),
                new Claim.ClosesAll("rule"),
                new Claim.Escalated(Claim.Escalated.BANKRUPT),
                new Claim.Escalated(Claim.Escalated.NO_PARTIAL_RESTORES),
                new Claim.Escalated("nothing")));
    others.remove(certificate.claim());
    // A full close after an escalation is a full close, too.
    boolean escalated = certificate.claim() instanceof Claim.Escalated;
    others.removeIf(claim -> escalated && claim instanceof Claim.ClosesAll);
    // Where the depth ends before the share, depth comes first: the amount is the rule's as well.
    boolean cutByDepth = certificate.claim().equals(new Claim.Capped(Claim.Capped.DEPTH));
    others.removeIf(claim -> cutByDepth && claim instanceof Claim.RulePrescribed);
    for (Claim other : others) {
      assertThat(CertificateChecker.check(with(certificate, other))).isInstanceOf(Fails.class);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void nonsenseIsAFindingNeverAnException(String example) {
    for (Mutant mutant : Mutations.extremes(CertificateExamples.named(example))) {
      assertThat(CertificateChecker.check(mutant.certificate())).as(mutant.path()).isNotNull();
    }
  }

  @Test
  void nonsenseInSeveralPlacesIsAFindingNeverAnException() {
    Seeded seeded = new Seeded(1);
    List<String> names = examples().toList();
    for (int i = 0; i < 300; i++) {
      Certificate certificate = CertificateExamples.named(seeded.oneOf(names));
      for (int changes = 0; changes < 4; changes++) {
        certificate = seeded.oneOf(Mutations.extremes(certificate)).certificate();
      }
      assertThat(CertificateChecker.check(certificate)).isInstanceOf(Fails.class);
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void whatIsMissingIsAFinding() {
    Certificate good = CertificateExamples.pair();
    Stage stage = good.stages().getFirst();
    List<Certificate> holes =
        List.of(
            with(good, (Claim) null),
            with(good, new Claim.RestoresMinimal(null)),
            new Certificate(
                Certificate.VERSION,
                "",
                "",
                0,
                2,
                null,
                good.balances(),
                good.positions(),
                good.stages(),
                good.claim()),
            withStage(good, withLeg(stage, new Certificate.StageLeg("ETH", null))),
            withStage(good, withLeg(stage, null)),
            withStage(
                good,
                withProof(stage, List.of(new FailingSegment(1, 2, true, null, "-1")), List.of())),
            withStage(good, withProof(stage, List.of(), List.of(new FailingPoint(1, null)))));
    for (Certificate hole : holes) {
      assertThat(findings(hole)).singleElement().asString().contains("missing");
    }
  }

  @Test
  void anAccountThatWasNotInBreachIsNotLiquidated() {
    Certificate good = CertificateExamples.perpetualLong();
    Certificate healthy = withCash(good, good.balances().getFirst().amount() + 1);
    assertThat(findings(healthy)).anyMatch(finding -> finding.contains("was not in breach"));
  }

  /// Every amount is right; only the size is a lot more than needed.
  @Test
  void overLiquidationIsFound() {
    Certificate more = closing(CertificateExamples.perpetualLong(), 50);
    assertThat(findings(more))
        .containsExactly("stage 1 (ETHUSDT): nothing shows that closing 45 fails");
    Certificate everything = closing(CertificateExamples.perpetualLong(), 100);
    assertThat(findings(everything))
        .containsExactly("stage 1 (ETHUSDT): nothing shows that closing 45 fails");
  }

  /// Every amount is right; only the size is a lot less than needed.
  @Test
  void aCloseThatDoesNotRestoreIsFound() {
    assertThat(findings(closing(CertificateExamples.perpetualLong(), 40)))
        .anyMatch(finding -> finding.startsWith("the target is not restored"));
    assertThat(findings(closing(CertificateExamples.pair(), 294)))
        .anyMatch(finding -> finding.startsWith("the target is not restored"));
  }

  @Test
  void aSizeThatRestoresCannotBeSaidToFail() {
    Certificate more = closing(CertificateExamples.perpetualLong(), 50);
    Stage stage = more.stages().getFirst();
    List<FailingPoint> points = new ArrayList<>(stage.points());
    points.add(new FailingPoint(45, "-1"));
    assertThat(findings(withStage(more, withProof(stage, stage.segments(), points))))
        .anyMatch(finding -> finding.contains("closing 45 restores, with an excess of 9517"));
    List<FailingSegment> segments = new ArrayList<>(stage.segments());
    segments.add(new FailingSegment(45, 45, true, "-1", "-1"));
    assertThat(findings(withStage(more, withProof(stage, segments, stage.points()))))
        .anyMatch(finding -> finding.contains("which is not negative"));
  }

  @Test
  void aBoundThatIsNotNegativeProvesNothing() {
    Certificate good = CertificateExamples.perpetualLong();
    Stage stage = good.stages().getFirst();
    List<FailingSegment> loose = new ArrayList<>(stage.segments());
    FailingSegment first = loose.removeFirst();
    loose.addFirst(new FailingSegment(first.from(), first.to(), true, first.boundFrom(), "0"));
    assertThat(findings(withStage(good, withProof(stage, loose, stage.points()))))
        .containsExactly("stage 1 (ETHUSDT): the stated bound 0 at 30 is not negative");
  }

  @Test
  void whatIsSaidToFailLiesBelowTheWholeLeg() {
    Certificate good = CertificateExamples.escalated();
    Stage first = good.stages().getFirst();
    List<FailingPoint> points = List.of(new FailingPoint(50, "-1"));
    List<Stage> stages = new ArrayList<>(good.stages());
    stages.set(0, withProof(first, first.segments(), points));
    assertThat(findings(withStages(good, stages)))
        .containsExactly(
            "stage 1 (BTCUSDT): the failing quantity 50 must be inside 1 to 49 and the curve's 50");
    List<FailingSegment> segments = new ArrayList<>(first.segments());
    segments.add(new FailingSegment(49, 50, false, "-1", "-1"));
    stages.set(0, withProof(first, segments, first.points()));
    assertThat(findings(withStages(good, stages)))
        .containsExactly(
            "stage 1 (BTCUSDT): the failing segment 49 to 50 must ascend inside 1 to 49 and the"
                + " curve's 50");
  }

  @Test
  void aRangeAcrossAKnotOrATierIsFound() {
    Stage knot = CertificateExamples.perpetualLong().stages().getFirst();
    FailingSegment low = knot.segments().getFirst();
    FailingSegment high = knot.segments().getLast();
    assertThat(findings(joined(CertificateExamples.perpetualLong(), low, high)))
        .anyMatch(finding -> finding.contains("lies inside the failing segment 10 to 35"));
    Stage tier = CertificateExamples.perpetualShort().stages().getFirst();
    assertThat(
            findings(
                joined(
                    CertificateExamples.perpetualShort(),
                    tier.segments().getFirst(),
                    tier.segments().getLast())))
        .anyMatch(finding -> finding.contains("lies inside the failing segment 4 to 34"));
  }

  @Test
  void anInadmissibleQuantityIsFound() {
    assertThat(findings(closing(CertificateExamples.perpetualLong(), 46)))
        .contains(
            "stage 1 (ETHUSDT): 46 is not admissible: a multiple of 5 from 10 to 95, or the whole"
                + " 100");
  }

  @Test
  void aLegMayNotBeClosedTwice() {
    Certificate good = CertificateExamples.share();
    AccountState state = AccountState.before(good);
    for (Stage stage : good.stages()) {
      state = leg(good, stage, state).settle(stage.quantity(), true).after();
    }
    Stage last = good.stages().getLast();
    long quantity = leg(good, last, state).share(300_000).orElseThrow();
    List<Stage> twice = new ArrayList<>(good.stages());
    twice.add(recomputed(good, last, state, quantity));
    assertThat(findings(withStages(good, twice)))
        .containsExactly("stage 3 (ETH for USD): the leg is closed twice");
  }

  @Test
  void everythingMeansEveryPositionAndEveryDebt() {
    Certificate good = CertificateExamples.closesAll();
    List<Stage> stages = good.stages();
    assertThat(findings(whole(good, List.of(stages.get(1), stages.get(2)))))
        .contains("everything is to be closed, but 25 of BTCUSDT stays open");
    assertThat(findings(whole(good, List.of(stages.get(0), stages.get(1)))))
        .singleElement()
        .asString()
        .contains("ETH worth 66198066 is left although BTC owes 60014002");
  }

  /// Only the whole of either leg is admissible, and the first suffices.
  @Test
  void whatRestoresEndsAnEscalation() {
    Certificate old = CertificateExamples.twoStages();
    Certificate richer = withCash(old, 37_000_000);
    List<Stage> stages =
        old.stages().stream()
            .map(stage -> withMinimum(withProof(stage, List.of(), List.of()), 1L << 40))
            .toList();
    Certificate both =
        with(whole(richer, stages), new Claim.Escalated(Claim.Escalated.NO_PARTIAL_RESTORES));
    assertThat(findings(both))
        .singleElement()
        .asString()
        .startsWith("stage 1 (BTCUSDT): the target is restored with an excess of ");
  }

  @Test
  void theOrderOfTheStagesMatters() {
    Certificate good = CertificateExamples.closesAll();
    List<Stage> backwards = new ArrayList<>(good.stages());
    Collections.reverse(backwards);
    assertThat(CertificateChecker.check(withStages(good, backwards))).isInstanceOf(Fails.class);
  }

  /// In an account that nothing requires margin of, `auto` is the obligation.
  @Test
  void theBaseIsResolvedForEachState() {
    Certificate pair = CertificateExamples.pair();
    assertThat(CertificateChecker.check(withBase(pair, "obligation")).holds()).isTrue();
    assertThat(CertificateChecker.check(withBase(pair, "requirement")).holds()).isFalse();
    Certificate contract = CertificateExamples.perpetualShort();
    assertThat(CertificateChecker.check(withBase(contract, "requirement")).holds()).isTrue();
    Certificate escalated = CertificateExamples.escalated();
    assertThat(CertificateChecker.check(withBase(escalated, "requirement")).holds()).isFalse();
    assertThat(findings(withBase(pair, "equity"))).singleElement().asString().contains("'equity'");
  }

  @Test
  void findingsAreLimited() {
    Certificate good = CertificateExamples.perpetualLong();
    Stage stage = good.stages().getFirst();
    List<FailingPoint> wrong = Collections.nCopies(1_000, new FailingPoint(15, "-1"));
    assertThat(findings(withStage(good, withProof(stage, stage.segments(), wrong))))
        .hasSize(Findings.FINDINGS_MAX);
  }

  @Test
  void aSentenceReadsWhateverTheNamesAre() {
    Certificate good = CertificateExamples.perpetualLong();
    Certificate odd = withStage(good, withLeg(good.stages().getFirst(), leg("%s%n")));
    assertThat(findings(odd)).containsExactly("stage 1 (%s%n): no such position is open");
  }

  @Test
  void resultsAreWhatTheySay() {
    assertThat(new Holds(List.of("a")).holds()).isTrue();
    assertThat(new Fails(List.of("a")).holds()).isFalse();
    assertThat(Set.of(new Holds(List.of("a")), new Fails(List.of("a")))).hasSize(2);
  }

  private static List<String> findings(Certificate certificate) {
    return CertificateChecker.check(certificate) instanceof Fails(List<String> findings)
        ? findings
        : List.of();
  }

  /// The same certificate with another quantity in its only stage, every amount recomputed.
  static Certificate closing(Certificate certificate, long quantity) {
    AccountState state = AccountState.before(certificate);
    Stage old = certificate.stages().getFirst();
    Settled settled =
        leg(certificate, old, state).settle(quantity, certificate.terms().penaltyCapped());
    String excess = settled.after().excess(Level.target(certificate.terms())).toString();
    return with(
        withStage(certificate, recomputed(certificate, old, state, quantity)),
        new Claim.RestoresMinimal(excess));
  }

  private static ClosingLeg leg(Certificate certificate, Stage stage, AccountState state) {
    return ClosingLeg.of(state, stage, certificate.terms(), Level.target(certificate.terms()));
  }

  private static Stage recomputed(
      Certificate certificate, Stage old, AccountState state, long quantity) {
    ClosingLeg leg = leg(certificate, old, state);
    Settled settled = leg.settle(quantity, certificate.terms().penaltyCapped());
    return new Stage(
        old.leg(),
        leg.size(),
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
        old.points());
  }

  /// Legs closed whole one after the other, every amount recomputed.
  private static Certificate whole(Certificate certificate, List<Stage> legs) {
    AccountState state = AccountState.before(certificate);
    List<Stage> stages = new ArrayList<>();
    for (Stage old : legs) {
      Stage stage = recomputed(certificate, old, state, leg(certificate, old, state).size());
      stages.add(stage);
      state =
          leg(certificate, stage, state)
              .settle(stage.quantity(), certificate.terms().penaltyCapped())
              .after();
    }
    return withStages(certificate, stages);
  }

  private static Certificate withCash(Certificate old, long amount) {
    BalanceLine cash = old.balances().getFirst();
    List<BalanceLine> balances = new ArrayList<>(old.balances());
    balances.set(
        0,
        new BalanceLine(
            cash.asset(),
            cash.decimals(),
            amount,
            cash.debt(),
            cash.unitValue(),
            cash.assetWeightPpm(),
            cash.debtWeightPpm()));
    return new Certificate(
        old.version(),
        old.account(),
        old.rulebook(),
        old.asOfNanos(),
        old.valueDecimals(),
        old.terms(),
        balances,
        old.positions(),
        old.stages(),
        old.claim());
  }

  private static Stage withMinimum(Stage old, long minimumOrderValue) {
    return new Stage(
        old.leg(),
        old.size(),
        old.lot(),
        minimumOrderValue,
        old.dustValue(),
        old.capSharePpm(),
        old.feePpm(),
        old.curve(),
        old.quantity(),
        old.cost(),
        old.penalty(),
        old.repaid(),
        old.segments(),
        old.points());
  }

  private static Certificate joined(
      Certificate certificate, FailingSegment low, FailingSegment high) {
    FailingSegment both =
        new FailingSegment(
            low.from(), high.to(), low.settlementPositive(), low.boundFrom(), high.boundTo());
    Stage stage = certificate.stages().getFirst();
    return withStage(certificate, withProof(stage, List.of(both), stage.points()));
  }

  private static Certificate.StageLeg leg(String market) {
    return new Certificate.StageLeg(market, "");
  }

  private static Certificate with(Certificate old, Claim claim) {
    return changed(old, old.terms(), old.stages(), claim);
  }

  private static Certificate withStages(Certificate old, List<Stage> stages) {
    return changed(old, old.terms(), stages, old.claim());
  }

  private static Certificate withStage(Certificate old, Stage stage) {
    return withStages(old, List.of(stage));
  }

  private static Certificate withBase(Certificate old, String base) {
    Terms terms = old.terms();
    Terms changed =
        new Terms(
            base,
            terms.thresholdPpm(),
            terms.targetPpm(),
            terms.positionPenaltyPpm(),
            terms.pairPenaltyPpm(),
            terms.penaltyCapped());
    return changed(old, changed, old.stages(), old.claim());
  }

  private static Certificate changed(
      Certificate old, Terms terms, List<Stage> stages, Claim claim) {
    return new Certificate(
        old.version(),
        old.account(),
        old.rulebook(),
        old.asOfNanos(),
        old.valueDecimals(),
        terms,
        old.balances(),
        old.positions(),
        stages,
        claim);
  }

  private static Stage withLeg(Stage old, Certificate.StageLeg leg) {
    return changed(old, leg, old.segments(), old.points());
  }

  private static Stage withProof(
      Stage old, List<FailingSegment> segments, List<FailingPoint> points) {
    return changed(old, old.leg(), segments, points);
  }

  private static Stage changed(
      Stage old,
      Certificate.StageLeg leg,
      List<FailingSegment> segments,
      List<FailingPoint> points) {
    return new Stage(
        leg,
        old.size(),
        old.lot(),
        old.minimumOrderValue(),
        old.dustValue(),
        old.capSharePpm(),
        old.feePpm(),
        old.curve(),
        old.quantity(),
        old.cost(),
        old.penalty(),
        old.repaid(),
        segments,
        points);
  }
}
