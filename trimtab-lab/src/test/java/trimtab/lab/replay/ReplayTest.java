package trimtab.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.certificate.Certificate;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Cooldown;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.book.Book;
import trimtab.lab.book.BookGenerator;
import trimtab.lab.book.BookParametersFile;
import trimtab.lab.input.MarketsFile;
import trimtab.lab.input.RulebookFile;
import trimtab.lab.input.RulebookSource;
import trimtab.lab.mark.PricePath;
import trimtab.lab.mark.TestMarkets;
import trimtab.lab.mark.WindowFeeds;
import trimtab.market.data.PriceWindow;
import trimtab.market.data.PriceWindows;
import trimtab.market.impact.ImpactCalibration;

class ReplayTest {
  private static final long DOLLAR = 10_000_000_000L;
  private static final long COIN = 100_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final int VALUE_DECIMALS = 10;

  /// A first order of 1 USD moves the price by 1e-5 at M = 1: sigma x 3.31 / sqrt(V).
  private static final ImpactCalibration CALIBRATION =
      new ImpactCalibration(1e-5 / ImpactCalibration.Y0, 1);

  private static List<Rulebook> builtIn() {
    return RulebookFile.COMPARED.stream().map(RulebookSource::named).toList();
  }

  private static OwnRulebook rulebook(String name) {
    return RulebookFile.builtIn(name);
  }

  private static Account ethLong(String id, long dollars, long priceCents) {
    return new Account(
        id,
        List.of(new Balance(0, dollars * DOLLAR, 0)),
        List.of(new Position(TestMarkets.ETH, COIN, COIN * priceCents)));
  }

  /// Plays ETH closes in cents against one account at M.
  private static AccountOutcome play(
      Account account, OwnRulebook rulebook, String impact, long delayNanos, long... cents)
      throws InterruptedException {
    return play(TestMarkets.flat(), account, rulebook, impact, delayNanos, cents);
  }

  private static AccountOutcome play(
      Listing listing,
      Account account,
      OwnRulebook rulebook,
      String impact,
      long delayNanos,
      long... cents)
      throws InterruptedException {
    PriceWindow window = TestMarkets.window(TestMarkets.still(cents.length, 12_000_000), cents);
    ReplaySetup setup =
        new ReplaySetup(
            listing,
            PricePath.of(window, listing),
            Book.fromStart(List.of(account)),
            List.of(rulebook),
            List.of(new BigDecimal(impact)),
            List.of(CALIBRATION, CALIBRATION),
            delayNanos,
            3 * DOLLAR);
    return Replay.run(setup, 1, ReplayProgress.none()).getFirst().accounts().getFirst();
  }

  private static BigDecimal usd(long valueUnits) {
    return BigDecimal.valueOf(valueUnits, VALUE_DECIMALS);
  }

