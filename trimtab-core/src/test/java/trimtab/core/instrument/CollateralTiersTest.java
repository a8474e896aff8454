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
import trimtab.core.instrument.CollateralTiers.Tier;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.testkit.Seeded;

class CollateralTiersTest {
  @Test
  void eachWeightCountsForThePartInsideItsTier() {
    CollateralTiers tiers =
        new CollateralTiers(
            List.of(new Tier(0, 900_000), new Tier(10, 500_000), new Tier(30, 500_000)));
    // A unit is worth 3: 30 x 0.9, then 15 x 0.5.
    assertThat(tiers.weighted(Wide.of(30), 3)).isEqualTo(Wide.of(27_000_000));
    assertThat(tiers.weighted(Wide.of(45), 3)).isEqualTo(Wide.of(34_500_000));
    assertThat(tiers.weighted(Wide.of(0), 3)).isEqualTo(Wide.ZERO);
    assertThat(tiers.maximumWeightPpm()).isEqualTo(900_000);
    assertThat(tiers.isFlat()).isFalse();
    CollateralTiers flat = CollateralTiers.flat(700_000);
    assertThat(flat.isFlat()).isTrue();
    assertThat(flat.weighted(Wide.of(45), 3)).isEqualTo(Wide.of(31_500_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheSumOverUnitValues(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < 300; i++) {
      CollateralTiers tiers = drawn(seeded);
      long unitValue = seeded.between(1, 1_000_000);
      for (Tier tier : tiers.tiers()) {
        long around = Math.max(0, Math.multiplyExact(tier.fromAmount(), unitValue));
        long value = Math.max(0, around + seeded.between(-2, 2_000_000));
        assertThat(tiers.weighted(Wide.of(value), unitValue).toBigInteger())
            .isEqualTo(naive(tiers, value, unitValue));
      }
    }
  }

  /// All at the last weight that is reached, plus what the tiers below count for more.
  private static BigInteger naive(CollateralTiers tiers, long value, long unitValue) {
    BigInteger sum = BigInteger.valueOf(value).multiply(BigInteger.valueOf(Ppm.ONE));
    long weight = Ppm.ONE;
    for (Tier tier : tiers.tiers()) {
      long above = Math.max(0, value - tier.fromAmount() * unitValue);
      BigInteger less = BigInteger.valueOf(weight - tier.weightPpm());
      sum = sum.subtract(BigInteger.valueOf(above).multiply(less));
      weight = tier.weightPpm();
    }
    return sum;
  }

  private static CollateralTiers drawn(Seeded seeded) {
    int count = (int) seeded.between(1, CollateralTiers.TIERS_MAX);
    List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, Ppm.ONE - seeded.between(0, 30_000))));
    while (tiers.size() < count) {
      long from = tiers.getLast().fromAmount() + (long) seeded.logUniform(1, 1e10);
      tiers.add(new Tier(from, tiers.getLast().weightPpm() - seeded.between(0, 30_000)));
    }
    return new CollateralTiers(tiers);
  }

  @Test
  void refusesWhatIsNotConcave() {
    String count = "collateral tiers: 1 to 32 tiers, the first from 0";
    refuses(List.of(), count);
    refuses(List.of(new Tier(1, 0)), count);
    List<Tier> most = new ArrayList<>();
    for (int i = 0; i < CollateralTiers.TIERS_MAX; i++) {
      most.add(new Tier(i, 0));
    }
    assertThat(new CollateralTiers(most).tiers()).hasSize(32);
    refuses(Collections.nCopies(33, new Tier(0, 0)), count);
    String order = "collateral tiers: 'from' must rise and weights must not; tier 2 does not fit";
    refuses(List.of(new Tier(0, 5), new Tier(0, 5)), order);
    refuses(List.of(new Tier(0, 5), new Tier(1, 6)), order);
    String tier = "a collateral tier needs from >= 0 and a weight of 0 to 1; got from ";
    assertThatThrownBy(() -> new Tier(-1, 0)).hasMessage(tier + "-1, weight 0");
    assertThatThrownBy(() -> new Tier(0, -1)).hasMessage(tier + "0, weight -0.000001");
    assertThatThrownBy(() -> new Tier(0, 1_000_001)).hasMessage(tier + "0, weight 1.000001");
    assertThat(new Tier(0, 1_000_000).weightPpm()).isEqualTo(Ppm.ONE);
  }

  private static void refuses(List<Tier> tiers, String sentence) {
    assertThatThrownBy(() -> new CollateralTiers(tiers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
