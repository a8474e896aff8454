package trimtab.rulebooks.derivatives;

import static trimtab.rulebooks.derivatives.RustIntegers.divCeil;
import static trimtab.rulebooks.derivatives.RustIntegers.divFloor;
import static trimtab.rulebooks.derivatives.RustIntegers.i128;
import static trimtab.rulebooks.derivatives.RustIntegers.minusOrZero;
import static trimtab.rulebooks.derivatives.RustIntegers.mulDivFloor;
import static trimtab.rulebooks.derivatives.RustIntegers.u128;
import static trimtab.rulebooks.derivatives.RustIntegers.u32;

import java.math.BigInteger;

/// Drift protocol v2 (Solana, Rust): scales, constants, margin and trigger. The amounts of perps
/// are in [DriftV2Perps], of tokens in [DriftV2Spot], bad debt in [DriftV2Bankruptcy].
///
/// **In words.** An account is liquidated when its collateral is *below* its maintenance
/// requirement, and from then on until collateral reaches the requirement *plus a buffer*
/// (hysteresis). Its orders are cancelled first, for free; if that is enough nothing is closed.
/// Then a liquidator takes over as much of one perp at the oracle price as covers the shortage to
/// the buffered requirement, fees included, rounded *up* to the step of the market, times a share
/// that grows with the slots since the liquidation began. Small shortages, small positions and
/// isolated positions are not throttled. What the fund takes is cut so that the fee cannot make a
/// solvent close bankrupt.
///
/// **Formulas.** `S = (requirement + buffer) - (collateral + buffer on negative parts)`; `q =
/// floor(S / (P x P_q x (m + b - f_l) - P x f_i))`, ceiled to the step; share `= (min(1, elapsed /
/// duration + initial) x (S + freed) - freed) / S`.
///
/// **Scales.** Prices, quote amounts, fees `1e6`; base amounts `1e9`; margin ratios, weights and
/// shares `1e4`; funding rates `1e9`; interest indices `1e10`. Field names end in their scale.
///
/// **Rounding.** Every division rounds down (toward zero where signed), that is toward the user:
/// values, requirements, buffers and fees. Up are only: the step of a perp, the liability that an
/// asset pays for, and what is socialised per unit.
///
/// **Source.** drift-labs/protocol-v2@0ae3e3b1: `programs/drift/src/math/liquidation.rs`,
/// `math/margin.rs`, `math/bankruptcy.rs`, `controller/liquidation.rs`,
/// `state/margin_calculation.rs`, `state/liquidation_mode.rs`. Documented only: the order of tiers
/// ([DriftV2Spot]), the route through the book. Not modelled: LP shares, high-leverage mode,
/// insurance tiers of single markets.
public final class DriftV2 {
  /// `1e4`.
  public static final BigInteger MARGIN_PRECISION = BigInteger.valueOf(10_000);

  /// `1e6`.
  public static final BigInteger PRICE_PRECISION = BigInteger.valueOf(1_000_000);

  /// `1e6`.
  public static final BigInteger FEE_PRECISION = PRICE_PRECISION;

  /// `1e9`.
  public static final BigInteger BASE_PRECISION = BigInteger.valueOf(1_000_000_000);

  /// Fees per margin ratio of the same size: `1e6 / 1e4`.
  static final BigInteger FEE_PER_MARGIN = BigInteger.valueOf(100);

  private static final BigInteger FIVE = BigInteger.valueOf(5);
  private static final BigInteger SIZE_ROOT_PRECISION = BigInteger.valueOf(100_000);

  private DriftV2() {}

