package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Account.Reserve;
import trimtab.core.account.Leg;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Prescription.Piece;
import trimtab.core.rulebook.Situation;
import trimtab.core.rulebook.Trigger;
import trimtab.rulebooks.derivatives.DriftV2;
import trimtab.rulebooks.derivatives.DriftV2.Margin;
import trimtab.rulebooks.derivatives.DriftV2.PerpMarket;
import trimtab.rulebooks.derivatives.DriftV2.PerpPosition;
import trimtab.rulebooks.derivatives.DriftV2Perps;
import trimtab.rulebooks.derivatives.DriftV2Perps.Call;
import trimtab.rulebooks.derivatives.DriftV2Perps.Outcome;
import trimtab.rulebooks.derivatives.DriftV2Perps.PerpAccount;
import trimtab.rulebooks.derivatives.DriftV2Perps.Progress;
import trimtab.rulebooks.derivatives.DriftV2Spot;
import trimtab.rulebooks.derivatives.DriftV2Spot.Exchange;

/// What the adapter of Drift v2 prescribes and levies is what the venue's functions say.
class DriftV2RulebookTest {
  private static final DriftV2Rulebook RULE = DriftV2Rulebook.DEFAULT;
  private static final BigInteger ONE = DriftV2.PRICE_PRECISION;

  /// Of ETH: 5 %, fees of 1 %, lots of 0.001.
  private static final PerpMarket MARKET =
      new PerpMarket(
          big(500), BigInteger.ZERO, big(10_000), big(10_000), big(1_000_000), big(10_000));

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  /// The venue's call on the one perp of an account, ETH, in the venue's units by hand.
  private static Outcome called(CrossDraw drawn) {
    Position eth = drawn.account().positions().getFirst();
    long cash = drawn.account().balances().getFirst().amount();
    Margin others = Margin.empty(big(200)).plusCollateral(big(Math.floorDiv(cash, 100)));
    PerpPosition position =
        PerpPosition.of(big(eth.quantity() * 100_000), big(Math.floorDiv(-eth.cost(), 100)));
    return DriftV2Perps.liquidate(
        new PerpAccount(others, position, cash > 0, Progress.NONE),
        MARKET,
        DriftV2.Parameters.DEFAULT,
        new Call(
            BigInteger.ZERO,
            big(drawn.marks().price(CrossDraw.ETH) * 10_000),
            ONE,
            DriftV2Perps.UNLIMITED));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPerpIsTakenOverAsTheVenueSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partial = 0;
    int closed = 0;
    for (int i = 0; i < 400; i++) {
      CrossDraw drawn = CrossDraw.perps(random);
      if (drawn.account().positionCount() > 1) {
        continue;
      }
      Outcome outcome = called(drawn);
      Prescription stated = RULE.prescription(drawn.situation(RULE)).orElseThrow();
      if (outcome.base1e9().signum() == 0) {
        assertThat(stated.pieces()).isEmpty();
        continue;
      }
      long quantity = outcome.base1e9().divide(big(100_000)).longValueExact();
      assertThat(stated.pieces())
          .containsExactly(new Piece(new Leg.PositionLeg(CrossDraw.ETH), quantity));
      if (drawn.plan(RULE) instanceof Plan.Close close) {
        closed++;
        assertThat(close.closings().getFirst().closing().quantity()).isEqualTo(quantity);
        assertThat(close.closings().getFirst().closing().cost()).isZero();
        assertThat(close.closings().getFirst().closing().penalty())
            .isEqualTo(fees(outcome).multiply(big(100)).longValueExact());
      }
      if (quantity < Math.abs(drawn.account().positions().getFirst().quantity())) {
        partial++;
      }
    }
    assertThat(partial).isGreaterThan(20);
    assertThat(closed).isGreaterThan(50);
  }

