package trimtab.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.money.Wide;
import trimtab.core.testkit.Seeded;

class MarginTiersTest {
  private static final int ROUNDS = 300;

  @Test
  void eachRateAppliesToThePartInsideItsTier() {
    MarginTiers tiers =
        new MarginTiers(
            List.of(new Tier(0, 10_000), new Tier(1_000, 25_000), new Tier(5_000, 50_000)));
    assertThat(tiers.requirement(0)).isEqualTo(Wide.ZERO);
    assertThat(tiers.requirement(1)).isEqualTo(Wide.of(10_000));
    assertThat(tiers.requirement(1_000)).isEqualTo(Wide.of(10_000_000));
    // 1,000 x 1 % + 4,000 x 2.5 % + 2,000 x 5 % = 10 + 100 + 100
    assertThat(tiers.requirement(7_000)).isEqualTo(Wide.of(210_000_000));
    assertThat(tiers.maximumRatePpm()).isEqualTo(50_000);
  }

  @Test
  void aSteppedRateAppliesToTheWholeNotional() {
    MarginTiers tiers =
        new MarginTiers(
            MarginTiers.Kind.STEPPED, List.of(new Tier(0, 10_000), new Tier(1_000, 25_000)));
    assertThat(tiers.requirement(0)).isEqualTo(Wide.ZERO);
    // At its start a tier has not begun: 1,000 x 1 %, then 1,001 x 2.5 %.
    assertThat(tiers.requirement(1_000)).isEqualTo(Wide.of(10_000_000));
    assertThat(tiers.requirement(1_001)).isEqualTo(Wide.of(25_025_000));
    assertThat(tiers.jumps()).isTrue();
    assertThat(tiers.limits()).containsExactly(1_000);
    assertThat(new MarginTiers(MarginTiers.Kind.STEPPED, List.of(new Tier(0, 1))).jumps())
        .isFalse();
    assertThat(MarginTiers.flat(10_000).jumps()).isFalse();
  }

  @Test
  void flatIsOneRateForEverySize() {
    long largest = (1L << 62) - 1;
    assertThat(MarginTiers.flat(20_000).requirement(largest))
        .isEqualTo(Wide.product(largest, 20_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheTableOfAmountsToDeduct(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      MarginTiers tiers = drawn(seeded);
      for (long notional : notionals(seeded, tiers)) {
        assertThat(tiers.requirement(notional).toBigInteger()).isEqualTo(naive(tiers, notional));
        long exactScale = seeded.between(2, 1_000);
        assertThat(tiers.requirement(Wide.product(notional, exactScale), exactScale))
            .isEqualTo(tiers.requirement(notional).times(exactScale));
        assertThat(tiers.requirement(Wide.of(notional), 1)).isEqualTo(tiers.requirement(notional));
      }
    }
  }

  /// As venues publish it: rate x notional minus an amount to deduct, of the tier the notional is
  /// in. Shares nothing with the sum over brackets.
  private static BigInteger naive(MarginTiers tiers, long notional) {
    BigInteger deduct = BigInteger.ZERO;
    BigInteger rate = BigInteger.ZERO;
    for (Tier tier : tiers.tiers()) {
      if (tier.fromValue() > notional) {
        break;
      }
      BigInteger next = BigInteger.valueOf(tier.ratePpm());
      deduct = deduct.add(BigInteger.valueOf(tier.fromValue()).multiply(next.subtract(rate)));
      rate = next;
    }
    return BigInteger.valueOf(notional).multiply(rate).subtract(deduct);
  }

  @Test
  void aNotionalBetweenValueUnitsIsChargedToTheUnit() {
    MarginTiers steps =
        new MarginTiers(
            MarginTiers.Kind.STEPPED, List.of(new Tier(0, 10_000), new Tier(1_000, 25_000)));
    // Tenths of a value unit; a tenth above 1,000 the next tier has begun.
    assertThat(steps.requirement(Wide.of(10_000), 10)).isEqualTo(Wide.of(100_000_000));
    assertThat(steps.requirement(Wide.of(10_001), 10)).isEqualTo(Wide.of(250_025_000));
    Wide beyond = Wide.product(1L << 62, 8);
    assertThat(MarginTiers.flat(20_000).requirement(beyond, 1)).isEqualTo(beyond.times(20_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void isContinuousAndConvex(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      MarginTiers tiers = drawn(seeded);
      for (long notional : notionals(seeded, tiers)) {
        Wide below = slope(tiers, Math.max(0, notional - 1));
        Wide above = slope(tiers, notional);
        assertThat(above).isGreaterThanOrEqualTo(below);
        assertThat(above).isBetween(rate(tiers.tiers().getFirst()), rate(tiers.tiers().getLast()));
      }
    }
  }

  private static Wide slope(MarginTiers tiers, long notional) {
    return tiers.requirement(notional + 1).minus(tiers.requirement(notional));
  }

  private static Wide rate(Tier tier) {
    return Wide.of(tier.ratePpm());
  }

  private static MarginTiers drawn(Seeded seeded) {
    int count = (int) seeded.between(1, MarginTiers.TIERS_MAX);
    List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, seeded.between(1, 30_000))));
    while (tiers.size() < count) {
      long from = tiers.getLast().fromValue() + (long) seeded.logUniform(1, 1e16);
      tiers.add(new Tier(from, tiers.getLast().ratePpm() + seeded.between(0, 30_000)));
    }
    return new MarginTiers(tiers);
  }

  /// The edges of all tiers, what lies beside them, and anything.
  private static List<Long> notionals(Seeded seeded, MarginTiers tiers) {
    List<Long> notionals = new ArrayList<>(List.of((1L << 62) - 1, seeded.between(1, 1L << 61)));
    for (Tier tier : tiers.tiers()) {
      notionals.add(tier.fromValue());
      notionals.add(tier.fromValue() + 1);
      notionals.add(Math.max(0, tier.fromValue() - 1));
    }
    return notionals;
  }

  @Test
  void refusesWhatIsNotConvex() {
    String order = "tiers: 'from' must rise and rates must not fall; tier 2 does not";
    refuses(List.of(new Tier(0, 20_000), new Tier(10, 10_000)), order);
    refuses(List.of(new Tier(0, 20_000), new Tier(0, 30_000)), order);
    List<Tier> level = List.of(new Tier(0, 20_000), new Tier(10, 20_000));
    assertThat(new MarginTiers(level).tiers()).hasSize(2);
    refuses(List.of(), "tiers: 1 to 32 tiers, the first from 0");
    refuses(List.of(new Tier(1, 10_000)), "tiers: 1 to 32 tiers, the first from 0");
    refuses(
        Collections.nCopies(MarginTiers.TIERS_MAX + 1, new Tier(0, 10_000)),
        "tiers: 1 to 32 tiers, the first from 0");
  }

  private static void refuses(List<Tier> tiers, String sentence) {
    assertThatThrownBy(() -> new MarginTiers(tiers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesARateThatIsNoMargin() {
    String sentence = "a tier needs from >= 0 and a rate above 0 and up to 1; got ";
    assertThatThrownBy(() -> new Tier(0, 0)).hasMessage(sentence + "from 0, rate 0");
    assertThatThrownBy(() -> new Tier(7, 1_000_001)).hasMessage(sentence + "from 7, rate 1.000001");
    assertThatThrownBy(() -> new Tier(-1, 5_000)).hasMessage(sentence + "from -1, rate 0.005");
    assertThat(new Tier(0, 1_000_000).ratePpm()).isEqualTo(1_000_000);
  }
}
