package trimtab.rulebooks.derivatives;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// dYdX v4: slices of a position against the order book, limited by block, then deleveraging.
///
/// **Scales.** Sizes are signed *base quantums* (long positive), money is signed *quote quantums*
/// (1e-6 USDC), shares are parts per million, prices are quote quantums per base quantum, exactly.
///
/// **Trigger.** `TMMR > 0 and TMMR > TNC`, strictly: net collateral equal to the requirement is
/// safe. `TNC = balance + sum of notionals`, each notional cut off towards zero. `TMMR` is the sum
/// of `ceil(ceil(|notional| x initial) x fraction)`. Open interest raises the initial margin only.
///
/// **How much.** `max = max(min(minNotional, |N|), floor(|N| x portion))`, at most what the block
/// still allows the account. A position whose notional is at most that, or whose size is at most
/// one step, is closed whole; else the cap is turned into base quantums (towards zero), cut down to
/// steps, and kept between one step and the position. There is no health target.
///
/// **Order.** Accounts: from an offset drawn by chance, a limited number per block, the furthest
/// fillable price first. Positions: from an offset drawn by chance, each at most once per block.
///
/// **Price.** Immediate or cancel at the fillable price `(N - ABR x SMMR x MMR) / size` of the
/// whole position, `ABR = clamp(BA x (1 - TNC / TMMR), 0, 1)`, exact; as subticks it is rounded up
/// to a tick when a long is sold and down when a short is bought back. The bankruptcy price of a
/// part is `-dN - floor(TNC x |dMMR| / TMMR)` quote quantums: towards plus infinity, so that a
/// close at it costs the fund nothing. dN and dMMR are differences of the two positions, not
/// figures of the difference.
///
/// **Fee.** `min(floor(|fill| x maxFee), fill - bankruptcy)` to the insurance fund; where the fill
/// is worse than bankruptcy the fund pays the difference, within its balance and the block's limit.
///
/// **Dust.** A rest of at most one step is closed with the slice; nothing else is dust.
///
/// **Bad debt.** Where nothing filled and `TNC < 0`, the whole position is offset at its bankruptcy
/// price against accounts of the other side from an offset drawn by chance, skipping those whose
/// own collateral forbids the price (see [DydxV4Deleveraging]); what is left gates withdrawals.
///
/// Source: `dydxprotocol/v4-chain@84d4664b`, `protocol/x/clob/keeper/liquidations.go`,
/// `deleveraging.go`, `protocol/x/perpetuals/lib/lib.go`, `protocol/lib/margin/risk.go`,
/// `protocol/testing/genesis.sh`.
public final class DydxV4 {
  /// One million: all of a share.
  public static final BigInteger PPM = BigInteger.valueOf(1_000_000);

  private static final BigInteger SUBTICKS_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private DydxV4() {}

