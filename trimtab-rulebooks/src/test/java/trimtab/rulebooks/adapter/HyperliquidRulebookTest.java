package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.plan.Plan;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Drawn;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Scales;
import trimtab.rulebooks.derivatives.Hyperliquid;
import trimtab.rulebooks.number.Fraction;

/// The adapter against the venue's functions in exact dollars.
class HyperliquidRulebookTest {
  private static final HyperliquidRulebook RULEBOOK = HyperliquidRulebook.DEFAULT;
  private static final Hyperliquid.Parameters VENUE = Hyperliquid.Parameters.DOCUMENTED;
  private static final Fraction LOT = Fraction.parse("0.0001");

  private static Hyperliquid.Order order(Drawn drawn) {
    Hyperliquid.Position position =
        new Hyperliquid.Position(
            Fraction.of(drawn.size()),
            Fraction.of(drawn.mark()),
            List.of(new Hyperliquid.Tier(Fraction.ZERO, drawn.leverage())));
    return Hyperliquid.order(VENUE, position, -1, LOT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void ordersAreTheVenuesWhateverTheScalesAndPayNothing(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, 0.67, 0.999, 1 + (int) (seed % 4));
    List<String> expected = new ArrayList<>();
    for (Drawn each : drawn.positions()) {
      BigDecimal size = new BigDecimal(order(each).size().abs().toString());
      expected.add(DrawnPerpetuals.line(each.name(), size));
    }
    for (Scales scales : Scales.ALL) {
      assertThat(drawn.prescribed(scales, RULEBOOK)).isEqualTo(expected);
      Plan.Close plan = (Plan.Close) drawn.plan(scales, RULEBOOK);
      assertThat(DrawnPerpetuals.penalty(plan)).isZero();
      assertThat(plan.closings()).allMatch(closing -> closing.limitPrice().isEmpty());
    }
  }

  @Test
  void partsAndWholePositionsAreDrawn() {
    List<Hyperliquid.Order> orders =
        LongStream.range(1, 21)
            .mapToObj(seed -> DrawnPerpetuals.of(seed, 0.67, 0.999, 1 + (int) (seed % 4)))
            .flatMap(drawn -> drawn.positions().stream())
            .map(HyperliquidRulebookTest::order)
            .toList();
    assertThat(orders).anyMatch(Hyperliquid.Order::isPartial);
    assertThat(orders).anyMatch(order -> !order.isPartial());
  }

  @Test
  void duringTheCooldownTheWholeIsClosedAndAfterItAPartAgain() {
    DrawnPerpetuals drawn = large();
    assertThat(closedAfter(drawn, 29_999_999_999L)).isEqualTo("10");
    assertThat(closedAfter(drawn, 30_000_000_000L)).isEqualTo("2");
  }

  private static DrawnPerpetuals large() {
    BigDecimal price = new BigDecimal("50000");
    Drawn position = new Drawn("M0", BigDecimal.TEN, price, price, 25);
    return new DrawnPerpetuals(new BigDecimal("9000"), List.of(position));
  }

  private static String closedAfter(DrawnPerpetuals drawn, long nanos) {
    Situation now = drawn.situation(Scales.ALL.getFirst(), RULEBOOK);
    Situation later =
        new Situation(
            now.account(),
            now.marks(),
            now.model(),
            now.health(),
            new EpisodeState(-nanos, 1, -nanos, 0, -nanos),
            now.market());
    Prescription prescription = RULEBOOK.prescription(later).orElseThrow();
    return BigDecimal.valueOf(prescription.pieces().getFirst().quantity(), 4)
        .stripTrailingZeros()
        .toPlainString();
  }

  @Test
  void whereTheVaultTakesOverNothingIsClosedUnderTheVenuesName() {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(9, 0.2, 0.6, 2);
    Prescription prescription =
        RULEBOOK.prescription(drawn.situation(Scales.ALL.getFirst(), RULEBOOK)).orElseThrow();
    assertThat(prescription.pieces()).isEmpty();
    assertThat(prescription.formula()).contains("the liquidator vault takes over");
    assertThat(drawn.plan(Scales.ALL.getFirst(), RULEBOOK)).isInstanceOf(Plan.Nothing.class);
    HyperliquidRulebook later = RULEBOOK.with(Map.of("backstopShare", "0"));
    assertThat(drawn.prescribed(Scales.ALL.getFirst(), later)).isNotEmpty();
  }

  @Test
  void figuresAreThereForEveryAccountThatFits() {
    for (long seed = 0; seed < 40; seed++) {
      DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, -2, 3, (int) (seed % 4));
      Situation situation = drawn.situation(Scales.ALL.getFirst(), RULEBOOK);
      assertThat(RULEBOOK.figures(situation)).isNotEmpty();
    }
  }
}
