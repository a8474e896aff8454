package trimtab.rulebooks.derivatives;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Fraction;

/// Kraken Derivatives: the equity protection process. Documented only; the documents state no
/// rounding but of what they print, so the figures are exact.
///
/// **Trigger.** Portfolio value (equity) below the maintenance margin, strictly.
///
/// **How much, order.** Coin margined: all of the position. Three steps: an immediate-or-cancel
/// order; what it leaves is assigned to liquidity providers who opted in, with the margin that is
/// left; what they do not take is unwound: terminated against accounts of the other side. Partial
/// liquidation of multi-collateral accounts went live on 26 March 2026; its size is in no document
/// at hand and is not stated here.
///
/// **Price.** The zero-equity price for all three: the limit of the order, so that equity is never
/// negative. Inverse: `price = q / (q / entry + side x margin)`.
///
/// **Liquidation price.** The document's example (1,000 contracts at 8,000, margin 0.01,
/// maintenance 0.00125 = 1 % of the entry value) prints 7481, and 7407 for the zero-equity price.
/// 7481.48 is where equity equals 1 % of the value *at that price*; with 0.00125 held fixed it
/// would be 7476.64. So the requirement follows the mark, and the printed figures are cut:
/// `liquidation = q (1 + side x rate) / (q / entry + side x margin)`. [MaintenanceBasis#ENTRY]
/// gives the reading of the text.
///
/// **Fee.** None is documented for full liquidation; the user keeps what is left. **Dust.** None.
///
/// **Bad debt.** None by construction: assignment and unwinding happen at the zero-equity price.
///
/// **Multi-collateral.** `margin equity = sum(balance x dollar rate x (1 - haircut)) + unrealised
/// profit`; requirements of one underlying are netted: the larger of longs and shorts.
///
/// **Scales.** Contracts of one dollar, prices in dollars per coin, margins in coins.
///
/// Source: `https://support.kraken.com` articles 360022835671 (Equity Protection Process) and
/// 4844463246100 (Margining & Liquidations: Multi-Collateral).
public final class Kraken {
  private Kraken() {}

  /// What the maintenance requirement is a share of.
  public enum MaintenanceBasis {
    /// The value at the mark price.
    MARK,
    /// The value at the entry price.
    ENTRY
  }

  /// What the venue sets.
  ///
  /// @param maintenanceRate of the value
  public record Parameters(Fraction maintenanceRate, MaintenanceBasis basis) {
    /// As the worked example has them: 1 %, at the mark.
    public static final Parameters EXAMPLE =
        new Parameters(Fraction.parse("0.01"), MaintenanceBasis.MARK);
  }

  /// A position in an inverse contract with the margin behind it.
  ///
  /// @param contracts dollars, negative for a short
  /// @param entryPrice average
  /// @param margin coins
  public record Position(Fraction contracts, Fraction entryPrice, Fraction margin) {
    InversePosition inverse() {
      return new InversePosition(contracts, entryPrice);
    }

    /// The maintenance rate of a requirement at the entry price, coins.
    public Fraction rateOf(Fraction maintenance) {
      return maintenance.over(inverse().value(entryPrice));
    }
  }

  /// Trigger: equity below the maintenance margin, strictly.
  public static boolean isTriggered(Fraction equity, Fraction maintenance) {
    return equity.compareTo(maintenance) < 0;
  }

  /// Equity at a price, coins: margin and unrealised profit.
  public static Fraction equity(Position position, Fraction price) {
    return position.margin().plus(position.inverse().profit(price));
  }

  /// Maintenance requirement at a price, coins.
  public static Fraction maintenance(Position position, Fraction price, Parameters parameters) {
    Fraction at =
        switch (parameters.basis()) {
          case MARK -> price;
          case ENTRY -> position.entryPrice();
        };
    return position.inverse().value(at).times(parameters.maintenanceRate());
  }

  /// The price at which equity is zero: the limit of the order and the price of assignment and
  /// unwinding. None for a short that its margin covers.
  public static Optional<Fraction> bankruptcyPrice(Position position) {
    return position.inverse().priceWhere(position.margin(), Fraction.ZERO);
  }

  /// The mark price at which equity equals the maintenance requirement. None for a short that its
  /// margin covers.
  public static Optional<Fraction> liquidationPrice(Position position, Parameters parameters) {
    return switch (parameters.basis()) {
      case MARK -> position.inverse().priceWhere(position.margin(), parameters.maintenanceRate());
      case ENTRY ->
          position
              .inverse()
              .priceWhere(
                  position.margin().minus(maintenance(position, position.entryPrice(), parameters)),
                  Fraction.ZERO);
    };
  }

  /// The zero-equity price of a linear position: `mark - equity / size`.
  ///
  /// @param size negative for a short
  /// @throws ArithmeticException if the size is zero
  public static Fraction linearBankruptcyPrice(Fraction size, Fraction mark, Fraction equity) {
    return mark.minus(equity.over(size));
  }

  /// Who takes what the order left.
  ///
  /// @param assigned by liquidity provider, in their order
  /// @param unwound against accounts of the other side
  public record Assignment(List<Fraction> assigned, Fraction unwound) {
    public Assignment {
      assigned = List.copyOf(assigned);
    }
  }

  /// Assigns what the order left. Which provider is asked first is not documented: in the order
  /// given.
  ///
  /// @param quantity left, without sign
  /// @param capacities of the liquidity providers
  public static Assignment assign(Fraction quantity, List<Fraction> capacities) {
    List<Fraction> assigned = new ArrayList<>();
    Fraction left = quantity;
    for (Fraction capacity : capacities) {
      Fraction taken = left.min(capacity.max(Fraction.ZERO));
      assigned.add(taken);
      left = left.minus(taken);
    }
    return new Assignment(assigned, left);
  }

  /// A balance of a multi-collateral account.
  ///
  /// @param haircut share that does not count
  public record Collateral(Fraction balance, Fraction dollarRate, Fraction haircut) {}

  /// Margin equity of a multi-collateral account, dollars.
  public static Fraction marginEquity(List<Collateral> collaterals, Fraction unrealizedProfit) {
    return collaterals.stream()
        .map(each ->
            each.balance().times(each.dollarRate()).times(Fraction.ONE.minus(each.haircut())))
        .reduce(unrealizedProfit, Fraction::plus);
  }

  /// Requirement of all cross positions in one underlying: the larger side.
  public static Fraction netRequirement(Fraction longs, Fraction shorts) {
    return longs.max(shorts);
  }
}