  private static BigInteger fees(Outcome outcome) {
    return outcome.liquidatorFee1e6().add(outcome.insuranceFee1e6());
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void aSecondPerpIsCalledOnlyWhenTheFirstIsGone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int both = 0;
    for (int i = 0; i < 400; i++) {
      CrossDraw drawn = CrossDraw.perps(random);
      DriftV2Rulebook rule = RULE.with(Map.of("durationSlots", "0"));
      List<Piece> pieces = rule.prescription(drawn.situation(rule)).orElseThrow().pieces();
      if (pieces.size() == 2) {
        both++;
        long first = Math.abs(drawn.account().positions().getFirst().quantity());
        assertThat(pieces.getFirst().quantity()).isEqualTo(first);
      }
      drawn.plan(rule);
    }
    assertThat(both).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void aBorrowIsRepaidAsTheVenueSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partial = 0;
    for (int i = 0; i < 300; i++) {
      CrossDraw drawn = CrossDraw.loan(random);
      List<Piece> pieces = RULE.prescription(drawn.situation(RULE)).orElseThrow().pieces();
      Optional<Exchange> expected = exchanged(drawn);
      if (expected.isEmpty()) {
        assertThat(pieces).isEmpty();
        continue;
      }
      Exchange exchange = expected.get();
      assertThat(pieces).hasSize(1);
      assertThat(pieces.getFirst().quantity()).isEqualTo(exchange.assetTransfer().longValueExact());
      Balance usd = drawn.account().balances().getFirst();
      Balance ether = drawn.account().balances().getLast();
      partial += pieces.getFirst().quantity() < Math.max(usd.amount(), ether.amount()) ? 1 : 0;
      if (drawn.plan(RULE) instanceof Plan.Close close) {
        PlannedClosing closing = close.closings().getFirst();
        Account after = closing.closing().account();
        long repaid =
            usd.debt() > 0
                ? usd.debt() - after.balances().getFirst().debt()
                : ether.debt() - after.balances().getLast().debt();
        assertThat(repaid)
            .isBetween(
                exchange.liabilityTransfer().longValueExact() - 1,
                exchange.liabilityTransfer().longValueExact() + 1);
      }
    }
    assertThat(partial).isGreaterThan(50);
  }

  /// The venue's exchange in its units by hand: USD of eight decimals, ether of six.
  private static Optional<Exchange> exchanged(CrossDraw drawn) {
    Balance usd = drawn.account().balances().getFirst();
    Balance ether = drawn.account().balances().getLast();
    BigInteger price = big(drawn.marks().price(CrossDraw.ETH) * 10_000);
    boolean usdOwed = usd.debt() > 0;
    DriftV2Spot.Leg dollars = new DriftV2Spot.Leg(big(usdOwed ? 10_200 : 10_000), ONE, 8, ONE);
    DriftV2Spot.Leg coins =
        new DriftV2Spot.Leg(
            big(usdOwed ? 8_000 : 11_200), big(usdOwed ? 1_001_000 : 999_000), 6, price);
    Margin margin = Margin.empty(big(200));
    if (usdOwed) {
      BigInteger owed = big(Math.ceilDiv(usd.debt(), 100));
      margin =
          margin
              .plusRequirement(owed, owed, true)
              .plusCollateral(DriftV2Spot.depositCollateral(big(ether.amount()), coins));
    } else {
      BigInteger owed = DriftV2Spot.borrowValue(big(ether.debt()), coins);
      margin =
          margin
              .plusRequirement(DriftV2Spot.borrowRequirement(owed, big(11_000)), owed, true)
              .plusCollateral(big(usd.amount() / 100));
    }
    if (!DriftV2.canBeLiquidated(margin)) {
      return Optional.empty();
    }
    BigInteger shortage = DriftV2.shortage(margin);
    return Optional.of(
        DriftV2Spot.exchange(
            shortage,
            DriftV2.trackedShortage(margin, shortage),
            big(usdOwed ? ether.amount() : usd.amount()),
            usdOwed ? coins : dollars,
            big(usdOwed ? usd.debt() : ether.debt()),
            usdOwed ? dollars : coins,
            DriftV2Spot.UNLIMITED,
            BigInteger.ZERO,
            DriftV2.maxShare(
                shortage, BigInteger.ZERO, BigInteger.ZERO, DriftV2.Parameters.DEFAULT),
            DriftV2.Parameters.DEFAULT));
  }

