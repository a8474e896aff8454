package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Claim;
import trimtab.core.testkit.Seeded;

/// Tries every size of small legs, whose units are worth so little that every rounding shows.
class BoundTest {
  private static final long BATCH = 150;

  static LongStream batches() {
    return LongStream.range(0, 20);
  }

  private static List<Draw> draws(long batch) {
    return LongStream.range(batch * BATCH, (batch + 1) * BATCH).mapToObj(Draw::new).toList();
  }

  @ParameterizedTest
  @MethodSource("batches")
  void noSizeBetweenTheEndsOfARangeLiesAboveTheBound(long batch) {
    for (Draw draw : draws(batch)) {
      ClosingLeg leg = draw.leg();
      for (int i = 0; i < 20 && draw.last(leg) >= 1; i++) {
        long from = draw.seeded.between(1, draw.last(leg));
        long to = draw.seeded.between(from, draw.last(leg));
        if (leg.isConvex(from, to)) {
          requireBounded(draw, leg, from, to, true);
          requireBounded(draw, leg, from, to, false);
        }
      }
    }
  }

  private static void requireBounded(
      Draw draw, ClosingLeg leg, long from, long to, boolean positive) {
    Rational highest = leg.bound(from, positive).max(leg.bound(to, positive));
    Rational bound = highest.plus(leg.slack(positive));
    for (long quantity = from; quantity <= to; quantity++) {
      if (bound.compareTo(draw.excessAfter(leg, quantity)) < 0) {
        fail("seed %d: closing %d of %d to %d lies above", draw.seed, quantity, from, to);
      }
    }
  }

