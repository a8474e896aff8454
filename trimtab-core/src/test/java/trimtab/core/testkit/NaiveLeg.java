package trimtab.core.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;

/// One leg of a world, judged the slow way: which quantities are admissible and what they cost,
/// read off the definitions and not off the planner.
///
/// @param world the account before the leg is closed, and everything around it
/// @param leg what is closed
/// @param size the whole leg
/// @param lot step
/// @param minimumOrderValue least value of a partial closing
/// @param dustValue least value of a remainder
/// @param feePpm exchange fee
/// @param unitValue value units per unit of the leg
/// @param curve what trading costs
public record NaiveLeg(
    World world,
    Leg leg,
    long size,
    long lot,
    long minimumOrderValue,
    long dustValue,
    long feePpm,
    long unitValue,
    CostCurve curve) {

  /// All legs of a world's account: its positions, and every asset it owes with every asset it has.
  static List<NaiveLeg> all(World world) {
    List<NaiveLeg> legs = new ArrayList<>();
    world.account().positions().forEach(p -> legs.add(contract(world, p.market())));
    for (int debt = 0; debt < world.listing().assets().size(); debt++) {
      for (int held = 0; held < world.listing().assets().size(); held++) {
        if (worth(world, debt) < 0 && worth(world, held) > 0) {
          legs.add(pair(world, new PairLeg(debt, held)));
        }
      }
    }
    return legs;
  }

  private static long worth(World world, int asset) {
    return world.model().net(world.account(), world.marks(), asset).toLongExact();
  }

  static NaiveLeg of(World world, Leg leg) {
    return switch (leg) {
      case PositionLeg(int market) -> contract(world, market);
      case PairLeg pair -> pair(world, pair);
    };
  }

  private static NaiveLeg contract(World world, int market) {
    Contract terms = world.listing().contracts().get(market);
    long quantity =
        world.account().positions().stream()
            .filter(position -> position.market() == market)
            .mapToLong(Account.Position::quantity)
            .sum();
    return new NaiveLeg(
        world,
        new PositionLeg(market),
        Math.abs(quantity),
        terms.lot(),
        terms.minimumOrderValue(),
        terms.dustValue(),
        terms.takerFeePpm(),
        world.marks().unitValue(world.listing(), terms),
        world.curves().contract(market, quantity > 0 ? Side.SELL : Side.BUY));
  }

  private static NaiveLeg pair(World world, PairLeg pair) {
    Asset collateral = world.listing().assets().get(pair.collateralAsset());
    Asset debt = world.listing().assets().get(pair.debtAsset());
    Asset traded = collateral.isSettlement() ? debt : collateral;
    long unitValue = world.marks().unitValue(world.listing(), collateral);
    long unitOfDebt = world.marks().unitValue(world.listing(), debt);
    long lot =
        lots(collateral.lot(), Long.MAX_VALUE >> 1)
            .filter(step -> debt.isSettlement() || step * unitValue >= unitOfDebt)
            .findFirst()
            .orElseThrow();
    long held = worth(world, pair.collateralAsset()) / unitValue;
    NaiveLeg all =
        new NaiveLeg(
            world,
            pair,
            held,
            lot,
            traded.minimumOrderValue(),
            traded.dustValue(),
            traded.takerFeePpm(),
            unitValue,
            collateral.isSettlement()
                ? inSettlementUnits(
                    world.curves().asset(pair.debtAsset(), Side.BUY),
                    world.marks().unitValue(world.listing(), debt))
                : world.curves().asset(pair.collateralAsset(), Side.SELL));
    long owed = -worth(world, pair.debtAsset());
    long enough =
        lots(lot, Math.min(held, all.curve().capacity()))
            .filter(quantity -> all.repayable(quantity) >= owed)
            .findFirst()
            .orElse(held);
    return all.withSize(enough);
  }

  private static CostCurve inSettlementUnits(CostCurve curve, long unitValue) {
    if (curve.equals(CostCurve.FREE) || curve.capacity() == 0) {
      return curve;
    }
    int pieces = curve.pieces();
    return CostCurve.of(
        LongStream.range(0, pieces).map(i -> curve.knot((int) i) * unitValue).toArray(),
        LongStream.range(0, pieces).map(i -> curve.start((int) i)).toArray(),
        LongStream.range(0, pieces).map(i -> curve.end((int) i)).toArray());
  }

  private NaiveLeg withSize(long changed) {
    return new NaiveLeg(
        world, leg, changed, lot, minimumOrderValue, dustValue, feePpm, unitValue, curve);
  }

  private static LongStream lots(long lot, long upTo) {
    return LongStream.iterate(lot, quantity -> quantity <= upTo, quantity -> quantity + lot);
  }

  private long repayable(long quantity) {
    BigInteger one = BigInteger.valueOf(Ppm.ONE);
    PenaltyTerms terms = world.rulebook().penalty();
    BigInteger rate = BigInteger.valueOf(terms.pairPpm());
    BigInteger value = BigInteger.valueOf(quantity * unitValue);
    BigInteger proceeds = BigInteger.valueOf(Math.max(0, quantity * unitValue - cost(quantity)));
    return switch (terms.pairBase()) {
      case REPAID -> proceeds.multiply(one).divide(one.add(rate)).longValueExact();
      case OBLIGATION -> {
        int debt = ((PairLeg) leg).debtAsset();
        long weight = world.listing().assets().get(debt).debtWeightPpm();
        BigInteger weighted = rate.multiply(BigInteger.valueOf(weight)).divide(one);
        yield proceeds.multiply(one).divide(one.add(weighted)).longValueExact();
      }
      case SEIZED -> {
        BigInteger[] parts = value.multiply(rate).divideAndRemainder(one);
        long penalty = parts[0].longValueExact() + parts[1].signum();
        yield Math.max(0, proceeds.longValueExact() - penalty);
      }
    };
  }

  /// Curve and exchange fee, each rounded up.
  long cost(long quantity) {
    return curve.cost(quantity)
        + Math.ceilDiv(Math.multiplyExact(quantity * unitValue, feePpm), Ppm.ONE);
  }

  boolean isAdmissible(long quantity) {
    if (quantity <= 0 || quantity > Math.min(size, curve.capacity())) {
      return false;
    }
    boolean partial =
        quantity % lot == 0
            && quantity < size
            && quantity * unitValue >= minimumOrderValue
            && (size - quantity) * unitValue >= dustValue;
    return partial || quantity == size;
  }

  /// Every admissible quantity, ascending.
  LongStream admissible() {
    return LongStream.concat(
            lots(lot, Math.min(size, curve.capacity())).filter(quantity -> quantity != size),
            LongStream.of(size))
        .filter(this::isAdmissible);
  }

  private Closing close(long quantity) {
    return new LegSettlement(world.model(), world.rulebook().penalty())
        .close(world.account(), world.marks(), leg, quantity, cost(quantity));
  }

  /// What a closing takes from the account: cost and penalty.
  long loss(long quantity) {
    Closing closing = close(quantity);
    return closing.cost() + closing.penalty();
  }

  /// The world after a closing; what was traded is gone from the depth.
  World closed(long quantity) {
    World after = world.with(close(quantity).account());
    return switch (leg) {
      case PositionLeg ignored -> after;
      case PairLeg pair -> after.with(sold(pair.collateralAsset(), quantity));
    };
  }

  private CostCurves sold(int sold, long quantity) {
    return new CostCurves() {
      @Override
      public CostCurve contract(int market, Side side) {
        return world.curves().contract(market, side);
      }

      @Override
      public CostCurve asset(int asset, Side side) {
        CostCurve whole = world.curves().asset(asset, side);
        return asset == sold && side == Side.SELL ? whole.after(quantity) : whole;
      }
    };
  }

  /// Closed, and the whole account judged again.
  boolean restores(long quantity) {
    Account after = close(quantity).account();
    return world.model().assess(after, world.marks()).isAtLeast(world.rulebook().targetPpm());
  }
}
