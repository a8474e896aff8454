package trimtab.core.settlement;

import java.util.ArrayList;
import java.util.List;
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
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltyTerms;

/// What closing a quantity of one leg does to an account: one copy of the arithmetic, used by the
/// planner to look ahead and by the engine to settle fills.
///
/// @param model health of the account
/// @param terms penalty rates and cap
public record LegSettlement(HealthModel model, PenaltyTerms terms) {

  /// Closes `quantity` of a leg at a known cost.
  ///
  /// @param quantity in the leg's units, positive, at most what is there
  /// @param cost all-in loss against the mark in value units, as filled or as planned
  public Closing close(Account account, Marks marks, Leg leg, long quantity, long cost) {
    return switch (leg) {
      case PositionLeg(int market) -> closePosition(account, marks, market, quantity, cost);
      case PairLeg pair -> closePair(account, marks, pair, quantity, cost);
    };
  }

  private Closing closePosition(
      Account account, Marks marks, int market, long quantity, long cost) {
    Listing listing = model.listing();
    Contract contract = listing.contracts().get(market);
    int index = positionIndex(account, market);
    Position position = account.positions().get(index);
    long size = Math.absExact(position.quantity());
    if (quantity <= 0 || quantity > size) {
      throw new IllegalArgumentException(
          "%s: cannot close %d of %d".formatted(contract.symbol(), quantity, size));
    }
    long unitValue = marks.unitValue(listing, contract);
    long notional = Math.multiplyExact(quantity, unitValue);
    long sign = Long.signum(position.quantity());
    // The released cost may be rounded either way: what it leaves in the position it adds to the
    // cash.
    long released = Rounding.mulDivFloor(position.cost(), quantity, size);
    long left = position.quantity() - sign * quantity;
    List<Position> positions = new ArrayList<>(account.positions());
    if (left == 0) {
      positions.remove(index);
    } else {
      positions.set(index, new Position(market, left, position.cost() - released));
    }
    Account reduced = new Account(account.id(), account.balances(), positions);
    long penalty = positionPenalty(account, marks, reduced, notional, cost);
    long cash = sign * notional - released - cost - penalty;
    List<Balance> balances = add(account.balances(), 0, cash, 0);
    Account after = new Account(account.id(), balances, positions);
    return new Closing(new PositionLeg(market), quantity, notional, cost, penalty, 0, after);
  }

  private long positionPenalty(
      Account account, Marks marks, Account reduced, long notional, long cost) {
    PositionPenalty penalty = PositionPenalty.of(model, account, marks, terms);
    Wide after = requirement(reduced, marks);
    long full = penalty.charged(notional, after, cost);
    return switch (terms.cap()) {
      case NONE -> full;
      case IMPROVEMENT ->
          Math.min(full, Math.max(0, Allowance.of(model, account, marks).downTo(after) - cost));
    };
  }

  private Wide requirement(AccountView account, Marks marks) {
    return model.requirements().requirement(account, marks, MarginKind.MAINTENANCE);
  }

  /// The limit of a slice of perpetuals: the most that closing may cost, every fee included,
  /// without lowering equity over requirement: `floor(E (R - R') / R)`, and nothing when `E <= 0`.
  ///
  /// @param reduced the account with the slice closed at the mark; only its positions are read
  public long allowedLoss(Account account, Marks marks, AccountView reduced) {
    return Allowance.of(model, account, marks).downTo(requirement(reduced, marks));
  }

  /// The limit of a pair: the unweighted equity where nothing requires margin; otherwise what
  /// leaves the ratio that levels are measured by where it was. With the requirement as base that
  /// is the weighted equity, `value x (1 - LT / w_D)`; with the obligation it is backing over
  /// obligation, `value x (1 - LT O / (w_D B))`, and nothing without backing.
  public long allowedLoss(Account account, Marks marks, PairLeg pair, long value) {
    Health health = model.assess(account, marks);
    if (health.requirement().signum() == 0) {
      return Math.max(0, health.equity());
    }
    long debtWeight = model.listing().assets().get(pair.debtAsset()).debtWeightPpm();
    long threshold = model.listing().assets().get(pair.collateralAsset()).assetWeightPpm();
    return switch (health.base()) {
      case OBLIGATION -> {
        Wide kept = Wide.product(value, threshold);
        Wide worth = health.backing().times(debtWeight);
        yield worth.signum() == 0
            ? 0
            : Wide.of(value)
                .plus(kept.negate().mulDivFloor(health.obligation(), worth))
                .max(Wide.ZERO)
                .divFloor(1);
      }
      case REQUIREMENT, AUTO -> Rounding.mulDivFloor(value, debtWeight - threshold, debtWeight);
    };
  }

  private Closing closePair(Account account, Marks marks, PairLeg pair, long quantity, long cost) {
    Listing listing = model.listing();
    Asset collateral = listing.assets().get(pair.collateralAsset());
    Asset debt = listing.assets().get(pair.debtAsset());
    long debtUnitValue = marks.unitValue(listing, debt);
    long value = Math.multiplyExact(quantity, marks.unitValue(listing, collateral));
    long owed = Math.max(0, -model.net(account, marks, pair.debtAsset()));
    long proceeds = Math.max(0, value - cost);
    PairPenalty rates = PairPenalty.of(terms, debt);
    long repaid = Math.min(owed, rates.repayable(value, proceeds));
    long penalty = rates.charged(value, repaid);
    if (terms.cap() == PenaltyTerms.Cap.IMPROVEMENT) {
      long allowed = Math.max(0, allowedLoss(account, marks, pair, value) - cost);
      if (penalty > allowed) {
        penalty = allowed;
        repaid = Math.min(owed, Math.max(0, proceeds - penalty));
      }
    }
    long units = repaid / debtUnitValue;
    repaid = units * debtUnitValue;
    List<Balance> balances =
        add(account.balances(), pair.collateralAsset(), Math.negateExact(quantity), 0);
    if (debt.isSettlement()) {
      long explicit = debtOf(account, 0);
      long paid = Math.min(explicit, repaid);
      balances = add(balances, 0, value - cost - penalty - paid, -paid);
    } else {
      balances = add(balances, 0, value - cost - penalty - repaid, 0);
      balances = add(balances, pair.debtAsset(), 0, -units);
    }
    Account after = new Account(account.id(), balances, account.positions());
    return new Closing(pair, quantity, value, cost, penalty, repaid, after);
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