  /// Constants of the whole exchange.
  ///
  /// @param bufferRatio1e4 added to each maintenance ratio while an account is liquidated
  /// @param initialShare1e4 of the shortage that may be closed at once
  /// @param durationSlots until all of it may be closed
  /// @param smallShortage1e6 a shortage below this is not throttled
  /// @param smallPosition1e6 a perp worth this or less may be closed whole
  /// @param smallLiability1e6 a borrow worth this or less may be repaid whole
  /// @param feeGraceSlots before the liquidator's fee grows
  /// @param feeIncreasePerSlot1e6 by which it then grows, from the first slot on
  /// @param orderRequirement1e6 margin that each open order requires
  /// @param twapDivergence1e6 an oracle this far from its five-minute average stops liquidations
  public record Parameters(
      BigInteger bufferRatio1e4,
      BigInteger initialShare1e4,
      BigInteger durationSlots,
      BigInteger smallShortage1e6,
      BigInteger smallPosition1e6,
      BigInteger smallLiability1e6,
      BigInteger feeGraceSlots,
      BigInteger feeIncreasePerSlot1e6,
      BigInteger orderRequirement1e6,
      BigInteger twapDivergence1e6) {
    /// What the source states; buffer, initial share and duration are set by the administrator and
    /// stand here as in the venue's tests (2 %, 10 %, 150 slots).
    public static final Parameters DEFAULT =
        new Parameters(
            BigInteger.valueOf(200),
            BigInteger.valueOf(1_000),
            BigInteger.valueOf(150),
            BigInteger.valueOf(50_000_000),
            BigInteger.valueOf(50_000_000),
            BigInteger.valueOf(10_000_000),
            BigInteger.valueOf(1_500),
            BigInteger.ONE,
            BigInteger.valueOf(10_000),
            BigInteger.valueOf(500_000));

    /// With another buffer, initial share and duration.
    public Parameters with(
        BigInteger newBufferRatio1e4, BigInteger newInitialShare1e4, BigInteger newDurationSlots) {
      return new Parameters(
          newBufferRatio1e4,
          newInitialShare1e4,
          newDurationSlots,
          smallShortage1e6,
          smallPosition1e6,
          smallLiability1e6,
          feeGraceSlots,
          feeIncreasePerSlot1e6,
          orderRequirement1e6,
          twapDivergence1e6);
    }
  }

  /// Constants of one perp market.
  ///
  /// @param maintenanceRatio1e4 of the value of a position
  /// @param imfFactor1e6 by which the ratio grows with the root of the size; 0 for never
  /// @param liquidatorFee1e6 of the value that a liquidator takes over
  /// @param insuranceFeeMax1e6 of it that the insurance fund takes at most
  /// @param stepSize1e9 base amounts are multiples of it
  /// @param profitWeight1e4 at which a profit counts as collateral; a loss counts whole
  public record PerpMarket(
      BigInteger maintenanceRatio1e4,
      BigInteger imfFactor1e6,
      BigInteger liquidatorFee1e6,
      BigInteger insuranceFeeMax1e6,
      BigInteger stepSize1e9,
      BigInteger profitWeight1e4) {
    /// As in the venue's tests: 5 % maintenance, 1 % to the liquidator, up to 1 % to the fund, a
    /// step of 0.01.
    public static final PerpMarket DEFAULT =
        new PerpMarket(
            BigInteger.valueOf(500),
            BigInteger.ZERO,
            BigInteger.valueOf(10_000),
            BigInteger.valueOf(10_000),
            BigInteger.valueOf(10_000_000),
            MARGIN_PRECISION);
  }

  /// One perp of an account.
  ///
  /// @param base1e9 positive for a long
  /// @param quote1e6 what was paid (negative) or received
  /// @param openBids1e9 base of resting bids, not negative
  /// @param openAsks1e9 base of resting asks, not positive
  /// @param openOrders their number
  public record PerpPosition(
      BigInteger base1e9,
      BigInteger quote1e6,
      BigInteger openBids1e9,
      BigInteger openAsks1e9,
      int openOrders) {
    /// One without orders.
    public static PerpPosition of(BigInteger base1e9, BigInteger quote1e6) {
      return new PerpPosition(base1e9, quote1e6, BigInteger.ZERO, BigInteger.ZERO, 0);
    }

    /// The same after its orders were cancelled.
    public PerpPosition withoutOrders() {
      return of(base1e9, quote1e6);
    }
  }

  /// What one perp adds to an account's margin; see [#perpMargin].
  ///
  /// @param requirement1e6 maintenance requirement
  /// @param liabilityValue1e6 value of the position if all its orders of the worse side fill
  /// @param collateral1e6 weighted profit, or the loss (negative)
  public record PerpMargin(
      BigInteger requirement1e6, BigInteger liabilityValue1e6, BigInteger collateral1e6) {}

