package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.DydxV4.ClobPair;
import trimtab.rulebooks.derivatives.DydxV4.OpenInterest;
import trimtab.rulebooks.derivatives.DydxV4.Parameters;
import trimtab.rulebooks.derivatives.DydxV4.Perpetual;
import trimtab.rulebooks.derivatives.DydxV4.Position;
import trimtab.rulebooks.derivatives.DydxV4.RankedOrder;
import trimtab.rulebooks.derivatives.DydxV4.Risk;
import trimtab.rulebooks.number.Fraction;

class DydxV4Test {
  private static final int ROUNDS = 500;

  /// An account with one to three positions, about as often solvent as not.
  private record Drawn(BigInteger balance, List<Position> positions, Risk risk) {
    static Drawn of(SplittableRandom random) {
      List<Position> positions =
          Stream.iterate(0, i -> i + 1)
              .limit(random.nextInt(1, 4))
              .map(i -> new Position(i, drawSize(random), drawPerpetual(random)))
              .toList();
      Risk held = DydxV4.risk(BigInteger.ZERO, positions);
      // From well below zero to a little above the requirement.
      Fraction health = new Fraction(big(random.nextLong(-500, 1_200)), big(1_000));
      BigInteger collateral = health.times(Fraction.of(held.maintenance())).floor();
      BigInteger balance =
          collateral.subtract(held.netCollateral()).add(big(random.nextInt(-2, 3)));
      return new Drawn(balance, positions, DydxV4.risk(balance, positions));
    }

    Perpetual perpetual() {
      return positions.getFirst().perpetual();
    }

    BigInteger size() {
      return positions.getFirst().baseQuantums();
    }

    BigInteger part(SplittableRandom random) {
      long part = random.nextLong(1, size().abs().longValueExact() + 1);
      return big(size().signum() > 0 ? -part : part);
    }
  }

  private static BigInteger drawSize(SplittableRandom random) {
    long size = random.nextLong(1, 1L << random.nextInt(8, 40));
    return big(random.nextBoolean() ? size : -size);
  }

  private static Perpetual drawPerpetual(SplittableRandom random) {
    Fraction price =
        new Fraction(big(random.nextLong(1, 10_000_000)), BigInteger.TEN.pow(random.nextInt(0, 5)));
    return new Perpetual(
        price, random.nextLong(10_000, 1_000_001), random.nextLong(100_000, 1_000_001));
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static Risk risk(long collateral, long maintenance) {
    return new Risk(big(collateral), big(2 * maintenance), big(maintenance));
  }

  @Test
  void anAccountAtItsRequirementIsSafe() {
    assertThat(DydxV4.isLiquidatable(risk(100, 100))).isFalse();
    assertThat(DydxV4.isLiquidatable(risk(99, 100))).isTrue();
    assertThat(DydxV4.isLiquidatable(risk(-1, 0))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void notionalsAreCutOffAndRequirementsRoundedUp(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Perpetual perpetual = drawPerpetual(random);
      BigInteger size = drawSize(random);
      Fraction exact = perpetual.oraclePrice().times(Fraction.of(size));
      Fraction notional = Fraction.of(DydxV4.notional(perpetual, size));
      Fraction cut = exact.abs().minus(notional.abs());
      assertThat(cut).isBetween(Fraction.ZERO, below(1));

      Fraction requirement =
          notional
              .abs()
              .times(new Fraction(big(perpetual.initialMarginPpm()), DydxV4.PPM))
              .times(new Fraction(big(perpetual.maintenanceFractionPpm()), DydxV4.PPM));
      Fraction rounded = Fraction.of(DydxV4.maintenanceRequirement(perpetual, size));
      assertThat(rounded.minus(requirement)).isBetween(Fraction.ZERO, below(2));
      assertThat(DydxV4.maintenanceRequirement(perpetual, size.negate()))
          .isEqualTo(rounded.truncate());
    }
  }

  private static Fraction below(long bound) {
    return Fraction.of(bound).minus(Fraction.parse("1e-30"));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void bankruptcyIsRoundedAgainstTheFundsLoss(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Drawn drawn = Drawn.of(random);
      if (drawn.risk().maintenance().signum() == 0) {
        continue;
      }
      BigInteger delta = drawn.part(random);
      Risk before = DydxV4.risk(drawn.perpetual(), drawn.size());
      Risk after = DydxV4.risk(drawn.perpetual(), drawn.size().add(delta));
      Fraction freed =
          Fraction.of(before.maintenance().subtract(after.maintenance()))
              .over(Fraction.of(drawn.risk().maintenance()));
      Fraction exact =
          Fraction.of(before.netCollateral().subtract(after.netCollateral()))
              .minus(Fraction.of(drawn.risk().netCollateral()).times(freed));
      BigInteger quote =
          DydxV4.bankruptcyQuote(drawn.risk(), drawn.perpetual(), drawn.size(), delta);
      assertThat(Fraction.of(quote).minus(exact)).isBetween(Fraction.ZERO, below(1));
    }
  }

  /// The sign rule: a fill at the bankruptcy price or better leaves collateral over requirement as
  /// it was or higher, one worse by a requirement's worth of rounding lowers it.
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void healthRisesAboveTheBankruptcyPriceAndFallsBelow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rose = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Drawn drawn = Drawn.of(random);
      BigInteger delta = drawn.part(random);
      if (drawn.risk().maintenance().signum() == 0) {
        continue;
      }
      BigInteger quote =
          DydxV4.bankruptcyQuote(drawn.risk(), drawn.perpetual(), drawn.size(), delta);
      BigInteger better = big(random.nextInt(0, 1_000));
      assertThat(change(drawn, delta, quote.add(better))).isGreaterThanOrEqualTo(0);
      if (better.signum() > 0) {
        rose += Integer.signum(change(drawn, delta, quote.add(better)));
      }
      assertThat(change(drawn, delta, quote.subtract(BigInteger.ONE))).isLessThan(0);
    }
    assertThat(rose).isPositive();
  }

