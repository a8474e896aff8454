package trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static trimtab.engine.Desk.all;
import static trimtab.engine.Desk.only;
import static trimtab.engine.Venue.BTC;
import static trimtab.engine.Venue.ETH;
import static trimtab.engine.Venue.ETH_PERP;
import static trimtab.engine.Venue.USD;
import static trimtab.engine.Venue.price;
import static trimtab.engine.Venue.units;
import static trimtab.engine.Venue.usd;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurve;
import trimtab.engine.clearing.Clearing;
import trimtab.engine.clearing.FundTerms;
import trimtab.engine.command.Command;
import trimtab.engine.command.MarketSide;
import trimtab.engine.event.Event;
import trimtab.engine.event.Event.EpisodeOutcome;

/// Deficits, the fund and its bounds, liquidity that plans share.
class ClearingTest {
  private static final MarketSide SELL_ETH_PERP = MarketSide.contract(ETH_PERP, Side.SELL);

  @Test
  void theFundPaysWhatABankruptAccountMissesAndTheAccountEndsAtNothing() {
    Desk desk = Desk.with(Venue.targetHealth());
    // At 2,890 the equity is 1,000 - 1,100 = -100.
    int ann = desk.perpAccount("ann", 1_000, 10, 3_000);
    var planned = desk.mark(2_890, 60_000);
    Event.OrderPlaced order = only(planned, Event.OrderPlaced.class);
    assertThat(only(planned, Event.LiquidationPlanned.class).plan().claim())
        .isEqualTo(new Claim.Escalated(Claim.Escalated.BANKRUPT));
    assertThat(order.quantity()).isEqualTo(units(10));
    assertThat(order.limitPrice()).isEqualTo(OptionalLong.empty());
    assertThat(order.closesAccount()).isTrue();

    var told = desk.fillWhole(order, 20);

    assertThat(only(told, Event.SliceFilled.class).penalty()).as("nothing to take").isZero();
    assertThat(only(told, Event.DeficitReported.class).amount()).isEqualTo(usd(120));
    assertThat(only(told, Event.DeficitCovered.class).fundAfter()).isEqualTo(usd(-120));
    Event.EpisodeClosed closed = only(told, Event.EpisodeClosed.class);
    assertThat(closed.outcome()).isEqualTo(EpisodeOutcome.CLOSED_OUT);
    assertThat(closed.after().equity()).isZero();
    assertThat(desk.engine.account(ann).balances()).isEmpty();
    assertThat(desk.engine.account(ann).positions()).isEmpty();
    assertThat(desk.engine.fund()).isEqualTo(usd(-120));
    assertThat(desk.engine.market().fundSpentInWindow()).isEqualTo(usd(120));
    assertThat(desk.mark(2_800, 60_000)).isEmpty();
  }

  @Test
  void aFullCloseWithEquityLeftEndsClosedOut() {
    Desk desk = Desk.with(Venue.full());
    int ann = desk.perpAccount("ann", 1_000, 10, 3_000);
    Event.OrderPlaced order = only(desk.mark(2_950, 60_000), Event.OrderPlaced.class);
    assertThat(order.closesAccount()).isTrue();

    var told = desk.fillWhole(order, 5);

    // E = 500, cost 5, penalty 1 % of 29,500 = 295.
    assertThat(only(told, Event.EpisodeClosed.class).outcome())
        .isEqualTo(EpisodeOutcome.CLOSED_OUT);
    assertThat(desk.cash(ann)).isEqualTo(usd(500 - 5 - 295));
  }