  /// What governance sets.
  ///
  /// @param maxLiquidationFeePpm largest share of a fill that the fund takes
  /// @param bankruptcyAdjustmentPpm how fast the price falls with collateral; at least one million
  /// @param spreadToMaintenanceMarginRatioPpm widest spread, as a share of the requirement
  /// @param minPositionNotional least notional that one slice may close, quote quantums
  /// @param maxPositionPortionPpm largest share of a position that one slice closes
  /// @param maxNotionalPerBlock largest notional closed per account and block, quote quantums
  /// @param maxInsuranceLostPerBlock most that the fund pays per account and block, quote quantums
  /// @param attemptsPerBlock accounts tried per block
  /// @param deleveragingAttemptsPerBlock positions deleveraged per block
  /// @param deleveragingAccounts accounts looked at to offset one position
  /// @param withdrawalGateBlocks how long withdrawals stay shut after an account below zero
  public record Parameters(
      long maxLiquidationFeePpm,
      long bankruptcyAdjustmentPpm,
      long spreadToMaintenanceMarginRatioPpm,
      BigInteger minPositionNotional,
      long maxPositionPortionPpm,
      BigInteger maxNotionalPerBlock,
      BigInteger maxInsuranceLostPerBlock,
      int attemptsPerBlock,
      int deleveragingAttemptsPerBlock,
      int deleveragingAccounts,
      int withdrawalGateBlocks) {
    /// The genesis file.
    public static final Parameters GENESIS =
        new Parameters(
            15_000,
            1_000_000,
            1_500_000,
            BigInteger.valueOf(1_000_000_000L),
            100_000,
            BigInteger.valueOf(100_000_000_000L),
            BigInteger.valueOf(1_000_000_000_000L),
            50,
            10,
            500,
            50);

    /// What the code has where nothing is set; the venue's own tests start from it.
    public static final Parameters CODE_DEFAULT =
        new Parameters(
            5_000,
            1_000_000,
            100_000,
            BigInteger.valueOf(1_000),
            1_000_000,
            BigInteger.valueOf(100_000_000_000_000L),
            BigInteger.valueOf(100_000_000_000_000L),
            50,
            10,
            500,
            50);

    /// The same with another largest fee.
    public Parameters withMaxLiquidationFeePpm(long ppm) {
      return new Parameters(
          ppm,
          bankruptcyAdjustmentPpm,
          spreadToMaintenanceMarginRatioPpm,
          minPositionNotional,
          maxPositionPortionPpm,
          maxNotionalPerBlock,
          maxInsuranceLostPerBlock,
          attemptsPerBlock,
          deleveragingAttemptsPerBlock,
          deleveragingAccounts,
          withdrawalGateBlocks);
    }

    /// The same with another way from health to the fillable price.
    public Parameters withFillablePrice(long adjustmentPpm, long spreadPpm) {
      return new Parameters(
          maxLiquidationFeePpm,
          adjustmentPpm,
          spreadPpm,
          minPositionNotional,
          maxPositionPortionPpm,
          maxNotionalPerBlock,
          maxInsuranceLostPerBlock,
          attemptsPerBlock,
          deleveragingAttemptsPerBlock,
          deleveragingAccounts,
          withdrawalGateBlocks);
    }

    /// The same with other limits on what one position and one account close.
    public Parameters withLimits(
        BigInteger minNotional, long portionPpm, BigInteger perBlock, BigInteger lostPerBlock) {
      return new Parameters(
          maxLiquidationFeePpm,
          bankruptcyAdjustmentPpm,
          spreadToMaintenanceMarginRatioPpm,
          minNotional,
          portionPpm,
          perBlock,
          lostPerBlock,
          attemptsPerBlock,
          deleveragingAttemptsPerBlock,
          deleveragingAccounts,
          withdrawalGateBlocks);
    }
  }

  /// Open interest of a market and the caps between which it raises the initial margin.
  ///
  /// @param notional open interest at the oracle price, quote quantums
  /// @param lowerCap up to here the initial margin is not raised, quote quantums
  /// @param upperCap from here it is the whole notional, quote quantums; 0: never raised
  public record OpenInterest(BigInteger notional, BigInteger lowerCap, BigInteger upperCap) {
    /// Never raised.
    public static final OpenInterest UNCAPPED =
        new OpenInterest(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  }

  /// A market as the margin sees it.
  ///
  /// @param oraclePrice quote quantums per base quantum, positive
  /// @param initialMarginPpm initial margin, a share of the notional
  /// @param maintenanceFractionPpm maintenance margin, a share of the initial margin
  public record Perpetual(
      Fraction oraclePrice,
      long initialMarginPpm,
      long maintenanceFractionPpm,
      OpenInterest openInterest) {
    /// @throws IllegalArgumentException if the price is not positive
    public Perpetual {
      if (oraclePrice.signum() <= 0) {
        throw new IllegalArgumentException("the oracle price is not positive: " + oraclePrice);
      }
    }

    /// A market whose initial margin open interest does not raise.
    public Perpetual(Fraction oraclePrice, long initialMarginPpm, long maintenanceFractionPpm) {
      this(oraclePrice, initialMarginPpm, maintenanceFractionPpm, OpenInterest.UNCAPPED);
    }
  }

  /// The grid of a market's orders.
  ///
  /// @param stepBaseQuantums sizes are multiples of it
  /// @param subticksPerTick prices are multiples of it, in subticks
  /// @param quantumConversionExponent a subtick is `10^exponent` quote quantums per base quantum
  public record ClobPair(
      BigInteger stepBaseQuantums, BigInteger subticksPerTick, int quantumConversionExponent) {}

  /// A position.
  ///
  /// @param baseQuantums negative for a short
  public record Position(int perpetualId, BigInteger baseQuantums, Perpetual perpetual) {}

  /// Net collateral and requirements, of a position or an account, in quote quantums.
  public record Risk(BigInteger netCollateral, BigInteger initial, BigInteger maintenance) {
    Risk plus(Risk other) {
      return new Risk(
          netCollateral.add(other.netCollateral),
          initial.add(other.initial),
          maintenance.add(other.maintenance));
    }
  }

