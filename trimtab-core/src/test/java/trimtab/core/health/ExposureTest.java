package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.mark.Marks;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

class ExposureTest {
  private static final long DOLLAR = 100_000_000;

  private static Exposure of(World world) {
    return Exposure.of(world.model(), world.account(), world.marks());
  }

  @Test
  void positionsAndCoinsAddUp() {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "100", "0.1")
            .market("BTCUSDT", "1000", "0.1")
            .asset("SOL", "20", "0.8")
            .holds("USD", "500")
            .holds("SOL", "10")
            .position("ETHUSDT", "3", "90")
            .position("BTCUSDT", "-2", "1000")
            .world();
    Exposure exposure = of(world);
    assertThat(exposure.gross()).isEqualTo((300 + 2000 + 200) * DOLLAR);
    assertThat(exposure.equity()).isEqualTo((500 + 30 + 200) * DOLLAR);
    assertThat(exposure.delta(0)).isEqualTo(300 * DOLLAR);
    assertThat(exposure.delta(1)).isEqualTo(-2000 * DOLLAR);
    assertThat(exposure.delta(2)).isEqualTo(200 * DOLLAR);
    assertThat(exposure.delta(7)).isZero();
  }

  /// The delta is the slope of the equity: what it gains when the price doubles.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aDeltaIsTheSlopeOfTheEquity(long seed) {
    World world = World.mixed(seed);
    Exposure exposure = of(world);
    for (int feed = 0; feed < world.marks().feedCount(); feed++) {
      long[] prices = world.marks().prices();
      prices[feed] *= 2;
      Exposure doubled = Exposure.of(world.model(), world.account(), Marks.of(0, prices));
      assertThat(doubled.equity() - exposure.equity()).isEqualTo(exposure.delta(feed));
    }
  }
}
