package trimtab.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.mark.PositionValue;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.ForeignWorld;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// Closings worked out by hand. Quantities are in units of 10^-4, values in units of 10^-8.
class LegSettlementTest {
  private static final Leg PERPETUAL = new PositionLeg(0);
  private static final Leg ETH_FOR_USD = new PairLeg(0, 1);

  private static long usd(double dollars) {
    return Math.round(dollars * 100) * 1_000_000;
  }

  private static long units(double quantity) {
    return Math.round(quantity * 10_000);
  }

  private static LegSettlement settlement(World world) {
    return new LegSettlement(world.model(), world.rulebook().penalty());
  }

  private static Closing close(World world, Leg leg, double quantity, double cost) {
    return settlement(world).close(world.account(), world.marks(), leg, units(quantity), usd(cost));
  }

  private static Health after(World world, Closing closing) {
    return world.model().assess(closing.account(), world.marks());
  }

  /// 10 at an entry 100 worse than the mark of 2,000, which need 5 %: R = 1,000, E = cash - 1,000.
  private static HandWorld position(String quantity, String entry, String cash) {
    return HandWorld.usd()
        .market("ETHUSDT", "2000", "0.05")
        .position("ETHUSDT", quantity, entry)
        .holds("USD", cash);
  }

  @Test
  void aLongPaysCostAndPenalty() {
    World world = position("10", "2100", "1500").penalty("0.01", "0", Cap.IMPROVEMENT).world();
    Closing closing = close(world, PERPETUAL, 4, 7);
    // 1,500 - 4 x 100 - 7 - 1 % of 8,000
    assertThat(closing.notional()).isEqualTo(usd(8_000));
    assertThat(closing.cost()).isEqualTo(usd(7));
    assertThat(closing.penalty()).isEqualTo(usd(80));
    assertThat(closing.repaid()).isZero();
    assertThat(closing.account().balances()).containsExactly(new Balance(0, usd(1_013), 0));
    assertThat(closing.account().positions())
        .containsExactly(new Position(0, units(6), usd(12_600)));
    assertThat(after(world, closing).equity()).isEqualTo(usd(413));
  }

  @Test
  void aShortPaysCostAndPenalty() {
    World world = position("-10", "1900", "1500").penalty("0.01", "0", Cap.IMPROVEMENT).world();
    Closing closing = close(world, PERPETUAL, 4, 7);
    assertThat(closing.penalty()).isEqualTo(usd(80));
    assertThat(closing.account().balances()).containsExactly(new Balance(0, usd(1_013), 0));
    assertThat(closing.account().positions())
        .containsExactly(new Position(0, units(-6), usd(-11_400)));
    Closing all = close(world, PERPETUAL, 10, 0);
    assertThat(all.account().positions()).isEmpty();
    assertThat(all.account().balances()).containsExactly(new Balance(0, usd(300), 0));
  }

  @Test
  void theCapKeepsEquityOverRequirement() {
    World world = position("10", "2100", "1500").penalty("0.05", "0", Cap.IMPROVEMENT).world();
    // 4 of 10 free 400 of 1,000: at most 500 x 400 / 1,000 = 200 may be lost, cost included.
    Closing closing = close(world, PERPETUAL, 4, 7);
    assertThat(closing.penalty()).isEqualTo(usd(193));
    assertThat(after(world, closing).compareRatio(world.health())).isZero();
    assertThat(close(world, PERPETUAL, 4, 250).penalty()).isZero();
    assertThat(close(world, PERPETUAL, 4, -30).penalty()).isEqualTo(usd(230));
    World literal = position("10", "2100", "1500").penalty("0.05", "0", Cap.NONE).world();
    assertThat(close(literal, PERPETUAL, 4, 7).penalty()).isEqualTo(usd(400));
  }

