package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.ExposureLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Certificate.WeightLine;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// What the orders of a choice promise, with one promise broken: shares and hedges, stages that are
/// legs of the choice, legs that add up.
class ChoiceOrderTamperingTest {
  private static List<Certificate> proportional() {
    return ChoiceTamperingTest.chosen(LegOrder.PROPORTIONAL);
  }

  private static ChoiceLine choice(Certificate certificate) {
    return ((Claim.RestoresMinimal) certificate.claim()).choice().orElseThrow();
  }

  private static List<String> findings(Certificate certificate) {
    return CertificateChecker.check(certificate) instanceof CheckResult.Fails(List<String> all)
        ? all
        : List.of();
  }

  private static String share(Rational old, long change) {
    return old.numerator().add(BigInteger.valueOf(change)) + "/" + old.denominator();
  }

  @Test
  void anotherShareIsFound() {
    for (Certificate good : proportional()) {
      Rational share = ChoiceCheck.fraction(choice(good).share());
      for (long change : new long[] {-1, 1}) {
        if (share.numerator().longValueExact() + change >= 0) {
          String other = share(share, change);
          assertThat(findings(Mutations.with(good, "claim.choice.share", other)))
              .as(other)
              .anyMatch(finding ->
                  finding.startsWith("the share " + other)
                      || finding.startsWith("the next smaller share still restores"));
        }
      }
      assertThat(findings(Mutations.with(good, "claim.choice.share", "0/1")))
          .contains("a leg is closed of which the share is nothing");
    }
  }

  /// Every other share of the same grid that closes the same: the next smaller one then restores.
  @Test
  void aLargerShareThatClosesTheSameIsNotTheLeast() {
    int found = 0;
    for (Certificate good : proportional()) {
      Rational share = ChoiceCheck.fraction(choice(good).share());
      Certificate larger = Mutations.with(good, "claim.choice.share", share(share, 1));
      found +=
          findings(larger).stream()
                  .anyMatch(finding -> finding.startsWith("the next smaller share still restores"))
              ? 1
              : 0;
    }
    assertThat(found).isPositive();
  }

  @Test
  void aLegThatIsLeftOutOfItsShareIsFound() {
    int tried = 0;
    for (Certificate good : proportional()) {
      if (good.stages().size() > 1) {
        List<Stage> fewer = good.stages().subList(0, good.stages().size() - 1);
        assertThat(findings(Mutations.with(good, "stages", fewer)))
            .anyMatch(finding -> finding.startsWith("the share "));
        tried++;
      }
    }
    assertThat(tried).isPositive();
  }

  /// The least cost may close one side of a hedge; then it must not be said to keep it.
  @Test
  void aHedgeThatIsNotKeptIsFound() {
    int grown = 0;
    int kept = 0;
    for (Certificate good : ChoiceTamperingTest.chosen(LegOrder.LEAST_COST)) {
      Certificate bold = Mutations.with(good, "claim.choice.order", ChoiceCheck.HEDGE_PRESERVING);
      boolean found =
          findings(bold).contains("hedges are said to be preserved, but a net exposure grows");
      assertThat(found).isEqualTo(grows(good));
      grown += found ? 1 : 0;
      kept += found ? 0 : 1;
    }
    assertThat(grown).isGreaterThan(3);
    assertThat(kept).isGreaterThan(3);
  }

  /// By hand: what the positions and balances of a feed are worth before, and after the stages.
  private static boolean grows(Certificate certificate) {
    for (ExposureLine line : choice(certificate).exposures()) {
      long before = 0;
      long after = 0;
      for (var position : certificate.positions()) {
        if (line.markets().contains(position.market())) {
          before += position.quantity() * position.perUnit();
          long left = Math.abs(position.quantity()) - closed(certificate, position.market());
          after += Long.signum(position.quantity()) * left * position.perUnit();
        }
      }
      for (var balance : certificate.balances()) {
        if (line.assets().contains(balance.asset())) {
          before += (balance.amount() - balance.debt()) * balance.unitValue();
          after += (balance.amount() - balance.debt()) * balance.unitValue();
          after -= closed(certificate, balance.asset()) * balance.unitValue();
          after += repaid(certificate, balance.asset());
        }
      }
      if (Math.abs(after) > Math.abs(before)) {
        return true;
      }
    }
    return false;
  }

  private static long closed(Certificate certificate, String instrument) {
    return certificate.stages().stream()
        .filter(stage -> stage.leg().instrument().equals(instrument))
        .mapToLong(Stage::quantity)
        .sum();
  }

  private static long repaid(Certificate certificate, String asset) {
    return certificate.stages().stream()
        .filter(stage -> stage.leg().debt().equals(asset))
        .mapToLong(Stage::repaid)
        .sum();
  }

