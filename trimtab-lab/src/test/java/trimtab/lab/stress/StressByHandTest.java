package trimtab.lab.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.lab.input.RulebookList;
import trimtab.lab.mark.TestMarkets;
import trimtab.market.impact.ImpactCalibration;

/// Numbers that were worked out by hand: ETH at 100, maintenance 1 %, lots of 0.1 ETH, no fees; a
/// penalty of 0.4 % on perps and 5 % on loans, a target of 1.05.
class StressByHandTest {
  private static final long USD = 10_000_000_000L;
  private static final long ETH = 100_000_000L;
  private static final Listing LISTING = TestMarkets.flat(20_000, 10_000, ETH / 10, 0);
  private static final Marks MARKS = Marks.of(0, 10_000_00, 100_00);
  private static final MarketLiquidity FREE = liquidity(0.05, 1e9, 0, 1);

  /// Long 10 ETH at 100 with 148 USD.
  private static final Account PERP =
      new Account(
          "perp",
          List.of(new Balance(0, 148 * USD, 0)),
          List.of(new Position(1, 10 * ETH, 1_000 * USD)));

  /// 10 ETH against 800 USD; ETH counts at 0.83.
  private static final Account LOAN =
      new Account(
          "loan", List.of(new Balance(0, 0, 800 * USD), new Balance(2, 10 * ETH, 0)), List.of());

  private static MarketLiquidity liquidity(
      double volatility, double volume, double impact, double depth) {
    return new MarketLiquidity(new ImpactCalibration(volatility, volume), impact, depth);
  }

  /// The points of a rulebook.
  private static List<StressPoint> points(
      Account account, String grid, MarketLiquidity liquidity, String rulebook) {
    return points(account, grid, liquidity, rulebook, OptionalLong.empty());
  }

