package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.RateSource.Computed;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;

/// What rates, shares and depth left follow from, by hand; one part per million beside it is found.
class RatesAndSharesTest {
  private static final long ONE = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  /// Equity over a requirement, all that is owed: severity is what is missing to 1.
  private static Standard margined(long equity, long requirement) {
    return standard(equity, requirement - equity, requirement, requirement);
  }

  private static Standard standard(long equity, long shortfall, long requirement, long owed) {
    return new Standard(
        BigInteger.valueOf(equity),
        BigInteger.valueOf(shortfall).multiply(BigInteger.valueOf(ONE * ONE)),
        BigInteger.valueOf(requirement * ONE),
        BigInteger.valueOf(owed * ONE));
  }

  private record Source(String course, String measure, long bonus, long maximum, long solvency) {
    Computed from(long position, long pair, long toPosition, long toPair, long ceiling) {
      return new Computed(
          course,
          position,
          pair,
          toPosition,
          toPair,
          100,
          course.equals(Computed.AUCTION) ? 100 : 0,
          measure,
          bonus,
          maximum,
          solvency,
          ceiling);
    }

    Computed rates() {
      return from(10_000, 50_000, 30_000, 10_000, ONE);
    }
  }

  private static Source plain(String course) {
    return new Source(course, Computed.BASE, 0, ONE, 0);
  }

  private static void resolves(
      Computed source, Standard standard, long asOfNanos, long position, long pair) {
    assertThat(findings(source, standard, asOfNanos, position, pair)).isEmpty();
    assertThat(findings(source, standard, asOfNanos, position + 1, pair))
        .containsExactly(
            "the penalty of perpetuals is %d parts per million by the rule, not %d"
                .formatted(position, position + 1));
    assertThat(findings(source, standard, asOfNanos, position, pair - 1))
        .containsExactly(
            "the penalty of pairs is %d parts per million by the rule, not %d"
                .formatted(pair, pair - 1));
  }

  private static List<String> findings(
      Computed source, Standard standard, long asOfNanos, long position, long pair) {
    Terms terms =
        new Terms(
            Level.AUTO,
            ONE,
            ONE,
            position,
            pair,
            true,
            Terms.REQUIREMENT,
            Terms.OBLIGATION,
            source);
    Findings findings = new Findings();
    new RateCheck(terms, standard, asOfNanos, findings).check();
    return findings.sentences();
  }

  @Test
  void aFixedRateIsTheFirst() {
    resolves(plain(Computed.FIXED).rates(), margined(750, 1_000), 125, 10_000, 50_000);
  }

  @Test
  void ratesFollowSeverity() {
    Computed source = plain(Computed.SEVERITY).rates();
    resolves(source, margined(750, 1_000), 0, 15_000, 40_000);
    resolves(source, margined(1_000, 1_000), 0, 10_000, 50_000);
    resolves(source, margined(1_001, 1_000), 0, 10_000, 50_000);
    resolves(source, margined(0, 1_000), 0, 30_000, 10_000);
    // Two thirds of the way: 23,333.3 and, falling, 23,333.4, both rounded down.
    resolves(source, margined(1, 3), 0, 23_333, 23_333);
  }

  @Test
  void ratesOfAnAuctionFollowTime() {
    Computed source = plain(Computed.AUCTION).rates();
    resolves(source, margined(750, 1_000), 95, 10_000, 50_000);
    resolves(source, margined(750, 1_000), 125, 15_000, 40_000);
    resolves(source, margined(750, 1_000), 900, 30_000, 10_000);
  }

  @Test
  void theLeastOfMaximumAndCeilingBinds() {
    Source source = new Source(Computed.FIXED, Computed.BASE, 0, 8_000, 0);
    resolves(source.rates(), margined(750, 1_000), 0, 8_000, 8_000);
    resolves(source.from(10_000, 50_000, 0, 0, 7_000), margined(750, 1_000), 0, 7_000, 7_000);
  }

  @Test
  void aBonusIsTakenInPart() {
    Source source = new Source(Computed.FIXED, Computed.BONUS, 100_000, ONE, 0);
    resolves(source.rates(), margined(750, 1_000), 0, 1_000, 5_000);
  }