  @Test
  void oneLiquidationRecomputedByHand() throws InterruptedException {
    // 1 ETH bought at 4,000 with 200 USD. At 3,840 equity is 40 and the margin 38.40: healthy.
    // At 3,830 equity is 30 and the margin 38.30: breach. Target 1.05, margin 1 %, penalty 0.4 %:
    // 30 - 0.004 x = 1.05 x 0.01 (3830 - x), so x = (40.215 - 30) / 0.0065 = 1571.538... USD.
    AccountOutcome outcome =
        play(
            ethLong("a", 200, 400_000),
            rulebook("target-health"),
            "0",
            0,
            400_000,
            384_000,
            383_000,
            390_000);
    BigDecimal value =
        new BigDecimal("10.215").divide(new BigDecimal("0.0065"), 20, RoundingMode.UP);
    BigDecimal quantity = value.divide(new BigDecimal("3830"), 8, RoundingMode.CEILING);
    AccountOutcome.First first = outcome.first().orElseThrow();
    assertThat(first.bar()).isEqualTo(2);
    assertThat(first.quantityClosed()).isEqualByComparingTo(quantity);
    assertThat(first.price()).isEqualByComparingTo("3830");
    BigDecimal notional = quantity.multiply(new BigDecimal("3830"));
    assertThat(usd(outcome.totals().notionalClosed())).isEqualByComparingTo(notional);
    BigDecimal penalty =
        notional.multiply(new BigDecimal("0.004")).setScale(VALUE_DECIMALS, RoundingMode.CEILING);
    assertThat(usd(outcome.totals().penaltyPaid())).isEqualByComparingTo(penalty);
    assertThat(outcome.totals().slippagePaid()).isZero();
    assertThat(outcome.totals().fixedCosts()).isEqualTo(3 * DOLLAR);
    assertThat(outcome.totals().liquidations()).isEqualTo(1);
    assertThat(outcome.minutesInBreach()).isZero();
    // At the last close of 3,900: what was sold at 3,830 missed 70 USD per ETH.
    BigDecimal missed = quantity.multiply(new BigDecimal("70"));
    BigDecimal untouched = new BigDecimal("100");
    assertThat(usd(outcome.equityUntouched())).isEqualByComparingTo(untouched);
    assertThat(usd(outcome.equityAtEnd()))
        .isEqualByComparingTo(untouched.subtract(missed).subtract(penalty));
    assertThat(usd(outcome.exposureDifference())).isEqualByComparingTo(missed);
  }

  @Test
  void aFullCloseWithImpactPaysTwoThirdsOfCRootQ() throws InterruptedException {
    AccountOutcome outcome =
        play(ethLong("a", 200, 400_000), rulebook("full"), "4", 0, 400_000, 383_000, 383_000);
    // c = 4e-5 per root USD: 3,830 USD move the price by 4e-5 x sqrt(3830); two thirds are paid.
    double expected = 3830 * 4e-5 * Math.sqrt(3830) * 2 / 3;
    assertThat(usd(outcome.totals().slippagePaid()).doubleValue()).isCloseTo(expected, within());
    assertThat(outcome.first().orElseThrow().price().doubleValue())
        .isCloseTo(3830 - expected, within());
    assertThat(outcome.ended().positions()).isEmpty();
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(1e-6);
  }

  @Test
  void aPartialCloseFillsWithinItsLimitAndTheRestIsCancelled() throws InterruptedException {
    // Half of 1 ETH is to be sold with 30 USD of equity at 3,830. Equity over margin is not lowered
    // down to 3,830 x (1 - 30/3830) = 3,800; at c = 4e-4 the average is there after
    // (1.5 x 30/3830 / 4e-4)^2 = 862.8 USD.
    OwnRulebook halves = rulebook("fixed-fraction");
    OwnRulebook rulebook =
        new OwnRulebook(
            "halves",
            halves.closeRule(),
            halves.base(),
            halves.thresholdPpm(),
            halves.targetPpm(),
            halves.penalty(),
            OnHarmfulClose.PROCEED,
            0);
    AccountOutcome outcome = play(ethLong("a", 200, 400_000), rulebook, "40", 0, 400_000, 383_000);
    AccountOutcome.First first = outcome.first().orElseThrow();
    double value = Math.pow(1.5 * 30 / 3830 / 4e-4, 2);
    assertThat(first.quantityClosed().doubleValue()).isCloseTo(value / 3830, within());
    assertThat(first.price()).isBetween(new BigDecimal("3800"), new BigDecimal("3800.01"));
    assertThat(outcome.totals().liquidations()).isEqualTo(1);
    assertThat(outcome.totals().penaltyPaid()).isLessThan(DOLLAR / 100);
    assertThat(outcome.minutesInBreach()).isEqualTo(1);
  }

