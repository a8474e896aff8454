package trimtab.core.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.AccountView;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.Levels;
import trimtab.core.health.Netting;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.Ramp;
import trimtab.core.rulebook.CloseRule.Stepped;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.CloseRule.TimeSliced;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.HandWorld;

/// When a rule closes and how much it asks for, worked out by hand.
class OwnRulebookTest {
  private static final long ONE = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final PenaltyTerms PENALTY = new PenaltyTerms(10_000, 50_000, Cap.NONE, 700_000);

  private static OwnRulebook rulebook(CloseRule rule) {
    return new OwnRulebook(
        "own", rule, Base.AUTO, ONE, 1_100_000, PENALTY, OnHarmfulClose.ESCALATE, 5 * SECOND);
  }

  /// Cash over a requirement of 1,000: health in parts per thousand is the equity.
  private static Health health(long equity) {
    Wide requirement = Wide.product(1_000, ONE);
    return new Health(
        Wide.product(equity, ONE), requirement, requirement, Base.REQUIREMENT, equity);
  }

  private static SizeDemand size(CloseRule rule, long equity, long elapsedNanos) {
    EpisodeState episode = EpisodeState.opened(100 * SECOND);
    return rulebook(rule)
        .size(health(equity), episode, MarketState.fresh(0), 100 * SECOND + elapsedNanos);
  }

  @Test
  void isTriggeredBelowItsThresholdAndNotAtIt() {
    EpisodeState fresh = EpisodeState.opened(0);
    OwnRulebook rulebook = rulebook(new Full());
    assertThat(rulebook.trigger(health(1_000), fresh, 0)).isEqualTo(new Trigger.Healthy());
    assertThat(rulebook.trigger(health(999), fresh, 0))
        .isEqualTo(new Trigger.Liquidate("health 0.999 is below the threshold 1"));
  }

  @Test
  void waitsForItsCooldownUnlessTheAccountIsFarGone() {
    OwnRulebook rulebook = rulebook(new Full());
    EpisodeState episode = EpisodeState.opened(0).afterSlice(10, 3, 5 * SECOND);
    long end = 5 * SECOND + 10;
    assertThat(rulebook.trigger(health(900), episode, end - 1))
        .isEqualTo(new Trigger.Wait("cooldown after a slice", end));
    assertThat(rulebook.trigger(health(900), episode, end)).isInstanceOf(Trigger.Liquidate.class);
    // Half way to bankruptcy, and a thousandth before it.
    assertThat(rulebook.trigger(health(500), episode, 20)).isInstanceOf(Trigger.Liquidate.class);
    assertThat(rulebook.trigger(health(501), episode, 20)).isInstanceOf(Trigger.Wait.class);
  }

  @Test
  void asksForWhatItsCloseRuleSays() {
    assertThat(size(new Full(), 900, 0)).isEqualTo(new SizeDemand.CloseEverything("rule"));
    FixedFraction half = new FixedFraction(500_000);
    assertThat(size(half, 900, 0)).isEqualTo(new SizeDemand.CloseShare(500_000, half));
    assertThat(size(new TargetHealth(400_000), 900, 0))
        .isEqualTo(new SizeDemand.RestoreTarget(1_100_000, 400_000));
    // A quarter of the way down from 0.2 to 0.6.
    Ramp ramp = new Ramp(200_000, 600_000);
    assertThat(size(ramp, 750, 0)).isEqualTo(new SizeDemand.CloseShare(300_000, ramp));
    TimeSliced sliced = new TimeSliced(100_000, 50_000);
    assertThat(size(sliced, 900, 2 * SECOND))
        .isEqualTo(new SizeDemand.RestoreShare(200_000, sliced));
    assertThat(size(sliced, 900, 18 * SECOND))
        .isEqualTo(new SizeDemand.RestoreTarget(1_100_000, ONE));
  }

