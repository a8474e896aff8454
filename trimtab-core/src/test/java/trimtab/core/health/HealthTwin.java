package trimtab.core.health;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.instrument.CollateralTiers;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.Payoff;
import trimtab.core.instrument.Term;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;

/// Health from its definitions, in decimals of any length and whole dollars: no exact units, no
/// shared code beyond the value records.
final class HealthTwin {
  /// What a twin can get wrong, to see that the comparison would notice.
  enum Fault {
    NONE,
    GAINS_COUNT_IN_FULL,
    INVERSE_ROUNDED_DOWN,
    ALWAYS_NETTED,
    STEPS_ARE_BRACKETS,
    DELIVERED_NEEDS_MARGIN,
    WEIGHTS_OF_THE_OTHER_KIND
  }

  private final Listing listing;
  private final Account account;
  private final Marks marks;
  private final MarginKind kind;
  private final Netting netting;
  private final Fault fault;

  BigDecimal backing = BigDecimal.ZERO;
  BigDecimal obligation = BigDecimal.ZERO;
  BigDecimal requirement = BigDecimal.ZERO;
  private BigDecimal worth = BigDecimal.ZERO;

  HealthTwin(
      Listing listing,
      Account account,
      Marks marks,
      MarginKind kind,
      Netting netting,
      Fault fault) {
    this.listing = listing;
    this.account = account;
    this.marks = marks;
    this.kind = kind;
    this.netting = netting;
    this.fault = fault;
    for (int asset = 0; asset < listing.assets().size(); asset++) {
      add(asset);
    }
    account.positions().forEach(this::require);
    obligation = obligation.add(requirement);
  }

  /// Rounded down to value units.
  BigDecimal equity() {
    return worth.setScale(listing.valueDecimals(), RoundingMode.FLOOR);
  }

  /// `B - O - (level - 1) x base`.
  BigDecimal excess(long levelPpm, Base base) {
    boolean requires = base == Base.REQUIREMENT || (base == Base.AUTO && requirement.signum() > 0);
    BigDecimal share = ppm(levelPpm).subtract(BigDecimal.ONE);
    return backing
        .subtract(obligation)
        .subtract(share.multiply(requires ? requirement : obligation));
  }

  private void add(int index) {
    Asset asset = listing.assets().get(index);
    BigDecimal held = BigDecimal.ZERO;
    BigDecimal owed = BigDecimal.ZERO;
    for (Balance balance : account.balances()) {
      if (balance.asset() == index) {
        held = held.add(BigDecimal.valueOf(balance.amount(), asset.decimals()));
        owed = owed.add(BigDecimal.valueOf(balance.debt(), asset.decimals()));
      }
    }
    BigDecimal counted = held;
    worth = worth.add(held.subtract(owed).multiply(price(asset)));
    for (Position position : account.positions()) {
      if (listing.contracts().get(position.market()).settlement() == index) {
        counted = counted.add(profit(position, true));
        worth = worth.add(profit(position, false).multiply(price(asset)));
      }
    }
    Weights weights = weights(asset);
    if (netting == Netting.PER_ASSET || fault == Fault.ALWAYS_NETTED) {
      counted = counted.subtract(owed);
      owed = BigDecimal.ZERO;
    }
    if (counted.signum() < 0) {
      owed = owed.subtract(counted);
      counted = BigDecimal.ZERO;
    }
    obligation = obligation.add(owed.multiply(price(asset)).multiply(ppm(weights.debtPpm())));
    backing = backing.add(weighted(counted, asset, weights.holding()).multiply(price(asset)));
  }

  private static BigDecimal weighted(BigDecimal held, Asset asset, CollateralTiers tiers) {
    BigDecimal sum = BigDecimal.ZERO;
    List<CollateralTiers.Tier> all = tiers.tiers();
    for (int i = 0; i < all.size(); i++) {
      BigDecimal from = BigDecimal.valueOf(all.get(i).fromAmount(), asset.decimals());
      BigDecimal to =
          i + 1 == all.size()
              ? held
              : held.min(BigDecimal.valueOf(all.get(i + 1).fromAmount(), asset.decimals()));
      BigDecimal part = to.subtract(from).max(BigDecimal.ZERO);
      sum = sum.add(part.multiply(ppm(all.get(i).weightPpm())));
    }
    return sum;
  }

