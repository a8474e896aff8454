package trimtab.core.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.MarginKind;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.CollateralTiers;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;

/// What closing a quantity of one leg does to an account: one copy of the arithmetic, used by the
/// planner to look ahead and by the engine to settle fills.
///
/// @param model health of the account
/// @param terms penalty rates and cap
/// @param levy the penalty of a rule that states the amount itself
public record LegSettlement(HealthModel model, PenaltyTerms terms, Levy levy) {

  /// By the terms alone.
  public LegSettlement(HealthModel model, PenaltyTerms terms) {
    this(model, terms, Levy.BY_TERMS);
  }

  /// Closes `quantity` of a leg at a known cost.
  ///
  /// @param quantity in the leg's units, positive, at most what is there
  /// @param cost all-in loss against the mark in value units, as filled or as planned
  public Closing close(Account account, Marks marks, Leg leg, long quantity, long cost) {
    return close(account, marks, () -> model.assess(account, marks), leg, quantity, cost);
  }

  /// The same where the health of the account may be known.
  public Closing close(
      Account account, Marks marks, Supplier<Health> health, Leg leg, long quantity, long cost) {
    return switch (leg) {
      case PositionLeg(int market) -> closePosition(account, marks, health, market, quantity, cost);
      case PairLeg pair -> closePair(account, marks, pair, quantity, cost);
    };
  }

  private Closing closePosition(
      Account account, Marks marks, Supplier<Health> health, int market, long quantity, long cost) {
    Listing listing = model.listing();
    Contract contract = listing.contracts().get(market);
    int index = positionIndex(account, market);
    Position position = account.positions().get(index);
    long size = Math.absExact(position.quantity());
    if (quantity <= 0 || quantity > size) {
      throw new IllegalArgumentException(
          "%s: cannot close %d of %d".formatted(contract.symbol(), quantity, size));
    }
    PositionValue value = PositionValue.of(listing, contract, marks);
    long notional = value.notional(quantity).divCeil(listing.exactScale());
    long left = position.quantity() - Long.signum(position.quantity()) * quantity;
    Realised realised = Realised.of(value, position.quantity(), position.cost(), quantity);
    List<Position> positions = new ArrayList<>(account.positions());
    if (left == 0) {
      positions.remove(index);
    } else {
      positions.set(index, new Position(market, left, realised.costLeft()));
    }
    Wide uplift = uplift(value, contract, position, quantity, marks);
    Supplier<Wide> required = () -> requirement(account.with(account.balances(), positions), marks);
    PositionLeg leg = new PositionLeg(market);
    OptionalLong stated = levy.penalty(model, account, marks, leg, quantity, cost);
    long penalty =
        stated.isPresent()
            ? stated.getAsLong()
            : positionPenalty(account, marks, health, required, notional, uplift, cost, contract);
    long charge = charge(Math.addExact(cost, penalty), marks, contract.settlement());
    long cash = Math.subtractExact(realised.cash(), charge);
    List<Balance> balances = add(account.balances(), contract.settlement(), cash, 0);
    Account after = account.with(balances, positions);
    return new Closing(leg, quantity, notional, cost, penalty, 0, after);
  }

  /// What an amount in value units is in units of the asset that pays it, rounded up.
  private long charge(long amount, Marks marks, int asset) {
    Listing listing = model.listing();
    return asset == 0
        ? amount
        : Rounding.mulDivCeil(
            amount, listing.exactScale(), marks.unitValue(listing, listing.assets().get(asset)));
  }

  /// By how much closing part of a position at the mark raises the cash as it counts, in exact
  /// units.
  private Wide uplift(
      PositionValue value, Contract contract, Position position, long closed, Marks marks) {
    if (contract.pnlWeightPpm() == Ppm.ONE && value.costPerUnit() == 1) {
      return Wide.ZERO;
    }
    Asset asset = model.listing().assets().get(contract.settlement());
    return Realised.uplift(
        value,
        contract,
        position.quantity(),
        position.cost(),
        closed,
        marks.unitValue(model.listing(), asset));
  }

  private long positionPenalty(
      Account account,
      Marks marks,
      Supplier<Health> health,
      Supplier<Wide> required,
      long notional,
      Wide uplift,
      long cost,
      Contract contract) {
    int asset = contract.settlement();
    PositionPenalty penalty = PositionPenalty.of(model, account, marks, terms, asset);
    boolean byNotional = terms.positionBase() == PositionBase.NOTIONAL;
    boolean capped = terms.cap() == PenaltyTerms.Cap.IMPROVEMENT;
    Wide after = byNotional && !capped ? Wide.ZERO : required.get();
    long full = penalty.charged(notional, after, uplift, cost);
    return switch (terms.cap()) {
      case NONE -> full;
      case IMPROVEMENT -> {
        long allowed =
            Allowance.of(model, account, marks, health.get(), asset).downTo(after, uplift);
        yield Math.min(full, Math.max(0, allowed - cost));
      }
    };
  }

  private Wide requirement(AccountView account, Marks marks) {
    return model.requirements().requirement(account, marks, MarginKind.MAINTENANCE);
  }

  /// The limit of a slice of a position: the most that closing may cost, every fee included,
  /// without lowering equity over requirement, rounded down; see [Allowance].
  ///
  /// @param closed 1 to the size of the position
  public long allowedLoss(Account account, Marks marks, int market, long closed) {
    return allowedLoss(account, marks, model.assess(account, marks), market, closed);
  }

