package trimtab.core.plan;

import java.util.List;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.settlement.Closing;

/// Where an account stands while it is being planned: everything that does not change along a leg.
/// What follows from it (health, legs) is computed once, when it is first asked for; used by one
/// thread.
final class Standing {
  private final Account account;
  private final Marks marks;
  private final HealthModel model;
  private final PenaltyTerms terms;
  private final CostCurves curves;
  private final long targetPpm;
  private final Wide bar;
  private Optional<Health> health = Optional.empty();
  private List<LegLine> lines = List.of();

  /// @param account the account before the next closing
  /// @param marks prices
  /// @param model health
  /// @param terms penalty
  /// @param curves what trading costs
  /// @param targetPpm level to be restored
  /// @param bar excess over the target from which on it counts as restored: 0, or negative where
  ///   only a share of the shortfall is to be removed
  Standing(
      Account account,
      Marks marks,
      HealthModel model,
      PenaltyTerms terms,
      CostCurves curves,
      long targetPpm,
      Wide bar) {
    this.account = account;
    this.marks = marks;
    this.model = model;
    this.terms = terms;
    this.curves = curves;
    this.targetPpm = targetPpm;
    this.bar = bar;
  }

  Standing(
      Account account,
      Marks marks,
      HealthModel model,
      PenaltyTerms terms,
      CostCurves curves,
      long targetPpm) {
    this(account, marks, model, terms, curves, targetPpm, Wide.ZERO);
  }

  /// The same, where the health of the account is known.
  Standing knowing(Health known) {
    health = Optional.of(known);
    return this;
  }

  Account account() {
    return account;
  }

  Marks marks() {
    return marks;
  }

  HealthModel model() {
    return model;
  }

  PenaltyTerms terms() {
    return terms;
  }

  CostCurves curves() {
    return curves;
  }

  long targetPpm() {
    return targetPpm;
  }

  Wide bar() {
    return bar;
  }

  /// The same account, in another respect.
  private Standing alike(PenaltyTerms otherTerms, CostCurves otherCurves, Wide otherBar) {
    Standing other =
        new Standing(account, marks, model, otherTerms, otherCurves, targetPpm, otherBar);
    other.health = health;
    return other;
  }

  /// The same state where less is enough.
  Standing withBar(Wide lower) {
    return alike(terms, curves, lower);
  }

  /// The same state at another penalty.
  Standing withTerms(PenaltyTerms other) {
    return alike(other, curves, bar);
  }

  /// The state that a closing leaves, depth included.
  Standing after(Closing closing) {
    CostCurves left = UsedDepth.after(closing, curves);
    return new Standing(closing.account(), marks, model, terms, left, targetPpm, bar);
  }

  /// The same state where no penalty is capped: as sizes are judged.
  Standing uncapped() {
    return withTerms(
        new PenaltyTerms(
            terms.positionPpm(),
            terms.pairPpm(),
            terms.positionBase(),
            terms.pairBase(),
            PenaltyTerms.Cap.NONE,
            terms.split()));
  }

  Standing with(CostCurves other) {
    return alike(terms, other, bar);
  }

  Health health() {
    if (health.isEmpty()) {
      health = Optional.of(model.assess(account, marks));
    }
    return health.get();
  }

  /// See [LegSequence#lines(Standing)].
  List<LegLine> lines() {
    if (lines.isEmpty()) {
      lines = LegSequence.lines(this);
    }
    return lines;
  }

  Listing listing() {
    return model.listing();
  }

  /// See [HealthModel#cash(trimtab.core.account.AccountView, Marks, int)].
  Wide cash(int asset) {
    return model.cash(account, marks, asset);
  }

  /// See [HealthModel#fixedDebt(trimtab.core.account.AccountView, Marks, int)].
  Wide fixedDebt(int asset) {
    return model.fixedDebt(account, marks, asset);
  }

  /// See [HealthModel#owed(trimtab.core.account.AccountView, Marks, int)].
  Wide owed(int asset) {
    return model.owed(account, marks, asset);
  }

  /// Exact units per unit of an asset.
  long unitValue(int asset) {
    return marks.unitValue(listing(), listing().assets().get(asset));
  }

  /// See [HealthModel#assets(trimtab.core.account.AccountView)].
  int[] assets() {
    return model.assets(account);
  }

  /// Weighted contribution of the assets that a leg does not touch: backing minus obligation is
  /// kept apart because a level multiplies the obligation only.
  Sums others(int... touched) {
    Sums sums = Sums.NONE;
    for (int index : assets()) {
      if (!contains(touched, index)) {
        Asset asset = listing().assets().get(index);
        sums = sums.plus(asset, cash(index), unitValue(index)).plusDebt(asset, fixedDebt(index));
      }
    }
    return sums;
  }

  /// The excess over the target; see [Health#excess(long)].
  Wide excess(Sums sums, Wide requirement) {
    Wide obligation = sums.obligation().plus(requirement);
    Base base = model.base().resolve(requirement.signum() > 0);
    Wide amount = base == Base.OBLIGATION ? obligation : requirement;
    Wide distance = sums.backing().minus(obligation).times(Ppm.ONE);
    return distance.minus(amount.times(targetPpm - Ppm.ONE)).minus(bar);
  }

  /// By how much a value unit of an asset raises the excess, held or owed, in parts per million
  /// squared.
  double weight(int asset, boolean held) {
    Asset terms = listing().assets().get(asset);
    if (held) {
      return (double) terms.assetWeightPpm() * Ppm.ONE;
    }
    // Every position requires margin, at a rate above zero.
    boolean obligation = model.base().resolve(account.positionCount() > 0) == Base.OBLIGATION;
    return (double) terms.debtWeightPpm() * (obligation ? targetPpm : Ppm.ONE);
  }

  private static boolean contains(int[] values, int value) {
    for (int candidate : values) {
      if (candidate == value) {
        return true;
      }
    }
    return false;
  }

  /// Weighted sums, exact units x parts per million.
  record Sums(Wide backing, Wide obligation) {
    static final Sums NONE = new Sums(Wide.ZERO, Wide.ZERO);

    /// Adds what an asset's cash counts for, by its sign.
    Sums plus(Asset asset, Wide cash, long unitValue) {
      return cash.isNegative()
          ? plusDebt(asset, cash.negate())
          : new Sums(
              backing.plus(asset.maintenance().holding().weighted(cash, unitValue)), obligation);
    }

    /// Adds a debt.
    Sums plusDebt(Asset asset, Wide debt) {
      return debt.signum() == 0
          ? this
          : new Sums(backing, obligation.plus(debt.times(asset.debtWeightPpm())));
    }

    /// Adds cash at the weight of a holding or at that of a debt, whatever its sign: as asset
    /// weights are at most 1 and debt weights at least 1, either is an upper bound of the true
    /// contribution, and linear.
    Sums plusAt(Asset asset, Wide cash, boolean atAssetWeight) {
      return atAssetWeight
          ? new Sums(backing.plus(cash.times(asset.assetWeightPpm())), obligation)
          : plusDebt(asset, cash.negate());
    }
  }
}
