package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trimtab.rulebooks.derivatives.DriftV2;
import trimtab.rulebooks.derivatives.DriftV2.Margin;
import trimtab.rulebooks.derivatives.DriftV2.Parameters;
import trimtab.rulebooks.derivatives.DriftV2.PerpMarket;
import trimtab.rulebooks.derivatives.DriftV2.PerpPosition;
import trimtab.rulebooks.derivatives.DriftV2Bankruptcy;
import trimtab.rulebooks.derivatives.DriftV2Perps;
import trimtab.rulebooks.derivatives.DriftV2Perps.Call;
import trimtab.rulebooks.derivatives.DriftV2Perps.Outcome;
import trimtab.rulebooks.derivatives.DriftV2Perps.PerpAccount;
import trimtab.rulebooks.derivatives.DriftV2Perps.Progress;
import trimtab.rulebooks.derivatives.DriftV2Spot;
import trimtab.rulebooks.derivatives.DriftV2Spot.Leg;

/// The kinds of cases of Drift v2.
final class DriftKinds {
  private static final int RATIO = 4;
  private static final int QUOTE = 6;
  private static final int BASE = 9;
  private static final int FUNDING = 9;
  private static final int SLOTS_MAX = 10_000;
  private static final BigInteger ONE = BigInteger.TEN.pow(QUOTE);