  @Test
  void everyMinuteBelowTheThresholdIsCounted() throws InterruptedException {
    // A rule that waits an hour between halves, however close to bankruptcy. At 3,815 equity is 15
    // and the margin 38.15; half
    // is sold at the capped penalty of 7.50, which leaves 7.50 of 19.08: short at this minute and
    // at the next. At 3,900 the half ETH has gained 42.50.
    OwnRulebook halves = rulebook("fixed-fraction");
    OwnRulebook patient =
        new OwnRulebook(
                "patient",
                halves.closeRule(),
                halves.base(),
                halves.thresholdPpm(),
                halves.targetPpm(),
                halves.penalty(),
                OnHarmfulClose.PROCEED,
                0)
            .with(new Cooldown(3_600 * SECOND, 0, 1_000_000));
    AccountOutcome outcome =
        play(ethLong("a", 200, 400_000), patient, "0", 0, 400_000, 381_500, 381_500, 390_000);
    assertThat(outcome.totals().liquidations()).isEqualTo(1);
    assertThat(outcome.minutesInBreach()).isEqualTo(2);
  }

  @Test
  void whatWasSoldIsInTheMarksFromTheNextBar() throws InterruptedException {
    // At 3,830 both need 38.30; the weak one has 30 and is closed, the strong one has 47 and is
    // healthy at the closes alone. The sale displaces the mark by 4e-5 sqrt(3830) = 0.248 %; after
    // a minute's decay 3,820.74 are left, where the strong one has 37.74 and needs 38.21.
    Listing listing = TestMarkets.flat();
    long[] cents = {400_000, 383_000, 383_000, 383_000};
    PriceWindow window = TestMarkets.window(TestMarkets.still(4, 12_000_000), cents);
    Account weak = ethLong("weak", 200, 400_000);
    Account strong =
        new Account(
            "strong",
            List.of(new Balance(0, 217 * DOLLAR, 0)),
            List.of(new Position(TestMarkets.ETH, COIN, COIN * 400_000)));
    ReplaySetup setup =
        new ReplaySetup(
            listing,
            PricePath.of(window, listing),
            Book.fromStart(List.of(weak, strong)),
            List.of(rulebook("full")),
            List.of(BigDecimal.ZERO, BigDecimal.valueOf(4)),
            List.of(CALIBRATION, CALIBRATION),
            0,
            0);
    List<RunResult> results = Replay.run(setup, 1, ReplayProgress.none());
    assertThat(results.get(0).accounts().get(1).isTouched()).isFalse();
    AccountOutcome touched = results.get(1).accounts().get(1);
    assertThat(results.get(1).accounts().get(0).first().orElseThrow().bar()).isEqualTo(1);
    assertThat(touched.first().orElseThrow().bar()).isEqualTo(2);
    Figures figures = results.get(1).figures(AccountKind.ALL);
    assertThat(figures.worstImpactBps().doubleValue()).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 30, 60, 90})
  void aDelayExecutesAtTheCloseOfItsInstant(long seconds) throws InterruptedException {
    // The breach is in the close of bar 1. Seen after one delay, executed after another.
    AccountOutcome outcome =
        play(
            ethLong("a", 200, 400_000),
            rulebook("full"),
            "0",
            seconds * SECOND,
            400_000,
            383_000,
            382_000,
            381_000,
            380_500,
            380_250);
    long minutes = 2 * seconds / 60;
    AccountOutcome.First first = outcome.first().orElseThrow();
    assertThat(first.bar()).isEqualTo(1 + minutes);
    List<String> prices = List.of("3830", "3820", "3810", "3805");
    assertThat(first.price()).isEqualByComparingTo(prices.get((int) minutes));
    assertThat(outcome.totals().liquidations()).isEqualTo(1);
    BigDecimal loss = new BigDecimal("4000").subtract(first.price());
    BigDecimal cash = new BigDecimal("200").subtract(loss);
    BigDecimal left = cash.subtract(usd(outcome.totals().penaltyPaid()));
    assertThat(usd(outcome.equityAtEnd())).isEqualByComparingTo(left);
  }

  @Test
  void aPlanOfSeveralLegsIsOneLiquidation() throws InterruptedException {
    Account account =
        new Account(
            "a",
            List.of(new Balance(0, 400 * DOLLAR, 0)),
            List.of(
                new Position(TestMarkets.BTC, COIN / 100, COIN / 100 * 12_000_000),
                new Position(TestMarkets.ETH, COIN, COIN * 400_000)));
    AccountOutcome outcome =
        play(account, rulebook("full"), "0", 0, 400_000, 363_000, 363_000, 363_000);
    assertThat(outcome.ended().positions()).isEmpty();
    assertThat(outcome.closings()).hasSize(2);
    assertThat(outcome.totals().liquidations()).isEqualTo(1);
    assertThat(outcome.claims()).hasSize(1);
  }

  @Test
  void everyCertificateIsCheckedAndWhatFailsIsCounted() throws InterruptedException {
    ReplaySetup setup = tariff(400, BigDecimal.ZERO);
    List<Certificate> seen = new ArrayList<>();
    Predicate<Certificate> everyThirdFails =
        certificate -> {
          seen.add(certificate);
          return seen.size() % 3 != 0;
        };
    List<RunResult> results = Replay.run(setup, 1, ReplayProgress.none(), everyThirdFails);
    long checked = 0;
    long failed = 0;
    for (RunResult result : results) {
      Figures all = result.figures(AccountKind.ALL);
      checked += all.certificatesChecked();
      failed += all.certificatesFailed();
      assertThat(
              result.figures(AccountKind.PERP).certificatesFailed()
                  + result.figures(AccountKind.LOAN).certificatesFailed())
          .isEqualTo(all.certificatesFailed());
    }
    assertThat(seen).hasSize((int) checked);
    assertThat(failed).isEqualTo(checked / 3).isPositive();
  }

  @Test
  void theFirstBarIsJudged() throws InterruptedException {
    AccountOutcome outcome =
        play(ethLong("a", 200, 400_000), rulebook("full"), "0", 0, 383_000, 383_000);
    assertThat(outcome.first().orElseThrow().bar()).isZero();
  }

  @Test
  void anExchangeFeeIsSlippageAndLeavesTheAccount() throws InterruptedException {
    Listing listing = TestMarkets.flat(20_000, 10_000, 1, 500);
    AccountOutcome outcome =
        play(listing, ethLong("a", 200, 400_000), rulebook("full"), "0", 0, 400_000, 383_000);
    BigDecimal fee = new BigDecimal("3830").multiply(new BigDecimal("0.0005"));
    assertThat(usd(outcome.totals().exchangeFees())).isEqualByComparingTo(fee);
    assertThat(outcome.totals().slippagePaid()).isEqualTo(outcome.totals().exchangeFees());
    BigDecimal left =
        new BigDecimal("30").subtract(fee).subtract(usd(outcome.totals().penaltyPaid()));
    assertThat(usd(outcome.equityAtEnd())).isEqualByComparingTo(left);
    assertThat(outcome.exposureDifference()).isZero();
  }

  @Test
  void badDebtIsWhatIsMissingAfterEverythingIsClosed() throws InterruptedException {
    AccountOutcome outcome =
        play(ethLong("a", 200, 400_000), rulebook("target-health"), "0", 0, 400_000, 375_000);
    assertThat(usd(outcome.totals().badDebt())).isEqualByComparingTo("50");
    assertThat(outcome.totals().fundDraw()).isEqualTo(outcome.totals().badDebt());
    assertThat(outcome.totals().penaltyPaid()).isZero();
    assertThat(outcome.claims()).containsExactly("ESCALATED");
    assertThat(outcome.equityAtEnd()).isZero();
  }

  @Test
  void aDebtInACoinIsBoughtBack() throws InterruptedException {
    // 5,000 USD against a debt of 1 ETH: at 5,100 it owes more than it has; everything is spent.
    Account loan =
        new Account(
            "short",
            List.of(new Balance(0, 5_000 * DOLLAR, 0), new Balance(2, 0, COIN)),
            List.of());
    AccountOutcome outcome =
        play(loan, rulebook("target-health"), "1", 0, 400_000, 490_000, 510_000);
    assertThat(outcome.kind()).isEqualTo(AccountKind.LOAN);
    assertThat(outcome.first().orElseThrow().bar()).isEqualTo(2);
    assertThat(outcome.totals().slippagePaid()).isPositive();
    assertThat(outcome.totals().badDebt()).isGreaterThan(100 * DOLLAR);
    assertThat(outcome.equityAtEnd()).isZero();
  }

  private static ReplaySetup tariff(int accounts, BigDecimal... impacts) {
    PriceWindow window = PriceWindows.builtIn().load("2025-10-tariff");
    Listing listing = MarketsFile.shipped().plainListing(WindowFeeds.of(window));
    PricePath path = PricePath.of(window, listing);
    Book book =
        new BookGenerator(BookParametersFile.shipped(), listing, path).generate(11, accounts);
    List<ImpactCalibration> calibrations =
        window.wholeMarkets().stream().map(ImpactCalibration::of).toList();
    return new ReplaySetup(listing, path, book, builtIn(), List.of(impacts), calibrations, 0, 0);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameResults() throws InterruptedException {
    ReplaySetup setup = tariff(300, BigDecimal.ZERO, BigDecimal.ONE);
    List<RunResult> one = Replay.run(setup, 1, ReplayProgress.none());
    for (int threads : List.of(2, 4)) {
      assertThat(Replay.run(setup, threads, ReplayProgress.none())).isEqualTo(one);
    }
    assertThat(one.stream().map(RunResult::rulebook).distinct())
        .containsExactly("full", "fixed-fraction", "target-health");
  }

  @Test
  void kindsAddUpAndTheMinimalRuleClosesTheLeastPerEvent() throws InterruptedException {
    List<RunResult> results = Replay.run(tariff(1500, BigDecimal.ONE), 2, ReplayProgress.none());
    for (RunResult result : results) {
      Figures perp = result.figures(AccountKind.PERP);
      Figures loan = result.figures(AccountKind.LOAN);
      Figures all = result.figures(AccountKind.ALL);
      assertThat(perp.friction().add(loan.friction())).isEqualByComparingTo(all.friction());
      assertThat(all.friction())
          .isEqualByComparingTo(
              all.penaltyPaid().add(all.slippagePaid()).add(all.fixedCosts()).add(all.badDebt()));
      assertThat(perp.liquidations() + loan.liquidations()).isEqualTo(all.liquidations());
      assertThat(perp.accountsTouched()).isPositive();
      assertThat(loan.accountsTouched()).isPositive();
      assertThat(all.certificatesFailed()).isZero();
      assertThat(all.claims().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(all.certificatesChecked());
      List<BigDecimal> ratios =
          Stream.of(perp, loan, all).map(f -> f.overLiquidationRatio().orElseThrow()).toList();
      boolean minimal = result.rulebook().equals("target-health");
      assertThat(ratios)
          .allSatisfy(ratio -> {
            if (minimal) {
              assertThat(ratio).isEqualByComparingTo("1");
            } else {
              assertThat(ratio).isGreaterThan(new BigDecimal("1.2"));
            }
          });
    }
  }

  @Test
  void aLegThatOutgrowsTheIntegersIsRefusedBeforeTheReplay() {
    Listing listing = TestMarkets.flat();
    PriceWindow window = TestMarkets.window(TestMarkets.still(2, 100), TestMarkets.still(2, 100));
    PricePath path = PricePath.of(window, listing);
    long huge = 1L << 56;
    Account account =
        new Account("whale", List.of(), List.of(new Position(TestMarkets.ETH, huge, huge * 100)));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ReplaySetup(
                listing,
                path,
                Book.fromStart(List.of(account)),
                builtIn(),
                List.of(BigDecimal.ZERO),
                List.of(),
                0,
                0))
        .withMessageContaining("whale")
        .withMessageContaining("ETHUSDT");
  }
}
