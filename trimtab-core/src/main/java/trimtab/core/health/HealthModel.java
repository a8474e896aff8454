package trimtab.core.health;

import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

/// Health of an account: balances are netted per asset first, unrealised profit and loss into the
/// asset in which its contract is settled (gains at the contract's weight); then positive nets
/// count at the asset weight as backing, negative ones at the debt weight as obligation, beside the
/// requirement.
///
/// @param listing scales and weights
/// @param requirements how positions require margin
/// @param base what levels are measured against
/// @param netting what is set off before weights apply
public record HealthModel(
    Listing listing, RequirementModel requirements, Base base, Netting netting) {
  /// A model that nets per asset.
  public HealthModel(Listing listing, RequirementModel requirements, Base base) {
    this(listing, requirements, base, Netting.PER_ASSET);
  }

  /// Health with the maintenance parameters: what breach is judged by.
  ///
  /// @throws ArithmeticException if a value leaves its bit budget
  public Health assess(AccountView account, Marks marks) {
    return assess(account, marks, MarginKind.MAINTENANCE);
  }

  /// Health with one set of parameters: the initial ones are what withdrawals, transfers and new
  /// risk must leave at 1 or above.
  public Health assess(AccountView account, Marks marks, MarginKind kind) {
    Sum sum = new Sum(kind);
    sum.add(0, account, marks);
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) != 0) {
        sum.add(account.asset(i), account, marks);
      }
    }
    for (int i = 0; i < account.positionCount(); i++) {
      int asset = settlementOf(account, i);
      if (asset != 0 && isFirstWithoutBalance(account, i)) {
        sum.add(asset, account, marks);
      }
    }
    Wide requirement = requirements.requirement(account, marks, kind);
    return new Health(
        sum.backing,
        sum.obligation.plus(requirement),
        requirement,
        base.resolve(requirement.signum() > 0),
        sum.equity.divFloor(listing.exactScale()),
        listing.exactScale());
  }

  private final class Sum {
    private final MarginKind kind;
    private Wide backing = Wide.ZERO;
    private Wide obligation = Wide.ZERO;
    private Wide equity = Wide.ZERO;

    Sum(MarginKind kind) {
      this.kind = kind;
    }

    void add(int asset, AccountView account, Marks marks) {
      Asset terms = listing.assets().get(asset);
      long unitValue = marks.unitValue(listing, terms);
      Weights weights = kind == MarginKind.INITIAL ? terms.initial() : terms.maintenance();
      Wide cash = cash(account, marks, asset);
      Wide debt = fixedDebt(account, marks, asset);
      if (cash.isNegative()) {
        obligation = obligation.plus(cash.negate().times(weights.debtPpm()));
      } else {
        backing = backing.plus(weights.holding().weighted(cash, unitValue));
      }
      obligation = obligation.plus(debt.times(weights.debtPpm()));
      equity = equity.plus(cash).minus(debt).plus(unweighted(account, marks, asset));
    }
  }

  /// What of an asset moves with payments, in exact units: the net value, profit and loss of
  /// contracts settled in it included; without netting the holding alone.
  public Wide cash(AccountView account, Marks marks, int asset) {
    Wide sum = Wide.ZERO;
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) == asset) {
        long owed = netting == Netting.PER_ASSET ? account.debt(i) : 0;
        long units = Math.subtractExact(account.amount(i), owed);
        sum = Wide.product(units, marks.unitValue(listing, listing.assets().get(asset)));
      }
    }
    for (int i = 0; i < account.positionCount(); i++) {
      if (settlementOf(account, i) == asset) {
        sum = sum.plus(weightedProfit(account, marks, i));
      }
    }
    return sum;
  }

  /// Debt of an asset that is not set off, in exact units; nothing where balances are netted.
  public Wide fixedDebt(AccountView account, Marks marks, int asset) {
    Wide sum = Wide.ZERO;
    for (int i = 0; netting == Netting.NONE && i < account.balanceCount(); i++) {
      if (account.asset(i) == asset) {
        long unitValue = marks.unitValue(listing, listing.assets().get(asset));
        sum = Wide.product(account.debt(i), unitValue);
      }
    }
    return sum;
  }

  /// What of an asset is owed, in exact units, not negative.
  public Wide owed(AccountView account, Marks marks, int asset) {
    Wide cash = cash(account, marks, asset);
    Wide debt = fixedDebt(account, marks, asset);
    return cash.isNegative() ? debt.minus(cash) : debt;
  }

  /// Net value of one asset, positive or negative, in exact units.
  public Wide net(AccountView account, Marks marks, int asset) {
    return cash(account, marks, asset).minus(fixedDebt(account, marks, asset));
  }

  /// Unrealised profit as it counts, in exact units: a gain at the contract's weight, rounded down
  /// to its cost unit, a loss in full.
  public Wide weightedProfit(AccountView account, Marks marks, int position) {
    Contract contract = listing.contracts().get(account.market(position));
    PositionValue value = PositionValue.of(listing, contract, marks);
    long profit = value.profit(account.quantity(position), account.cost(position));
    return Wide.product(weighted(contract, profit), value.costUnitValue());
  }

  /// What a profit in cost units counts for: a gain at the contract's weight, rounded down.
  public static long weighted(Contract contract, long profit) {
    return profit <= 0 || contract.pnlWeightPpm() == Ppm.ONE
        ? profit
        : Rounding.mulDivFloor(profit, contract.pnlWeightPpm(), Ppm.ONE);
  }

  /// What gains that do not count are worth.
  private Wide unweighted(AccountView account, Marks marks, int asset) {
    Wide sum = Wide.ZERO;
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      if (contract.settlement() == asset && contract.pnlWeightPpm() != Ppm.ONE) {
        PositionValue value = PositionValue.of(listing, contract, marks);
        long profit = value.profit(account.quantity(i), account.cost(i));
        long hidden = Math.subtractExact(profit, weighted(contract, profit));
        sum = sum.plus(Wide.product(hidden, value.costUnitValue()));
      }
    }
    return sum;
  }

  private int settlementOf(AccountView account, int position) {
    return listing.contracts().get(account.market(position)).settlement();
  }

  /// Whether a position settles in an asset of which the account has no balance, and no position
  /// before it does.
  private boolean isFirstWithoutBalance(AccountView account, int position) {
    int asset = settlementOf(account, position);
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) == asset) {
        return false;
      }
    }
    for (int i = 0; i < position; i++) {
      if (settlementOf(account, i) == asset) {
        return false;
      }
    }
    return true;
  }
}