  /// The same where the health of the account is known.
  public long allowedLoss(Account account, Marks marks, Health health, int market, long closed) {
    int index = positionIndex(account, market);
    Position position = account.positions().get(index);
    Contract contract = model.listing().contracts().get(market);
    PositionValue value = PositionValue.of(model.listing(), contract, marks);
    List<Position> positions = new ArrayList<>(account.positions());
    long left = position.quantity() - Long.signum(position.quantity()) * closed;
    positions.set(index, new Position(market, left, 0));
    Wide after = requirement(account.with(account.balances(), positions), marks);
    Wide uplift = uplift(value, contract, position, closed, marks);
    return Allowance.of(model, account, marks, health, contract.settlement()).downTo(after, uplift);
  }

  /// The limit of a pair: the unweighted equity where nothing requires margin; otherwise what
  /// leaves the ratio that levels are measured by where it was. With W the weighted value that is
  /// sold: where the requirement is the base that is the weighted equity, `value - W / w_D`; where
  /// the obligation is, backing over obligation, `value - W O / (w_D B)`, and nothing without
  /// backing.
  public long allowedLoss(Account account, Marks marks, PairLeg pair, long quantity) {
    Health health = model.assess(account, marks);
    if (health.requirement().signum() == 0) {
      return Math.max(0, health.equity());
    }
    Listing listing = model.listing();
    Asset collateral = listing.assets().get(pair.collateralAsset());
    long unitValue = marks.unitValue(listing, collateral);
    Wide value = Wide.product(quantity, unitValue);
    Wide held = model.cash(account, marks, pair.collateralAsset());
    CollateralTiers weights = collateral.maintenance().holding();
    Wide kept = weights.weighted(held.minus(value), unitValue);
    Wide sold = weights.weighted(held, unitValue).minus(kept);
    Wide debtWeight = Wide.of(listing.assets().get(pair.debtAsset()).debtWeightPpm());
    Wide loss =
        switch (health.base()) {
          case OBLIGATION -> {
            Wide worth = health.backing().times(debtWeight.low());
            yield worth.signum() == 0
                ? Wide.ZERO
                : value.plus(sold.negate().mulDivFloor(health.obligation(), worth));
          }
          case REQUIREMENT, AUTO -> value.plus(sold.negate().divFloor(debtWeight));
        };
    return loss.max(Wide.ZERO).divFloor(listing.exactScale());
  }

  private Closing closePair(Account account, Marks marks, PairLeg pair, long quantity, long cost) {
    Listing listing = model.listing();
    Asset debt = listing.assets().get(pair.debtAsset());
    long scale = listing.exactScale();
    long debtUnitValue = marks.unitValue(listing, debt);
    Asset collateral = listing.assets().get(pair.collateralAsset());
    Wide exact = Wide.product(quantity, marks.unitValue(listing, collateral));
    long value = exact.divCeil(scale);
    long owed = model.owed(account, marks, pair.debtAsset()).divFloor(scale);
    long proceeds = Math.max(0, exact.divFloor(scale) - cost);
    PairPenalty rates = PairPenalty.of(terms, debt);
    long repaid = Math.min(owed, rates.repayable(value, proceeds));
    long penalty = rates.charged(value, repaid);
    OptionalLong stated = levy.penalty(model, account, marks, pair, quantity, cost);
    if (stated.isPresent()) {
      penalty = stated.getAsLong();
      repaid = Math.min(owed, Math.max(0, proceeds - penalty));
    } else if (terms.cap() == PenaltyTerms.Cap.IMPROVEMENT) {
      long allowed = Math.max(0, allowedLoss(account, marks, pair, quantity) - cost);
      if (penalty > allowed) {
        penalty = allowed;
        repaid = Math.min(owed, Math.max(0, proceeds - penalty));
      }
    }
    long units = Rounding.mulDivFloor(repaid, scale, debtUnitValue);
    Wide cleared = Wide.product(units, debtUnitValue);
    long paid = Math.min(units, debtOf(account, pair.debtAsset()));
    long cash = exact.minus(cleared).divFloor(scale) - cost - penalty;
    List<Balance> balances =
        add(account.balances(), pair.collateralAsset(), Math.negateExact(quantity), 0);
    // What is owed beyond the explicit debt is a negative amount.
    balances = add(balances, pair.debtAsset(), units - paid, -paid);
    balances = add(balances, 0, cash, 0);
    Account after = account.with(balances, account.positions());
    return new Closing(pair, quantity, value, cost, penalty, cleared.divFloor(scale), after);
  }

  private static int positionIndex(Account account, int market) {
    for (int i = 0; i < account.positionCount(); i++) {
      if (account.market(i) == market) {
        return i;
      }
    }
    throw new IllegalArgumentException("no position in market " + market);
  }

  private static long debtOf(AccountView account, int asset) {
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) == asset) {
        return account.debt(i);
      }
    }
    return 0;
  }

  private static List<Balance> add(List<Balance> balances, int asset, long amount, long debt) {
    List<Balance> result = new ArrayList<>(balances);
    int index = 0;
    while (index < result.size() && result.get(index).asset() < asset) {
      index++;
    }
    if (index < result.size() && result.get(index).asset() == asset) {
      Balance old = result.get(index);
      result.set(index, new Balance(asset, Math.addExact(old.amount(), amount), old.debt() + debt));
    } else {
      result.add(index, new Balance(asset, amount, debt));
    }
    return result;
  }
}