  private Weights weights(Asset asset) {
    boolean initial = (kind == MarginKind.INITIAL) != (fault == Fault.WEIGHTS_OF_THE_OTHER_KIND);
    return initial ? asset.initial() : asset.maintenance();
  }

  /// In units of the asset it is settled in; rounding is to a cost unit, against the account.
  private BigDecimal profit(Position position, boolean asItCounts) {
    Contract contract = listing.contracts().get(position.market());
    int decimals = listing.costDecimals(contract);
    BigDecimal quantity = BigDecimal.valueOf(position.quantity(), contract.quantityDecimals());
    BigDecimal cost = BigDecimal.valueOf(position.cost(), decimals);
    BigDecimal mark = price(contract.feed());
    BigDecimal profit =
        switch (contract.payoff()) {
          case Payoff.Linear() -> quantity.multiply(mark).subtract(cost);
          case Payoff.Inverse(long face) -> {
            RoundingMode up =
                fault == Fault.INVERSE_ROUNDED_DOWN ? RoundingMode.FLOOR : RoundingMode.CEILING;
            BigDecimal dollars = quantity.multiply(dollars(face, contract.feed()));
            yield cost.subtract(dollars.divide(mark, decimals, up));
          }
        };
    boolean whole = !asItCounts || profit.signum() <= 0 || fault == Fault.GAINS_COUNT_IN_FULL;
    return whole
        ? profit
        : profit.multiply(ppm(contract.pnlWeightPpm())).setScale(decimals, RoundingMode.FLOOR);
  }

  private void require(Position position) {
    Contract contract = listing.contracts().get(position.market());
    boolean delivered =
        contract.term() instanceof Term.Dated(long expiry) && marks.asOfNanos() >= expiry;
    if (delivered && fault != Fault.DELIVERED_NEEDS_MARGIN) {
      return;
    }
    BigDecimal size = BigDecimal.valueOf(position.quantity(), contract.quantityDecimals()).abs();
    BigDecimal mark = price(contract.feed());
    BigDecimal paid = price(listing.assets().get(contract.settlement()));
    BigDecimal notional =
        switch (contract.payoff()) {
          case Payoff.Linear() -> size.multiply(mark).multiply(paid);
          case Payoff.Inverse(long face) ->
              size.multiply(dollars(face, contract.feed()))
                  .multiply(paid)
                  .divide(mark, listing.exactDecimals(), RoundingMode.CEILING);
        };
    MarginTiers tiers = kind == MarginKind.INITIAL ? contract.initial() : contract.maintenance();
    requirement = requirement.add(margin(tiers, notional));
  }

  private BigDecimal margin(MarginTiers tiers, BigDecimal notional) {
    boolean stepped = tiers.kind() == MarginTiers.Kind.STEPPED;
    BigDecimal brackets = BigDecimal.ZERO;
    BigDecimal highest = BigDecimal.ZERO;
    List<MarginTiers.Tier> all = tiers.tiers();
    for (int i = 0; i < all.size(); i++) {
      BigDecimal from = money(all.get(i).fromValue());
      BigDecimal rate = ppm(all.get(i).ratePpm());
      if (notional.compareTo(from) > 0) {
        BigDecimal to =
            i + 1 == all.size() ? notional : notional.min(money(all.get(i + 1).fromValue()));
        brackets = brackets.add(to.subtract(from).multiply(rate));
        highest = rate;
      }
    }
    return stepped && fault != Fault.STEPS_ARE_BRACKETS ? notional.multiply(highest) : brackets;
  }

  private BigDecimal money(long valueUnits) {
    return BigDecimal.valueOf(valueUnits, listing.valueDecimals());
  }

  private BigDecimal dollars(long priceUnits, int feed) {
    return BigDecimal.valueOf(priceUnits, listing.feeds().get(feed).priceDecimals());
  }

  private BigDecimal price(int feed) {
    return dollars(marks.price(feed), feed);
  }

  private BigDecimal price(Asset asset) {
    return asset.isSettlement() ? BigDecimal.ONE : price(asset.feed());
  }

  private static BigDecimal ppm(long ppm) {
    return BigDecimal.valueOf(ppm, Ppm.DECIMALS);
  }
}
