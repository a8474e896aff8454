package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.plan.Plan;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Drawn;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Scales;
import trimtab.rulebooks.derivatives.Lighter;
import trimtab.rulebooks.number.Fraction;

/// The adapter against the venue's functions in exact dollars.
class LighterRulebookTest {
  private static final LighterRulebook RULEBOOK = LighterRulebook.DEFAULT;

  private static Lighter.Position position(Drawn drawn) {
    Fraction maintenance = Fraction.of(drawn.maintenance());
    return new Lighter.Position(
        Fraction.of(drawn.size()),
        Fraction.of(drawn.entry()),
        Fraction.of(drawn.mark()),
        new Lighter.Fractions(
            maintenance.times(Fraction.of(2)),
            maintenance,
            maintenance.times(Fraction.parse("2/3"))));
  }

  private static Lighter.Margin margin(DrawnPerpetuals drawn) {
    return Lighter.margin(
        Fraction.of(drawn.cash()),
        drawn.positions().stream().map(LighterRulebookTest::position).toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void thePositionItsLimitAndItsFeeAreTheVenuesWhateverTheScales(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, 0.67, 0.999, 1 + (int) (seed % 4));
    Drawn first = drawn.positions().getFirst();
    boolean isLong = first.size().signum() > 0;
    Fraction zero = Lighter.zeroPrice(margin(drawn), position(first));
    Fraction fee =
        Lighter.fee(
            Lighter.Parameters.DOCUMENTED,
            isLong,
            zero,
            Fraction.of(first.mark()),
            Fraction.of(first.size().abs()));
    BigDecimal charged = new BigDecimal(fee.times(Fraction.of(100_000_000)).ceil(), 8);
    for (Scales scales : Scales.ALL) {
      assertThat(drawn.prescribed(scales, RULEBOOK))
          .containsExactly(DrawnPerpetuals.line("M0", first.size()));
      Plan.Close plan = (Plan.Close) drawn.plan(scales, RULEBOOK);
      assertThat(DrawnPerpetuals.penalty(plan)).isEqualByComparingTo(charged);
      Fraction units = zero.times(Fraction.of(BigInteger.TEN.pow(scales.priceDecimals())));
      BigInteger limit = isLong ? units.ceil() : units.floor();
      assertThat(plan.closings().getFirst().limitPrice())
          .hasValue(limit.max(BigInteger.ZERO).longValueExact());
    }
  }

  @Test
  void belowTheCloseOutRequirementNothingIsClosedUnderTheVenuesName() {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(11, 0.2, 0.6, 2);
    Prescription prescription =
        RULEBOOK.prescription(drawn.situation(Scales.ALL.getFirst(), RULEBOOK)).orElseThrow();
    assertThat(prescription.pieces()).isEmpty();
    assertThat(prescription.formula()).contains("the fund takes all over");
    LighterRulebook later = RULEBOOK.with(Map.of("closeOutToMaintenance", "0.1"));
    assertThat(drawn.prescribed(Scales.ALL.getFirst(), later)).hasSize(1);
  }

  @Test
  void figuresAreThereForEveryAccountThatFits() {
    for (long seed = 0; seed < 40; seed++) {
      DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, -2, 3, (int) (seed % 4));
      Situation situation = drawn.situation(Scales.ALL.getFirst(), RULEBOOK);
      assertThat(RULEBOOK.figures(situation)).isNotEmpty();
    }
  }

  @Test
  void aCloseOutThatIsNotBelowMaintenanceIsRefused() {
    assertThatThrownBy(() -> RULEBOOK.with(Map.of("closeOutToMaintenance", "1")))
        .hasMessageContaining("must be below 1");
  }
}
