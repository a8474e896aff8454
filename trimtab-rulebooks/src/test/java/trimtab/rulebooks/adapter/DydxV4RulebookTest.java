package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.plan.Plan;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Drawn;
import trimtab.rulebooks.adapter.DrawnPerpetuals.Scales;
import trimtab.rulebooks.derivatives.DydxV4;
import trimtab.rulebooks.number.Fraction;

/// The adapter against the venue's functions on accounts that are written in quantums by hand: base
/// quantums of `1e-4`, quote quantums of `1e-6`.
class DydxV4RulebookTest {
  private static final DydxV4Rulebook RULEBOOK = DydxV4Rulebook.DEFAULT;
  private static final DydxV4.Parameters VENUE = DydxV4.Parameters.GENESIS;

  private record Venue(BigInteger balance, List<DydxV4.Position> positions, DydxV4.Risk risk) {
    static Venue of(DrawnPerpetuals drawn) {
      BigDecimal balance = drawn.cash();
      List<DydxV4.Position> positions = new ArrayList<>();
      for (Drawn each : drawn.positions()) {
        balance = balance.subtract(each.size().multiply(each.entry()));
        positions.add(
            new DydxV4.Position(
                positions.size(),
                each.size().movePointRight(4).toBigIntegerExact(),
                new DydxV4.Perpetual(
                    Fraction.of(each.mark()).times(Fraction.of(100)),
                    1_000_000L / each.leverage(),
                    500_000)));
      }
      BigInteger quantums = balance.movePointRight(6).toBigIntegerExact();
      return new Venue(quantums, positions, DydxV4.risk(quantums, positions));
    }

    BigInteger delta(int place) {
      DydxV4.Position position = positions.get(place);
      return DydxV4.sizeDelta(
          VENUE,
          position.perpetual(),
          new DydxV4.ClobPair(BigInteger.ONE, BigInteger.ONE, 0),
          position.baseQuantums(),
          VENUE.maxNotionalPerBlock());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theSliceAndTheFeeAreTheVenuesWhateverTheScales(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, 0.4, 0.99, 1 + (int) (seed % 3));
    Venue venue = Venue.of(drawn);
    BigInteger delta = venue.delta(0);
    DydxV4.Position first = venue.positions().getFirst();
    BigInteger fund =
        DydxV4.insuranceFundDelta(
            VENUE,
            venue.risk(),
            first.perpetual(),
            first.baseQuantums(),
            delta,
            DydxV4.fillQuote(first.perpetual().oraclePrice(), delta));
    for (Scales scales : Scales.ALL) {
      assertThat(drawn.prescribed(scales, RULEBOOK))
          .containsExactly(DrawnPerpetuals.line("M0", new BigDecimal(delta, 4)));
      Plan.Close plan = (Plan.Close) drawn.plan(scales, RULEBOOK);
      assertThat(DrawnPerpetuals.penalty(plan)).isEqualByComparingTo(new BigDecimal(fund, 6));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40})
  void theLimitIsTheFillablePriceOnTheGrid(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, 0.4, 0.99, 2);
    Venue venue = Venue.of(drawn);
    DydxV4.Position first = venue.positions().getFirst();
    Fraction price =
        DydxV4.fillablePrice(VENUE, venue.risk(), first.perpetual(), first.baseQuantums())
            .over(Fraction.of(100));
    boolean isLong = first.baseQuantums().signum() > 0;
    Fraction cents = price.times(Fraction.of(100));
    BigInteger limit = isLong ? cents.ceil() : cents.floor();
    Plan.Close plan = (Plan.Close) drawn.plan(Scales.ALL.getFirst(), RULEBOOK);
    assertThat(plan.closings().getFirst().limitPrice()).hasValue(limit.longValueExact());
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55, 56})
  void belowZeroTheFundMakesUpWhatAFillLacks(long seed) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(seed, -0.3, -0.01, 1);
    Plan.Close plan = (Plan.Close) drawn.plan(Scales.ALL.getFirst(), RULEBOOK);
    assertThat(DrawnPerpetuals.penalty(plan)).isNegative();
  }

  @Test
  void theOffsetChoosesThePositionAndGoesRound() {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(7, 0.5, 0.9, 3);
    for (int offset = 0; offset < 6; offset++) {
      DydxV4Rulebook other = RULEBOOK.with(Map.of("positionOffset", Integer.toString(offset)));
      int place = offset % 3;
      assertThat(drawn.prescribed(Scales.ALL.get(1), other))
          .containsExactly(
              DrawnPerpetuals.line("M" + place, new BigDecimal(Venue.of(drawn).delta(place), 4)));
    }
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
  void marketsThatTheVenueDoesNotHaveAreMisfits() {
    assertThat(misfit(bare(10_000, 30_000, 0, 0, 0))).contains("a share of initial");
    assertThat(misfit(bare(30_000, 10_000, 0, 0, 0))).contains("a share of initial");
    assertThat(misfit(bare(10_000, 20_000, 500, 0, 0))).contains("taker fee");
    assertThat(misfit(bare(10_000, 20_000, 0, 1, 0))).contains("least order or dust");
    assertThat(misfit(bare(10_000, 20_000, 0, 0, 1))).contains("least order or dust");
    assertThat(misfit(bare(10_000, 20_000, 0, 0, 0))).isEmpty();
  }

  private static Contract bare(long maintenance, long initial, long fee, long least, long dust) {
    return new Contract(
        "M0", 0, 4, 1, least, dust, MarginTiers.flat(initial), MarginTiers.flat(maintenance), fee);
  }

  private static String misfit(Contract contract) {
    DrawnPerpetuals drawn = DrawnPerpetuals.of(1, 0.5, 0.9, 1);
    Situation situation = drawn.situation(Scales.ALL.getFirst(), RULEBOOK);
    Listing listing = drawn.listing(Scales.ALL.getFirst());
    Listing changed =
        new Listing(listing.valueDecimals(), listing.feeds(), listing.assets(), List.of(contract));
    return RULEBOOK.fits(situation.account(), changed) instanceof Fit.Misfit(String reason)
        ? reason
        : "";
  }

  @Test
  void constantsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> RULEBOOK.with(Map.of("bankruptcyAdjustmentPpm", "999999")))
        .hasMessageContaining("must be 1000000 to");
    assertThatThrownBy(() -> RULEBOOK.with(Map.of("positionOffset", "-1")))
        .hasMessageContaining("must be 0 to");
    assertThatThrownBy(() -> RULEBOOK.with(Map.of("offset", "1")))
        .hasMessageContaining("unknown parameter 'offset'");
  }
}