  private DriftKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.ofEntries(
        Map.entry("Drift v2/close_size_to_cover_shortage", DriftKinds::closeSize),
        Map.entry("Drift v2/liability_transfer_to_cover_shortage", DriftKinds::liabilityTransfer),
        Map.entry("Drift v2/liability_implied_by_asset", DriftKinds::liabilityImplied),
        Map.entry("Drift v2/asset_for_liability", DriftKinds::assetForLiability),
        Map.entry("Drift v2/self_limiting_insurance_fee", DriftKinds::insuranceFee),
        Map.entry("Drift v2/self_limiting_insurance_fee_spot", DriftKinds::insuranceFeeSpot),
        Map.entry("Drift v2/time_ramped_liquidator_fee", DriftKinds::liquidatorFee),
        Map.entry("Drift v2/time_throttle", DriftKinds::throttle),
        Map.entry("Drift v2/socialised_loss_funding_delta", DriftKinds::fundingDelta),
        Map.entry("Drift v2/socialised_loss_deposit_interest", DriftKinds::depositInterest),
        Map.entry("Drift v2/end_to_end_time_sliced", DriftKinds::timeSliced),
        Map.entry("Drift v2/end_to_end_small_shortage", DriftKinds::smallShortage),
        Map.entry("Drift v2/end_to_end_fee_cut", DriftKinds::feeCut),
        Map.entry("Drift v2/end_to_end_socialised_loss", DriftKinds::socialisedLoss));
  }

  private static Value.Table closeSize(Inputs in) {
    return Value.Table.empty()
        .with(
            "base_amount_1e9",
            DriftV2Perps.baseToCover(
                in.integer("margin_shortage_1e6"),
                in.integer("margin_ratio_bps"),
                in.integer("liquidator_fee_1e6", BigInteger.ZERO),
                in.integer("if_fee_1e6", BigInteger.ZERO),
                in.integer("oracle_price_1e6"),
                in.integer("quote_price_1e6", ONE)));
  }

  private static Value.Table liabilityTransfer(Inputs in) {
    return Value.Table.empty()
        .with(
            "liability_transfer",
            DriftV2Spot.liabilityToCover(
                in.integer("margin_shortage_1e6"),
                asset(in),
                liability(in),
                in.integer("if_fee_1e6", BigInteger.ZERO)));
  }

  private static Value.Table liabilityImplied(Inputs in) {
    return Value.Table.empty()
        .with(
            "liability_transfer",
            DriftV2Spot.liabilityForAsset(in.integer("asset_amount"), asset(in), liability(in)));
  }

  private static Value.Table assetForLiability(Inputs in) {
    return Value.Table.empty()
        .with(
            "asset_transfer",
            DriftV2Spot.assetForLiability(
                in.integer("asset_amount"),
                asset(in),
                in.integer("liability_amount"),
                liability(in)));
  }

  private static Value.Table insuranceFee(Inputs in) {
    return Value.Table.empty()
        .with(
            "if_fee_1e6",
            DriftV2Perps.insuranceFee(
                Scaled.of(in, "margin_shortage_usd", QUOTE),
                Scaled.of(in, "base", BASE).abs(),
                in.integer("margin_ratio_bps"),
                in.integer("liquidator_fee_1e6", BigInteger.ZERO),
                Scaled.of(in, "oracle_usd", QUOTE),
                Scaled.of(in, "quote_usd", QUOTE, ONE),
                in.integer("max_if_fee_1e6")));
  }

  private static Value.Table insuranceFeeSpot(Inputs in) {
    Leg liability =
        new Leg(
            in.integer("liability_weight_1e4"),
            in.integer("liability_multiplier_1e6", ONE),
            in.integer("decimals").intValueExact(),
            in.integer("price_1e6"));
    return Value.Table.empty()
        .with(
            "if_fee_1e6",
            DriftV2Spot.insuranceFee(
                Scaled.of(in, "margin_shortage_usd", QUOTE),
                in.integer("token_amount"),
                asset(in),
                liability,
                in.integer("max_if_fee_1e6")));
  }

  private static Value.Table liquidatorFee(Inputs in) {
    Parameters usual = Parameters.DEFAULT;
    Parameters parameters =
        new Parameters(
            usual.bufferRatio1e4(),
            usual.initialShare1e4(),
            usual.durationSlots(),
            usual.smallShortage1e6(),
            usual.smallPosition1e6(),
            usual.smallLiability1e6(),
            in.integer("grace_slots", usual.feeGraceSlots()),
            in.integer("per_slot_1e6", usual.feeIncreasePerSlot1e6()),
            usual.orderRequirement1e6(),
            usual.twapDivergence1e6());
    return Value.Table.empty()
        .with(
            "fee_1e6",
            DriftV2Perps.liquidatorFee(
                in.integer("base_fee_1e6"),
                in.integer("max_fee_1e6"),
                in.integer("last_active_slot", BigInteger.ZERO),
                in.integer("slot"),
                parameters));
  }

  private static Value.Table throttle(Inputs in) {
    Parameters usual = Parameters.DEFAULT;
    Parameters parameters =
        new Parameters(
            usual.bufferRatio1e4(),
            in.integer("initial_pct_1e4", usual.initialShare1e4()),
            in.integer("duration_slots", usual.durationSlots()),
            Scaled.of(in, "small_shortage_usd", QUOTE, usual.smallShortage1e6()),
            usual.smallPosition1e6(),
            usual.smallLiability1e6(),
            usual.feeGraceSlots(),
            usual.feeIncreasePerSlot1e6(),
            usual.orderRequirement1e6(),
            usual.twapDivergence1e6());
    return Value.Table.empty()
        .with(
            "pct_1e4",
            DriftV2.maxShare(
                Scaled.of(in, "margin_shortage_usd", QUOTE),
                Scaled.of(in, "margin_freed_usd", QUOTE, BigInteger.ZERO),
                in.integer("slots_elapsed"),
                parameters));
  }

  private static Value.Table fundingDelta(Inputs in) {
    return Value.Table.empty()
        .with(
            "cumulative_funding_delta_1e9",
            DriftV2Bankruptcy.fundingDelta(
                Scaled.of(in, "loss_usd", QUOTE),
                Scaled.of(in, "long_base", BASE),
                Scaled.of(in, "short_base", BASE)));
  }

  private static Value.Table depositInterest(Inputs in) {
    return Value.Table.empty()
        .with(
            "delta_1e10",
            DriftV2Bankruptcy.depositInterestDelta(
                Scaled.of(in, "loss_usd", QUOTE),
                Scaled.of(in, "total_deposits_usd", QUOTE),
                in.integer("cumulative_interest_1e10")));
  }

  private static Value.Table timeSliced(Inputs in) {
    PerpMarket market = market(in);
    Parameters parameters = parameters(in, Parameters.DEFAULT.initialShare1e4());
    List<BigInteger> slots = in.integers("slots");
    if (slots.size() > SLOTS_MAX) {
      throw new IllegalArgumentException("more than " + SLOTS_MAX + " slots");
    }
    PerpAccount account = account(in, parameters);
    List<Value> steps = new ArrayList<>();
    for (BigInteger slot : slots) {
      Call call = call(in, slot);
      account = DriftV2Perps.liquidate(account, market, parameters, call).account();
      Value.Table step =
          Value.Table.empty()
              .with("slot", slot)
              .with("base", Scaled.back(account.position().base1e9(), BASE));
      steps.add(progress(step, account, market, parameters, call));
    }
    return Value.Table.empty().with("steps", new Value.Items(steps));
  }

  private static Value.Table progress(
      Value.Table step, PerpAccount account, PerpMarket market, Parameters parameters, Call call) {
    if (!account.progress().active()) {
      return step.with("margin_freed_usd", "0 (exited)");
    }
    BigInteger freed = account.progress().freed1e6();
    Margin margin = DriftV2Perps.margin(account, market, parameters, call);
    return step.with("margin_freed_usd", Scaled.back(freed, QUOTE))
        .with("pct_freed_1e6", DriftV2.progressPpm(margin, freed));
  }

  private static Value.Table smallShortage(Inputs in) {
    Outcome outcome = single(in, Parameters.DEFAULT.initialShare1e4());
    return Value.Table.empty()
        .with("base_after", Scaled.back(outcome.account().position().base1e9(), BASE))
        .with("exited", !outcome.account().progress().active());
  }

  private static Value.Table feeCut(Inputs in) {
    Outcome outcome = single(in, DriftV2.MARGIN_PRECISION);
    return Value.Table.empty()
        .with("insurance_fee_usd", Scaled.back(outcome.insuranceFee1e6(), QUOTE))
        .with("liquidator_fee_usd", Scaled.back(outcome.liquidatorFee1e6(), QUOTE))
        .with("base_after", Scaled.back(outcome.account().position().base1e9(), BASE))
        .with("exited", !outcome.account().progress().active());
  }

  private static Value.Table socialisedLoss(Inputs in) {
    BigInteger longBase = Scaled.of(in, "other_long_base", BASE);
    BigInteger shortBase = Scaled.of(in, "other_short_base", BASE);
    BigInteger loss = Scaled.of(in, "loss_usd", QUOTE).abs();
    DriftV2Bankruptcy.PerpResolution resolution =
        DriftV2Bankruptcy.resolvePerp(
            loss,
            Scaled.of(in, "insurance_vault_usd", QUOTE, BigInteger.ZERO),
            Scaled.of(in, "max_insurance_usd", QUOTE, loss),
            Scaled.of(in, "fee_pool_usd", QUOTE, BigInteger.ZERO),
            longBase,
            shortBase);
    BigInteger delta = resolution.fundingDelta1e9();
    BigInteger before = Scaled.of(in, "cumulative_funding_before", FUNDING);
    return Value.Table.empty()
        .with("cumulative_funding_after", Scaled.back(before.add(delta), FUNDING))
        .with(
            "long_holder_loss_usd",
            Scaled.back(DriftV2Bankruptcy.fundingPayment(delta, longBase), QUOTE))
        .with(
            "short_holder_loss_usd",
            Scaled.back(DriftV2Bankruptcy.fundingPayment(delta, shortBase), QUOTE));
  }

  private static Outcome single(Inputs in, BigInteger initialShare1e4) {
    Parameters parameters = parameters(in, initialShare1e4);
    return DriftV2Perps.liquidate(
        account(in, parameters),
        market(in),
        parameters,
        call(in, in.integer("slot", BigInteger.ONE)));
  }

  private static PerpAccount account(Inputs in, Parameters parameters) {
    BigInteger deposit = Scaled.of(in, "deposit_usd", QUOTE);
    BigInteger bids = Scaled.of(in, "open_bid_base", BASE, BigInteger.ZERO);
    BigInteger asks = Scaled.of(in, "open_ask_base", BASE, BigInteger.ZERO).abs().negate();
    int orders = bids.signum() + asks.abs().signum();
    PerpPosition position =
        new PerpPosition(
            Scaled.of(in, "base", BASE), Scaled.of(in, "quote_usd", QUOTE), bids, asks, orders);
    return new PerpAccount(
        Margin.empty(parameters.bufferRatio1e4()).plusCollateral(deposit),
        position,
        deposit.signum() > 0,
        Progress.NONE);
  }

  private static Call call(Inputs in, BigInteger slot) {
    return new Call(
        slot,
        Scaled.of(in, "oracle_usd", QUOTE),
        Scaled.of(in, "quote_oracle_usd", QUOTE, ONE),
        Scaled.of(in, "liquidator_max_base", BASE, DriftV2Perps.UNLIMITED));
  }

  private static PerpMarket market(Inputs in) {
    PerpMarket usual = PerpMarket.DEFAULT;
    return new PerpMarket(
        Scaled.of(in, "maintenance_ratio", RATIO, usual.maintenanceRatio1e4()),
        usual.imfFactor1e6(),
        Scaled.of(in, "liquidator_fee", QUOTE, usual.liquidatorFee1e6()),
        Scaled.of(in, "if_fee_max", QUOTE, usual.insuranceFeeMax1e6()),
        Scaled.of(in, "step_base", BASE, usual.stepSize1e9()),
        usual.profitWeight1e4());
  }

  private static Parameters parameters(Inputs in, BigInteger initialShare1e4) {
    Parameters usual = Parameters.DEFAULT;
    return usual.with(
        Scaled.of(in, "buffer_ratio", RATIO, usual.bufferRatio1e4()),
        Scaled.of(in, "initial_pct", RATIO, initialShare1e4),
        in.integer("duration_slots", usual.durationSlots()));
  }

  private static Leg asset(Inputs in) {
    return new Leg(
        in.integer("asset_weight_1e4", BigInteger.ZERO),
        in.integer("asset_multiplier_1e6", ONE),
        in.integer("asset_decimals", BigInteger.valueOf(QUOTE)).intValueExact(),
        in.integer("asset_price_1e6", ONE));
  }

  private static Leg liability(Inputs in) {
    return new Leg(
        in.integer("liability_weight_1e4", BigInteger.ZERO),
        in.integer("liability_multiplier_1e6", ONE),
        in.integer("liability_decimals").intValueExact(),
        in.integer("liability_price_1e6"));
  }
}
