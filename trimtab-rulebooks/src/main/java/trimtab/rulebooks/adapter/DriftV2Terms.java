package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.CrossAccount.Perp;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.derivatives.DriftV2;
import trimtab.rulebooks.derivatives.DriftV2.PerpMarket;
import trimtab.rulebooks.derivatives.DriftV2Spot;
import trimtab.rulebooks.number.Fraction;

/// The constants of Drift v2 by name, and its markets with the rates of a listing.
///
/// @param exchange those of the whole exchange
/// @param constants all of them
record DriftV2Terms(DriftV2.Parameters exchange, Parameters constants) {
  private static final DriftV2.Parameters EXCHANGE = DriftV2.Parameters.DEFAULT;
  private static final PerpMarket MARKET = PerpMarket.DEFAULT;

  /// As the class comments of the rule name them.
  static final Parameters DEFAULT =
      Parameters.of(
          of("bufferRatio1e4", EXCHANGE.bufferRatio1e4(), "added to ratios until the exit"),
          of("initialShare1e4", EXCHANGE.initialShare1e4(), "of a shortage, at once"),
          of("durationSlots", EXCHANGE.durationSlots(), "slots until all of it; 0: at once"),
          of("smallShortage1e6", EXCHANGE.smallShortage1e6(), "USD; below it no throttle"),
          of("smallPosition1e6", EXCHANGE.smallPosition1e6(), "USD; up to it closed whole"),
          of("smallLiability1e6", EXCHANGE.smallLiability1e6(), "USD; up to it repaid whole"),
          of("feeGraceSlots", EXCHANGE.feeGraceSlots(), "slots before the fee grows"),
          of("feeIncrease1e6", EXCHANGE.feeIncreasePerSlot1e6(), "per slot, then"),
          of("liquidatorFee1e6", MARKET.liquidatorFee1e6(), "of a perp's value"),
          of("insuranceFeeMax1e6", MARKET.insuranceFeeMax1e6(), "of a perp's value"),
          of("spotLiquidatorFee1e6", BigInteger.valueOf(1_000), "of a token's value"),
          of("spotInsuranceFeeMax1e6", BigInteger.ZERO, "of a borrow repaid"),
          of("slotNanos", BigInteger.valueOf(400_000_000), "ns per slot"),
          of("insuranceVault1e6", BigInteger.ZERO, "USD in the insurance fund; figures only"),
          of("feePool1e6", BigInteger.ZERO, "USD in the market's fee pool; figures only"),
          of("otherLong1e9", billions(1_000), "base held by others, long; figures only"),
          of("otherShort1e9", billions(-1_000), "base held by others, short; figures only"),
          of("totalDeposits1e6", billions(1), "USD, deposits of the token borrowed; figures only"),
          of("depositIndex1e10", BigInteger.TEN.pow(10), "interest index; figures only"));

  /// @throws IllegalArgumentException if one is no whole number, or negative where it must not be
  static DriftV2Terms of(Parameters constants) {
    DriftV2.Parameters exchange =
        new DriftV2.Parameters(
            constants.integer("bufferRatio1e4"),
            constants.integer("initialShare1e4"),
            constants.integer("durationSlots"),
            constants.integer("smallShortage1e6"),
            constants.integer("smallPosition1e6"),
            constants.integer("smallLiability1e6"),
            constants.integer("feeGraceSlots"),
            constants.integer("feeIncrease1e6"),
            EXCHANGE.orderRequirement1e6(),
            EXCHANGE.twapDivergence1e6());
    for (Parameter parameter : constants.list()) {
      boolean signed = parameter.name().equals("otherShort1e9");
      if (constants.integer(parameter.name()).signum() < 0 && !signed) {
        throw new IllegalArgumentException("'" + parameter.name() + "' is not negative");
      }
    }
    if (exchange.bufferRatio1e4().signum() == 0
        || constants.integer("slotNanos").signum() == 0
        || constants.integer("spotLiquidatorFee1e6").compareTo(DriftV2.FEE_PRECISION) >= 0) {
      throw new IllegalArgumentException(
          "'bufferRatio1e4' and 'slotNanos' are positive, 'spotLiquidatorFee1e6' below one");
    }
    return new DriftV2Terms(exchange, constants);
  }

  private static Parameter of(String name, BigInteger value, String unit) {
    return new Parameter(name, value.toString(), unit);
  }

  private static BigInteger billions(long value) {
    return BigInteger.valueOf(value).multiply(DriftV2.BASE_PRECISION);
  }

  BigInteger number(String name) {
    return constants.integer(name);
  }

  /// Whole slots in a time.
  BigInteger slots(long nanos) {
    return BigInteger.valueOf(nanos).divide(number("slotNanos"));
  }

  /// The market of a perp: its maintenance rate and lot, the exchange's fees.
  PerpMarket market(Perp perp) {
    return new PerpMarket(
        weight1e4(perp.maintenance()),
        BigInteger.ZERO,
        number("liquidatorFee1e6"),
        number("insuranceFeeMax1e6"),
        base1e9(perp, perp.lot()),
        DriftV2.MARGIN_PRECISION);
  }

  /// A token that is taken.
  DriftV2Spot.Leg asset(Token token) {
    return new DriftV2Spot.Leg(
        weight1e4(token.maintenance().holding()),
        DriftV2Spot.assetMultiplier(fee(token)),
        token.decimals(),
        price1e6(token.price()));
  }

  /// A token that is repaid, its weight with the buffer.
  DriftV2Spot.Leg liability(Token token) {
    return new DriftV2Spot.Leg(
        weight1e4(token.maintenance().debt()).add(exchange.bufferRatio1e4()),
        DriftV2Spot.liabilityMultiplier(fee(token)),
        token.decimals(),
        price1e6(token.price()));
  }

  /// The quote token has no fee.
  private BigInteger fee(Token token) {
    return token.isSettlement() ? BigInteger.ZERO : number("spotLiquidatorFee1e6");
  }

  /// A quantity of a perp as base.
  static BigInteger base1e9(Perp perp, BigInteger quantity) {
    return quantity.multiply(BigInteger.TEN.pow(9 - perp.decimals()));
  }

  /// Base as a quantity of a perp, at most what is held.
  static BigInteger quantity(Perp perp, BigInteger base1e9) {
    return base1e9.divide(BigInteger.TEN.pow(9 - perp.decimals())).min(perp.quantity().abs());
  }

  static BigInteger price1e6(Fraction price) {
    return CrossAccount.scaled(price, 6);
  }

  static BigInteger weight1e4(Fraction weight) {
    return CrossAccount.scaled(weight, 4);
  }
}
