package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.plan.Plan;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Drawn;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Scales;
import trimtab.rulebooks.derivatives.Dango;

/// The adapter against the venue's functions on accounts that are written in millionths by hand.
class DangoRulebookTest {
  private static final DangoRulebook RULEBOOK = DangoRulebook.DEFAULT;
  private static final Scales FINE = Scales.ALL.get(1);

  private static BigInteger millionths(BigDecimal number) {
    return number.movePointRight(6).toBigIntegerExact();
  }

  private static Dango.Account account(DrawnPerpetuals drawn) {
    List<Dango.Position> positions =
        drawn.positions().stream().map(DangoRulebookTest::position).toList();
    return new Dango.Account(millionths(drawn.cash()), positions);
  }

  private static Dango.Position position(Drawn drawn) {
    return new Dango.Position(
        drawn.name(),
        millionths(drawn.size()),
        millionths(drawn.entry()),
        BigInteger.ZERO,
        new Dango.Pair(
            millionths(drawn.mark()),
            millionths(drawn.maintenance()),
            BigInteger.ZERO,
            BigInteger.ZERO));
  }

  /// Down to lots of `1e-4`.
  private static BigDecimal lots(BigInteger millionths) {
    return new BigDecimal(millionths.abs().divide(BigInteger.valueOf(100)), 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theScheduleIsTheVenuesInItsOrder(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, 0.05, 0.99, 1 + (int) (seed % 4));
    Dango.Account venue = account(drawn);
    BigInteger deficit = Dango.deficit(Dango.Parameters.DEFAULT, venue);
    List<Dango.Close> schedule = Dango.schedule(venue, deficit);
    List<String> exact =
        schedule.stream()
            .map(close -> DrawnPerpetuals.line(close.name(), new BigDecimal(close.size(), 6)))
            .toList();
    assertThat(drawn.prescribed(FINE, RULEBOOK)).isEqualTo(exact);
    List<String> cut =
        schedule.stream()
            .filter(close -> lots(close.size()).signum() > 0)
            .map(close -> DrawnPerpetuals.line(close.name(), lots(close.size())))
            .toList();
    assertThat(drawn.prescribed(Scales.ALL.getFirst(), RULEBOOK)).isEqualTo(cut);
    drawn.plan(FINE, RULEBOOK);
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48, 49, 50})
  void theFeeAndTheLimitOfOnePositionAreTheVenues(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, -0.2, 0.99, 1);
    if (!(drawn.plan(Scales.ALL.getFirst(), RULEBOOK) instanceof Plan.Close plan)) {
      throw new AssertionError("nothing is closed");
    }
    Dango.Account venue = account(drawn);
    Dango.Position position = venue.positions().getFirst();
    long quantity = plan.closings().getFirst().closing().quantity();
    Dango.Fill fill =
        new Dango.Fill(
            "M0",
            BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(100)),
            position.pair().oraclePrice());
    Dango.Outcome outcome = Dango.settle(Dango.Parameters.DEFAULT, venue, List.of(fill), List.of());
    assertThat(DrawnPerpetuals.penalty(plan))
        .isEqualByComparingTo(new BigDecimal(outcome.fee(), 6));
    BigInteger[] cents =
        Dango.limitPrice(venue, position).divideAndRemainder(BigInteger.valueOf(10_000));
    boolean up = position.size().signum() > 0 && cents[1].signum() > 0;
    long limit = cents[0].longValueExact() + (up ? 1 : 0);
    assertThat(plan.closings().getFirst().limitPrice()).hasValue(Math.max(0, limit));
  }

  @Test
  void aBufferClosesMore() {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(5, 0.8, 0.9, 1);
    DangoRulebook buffered = RULEBOOK.with(Map.of("buffer", "0.05"));
    assertThat(size(drawn, buffered)).isGreaterThan(size(drawn, RULEBOOK));
  }

  private static BigDecimal size(DrawnPerpetuals drawn, DangoRulebook rulebook) {
    return new BigDecimal(drawn.prescribed(FINE, rulebook).getFirst().substring("M0 ".length()));
  }

  @Test
  void figuresAreThereForEveryAccountThatFits() {
    for (long seed = 0; seed < 40; seed++) {
      DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, -2, 3, (int) (seed % 4));
      Situation situation = drawn.situation(FINE, RULEBOOK);
      assertThat(RULEBOOK.figures(situation)).isNotEmpty();
    }
  }

  @Test
  void constantsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> RULEBOOK.with(Map.of("adlPrice", "mark")))
        .hasMessageContaining("is bankruptcy or oracle_if_solvent");
    assertThatThrownBy(() -> RULEBOOK.with(Map.of("liquidationFee", "1.1")))
        .hasMessageContaining("must be 0 to 1");
  }
}
