package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.ExposureLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.RateSource.Computed;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Certificate.WeightLine;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;

/// Every part of a certificate at both ends of its range, one beyond each, and left out.
class FormTest {
  private static final long MOST = Long.MAX_VALUE;
  private static final CurveLine CURVE =
      new CurveLine(List.of(4L, 9L), List.of(0L, 5L), List.of(3L, 7L));
  private static final StageLeg LEG = new StageLeg("ETHUSDT", "");

  /// Every kind of part once, of the right form. Nothing in it need be true.
  private static Certificate full() {
    Terms terms =
        new Terms(
            Level.AUTO,
            1_000_000,
            1_100_000,
            10_000,
            50_000,
            true,
            Terms.REQUIREMENT,
            Terms.OBLIGATION,
            new Computed(
                Computed.AUCTION, 1, 2, 3, 4, 5, 6, Computed.PORTFOLIO, 7, 8, 9, 1_000_000));
    BalanceLine usd = new BalanceLine("USD", 8, 100, 5, 1, 1_000_000, 1_000_000);
    BalanceLine eth =
        new BalanceLine(
            "ETH",
            5,
            -7,
            3,
            200,
            List.of(new WeightLine(0, 900_000), new WeightLine(10, 800_000)),
            1_000_000);
    PositionLine position =
        new PositionLine(
            "ETHUSDT", 3, -4, -800, 200, true, List.of(new TierLine(0, 9), new TierLine(5, 10)));
    Stage stage =
        new Stage(
            LEG,
            9,
            1,
            0,
            0,
            1_000_000,
            10,
            CURVE,
            3,
            1,
            1,
            0,
            List.of(new FailingSegment(1, 2, true, "-1", "-2")),
            List.of(new FailingPoint(1, "-3")));
    ChoiceLine choice =
        new ChoiceLine(
            ChoiceCheck.PROPORTIONAL,
            "cost",
            5,
            4,
            "1/2",
            true,
            1_000_000,
            "2/3",
            List.of(new LegLine(LEG, 1, 0, 0, 10, CURVE)),
            List.of(new ExposureLine("ETHUSDT", List.of("ETHUSDT"), List.of("ETH"))));
    return new Certificate(
        Certificate.VERSION,
        "account",
        "rulebook",
        0,
        8,
        terms,
        List.of(usd, eth),
        List.of(position),
        List.of(stage),
        new Claim.RestoresMinimal("12", Optional.of(choice)));
  }

  private static Certificate claiming(Claim claim) {
    return Mutations.with(full(), "claim", claim);
  }

  private static Certificate sharing() {
    return claiming(new Claim.RestoresShare(500_000, 100_000, 5, 0, "1"));
  }

  private static Certificate sloping() {
    return claiming(new Claim.RulePrescribed("ramp", 5, new Share.BySeverity(3, 4)));
  }

  private static Certificate stepping() {
    return claiming(
        new Claim.RulePrescribed(
            "steps",
            5,
            new Share.ByHealth(List.of(new Share.Row(900_000, 5), new Share.Row(1_000_000, 4)))));
  }

  private static List<String> findings(Certificate certificate) {
    Findings findings = new Findings();
    new Form(findings).check(certificate);
    return findings.sentences();
  }

  private static List<String> findings(String path, @Nullable Object part) {
    return findings(Mutations.with(full(), path, part));
  }