  @Test
  void theNextCallWaitsUntilAllMayBeClosed() {
    CrossDraw drawn = breached();
    EpisodeState once = EpisodeState.opened(0).afterSlice(0, 1, 0);
    long ramp = 135 * 400_000_000L;

    assertThat(trigger(drawn, EpisodeState.opened(0), 0)).isInstanceOf(Trigger.Liquidate.class);
    assertThat(trigger(drawn, once, 0))
        .isEqualTo(new Trigger.Wait("the ramp until all may be closed", ramp));
    assertThat(trigger(drawn, once, ramp - 1)).isInstanceOf(Trigger.Wait.class);
    assertThat(trigger(drawn, once, ramp)).isInstanceOf(Trigger.Liquidate.class);

    long first = quantity(drawn, EpisodeState.opened(0));
    assertThat(quantity(drawn.at(ramp), once)).isGreaterThan(9 * first);
    assertThat(quantity(drawn.at(1_499 * 400_000_000L), once)).isPositive();
    assertThat(
            RULE.prescription(drawn.at(1_500 * 400_000_000L).situation(RULE, once))
                .orElseThrow()
                .pieces())
        .isEmpty();
  }

  private static Trigger trigger(CrossDraw drawn, EpisodeState episode, long nowNanos) {
    return RULE.trigger(drawn.situation(RULE).health(), episode, nowNanos);
  }

  private static long quantity(CrossDraw drawn, EpisodeState episode) {
    return RULE.prescription(drawn.situation(RULE, episode))
        .orElseThrow()
        .pieces()
        .getFirst()
        .quantity();
  }

  /// 100 ETH at 4,000 with equity of 19,600 for a requirement of 20,000.
  private static CrossDraw breached() {
    return new CrossDraw(
        account(1_960_000_000_000L, 1_000_000, 40_000_000_000_000L),
        Marks.of(0, 400_000, 1_000_000));
  }

  private static Account account(long cash, long quantity, long cost) {
    return new Account(
        "written",
        List.of(new Balance(CrossDraw.USD, cash, 0)),
        List.of(new Position(CrossDraw.ETH, quantity, cost)));
  }

  @Test
  void accountsItCannotReadAreMisfits() {
    Account plain = account(1, 10, 1);
    assertThat(fits(plain)).isTrue();
    assertThat(fits(account(1, 11, 1))).isFalse();
    assertThat(fits(plain.with(List.of(new Reserve(CrossDraw.ETH, 1, 0))))).isFalse();
    Balance ether = new Balance(CrossDraw.ETHER, 5, 0);
    Balance usd = new Balance(CrossDraw.USD, 0, 5);
    assertThat(fits(plain.with(List.of(usd, ether), plain.positions()))).isFalse();
    assertThat(fits(plain.with(List.of(usd, ether), List.of()))).isTrue();
    Balance loss = new Balance(CrossDraw.USD, -5, 0);
    assertThat(fits(plain.with(List.of(loss, ether), List.of()))).isFalse();
    assertThat(fits(plain.with(List.of(loss), plain.positions()))).isTrue();
  }

  private static boolean fits(Account account) {
    return RULE.fits(account, CrossDraw.LISTING) instanceof Fit.Fits;
  }

  @Test
  void constantsKeepWithinTheirBounds() {
    assertThatThrownBy(() -> RULE.with(Map.of("bufferRatio1e4", "0")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RULE.with(Map.of("slotNanos", "0.5")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RULE.with(Map.of("liquidatorFee1e6", "-1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void figuresTellTheCallAndWhoPaysBadDebt() {
    assertThat(names(breached().situation(RULE)))
        .contains("total collateral", "ETHUSDT base taken over", "progress", "bad debt");
    CrossDraw ruined =
        new CrossDraw(
            account(-100_000_000L, 1_000_000, 40_000_000_000_000L),
            Marks.of(0, 400_000, 1_000_000));
    assertThat(names(ruined.situation(RULE))).contains("socialised", "longs pay");
  }

  private static List<String> names(Situation situation) {
    return RULE.figures(situation).stream().map(Figure::name).toList();
  }
}
