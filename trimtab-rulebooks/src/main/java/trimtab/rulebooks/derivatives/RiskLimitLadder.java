package trimtab.rulebooks.derivatives;

import java.util.List;
import trimtab.rulebooks.number.Fraction;

/// The ladder of risk limits that BitMEX documents and Bybit took over: before a position is taken
/// over, its risk limit is lowered as far as its size allows, its orders are cancelled, and one
/// fill-or-kill order brings it into the next lower tier.
///
/// It is asked again after every step, with the account as it is then.
public final class RiskLimitLadder {
  private RiskLimitLadder() {}

  /// A tier.
  ///
  /// @param limit largest value of position and orders, in the margin's currency
  /// @param maintenanceRate of the value of the whole position
  /// @param deduction what is taken off the requirement; 0 where the rate steps
  public record Tier(Fraction limit, Fraction maintenanceRate, Fraction deduction) {
    /// A tier whose rate holds for the whole position.
    public static Tier stepped(Fraction limit, Fraction maintenanceRate) {
      return new Tier(limit, maintenanceRate, Fraction.ZERO);
    }

    /// Requirement of a position value.
    public Fraction maintenance(Fraction value) {
      return value.times(maintenanceRate).minus(deduction);
    }
  }

  /// How far a liquidation has come.
  public enum Stage {
    /// Nothing was done yet but lowering the risk limit.
    ORDERS_OPEN,
    /// The orders of the contract are cancelled.
    ORDERS_CANCELLED,
    /// The fill-or-kill order was sent, whether it was filled or not.
    FILL_OR_KILL_SENT
  }

  /// A position in its margin currency.
  ///
  /// @param contracts negative for a short
  /// @param value of the position at the mark price, positive
  /// @param orderValue of its open orders
  /// @param margin balance that the requirement is held against, with the unrealised profit
  /// @param tier index of its risk limit, from 0, the lowest
  public record Account(
      Fraction contracts, Fraction value, Fraction orderValue, Fraction margin, int tier) {}

  /// What is done next.
  public sealed interface Step {}

  /// Nothing: the requirement of the current tier is met.
  public record Healthy() implements Step {}

  /// The risk limit is lowered to a tier; nothing is traded.
  public record LowerRiskLimit(int tier) implements Step {}

  /// All orders of the contract are cancelled.
  public record CancelOrders() implements Step {}

  /// So many contracts at once or not at all.
  ///
  /// @param contracts with the sign against the position
  /// @param tier that it reaches
  public record FillOrKill(Fraction contracts, int tier) implements Step {}

  /// All of the position is taken over at the bankruptcy price, with what margin remains.
  ///
  /// @param contracts with the sign of the position
  public record TakeOver(Fraction contracts) implements Step {}

  /// The lowest tier that holds a value; the highest if none does.
  ///
  /// @throws IllegalArgumentException if there are no tiers
  public static int tierOf(List<Tier> tiers, Fraction value) {
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("a contract has a risk limit");
    }
    for (int i = 0; i < tiers.size(); i++) {
      if (value.compareTo(tiers.get(i).limit()) <= 0) {
        return i;
      }
    }
    return tiers.size() - 1;
  }

  /// Contracts that bring a position into a tier: `|contracts| x (value - limit) / value`, up to
  /// the lot, at most all of them, none if it is there.
  ///
  /// @param lot positive
  public static Fraction contractsToClose(Account account, Tier target, Fraction lot) {
    Fraction excess = account.value().minus(target.limit()).max(Fraction.ZERO);
    if (excess.signum() == 0) {
      return Fraction.ZERO;
    }
    Fraction size = account.contracts().abs();
    return size.times(excess).over(account.value()).ceilTo(lot).min(size);
  }

  /// The next step of a liquidation.
  ///
  /// @param liquidatesAtEquality whether a margin that equals the requirement is too little
  /// @throws IllegalArgumentException if the account is in none of the tiers
  static Step next(
      List<Tier> tiers, Account account, Stage stage, Fraction lot, boolean liquidatesAtEquality) {
    if (account.tier() < 0 || account.tier() >= tiers.size()) {
      throw new IllegalArgumentException(
          "tier %d is none of %d; count from 0".formatted(account.tier(), tiers.size()));
    }
    Fraction required = tiers.get(account.tier()).maintenance(account.value());
    int compared = account.margin().compareTo(required);
    if (compared > 0 || (compared == 0 && !liquidatesAtEquality)) {
      return new Healthy();
    }
    Fraction orders =
        stage == Stage.ORDERS_OPEN ? account.orderValue().max(Fraction.ZERO) : Fraction.ZERO;
    int fitting = tierOf(tiers, account.value().plus(orders));
    if (fitting < account.tier()) {
      return new LowerRiskLimit(fitting);
    }
    return switch (stage) {
      case ORDERS_OPEN -> new CancelOrders();
      case ORDERS_CANCELLED ->
          account.tier() == 0 ? new TakeOver(account.contracts()) : lower(tiers, account, lot);
      case FILL_OR_KILL_SENT -> new TakeOver(account.contracts());
    };
  }

  private static Step lower(List<Tier> tiers, Account account, Fraction lot) {
    int target = account.tier() - 1;
    Fraction size = contractsToClose(account, tiers.get(target), lot);
    Fraction signed = account.contracts().signum() > 0 ? size.negate() : size;
    return new FillOrKill(signed, target);
  }
}
