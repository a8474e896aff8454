package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.SynthetixV3.Capacity;
import trimtab.rulebooks.derivatives.SynthetixV3.Closed;
import trimtab.rulebooks.derivatives.SynthetixV3.Keepers;
import trimtab.rulebooks.derivatives.SynthetixV3.Margins;
import trimtab.rulebooks.derivatives.SynthetixV3.Market;
import trimtab.rulebooks.number.Fraction;

class SynthetixV3Test {
  private static final BigInteger ZERO = BigInteger.ZERO;

  private static BigInteger wad(long value) {
    return BigInteger.valueOf(value).multiply(WAD);
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noWindowClosesMoreThanTheCap(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BigInteger cap = wad(300);
    BigInteger window = big(30);
    List<Closed> history = List.of();
    long now = 100;
    int full = 0;
    for (int i = 0; i < 500; i++) {
      now += random.nextLong(0, 15);
      BigInteger requested = wad(random.nextLong(1, 200));
      Capacity capacity = SynthetixV3.capacity(cap, window, history, big(now));
      BigInteger closed =
          SynthetixV3.closable(requested, cap, ZERO, capacity, ZERO, WAD, big(now), false);
      assertThat(closed).isLessThanOrEqualTo(requested);
      history = SynthetixV3.record(history, closed, big(now));

      BigInteger start = big(now - 30);
      BigInteger within = ZERO;
      for (Closed each : history) {
        within = each.time().compareTo(start) > 0 ? within.add(each.amountD18()) : within;
      }
      assertThat(within).isLessThanOrEqualTo(cap);
      full += within.equals(cap) ? 1 : 0;
    }
    assertThat(full).isGreaterThan(20);
  }

  @Test
  void whatWasClosedExactlyAWindowAgoDoesNotCount() {
    List<Closed> history = List.of(new Closed(big(70), wad(100)));

    assertThat(capacityAt(history, 100)).isEqualTo(wad(300));
    assertThat(capacityAt(history, 99)).isEqualTo(wad(200));
    assertThat(capacityAt(List.of(new Closed(big(70), wad(400))), 99)).isEqualTo(ZERO);
  }

  private static BigInteger capacityAt(List<Closed> history, long now) {
    return SynthetixV3.capacity(wad(300), big(30), history, big(now)).capacityD18();
  }

  @Test
  void aFurtherCapNeedsAnotherBlockAndASkewStrictlyBelow() {
    Capacity none = new Capacity(ZERO, big(50));
    BigInteger premium = WAD.multiply(big(6)).divide(big(100));

    assertThat(further(none, premium, 59, 51)).isEqualTo(wad(25));
    assertThat(further(none, premium, -59, 51)).isEqualTo(wad(25));
    assertThat(further(none, premium, 60, 51)).isEqualTo(ZERO);
    assertThat(further(none, premium, 59, 50)).isEqualTo(ZERO);
    assertThat(further(none, ZERO, 0, 51)).isEqualTo(ZERO);
    assertThat(further(new Capacity(wad(3), big(50)), premium, 0, 51)).isEqualTo(wad(3));
  }

  private static BigInteger further(Capacity capacity, BigInteger premium, long skew, long now) {
    return SynthetixV3.closable(
        wad(90), wad(25), premium, capacity, wad(skew), wad(1_000), big(now), false);
  }

  @Test
  void endorsedLiquidatorsAndMarketsWithoutCapHaveNoLimit() {
    Capacity none = new Capacity(ZERO, big(50));

    assertThat(SynthetixV3.closable(wad(90), wad(25), ZERO, none, ZERO, WAD, big(50), true))
        .isEqualTo(wad(90));
    assertThat(SynthetixV3.closable(wad(90), ZERO, ZERO, none, ZERO, WAD, big(50), false))
        .isEqualTo(wad(90));
  }

  @Test
  void blocksAreOneEntryAndTimeRunsForward() {
    List<Closed> history = SynthetixV3.record(List.of(), wad(1), big(5));

    assertThat(SynthetixV3.record(history, wad(2), big(5)))
        .containsExactly(new Closed(big(5), wad(3)));
    assertThat(SynthetixV3.record(history, ZERO, big(6))).isEqualTo(history);
    assertThatThrownBy(() -> SynthetixV3.record(history, wad(2), big(4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void capAndWindowsFollowTheMarket() {
    BigInteger cap = SynthetixV3.windowCap(Market.DEFAULT);

    assertThat(cap).isEqualTo(wad(3_000));
    assertThat(SynthetixV3.windows(wad(3_000), cap)).isEqualTo(1);
    assertThat(SynthetixV3.windows(wad(-3_000).subtract(BigInteger.ONE), cap)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void marginsRoundDownByLittleAndGrowWithSize(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      BigInteger size = big(random.nextLong(1, Long.MAX_VALUE)).multiply(big(1_000));
      BigInteger price = big(random.nextLong(1, Long.MAX_VALUE));

      Margins margins = SynthetixV3.margins(size, price, Market.DEFAULT);

      Fraction rate = Fraction.of(size).times(Fraction.of(3)).over(Fraction.of(wad(10_000)));
      Fraction notional = Fraction.of(size.multiply(price)).over(Fraction.of(WAD));
      Fraction lost = notional.times(rate).minus(Fraction.of(margins.initialD18()));
      // a unit of each factor is lost at most: three in the rate, one in the notional
      Fraction bound =
          notional.times(Fraction.of(4)).over(Fraction.of(WAD)).plus(rate).plus(Fraction.ONE);
      assertThat(lost).isGreaterThanOrEqualTo(Fraction.ZERO).isLessThan(bound);
      assertThat(margins.maintenanceD18()).isLessThanOrEqualTo(margins.initialD18());
      assertThat(SynthetixV3.margins(size.negate(), price, Market.DEFAULT)).isEqualTo(margins);
      assertThat(
              SynthetixV3.margins(size.multiply(BigInteger.TWO), price, Market.DEFAULT)
                  .maintenanceD18())
          .isGreaterThanOrEqualTo(margins.maintenanceD18().multiply(BigInteger.TWO));
    }
    assertThat(SynthetixV3.margins(ZERO, WAD, Market.DEFAULT).maintenanceD18()).isEqualTo(0);
  }

  @Test
  void flaggedStrictlyAboveAndNeverWithoutPositions() {
    assertThat(SynthetixV3.isEligible(wad(10), wad(8), wad(2), 1)).isFalse();
    assertThat(SynthetixV3.isEligible(wad(10).subtract(BigInteger.ONE), wad(8), wad(2), 1))
        .isTrue();
    assertThat(SynthetixV3.isEligible(wad(-1), ZERO, ZERO, 0)).isFalse();
  }

  @Test
  void rewardsKeepWithinTheirBounds() {
    Keepers keepers = new Keepers(wad(10), WAD.divide(big(4)), WAD.divide(big(2)), wad(500));

    assertThat(SynthetixV3.keeperReward(ZERO, wad(20), wad(1_000), keepers)).isEqualTo(wad(30));
    assertThat(SynthetixV3.keeperReward(ZERO, wad(80), wad(1_000), keepers)).isEqualTo(wad(100));
    assertThat(SynthetixV3.keeperReward(wad(50), wad(80), wad(1_000), keepers)).isEqualTo(wad(130));
    assertThat(SynthetixV3.keeperReward(wad(50), wad(80), wad(100), keepers)).isEqualTo(wad(50));
    assertThat(SynthetixV3.keeperReward(wad(900), ZERO, ZERO, keepers)).isEqualTo(wad(500));
    assertThat(SynthetixV3.flagReward(wad(-100), wad(3), Market.DEFAULT)).isEqualTo(wad(3));
    assertThat(SynthetixV3.possibleReward(wad(50), wad(80), wad(20), wad(1_000), big(3), keepers))
        .isEqualTo(wad(130 + 30 + 30));
    assertThat(SynthetixV3.possibleReward(wad(50), wad(80), wad(20), wad(1_000), ZERO, keepers))
        .isEqualTo(wad(130));
  }
}
