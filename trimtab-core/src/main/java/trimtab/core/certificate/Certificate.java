package trimtab.core.certificate;

import java.util.List;

/// A self-contained proof of one liquidation decision: everything needed to recompute it, and what
/// it claims. Only numbers and names; whoever checks it needs no other input and no code of ours.
///
/// Amounts are integers. A *value unit* is `10^-valueDecimals` of the settlement currency and
/// `exactScale` *exact units*; a balance's `unitValue` is the exact units per unit at the mark.
/// Rates and levels are parts per million. `excess` and bounds are exact integers in exact units x
/// parts per million squared: `(B - O) x 10^6 - (level - 10^6) x base`.
///
/// @param version of this format
/// @param account the owner's name for it
/// @param rulebook name of the rule that decided
/// @param asOfNanos instant of the marks
/// @param valueDecimals scale of the value unit
/// @param exactScale exact units per value unit
/// @param netted whether what is held of an asset is set off against what is owed of it
/// @param terms levels and penalty rates of the rule
/// @param balances first the settlement currency (also when it is zero), then the other assets
/// @param positions perpetuals
/// @param stages what is closed, in order; each stage starts from the state the one before left
/// @param claim what is proven
public record Certificate(
    int version,
    String account,
    String rulebook,
    long asOfNanos,
    int valueDecimals,
    long exactScale,
    boolean netted,
    Terms terms,
    List<BalanceLine> balances,
    List<PositionLine> positions,
    List<Stage> stages,
    Claim claim) {
  /// The format's version.
  public static final int VERSION = 2;

  /// Copies the lists. Whether the numbers are right is for the checker to say.
  public Certificate {
    balances = List.copyOf(balances);
    positions = List.copyOf(positions);
    stages = List.copyOf(stages);
  }

  /// A certificate in value units, of an account whose balances are netted.
  public Certificate(
      int version,
      String account,
      String rulebook,
      long asOfNanos,
      int valueDecimals,
      Terms terms,
      List<BalanceLine> balances,
      List<PositionLine> positions,
      List<Stage> stages,
      Claim claim) {
    this(
        version,
        account,
        rulebook,
        asOfNanos,
        valueDecimals,
        1,
        true,
        terms,
        balances,
        positions,
        stages,
        claim);
  }

  /// The terms that hold for the whole certificate.
  ///
  /// @param base `obligation`, `requirement` or `auto` (obligation while nothing requires margin)
  /// @param thresholdPpm breach below this level
  /// @param targetPpm level to be restored
  /// @param positionPenaltyPpm penalty on the base of perpetuals
  /// @param pairPenaltyPpm penalty on the base of pairs
  /// @param penaltyCapped whether the penalty is at most the allowed loss minus the cost, and not
  ///   negative. Sizes are judged without the cap. The allowed loss of a perpetual: `floor(E (R -
  ///   R') / R)` with E the weighted nets without the requirement R, and R' once the quantity is
  ///   closed; what exceeds a positive settlement net is divided by its debt weight, rounded down;
  ///   0 when E <= 0. Of a pair: equity, at least 0, when R = 0; else `floor(value x (debtWeight -
  ///   assetWeight) / debtWeight)`.
  /// @param positionPenaltyBase `notional`: the value closed; `requirement`: `R - R'`;
  ///   `improvement`: the allowed loss minus the cost, at least 0; `stated`: see [#STATED]
  /// @param pairPenaltyBase `repaid`: the value repaid; `obligation`: that at the debt weight, the
  ///   rate rounded down; `seized`: the value of the collateral sold
  /// @param rateSource what the two rates follow from
  public record Terms(
      String base,
      long thresholdPpm,
      long targetPpm,
      long positionPenaltyPpm,
      long pairPenaltyPpm,
      boolean penaltyCapped,
      String positionPenaltyBase,
      String pairPenaltyBase,
      RateSource rateSource) {
    public static final String NOTIONAL = "notional";
    public static final String REQUIREMENT = "requirement";
    public static final String IMPROVEMENT = "improvement";
    public static final String REPAID = "repaid";
    public static final String OBLIGATION = "obligation";
    public static final String SEIZED = "seized";

    /// The rule states the amount of each stage in its own units; it is taken as given.
    public static final String STATED = "stated";

    /// Constant rates of closed notional and repaid value.
    public Terms(
        String base,
        long thresholdPpm,
        long targetPpm,
        long positionPenaltyPpm,
        long pairPenaltyPpm,
        boolean penaltyCapped) {
      this(
          base,
          thresholdPpm,
          targetPpm,
          positionPenaltyPpm,
          pairPenaltyPpm,
          penaltyCapped,
          NOTIONAL,
          REPAID,
          new RateSource.Given());
    }
  }

  /// What penalty rates follow from.
  public sealed interface RateSource {
    /// Constants of the rule.
    record Given() implements RateSource {}

    /// Rates that move along a course from one pair of rates to another, `from + floor((to - from)
    /// x part)`, are then measured, and cut.
    ///
    /// @param course `fixed`: part is 0; `severity`: part is severity, see
    ///   [Claim.Share.BySeverity]; `auction`: part is the time since the episode opened over the
    ///   duration, 0 to 1
    /// @param durationNanos of an auction, else 0
    /// @param measure `base`: the rate as it is; `bonus`: `floor(rate x bonus)`; `portfolio`:
    ///   `floor( rate x equity / R)` for perpetuals, over O for pairs, below 1 and not negative
    /// @param bonusPpm with `bonus`
    /// @param maximumPpm no rate is above it
    /// @param solvencySharePpm the rate of pairs is at most `floor(share x equity / (O - R))`,
    ///   below 1; 0 is no bound
    /// @param ceilingPpm to which both rates were cut because a close at the higher ones would not
    ///   have helped; 1,000,000 where they were not
    record Computed(
        String course,
        long fromPositionPpm,
        long fromPairPpm,
        long toPositionPpm,
        long toPairPpm,
        long openedNanos,
        long durationNanos,
        String measure,
        long bonusPpm,
        long maximumPpm,
        long solvencySharePpm,
        long ceilingPpm)
        implements RateSource {
      public static final String FIXED = "fixed";
      public static final String SEVERITY = "severity";
      public static final String AUCTION = "auction";
      public static final String BASE = "base";
      public static final String BONUS = "bonus";
      public static final String PORTFOLIO = "portfolio";
    }
  }

  /// A balance. What moves with payments, its *cash*, is `(amount - debt) x unitValue` and the
  /// profit of the positions settled in it as it counts; without netting the debt stands by itself.
  /// Cash counts at `weights` when positive, at `debtWeightPpm` when negative, as the debt does.
  /// The settlement currency's unit is the value unit and its asset weight 1.
  ///
  /// @param weights of a holding: each of the part of it inside its tier; one, if contracts settle
  ///   in it
  public record BalanceLine(
      String asset,
      int decimals,
      long amount,
      long debt,
      long unitValue,
      List<WeightLine> weights,
      long debtWeightPpm) {
    /// Copies the lists.
    public BalanceLine {
      weights = List.copyOf(weights);
    }

    /// A balance with one weight for every size.
    public BalanceLine(
        String asset,
        int decimals,
        long amount,
        long debt,
        long unitValue,
        long assetWeightPpm,
        long debtWeightPpm) {
      this(
          asset,
          decimals,
          amount,
          debt,
          unitValue,
          List.of(new WeightLine(0, assetWeightPpm)),
          debtWeightPpm);
    }

    /// The weight of the first part of a holding.
    public long assetWeightPpm() {
      return weights.getFirst().weightPpm();
    }
  }

  /// A tier of collateral: the weight of the part of a holding above `fromAmount`.
  public record WeightLine(long fromAmount, long weightPpm) {}

  /// A position. Its *amount* is `quantity x perUnit / price`, rounded up, in cost units; its
  /// profit `amount - cost`, or `cost - amount` for an inverse contract. Of a gain `pnlWeightPpm`
  /// counts, rounded down. Its notional is `size x perUnit x costUnitValue / price` exact units.
  ///
  /// @param settlement index of the balance that pays
  /// @param price 1 for a linear contract, whose `perUnit` contains the price
  /// @param costUnitValue exact units per cost unit
  /// @param costPerUnit cost units per unit of the asset that pays
  /// @param stepped whether the rate of the highest tier that the notional exceeds applies to all
  ///   of the notional; else each rate applies to the part of the notional inside its tier
  /// @param tiers none for a contract that was delivered: it requires nothing and cannot be closed
  public record PositionLine(
      String market,
      int quantityDecimals,
      long quantity,
      long cost,
      int settlement,
      boolean inverse,
      long perUnit,
      long price,
      long costUnitValue,
      long costPerUnit,
      long pnlWeightPpm,
      boolean stepped,
      List<TierLine> tiers) {
    /// Copies the lists.
    public PositionLine {
      tiers = List.copyOf(tiers);
    }

    /// A linear contract in the settlement currency, on a scale where the exact unit is the value
    /// unit.
    public PositionLine(
        String market,
        int quantityDecimals,
        long quantity,
        long cost,
        long unitValue,
        boolean stepped,
        List<TierLine> tiers) {
      this(
          market,
          quantityDecimals,
          quantity,
          cost,
          0,
          false,
          unitValue,
          1,
          1,
          1,
          1_000_000,
          stepped,
          tiers);
    }
  }

  /// A margin tier: its rate and the notional above which it begins.
  public record TierLine(long fromValue, long ratePpm) {}

  /// The leg of a stage.
  ///
  /// @param instrument the market that is closed, or the collateral asset that is sold
  /// @param debt the asset whose debt is repaid; empty for a perpetual
  public record StageLeg(String instrument, String debt) {
    /// Whether collateral is sold to repay a debt, rather than a position closed.
    public boolean isPair() {
      return !debt.isEmpty();
    }
  }

  /// One leg closed.
  ///
  /// Admissible quantities are the multiples of `lot` from the least worth `minimumOrderValue` to
  /// the largest that leaves `dustValue`, and `size` itself. Notionals in value units are rounded
  /// up. For a pair, `size` is the least multiple of `lot` within the curve whose proceeds repay
  /// the whole debt with the uncapped penalty, or the whole net balance if that is not enough. Of
  /// proceeds p the debt falls by `floor(p / (1 + rate))` (with the base `seized` by p less the
  /// penalty), or by what a capped penalty leaves of p, at most by what is owed; that is cut to
  /// whole units of the debt, and the rest goes to the settlement currency.
  ///
  /// @param size the whole leg
  /// @param lot step
  /// @param minimumOrderValue least value of a partial closing
  /// @param dustValue a remainder worth less may not be left
  /// @param capSharePpm no more than this share of the size may be closed (10^6: no cap)
  /// @param feePpm exchange fee on the notional, rounded up, part of the cost
  /// @param curve cost of trading, relative to the mark
  /// @param quantity what is closed; 0 for a leg whose depth is below its smallest admissible
  ///   quantity
  /// @param cost curve and fee at `quantity`, rounded up each
  /// @param penalty what the rule takes, rounded up before the cap; for a pair the rate on what is
  ///   repaid before that is cut to whole units
  /// @param repaid value by which the debt falls
  /// @param segments ranges of quantities, each linear, in which every size fails
  /// @param points single quantities that fail
  public record Stage(
      StageLeg leg,
      long size,
      long lot,
      long minimumOrderValue,
      long dustValue,
      long capSharePpm,
      long feePpm,
      CurveLine curve,
      long quantity,
      long cost,
      long penalty,
      long repaid,
      List<FailingSegment> segments,
      List<FailingPoint> points) {
    /// Copies the lists.
    public Stage {
      segments = List.copyOf(segments);
      points = List.copyOf(points);
    }
  }

  /// A cost curve: piece `i` covers `knots[i-1] + 1` to `knots[i]` and runs straight from
  /// `starts[i]` (the limit just above the previous knot) to `ends[i]`; the cost is rounded up.
  public record CurveLine(List<Long> knots, List<Long> starts, List<Long> ends) {
    /// Copies the lists.
    public CurveLine {
      knots = List.copyOf(knots);
      starts = List.copyOf(starts);
      ends = List.copyOf(ends);
    }
  }

  /// A range of quantities in which no size restores the target. Between its ends nothing breaks
  /// (no tier, no curve knot), so without rounding the excess is linear there, or below the linear
  /// function named by `settlementPositive`: the settlement currency's net counted at its asset
  /// weight (true) or at its debt weight (false) whatever its sign. Upper bounds of that function
  /// at both ends are negative, so every size between fails. For a pair they stay negative when
  /// less than one value unit of unpaid penalty, and less than one unit of the debt at the
  /// difference of the two weights, is added: so much can rounding down what is repaid lift the
  /// exact excess. The quantities lie below the whole leg, where the base cannot change.
  ///
  /// @param boundFrom upper bound of the excess at `from`, an integer as text
  /// @param boundTo upper bound of the excess at `to`
  public record FailingSegment(
      long from, long to, boolean settlementPositive, String boundFrom, String boundTo) {}

  /// A quantity below the whole leg whose exact excess, all roundings included and the penalty not
  /// capped, is negative.
  public record FailingPoint(long quantity, String excess) {}

  /// How legs were chosen in an account that has several, and the proof that no choice is much
  /// better: with a multiplier `m >= 0`, no combination counts less than `m x (minus the excess
  /// before) + sum over legs of min(0, value - m x relief)`, the least over the quantities of each
  /// leg, for the reliefs of legs add up to at least what is needed. Values are lower bounds
  /// without rounding, penalties at the uncapped rate; reliefs are upper bounds of the rise of the
  /// excess, with the settlement currency's net at one weight throughout.
  ///
  /// Both are linear between break-points (tiers, knots of the curve), so the ends of pieces
  /// decide: of a position over its admissible quantities, of a pair over all that is held, as
  /// others may have repaid its debt. Where several pairs sell one collateral, its curve is
  /// replaced by its lower convex hull from nothing. The last lot of a pair may repay nothing: its
  /// proceeds count as relief at the settlement currency's weight where that is more, and bear no
  /// penalty.
  ///
  /// @param order `least-cost`; `proportional`: of each leg the least admissible quantity that is
  ///   at least the share, within close factor and depth; `hedge-preserving`: no exposure grows
  /// @param objective `cost` (cost and penalty) or `notional`: what is counted
  /// @param value of the stages
  /// @param lowerBound not above what was said, at least 0; the gap is what `value` exceeds it by
  /// @param multiplier a fraction as text, value units per unit of excess
  /// @param settlementPositive whether the settlement net counts at its asset weight (true) or at
  ///   its debt weight (false)
  /// @param capSharePpm no more than this share of a leg may be closed
  /// @param share of every leg where the order is proportional, a fraction as text; else `1/1`
  /// @param legs every leg of the account before anything is closed: each position, and each pair
  ///   of a net debt and a net collateral
  /// @param exposures what moves with the same price; where the order is hedge-preserving each
  ///   position and asset but the settlement currency stands in one of them
  public record ChoiceLine(
      String order,
      String objective,
      long value,
      long lowerBound,
      String multiplier,
      boolean settlementPositive,
      long capSharePpm,
      String share,
      List<LegLine> legs,
      List<ExposureLine> exposures) {
    /// Copies the lists.
    public ChoiceLine {
      legs = List.copyOf(legs);
      exposures = List.copyOf(exposures);
    }
  }

  /// A leg that could be closed; see [Stage] for the meaning of its numbers.
  public record LegLine(
      StageLeg leg,
      long lot,
      long minimumOrderValue,
      long dustValue,
      long feePpm,
      CurveLine curve) {}

  /// Positions and assets that move with one price. Their exposure is the sum of the values at the
  /// mark, each with its sign.
  public record ExposureLine(String feed, List<String> markets, List<String> assets) {
    /// Copies the lists.
    public ExposureLine {
      markets = List.copyOf(markets);
      assets = List.copyOf(assets);
    }
  }
}