  /// Notional of a size at the oracle price, signed, cut off towards zero.
  public static BigInteger notional(Perpetual perpetual, BigInteger baseQuantums) {
    return perpetual.oraclePrice().times(Fraction.of(baseQuantums)).truncate();
  }

  /// Maintenance requirement of a size: both shares rounded up, one after the other.
  public static BigInteger maintenanceRequirement(Perpetual perpetual, BigInteger baseQuantums) {
    BigInteger initial =
        Uint.mulDivCeil(
            notional(perpetual, baseQuantums.abs()),
            BigInteger.valueOf(perpetual.initialMarginPpm()),
            PPM);
    return Uint.mulDivCeil(initial, BigInteger.valueOf(perpetual.maintenanceFractionPpm()), PPM);
  }

  /// Initial requirement of a size: `ceil(|N| x (base + (1 - base) x scale))`, where `scale` runs
  /// from 0 at the lower cap of open interest to 1 at the upper; at most `|N|`.
  public static BigInteger initialRequirement(Perpetual perpetual, BigInteger baseQuantums) {
    BigInteger notional = notional(perpetual, baseQuantums.abs());
    OpenInterest open = perpetual.openInterest();
    if (open.upperCap().signum() != 0 && open.notional().compareTo(open.upperCap()) >= 0) {
      return notional;
    }
    Fraction base = ppm(perpetual.initialMarginPpm());
    if (open.upperCap().signum() != 0 && open.notional().compareTo(open.lowerCap()) > 0) {
      Fraction scale =
          new Fraction(
              open.notional().subtract(open.lowerCap()), open.upperCap().subtract(open.lowerCap()));
      base = base.plus(scale.times(Fraction.ONE.minus(base)));
    }
    return Fraction.of(notional).times(base).ceil().min(notional);
  }

  /// Risk of one position: its notional and its requirements.
  public static Risk risk(Perpetual perpetual, BigInteger baseQuantums) {
    return new Risk(
        notional(perpetual, baseQuantums),
        initialRequirement(perpetual, baseQuantums),
        maintenanceRequirement(perpetual, baseQuantums));
  }

  /// Risk of an account: its balance and its positions.
  ///
  /// @param quoteBalance quote quantums, negative if owed
  public static Risk risk(BigInteger quoteBalance, List<Position> positions) {
    return positions.stream()
        .map(position -> risk(position.perpetual(), position.baseQuantums()))
        .reduce(new Risk(quoteBalance, BigInteger.ZERO, BigInteger.ZERO), Risk::plus);
  }

  /// Whether an account may be liquidated: a requirement above zero and above its net collateral.
  public static boolean isLiquidatable(Risk account) {
    return account.maintenance().signum() > 0
        && account.maintenance().compareTo(account.netCollateral()) > 0;
  }

  /// Least and most notional of one position that a slice may close.
  ///
  /// @param min `min(minNotional, |N|)`
  /// @param max `max(min, floor(|N| x portion))`
  public record NotionalLimits(BigInteger min, BigInteger max) {}

  /// Limits of a slice of a position, in the unit of its notional.
  public static NotionalLimits notionalLimits(Parameters parameters, BigInteger positionNotional) {
    BigInteger notional = positionNotional.abs();
    BigInteger min = parameters.minPositionNotional().min(notional);
    BigInteger portion = floorPpm(notional, parameters.maxPositionPortionPpm());
    return new NotionalLimits(min, min.max(portion));
  }

  /// What an account's block still allows, in quote quantums.
  public record BlockBudget(BigInteger notional, BigInteger insurance) {}

  /// The rest of an account's block.
  ///
  /// @throws ArithmeticException if more was used than the limits allow, where the chain panics
  public static BlockBudget blockBudget(
      Parameters parameters, BigInteger notionalLiquidated, BigInteger insuranceLost) {
    return new BlockBudget(
        Uint.fit(parameters.maxNotionalPerBlock().subtract(notionalLiquidated)),
        Uint.fit(parameters.maxInsuranceLostPerBlock().subtract(insuranceLost)));
  }

  /// How many base quantums to close, with the sign against the position.
  ///
  /// @param blockNotional what the block still allows the account, quote quantums
  public static BigInteger sizeDelta(
      Parameters parameters,
      Perpetual perpetual,
      ClobPair pair,
      BigInteger position,
      BigInteger blockNotional) {
    BigInteger notional = notional(perpetual, position).abs();
    BigInteger cap = notionalLimits(parameters, notional).max().min(blockNotional);
    BigInteger step = pair.stepBaseQuantums();
    if (notional.compareTo(cap) <= 0 || position.abs().compareTo(step) <= 0) {
      return position.negate();
    }
    BigInteger size = Fraction.of(cap).over(perpetual.oraclePrice()).truncate();
    size = size.divide(step).multiply(step).max(step).min(position.abs());
    return position.signum() > 0 ? size.negate() : size;
  }