  /// The margin of an account under liquidation, summed over what it holds.
  ///
  /// @param bufferRatio1e4 in force
  /// @param collateral1e6 weighted value of deposits and profits less losses
  /// @param collateralBuffer1e6 buffer on its negative parts, not positive
  /// @param requirement1e6 maintenance requirement
  /// @param requirementPlusBuffer1e6 the same with the buffer on each liability
  /// @param trackedRequirement1e6 part of the requirement that is due to the market liquidated
  public record Margin(
      BigInteger bufferRatio1e4,
      BigInteger collateral1e6,
      BigInteger collateralBuffer1e6,
      BigInteger requirement1e6,
      BigInteger requirementPlusBuffer1e6,
      BigInteger trackedRequirement1e6) {
    /// Of an account that holds nothing.
    public static Margin empty(BigInteger bufferRatio1e4) {
      return new Margin(
          bufferRatio1e4,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO);
    }

    /// With more collateral: the weighted value of a deposit, a profit, or a loss (negative).
    /// Losses are buffered too, rounded toward zero.
    public Margin plusCollateral(BigInteger value1e6) {
      BigInteger buffer =
          value1e6.signum() < 0
              ? i128(value1e6.multiply(bufferRatio1e4)).divide(MARGIN_PRECISION)
              : BigInteger.ZERO;
      return new Margin(
          bufferRatio1e4,
          i128(collateral1e6.add(value1e6)),
          collateralBuffer1e6.add(buffer),
          requirement1e6,
          requirementPlusBuffer1e6,
          trackedRequirement1e6);
    }

    /// With the requirement of one more liability. The buffer is on its value, rounded down.
    ///
    /// @param tracked whether it is of the market that is being liquidated
    public Margin plusRequirement(
        BigInteger requirement, BigInteger liabilityValue1e6, boolean tracked) {
      BigInteger buffer = mulDivFloor(liabilityValue1e6, bufferRatio1e4, MARGIN_PRECISION);
      return new Margin(
          bufferRatio1e4,
          collateral1e6,
          collateralBuffer1e6,
          u128(requirement1e6.add(requirement)),
          requirementPlusBuffer1e6.add(requirement).add(buffer),
          tracked ? trackedRequirement1e6.add(requirement) : trackedRequirement1e6);
    }

    /// With one more perp.
    public Margin plusPerp(PerpMargin perp, boolean tracked) {
      return plusRequirement(perp.requirement1e6(), perp.liabilityValue1e6(), tracked)
          .plusCollateral(perp.collateral1e6());
    }
  }

  /// Whether a liquidation may begin: collateral strictly below the requirement. The buffer has no
  /// part in it.
  public static boolean canBeLiquidated(Margin margin) {
    return margin.collateral1e6().compareTo(margin.requirement1e6()) < 0;
  }

  /// Whether a liquidation ends: collateral with its buffer at or above the requirement with its
  /// buffer.
  public static boolean canExit(Margin margin) {
    return margin
            .collateral1e6()
            .add(margin.collateralBuffer1e6())
            .compareTo(margin.requirementPlusBuffer1e6())
        >= 0;
  }

  /// What is missing to the exit, `1e6`; the distance also where there is a surplus.
  ///
  /// @throws ArithmeticException if the buffer is 0, which the program refuses
  public static BigInteger shortage(Margin margin) {
    if (margin.bufferRatio1e4().signum() == 0) {
      throw new ArithmeticException("a liquidation without a buffer");
    }
    return margin
        .requirementPlusBuffer1e6()
        .subtract(margin.collateral1e6().add(margin.collateralBuffer1e6()))
        .abs();
  }

  /// The part of a shortage that the market liquidated stands for, by its share of the requirement,
  /// rounded down; 0 if nothing is required.
  public static BigInteger trackedShortage(Margin margin, BigInteger shortage1e6) {
    return margin.requirement1e6().signum() == 0
        ? BigInteger.ZERO
        : mulDivFloor(shortage1e6, margin.trackedRequirement1e6(), margin.requirement1e6());
  }

  /// How far a liquidation has come: freed margin over freed margin plus what collateral *without*
  /// its buffer misses to the buffered requirement, in millionths, rounded down.
  public static BigInteger progressPpm(Margin margin, BigInteger freed1e6) {
    BigInteger missing = margin.requirementPlusBuffer1e6().subtract(margin.collateral1e6()).abs();
    return mulDivFloor(freed1e6, PRICE_PRECISION, missing.add(freed1e6));
  }

  /// The signed base amount, `1e9`, if all bids or all asks fill, whichever is larger; asks if they
  /// are equal.
  public static BigInteger worstCaseBase(PerpPosition position) {
    BigInteger bids = position.base1e9().add(position.openBids1e9());
    BigInteger asks = position.base1e9().add(position.openAsks1e9());
    return bids.abs().compareTo(asks.abs()) > 0 ? bids : asks;
  }

  /// The value of a base amount of either sign, `1e6`, rounded down.
  public static BigInteger baseValue(BigInteger base1e9, BigInteger price1e6) {
    return mulDivFloor(base1e9.abs(), price1e6, BASE_PRECISION);
  }