  @Test
  void everyExposureIsListedOnce() {
    String sentence = "each position and asset but the settlement currency has one exposure";
    for (Certificate good : ChoiceTamperingTest.chosen(LegOrder.HEDGE_PRESERVING)) {
      List<ExposureLine> exposures = choice(good).exposures();
      for (int i = 0; i < exposures.size(); i++) {
        ExposureLine line = exposures.get(i);
        for (String list : List.of("markets", "assets")) {
          List<String> names = list.equals("markets") ? line.markets() : line.assets();
          String path = "claim.choice.exposures[" + i + "]." + list;
          if (!names.isEmpty()) {
            List<List<String>> wrong =
                List.of(names.subList(1, names.size()), twice(names), replaced(names, "nonsense"));
            for (List<String> each : wrong) {
              assertThat(findings(Mutations.with(good, path, each))).contains(sentence);
            }
          }
        }
      }
      Certificate none = Mutations.with(good, "claim.choice.exposures", List.of());
      assertThat(findings(none)).contains(sentence);
      // In the place of one that is there: as many names as there should be.
      List<ExposureLine> swapped = new ArrayList<>(exposures);
      ExposureLine first = swapped.getFirst();
      if (!first.markets().isEmpty()) {
        List<String> assets = new ArrayList<>(first.assets());
        assets.add("USD");
        swapped.set(
            0,
            new ExposureLine(
                first.feed(), first.markets().subList(1, first.markets().size()), assets));
        assertThat(findings(Mutations.with(good, "claim.choice.exposures", swapped)))
            .contains(sentence);
      }
    }
  }

  private static List<String> twice(List<String> names) {
    List<String> more = new ArrayList<>(names);
    more.add(names.getFirst());
    return more;
  }

  private static List<String> replaced(List<String> names, String other) {
    List<String> changed = new ArrayList<>(names);
    changed.set(0, other);
    return changed;
  }

  /// What a choice gives a leg is what its stage has, to the last number.
  @ParameterizedTest
  @CsvSource({"lot", "minimumOrderValue", "dustValue", "feePpm"})
  void aStageThatIsAnotherLegThanTheChoiceOffersIsFound(String number) {
    for (Certificate good : ChoiceTamperingTest.chosen(LegOrder.LEAST_COST)) {
      for (int i = 0; i < choice(good).legs().size(); i++) {
        LegLine line = choice(good).legs().get(i);
        Optional<Stage> stage =
            good.stages().stream().filter(each -> each.leg().equals(line.leg())).findFirst();
        if (stage.isPresent()) {
          long old =
              switch (number) {
                case "lot" -> line.lot();
                case "minimumOrderValue" -> line.minimumOrderValue();
                case "dustValue" -> line.dustValue();
                default -> line.feePpm();
              };
          String path = "claim.choice.legs[" + i + "]." + number;
          assertThat(findings(Mutations.with(good, path, old + 1)))
              .anyMatch(
                  finding -> finding.endsWith(": the leg is not the one that the choice offers"));
        }
      }
    }
  }

  /// A of 10 at 1,000 needs 5 %, B 10 %; a trade costs a thousandth. Closing 1 of B frees 100 and
  /// costs 1, closing 1 of each frees 150 and costs 2.
  private static World twoMarkets(String cash) {
    return HandWorld.usd()
        .market("A", "1000", "0.05")
        .lot("1")
        .fee("0.001")
        .market("B", "1000", "0.1")
        .lot("1")
        .fee("0.001")
        .position("A", "10", "1000")
        .position("B", "10", "1000")
        .holds("USD", cash)
        .world();
  }

  private static String excess(Certificate certificate) {
    return ((Claim.RestoresMinimal) certificate.claim()).excess();
  }

  @Test
  void aSmallerQuantityThatRestoresToTheUnitIsFound() {
    Certificate good =
        ChoiceTamperingTest.chosen(twoMarkets("1401"), LegOrder.LEAST_COST).orElseThrow();
    assertThat(good.stages()).singleElement().returns(10_000L, Stage::quantity);
    assertThat(excess(good)).isEqualTo("0");
    assertThat(findings(good)).isEmpty();
    Certificate more = ChoiceTamperingTest.closingMore(good, _ -> true).orElseThrow();
    assertThat(findings(more))
        .contains(
            "stage 1 (B): with the next smaller quantity the target is still restored, with an"
                + " excess of 0");
  }

  /// The verdicts at exactly nothing above a level: it is reached.
  @Test
  void anExcessOfNothingIsEnough() {
    Certificate good =
        ChoiceTamperingTest.chosen(twoMarkets("1401"), LegOrder.LEAST_COST).orElseThrow();
    String nothing = "with an excess of 0";
    assertThat(findings(Mutations.with(good, "claim", new Claim.Relieves())))
        .contains("what is closed restores the target, " + nothing);
    Certificate capped = Mutations.with(good, "claim", new Claim.Capped(Claim.Capped.CLOSE_FACTOR));
    assertThat(findings(Mutations.with(capped, "stages[0].capSharePpm", 100_000L)))
        .contains("stage 1 (B): the target is restored " + nothing + ", yet it does not count");
    Certificate more = ChoiceTamperingTest.closingMore(good, _ -> true).orElseThrow();
    List<FailingPoint> points = List.of(new FailingPoint(10_000, "0"));
    assertThat(findings(Mutations.with(more, "stages[0].points", points)))
        .contains("stage 1 (B): closing 10000 restores, " + nothing);
    // Equity of 1,500 over a requirement of 1,500.
    assertThat(findings(Mutations.with(good, "balances[0].amount", 150_000_000_000L)))
        .contains("the account was not in breach: its excess over the threshold was 0");
  }

