package trimtab.rulebooks.derivatives;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Fraction;

/// Binance futures: one large immediate-or-cancel order, then the insurance fund. Documented only;
/// the documents state no rounding, so the figures are exact.
///
/// **Trigger.** Collateral (balance with realised and unrealised profit at the mark price) below
/// the maintenance margin, strictly, as the formula has it; the text also says that it happens when
/// the margin ratio "hits 100 %": [Parameters#liquidatesAtEquality].
///
/// **Requirement.** Like a tax by brackets, continuous: `notional x rate - amount`, with `amount(n)
/// = floor(n) x (rate(n) - rate(n - 1)) + amount(n - 1)`.
///
/// **How much, order.** All open orders are cancelled. One immediate-or-cancel order, sized to make
/// the account compliant; if it is compliant after losses and fee, that is all. What is then still
/// deficient is closed at the bankruptcy price to the insurance fund. How the order is sized is not
/// documented; [#compliantQuantity] derives the least size that is compliant after a fill at the
/// mark price and the fee.
///
/// **Price.** Orders at the bankruptcy price, `mark - equity / size`. Liquidation price, cross:
/// `(balance - other maintenance + other profit + amounts - sum(side x size x entry)) / (sum(size x
/// rate) - sum(side x size))`; of one tier: where the tier at that price is another, it is computed
/// again with that one.
///
/// **Fee.** The clearance fee, on what was liquidated alone: 0.3 % of BTCUSDT, 0.5 % of others in
/// the text that gives figures; they differ by contract. **Dust.** None is documented.
///
/// **Bad debt.** The fund brings a negative balance to zero; beyond it accounts of the other side
/// are deleveraged, in profit by `return x leverage`, in loss by `return / leverage`.
///
/// **Scales.** Linear: sizes in coins, amounts in the quote. Coin margined: contracts of
/// `contractSize` dollars, amounts in coins.
///
/// Source: Binance support articles 360033525271 (liquidation protocols),
/// b3c689c1f50a44cabb3a84e663b81d93 and ceccfcfb4e3a45e3b48b0b1bb1a8ae46 (liquidation prices).
public final class Binance {
  private Binance() {}

  /// What the venue sets.
  ///
  /// @param clearanceFeeRate of the notional that is liquidated
  /// @param liquidatesAtEquality whether a collateral equal to the requirement is too little
  public record Parameters(Fraction clearanceFeeRate, boolean liquidatesAtEquality) {
    /// As documented for contracts other than BTCUSDT.
    public static final Parameters DOCUMENTED = new Parameters(Fraction.parse("0.005"), false);

    /// As documented for BTCUSDT.
    public static final Parameters BTCUSDT = new Parameters(Fraction.parse("0.003"), false);
  }

  /// A bracket of notionals.
  ///
  /// @param floor where it begins; 0 for the first
  /// @param rate maintenance rate
  /// @param amount maintenance amount, which makes the requirement continuous
  public record Bracket(Fraction floor, Fraction rate, Fraction amount) {
    /// Requirement of a notional in it.
    public Fraction maintenance(Fraction notional) {
      return notional.times(rate).minus(amount);
    }
  }

  /// A bracket as the venue lists it.
  public record Rate(Fraction floor, Fraction rate) {}

  /// The brackets with their maintenance amounts.
  ///
  /// @param rates floors rising from 0
  /// @throws IllegalArgumentException if there are none, or the floors do not rise from 0
  public static List<Bracket> brackets(List<Rate> rates) {
    if (rates.isEmpty() || rates.getFirst().floor().signum() != 0) {
      throw new IllegalArgumentException("the first bracket begins at 0");
    }
    List<Bracket> brackets = new ArrayList<>();
    Fraction amount = Fraction.ZERO;
    for (int i = 0; i < rates.size(); i++) {
      Rate each = rates.get(i);
      if (i > 0) {
        Rate last = rates.get(i - 1);
        if (each.floor().compareTo(last.floor()) <= 0) {
          throw new IllegalArgumentException("brackets begin at rising notionals");
        }
        amount = amount.plus(each.floor().times(each.rate().minus(last.rate())));
      }
      brackets.add(new Bracket(each.floor(), each.rate(), amount));
    }
    return List.copyOf(brackets);
  }

  /// The bracket of a notional; one at a floor belongs to the lower bracket, which asks the same.
  public static Bracket bracket(List<Bracket> brackets, Fraction notional) {
    Bracket found = brackets.getFirst();
    for (Bracket each : brackets) {
      if (notional.compareTo(each.floor()) > 0) {
        found = each;
      }
    }
    return found;
  }

  /// Maintenance requirement of a notional without sign.
  public static Fraction maintenance(List<Bracket> brackets, Fraction notional) {
    return bracket(brackets, notional).maintenance(notional);
  }

  /// Trigger: collateral below the maintenance margin.
  public static boolean isTriggered(
      Fraction collateral, Fraction maintenance, Parameters parameters) {
    int compared = collateral.compareTo(maintenance);
    return compared < 0 || (compared == 0 && parameters.liquidatesAtEquality());
  }

  /// A position of the contract whose liquidation price is asked; in hedge mode there are two.
  ///
  /// @param size negative for a short
  /// @param bracket of its notional at that price
  public record Position(Fraction size, Fraction entryPrice, Bracket bracket) {}