  /// Sign of the change of collateral over requirement, cross-multiplied.
  private static int change(Drawn drawn, BigInteger delta, BigInteger quote) {
    Risk before = drawn.risk();
    List<Position> positions =
        drawn.positions().stream()
            .map(each ->
                each.perpetualId() == 0
                    ? new Position(0, each.baseQuantums().add(delta), each.perpetual())
                    : each)
            .toList();
    Risk after = DydxV4.risk(drawn.balance().add(quote), positions);
    return after
        .netCollateral()
        .multiply(before.maintenance())
        .compareTo(before.netCollateral().multiply(after.maintenance()));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void theFundTakesAtMostItsFeeAndWhatIsLeft(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Drawn drawn = Drawn.of(random);
      BigInteger delta = drawn.part(random);
      if (drawn.risk().maintenance().signum() == 0) {
        continue;
      }
      BigInteger bankruptcy =
          DydxV4.bankruptcyQuote(drawn.risk(), drawn.perpetual(), drawn.size(), delta);
      BigInteger fill =
          bankruptcy.abs().add(big(random.nextLong(-5_000, 5_000))).max(BigInteger.ZERO);
      Parameters parameters =
          Parameters.GENESIS.withMaxLiquidationFeePpm(random.nextLong(1, 1_000_001));
      DydxV4.Settlement settled =
          DydxV4.settle(
              parameters,
              drawn.balance(),
              drawn.risk(),
              drawn.perpetual(),
              drawn.size(),
              delta,
              fill);
      BigInteger received = delta.signum() < 0 ? fill : fill.negate();
      BigInteger left = received.subtract(bankruptcy);
      BigInteger fund = settled.insuranceFundDelta();
      assertThat(settled.quoteBalance()).isEqualTo(drawn.balance().add(received).subtract(fund));
      assertThat(fund).isLessThanOrEqualTo(left);
      if (left.signum() <= 0) {
        assertThat(fund).isEqualTo(left);
      } else {
        Fraction most =
            Fraction.of(fill)
                .times(new Fraction(big(parameters.maxLiquidationFeePpm()), DydxV4.PPM));
        assertThat(fund).isEqualTo(left.min(most.floor())).isNotNegative();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void slicesAreTheMostWholeStepsWithinTheCap(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int parts = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Perpetual perpetual = drawPerpetual(random);
      BigInteger size = drawSize(random);
      BigInteger step = BigInteger.TEN.pow(random.nextInt(0, 4));
      BigInteger notional = DydxV4.notional(perpetual, size).abs();
      Parameters parameters =
          Parameters.GENESIS.withLimits(
              big(random.nextLong(0, 100_000)),
              random.nextLong(1, 1_000_001),
              BigInteger.ONE,
              BigInteger.ONE);
      BigInteger block = big(random.nextLong(0, 1L << random.nextInt(10, 50)));
      BigInteger delta =
          DydxV4.sizeDelta(
              parameters, perpetual, new ClobPair(step, BigInteger.ONE, -8), size, block);
      BigInteger cap = DydxV4.notionalLimits(parameters, notional).max().min(block);
      assertThat(delta.signum()).isEqualTo(-size.signum());
      if (delta.negate().equals(size)) {
        assertThat(notional.compareTo(cap) <= 0 || size.abs().compareTo(step) <= 0).isTrue();
        continue;
      }
      parts++;
      assertThat(delta.mod(step).signum()).isZero();
      if (delta.abs().compareTo(step) > 0) {
        assertThat(exact(perpetual, delta)).isLessThanOrEqualTo(Fraction.of(cap));
      }
      assertThat(exact(perpetual, delta.abs().add(step))).isGreaterThan(Fraction.of(cap));
    }
    assertThat(parts).isGreaterThan(ROUNDS / 10);
  }

  private static Fraction exact(Perpetual perpetual, BigInteger size) {
    return perpetual.oraclePrice().times(Fraction.of(size.abs()));
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void theFillablePriceLeavesTheOracleAsHealthFalls(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Perpetual perpetual = drawPerpetual(random);
      BigInteger size = drawSize(random);
      if (DydxV4.notional(perpetual, size).signum() == 0) {
        continue;
      }
      BigInteger requirement = DydxV4.maintenanceRequirement(perpetual, size);
      // A spread of at most the requirement keeps the price above zero.
      Parameters parameters =
          Parameters.GENESIS.withFillablePrice(
              random.nextLong(1_000_000, 3_000_001), random.nextLong(1, 1_000_001));
      Fraction oracle = new Fraction(DydxV4.notional(perpetual, size), size);
      Fraction last = oracle;
      for (int step = 5; step >= -2; step--) {
        BigInteger collateral = requirement.multiply(big(step)).divide(big(4));
        Risk account = new Risk(collateral, requirement, requirement);
        Fraction price = DydxV4.fillablePrice(parameters, account, perpetual, size);
        if (step >= 4) {
          assertThat(price).isEqualTo(oracle);
        }
        assertThat(price.minus(last).signum() * size.signum()).isLessThanOrEqualTo(0);
        last = price;
        Fraction widest =
            Fraction.of(requirement)
                .times(
                    new Fraction(big(parameters.spreadToMaintenanceMarginRatioPpm()), DydxV4.PPM))
                .over(Fraction.of(size.abs()));
        assertThat(price.minus(oracle).abs()).isLessThanOrEqualTo(widest);
        if (step <= 0) {
          assertThat(price.minus(oracle).abs()).isEqualTo(widest);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62})
  void ticksAreNeverWorseThanTheFillablePrice(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      ClobPair pair =
          new ClobPair(BigInteger.ONE, big(random.nextInt(1, 1_000)), random.nextInt(-9, 3));
      Fraction subtick =
          pair.quantumConversionExponent() < 0
              ? Fraction.ONE.over(
                  Fraction.of(BigInteger.TEN.pow(-pair.quantumConversionExponent())))
              : Fraction.of(BigInteger.TEN.pow(pair.quantumConversionExponent()));
      Fraction price =
          new Fraction(big(random.nextLong(1, 1L << 40)), big(random.nextLong(1, 1L << 12)))
              .plus(Fraction.of(pair.subticksPerTick()).times(subtick));
      for (boolean sells : new boolean[] {true, false}) {
        BigInteger ticks = DydxV4.subticks(price, sells, pair);
        assertThat(ticks.mod(pair.subticksPerTick()).signum()).isZero();
        Fraction off = Fraction.of(ticks).times(subtick).minus(price);
        Fraction tick = Fraction.of(pair.subticksPerTick()).times(subtick);
        assertThat(sells ? off : off.negate()).isGreaterThanOrEqualTo(Fraction.ZERO);
        assertThat(off.abs()).isLessThan(tick);
      }
    }
  }

  @Test
  void ticksAreKeptBetweenOneTickAndSixtyFourBits() {
    ClobPair pair = new ClobPair(BigInteger.ONE, big(1_000), -9);
    assertThat(DydxV4.subticks(Fraction.ZERO, false, pair)).isEqualTo(1_000);
    Fraction huge = Fraction.of(BigInteger.TEN.pow(40));
    assertThat(DydxV4.subticks(huge, true, pair)).isEqualTo("18446744073709551000");
  }

  @Test
  void limitsAndBudgetsOfABlock() {
    Parameters genesis = Parameters.GENESIS;
    assertThat(DydxV4.notionalLimits(genesis, big(-500_000_000)).max()).isEqualTo(500_000_000);
    assertThat(DydxV4.notionalLimits(genesis, big(5_000_000_000L)).max()).isEqualTo(1_000_000_000);
    assertThat(DydxV4.notionalLimits(genesis, big(50_000_000_009L)).max())
        .isEqualTo(5_000_000_000L);
    assertThat(DydxV4.blockBudget(genesis, genesis.maxNotionalPerBlock(), BigInteger.ZERO))
        .isEqualTo(new DydxV4.BlockBudget(BigInteger.ZERO, big(1_000_000_000_000L)));
    assertThatThrownBy(() ->
            DydxV4.blockBudget(
                genesis, genesis.maxNotionalPerBlock().add(BigInteger.ONE), BigInteger.ZERO))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void aFillMaySettleUpToTheLimitsThemselves() {
    DydxV4.Settlement loss =
        new DydxV4.Settlement(BigInteger.ZERO, BigInteger.ZERO, big(-7), big(9));
    DydxV4.BlockBudget budget = new DydxV4.BlockBudget(big(9), big(7));
    assertThat(DydxV4.maySettle(loss, budget, big(7))).isTrue();
    assertThat(DydxV4.maySettle(loss, budget, big(6))).isFalse();
    assertThat(DydxV4.maySettle(loss, new DydxV4.BlockBudget(big(9), big(6)), big(7))).isFalse();
    assertThat(DydxV4.maySettle(loss, new DydxV4.BlockBudget(big(8), big(7)), big(7))).isFalse();
    DydxV4.Settlement fee = new DydxV4.Settlement(BigInteger.ZERO, BigInteger.ZERO, big(7), big(9));
    assertThat(DydxV4.maySettle(fee, new DydxV4.BlockBudget(big(9), BigInteger.ZERO), big(-1)))
        .isTrue();
  }

  @Test
  void openInterestRaisesTheInitialMarginBetweenItsCaps() {
    BigInteger size = big(1_000_001);
    assertThat(initial(0, 100, 200, size)).isEqualTo(200_001);
    assertThat(initial(100, 100, 200, size)).isEqualTo(200_001);
    assertThat(initial(150, 100, 200, size)).isEqualTo(600_001);
    assertThat(initial(200, 100, 200, size)).isEqualTo(size);
    assertThat(initial(1_000, 100, 0, size)).isEqualTo(200_001);
    assertThat(DydxV4.maintenanceRequirement(perpetual(150, 100, 200), size)).isEqualTo(100_001);
  }

  private static BigInteger initial(long open, long lower, long upper, BigInteger size) {
    return DydxV4.initialRequirement(perpetual(open, lower, upper), size);
  }

  private static Perpetual perpetual(long open, long lower, long upper) {
    return new Perpetual(
        Fraction.ONE, 200_000, 500_000, new OpenInterest(big(open), big(lower), big(upper)));
  }

  @Test
  void accountsAndPositionsComeFromAnOffset() {
    assertThat(DydxV4.attempts(Parameters.GENESIS, 3, 2)).containsExactly(2, 0, 1);
    assertThat(DydxV4.attempts(Parameters.GENESIS, 70, 69)).hasSize(50).startsWith(69, 0, 1);
    assertThat(DydxV4.attempts(Parameters.GENESIS, 0, 0)).isEmpty();
    List<Integer> markets = List.of(5, 8, 9);
    assertThat(DydxV4.positionToLiquidate(markets, Set.of(9), 2)).isEqualTo(OptionalInt.of(0));
    assertThat(DydxV4.positionToLiquidate(markets, Set.of(5, 8, 9), 1)).isEmpty();
  }

  @Test
  void ordersAreRankedByDistanceThenSizeThenHash() {
    RankedOrder far = new RankedOrder(Fraction.parse("0.2"), big(1), big(9));
    RankedOrder large = new RankedOrder(Fraction.parse("0.1"), big(5), big(8));
    RankedOrder small = new RankedOrder(Fraction.parse("0.1"), big(4), big(1));
    RankedOrder later = new RankedOrder(Fraction.parse("0.1"), big(4), big(2));
    assertThat(Stream.of(later, small, large, far).sorted(RankedOrder.FURTHEST_FIRST))
        .containsExactly(far, large, small, later);
  }

  @Test
  void withdrawalsOpenAfterFiftyBlocks() {
    assertThat(DydxV4.withdrawalsGated(Parameters.GENESIS, 49)).isTrue();
    assertThat(DydxV4.withdrawalsGated(Parameters.GENESIS, 50)).isFalse();
  }

  @Test
  void onlyReductionsHaveABankruptcyPrice() {
    Perpetual perpetual = new Perpetual(Fraction.ONE, 200_000, 500_000);
    for (long delta : new long[] {0, 1, -11}) {
      assertThatThrownBy(() -> DydxV4.bankruptcyQuote(risk(1, 1), perpetual, big(10), big(delta)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("does not reduce");
    }
  }
}