  @Test
  void aTableOfStepsGivesTheShareOfTheFirstRowAboveTheHealth() {
    Stepped stepped =
        new Stepped(List.of(new Stepped.Row(800_000, ONE), new Stepped.Row(ONE, 250_000)));
    assertThat(size(stepped, 799, 0)).isEqualTo(new SizeDemand.CloseShare(ONE, stepped));
    assertThat(size(stepped, 800, 0)).isEqualTo(new SizeDemand.CloseShare(250_000, stepped));
    assertThatThrownBy(() -> rulebook(new Stepped(List.of(new Stepped.Row(900_000, ONE)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the last step must be below the threshold (1), not 0.9");
  }

  @Test
  void theShareOfATimeSliceGrowsByTheSecondUpToAll() {
    TimeSliced sliced = new TimeSliced(100_000, 300_000);
    assertThat(sliced.sharePpm(-SECOND)).isEqualTo(100_000);
    assertThat(sliced.sharePpm(0)).isEqualTo(100_000);
    assertThat(sliced.sharePpm(SECOND / 2)).isEqualTo(250_000);
    assertThat(sliced.sharePpm(2 * SECOND + 999_999_999)).isEqualTo(999_999);
    assertThat(sliced.sharePpm(3 * SECOND)).isEqualTo(ONE);
    assertThat(sliced.sharePpm(Long.MAX_VALUE)).isEqualTo(ONE);
  }

  @Test
  void sharesAreAboveZeroAndAtMostOne() {
    assertThat(new FixedFraction(ONE).sharePpm()).isEqualTo(ONE);
    String sentence = " must be above 0 and at most 1, not ";
    assertThatThrownBy(() -> new FixedFraction(0)).hasMessage("fraction" + sentence + "0");
    assertThatThrownBy(() -> new FixedFraction(ONE + 1))
        .hasMessage("fraction" + sentence + "1.000001");
    assertThatThrownBy(() -> new TargetHealth(0)).hasMessage("closeFactor" + sentence + "0");
    assertThatThrownBy(() -> new Stepped.Row(ONE, 0)).hasMessage("share" + sentence + "0");
    assertThatThrownBy(() -> new Ramp(0, 1)).hasMessage("firstShare" + sentence + "0");
    assertThatThrownBy(() -> new Ramp(1, 0)).hasMessage("lastShare" + sentence + "0");
    assertThatThrownBy(() -> new TimeSliced(0, 1)).hasMessage("initialShare" + sentence + "0");
    assertThat(new TimeSliced(1, 0).growthPpm()).isZero();
    assertThatThrownBy(() -> new TimeSliced(1, -1)).hasMessage("the growth must not be negative");
  }

  @Test
  void stepsRiseAndAreFew() {
    String count = "a table of steps has 1 to 32 rows";
    assertThatThrownBy(() -> new Stepped(List.of())).hasMessage(count);
    Stepped.Row row = new Stepped.Row(ONE, ONE);
    assertThatThrownBy(() -> new Stepped(Collections.nCopies(33, row))).hasMessage(count);
    List<Stepped.Row> most =
        LongStream.range(0, 32).mapToObj(i -> new Stepped.Row(ONE + i, ONE)).toList();
    assertThat(new Stepped(most).rows()).hasSize(32);
    assertThatThrownBy(() -> new Stepped(List.of(row, row)))
        .hasMessage("the levels of the steps must rise");
  }

  @Test
  void targetAndThresholdAreInOrder() {
    OwnRulebook equal =
        new OwnRulebook(
            "own", new Full(), Base.AUTO, ONE, ONE, PENALTY, OnHarmfulClose.ESCALATE, 0);
    assertThat(equal.targetPpm()).isEqualTo(ONE);
    refuses(999_999, ONE, "threshold (0.999999) must be at least 1");
    refuses(1_100_000, 1_099_999, "target (1.099999) must be at least threshold (1.1)");
  }

  private static void refuses(long threshold, long target, String sentence) {
    assertThatThrownBy(() ->
            new OwnRulebook(
                "own",
                new Full(),
                Base.AUTO,
                threshold,
                target,
                PENALTY,
                OnHarmfulClose.ESCALATE,
                0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void changesOneThingAtATime() {
    OwnRulebook rulebook = rulebook(new Full());
    assertThat(rulebook.cooldown()).isEqualTo(new Cooldown(5 * SECOND));
    assertThat(rulebook.legOrder()).isEqualTo(LegOrder.LEAST_COST);
    assertThat(rulebook.objective()).isEqualTo(Objective.COST);
    assertThat(rulebook.netting()).isEqualTo(Netting.PER_ASSET);
    assertThat(rulebook.settle()).isEqualTo(Settle.MARKET);
    assertThat(rulebook.backstop()).isEqualTo(Backstop.FUND_PAYS_DEFICIT);
    Cooldown none = new Cooldown(0);
    assertThat(rulebook.with(none).cooldown()).isEqualTo(none);
    assertThat(rulebook.with(none).with(new Cooldown(5 * SECOND))).isEqualTo(rulebook);
    assertThat(rulebook.with(Netting.NONE).netting()).isEqualTo(Netting.NONE);
    assertThat(rulebook.with(Netting.NONE).with(Netting.PER_ASSET)).isEqualTo(rulebook);
    OwnRulebook ordered = rulebook.with(LegOrder.PROPORTIONAL, Objective.NOTIONAL);
    assertThat(ordered.legOrder()).isEqualTo(LegOrder.PROPORTIONAL);
    assertThat(ordered.with(LegOrder.LEAST_COST, Objective.COST)).isEqualTo(rulebook);
    FixedFraction half = new FixedFraction(500_000);
    OwnRulebook halving = rulebook.with(half, OnHarmfulClose.REFUSE);
    assertThat(halving.closeRule()).isEqualTo(half);
    assertThat(halving.onHarmfulClose()).isEqualTo(OnHarmfulClose.REFUSE);
    assertThat(halving.with(new Full(), OnHarmfulClose.ESCALATE)).isEqualTo(rulebook);
    OwnRulebook reducing = rulebook.with(PENALTY.atRates(1, 2), AUCTION, true);
    assertThat(reducing.penalty()).isEqualTo(PENALTY.atRates(1, 2));
    assertThat(reducing.schedule()).isEqualTo(AUCTION);
    assertThat(reducing.penaltyReduction()).isTrue();
    assertThat(reducing.with(PENALTY, PenaltySchedule.FIXED, false)).isEqualTo(rulebook);
    assertThat(rulebook.fits(new Account("a", List.of(), List.of()), LISTING))
        .isEqualTo(new Fit.Fits());
  }

  private static final PenaltySchedule AUCTION =
      new PenaltySchedule(
          new PenaltySchedule.Course.Auction(30_000, 10_000, 100),
          PenaltySchedule.Measure.BASE,
          0,
          ONE,
          0);
  private static final Listing LISTING = HandWorld.usd().world().listing();

  @Test
  void thePenaltyOfAnEpisodeRunsFromItsOpening() {
    OwnRulebook rulebook = rulebook(new Full()).with(PENALTY, AUCTION, false);
    assertThat(rulebook.penalty(health(900), EpisodeState.opened(1_000), 1_025))
        .isEqualTo(PENALTY.atRates(15_000, 40_000));
    assertThat(rulebook.cooldownNanos()).isEqualTo(5 * SECOND);
  }

  /// What a rulebook does that says no more than it must.
  @Test
  void unlessItSaysSoARulebookNetsHasFixedRatesAndDoesNotCutThem() {
    Rulebook least = new Least(rulebook(new Full()));
    assertThat(least.netting()).isEqualTo(Netting.PER_ASSET);
    assertThat(least.penaltyReduction()).isFalse();
    assertThat(least.schedule()).isEqualTo(PenaltySchedule.FIXED);
    assertThat(least.penalty(health(900), EpisodeState.opened(0), 5)).isEqualTo(PENALTY);
  }

  private record Least(OwnRulebook own) implements Rulebook {
    @Override
    public String name() {
      return own.name();
    }

    @Override
    public Fit fits(AccountView account, Listing listing) {
      return own.fits(account, listing);
    }

    @Override
    public Base base() {
      return own.base();
    }

    @Override
    public Levels levels() {
      return own.levels();
    }

    @Override
    public Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
      return own.trigger(health, episode, nowNanos);
    }

    @Override
    public SizeDemand size(Health health, EpisodeState episode, MarketState market, long nowNanos) {
      return own.size(health, episode, market, nowNanos);
    }

    @Override
    public LegOrder legOrder() {
      return own.legOrder();
    }

    @Override
    public Objective objective() {
      return own.objective();
    }

    @Override
    public OnHarmfulClose onHarmfulClose() {
      return own.onHarmfulClose();
    }

    @Override
    public PenaltyTerms penalty() {
      return own.penalty();
    }

    @Override
    public Cooldown cooldown() {
      return own.cooldown();
    }

    @Override
    public Settle settle() {
      return own.settle();
    }

    @Override
    public Backstop backstop() {
      return own.backstop();
    }
  }

  @Test
  void aCooldownFollowsASliceThatWasFilledEnough() {
    Cooldown cooldown = new Cooldown(7);
    assertThat(cooldown.after(50, 100)).isEqualTo(7);
    assertThat(cooldown.after(49, 100)).isZero();
    assertThat(cooldown.after(51, 101)).isEqualTo(7);
    assertThat(cooldown.after(50, 101)).isZero();
    assertThat(new Cooldown(0, 0, 0).after(0, 9)).isZero();
    assertThat(new Cooldown(3, ONE, ONE).after(9, 9)).isEqualTo(3);
    assertThatThrownBy(() -> new Cooldown(-1)).hasMessage("cooldown must not be negative");
    String bounds = "the bounds of a cooldown are 0 to 1";
    assertThatThrownBy(() -> new Cooldown(0, -1, 0)).hasMessage(bounds);
    assertThatThrownBy(() -> new Cooldown(0, ONE + 1, 0)).hasMessage(bounds);
    assertThatThrownBy(() -> new Cooldown(0, 0, -1)).hasMessage(bounds);
    assertThatThrownBy(() -> new Cooldown(0, 0, ONE + 1)).hasMessage(bounds);
  }

  @Test
  void episodesAndMarketsAddUp() {
    EpisodeState twice = EpisodeState.opened(5).afterSlice(7, 30, 10).afterSlice(9, 4, 20);
    assertThat(twice).isEqualTo(new EpisodeState(5, 2, 9, 34, 29));
    assertThat(MarketState.fresh(5).afterClosing(30, 2).afterClosing(4, 1))
        .isEqualTo(new MarketState(5, 34, 3));
  }
}