  @Test
  void aRateOnThePortfolioIsAShareOfItsEquity() {
    Computed source =
        new Source(Computed.FIXED, Computed.PORTFOLIO, 0, ONE, 0).from(300_000, 200_000, 0, 0, ONE);
    resolves(source, standard(750, 0, 1_000, 2_000), 0, 225_000, 75_000);
    resolves(source, standard(9_000, 0, 1_000, 1_000), 0, 999_999, 999_999);
    resolves(source, standard(0, 0, 1_000, 1_000), 0, 0, 0);
    resolves(source, standard(750, 0, 0, 1_000), 0, 0, 150_000);
  }

  @Test
  void thePenaltyOfAPairKeepsAShareOfItsSolvency() {
    Computed source = new Source(Computed.FIXED, Computed.BASE, 0, ONE, 500_000).rates();
    resolves(source, standard(60, 0, 500, 2_000), 0, 10_000, 20_000);
    resolves(source, standard(600, 0, 500, 2_000), 0, 10_000, 50_000);
    resolves(source, standard(60, 0, 2_000, 2_000), 0, 10_000, 50_000);
    resolves(plain(Computed.FIXED).rates(), standard(60, 0, 500, 2_000), 0, 10_000, 50_000);
  }

  private static List<String> findings(Claim claim, long asOfNanos) {
    AccountState start = AccountState.before(CertificateExamples.perpetualLong());
    Terms terms = CertificateExamples.perpetualLong().terms();
    Findings findings = new Findings();
    ShareCheck check = new ShareCheck(margined(750, 1_000), terms, asOfNanos, findings);
    switch (claim) {
      case Claim.RestoresShare share -> check.check(share);
      case Claim.RulePrescribed prescribed -> check.check(prescribed, start);
      default -> throw new IllegalArgumentException(claim.kind());
    }
    return findings.sentences();
  }

  private static void prescribes(Share source, long share) {
    assertThat(findings(new Claim.RulePrescribed("", share, source), 0)).isEmpty();
    assertThat(findings(new Claim.RulePrescribed("", share + 1, source), 0))
        .containsExactly(
            "the share is %d parts per million by the rule, not %d".formatted(share, share + 1));
  }

  @Test
  void aShareFollowsFromSeverityOrHealth() {
    prescribes(new Share.BySeverity(200_000, 600_000), 300_000);
    prescribes(new Share.BySeverity(600_000, 200_000), 500_000);
    // The account lies one unit below 1.05.
    Share.Row below = new Share.Row(1_049_000, 70_000);
    Share.Row above = new Share.Row(1_050_000, 30_000);
    prescribes(new Share.ByHealth(List.of(below, above)), 30_000);
    prescribes(new Share.ByHealth(List.of(above, new Share.Row(1_060_000, 5))), 30_000);
    prescribes(new Share.ByHealth(List.of(below)), ONE);
    assertThat(findings(new Claim.RulePrescribed("", 5, new Share.Constant()), 0)).isEmpty();
  }

  @Test
  void aShareGrowsWithTime() {
    sliced(5 * SECOND / 2, 225_000);
    sliced(5 * SECOND / 2 - 1, 224_999);
    sliced(0, 100_000);
    sliced(-SECOND, 100_000);
  }

  private static void sliced(long elapsedNanos, long share) {
    long asOf = 7 * SECOND + elapsedNanos;
    for (long change : new long[] {-1, 0, 1}) {
      Claim claim = new Claim.RestoresShare(share + change, 100_000, 50_000, 7 * SECOND, "0");
      assertThat(findings(claim, asOf).isEmpty()).isEqualTo(change == 0);
    }
  }

  @Test
  void theBarOfAShareIsRoundedUp() {
    AccountState start = AccountState.before(CertificateExamples.perpetualLong());
    Level target = Level.target(CertificateExamples.perpetualLong().terms());
    BigInteger excess = start.excess(target);
    assertThat(excess.signum()).isNegative();
    BigInteger bar = ShareCheck.bar(start, target, 333_333);
    BigInteger left = excess.multiply(BigInteger.valueOf(666_667));
    BigInteger million = BigInteger.valueOf(ONE);
    assertThat(bar.multiply(million)).isGreaterThanOrEqualTo(left);
    assertThat(bar.subtract(BigInteger.ONE).multiply(million)).isLessThan(left);
  }