  /// The worst price that a liquidation order takes, quote quantums per base quantum, exactly.
  ///
  /// @param account risk of the account before the slice
  /// @param position the whole position, even where only a part is closed
  /// @throws ArithmeticException if the account has no requirement, the position is zero, or the
  ///   price would be below zero, where the chain panics
  public static Fraction fillablePrice(
      Parameters parameters, Risk account, Perpetual perpetual, BigInteger position) {
    Fraction health = new Fraction(account.netCollateral(), account.maintenance());
    Fraction rating = Fraction.ONE.minus(health).times(ppm(parameters.bankruptcyAdjustmentPpm()));
    Fraction spread =
        Fraction.of(maintenanceRequirement(perpetual, position))
            .times(ppm(parameters.spreadToMaintenanceMarginRatioPpm()));
    Fraction quote =
        Fraction.of(notional(perpetual, position))
            .minus(rating.max(Fraction.ZERO).min(Fraction.ONE).times(spread));
    Fraction price = quote.over(Fraction.of(position));
    if (price.signum() < 0) {
      throw new ArithmeticException("the fillable price is below zero: " + price);
    }
    return price;
  }

  /// A fillable price as subticks on the market's grid: up to the next tick when a long is sold,
  /// down when a short is bought back, kept between one tick and the largest tick of 64 bits.
  public static BigInteger subticks(Fraction fillablePrice, boolean sellsLong, ClobPair pair) {
    BigInteger scale = BigInteger.TEN.pow(Math.abs(pair.quantumConversionExponent()));
    Fraction subticks =
        pair.quantumConversionExponent() < 0
            ? fillablePrice.times(Fraction.of(scale))
            : fillablePrice.over(Fraction.of(scale));
    Fraction tick = Fraction.of(pair.subticksPerTick());
    Fraction rounded = sellsLong ? subticks.ceilTo(tick) : subticks.floorTo(tick);
    BigInteger highest = SUBTICKS_MAX.subtract(SUBTICKS_MAX.mod(pair.subticksPerTick()));
    return rounded.truncate().max(pair.subticksPerTick()).min(highest);
  }

  /// Quote quantums that an account gets (negative: pays) for a part of a position at the price at
  /// which its whole collateral is used up in proportion: `-dN - floor(TNC x |dMMR| / TMMR)`.
  ///
  /// @param account risk of the account before
  /// @param delta base quantums to close, with the sign against the position
  /// @throws ArithmeticException if the delta does not reduce the position, or the account has no
  ///   requirement
  public static BigInteger bankruptcyQuote(
      Risk account, Perpetual perpetual, BigInteger position, BigInteger delta) {
    requireReduction(position, delta);
    BigInteger rest = position.add(delta);
    BigInteger notional = notional(perpetual, rest).subtract(notional(perpetual, position));
    BigInteger freed =
        maintenanceRequirement(perpetual, position)
            .subtract(maintenanceRequirement(perpetual, rest));
    BigInteger collateral =
        new Fraction(account.netCollateral().multiply(freed), account.maintenance()).floor();
    return notional.negate().subtract(collateral);
  }

  /// Quote quantums of a fill: `floor(price x size)`, without sign.
  ///
  /// @param price quote quantums per base quantum
  public static BigInteger fillQuote(Fraction price, BigInteger baseQuantums) {
    return price.times(Fraction.of(baseQuantums.abs())).floor();
  }

  /// What the account pays the insurance fund for a fill (negative: what the fund pays).
  ///
  /// @param delta base quantums filled, with the sign against the position
  /// @param fillQuote quote quantums of the fill, without sign
  /// @throws ArithmeticException see [#bankruptcyQuote]
  public static BigInteger insuranceFundDelta(
      Parameters parameters,
      Risk account,
      Perpetual perpetual,
      BigInteger position,
      BigInteger delta,
      BigInteger fillQuote) {
    BigInteger received = delta.signum() < 0 ? fillQuote.abs() : fillQuote.abs().negate();
    BigInteger left = received.subtract(bankruptcyQuote(account, perpetual, position, delta));
    return left.signum() <= 0
        ? left
        : left.min(floorPpm(fillQuote.abs(), parameters.maxLiquidationFeePpm()));
  }

