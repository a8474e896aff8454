package trimtab.rulebooks.derivatives;

import java.util.List;
import trimtab.rulebooks.number.Fraction;

/// OKX: partial liquidation by two tiers. Documented only; the documents state no rounding, so the
/// figures are exact.
///
/// **Trigger.** Margin ratio at or below 100 %: equity at or below the maintenance margin and the
/// liquidation fee (current text: "equal to or less"; the legacy text says lower than the rate).
///
/// **How much.** Tier 3 or above, and equity above what the lowest tier's rate would ask of the
/// same position: as many contracts as bring it down by two tiers, and again until the requirement
/// is met. Legacy rule: down to the first tier at once. In tiers 1 and 2, or at or below the lowest
/// tier's requirement: everything.
///
/// **Order.** Open orders are cancelled, then long and short of the same contract are closed
/// against each other, then the rest.
///
/// **Price.** Partial: slightly better than the market's (how much is not documented), for about a
/// minute, then anew. Full: taken over at the bankruptcy price, `mark - equity / size`.
///
/// **Fee.** The liquidation fee rate, documented as the taker fee of the account's level, on what
/// is liquidated; it is part of the requirement. The default of 0.05 % is the lowest level's, a
/// figure that the documents cited do not have. **Dust.** None is documented.
///
/// **Bad debt.** The risk reserve pays; what exceeds it was shared by the day's winners in
/// proportion to their net profits (legacy) and is deleveraged now.
///
/// **Requirement.** The rate of the tier holds for the whole position: it steps. Portfolio margin:
/// `max(MR, MR7)` per risk unit with MR = max(MR1, MR2, MR6) + MR3 + MR4 + MR5, and MR7 (the cost
/// of liquidation) times a multiplier that rises by tiers, of the increments alone.
///
/// Source: OKX support articles 360020411711 (forced partial liquidation, legacy), "Tiered
/// maintenance margin ratio rules", 4417291853837 (scaling of MR7) and "OKX will further adjust
/// portfolio margin parameters" (2025-01-02).
public final class Okx {
  private Okx() {}

  /// A position tier.
  ///
  /// @param maxContracts largest size
  /// @param maintenanceRate of the whole position
  public record Tier(Fraction maxContracts, Fraction maintenanceRate) {}

  /// What the venue sets.
  ///
  /// @param partialFromTier number of the lowest tier, from 1, in which liquidation is partial
  /// @param tiersDropped by one partial liquidation
  /// @param feeRate of the notional
  public record Parameters(int partialFromTier, int tiersDropped, Fraction feeRate) {
    /// Tier 3, two tiers; a taker fee of 0.05 %.
    public static final Parameters DOCUMENTED = new Parameters(3, 2, Fraction.parse("0.0005"));
  }

  /// Trigger: equity at or below the requirement and the fee.
  public static boolean isTriggered(Fraction equity, Fraction maintenance, Fraction fee) {
    return equity.compareTo(maintenance.plus(fee)) <= 0;
  }

  /// Legacy trigger: margin ratio below the rate of the tier, strictly.
  public static boolean isTriggeredLegacy(Fraction marginRatio, Fraction maintenanceRate) {
    return marginRatio.compareTo(maintenanceRate) < 0;
  }