  /// The maintenance ratio of a position, `1e4`: the market's, or with a factor for size `0.8 x
  /// ratio + factor x root(size)` if that is more. The root and the quotients round down.
  public static BigInteger maintenanceRatio(PerpMarket market, BigInteger base1e9) {
    BigInteger ratio = market.maintenanceRatio1e4();
    if (market.imfFactor1e6().signum() == 0) {
      return ratio;
    }
    BigInteger root = u128(base1e9.abs().multiply(BigInteger.TEN).add(BigInteger.ONE)).sqrt();
    BigInteger divisor = SIZE_ROOT_PRECISION.multiply(FEE_PRECISION).divide(MARGIN_PRECISION);
    BigInteger premium = mulDivFloor(root, market.imfFactor1e6(), divisor);
    return u32(ratio.subtract(divFloor(ratio, FIVE)).add(premium)).max(ratio);
  }

  /// What a perp adds to the maintenance margin: value of the worse side of its orders at the
  /// oracle price, in the price of the quote token, times the ratio for that size, plus a fixed
  /// amount per order; and its profit or loss at the oracle price. All quotients round toward zero.
  ///
  /// @param quotePrice1e6 price of the quote token
  public static PerpMargin perpMargin(
      PerpPosition position,
      PerpMarket market,
      BigInteger price1e6,
      BigInteger quotePrice1e6,
      Parameters parameters) {
    BigInteger worst = worstCaseBase(position);
    BigInteger value = mulDivFloor(baseValue(worst, price1e6), quotePrice1e6, PRICE_PRECISION);
    BigInteger requirement =
        mulDivFloor(value, maintenanceRatio(market, worst), MARGIN_PRECISION)
            .add(
                parameters
                    .orderRequirement1e6()
                    .multiply(BigInteger.valueOf(position.openOrders())));
    BigInteger pnl =
        i128(position.base1e9().multiply(price1e6)).divide(BASE_PRECISION).add(position.quote1e6());
    BigInteger weighted =
        pnl.signum() > 0 ? mulDivFloor(pnl, market.profitWeight1e4(), MARGIN_PRECISION) : pnl;
    BigInteger collateral = i128(weighted.multiply(quotePrice1e6)).divide(PRICE_PRECISION);
    return new PerpMargin(requirement, value, collateral);
  }

  /// Whether the oracle is so far from its five-minute average that nothing is liquidated: at or
  /// above the bound; the distance in millionths of the average rounds down.
  ///
  /// @throws ArithmeticException if the average is 0
  public static boolean oracleTooDivergent(
      BigInteger price1e6, BigInteger twap1e6, Parameters parameters) {
    return mulDivFloor(price1e6.subtract(twap1e6).abs(), PRICE_PRECISION, twap1e6.abs())
            .compareTo(parameters.twapDivergence1e6())
        >= 0;
  }

  /// The share of a shortage that may be closed now, `1e4`. All of it if it is strictly below the
  /// small one; else `initial + elapsed / duration`, at most 1, of shortage and freed margin
  /// together, less what was freed, over the shortage. A duration of 0 allows all. Quotients round
  /// down.
  ///
  /// @param freed1e6 margin freed since the liquidation began
  /// @throws ArithmeticException if the slots run backward, or the shortage is 0 and not small
  public static BigInteger maxShare(
      BigInteger shortage1e6, BigInteger freed1e6, BigInteger slotsElapsed, Parameters parameters) {
    if (shortage1e6.compareTo(parameters.smallShortage1e6()) < 0) {
      return MARGIN_PRECISION;
    }
    BigInteger elapsed =
        parameters.durationSlots().signum() == 0
            ? MARGIN_PRECISION
            : mulDivFloor(slotsElapsed, MARGIN_PRECISION, parameters.durationSlots());
    BigInteger share = elapsed.add(parameters.initialShare1e4()).min(MARGIN_PRECISION);
    BigInteger freeable =
        mulDivFloor(shortage1e6.add(freed1e6), share, MARGIN_PRECISION)
            .subtract(freed1e6)
            .max(BigInteger.ZERO);
    return mulDivFloor(freeable, MARGIN_PRECISION, shortage1e6);
  }

  /// The least number of slots since the beginning after which all of a shortage may be closed,
  /// whatever was freed until then: `duration x (1 - initial)`, rounded up.
  public static BigInteger slotsUntilAll(Parameters parameters) {
    BigInteger left = minusOrZero(MARGIN_PRECISION, parameters.initialShare1e4());
    return divCeil(parameters.durationSlots().multiply(left), MARGIN_PRECISION);
  }
}
