package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Drawn;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Scales;
import trimtab.rulebooks.derivatives.Paradex;
import trimtab.rulebooks.number.Fraction;

/// The adapter against the venue's functions in exact dollars.
class ParadexRulebookTest {
  private static final ParadexRulebook RULEBOOK = ParadexRulebook.DEFAULT;
  private static final Paradex.Parameters VENUE = Paradex.Parameters.DOCUMENTED;

  private static Fraction share(DrawnPerpetuals drawn) {
    return Paradex.share(VENUE, Fraction.of(drawn.equity()), Fraction.of(drawn.requirement()));
  }

  /// A share in lots of `1e-4`, down.
  private static BigDecimal lots(Drawn drawn, Fraction share) {
    Fraction units = Fraction.of(drawn.size().abs()).times(share).times(Fraction.of(10_000));
    return new BigDecimal(units.floor(), 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theShareAndThePenaltyAreTheVenuesWhateverTheScales(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, 0.3, 0.999, 1 + (int) (seed % 4));
    Fraction share = share(drawn);
    List<String> expected =
        drawn.positions().stream()
            .filter(each -> lots(each, share).signum() > 0)
            .map(each -> DrawnPerpetuals.line(each.name(), lots(each, share)))
            .toList();
    for (Scales scales : Scales.ALL) {
      assertThat(drawn.prescribed(scales, RULEBOOK)).isEqualTo(expected);
      if (drawn.plan(scales, RULEBOOK) instanceof Plan.Close plan) {
        BigDecimal exact = BigDecimal.ZERO;
        for (PlannedClosing closing : plan.closings()) {
          assertThat(closing.closing().cost()).isZero();
        }
        for (Drawn each : drawn.positions()) {
          exact =
              exact.add(
                  lots(each, share)
                      .multiply(each.mark())
                      .multiply(each.maintenance())
                      .multiply(new BigDecimal("0.7")));
        }
        BigDecimal more = DrawnPerpetuals.penalty(plan).subtract(exact);
        BigDecimal units = BigDecimal.valueOf(plan.closings().size(), 8);
        assertThat(more).isBetween(BigDecimal.ZERO, units);
      } else {
        assertThat(expected).isEmpty();
      }
    }
  }

  @Test
  void sharesOfEveryStepAreDrawn() {
    List<Fraction> shares =
        java.util.stream.LongStream.range(0, 300)
            .mapToObj(seed -> share(DrawnPerpetuals.of(seed, 0.5, 0.999, 2)))
            .distinct()
            .toList();
    assertThat(shares).contains(Fraction.parse("0.4"), Fraction.parse("0.6"), Fraction.ONE);
  }

  @Test
  void theFeeOfTheWorkedExampleClosesNoMore() {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(3, 0.9, 0.95, 1);
    ParadexRulebook example = RULEBOOK.with(Map.of("fee", "0.5"));
    Scales scales = Scales.ALL.getFirst();
    assertThat(closed(drawn, scales, example)).isLessThanOrEqualTo(closed(drawn, scales, RULEBOOK));
  }

  private static BigDecimal closed(DrawnPerpetuals drawn, Scales scales, ParadexRulebook rules) {
    return new BigDecimal(drawn.prescribed(scales, rules).getFirst().substring("M0 ".length()))
        .setScale(4, RoundingMode.UNNECESSARY);
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