  /// An account after a fill.
  ///
  /// @param quoteBalance after the fill and the fund's delta, quote quantums
  /// @param insuranceFundDelta positive if the account paid, quote quantums
  /// @param notionalLiquidated the fill at the oracle price, which counts against the block
  public record Settlement(
      BigInteger quoteBalance,
      BigInteger position,
      BigInteger insuranceFundDelta,
      BigInteger notionalLiquidated) {}

  /// Settles a fill of a liquidation order; the liquidated account pays no trading fee.
  ///
  /// @param quoteBalance of the account before, quote quantums
  /// @throws ArithmeticException see [#bankruptcyQuote]
  public static Settlement settle(
      Parameters parameters,
      BigInteger quoteBalance,
      Risk account,
      Perpetual perpetual,
      BigInteger position,
      BigInteger delta,
      BigInteger fillQuote) {
    BigInteger fund =
        insuranceFundDelta(parameters, account, perpetual, position, delta, fillQuote);
    BigInteger received = delta.signum() < 0 ? fillQuote.abs() : fillQuote.abs().negate();
    return new Settlement(
        quoteBalance.add(received).subtract(fund),
        position.add(delta),
        fund,
        notional(perpetual, delta).abs());
  }

  /// Whether a fill may settle: its notional and the fund's loss are within the block, and the fund
  /// can pay.
  ///
  /// @param fundBalance of the market's insurance fund, quote quantums
  public static boolean maySettle(
      Settlement settlement, BlockBudget budget, BigInteger fundBalance) {
    BigInteger lost = settlement.insuranceFundDelta().negate();
    return settlement.notionalLiquidated().compareTo(budget.notional()) <= 0
        && (lost.signum() <= 0
            || (lost.compareTo(budget.insurance()) <= 0 && lost.compareTo(fundBalance) <= 0));
  }

  /// Which accounts of a list are tried in a block, in their order.
  ///
  /// @param offset drawn by chance, in `[0, count)`
  /// @throws ArithmeticException if the offset is negative
  public static List<Integer> attempts(Parameters parameters, int count, int offset) {
    Uint.fit(BigInteger.valueOf(offset));
    return IntStream.range(0, Math.min(count, parameters.attemptsPerBlock()))
        .mapToObj(i -> (int) (((long) i + offset) % count))
        .toList();
  }

  /// A liquidation order among those of a block.
  ///
  /// @param priceDifference `|fillable - oracle| / oracle`, both in subticks
  /// @param notional its size at the oracle price, quote quantums
  /// @param hash of the order, as an unsigned number
  public record RankedOrder(Fraction priceDifference, BigInteger notional, BigInteger hash) {
    /// The furthest from the oracle price first, then the largest, then by hash.
    public static final Comparator<RankedOrder> FURTHEST_FIRST =
        Comparator.comparing(RankedOrder::priceDifference, Comparator.reverseOrder())
            .thenComparing(RankedOrder::notional, Comparator.reverseOrder())
            .thenComparing(RankedOrder::hash);
  }

  /// Which position of an account is liquidated: the first from the offset that was not yet.
  ///
  /// @param perpetualIds of the account's positions, in their order
  /// @param liquidatedInBlock markets of this account that already were in this block
  /// @param offset drawn by chance, in `[0, count)`
  /// @return the place in the list; empty if none is left
  public static OptionalInt positionToLiquidate(
      List<Integer> perpetualIds, Set<Integer> liquidatedInBlock, int offset) {
    return IntStream.range(0, perpetualIds.size())
        .map(i -> (int) (((long) i + offset) % perpetualIds.size()))
        .filter(i -> !liquidatedInBlock.contains(perpetualIds.get(i)))
        .findFirst();
  }

  /// Whether withdrawals and transfers are shut.
  ///
  /// @param blocksSince blocks since an account below zero was last seen
  public static boolean withdrawalsGated(Parameters parameters, long blocksSince) {
    return blocksSince < parameters.withdrawalGateBlocks();
  }

  static void requireReduction(BigInteger position, BigInteger delta) {
    if (position.signum() * delta.signum() != -1 || delta.abs().compareTo(position.abs()) > 0) {
      throw new ArithmeticException(
          "a size of %s does not reduce a position of %s".formatted(delta, position));
    }
  }

  private static BigInteger floorPpm(BigInteger amount, long ppm) {
    return Uint.mulDivFloor(amount, BigInteger.valueOf(ppm), PPM);
  }

  private static Fraction ppm(long ppm) {
    return new Fraction(BigInteger.valueOf(ppm), PPM);
  }
}
