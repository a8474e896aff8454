package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.certificate.Claim;
import trimtab.core.health.Health;
import trimtab.core.health.LegSum;
import trimtab.core.health.Severity;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.Cooldown;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.rulebook.PenaltyTerms.PairBase;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
import trimtab.core.rulebook.PenaltyTerms.Split;
import trimtab.core.rulebook.Trigger;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// What an owner, a liquidator or a bystander could try, and why it does not pay, or what it costs.
class AttacksTest {
  private static final PairLeg ETH_FOR_USD = new PairLeg(0, 1);
  private static final PairLeg BTC_FOR_USD = new PairLeg(0, 2);
  private static final Leg PERPETUAL = new PositionLeg(0);
  private static final long DOLLAR = 100_000_000;
  private static final int PARTS = 100;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static PenaltyTerms terms(PositionBase positions, PairBase pairs) {
    return new PenaltyTerms(
        positions == PositionBase.NOTIONAL ? 10_000 : 500_000,
        50_000,
        positions,
        pairs,
        Cap.NONE,
        new Split(200_000, 800_000, 0));
  }

  /// Closes a quantity in equal parts, each from the state the one before left.
  private static List<Closing> close(World world, Leg leg, long quantity, int parts) {
    List<Closing> closings = new ArrayList<>();
    Account account = world.account();
    LegSettlement settlement = new LegSettlement(world.model(), world.rulebook().penalty());
    for (int part = 0; part < parts; part++) {
      long each = quantity * (part + 1) / parts - quantity * part / parts;
      Closing closing = settlement.close(account, world.marks(), leg, each, 0);
      closings.add(closing);
      account = closing.account();
    }
    return closings;
  }

  private static long penalty(List<Closing> closings) {
    return closings.stream().mapToLong(Closing::penalty).sum();
  }