  @Test
  void whatHasTheRightFormHasNoFindings() {
    for (Certificate good : List.of(full(), sharing(), sloping(), stepping())) {
      assertThat(findings(good)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "valueDecimals | certificate: valueDecimals | 0 | 18",
        "exactScale | certificate: the exact scale | 1 | MOST",
        "balances[1].decimals | ETH: the decimals | 0 | 18",
        "balances[1].amount | ETH: the amount | -MOST | MOST",
        "balances[1].debt | ETH: the debt | 0 | MOST",
        "balances[1].unitValue | ETH: the unit value | 1 | MOST",
        "balances[1].debtWeightPpm | ETH: the debt weight | 1000000 | MOST",
        "balances[1].weights[0].weightPpm | ETH: the asset weight | 0 | 1000000",
        "positions[0].quantityDecimals | ETHUSDT: the decimals | 0 | 18",
        "positions[0].quantity | ETHUSDT: the quantity | -MOST | MOST",
        "positions[0].cost | ETHUSDT: the cost | -MOST | MOST",
        "positions[0].perUnit | ETHUSDT: the amount per unit | 1 | MOST",
        "positions[0].price | ETHUSDT: the price | 1 | MOST",
        "positions[0].costUnitValue | ETHUSDT: the cost unit's value | 1 | MOST",
        "positions[0].costPerUnit | ETHUSDT: the cost units per unit | 1 | MOST",
        "positions[0].pnlWeightPpm | ETHUSDT: the weight of gains | 0 | 1000000",
        "positions[0].tiers[1].ratePpm | ETHUSDT: the tier rate | 1 | 1000000",
        "stages[0].size | stage 1 (ETHUSDT): the size | 1 | MOST",
        "stages[0].lot | stage 1 (ETHUSDT): the lot | 1 | MOST",
        "stages[0].minimumOrderValue | stage 1 (ETHUSDT): the minimum order | 0 | MOST",
        "stages[0].dustValue | stage 1 (ETHUSDT): the dust | 0 | MOST",
        "stages[0].capSharePpm | stage 1 (ETHUSDT): the close factor | 1 | 1000000",
        "stages[0].feePpm | stage 1 (ETHUSDT): the fee | 0 | 1000000",
        "stages[0].quantity | stage 1 (ETHUSDT): the quantity | 0 | MOST",
        "claim.choice.value | choice: the value | 0 | MOST",
        "claim.choice.lowerBound | choice: the lower bound | 0 | MOST",
        "claim.choice.capSharePpm | choice: the close factor | 1 | 1000000",
        "claim.choice.legs[0].lot | ETHUSDT: the lot | 1 | MOST",
        "claim.choice.legs[0].minimumOrderValue | ETHUSDT: the minimum order | 0 | MOST",
        "claim.choice.legs[0].dustValue | ETHUSDT: the dust | 0 | MOST",
        "claim.choice.legs[0].feePpm | ETHUSDT: the fee | 0 | 1000000",
        "terms.thresholdPpm | terms: the threshold | 1000000 | MOST",
        "terms.targetPpm | terms: the target | 1000000 | MOST",
        "terms.positionPenaltyPpm | terms: the penalty of perpetuals | 0 | 999999",
        "terms.pairPenaltyPpm | terms: the penalty of pairs | 0 | 999999",
        "terms.rateSource.fromPositionPpm | terms: the first rate of perpetuals | 0 | 999999",
        "terms.rateSource.fromPairPpm | terms: the first rate of pairs | 0 | 999999",
        "terms.rateSource.toPositionPpm | terms: the last rate of perpetuals | 0 | 999999",
        "terms.rateSource.toPairPpm | terms: the last rate of pairs | 0 | 999999",
        "terms.rateSource.durationNanos | terms: the duration | 1 | MOST",
        "terms.rateSource.bonusPpm | terms: the bonus | 0 | 999999",
        "terms.rateSource.maximumPpm | terms: the maximum | 0 | 1000000",
        "terms.rateSource.solvencySharePpm | terms: the solvency share | 0 | 1000000",
        "terms.rateSource.ceilingPpm | terms: the ceiling | 0 | 1000000",
      })
  void everyNumberHasItsRange(String path, String what, String least, String most) {
    requireRange(full(), path, what, number(least), number(most));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("MOST", Long.toString(MOST)));
  }