  private static List<StressPoint> points(
      Account account, String grid, MarketLiquidity liquidity, String rulebook, OptionalLong fund) {
    try {
      StressSetup setup =
          new StressSetup(
              LISTING,
              MARKS,
              List.of(account),
              RulebookList.of(List.of()),
              ShockGrid.parse(grid),
              List.of(liquidity, liquidity),
              fund);
      return Stress.run(setup, 1, Stress.Progress.none()).stream()
          .filter(result -> result.rulebook().equals(rulebook))
          .findFirst()
          .orElseThrow()
          .points();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void amount(BigDecimal actual, String expected) {
    assertThat(actual).isEqualByComparingTo(expected);
  }

  @Test
  void aPerpIsHealthyAtMinus13AndInBreachAtMinus14() {
    // At 87: equity 148 - 130 = 18, requirement 8.7. At 86: equity 8, requirement 8.6.
    List<StressPoint> points = points(PERP, "price=-14..-13:1", FREE, "full");
    assertThat(points).extracting(p -> p.all().liquidatableAccounts()).containsExactly(1L, 0L);
    amount(points.getFirst().all().liquidatableNotional(), "860");
  }

  @Test
  void theTargetClosesTheLeastLots() {
    // 8 - 0.004 v >= 1.05 x 0.01 (860 - v): v >= 158.46, 1.843 ETH: 1.9 ETH at 86.
    StressPoint point = points(PERP, "price=-14", FREE, "target-health").getFirst();
    amount(point.all().toClose(), "163.4");
    amount(point.all().penalty(), "0.6536");
    amount(point.all().badDebt(), "0");
    assertThat(point.all().notRestored()).isZero();
  }

  @Test
  void halfAndAll() {
    StressPoint half = points(PERP, "price=-14", FREE, "fixed-fraction").getFirst();
    amount(half.all().toClose(), "430");
    amount(half.all().penalty(), "1.72");
    StressPoint all = points(PERP, "price=-14", FREE, "full").getFirst();
    amount(all.all().toClose(), "860");
    amount(all.all().penalty(), "3.44");
  }

  @Test
  void aBankruptPerpIsClosedWholeAndTheFundPays() {
    // At 84: equity 148 - 160 = -12.
    for (String rulebook : List.of("full", "fixed-fraction", "target-health")) {
      StressPoint point = points(PERP, "price=-16", FREE, rulebook).getFirst();
      amount(point.all().toClose(), "840");
      amount(point.all().penalty(), "0");
      amount(point.all().badDebt(), "12");
      amount(point.fundDraw(), "12");
      assertThat(point.all().notRestored()).isEqualTo(1);
      assertThat(point.all().accountsInBadDebt()).isEqualTo(1);
      assertThat(point.perps()).isEqualTo(point.all());
      assertThat(point.loans().liquidatableAccounts()).isZero();
    }
  }

  @Test
  void theFundPaysNoMoreThanItHolds() {
    StressPoint point =
        points(PERP, "price=-16", FREE, "full", OptionalLong.of(5 * USD)).getFirst();
    amount(point.all().badDebt(), "12");
    amount(point.fundDraw(), "5");
  }

  @Test
  void aDepthThatCannotTakeTheClose() {
    // The market takes 100 USD: at 86 1.16 ETH, 11 lots of 0.1; at 84 also 11.
    MarketLiquidity thin = liquidity(0.05, 1_000, 0, 0.1);
    StressPoint cut = points(PERP, "price=-14", thin, "target-health").getFirst();
    amount(cut.all().toClose(), "94.6");
    amount(cut.all().penalty(), "0.3784");
    assertThat(cut.all().notRestored()).isEqualTo(1);
    amount(cut.concentration().depthUse(), "0.946");
    // A position is left, so the deficit is not the fund's yet.
    StressPoint bankrupt = points(PERP, "price=-16", thin, "full").getFirst();
    amount(bankrupt.all().toClose(), "92.4");
    amount(bankrupt.all().badDebt(), "12");
    amount(bankrupt.fundDraw(), "0");
  }

  @Test
  void depthIsWhatTheShockLeavesOfIt() {
    // 500 USD of depth less 80 % are the 100 USD of the case before.
    MarketLiquidity market = liquidity(0.05, 5_000, 0, 0.1);
    List<StressPoint> points = points(PERP, "price=-14 depth=-80..0:80", market, "target-health");
    amount(points.get(0).all().toClose(), "94.6");
    amount(points.get(1).all().toClose(), "163.4");
  }

  @Test
  void aLoanSellsTheLeastThatRestores() {
    // At 90: 0.83 (900 - v) >= 1.05 (800 - v / 1.05): v >= 547.06, 6.079 ETH: 6.1 ETH at 90.
    StressPoint point = points(LOAN, "price=-10", FREE, "target-health").getFirst();
    amount(point.all().liquidatableNotional(), "900");
    amount(point.all().toClose(), "549");
    // 549 / 1.05 repays 522.857..., 5 % of it is the penalty.
    amount(point.all().penalty(), "26.1428571429");
    assertThat(point.loans()).isEqualTo(point.all());
  }

  @Test
  void aLoanUnderWaterSellsEverything() {
    // At 75: 750 against 800.
    StressPoint point = points(LOAN, "price=-25", FREE, "target-health").getFirst();
    amount(point.all().toClose(), "750");
    amount(point.all().badDebt(), "50");
    amount(point.fundDraw(), "50");
  }

  @Test
  void theCostFollowsTheSquareRootLaw() {
    // c = 3.31 sigma / sqrt(V) = 0.001: closing 840 USD costs 2/3 x 0.001 x 840^1.5 = 16.23 USD.
    MarketLiquidity market = liquidity(1 / 3.31, 1e6, 1, 0.05);
    List<StressPoint> points =
        points(PERP, "price=-16 vol=0..100:100 depth=-75..0:75", market, "full");
    double law = 2.0 / 3 * 0.001 * Math.pow(840, 1.5);
    // Chords lie above the law, by less than 3 %. Less depth comes first: a quarter costs twice.
    double[] multiples = {2, 1, 4, 2};
    for (int i = 0; i < multiples.length; i++) {
      double cost = points.get(i).all().cost().doubleValue();
      assertThat(cost).isBetween(multiples[i] * law, multiples[i] * law * 1.03);
      assertThat(points.get(i).all().badDebt().doubleValue()).isCloseTo(12 + cost, within(1e-9));
    }
    assertThat(points)
        .extracting(StressPoint::volatilityPpm)
        .containsExactly(0L, 0L, 1_000_000L, 1_000_000L);
  }

  @Test
  void onePriceAloneMovesOnlyItsMarket() {
    List<StressPoint> points = points(PERP, "price.BTCUSDT=-50 price.ETHUSDT=-14", FREE, "full");
    assertThat(points.getFirst().pricePpm()).containsExactly(-500_000L, -140_000L);
    assertThat(points.getFirst().all().liquidatableAccounts()).isEqualTo(1);
    assertThat(
            points(PERP, "price.BTCUSDT=-50", FREE, "full").getFirst().all().liquidatableAccounts())
        .isZero();
    // `price` is for the markets that have no axis of their own.
    assertThat(
            points(PERP, "price=-50 price.ETHUSDT=0", FREE, "full")
                .getFirst()
                .all()
                .liquidatableAccounts())
        .isZero();
  }

  @Test
  void oneAccountIsTheWholeConcentration() {
    StressPoint point = points(PERP, "price=-14", FREE, "full").getFirst();
    amount(point.concentration().topAccount(), "1");
    amount(point.concentration().topTen(), "1");
    assertThat(point.concentration().market()).contains("ETHUSDT");
    amount(point.concentration().marketShare(), "1");
    assertThat(point.largest())
        .singleElement()
        .satisfies(largest -> amount(largest.toClose(), "860"));
  }
}