  /// The mark price at which collateral equals requirement, other contracts unchanged; none where
  /// the venue shows "--": the price would be zero or less, or there is none.
  ///
  /// @param balance wallet balance (of the position, if isolated)
  /// @param otherMaintenance of other contracts; 0 if isolated
  /// @param otherProfit unrealised, of other contracts; 0 if isolated
  public static Optional<Fraction> liquidationPrice(
      Fraction balance, Fraction otherMaintenance, Fraction otherProfit, List<Position> positions) {
    Fraction numerator = balance.minus(otherMaintenance).plus(otherProfit);
    Fraction denominator = Fraction.ZERO;
    for (Position each : positions) {
      numerator =
          numerator.plus(each.bracket().amount()).minus(each.size().times(each.entryPrice()));
      denominator =
          denominator.plus(each.size().abs().times(each.bracket().rate())).minus(each.size());
    }
    return above(numerator, denominator);
  }

  /// The same of one coin margined position: `contracts x (rate + side) / ((balance - other
  /// maintenance + other profit + amount) / contract size + side x contracts / entry)`.
  ///
  /// @param contractSize dollars per contract
  public static Optional<Fraction> coinLiquidationPrice(
      Fraction balance,
      Fraction otherMaintenance,
      Fraction otherProfit,
      Position position,
      Fraction contractSize) {
    Fraction side = Fraction.of(position.size().signum());
    Fraction coins =
        balance
            .minus(otherMaintenance)
            .plus(otherProfit)
            .plus(position.bracket().amount())
            .over(contractSize)
            .plus(position.size().over(position.entryPrice()));
    return above(position.size().abs().times(position.bracket().rate().plus(side)), coins);
  }

  private static Optional<Fraction> above(Fraction numerator, Fraction denominator) {
    return numerator.signum() * denominator.signum() <= 0
        ? Optional.empty()
        : Optional.of(numerator.over(denominator));
  }

  /// Size: the least quantity, up to the lot, after which the account is compliant if it fills at
  /// the mark price and pays the fee; none if no part of the position makes it so (then all of it
  /// goes). Derived from the text, not the venue's formula.
  ///
  /// @param size without sign
  /// @param equity of the account
  /// @param otherMaintenance of other contracts
  /// @param lot positive
  public static Optional<Fraction> compliantQuantity(
      List<Bracket> brackets,
      Fraction size,
      Fraction mark,
      Fraction equity,
      Fraction otherMaintenance,
      Fraction lot,
      Parameters parameters) {
    List<Fraction> breaks = new ArrayList<>();
    breaks.add(Fraction.ZERO);
    for (int i = brackets.size() - 1; i >= 0; i--) {
      Fraction until = size.minus(brackets.get(i).floor().over(mark));
      if (until.signum() > 0) {
        breaks.add(until);
      }
    }
    Compliance compliance =
        new Compliance(brackets, size, mark, equity.minus(otherMaintenance), parameters);
    for (int i = 1; i < breaks.size(); i++) {
      Optional<Fraction> least = compliance.within(breaks.get(i - 1), breaks.get(i), lot);
      if (least.isPresent()) {
        return least;
      }
    }
    return Optional.empty();
  }

  /// The slack of an account by the quantity closed; linear between the floors of brackets.
  private record Compliance(
      List<Bracket> brackets,
      Fraction size,
      Fraction mark,
      Fraction equity,
      Parameters parameters) {
    Fraction slack(Fraction quantity) {
      Fraction notional = size.minus(quantity).times(mark);
      return equity
          .minus(clearanceFee(quantity.times(mark), parameters))
          .minus(maintenance(brackets, notional));
    }

    boolean isCompliant(Fraction quantity) {
      return !isTriggered(slack(quantity), Fraction.ZERO, parameters);
    }

    /// The least compliant multiple of the lot from one break to the next.
    Optional<Fraction> within(Fraction from, Fraction to, Fraction lot) {
      Fraction first = from.ceilTo(lot);
      if (first.compareTo(to) > 0) {
        return Optional.empty();
      }
      if (isCompliant(first)) {
        return Optional.of(first);
      }
      Fraction rise = slack(to).minus(slack(from));
      if (rise.signum() <= 0) {
        return Optional.empty();
      }
      Fraction exact = from.minus(slack(from).times(to.minus(from)).over(rise));
      Fraction least = exact.ceilTo(lot).max(first);
      if (!isCompliant(least)) {
        least = least.plus(lot);
      }
      return least.compareTo(to) <= 0 && isCompliant(least) ? Optional.of(least) : Optional.empty();
    }
  }

  /// Penalty: the clearance fee of a notional that was liquidated.
  public static Fraction clearanceFee(Fraction notional, Parameters parameters) {
    return notional.times(parameters.clearanceFeeRate());
  }

  /// Price: where the account's equity is zero, other positions unchanged.
  ///
  /// @param size negative for a short
  /// @throws ArithmeticException if the size is zero
  public static Fraction bankruptcyPrice(Fraction size, Fraction mark, Fraction equity) {
    return mark.minus(equity.over(size));
  }

  /// Bad debt: what the fund pays to bring a balance to zero.
  public static Fraction fundPays(Fraction balance) {
    return balance.negate().max(Fraction.ZERO);
  }

  /// Rank for deleveraging, the highest first.
  ///
  /// @param returnShare unrealised profit over the entry value
  /// @param leverage positive
  public static Fraction deleveragingRank(Fraction returnShare, Fraction leverage) {
    return returnShare.signum() >= 0 ? returnShare.times(leverage) : returnShare.over(leverage);
  }
}