  private static void requireRange(
      Certificate good, String path, String what, long least, long most) {
    String sentence = "%s must be %d to %d, not %d";
    for (long inside : new long[] {least, most}) {
      assertThat(findings(Mutations.with(good, path, inside)))
          .noneMatch(finding -> finding.startsWith(what + " must be"));
    }
    assertThat(findings(Mutations.with(good, path, least - 1)))
        .contains(sentence.formatted(what, least, most, least - 1));
    if (most < MOST) {
      assertThat(findings(Mutations.with(good, path, most + 1)))
          .contains(sentence.formatted(what, least, most, most + 1));
    }
  }

  @Test
  void theNumbersOfClaimsHaveTheirRange() {
    requireRange(sharing(), "claim.sharePpm", "claim: the share", 1, 999_999);
    requireRange(sharing(), "claim.initialSharePpm", "claim: the initial share", 1, 1_000_000);
    requireRange(sharing(), "claim.growthPpm", "claim: the growth", 0, MOST);
    requireRange(sloping(), "claim.sharePpm", "claim: the share", 1, 1_000_000);
    requireRange(sloping(), "claim.source.firstPpm", "terms: the first share", 1, 1_000_000);
    requireRange(sloping(), "claim.source.lastPpm", "terms: the last share", 1, 1_000_000);
    String row = "claim.source.rows[1]";
    requireRange(stepping(), row + ".sharePpm", "terms: the share of a row", 1, 1_000_000);
    requireRange(stepping(), row + ".belowPpm", "terms: the level of a row", 900_001, MOST);
    String first = "claim.source.rows[0].belowPpm";
    requireRange(stepping(), first, "terms: the level of a row", 0, MOST);
    assertThat(findings(Mutations.with(stepping(), row + ".belowPpm", 1_000_001)))
        .containsExactly("claim: the last row is below the threshold");
  }

  @Test
  void aTableOfSharesHasOneTo32Rows() {
    for (int rows : new int[] {0, 33}) {
      List<Share.Row> many = Collections.nCopies(rows, new Share.Row(0, 1));
      assertThat(findings(Mutations.with(stepping(), "claim.source.rows", many)))
          .contains("claim: 1 to 32 rows are read, not " + rows);
    }
    List<Share.Row> most = new ArrayList<>();
    for (int i = 31; i >= 0; i--) {
      most.add(new Share.Row(1_000_000 - i, 1));
    }
    assertThat(findings(Mutations.with(stepping(), "claim.source.rows", most))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "positions, certificate, positions, 0, 4096",
    "stages, certificate, stages, 1, 4096",
    "balances, certificate, balances, 1, 4096",
    "balances[1].weights, ETH, weights, 1, 32",
    "positions[0].tiers, ETHUSDT, tiers, 0, 32",
    "stages[0].segments, stage 1 (ETHUSDT), segments, 0, 100000",
    "stages[0].points, stage 1 (ETHUSDT), points, 0, 100000",
    "claim.choice.legs, choice, legs, 1, 4096",
    "claim.choice.exposures, choice, exposures, 0, 4096",
  })
  void everyListHasItsLength(String path, String where, String what, int least, int most) {
    String sentence = "%s: %d to %d %s are read, not %d";
    Object element = element(path);
    for (int inside : new int[] {least, most}) {
      if (inside > 0 || !path.equals("positions[0].tiers")) {
        assertThat(findings(path, Collections.nCopies(inside, element)))
            .noneMatch(finding -> finding.contains(what + " are read"));
      }
    }
    assertThat(findings(path, Collections.nCopies(most + 1, element)))
        .contains(sentence.formatted(where, least, most, what, most + 1));
    if (least > 0) {
      assertThat(findings(path, List.of()))
          .contains(sentence.formatted(where, least, most, what, 0));
    } else {
      assertThat(findings(path, List.of())).isEmpty();
    }
  }