  @Test
  void debtInAnAssetIsBoughtBackByTheFund() {
    Desk desk = Desk.with(Venue.targetHealth());
    // 10 ETH owed (30,000), 0.6 BTC held (36,000): HF = 0.996; then BTC falls to 45,000: C < D.
    int eve =
        desk.account(
            "eve",
            List.of(new Balance(ETH, 0, units(10)), new Balance(BTC, units(0.6), 0)),
            List.of());
    Event.OrderPlaced order = only(desk.mark(3_000, 45_000), Event.OrderPlaced.class);
    assertThat(order.leg()).isEqualTo(new Leg.PairLeg(ETH, BTC));
    assertThat(order.closesAccount()).isTrue();

    var told = desk.fillWhole(order, 7.1);

    assertThat(desk.engine.account(eve).balances()).isEmpty();
    assertThat(only(told, Event.DeficitCovered.class).amount()).isEqualTo(usd(3_000 + 7.1));
    assertThat(desk.engine.fund()).isEqualTo(usd(-3_007.1));
    assertThat(desk.engine.health(eve).equity()).isZero();
  }

  @Test
  void aLoanRepaysAndKeepsTheRest() {
    Desk desk = Desk.with(Venue.targetHealth());
    int bob = desk.loanAccount("bob", 1, 2_000);
    // C = 2,390, D = 2,000: HF 0.99185. Repaid (2,100 - 1,983.7) / (1.05 - 0.8715) = 651.54.
    Event.OrderPlaced order = only(desk.mark(2_390, 60_000), Event.OrderPlaced.class);

    var told = desk.fillWhole(order, 0);

    Event.SliceFilled filled = only(told, Event.SliceFilled.class);
    assertThat(filled.repaid()).isBetween(usd(651.4), usd(651.9));
    assertThat(filled.penalty()).isBetween(filled.repaid() / 20, filled.repaid() / 20 + 1);
    assertThat(filled.notional())
        .isBetween(filled.repaid() + filled.penalty(), filled.repaid() + filled.penalty() + 1);
    assertThat(desk.engine.health(bob).isAtLeast(1_050_000)).isTrue();
    assertThat(only(told, Event.EpisodeClosed.class).outcome()).isEqualTo(EpisodeOutcome.RESTORED);
  }

  @Test
  void aFundWithoutTheMoneyIsANamedWaitUntilItHasIt() {
    var settings = EngineSettings.standard().with(FundTerms.ofCapital(usd(100)));
    Desk desk = Desk.with(settings, Venue.targetHealth());
    assertThat(desk.engine.fund()).isEqualTo(usd(100));
    int ann = desk.perpAccount("ann", 1_000, 10, 3_000);
    Event.OrderPlaced order = only(desk.mark(2_890, 60_000), Event.OrderPlaced.class);

    var told = desk.fillWhole(order, 20);

    assertThat(only(told, Event.DeficitReported.class).amount()).isEqualTo(usd(120));
    assertThat(only(told, Event.EpisodeWaiting.class).reason()).isEqualTo(Clearing.FUND_EXHAUSTED);
    assertThat(desk.cash(ann)).isEqualTo(usd(-120));
    assertThat(desk.mark(2_890, 60_000)).as("told once").isEmpty();
    assertThat(desk.engine.waitsFor(ann)).isEqualTo(Clearing.FUND_EXHAUSTED);

    // A liquidation of another account brings 1 % of 10,863.67 into the house, half for the fund.
    desk.perpAccount("zoe", 1_000, 10, 2_940);
    var zoe = only(desk.mark(2_890, 60_000), Event.OrderPlaced.class);
    desk.fillWhole(zoe, 0);
    assertThat(desk.engine.fund()).isGreaterThan(usd(120));
    var paid = desk.mark(2_890, 60_000);

    assertThat(only(paid, Event.DeficitCovered.class).account()).isEqualTo(ann);
    assertThat(all(paid, Event.DeficitReported.class)).as("told once").isEmpty();
    assertThat(only(paid, Event.EpisodeClosed.class).outcome())
        .isEqualTo(EpisodeOutcome.CLOSED_OUT);
    assertThat(desk.cash(ann)).isZero();
  }