  /// A bound that is far too high would prove nothing.
  @ParameterizedTest
  @MethodSource("batches")
  void theBoundIsWithinRoundingOfTheExcessWhereASaleBringsSomething(long batch) {
    for (Draw draw : draws(batch)) {
      ClosingLeg leg = draw.leg();
      for (long quantity = 1; quantity <= draw.last(leg); quantity++) {
        TradingCost cost = leg.tradingCost();
        if (cost.charged(quantity).compareTo(cost.notional(quantity)) < 0) {
          boolean positive = leg.settle(quantity, false).after().cash(0).signum() >= 0;
          BigInteger exact = draw.excessAfter(leg, quantity);
          Rational above = leg.bound(quantity, positive).minus(Rational.of(exact));
          if (above.compareTo(draw.rounding()) > 0) {
            fail("seed %d: the bound at %d is %s too high", draw.seed, quantity, above);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void theLeastRepayingSizeIsTheFirstOfAll(long batch) {
    for (Draw draw : draws(batch)) {
      if (draw.leg() instanceof PairClosing pair) {
        BigInteger amount = BigInteger.valueOf(draw.seeded.between(1, 2_000));
        OptionalLong first =
            LongStream.rangeClosed(1, Math.min(pair.held(), pair.tradingCost().capacity()))
                .filter(quantity -> quantity % draw.stage.lot() == 0)
                .filter(quantity -> draw.repays(pair, quantity).compareTo(amount) >= 0)
                .findFirst();
        assertThat(pair.leastRepaying(amount)).as("seed %d", draw.seed).isEqualTo(first);
      }
    }
  }

  @Test
  void theDrawMeetsEveryKindOfLeg() {
    List<StageLeg> legs =
        batches().boxed().flatMap(batch -> draws(batch).stream()).map(d -> d.stage.leg()).toList();
    assertThat(legs.stream().filter(leg -> !leg.isPair()).count()).isGreaterThan(100);
    assertThat(legs.stream().filter(leg -> leg.debt().equals("A0")).count()).isGreaterThan(100);
    assertThat(legs.stream().filter(leg -> leg.instrument().equals("A0")).count())
        .isGreaterThan(100);
  }

  /// One seeded account and one leg of it.
  private static final class Draw {
    final long seed;
    final Seeded seeded;
    final Terms terms;
    final AccountState state;
    final Stage stage;

    Draw(long seed) {
      this.seed = seed;
      this.seeded = new Seeded(seed);
      long threshold = 1_000_000 + seeded.between(0, 1) * seeded.between(0, 200_000);
      this.terms =
          new Terms(
              seeded.oneOf("auto", "obligation", "requirement"),
              threshold,
              threshold + seeded.between(0, 500_000),
              seeded.between(0, 60_000),
              seeded.oneOf(0L, seeded.between(0, 300_000)),
              true);
      boolean pair = seeded.chance(0.7);
      List<PositionLine> positions = new ArrayList<>();
      if (!pair || seeded.chance(0.3)) {
        positions.add(position(pair));
      }
      int collateral = (int) seeded.between(0, 2);
      int debt = (int) ((collateral + seeded.between(1, 2)) % 3);
      List<BalanceLine> balances = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int sign = pair && i == collateral ? 1 : pair && i == debt ? -1 : 0;
        balances.add(balance(i, sign));
      }
      StageLeg leg =
          pair
              ? new StageLeg(balances.get(collateral).asset(), balances.get(debt).asset())
              : new StageLeg("P", "");
      this.stage = stage(leg);
      this.state =
          AccountState.before(
              new Certificate(
                  Certificate.VERSION,
                  "",
                  "",
                  0,
                  0,
                  terms,
                  balances,
                  positions,
                  List.of(stage),
                  new Claim.ClosesAll("")));
    }

    ClosingLeg leg() {
      return ClosingLeg.of(state, stage, terms, Level.target(terms));
    }

    /// The largest partial size that can be traded; 0 if there is none.
    long last(ClosingLeg leg) {
      return Math.min(leg.size() - 1, leg.tradingCost().capacity());
    }

    BigInteger excessAfter(ClosingLeg leg, long quantity) {
      return leg.settle(quantity, false).after().excess(Level.target(terms));
    }

    /// Two roundings of the cost, one of the penalty, one of what is repaid, and a debt's unit.
    BigInteger rounding() {
      long units = 4 + state.balances().stream().mapToLong(BalanceLine::unitValue).max().orElse(0);
      BigInteger weight =
          BigInteger.valueOf(1_300_000L).multiply(BigInteger.valueOf(terms.targetPpm()));
      return weight.multiply(BigInteger.valueOf(units));
    }

    BigInteger repays(PairClosing pair, long quantity) {
      TradingCost cost = pair.tradingCost();
      BigInteger proceeds = cost.notional(quantity).subtract(cost.charged(quantity));
      BigInteger onePlusRate = BigInteger.valueOf(1_000_000 + terms.pairPenaltyPpm());
      return Rational.floorDivide(proceeds.multiply(BigInteger.valueOf(1_000_000)), onePlusRate);
    }

    private PositionLine position(boolean losing) {
      List<TierLine> tiers = new ArrayList<>(List.of(new TierLine(0, seeded.between(1, 100_000))));
      while (seeded.chance(0.6)) {
        TierLine below = tiers.getLast();
        tiers.add(
            new TierLine(
                below.fromValue() + seeded.between(1, 400),
                below.ratePpm() + seeded.between(0, 50_000)));
      }
      long quantity = seeded.between(1, 60) * (seeded.chance(0.5) ? 1 : -1);
      long unitValue = seeded.between(1, 40);
      long cost = quantity * unitValue + seeded.between(losing ? 0 : -300, 300);
      return new PositionLine("P", 0, quantity, cost, unitValue, seeded.chance(0.4), tiers);
    }

    private BalanceLine balance(int index, int sign) {
      long unitValue = index == 0 ? 1 : seeded.between(1, 25);
      long scale = index == 0 ? 900 : 60;
      long amount = sign < 0 ? 0 : seeded.between(sign, scale);
      long debt = sign > 0 ? 0 : seeded.between(-sign, scale);
      return new BalanceLine(
          "A" + index,
          0,
          amount,
          debt,
          unitValue,
          index == 0 ? 1_000_000 : seeded.between(0, 1_000_000),
          seeded.oneOf(1_000_000L, seeded.between(1_000_000, 1_300_000)));
    }

    private Stage stage(StageLeg leg) {
      List<Long> knots = new ArrayList<>();
      List<Long> starts = new ArrayList<>();
      List<Long> ends = new ArrayList<>();
      long knot = 0;
      long cost = 0;
      do {
        knot += seeded.between(1, 80);
        cost += seeded.oneOf(0L, 0L, seeded.between(0, 30));
        knots.add(knot);
        starts.add(cost);
        cost += seeded.between(0, 60);
        ends.add(cost);
      } while (seeded.chance(0.7));
      return new Stage(
          leg,
          1,
          seeded.between(1, 4),
          0,
          0,
          1_000_000,
          seeded.between(0, 2) * seeded.between(0, 20_000),
          new CurveLine(knots, starts, ends),
          1,
          0,
          0,
          0,
          List.of(),
          List.of());
    }
  }
}