  private static Object element(String path) {
    Certificate full = full();
    ChoiceLine choice = ((Claim.RestoresMinimal) full.claim()).choice().orElseThrow();
    return switch (path) {
      case "positions" -> full.positions().getFirst();
      case "stages" -> full.stages().getFirst();
      case "balances" -> full.balances().getFirst();
      case "balances[1].weights" -> new WeightLine(0, 1);
      case "positions[0].tiers" -> new TierLine(0, 1);
      case "stages[0].segments" -> full.stages().getFirst().segments().getFirst();
      case "stages[0].points" -> full.stages().getFirst().points().getFirst();
      case "claim.choice.legs" -> choice.legs().getFirst();
      default -> choice.exposures().getFirst();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account",
        "rulebook",
        "terms",
        "claim",
        "balances[0].asset",
        "positions[0].market",
        "stages[0].leg",
        "stages[0].leg.instrument",
        "stages[0].leg.debt",
        "stages[0].curve",
        "stages[0].segments[0].boundFrom",
        "stages[0].segments[0].boundTo",
        "stages[0].points[0].excess",
        "terms.base",
        "terms.positionPenaltyBase",
        "terms.pairPenaltyBase",
        "terms.rateSource",
        "terms.rateSource.course",
        "terms.rateSource.measure",
        "claim.excess",
        "claim.choice.order",
        "claim.choice.objective",
        "claim.choice.multiplier",
        "claim.choice.share",
        "claim.choice.legs[0].leg",
        "claim.choice.legs[0].curve",
      })
  void whatIsLeftOutIsTheOnlyFinding(String path) {
    assertThat(findings(path, null))
        .containsExactly("a name, a text or a part of the certificate is missing");
  }