  @Test
  void theLimitOfASliceFollowsFromTheRequirementItFrees() {
    for (String[] side : new String[][] {{"10", "2100"}, {"-10", "1900"}}) {
      World world = position(side[0], side[1], "1500").world();
      LegSettlement settlement = settlement(world);
      assertThat(settlement.allowedLoss(world.account(), world.marks(), 0, units(4)))
          .isEqualTo(usd(200));
      assertThat(settlement.allowedLoss(world.account(), world.marks(), 0, units(10)))
          .isEqualTo(usd(500));
    }
  }

  @Test
  void withoutBackingAPairMayLoseNothing() {
    World world =
        HandWorld.usd()
            .asset("ETH", "1000", "0")
            .market("ETHUSDT", "2000", "0.05")
            .position("ETHUSDT", "1", "2000")
            .holds("ETH", "5")
            .owes("USD", "3950")
            .base(Base.OBLIGATION)
            .world();
    assertThat(
            settlement(world)
                .allowedLoss(world.account(), world.marks(), new PairLeg(0, 1), units(1)))
        .isZero();
  }

  /// The loss of a position is owed in the coin it is paid in, of which there is no balance yet.
  @Test
  void aLossWithoutABalanceIsRepaid() {
    World drawn = ForeignWorld.position(1);
    var contract = drawn.listing().contracts().get(1);
    long amount = PositionValue.of(drawn.listing(), contract, drawn.marks()).amount(1_000);
    Account account =
        new Account(
            "a",
            List.of(new Balance(0, usd(1_000_000), 0)),
            List.of(new Position(1, 1_000, amount - 5_000_000)));
    World world = drawn.with(account);
    Closing closing =
        new LegSettlement(world.model(), world.rulebook().penalty())
            .close(account, world.marks(), new PairLeg(1, 0), usd(100), 0);
    assertThat(closing.repaid()).isPositive();
    Balance coin = closing.account().balances().getLast();
    assertThat(coin.asset()).isEqualTo(1);
    assertThat(coin.amount()).isPositive();
    assertThat(coin.debt()).isZero();
    assertThat(world.model().assess(closing.account(), world.marks()).equity())
        .isBetween(
            world.health().equity() - closing.penalty() - 1,
            world.health().equity() - closing.penalty());
  }

  @Test
  void withoutEquityNoPenaltyIsTakenUnlessTheRuleIsLiteral() {
    HandWorld hand = position("10", "2100", "900");
    World capped = hand.penalty("0.01", "0", Cap.IMPROVEMENT).world();
    assertThat(close(capped, PERPETUAL, 10, 0).penalty()).isZero();
    assertThat(after(capped, close(capped, PERPETUAL, 10, 0)).equity()).isEqualTo(usd(-100));
    // Of a price better than the mark the penalty may take the gain.
    assertThat(close(capped, PERPETUAL, 5, -30).penalty()).isEqualTo(usd(30));
    World literal = hand.penalty("0.01", "0", Cap.NONE).world();
    assertThat(close(literal, PERPETUAL, 10, 0).penalty()).isEqualTo(usd(200));
    assertThat(after(literal, close(literal, PERPETUAL, 10, 0)).equity()).isEqualTo(usd(-300));
  }

  @Test
  void theAllowedLossIsLessInCashThatWeighsMoreWhenOwed() {
    World world =
        HandWorld.usd()
            .debtWeight("1.25")
            .market("ETHUSDT", "2000", "0.05")
            .asset("BTC", "20000", "0.5")
            .position("ETHUSDT", "10", "2000")
            .holds("USD", "100")
            .holds("BTC", "0.09")
            .penalty("0.5", "0", Cap.IMPROVEMENT)
            .world();
    // E = 100 + 0.5 x 1,800 = 1,000; half of R = 1,000 is freed: 500 weighted. 100 are there, the
    // other 400 are owed at 1.25: 320.
    Closing closing = close(world, PERPETUAL, 5, 0);
    assertThat(closing.penalty()).isEqualTo(usd(420));
    assertThat(after(world, closing).compareRatio(world.health())).isZero();
  }

