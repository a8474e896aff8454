package trimtab.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Side;
import trimtab.core.cost.DepthLadder.Level;

class DepthLadderTest {
  @Test
  void aSaleWalksDownTheBids() {
    // Mark 100: 5 units at 101 (no gain counted), 10 at 98, 20 at 95
    CostCurve curve =
        DepthLadder.curve(
            List.of(new Level(101, 5), new Level(98, 10), new Level(95, 20)), Side.SELL, 100);
    assertThat(curve).isEqualTo(CostCurve.through(new long[] {5, 15, 35}, new long[] {0, 20, 120}));
    assertThat(curve.cost(5)).isZero();
    assertThat(curve.cost(12)).isEqualTo(7 * 2);
    assertThat(curve.cost(16)).isEqualTo(10 * 2 + 5);
    assertThat(curve.capacity()).isEqualTo(35);
  }

  @Test
  void aPurchaseWalksUpTheAsks() {
    CostCurve curve =
        DepthLadder.curve(
            List.of(new Level(99, 3), new Level(100, 4), new Level(103, 2)), Side.BUY, 100);
    assertThat(curve).isEqualTo(CostCurve.through(new long[] {3, 7, 9}, new long[] {0, 0, 6}));
  }

  @Test
  void refusesLevelsThatAreOutOfOrder() {
    refuses(List.of(new Level(98, 1), new Level(98, 1)), Side.SELL, 2);
    refuses(List.of(new Level(98, 1), new Level(97, 1), new Level(99, 1)), Side.SELL, 3);
    refuses(List.of(new Level(101, 1), new Level(100, 1)), Side.BUY, 2);
    refuses(List.of(new Level(98, 0)), Side.SELL, 1);
    refuses(List.of(new Level(98, 1), new Level(0, 1)), Side.SELL, 2);
    refuses(List.of(new Level(0, 1)), Side.BUY, 1);
  }

  private static void refuses(List<Level> levels, Side side, int number) {
    assertThatThrownBy(() -> DepthLadder.curve(levels, side, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "depth level %d: levels go from best to worst, with positive price and quantity"
                .formatted(number));
  }

  @Test
  void hasFromOneToSixtyFourLevels() {
    assertThatThrownBy(() -> DepthLadder.curve(List.of(), Side.SELL, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth has 1 to 64 levels per side, not 0");
    List<Level> tooMany = Collections.nCopies(CostCurve.PIECES_MAX + 1, new Level(98, 1));
    assertThatThrownBy(() -> DepthLadder.curve(tooMany, Side.SELL, 100))
        .hasMessage("depth has 1 to 64 levels per side, not 65");
  }

  @Test
  void doesNotWrapAround() {
    List<Level> deep = List.of(new Level(1, Long.MAX_VALUE));
    assertThatThrownBy(() -> DepthLadder.curve(deep, Side.SELL, 100))
        .isInstanceOf(ArithmeticException.class);
  }
}
