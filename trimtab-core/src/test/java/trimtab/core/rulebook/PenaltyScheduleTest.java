package trimtab.core.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltySchedule.Course;
import trimtab.core.rulebook.PenaltySchedule.Measure;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.rulebook.PenaltyTerms.PairBase;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
import trimtab.core.rulebook.PenaltyTerms.Split;

/// Which rates a schedule gives, worked out by hand.
class PenaltyScheduleTest {
  private static final long ONE = 1_000_000;
  private static final PenaltyTerms START = new PenaltyTerms(10_000, 50_000, Cap.NONE, 700_000);
  private static final PenaltyTerms FREED =
      new PenaltyTerms(
          300_000,
          200_000,
          PositionBase.REQUIREMENT,
          PairBase.OBLIGATION,
          Cap.NONE,
          new Split(ONE, 0, 0));

  /// A requirement of 1,000 and nothing owed beside it.
  private static Health margined(long equity) {
    Wide requirement = Wide.product(1_000, ONE);
    return new Health(
        Wide.product(Math.max(0, equity), ONE),
        requirement.plus(Wide.product(Math.max(0, -equity), ONE)),
        requirement,
        Base.REQUIREMENT,
        equity);
  }

  private static void resolves(
      PenaltySchedule schedule, PenaltyTerms start, Health health, long elapsed, long... rates) {
    assertThat(schedule.resolve(start, ONE, health, elapsed))
        .isEqualTo(start.atRates(rates[0], rates[1]));
  }

  private static PenaltySchedule plain(Course course) {
    return new PenaltySchedule(course, Measure.BASE, 0, ONE, 0);
  }

  @Test
  void aFixedScheduleChangesNothing() {
    assertThat(PenaltySchedule.FIXED.resolve(START, ONE, margined(5), 7)).isEqualTo(START);
  }

  @Test
  void ratesFollowSeverity() {
    PenaltySchedule schedule = plain(new Course.InSeverity(30_000, 10_000));
    // A quarter of the way to bankruptcy; one rate rises, the other falls.
    resolves(schedule, START, margined(750), 0, 15_000, 40_000);
    resolves(schedule, START, margined(1_000), 0, 10_000, 50_000);
    resolves(schedule, START, margined(0), 0, 30_000, 10_000);
  }

  @Test
  void ratesOfAnAuctionFollowTime() {
    PenaltySchedule schedule = plain(new Course.Auction(30_000, 10_000, 100));
    resolves(schedule, START, margined(750), -5, 10_000, 50_000);
    resolves(schedule, START, margined(750), 25, 15_000, 40_000);
    resolves(schedule, START, margined(750), 100, 30_000, 10_000);
    resolves(schedule, START, margined(750), 900, 30_000, 10_000);
  }

  @Test
  void aMaximumBindsBothRates() {
    PenaltySchedule schedule = new PenaltySchedule(new Course.Fixed(), Measure.BASE, 0, 8_000, 0);
    resolves(schedule, START, margined(750), 0, 8_000, 8_000);
  }

  @Test
  void aBonusIsTakenInPart() {
    PenaltySchedule schedule =
        new PenaltySchedule(new Course.Fixed(), Measure.BONUS, 100_000, ONE, 0);
    resolves(schedule, START, margined(750), 0, 1_000, 5_000);
  }

  @Test
  void aRateOnThePortfolioIsAShareOfItsEquity() {
    PenaltySchedule schedule =
        new PenaltySchedule(new Course.Fixed(), Measure.PORTFOLIO, 0, ONE, 0);
    // 0.3 x 750 of a requirement of 1,000; 0.2 x 750 of an obligation of 1,000.
    resolves(schedule, FREED, margined(750), 0, 225_000, 150_000);
    resolves(schedule, FREED, margined(0), 0, 0, 0);
    resolves(schedule, FREED, margined(-1), 0, 0, 0);
    // More than all of it is not taken.
    resolves(schedule, FREED, margined(9_000), 0, 999_999, 999_999);
    Health nothing = new Health(Wide.of(5), Wide.ZERO, Wide.ZERO, Base.OBLIGATION, 5);
    resolves(schedule, FREED, nothing, 0, 0, 0);
  }

  @Test
  void thePenaltyOfAPairKeepsAShareOfItsSolvency() {
    PenaltySchedule schedule =
        new PenaltySchedule(new Course.Fixed(), Measure.BASE, 0, ONE, 500_000);
    // Equity 60 over 1,500 owed: at most half of 4 %.
    Health loan = loan(60, 1_500);
    resolves(schedule, START, loan, 0, 10_000, 20_000);
    resolves(schedule, START, loan(600, 1_500), 0, 10_000, 50_000);
    resolves(schedule, START, loan(0, 1_500), 0, 10_000, 0);
    // Nothing owed beside the requirement: no bound.
    resolves(schedule, START, margined(750), 0, 10_000, 50_000);
    resolves(plain(new Course.InSeverity(10_000, 50_000)), START, loan, 0, 10_000, 50_000);
  }