  /// **Splitting for fees.** A liquidator fills an order in a hundred parts, so that fees are
  /// rounded away, or so that a penalty on what is left is taken again and again. Penalties on
  /// closed notional and freed requirement are the same, and each part is rounded up: the account
  /// pays no less, and at most a value unit more per part.
  @ParameterizedTest
  @EnumSource(
      value = PositionBase.class,
      names = {"NOTIONAL", "REQUIREMENT"})
  void splittingAnOrderOfAPerpetualPaysTheSame(PositionBase base) {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "1000.01", "0.02", "50000", "0.05")
            .position("ETHUSDT", "90.0001", "1000")
            .holds("USD", "1400")
            .world()
            .with(terms(base, PairBase.REPAID));
    long once = penalty(close(world, PERPETUAL, 600_007, 1));
    long often = penalty(close(world, PERPETUAL, 600_007, PARTS));
    assertThat(once).isPositive();
    assertThat(often).isBetween(once, once + PARTS);
  }

  /// The same for pairs, whose repaid value is rounded down, too: in parts no more is repaid, and
  /// the penalty on it is within a unit per part.
  @ParameterizedTest
  @EnumSource(PairBase.class)
  void splittingTheSaleOfACollateralPaysTheSame(PairBase base) {
    World world =
        HandWorld.usd()
            .asset("ETH", "1000.01", "0.9")
            .holds("ETH", "10.6")
            .owes("USD", "10000")
            .world()
            .with(terms(PositionBase.NOTIONAL, base));
    List<Closing> once = close(world, ETH_FOR_USD, 70_007, 1);
    List<Closing> often = close(world, ETH_FOR_USD, 70_007, PARTS);
    assertThat(penalty(once)).isPositive();
    assertThat(penalty(often)).isBetween(penalty(once) - PARTS, penalty(once) + PARTS);
    long repaidOnce = once.getFirst().repaid();
    long repaidOften = often.stream().mapToLong(Closing::repaid).sum();
    assertThat(repaidOften).isBetween(repaidOnce - 2 * PARTS, repaidOnce);
  }

  /// The one base that splitting raises: a share of the improvement. What a part does not cost of
  /// its allowance lifts equity over requirement, and with it the allowance of the next. It is
  /// bounded: at a share r the account keeps `E (R' / R)^r` however finely it is split. Half of 900
  /// over 1,000 at r = 0.5: 225 in one part, below 900 (1 - 0.5^0.5) = 263.60 in any number.
  @Test
  void splittingRaisesAShareOfTheImprovementByABoundedPart() {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "1000", "0.1")
            .position("ETHUSDT", "10", "1000")
            .holds("USD", "900")
            .world()
            .with(terms(PositionBase.IMPROVEMENT, PairBase.REPAID));
    assertThat(penalty(close(world, PERPETUAL, 50_000, 1))).isEqualTo(225 * DOLLAR);
    long often = penalty(close(world, PERPETUAL, 50_000, 5_000));
    assertThat(often / DOLLAR).isEqualTo(263);
    assertThat(often).isLessThan(26_361 * DOLLAR / 100);
  }

  /// A penalty that rises with severity invites a first slice that lowers health, so that the
  /// second pays more. A plan of a rule that escalates never lowers health, and the rate of one
  /// decision is fixed for all its fills. With one position or one pair the rate of the next
  /// decision is then not above that of the one before: a close that raises health moves the
  /// account away from bankruptcy, too. With several legs it may rise, as severity is measured in
  /// money: seen in about 1 of 100 slices, by less than a fifth of the way.
  @Test
  void aSliceDoesNotRaiseThePenaltyOfTheNext() {
    for (long seed = 0; seed < 300; seed++) {
      assertThat(rise(World.breached(seed, World::onePosition))).as("%d", seed).isNotPositive();
      assertThat(rise(World.breached(seed, World::onePair))).as("%d", seed).isNotPositive();
    }
    List<Long> rises =
        LongStream.range(0, 500)
            .map(seed -> rise(World.breached(seed, World::mixed)))
            .filter(rise -> rise > 0)
            .boxed()
            .toList();
    assertThat(rises).hasSizeLessThan(15).allMatch(rise -> rise < 200_000);
  }

  /// Severity after a slice less severity before it.
  private static long rise(World drawn) {
    OwnRulebook rule = drawn.rulebook().with(new FixedFraction(200_000), OnHarmfulClose.ESCALATE);
    if (plan(drawn.with(rule)) instanceof Plan.Close close
        && close.claim() instanceof Claim.RulePrescribed) {
      return Severity.ppm(close.after(), rule.thresholdPpm())
          - Severity.ppm(close.before(), rule.thresholdPpm());
    }
    return Long.MIN_VALUE;
  }

  private static Plan plan(World world) {
    return new Planner(world.listing(), new LegSum(world.listing()))
        .plan(
            world.account(),
            world.marks(),
            world.rulebook(),
            world.curves(),
            EpisodeState.opened(0),
            MarketState.fresh(0));
  }

  /// **Self-liquidation.** The owner is the executor: as a counterparty the owner gains what the
  /// account loses against the mark, and as executor gets a share of the penalty. What is left is
  /// the fund's share and the exchange fee, both lost: it never pays. That an own counterparty
  /// could take more than there is, at the fund's cost, is what the limit price prevents: a fill at
  /// the limit, of any part, leaves equity that is not negative. A full close has no limit (it is
  /// executed at what the market gives), so it must not be open to counterparties of one's choice.
  @ParameterizedTest
  @MethodSource("seeds")
  void ownersWhoLiquidateThemselvesGainNothing(long seed) {
    World world = World.breached(seed, World::onePosition);
    Split split = new Split(100_000, 900_000, 0);
    PenaltyTerms old = world.rulebook().penalty();
    PenaltyTerms generous =
        new PenaltyTerms(
            old.positionPpm(),
            old.pairPpm(),
            PositionBase.NOTIONAL,
            PairBase.REPAID,
            Cap.IMPROVEMENT,
            split);
    World owned = world.with(generous);
    if (plan(owned) instanceof Plan.Close close
        && close.closings().getFirst().limitPrice().isPresent()) {
      PlannedClosing planned = close.closings().getFirst();
      PositionLeg leg = (PositionLeg) planned.closing().leg();
      long quantity = planned.closing().quantity();
      for (long part : List.of(quantity, Math.max(1, quantity / 2), 1L)) {
        long fee =
            Rounding.mulDivCeil(
                planned.terms().notional(part),
                owned.listing().contracts().get(leg.market()).takerFeePpm(),
                Ppm.ONE);
        long slippage = slippage(owned, planned, part);
        Closing closing =
            new LegSettlement(owned.model(), generous)
                .close(owned.account(), owned.marks(), leg, part, slippage + fee);
        Health before = owned.health();
        Health after = owned.model().assess(closing.account(), owned.marks());
        long lost = before.equity() - after.equity();
        long gained =
            slippage + Rounding.mulDivFloor(closing.penalty(), split.liquidatorPpm(), Ppm.ONE);
        assertThat(gained).isLessThanOrEqualTo(lost);
        if (before.numerator().signum() > 0) {
          // No deficit to leave to the fund; a value unit of rounding of a partial fill aside.
          assertThat(after.equity()).isGreaterThanOrEqualTo(-1);
        }
      }
    }
  }

  private static long slippage(World world, PlannedClosing planned, long part) {
    PositionLeg leg = (PositionLeg) planned.closing().leg();
    long mark = world.marks().price(world.listing().contracts().get(leg.market()).feed());
    long perTick = planned.terms().notional(1) / mark;
    return part * Math.abs(mark - planned.limits().at(part).price()) * perTick;
  }

  /// **Dust.** What is left of a leg is nothing or worth its dust value at least, so no remainder
  /// is too small for the next order.
  @ParameterizedTest
  @MethodSource("seeds")
  void noRemainderIsTooSmallToBeLiquidated(long seed) {
    for (LongFunction<World> family :
        List.<LongFunction<World>>of(World::onePosition, World::mixed)) {
      World world = World.breached(seed, family);
      for (World each :
          List.of(world, world.with(new FixedFraction(970_000), OnHarmfulClose.ESCALATE))) {
        if (plan(each) instanceof Plan.Close close) {
          for (PlannedClosing planned : close.closings()) {
            LegTerms terms = planned.terms();
            long left = terms.size() - planned.closing().quantity();
            boolean cutByDepth = terms.curve().capacity() < terms.size();
            assertThat(left == 0 || cutByDepth || terms.notional(left) >= terms.dustValue())
                .isTrue();
          }
        }
      }
    }
  }

  /// **Dust.** A position below the least order and below the dust value is no shelter: the whole
  /// leg is always admissible. Nor are a hundred of them: each is a leg.
  @Test
  void whoHasOnlyDustIsLiquidatedAllTheSame() {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "1000", "0.1")
            .minimumOrder("500")
            .dust("500")
            .lot("1")
            .market("BTCUSDT", "1000", "0.1")
            .minimumOrder("500")
            .dust("500")
            .lot("1")
            .position("ETHUSDT", "0.3", "1000")
            .position("BTCUSDT", "0.4", "1000")
            .holds("USD", "69.99")
            .world();
    Plan.Close close = (Plan.Close) plan(world);
    assertThat(close.after().isAtLeast(Ppm.ONE)).isTrue();
    assertThat(close.closings()).hasSize(1);
    PlannedClosing planned = close.closings().getFirst();
    assertThat(planned.closing().quantity()).isEqualTo(planned.terms().size());
  }

  /// **Shrinking by one unit before the call.** The owner closes one unit so that an order sized
  /// for the old position is too large and reverts. A plan is made from the account as it is: if it
  /// is still in breach it is closed as far as that needs, never more than before; and while orders
  /// are out the engine takes no trade of the owner.
  @ParameterizedTest
  @MethodSource("seeds")
  void oneUnitLessIsPlannedAsWell(long seed) {
    World world = World.breached(seed, World::onePosition);
    Position old = world.account().positions().getFirst();
    if (!(plan(world) instanceof Plan.Close before) || Math.abs(old.quantity()) < 2) {
      return;
    }
    Closing one =
        new LegSettlement(world.model(), new PenaltyTerms(0, 0, Cap.NONE, 0))
            .close(world.account(), world.marks(), new PositionLeg(old.market()), 1, 0);
    World shrunk = world.with(one.account());
    if (shrunk.health().isAtLeast(shrunk.rulebook().thresholdPpm())) {
      return;
    }
    Plan after = plan(shrunk);
    if (after instanceof Plan.Nothing nothing) {
      assertThat(nothing.reason()).contains("depth");
      return;
    }
    Plan.Close close = (Plan.Close) after;
    long size = Math.abs(old.quantity());
    assertThat(close.closings().getFirst().closing().quantity()).isLessThanOrEqualTo(size - 1);
    if (close.claim() instanceof Claim.RestoresMinimal) {
      assertThat(close.after().isAtLeast(world.rulebook().targetPpm())).isTrue();
    }
    assertThat(before.closings()).isNotEmpty();
  }

  /// **Choosing the worst collateral.** HF = (0.93 x 9,000 + 0.6 x 1,900) / 10,000 = 0.951. A
  /// liquidator who may choose seizes ETH: 1.05 x 0.93 = 0.9765 is above HF, so each slice lowers
  /// it, and the account is never restored but seized again. The plan chooses, by relief: BTC, 1.05
  /// x 0.6 = 0.63, of which 490 / 0.37 = 1,324.32 repaid restore.
  @Test
  void theLiquidatorCannotChooseThePairThatHarms() {
    World world =
        HandWorld.usd()
            .asset("ETH", "1000", "0.93")
            .asset("BTC", "20000", "0.6")
            .holds("ETH", "9")
            .holds("BTC", "0.095")
            .owes("USD", "10000")
            .penalty("0", "0.05", Cap.IMPROVEMENT)
            .world();
    assertThat(world.health().ratioText(Ppm.ONE)).isEqualTo("0.951");
    Plan.Close close = (Plan.Close) plan(world);
    assertThat(close.closings()).hasSize(1);
    assertThat(close.closings().getFirst().closing().leg()).isEqualTo(BTC_FOR_USD);
    assertThat(close.closings().getFirst().closing().repaid() / DOLLAR).isBetween(1_324L, 1_326L);
    // The choice of the attacker.
    Closing harm =
        new LegSettlement(world.model(), world.rulebook().penalty())
            .close(world.account(), world.marks(), ETH_FOR_USD, 10_000, 0);
    Health lower = world.model().assess(harm.account(), world.marks());
    assertThat(lower.compareRatio(world.health())).isNegative();
  }

  /// **Griefing by cooldown.** A filled hair of an order buys a pause in which the account falls
  /// on. Less than the least share of an order starts no pause, and none holds from a severity on.
  @Test
  void aTinySliceBuysNoShield() {
    Cooldown cooldown = new Cooldown(60_000_000_000L, 500_000, 500_000);
    assertThat(cooldown.after(1, 1_000)).isZero();
    assertThat(cooldown.after(499, 1_000)).isZero();
    assertThat(cooldown.after(500, 1_000)).isEqualTo(60_000_000_000L);
    // Of an odd number of units, half is rounded up.
    assertThat(cooldown.after(500, 1_001)).isZero();

    OwnRulebook rule = small(900).rulebook().with(cooldown);
    EpisodeState cooling = EpisodeState.opened(0).afterSlice(1, 0, cooldown.nanos());
    Health mild = small(900).health();
    assertThat(Severity.ppm(mild, Ppm.ONE)).isEqualTo(100_000);
    assertThat(rule.trigger(mild, cooling, 2)).isInstanceOf(Trigger.Wait.class);
    assertThat(rule.trigger(small(501).health(), cooling, 2)).isInstanceOf(Trigger.Wait.class);
    assertThat(rule.trigger(small(500).health(), cooling, 2)).isInstanceOf(Trigger.Liquidate.class);
    assertThat(rule.trigger(mild, cooling, cooling.cooldownUntilNanos()))
        .isInstanceOf(Trigger.Liquidate.class);
  }

  private static World small(long equity) {
    return HandWorld.usd()
        .market("ETHUSDT", "1000", "0.1")
        .position("ETHUSDT", "10", "1000")
        .holds("USD", Long.toString(equity))
        .world();
  }
}