  @Test
  void whatTheEntryPriceLosesByRoundingTheCashGains() {
    World world = HandWorld.usd(0).market("A", "3", "0.1").world();
    for (long sign : new long[] {1, -1}) {
      Account account =
          new Account(
              "a",
              List.of(new Balance(0, 500, 0)),
              List.of(new Position(0, sign * 3, sign * 1_000)));
      Closing closing = settlement(world).close(account, world.marks(), PERPETUAL, 1, 0);
      Position left = closing.account().positions().getFirst();
      assertThat(left.cost()).isEqualTo(sign > 0 ? 667 : -666);
      assertThat(world.model().assess(closing.account(), world.marks()).equity())
          .isEqualTo(world.model().assess(account, world.marks()).equity());
    }
  }

  /// ETH at 1,000 and a weight of 0.8, sold at a penalty of 10 % on what is repaid.
  private static HandWorld loan(String eth, Cap cap) {
    return HandWorld.usd().asset("ETH", "1000", "0.8").holds("ETH", eth).penalty("0", "0.1", cap);
  }

  @Test
  void aPairRepaysWhatThePenaltyLeaves() {
    World world = loan("5", Cap.IMPROVEMENT).owes("USD", "3000").holds("USD", "100").world();
    Closing closing = close(world, ETH_FOR_USD, 2.2, 0);
    assertThat(closing.notional()).isEqualTo(usd(2_200));
    assertThat(closing.repaid()).isEqualTo(usd(2_000));
    assertThat(closing.penalty()).isEqualTo(usd(200));
    assertThat(closing.account().balances())
        .containsExactly(new Balance(0, usd(100), usd(1_000)), new Balance(1, units(2.8), 0));
    // The cost comes off the proceeds first: 2,178 / 1.1
    Closing costly = close(world, ETH_FOR_USD, 2.2, 22);
    assertThat(costly.repaid()).isEqualTo(usd(1_980));
    assertThat(costly.penalty()).isEqualTo(usd(198));
  }

  @Test
  void aNegativeCashBalanceIsOwedToo() {
    World world = loan("5", Cap.IMPROVEMENT).owes("USD", "100").holds("USD", "-2900").world();
    Closing closing = close(world, ETH_FOR_USD, 2.2, 0);
    assertThat(closing.repaid()).isEqualTo(usd(2_000));
    assertThat(closing.account().balances().getFirst()).isEqualTo(new Balance(0, usd(-1_000), 0));
  }

  @Test
  void whatIsLeftOverStaysAsCash() {
    World world = loan("5", Cap.IMPROVEMENT).owes("USD", "1000").world();
    Closing closing = close(world, ETH_FOR_USD, 1.2, 0);
    assertThat(closing.repaid()).isEqualTo(usd(1_000));
    assertThat(closing.penalty()).isEqualTo(usd(100));
    assertThat(closing.account().balances().getFirst()).isEqualTo(new Balance(0, usd(100), 0));
  }

  @Test
  void theCapOfAPairIsTheEquity() {
    // 5,000 against 4,800: at 10 % the penalty would be 454.55, but only 200 are left to take.
    World world = loan("5", Cap.IMPROVEMENT).owes("USD", "4800").world();
    Closing closing = close(world, ETH_FOR_USD, 5, 0);
    assertThat(closing.penalty()).isEqualTo(usd(200));
    assertThat(closing.repaid()).isEqualTo(usd(4_800));
    assertThat(closing.account().balances())
        .containsExactly(new Balance(0, 0, 0), new Balance(1, 0, 0));
    assertThat(close(world, ETH_FOR_USD, 5, 30).penalty()).isEqualTo(usd(170));
  }

  @Test
  void collateralBelowTheDebtRepaysAllItCan() {
    World capped = loan("4.5", Cap.IMPROVEMENT).owes("USD", "4800").world();
    Closing closing = close(capped, ETH_FOR_USD, 4.5, 0);
    assertThat(closing.penalty()).isZero();
    assertThat(closing.repaid()).isEqualTo(usd(4_500));
    assertThat(after(capped, closing).equity()).isEqualTo(usd(-300));
    // The first-generation rule: 4,500 / 1.1 is repaid, and the penalty becomes bad debt.
    World literal = loan("4.5", Cap.NONE).owes("USD", "4800").world();
    Closing harsh = close(literal, ETH_FOR_USD, 4.5, 0);
    assertThat(harsh.repaid()).isEqualTo(409_090_909_090L);
    assertThat(harsh.penalty()).isEqualTo(40_909_090_909L);
    assertThat(after(literal, harsh).equity()).isEqualTo(usd(-300) - harsh.penalty());
  }