  /// Index of the tier of a size, from 0: the lowest that holds it, the highest if none does.
  ///
  /// @throws IllegalArgumentException if there are no tiers
  public static int tierOf(List<Tier> tiers, Fraction contracts) {
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("a contract has a tier");
    }
    for (int i = 0; i < tiers.size(); i++) {
      if (contracts.abs().compareTo(tiers.get(i).maxContracts()) <= 0) {
        return i;
      }
    }
    return tiers.size() - 1;
  }

  /// Legacy size: all above the first tier, from the third tier on; everything below it.
  ///
  /// @param contracts held, without sign
  /// @param partialFromContracts least size of the third tier
  /// @param firstTierMax largest size of the first
  public static Fraction contractsToFirstTier(
      Fraction contracts, Fraction partialFromContracts, Fraction firstTierMax) {
    return contracts.compareTo(partialFromContracts) >= 0
        ? contracts.minus(firstTierMax)
        : contracts;
  }

  /// What is closed next.
  ///
  /// @param contracts without sign
  /// @param isFull whether all of it is taken over at the bankruptcy price
  public record Close(Fraction contracts, boolean isFull) {}

  /// Size: what brings the position down by two tiers, or everything.
  ///
  /// @param contracts without sign, above zero
  /// @param notional of all of them at the mark price, same currency as the equity
  public static Close close(
      List<Tier> tiers,
      Fraction contracts,
      Fraction notional,
      Fraction equity,
      Parameters parameters) {
    Fraction requirement = requirement(notional, tiers.getFirst().maintenanceRate(), parameters);
    Fraction size = contractsToClose(tiers, contracts, parameters);
    boolean isPartial = equity.compareTo(requirement) > 0 && size.compareTo(contracts) < 0;
    return new Close(isPartial ? size : contracts, !isPartial);
  }

  /// Size of an account that is above the lowest tier's requirement: the contracts above the tier
  /// that lies two below (at most the first), everything in tiers 1 and 2.
  ///
  /// @param contracts without sign
  public static Fraction contractsToClose(
      List<Tier> tiers, Fraction contracts, Parameters parameters) {
    int tier = tierOf(tiers, contracts);
    if (tier + 1 < parameters.partialFromTier()) {
      return contracts;
    }
    Tier target = tiers.get(Math.max(0, tier - parameters.tiersDropped()));
    return contracts.minus(target.maxContracts());
  }

  /// Requirement with the fee: `notional x (rate + fee rate)`.
  public static Fraction requirement(Fraction notional, Fraction rate, Parameters parameters) {
    return notional.times(rate.plus(parameters.feeRate()));
  }

  /// Order: what is closed of long and short against each other first.
  public static Fraction hedgedContracts(Fraction longs, Fraction shorts) {
    return longs.min(shorts);
  }

  /// Price of a takeover: where equity is zero.
  ///
  /// @param size negative for a short
  /// @throws ArithmeticException if the size is zero
  public static Fraction bankruptcyPrice(Fraction size, Fraction mark, Fraction equity) {
    return mark.minus(equity.over(size));
  }

  /// A tier of the cost of liquidation.
  ///
  /// @param upTo upper end of the raw margin, dollars; the last tier has none
  public record CostTier(Fraction upTo, Fraction multiplier) {}

  /// Tiers of BTC and ETH as of 2025 before their adjustment.
  public static final List<CostTier> BTC_COST_TIERS =
      List.of(
          cost(10_000, 1),
          cost(70_000, 2),
          cost(170_000, 4),
          cost(300_000, 6),
          cost(470_000, 8),
          cost(700_000, 10),
          cost(Long.MAX_VALUE, 12));

  private static CostTier cost(long upTo, long multiplier) {
    return new CostTier(Fraction.of(upTo), Fraction.of(multiplier));
  }

  /// Cost of liquidation, scaled: each increment of the raw margin times its tier's multiplier;
  /// what is above the last tier's end has the last multiplier.
  ///
  /// @throws IllegalArgumentException if there are no tiers, or their ends do not rise
  public static Fraction scaledCost(List<CostTier> tiers, Fraction raw) {
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("the cost of liquidation has a tier");
    }
    Fraction scaled = Fraction.ZERO;
    Fraction from = Fraction.ZERO;
    for (int i = 0; i < tiers.size(); i++) {
      CostTier tier = tiers.get(i);
      if (tier.upTo().compareTo(from) < 0) {
        throw new IllegalArgumentException("tiers end at rising margins, not at " + tier.upTo());
      }
      Fraction to = i == tiers.size() - 1 ? raw : raw.min(tier.upTo());
      scaled = scaled.plus(to.minus(from).max(Fraction.ZERO).times(tier.multiplier()));
      from = tier.upTo();
    }
    return scaled;
  }

  /// Portfolio margin without the cost of liquidation: `max(MR1, MR2, MR6) + MR3 + MR4 + MR5`.
  public static Fraction portfolioRisk(
      Fraction mr1, Fraction mr2, Fraction mr3, Fraction mr4, Fraction mr5, Fraction mr6) {
    return mr1.max(mr2).max(mr6).plus(mr3).plus(mr4).plus(mr5);
  }

  /// Maintenance requirement of a risk unit: the larger of both.
  public static Fraction portfolioMaintenance(Fraction risk, Fraction cost) {
    return risk.max(cost);
  }

  /// Bad debt (legacy): what an account in profit pays of a loss beyond the reserve, in proportion
  /// to its net profit of the day, at most all of it.
  ///
  /// @param profits of all accounts in profit, positive
  /// @throws ArithmeticException if nobody is in profit
  public static Fraction clawback(
      Fraction loss, Fraction reserve, Fraction profit, Fraction profits) {
    Fraction beyond = loss.minus(reserve).max(Fraction.ZERO);
    return profit.times(beyond.over(profits).min(Fraction.ONE));
  }
}