  private static CurveLine curve(List<Long> knots, List<Long> starts, List<Long> ends) {
    return new CurveLine(knots, starts, ends);
  }

  private static final long ENDLESS = Long.MAX_VALUE >> 2;

  @Test
  void whatIsLeftOfADepth() {
    CurveLine whole = curve(List.of(2L, 8L), List.of(0L, 15L), List.of(10L, 30L));
    assertThat(UsedCurve.after(whole, 0)).isEqualTo(whole);
    assertThat(UsedCurve.after(whole, 1))
        .isEqualTo(curve(List.of(1L, 7L), List.of(0L, 10L), List.of(5L, 25L)));
    assertThat(UsedCurve.after(whole, 2)).isEqualTo(curve(List.of(6L), List.of(5L), List.of(20L)));
    assertThat(UsedCurve.after(whole, 3)).isEqualTo(curve(List.of(5L), List.of(0L), List.of(12L)));
    CurveLine nothing = curve(List.of(), List.of(), List.of());
    assertThat(UsedCurve.after(whole, 8)).isEqualTo(nothing);
    assertThat(UsedCurve.after(whole, 9)).isEqualTo(nothing);
    assertThat(UsedCurve.after(nothing, 1)).isEqualTo(nothing);
  }

  @Test
  void aDepthWithoutEndDoesNotRunOutAndAFixedCostIsPaidOnce() {
    CurveLine fixed = curve(List.of(ENDLESS), List.of(500L), List.of(500L));
    assertThat(UsedCurve.after(fixed, 0)).isEqualTo(fixed);
    assertThat(UsedCurve.after(fixed, 7))
        .isEqualTo(curve(List.of(ENDLESS), List.of(0L), List.of(0L)));
    CurveLine rising = curve(List.of(ENDLESS), List.of(0L), List.of(ENDLESS));
    assertThat(UsedCurve.after(rising, 7).knots()).containsExactly(ENDLESS - 7);
  }

  @Test
  void theHullLeavesOutWhatLiesOnOrAboveIt() {
    CurveLine bent = curve(List.of(2L, 4L, 8L), List.of(0L, 10L, 30L), List.of(10L, 30L, 41L));
    assertThat(UsedCurve.hull(bent))
        .isEqualTo(curve(List.of(2L, 8L), List.of(0L, 10L), List.of(10L, 41L)));
    CurveLine straight = curve(List.of(2L, 4L, 8L), List.of(0L, 10L, 30L), List.of(10L, 30L, 40L));
    assertThat(UsedCurve.hull(straight)).isEqualTo(curve(List.of(8L), List.of(0L), List.of(40L)));
    CurveLine jump = curve(List.of(5L), List.of(20L), List.of(30L));
    assertThat(UsedCurve.hull(jump)).isEqualTo(curve(List.of(5L), List.of(0L), List.of(30L)));
  }

  private static HealthFactor factor(long numerator, long base) {
    return new HealthFactor(BigInteger.valueOf(numerator), BigInteger.valueOf(base));
  }

  @Test
  void healthFactorsAreFractions() {
    assertThat(factor(3, 4).isAbove(factor(2, 3))).isTrue();
    assertThat(factor(2, 3).isAbove(factor(3, 4))).isFalse();
    assertThat(factor(2, 4).isAbove(factor(1, 2))).isFalse();
    assertThat(factor(0, 0).isAbove(factor(9, 1))).isTrue();
    assertThat(factor(9, 1).isAbove(factor(0, 0))).isFalse();
    assertThat(factor(1, 0).isAbove(factor(0, 0))).isFalse();
    assertThat(factor(-1, 0).isAbove(factor(1, 9))).isFalse();
    assertThat(factor(1, 0).isAbove(factor(-1, 0))).isTrue();
  }
}
