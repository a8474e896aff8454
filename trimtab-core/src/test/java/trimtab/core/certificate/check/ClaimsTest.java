package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Claim;
import trimtab.core.health.LegSum;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.testkit.World;

/// What each claim says, with one thing in it not so.
class ClaimsTest {
  private static List<String> findings(Certificate certificate) {
    return CertificateChecker.check(certificate) instanceof CheckResult.Fails(List<String> all)
        ? all
        : List.of();
  }

  private static void finds(Certificate certificate, String part) {
    assertThat(findings(certificate)).anyMatch(finding -> finding.contains(part));
  }

  private static List<Certificate> planned(
      Class<? extends Claim> kind, CloseRule rule, List<LongFunction<World>> families) {
    List<Certificate> certificates = new ArrayList<>();
    for (long seed = 0; seed < 60; seed++) {
      for (LongFunction<World> family : families) {
        World world = World.breached(seed, family).with(rule, OnHarmfulClose.ESCALATE);
        Plan plan =
            new Planner(world.listing(), new LegSum(world.listing()))
                .plan(
                    world.account(),
                    world.marks(),
                    world.rulebook(),
                    world.curves(),
                    EpisodeState.opened(-2_000_000_000L),
                    MarketState.fresh(0));
        if (plan instanceof Plan.Close close && kind.isInstance(close.claim())) {
          Certificate certificate =
              Certificates.of(
                  world.listing(), world.account(), world.marks(), world.rulebook(), close);
          assertThat(findings(certificate)).isEmpty();
          certificates.add(certificate);
        }
      }
    }
    return certificates;
  }

  @Test
  void aShareOfTheWayIsRecomputed() {
    List<LongFunction<World>> families = List.of(World::onePosition, World::onePair, World::mixed);
    CloseRule rule = new CloseRule.TimeSliced(150_000, 50_000);
    List<Certificate> planned = planned(Claim.RestoresShare.class, rule, families);
    assertThat(planned).hasSizeGreaterThan(20);
    for (Certificate good : planned) {
      Claim.RestoresShare claim = (Claim.RestoresShare) good.claim();
      assertThat(claim.sharePpm()).isEqualTo(250_000);
      finds(
          Mutations.with(good, "claim.initialSharePpm", 150_001L),
          "the share is 250001 parts per million by the rule, not 250000");
      BigInteger more = new BigInteger(claim.excess()).add(BigInteger.ONE);
      finds(
          Mutations.with(good, "claim.excess", more.toString()),
          "the excess afterwards is " + claim.excess() + ", not " + more);
    }
  }

  @Test
  void whatRelievesIsTheMostThatIsAllowedRaisesHealthAndDoesNotRestore() {
    CloseRule rule = new CloseRule.TargetHealth(1_000_000);
    assertThat(planned(Claim.Relieves.class, rule, List.of(World::mixed))).isNotEmpty();
    Certificate restoring = CertificateExamples.perpetualLong();
    Certificate said = Mutations.with(restoring, "claim", new Claim.Relieves());
    assertThat(findings(said))
        .containsExactly(
            "stage 1 (ETHUSDT): close factor and depth allow 100, but 45 is closed",
            "what is closed restores the target, with an excess of 9517353975000000000");
  }

  @Test
  void aCloseThatIsCappedIsTheMostThatIsAllowed() {
    Certificate less =
        Mutations.with(
            CertificateCheckerTest.closing(CertificateExamples.perpetualShort(), 34),
            "claim",
            new Claim.Capped(Claim.Capped.CLOSE_FACTOR));
    finds(less, "close factor and depth allow 36, but 34 is closed");
    Certificate shallow =
        Mutations.with(
            CertificateCheckerTest.closing(CertificateExamples.cappedByDepth(), 10),
            "claim",
            new Claim.Capped(Claim.Capped.DEPTH));
    finds(shallow, "close factor and depth allow 12, but 10 is closed");
  }

  @Test
  void aCloseThatIsCappedDoesNotRestore() {
    Certificate cut =
        Mutations.with(
            Mutations.with(CertificateExamples.perpetualLong(), "stages[0].capSharePpm", 450_000L),
            "claim",
            new Claim.Capped(Claim.Capped.CLOSE_FACTOR));
    assertThat(findings(cut))
        .containsExactly(
            "stage 1 (ETHUSDT): the target is restored with an excess of 9517353975000000000, yet"
                + " it does not count");
  }

  /// A choice of one leg says that the leg's size is its least, and shows it.
  @Test
  void aChoiceOfOneLegShowsThatLessOfItFails() {
    int tried = 0;
    for (Certificate good : ChoiceTamperingTest.chosen(LegOrder.LEAST_COST)) {
      Stage stage = good.stages().getFirst();
      boolean shows = !stage.segments().isEmpty() || !stage.points().isEmpty();
      if (good.stages().size() == 1 && shows) {
        Certificate bare =
            Mutations.with(
                Mutations.with(good, "stages[0].segments", List.of()),
                "stages[0].points",
                List.of());
        finds(bare, "nothing shows that closing ");
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(5);
  }

  @Test
  void kindsAreTheWordsOfTheFiles() {
    List<Claim> claims =
        List.of(
            new Claim.RestoresMinimal("0"),
            new Claim.RestoresShare(1, 1, 0, 0, "0"),
            new Claim.Relieves(),
            new Claim.Capped(Claim.Capped.DEPTH),
            new Claim.RulePrescribed("", 1),
            new Claim.ClosesAll(""),
            new Claim.Escalated(Claim.Escalated.BANKRUPT));
    assertThat(claims)
        .extracting(Claim::kind)
        .containsExactly(
            "RESTORES_MINIMAL",
            "RESTORES_SHARE",
            "RELIEVES",
            "CAPPED",
            "RULE_PRESCRIBED",
            "CLOSES_ALL",
            "ESCALATED");
  }

  @Test
  void whatWasDeliveredMayStayOpen() {
    Certificate good = CertificateExamples.closesAll();
    List<PositionLine> positions = new ArrayList<>(good.positions());
    positions.add(new PositionLine("OLD", 3, 1, 4_001_001, 4_001_001, false, List.of()));
    assertThat(findings(Mutations.with(good, "positions", positions))).isEmpty();
    positions.set(
        1, new PositionLine("OLD", 3, 1, 4_001_001, 4_001_001, false, List.of(new TierLine(0, 1))));
    finds(Mutations.with(good, "positions", positions), "but 1 of OLD stays open");
  }
}
