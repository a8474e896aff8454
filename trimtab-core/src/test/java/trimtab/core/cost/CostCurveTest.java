package trimtab.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Side;
import trimtab.core.testkit.DrawnCurve;
import trimtab.core.testkit.Seeded;

class CostCurveTest {
  private static final int ROUNDS = 400;

  /// Two units for 10, then a venue with a fixed cost of 5: 15 just above, 30 at 8 units.
  private static final CostCurve BY_HAND =
      CostCurve.of(new long[] {2, 8}, new long[] {0, 15}, new long[] {10, 30});

  private static CostCurve drawn(Seeded seeded) {
    int pieces = (int) seeded.between(1, CostCurve.PIECES_MAX);
    return seeded.chance(0.5)
        ? DrawnCurve.of(seeded, pieces, seeded.between(1, 300), seeded.between(1, 500))
        : DrawnCurve.of(seeded, pieces, seeded.between(1, 1L << 40), seeded.between(1, 1L << 60));
  }

  /// Some quantities of 0 to the capacity: the ends of all pieces, what is beside them, and others.
  private static long[] quantities(Seeded seeded, CostCurve curve) {
    LongStream ends =
        LongStream.range(0, curve.pieces())
            .map(piece -> curve.knot((int) piece))
            .flatMap(knot -> LongStream.of(knot - 1, knot, knot + 1));
    LongStream others = LongStream.generate(() -> seeded.between(0, curve.capacity())).limit(20);
    return LongStream.concat(ends, others)
        .filter(quantity -> quantity >= 0 && quantity <= curve.capacity())
        .sorted()
        .toArray();
  }

  @Test
  void costsByHand() {
    assertThat(LongStream.rangeClosed(0, 8).map(BY_HAND::cost))
        .containsExactly(0L, 5L, 10L, 18L, 20L, 23L, 25L, 28L, 30L);
    assertThat(LongStream.rangeClosed(0, 8).map(BY_HAND::costFloor))
        .containsExactly(0L, 5L, 10L, 17L, 20L, 22L, 25L, 27L, 30L);
    assertThat(BY_HAND.capacity()).isEqualTo(8);
    assertThat(BY_HAND.pieces()).isEqualTo(2);
    assertThat(BY_HAND.knot(1)).isEqualTo(8);
    assertThat(BY_HAND.start(1)).isEqualTo(15);
    assertThat(BY_HAND.end(1)).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void costsWhatTheStraightLinesSayRoundedUpOrDown(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      CostCurve curve = drawn(seeded);
      for (long quantity : quantities(seeded, curve)) {
        assertThat(curve.cost(quantity)).isEqualTo(naive(curve, quantity, RoundingMode.CEILING));
        assertThat(curve.costFloor(quantity)).isEqualTo(naive(curve, quantity, RoundingMode.FLOOR));
      }
    }
  }