  @Test
  void besidePositionsThePenaltyOfAPairKeepsTheWeightedEquity() {
    HandWorld hand =
        loan("5", Cap.IMPROVEMENT)
            .market("ETHUSDT", "2000", "0.05")
            .position("ETHUSDT", "1", "2000")
            .owes("USD", "3950")
            .penalty("0", "0.3", Cap.IMPROVEMENT);
    World world = hand.world();
    // Of 2,000 sold, 0.8 backed the account: 400 may be lost, 461.54 would be taken.
    Closing closing = close(world, ETH_FOR_USD, 2, 0);
    assertThat(closing.penalty()).isEqualTo(usd(400));
    assertThat(closing.repaid()).isEqualTo(usd(1_600));
    assertThat(after(world, closing).compareRatio(world.health())).isZero();
  }

  @Test
  void aDebtThatWeighsMoreAllowsAPairMore() {
    World world =
        HandWorld.usd()
            .debtWeight("1.25")
            .asset("ETH", "1000", "0.8")
            .market("ETHUSDT", "2000", "0.05")
            .position("ETHUSDT", "1", "2000")
            .holds("ETH", "5")
            .owes("USD", "3150")
            .penalty("0", "0.8", Cap.IMPROVEMENT)
            .world();
    // 1,600 of weight are sold, so at least 1,280 must be repaid at 1.25: 720 may be lost.
    Closing closing = close(world, ETH_FOR_USD, 2, 0);
    assertThat(closing.penalty()).isEqualTo(usd(720));
    assertThat(closing.repaid()).isEqualTo(usd(1_280));
    assertThat(after(world, closing).compareRatio(world.health())).isZero();
  }

  @Test
  void aDebtInAnotherAssetIsRepaidInWholeUnits() {
    World world = loan("5", Cap.NONE).asset("BTC", "30000", "0.8").owes("BTC", "0.1").world();
    // 1,000 / 1.1 = 909.09 repay 0.0303 BTC worth 909; 0.0909... stay as cash.
    Closing closing = close(world, new PairLeg(2, 1), 1, 0);
    assertThat(closing.repaid()).isEqualTo(usd(909));
    assertThat(closing.penalty()).isEqualTo(9_090_909_091L);
    assertThat(closing.account().balances())
        .containsExactly(
            new Balance(0, usd(91) - 9_090_909_091L, 0),
            new Balance(1, units(4), 0),
            new Balance(2, 0, units(0.0697)));
  }

  @Test
  void aSaleThatCostsMoreThanItBringsRepaysNothing() {
    World world = loan("5", Cap.IMPROVEMENT).owes("USD", "3000").world();
    Closing closing = close(world, ETH_FOR_USD, 1, 1_100);
    assertThat(closing.repaid()).isZero();
    assertThat(closing.penalty()).isZero();
    assertThat(closing.account().balances().getFirst())
        .isEqualTo(new Balance(0, usd(-100), usd(3_000)));
  }

  @Test
  void refusesWhatIsNotThere() {
    World world = position("10", "2100", "1500").world();
    assertThatThrownBy(() -> close(world, PERPETUAL, 10.0001, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ETHUSDT: cannot close 100001 of 100000");
    assertThatThrownBy(() -> close(world, PERPETUAL, 0, 0))
        .hasMessage("ETHUSDT: cannot close 0 of 100000");
    World empty = HandWorld.usd().market("ETHUSDT", "2000", "0.05").world();
    assertThatThrownBy(() -> close(empty, PERPETUAL, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no position in market 0");
  }
}
