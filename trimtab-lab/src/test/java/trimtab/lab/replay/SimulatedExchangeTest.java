package trimtab.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Listing;
import trimtab.lab.mark.PricePath;
import trimtab.lab.mark.TestMarkets;
import trimtab.market.impact.ImpactParameters;

class SimulatedExchangeTest {
  /// 10 ETH at 4,000 USD: 400 million lots of 1e-8.
  private static final long TEN_ETH = 1_000_000_000;

  private static final long PRICE = 400_000;
  private static final long TEN_ETH_VALUE = TEN_ETH * PRICE;

  /// An order of 40,000 USD moves the price by 1 %.
  private static final double C = 0.01 / 200;

  private static final OptionalLong NO_LIMIT = OptionalLong.empty();

  private final Listing listing = TestMarkets.flat();
  private final PricePath path =
      PricePath.of(
          TestMarkets.window(TestMarkets.still(30, 12_000_000), TestMarkets.still(30, PRICE)),
          listing);
  private final TradedInstrument eth =
      TradedInstrument.of(listing, listing.contracts().get(TestMarkets.ETH));

  private SimulatedExchange exchange(double c) {
    return new SimulatedExchange(
        listing, path, List.of(ImpactParameters.withC(c), ImpactParameters.withC(c)));
  }

  @Test
  void withoutImpactEverythingIsExecutedAtTheClose() {
    SimulatedExchange exchange = exchange(0);
    Execution sale = exchange.execute(eth, Side.SELL, TEN_ETH, OptionalLong.of(PRICE), 0);
    assertThat(sale).isEqualTo(new Execution(TEN_ETH, Side.SELL, TEN_ETH_VALUE, 0));
    assertThat(sale.cost(TEN_ETH_VALUE)).isZero();
    assertThat(exchange.mark(TestMarkets.ETH, 1)).isEqualTo(PRICE);
  }

  @Test
  void aFirstOrderMovesTheMarkByCRootQAndPaysTwoThirdsOfThat() {
    SimulatedExchange exchange = exchange(C);
    Execution sale = exchange.execute(eth, Side.SELL, TEN_ETH, NO_LIMIT, 0);
    // 40,000 USD x 1 % x 2/3 = 266.67 USD, rounded up.
    assertThat(sale.slippage() / 1e10).isCloseTo(266.6666667, within(1e-6));
    assertThat(exchange.mark(TestMarkets.ETH, 0)).isEqualTo(396_000);
    assertThat(exchange.mark(TestMarkets.BTC, 0)).isEqualTo(12_000_000);
  }

  @Test
  void marksAreRoundedHalfUpToTheTick() {
    SimulatedExchange exchange = exchange(C);
    exchange.execute(eth, Side.SELL, TEN_ETH / 2, NO_LIMIT, 0);
    // 400,000 x (1 - 1 % x sqrt(1/2)) = 397,171.57
    assertThat(exchange.mark(TestMarkets.ETH, 0)).isEqualTo(397_172);
  }

  @Test
  void slicesOfOneBarPayWhatTheWholePays() {
    long whole = exchange(C).execute(eth, Side.BUY, TEN_ETH, NO_LIMIT, 0).slippage();
    SimulatedExchange exchange = exchange(C);
    long slices = 0;
    for (int slice = 0; slice < 10; slice++) {
      slices += exchange.execute(eth, Side.BUY, TEN_ETH / 10, NO_LIMIT, 0).slippage();
    }
    assertThat((double) slices).isCloseTo((double) whole, within(1e-9 * whole));
    assertThat(exchange.mark(TestMarkets.ETH, 0)).isEqualTo(404_000);
  }

  @Test
  void theFastPartOfTheImpactDecays() {
    SimulatedExchange exchange = exchange(C);
    exchange.execute(eth, Side.SELL, TEN_ETH, NO_LIMIT, 0);
    exchange.advanceTo(path.closeNanos(10));
    // After one half-life: 0.7 x sqrt(1/2) + 0.3 of the first displacement of 40 USD.
    long expected = Math.round(PRICE - 4_000 * (0.7 * Math.sqrt(0.5) + 0.3));
    assertThat(exchange.mark(TestMarkets.ETH, 10)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void aLimitFillsTheLargestQuantityWithinIt(Side side) {
    // Ten ETH would pay 0.667 % on average; a limit at 0.4 % allows (0.4 / 0.667)^2 of them.
    long limit = PRICE + side.sign() * 1_600L;
    Execution part = exchange(C).execute(eth, side, TEN_ETH, OptionalLong.of(limit), 0);
    assertThat((double) part.quantity()).isCloseTo(0.36 * TEN_ETH, within(2e-5 * TEN_ETH));
    assertThat(part.cost(part.quantity() * limit)).isLessThanOrEqualTo(0);
    Execution oneLotMore = exchange(C).execute(eth, side, part.quantity() + 1, NO_LIMIT, 0);
    assertThat(oneLotMore.cost(oneLotMore.quantity() * limit)).isPositive();
  }

  @Test
  void aLimitBetterThanTheFirstUnitFillsNothing() {
    SimulatedExchange exchange = exchange(C);
    exchange.execute(eth, Side.SELL, TEN_ETH, NO_LIMIT, 0);
    Execution none = exchange.execute(eth, Side.SELL, TEN_ETH, OptionalLong.of(PRICE), 0);
    assertThat(none.quantity()).isZero();
    assertThat(exchange.mark(TestMarkets.ETH, 0)).isEqualTo(396_000);
  }

  @Test
  void nothingSellsForLessThanNothing() {
    SimulatedExchange exchange = exchange(1);
    Execution sale = exchange.execute(eth, Side.SELL, TEN_ETH, NO_LIMIT, 0);
    assertThat(sale.slippage()).isEqualTo(TEN_ETH_VALUE);
    assertThat(exchange.mark(TestMarkets.ETH, 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void aCurveLiesOnOrJustAboveWhatAnExecutionCosts(Side side) {
    SimulatedExchange exchange = sold();
    long mark = exchange.mark(TestMarkets.ETH, 2);
    CostCurve curve = exchange.curve(eth, side, 100 * TEN_ETH, mark, 2);
    assertThat(curve.capacity()).isEqualTo(100 * TEN_ETH);
    for (long quantity = 100_000; quantity <= 100 * TEN_ETH; quantity *= 3) {
      long planned = curve.cost(quantity);
      long paid = sold().execute(eth, side, quantity, NO_LIMIT, 2).cost(quantity * mark);
      assertThat(planned).isGreaterThanOrEqualTo(paid);
      double slack = 0.12 * Math.abs(paid) + 1e-6 * quantity * mark;
      assertThat((double) planned).isCloseTo((double) Math.max(0, paid), within(slack));
    }
  }

  /// A market two minutes after a sale.
  private SimulatedExchange sold() {
    SimulatedExchange exchange = exchange(C);
    exchange.execute(eth, Side.SELL, TEN_ETH / 3, NO_LIMIT, 0);
    exchange.advanceTo(path.closeNanos(2));
    return exchange;
  }

  @Test
  void aCurveOfAFewUnitsHasAFewPieces() {
    assertThat(exchange(C).curve(eth, Side.SELL, 1, PRICE, 0).capacity()).isEqualTo(1);
    assertThat(exchange(C).curve(eth, Side.SELL, 3, PRICE, 0).capacity()).isEqualTo(3);
  }
}