  /// 1,401 over 1,500: health is 0.934, which is not below 0.934.
  @Test
  void aRowOfATableBeginsBelowItsLevel() {
    Certificate good =
        ChoiceTamperingTest.chosen(twoMarkets("1401"), LegOrder.LEAST_COST).orElseThrow();
    Share.ByHealth rows =
        new Share.ByHealth(List.of(new Share.Row(934_000, 7), new Share.Row(1_000_000, 5)));
    Findings findings = new Findings();
    AccountState start = AccountState.before(good);
    new ShareCheck(Standard.of(start, good.terms()), good.terms(), 0, findings)
        .check(new Claim.RulePrescribed("", 5, rows), start);
    assertThat(findings.sentences()).isEmpty();
  }

  @Test
  void aSmallerShareThatRestoresToTheUnitIsFound() {
    Certificate good =
        ChoiceTamperingTest.chosen(twoMarkets("1352"), LegOrder.PROPORTIONAL).orElseThrow();
    assertThat(good.stages()).hasSize(2).allMatch(stage -> stage.quantity() == 10_000);
    assertThat(excess(good)).isEqualTo("0");
    Certificate more = ChoiceTamperingTest.closingMore(good, _ -> true).orElseThrow();
    assertThat(findings(Mutations.with(more, "claim.choice.share", "100001/1000000")))
        .containsExactly("the next smaller share still restores the target, with an excess of 0");
  }

  @Test
  void stagesInAnotherOrderThanTheLegsAreFound() {
    int tried = 0;
    for (Certificate good : ChoiceTamperingTest.chosen(LegOrder.LEAST_COST)) {
      if (good.stages().size() > 1
          && good.stages().stream().noneMatch(stage -> stage.leg().isPair())) {
        Certificate turned = Mutations.with(good, "stages", good.stages().reversed());
        assertThat(findings(turned)).contains("the stages are not legs of the choice in its order");
        tried++;
      }
    }
    assertThat(tried).isPositive();
  }

  @Test
  void aStageThatClosesNothingIsFound() {
    Certificate good = ChoiceTamperingTest.chosen(LegOrder.LEAST_COST).getFirst();
    Findings findings = new Findings();
    Stage nothing = Mutations.with(good, "stages[0].quantity", 0L).stages().getFirst();
    Level target = Level.target(good.terms());
    AccountState start = AccountState.before(good);
    ClosingLeg leg = ClosingLeg.of(start, nothing, good.terms(), target);
    CheckedStage stage =
        new CheckedStage(
            1,
            nothing,
            leg,
            AdmissibleSizes.of(nothing, leg.size(), leg.tradingCost().worth()),
            leg.settle(0, false));
    new ChoiceCheck(start, List.of(stage), good.terms(), target, findings).check(choice(good));
    assertThat(findings.sentences())
        .containsExactly(stage + ": the leg is not the one that the choice offers");
  }

  @Test
  void aChoiceAmongLegsThatDoNotAddUpIsNoProof() {
    Certificate good =
        ChoiceTamperingTest.chosen(LegOrder.LEAST_COST).stream()
            .filter(each -> each.balances().size() > 1 && !each.positions().isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(reasons(good)).isEmpty();
    for (Certificate strange :
        List.of(
            Mutations.with(good, "netted", false),
            Mutations.with(good, "exactScale", 10L),
            Mutations.with(good, "terms.positionPenaltyBase", "requirement"),
            Mutations.with(good, "terms.pairPenaltyBase", "seized"),
            Mutations.with(
                good,
                "balances[1].weights",
                List.of(new WeightLine(0, 900_000), new WeightLine(5, 800_000))),
            Mutations.with(good, "positions[0].settlement", 1L),
            Mutations.with(good, "positions[0].inverse", true),
            Mutations.with(good, "positions[0].costPerUnit", 2L),
            Mutations.with(good, "positions[0].pnlWeightPpm", 999_999L))) {
      assertThat(reasons(strange))
          .containsExactly("a choice among legs that do not add up cannot be proven");
    }
    // Tiers may be stepped.
    assertThat(
            reasons(
                Mutations.with(
                    good, "positions[0].tiers", List.of(new TierLine(0, 1), new TierLine(1, 2)))))
        .doesNotContain("a choice among legs that do not add up cannot be proven");
  }

  /// What a choice without any stage is found to be.
  private static List<String> reasons(Certificate certificate) {
    Findings findings = new Findings();
    ChoiceLine old = choice(certificate);
    ChoiceLine free =
        new ChoiceLine(
            ChoiceCheck.LEAST_COST,
            old.objective(),
            0,
            0,
            "0/1",
            true,
            old.capSharePpm(),
            "1/1",
            old.legs(),
            old.exposures());
    new ChoiceCheck(
            AccountState.before(certificate),
            List.of(),
            certificate.terms(),
            Level.target(certificate.terms()),
            findings)
        .check(free);
    return findings.sentences();
  }
}
