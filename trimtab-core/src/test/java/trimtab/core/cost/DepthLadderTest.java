package trimtab.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Side;
import trimtab.core.cost.DepthLadder.Level;
import trimtab.core.money.Wide;

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
    refuses(List.of(new Level(101, 1), new Level(101, 1)), Side.BUY, 2);
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
    List<Level> most = IntStream.range(0, 64).mapToObj(i -> new Level(98 - i, 1)).toList();
    assertThat(DepthLadder.curve(most, Side.SELL, 100).pieces()).isEqualTo(64);
    List<Level> tooMany = Collections.nCopies(CostCurve.PIECES_MAX + 1, new Level(98, 1));
    assertThatThrownBy(() -> DepthLadder.curve(tooMany, Side.SELL, 100))
        .hasMessage("depth has 1 to 64 levels per side, not 65");
  }

  @Test
  void lossesOfLevelsAreSummedAndRoundedUp() {
    // In tenths of a value unit: 7, then 7 + 8 = 15, then a gain that is not counted.
    CostCurve curve =
        DepthLadder.curve(
            new long[] {2, 3, 5}, new Wide[] {Wide.of(7), Wide.of(8), Wide.of(-9)}, 10);
    assertThat(curve).isEqualTo(CostCurve.through(new long[] {2, 5, 10}, new long[] {1, 2, 2}));
  }

  @Test
  void lossesHaveFromOneToSixtyFourLevels() {
    Wide[] zeros = Collections.nCopies(65, Wide.ZERO).toArray(Wide[]::new);
    long[] ones = LongStream.generate(() -> 1).limit(65).toArray();
    assertThat(DepthLadder.curve(Arrays.copyOf(ones, 64), Arrays.copyOf(zeros, 64), 1).pieces())
        .isEqualTo(64);
    assertThatThrownBy(() -> DepthLadder.curve(ones, zeros, 1))
        .hasMessage("depth has 1 to 64 levels per side, not 65");
    assertThatThrownBy(() -> DepthLadder.curve(new long[0], new Wide[0], 1))
        .hasMessage("depth has 1 to 64 levels per side, not 0");
    assertThatThrownBy(() -> DepthLadder.curve(new long[] {1, 1}, new Wide[] {Wide.ZERO}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotWrapAround() {
    List<Level> deep = List.of(new Level(1, Long.MAX_VALUE));
    assertThatThrownBy(() -> DepthLadder.curve(deep, Side.SELL, 100))
        .isInstanceOf(ArithmeticException.class);
  }
}