  @Test
  @SuppressWarnings("NullAway")
  void whatIsLeftOutOfOtherClaimsIsTheOnlyFinding() {
    for (Certificate hole :
        List.of(
            Mutations.with(sharing(), "claim.excess", null),
            Mutations.with(sloping(), "claim.source", null),
            Mutations.with(sloping(), "claim.formula", null),
            claiming(new Claim.Capped(null)),
            claiming(new Claim.ClosesAll(null)),
            claiming(new Claim.Escalated(null)))) {
      assertThat(findings(hole))
          .containsExactly("a name, a text or a part of the certificate is missing");
    }
    assertThat(findings(claiming(new Claim.Relieves()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "stages[0].segments[0].boundFrom, stage 1 (ETHUSDT): a bound",
    "stages[0].segments[0].boundTo, stage 1 (ETHUSDT): a bound",
    "stages[0].points[0].excess, stage 1 (ETHUSDT): an excess",
    "claim.excess, claim: the excess",
  })
  void integersAreWrittenAsTheyNormallyAre(String path, String what) {
    requireInteger(full(), path, what);
  }

  @Test
  void theExcessOfAShareIsAnInteger() {
    requireInteger(sharing(), "claim.excess", "claim: the excess");
  }

  private static void requireInteger(Certificate good, String path, String what) {
    for (String text : List.of("0", "-7", "9".repeat(60))) {
      assertThat(findings(Mutations.with(good, path, text))).isEmpty();
    }
    for (String text : List.of("", "-0", "+1", "01", "1.0", "x", "9".repeat(61))) {
      assertThat(findings(Mutations.with(good, path, text)))
          .containsExactly(
              "%s is '%s', not an integer as it is normally written".formatted(what, text));
    }
  }

  @ParameterizedTest
  @CsvSource({"claim.choice.multiplier, the multiplier", "claim.choice.share, the share"})
  void fractionsAreOfWholeNumbers(String path, String what) {
    for (String text : List.of("0/1", "7/5", "1" + "0".repeat(397) + "/1")) {
      assertThat(findings(path, text)).isEmpty();
    }
    for (String text : List.of("", "1", "1/0", "01/2", "-1/2", "1/-2", "1".repeat(399) + "/1")) {
      assertThat(findings(path, text))
          .containsExactly(
              "choice: %s is '%s', not a fraction of whole numbers".formatted(what, text));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "terms.base, base",
    "terms.positionPenaltyBase, base of the penalty of perpetuals",
    "terms.pairPenaltyBase, base of the penalty of pairs",
    "terms.rateSource.course, course",
    "terms.rateSource.measure, measure",
  })
  void wordsAreKnown(String path, String what) {
    assertThat(findings(path, "nonsense"))
        .anyMatch(
            finding -> finding.startsWith("the %s is 'nonsense', not one of ".formatted(what)));
  }

  @Test
  void ordersAndObjectivesAreKnown() {
    for (String path : List.of("claim.choice.order", "claim.choice.objective")) {
      assertThat(findings(path, "nonsense"))
          .singleElement()
          .asString()
          .startsWith("the choice is '")
          .contains("'nonsense'");
    }
  }

  @Test
  void theVersionIsTheOneThatIsRead() {
    assertThat(findings("version", 1)).containsExactly("the version is 1, this checker reads 2");
  }

  @Test
  void namesAreListedOnce() {
    Certificate full = full();
    PositionLine position = full.positions().getFirst();
    assertThat(findings("positions", List.of(position, position)))
        .containsExactly("each market is listed once, not so: [ETHUSDT, ETHUSDT]");
    assertThat(findings("balances[1].asset", "USD"))
        .containsExactly("each asset is listed once, not so: [USD, USD]");
  }

  @ParameterizedTest
  @CsvSource({
    "exactScale, 2",
    "balances[0].unitValue, 2",
    "balances[0].decimals, 7",
    "balances[0].weights[0].weightPpm, 999999",
  })
  void theFirstBalanceIsTheSettlementCurrency(String path, long value) {
    assertThat(findings(path, value))
        .anyMatch(finding -> finding.startsWith("USD is the settlement currency:"));
  }

  @Test
  void theSettlementCurrencyHasOneWeight() {
    List<WeightLine> two = List.of(new WeightLine(0, 1_000_000), new WeightLine(1, 1_000_000));
    assertThat(findings("balances[0].weights", two))
        .anyMatch(finding -> finding.startsWith("USD is the settlement currency:"))
        .anyMatch(finding -> finding.startsWith("ETHUSDT: it is settled in balance 0"));
  }

  @ParameterizedTest
  @CsvSource({"settlement, -1", "settlement, 2", "settlement, 1", "costPerUnit, 2"})
  void aPositionIsSettledInABalanceOfWholeCostUnits(String name, long value) {
    assertThat(findings("positions[0]." + name, value))
        .singleElement()
        .asString()
        .startsWith("ETHUSDT: it is settled in balance");
  }

  @Test
  void aPositionIsNotZero() {
    assertThat(findings("positions[0].quantity", 0L))
        .containsExactly("ETHUSDT: a position is not zero");
  }

  @Test
  void tiersOfMarginRise() {
    assertThat(findings("positions[0].tiers[0].fromValue", 1L))
        .containsExactly("ETHUSDT: the first tier starts at 1");
    assertThat(findings("positions[0].tiers[1].ratePpm", 9L)).isEmpty();
    assertThat(findings("positions[0].tiers[1].ratePpm", 8L))
        .containsExactly(
            "ETHUSDT: a tier from 5 at 8 parts per million cannot follow one from 0 at 9");
    assertThat(findings("positions[0].tiers[1].fromValue", 1L)).isEmpty();
    assertThat(findings("positions[0].tiers[1].fromValue", 0L))
        .containsExactly(
            "ETHUSDT: a tier from 0 at 10 parts per million cannot follow one from 0 at 9");
  }

  @Test
  void tiersOfCollateralRiseAndWeighNoMore() {
    List<String> wrong = List.of("ETH: tiers of collateral start at 0 and rise, weights do not");
    assertThat(findings("balances[1].weights[0].fromAmount", 1L)).isEqualTo(wrong);
    assertThat(findings("balances[1].weights[1].fromAmount", 1L)).isEmpty();
    assertThat(findings("balances[1].weights[1].fromAmount", 0L)).isEqualTo(wrong);
    assertThat(findings("balances[1].weights[1].weightPpm", 900_000L)).isEmpty();
    assertThat(findings("balances[1].weights[1].weightPpm", 900_001L)).isEqualTo(wrong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stages[0].curve", "claim.choice.legs[0].curve"})
  void curvesGoOnAndDoNotFall(String path) {
    assertThat(findings(path + ".knots[0]", 1L)).isEmpty();
    assertThat(findings(path + ".knots[0]", 0L)).singleElement().asString().contains(": piece 1 ");
    assertThat(findings(path + ".knots[1]", 5L)).isEmpty();
    assertThat(findings(path + ".knots[1]", 4L)).singleElement().asString().contains(": piece 2 ");
    assertThat(findings(path + ".starts[1]", 3L)).isEmpty();
    assertThat(findings(path + ".starts[1]", 2L))
        .singleElement()
        .asString()
        .contains(": piece 2 of the cost curve, to 9 from 2 to 7, must go on");
    assertThat(findings(path + ".ends[1]", 5L)).isEmpty();
    assertThat(findings(path + ".ends[1]", 4L)).singleElement().asString().contains(": piece 2 ");
    assertThat(findings(path + ".starts[0]", -1L)).singleElement().asString().contains("piece 1 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stages[0].curve", "claim.choice.legs[0].curve"})
  void curvesHaveOneTo64PiecesWithStartsAndEnds(String path) {
    List<Long> rising = new ArrayList<>();
    for (long i = 1; i <= 64; i++) {
      rising.add(i);
    }
    assertThat(findings(path, new CurveLine(rising, rising, rising))).isEmpty();
    rising.add(65L);
    assertThat(findings(path, new CurveLine(rising, rising, rising)))
        .singleElement()
        .asString()
        .endsWith(
            ": a cost curve has 1 to 64 knots and as many starts and ends; got 65, 65 and 65");
    for (String part : List.of("starts", "ends")) {
      assertThat(findings(path + "." + part, List.of(3L)))
          .singleElement()
          .asString()
          .contains(": a cost curve has 1 to 64 knots");
    }
  }

  @Test
  void onlyALegThatIsOfferedMayHaveNoDepth() {
    CurveLine none = new CurveLine(List.of(), List.of(), List.of());
    assertThat(findings("claim.choice.legs[0].curve", none)).isEmpty();
    assertThat(findings("stages[0].curve", none))
        .containsExactly(
            "stage 1 (ETHUSDT): a cost curve has 1 to 64 knots and as many starts and ends; got 0,"
                + " 0 and 0");
  }

  @Test
  void aDurationIsOfAnAuction() {
    Certificate severity = Mutations.with(full(), "terms.rateSource.course", Computed.SEVERITY);
    String duration = "terms.rateSource.durationNanos";
    requireRange(severity, duration, "terms: the duration", 0, 0);
  }

  @Test
  void aPenaltyOnThePortfolioIsChargedOnWhatIsFreed() {
    String sentence = "terms: a penalty on the portfolio is charged on requirement and obligation";
    assertThat(findings("terms.positionPenaltyBase", Terms.NOTIONAL)).containsExactly(sentence);
    assertThat(findings("terms.pairPenaltyBase", Terms.REPAID)).containsExactly(sentence);
    Certificate onBase = Mutations.with(full(), "terms.rateSource.measure", Computed.BASE);
    assertThat(findings(Mutations.with(onBase, "terms.pairPenaltyBase", Terms.SEIZED))).isEmpty();
  }

  @Test
  void findingsEnd() {
    Findings findings = new Findings();
    for (int i = 0; i < 150; i++) {
      assertThat(findings.require(i % 2 == 0, "odd %d", i)).isEqualTo(i % 2 == 0);
    }
    assertThat(findings.sentences()).hasSize(75).startsWith("odd 1").endsWith("odd 149");
    for (int i = 0; i < 150; i++) {
      findings.require(false, "more");
    }
    assertThat(findings.sentences()).hasSize(Findings.FINDINGS_MAX);
    assertThat(findings.isEmpty()).isFalse();
    assertThat(new Findings().isEmpty()).isTrue();
  }
}