  private static long naive(CostCurve curve, long quantity, RoundingMode direction) {
    if (quantity == 0) {
      return 0;
    }
    int piece = 0;
    while (curve.knot(piece) < quantity) {
      piece++;
    }
    BigDecimal from = BigDecimal.valueOf(piece == 0 ? 0 : curve.knot(piece - 1));
    BigDecimal start = BigDecimal.valueOf(curve.start(piece));
    BigDecimal rise = BigDecimal.valueOf(curve.end(piece)).subtract(start);
    BigDecimal width = BigDecimal.valueOf(curve.knot(piece)).subtract(from);
    return BigDecimal.valueOf(quantity)
        .subtract(from)
        .multiply(rise)
        .divide(width, 0, direction)
        .add(start)
        .longValueExact();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void neverFalls(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      CostCurve curve = drawn(seeded);
      long[] quantities = quantities(seeded, curve);
      assertThat(LongStream.of(quantities).map(curve::cost).toArray()).isSorted();
      assertThat(LongStream.of(quantities).map(curve::costFloor).toArray()).isSorted();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void theRestCostsTheDifferenceAndUpToOneUnitMoreInsideOnePiece(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      CostCurve curve = drawn(seeded);
      long used = seeded.oneOf(LongStream.of(quantities(seeded, curve)).boxed().toList());
      CostCurve rest = curve.after(used);
      assertThat(rest.capacity()).isEqualTo(curve.capacity() - used);
      for (long quantity : quantities(seeded, rest)) {
        long difference = curve.cost(used + quantity) - curve.cost(used);
        long more = rest.cost(quantity) - difference;
        assertThat(more).isBetween(0L, insideOnePiece(curve, used, used + quantity) ? 1L : 0L);
      }
    }
  }

  private static boolean insideOnePiece(CostCurve curve, long one, long other) {
    return LongStream.range(0, curve.pieces())
        .map(piece -> curve.knot((int) piece))
        .noneMatch(knot -> one <= knot && knot <= other);
  }

  @Test
  void theRestByHand() {
    // One unit of the first piece is left, then the jump; a unit of the second leaves 5 x 2.5.
    assertThat(BY_HAND.after(1))
        .isEqualTo(CostCurve.of(new long[] {1, 7}, new long[] {0, 10}, new long[] {5, 25}));
    assertThat(BY_HAND.after(2))
        .isEqualTo(CostCurve.of(new long[] {6}, new long[] {5}, new long[] {20}));
    assertThat(BY_HAND.after(3))
        .isEqualTo(CostCurve.of(new long[] {5}, new long[] {0}, new long[] {12}));
    assertThat(BY_HAND.after(0)).isEqualTo(BY_HAND);
  }

  @Test
  void nothingIsLeftWhenEverythingIsUsed() {
    assertThat(BY_HAND.after(8)).isEqualTo(CostCurve.EXHAUSTED);
    assertThat(BY_HAND.after(9)).isEqualTo(CostCurve.EXHAUSTED);
    assertThat(CostCurve.EXHAUSTED.after(3)).isEqualTo(CostCurve.EXHAUSTED);
    assertThat(CostCurve.EXHAUSTED.capacity()).isZero();
    assertThat(CostCurve.EXHAUSTED.pieces()).isZero();
    assertThat(CostCurve.EXHAUSTED.cost(0)).isZero();
    assertThatThrownBy(() -> CostCurve.EXHAUSTED.cost(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the cost curve ends at 0; 1 was asked");
  }

  @Test
  void whatNeverRunsOutDoesNotRunOut() {
    assertThat(CostCurve.FREE.after(1L << 50)).isEqualTo(CostCurve.FREE);
    assertThat(CostCurve.FREE.cost(CostCurve.UNLIMITED)).isZero();
    CostCurve once =
        CostCurve.of(new long[] {10, CostCurve.UNLIMITED}, new long[] {7, 30}, new long[] {20, 30});
    assertThat(once.after(4).capacity()).isEqualTo(CostCurve.UNLIMITED);
    assertThat(once.after(4).cost(1L << 50)).isEqualTo(30 - once.cost(4));
    assertThat(once.after(10).cost(1)).isEqualTo(10);
    assertThat(once.after(11)).isEqualTo(CostCurve.FREE);
  }

  @Test
  void aFixedCostIsPaidOnce() {
    CostCurve fixed =
        CostCurve.of(new long[] {CostCurve.UNLIMITED}, new long[] {500}, new long[] {500});
    assertThat(fixed.cost(1)).isEqualTo(500);
    assertThat(fixed.after(1)).isEqualTo(CostCurve.FREE);
    assertThat(fixed.after(0)).isEqualTo(fixed);
  }

  @Test
  void freeCurvesCostNothing() {
    assertThat(CostCurves.FREE.contract(3, Side.BUY)).isEqualTo(CostCurve.FREE);
    assertThat(CostCurves.FREE.asset(3, Side.SELL)).isEqualTo(CostCurve.FREE);
  }

  @Test
  void refusesWhatIsNoCurve() {
    String count = "a cost curve has 1 to 64 pieces, not ";
    refuses(new long[0], new long[0], new long[0], count + 0);
    long[] many = LongStream.rangeClosed(1, 65).toArray();
    refuses(many, many, many, count + 65);
    refuses(new long[] {1, 2}, new long[] {0}, new long[] {0, 0}, count + 2);
    refuses(new long[] {1, 2}, new long[] {0, 0}, new long[] {0}, count + 2);
    String order = "piece 1 of a cost curve must go on in quantity and not fall in cost";
    refuses(new long[] {5, 5}, new long[] {0, 1}, new long[] {1, 2}, order);
    refuses(new long[] {5, 6}, new long[] {0, 0}, new long[] {1, 2}, order);
    refuses(new long[] {5, 6}, new long[] {0, 3}, new long[] {1, 2}, order);
    refuses(
        new long[] {5},
        new long[] {-1},
        new long[] {1},
        "piece 0 of a cost curve must go on in quantity and not fall in cost");
  }

  private static void refuses(long[] knots, long[] starts, long[] ends, String sentence) {
    assertThatThrownBy(() -> CostCurve.of(knots, starts, ends))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesAQuantityBeyondTheCapacity() {
    assertThatThrownBy(() -> BY_HAND.cost(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the cost curve ends at 8; 9 was asked");
    assertThatThrownBy(() -> BY_HAND.costFloor(-1))
        .hasMessage("the cost curve ends at 8; -1 was asked");
  }

  @Test
  void cannotBeChangedFromOutside() {
    long[] knots = {3};
    long[] costs = {6};
    CostCurve curve = CostCurve.through(knots, costs);
    knots[0] = 99;
    costs[0] = 99;
    assertThat(curve.cost(3)).isEqualTo(6);
  }

  @Test
  void isEqualByAllItsPieces() {
    CostCurve same = CostCurve.of(new long[] {2, 8}, new long[] {0, 15}, new long[] {10, 30});
    assertThat(same).isEqualTo(BY_HAND).hasSameHashCodeAs(BY_HAND);
    assertThat(same).doesNotHaveSameHashCodeAs(CostCurve.FREE);
    assertThat(same).hasToString("CostCurve[2, 8][10, 30]");
    assertThat(CostCurve.of(new long[] {2, 8}, new long[] {0, 14}, new long[] {10, 30}))
        .isNotEqualTo(BY_HAND);
    assertThat(CostCurve.of(new long[] {2, 8}, new long[] {0, 15}, new long[] {10, 31}))
        .isNotEqualTo(BY_HAND);
    assertThat(CostCurve.of(new long[] {2, 9}, new long[] {0, 15}, new long[] {10, 30}))
        .isNotEqualTo(BY_HAND);
  }
}
