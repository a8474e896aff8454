package trimtab.lab.stress;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.lab.stress.StressPoint.Concentration;
import trimtab.lab.stress.StressSetup.LiquidityMove;
import trimtab.lab.stress.StressSetup.PriceMove;

/// Turns sums into figures.
record PointWriter(StressSetup setup) {
  private static final int SHARE_DECIMALS = 6;

  /// The points of one rulebook at one move of prices.
  List<StressPoint> points(PriceMove move, MoveTally tally, int rulebook) {
    List<LiquidityMove> changes = setup.liquidityMoves();
    List<StressPoint> points = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      points.add(
          point(move, changes.get(i), tally.breaches()[rulebook], tally.points()[rulebook][i]));
    }
    return points;
  }

  private StressPoint point(
      PriceMove move, LiquidityMove change, BreachTally breach, PointTally tally) {
    int decimals = setup.listing().valueDecimals();
    Tally both = new Tally();
    both.add(tally.perps);
    both.add(tally.loans);
    ExactSum notional = new ExactSum();
    notional.add(breach.perpNotional);
    notional.add(breach.loanNotional);
    StressFigures all = StressFigures.of(breach.perps + breach.loans, notional, both, decimals);
    return new StressPoint(
        move.changesPpm(),
        change.volatilityPpm(),
        change.depthPpm(),
        all,
        StressFigures.of(breach.perps, breach.perpNotional, tally.perps, decimals),
        StressFigures.of(breach.loans, breach.loanNotional, tally.loans, decimals),
        fundDraw(all.deficit()),
        concentration(change, tally, breach.exposures, notional.total().toBigInteger()),
        tally.closings.entries().stream()
            .map(entry ->
                new StressPoint.Largest(entry.account(), money(BigInteger.valueOf(entry.amount()))))
            .toList());
  }

  private BigDecimal fundDraw(BigDecimal deficit) {
    return setup.fund().isEmpty()
        ? deficit
        : deficit.min(money(BigInteger.valueOf(setup.fund().getAsLong())));
  }

  private Concentration concentration(
      LiquidityMove change, PointTally tally, Largest exposures, BigInteger exposed) {
    List<Largest.Entry> top = exposures.entries();
    BigInteger first =
        top.isEmpty() ? BigInteger.ZERO : BigInteger.valueOf(top.getFirst().amount());
    BigInteger ten =
        top.stream()
            .map(entry -> BigInteger.valueOf(entry.amount()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    int most = -1;
    BigInteger mostClosed = BigInteger.ZERO;
    BigInteger closed = BigInteger.ZERO;
    BigDecimal use = BigDecimal.ZERO;
    for (int feed = 0; feed < setup.listing().feeds().size(); feed++) {
      BigInteger sold = tally.traded[2 * feed].total().toBigInteger();
      BigInteger bought = tally.traded[2 * feed + 1].total().toBigInteger();
      BigInteger sum = sold.add(bought);
      closed = closed.add(sum);
      if (sum.compareTo(mostClosed) > 0) {
        most = feed;
        mostClosed = sum;
      }
      use = use.max(depthUse(feed, change, sold.max(bought)));
    }
    return new Concentration(
        share(first, exposed),
        share(ten, exposed),
        most < 0 ? Optional.empty() : Optional.of(setup.symbols().get(most)),
        share(mostClosed, closed),
        use);
  }

  private BigDecimal depthUse(int feed, LiquidityMove change, BigInteger traded) {
    double depth =
        setup.liquidity().get(feed).shocked(change.volatilityPpm(), change.depthPpm()).depthValue();
    BigDecimal value = new BigDecimal(traded, setup.listing().valueDecimals());
    return plain(value.divide(BigDecimal.valueOf(depth), SHARE_DECIMALS, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal share(BigInteger part, BigInteger whole) {
    return whole.signum() == 0
        ? BigDecimal.ZERO
        : plain(
            new BigDecimal(part)
                .divide(new BigDecimal(whole), SHARE_DECIMALS, RoundingMode.HALF_EVEN));
  }

  private BigDecimal money(BigInteger valueUnits) {
    return plain(new BigDecimal(valueUnits, setup.listing().valueDecimals()));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