  @Test
  void theBudgetOfAWindowComesBackWithTheNext() {
    FundTerms terms = new FundTerms(OptionalLong.empty(), usd(150), 1_000 * Desk.SECOND);
    Desk desk = Desk.with(EngineSettings.standard().with(terms), Venue.targetHealth());
    desk.perpAccount("ann", 1_000, 10, 3_000);
    int eve = desk.perpAccount("eve", 1_000, 10, 3_000);
    List<Event.OrderPlaced> orders = all(desk.mark(2_890, 60_000), Event.OrderPlaced.class);

    desk.fillWhole(orders.get(0), 0);
    var second = desk.fillWhole(orders.get(1), 0);

    assertThat(only(second, Event.EpisodeWaiting.class).reason()).isEqualTo(Clearing.WINDOW_SPENT);
    desk.passSeconds(1_000);
    var told = desk.mark(2_890, 60_000);
    assertThat(only(told, Event.DeficitCovered.class).account()).isEqualTo(eve);
    assertThat(desk.engine.market().fundSpentInWindow()).isEqualTo(usd(100));
    assertThat(desk.engine.market().closedInWindow()).isZero();
  }

  @Test
  void plansShareTheLiquidityUntilTheNextUpdate() {
    Desk desk = Desk.with(Venue.targetHealth());
    desk.perpAccount("ann", 1_000, 10, 3_000);
    desk.perpAccount("eve", 1_000, 10, 3_000);
    update(desk);

    var orders = all(desk.mark(2_950, 60_000), Event.OrderPlaced.class);
    var plans = all(desk.mark(2_950, 60_000), Event.LiquidationPlanned.class);
    assertThat(plans).as("both are in flight").isEmpty();

    // Cancelled orders give their liquidity back: the same plans come out again.
    long first = orders.get(0).quantity();
    long second = orders.get(1).quantity();
    assertThat(second).as("the second pays the higher part").isGreaterThan(first);
    orders.forEach(order -> desk.cancel(order.sliceId()));
    assertThat(all(desk.mark(2_950, 60_000), Event.OrderPlaced.class))
        .extracting(Event.OrderPlaced::quantity)
        .containsExactly(first, second);
  }

  @Test
  void anUpdateReplacesTheCurveWhateverWasUsed() {
    Desk desk = Desk.with(Venue.targetHealth());
    desk.perpAccount("ann", 1_000, 10, 3_000);
    update(desk);
    long before = only(desk.mark(2_950, 60_000), Event.OrderPlaced.class).quantity();
    desk.perpAccount("eve", 1_000, 10, 3_000);
    update(desk);

    var eve = only(desk.mark(2_950, 60_000), Event.OrderPlaced.class);

    assertThat(eve.quantity()).isEqualTo(before);
    // An order of the old curve gives nothing back to the new one.
    desk.cancel(1);
    desk.perpAccount("mia", 1_000, 10, 3_000);
    var again = all(desk.mark(2_950, 60_000), Event.OrderPlaced.class);
    assertThat(again).extracting(Event.OrderPlaced::account).containsExactly(0, 2);
    assertThat(again.getFirst().quantity()).isGreaterThan(before);
  }

  /// 0.1 % for the first 4 ETH, 0.3 % beyond.
  private static void update(Desk desk) {
    long first = units(4);
    long second = units(4_000);
    long value = first * price(2_950);
    CostCurve curve =
        CostCurve.through(
            new long[] {first, second},
            new long[] {value / 1_000, value / 1_000 + (second - first) * price(2_950) / 333});
    desk.send(new Command.CurveUpdate(desk.tick(), SELL_ETH_PERP, curve));
  }

  @Test
  void moneyThatCanRepayNoUnitOfADebtIsNothingToClose() {
    Desk desk = Desk.with(Venue.targetHealth());
    // One unit of ETH is worth 300,000 value units; the cash is less.
    int eve =
        desk.account(
            "eve", List.of(new Balance(USD, 299_999, 0), new Balance(ETH, 0, 7)), List.of());

    var told = desk.mark(3_000, 60_000);

    assertThat(only(told, Event.DeficitCovered.class).amount()).isEqualTo(7 * 300_000 - 299_999);
    assertThat(desk.engine.account(eve).balances()).isEmpty();
  }

  @Test
  void termsOfTheFundMakeSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> FundTerms.ofCapital(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FundTerms(OptionalLong.empty(), -1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FundTerms(OptionalLong.empty(), 1, 0));
  }
}