  private static Health loan(long equity, long owed) {
    return new Health(
        Wide.product(owed, ONE), Wide.product(owed, ONE), Wide.ZERO, Base.OBLIGATION, equity);
  }

  @Test
  void refusesSharesOutsideTheirRange() {
    String shares = "bonus, maximum and solvency share of a penalty are 0 to 1, the bonus below 1";
    long[][] wrong = {
      {-1, 0, 0}, {ONE, 0, 0}, {0, -1, 0}, {0, ONE + 1, 0}, {0, 0, -1}, {0, 0, ONE + 1}
    };
    for (long[] each : wrong) {
      assertThatThrownBy(() ->
              new PenaltySchedule(new Course.Fixed(), Measure.BASE, each[0], each[1], each[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(shares);
    }
    assertThatCode(() -> new PenaltySchedule(new Course.Fixed(), Measure.BASE, ONE - 1, 0, ONE))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesRatesOutsideTheirRange() {
    String rate = "a penalty rate is at least 0 and below 1";
    long[][] wrong = {{-1, 0}, {ONE, 0}, {0, -1}, {0, ONE}};
    for (long[] each : wrong) {
      assertThatThrownBy(() -> plain(new Course.InSeverity(each[0], each[1]))).hasMessage(rate);
      assertThatThrownBy(() -> plain(new Course.Auction(each[0], each[1], 1))).hasMessage(rate);
      assertThatThrownBy(() -> START.atRates(each[0], each[1])).hasMessage(rate);
    }
    assertThat(START.atRates(0, ONE - 1).pairPpm()).isEqualTo(ONE - 1);
    assertThat(START.atRates(ONE - 1, 0).positionPpm()).isEqualTo(ONE - 1);
    assertThat(plain(new Course.InSeverity(0, ONE - 1)).bonusPpm()).isZero();
    assertThat(plain(new Course.InSeverity(ONE - 1, 0)).bonusPpm()).isZero();
    assertThatThrownBy(() -> new Course.Auction(0, 0, 0))
        .hasMessage("an auction lasts longer than 0 seconds");
  }

  @Test
  void aPortfolioIsChargedOnWhatIsFreed() {
    PenaltySchedule schedule =
        new PenaltySchedule(new Course.Fixed(), Measure.PORTFOLIO, 0, ONE, 0);
    schedule.requireFitting(FREED);
    String sentence = "a penalty on the portfolio is charged on requirement and obligation";
    assertThatThrownBy(() -> schedule.requireFitting(START)).hasMessage(sentence);
    for (boolean position : new boolean[] {true, false}) {
      PenaltyTerms half =
          new PenaltyTerms(
              0,
              0,
              position ? PositionBase.REQUIREMENT : PositionBase.NOTIONAL,
              position ? PairBase.REPAID : PairBase.OBLIGATION,
              Cap.NONE,
              new Split(ONE, 0, 0));
      assertThatThrownBy(() -> schedule.requireFitting(half)).hasMessage(sentence);
    }
    PenaltySchedule.FIXED.requireFitting(START);
    OwnRulebook rulebook =
        new OwnRulebook(
            "own", new CloseRule.Full(), Base.AUTO, ONE, ONE, START, OnHarmfulClose.ESCALATE, 0);
    assertThatThrownBy(() -> rulebook.with(START, schedule, false)).hasMessage(sentence);
  }

  @Test
  void theSharesOfAPenaltyAreOneTogether() {
    String split = "the shares of fund, liquidator and protocol are 0 to 1 and 1 together";
    assertThat(new Split(0, 0, ONE).protocolPpm()).isEqualTo(ONE);
    assertThat(new Split(0, ONE, 0).liquidatorPpm()).isEqualTo(ONE);
    long[][] wrong = {{-1, ONE + 1, 0}, {ONE + 1, -1, 0}, {0, ONE + 1, -1}, {1, 0, 0}};
    for (long[] each : wrong) {
      assertThatThrownBy(() -> new Split(each[0], each[1], each[2])).hasMessage(split);
    }
    String share = "the fund's share of the penalty is 0 to 1";
    assertThatThrownBy(() -> new PenaltyTerms(0, 0, Cap.NONE, -1)).hasMessage(share);
    assertThatThrownBy(() -> new PenaltyTerms(0, 0, Cap.NONE, ONE + 1)).hasMessage(share);
    assertThat(new PenaltyTerms(0, 0, Cap.NONE, ONE).fundSharePpm()).isEqualTo(ONE);
    assertThat(new PenaltyTerms(0, 0, Cap.NONE, 0).fundSharePpm()).isZero();
    assertThat(START.split()).isEqualTo(new Split(700_000, 300_000, 0));
    assertThat(START.boundedBy(Cap.IMPROVEMENT).cap()).isEqualTo(Cap.IMPROVEMENT);
    assertThat(START.boundedBy(Cap.IMPROVEMENT).boundedBy(Cap.NONE)).isEqualTo(START);
  }
}
