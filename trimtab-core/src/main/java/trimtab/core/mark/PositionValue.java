package trimtab.core.mark;

import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.Payoff;
import trimtab.core.money.Decimals;
import trimtab.core.money.Rounding;
import trimtab.core.money.UnitValue;
import trimtab.core.money.Wide;

/// What positions of one contract are worth at the marks.
///
/// A position's *amount* is its value in *cost units* of the asset it is settled in (see
/// [Listing#costDecimals(Contract)]): `quantity x price`, or `quantity x face value / price` for an
/// inverse contract, rounded up. Its profit is `amount - cost`, or `cost - amount` for an inverse
/// one, so a rounded amount is against the account whichever side it is on.
///
/// @param inverse whether profit is what the amount fell by
/// @param perUnit of the amount: amount = quantity x perUnit / price
/// @param price 1 for a linear contract, else the mark
/// @param costUnitValue exact units per cost unit
/// @param costPerUnit cost units per unit of the asset it is settled in
public record PositionValue(
    boolean inverse, long perUnit, long price, long costUnitValue, long costPerUnit) {
  /// What positions of a contract are worth at the marks.
  ///
  /// @param marks prices of the contract and of the asset it is settled in
  public static PositionValue of(Listing listing, Contract contract, Marks marks) {
    return at(listing, contract, marks.price(contract.feed()), marks);
  }

  /// The same with another price of the contract itself.
  public static PositionValue at(Listing listing, Contract contract, long price, Marks marks) {
    Asset settlement = listing.assets().get(contract.settlement());
    int decimals = listing.costDecimals(contract);
    long costPerUnit = Decimals.powerOfTen(decimals - settlement.decimals());
    long costUnitValue = marks.unitValue(listing, settlement) / costPerUnit;
    return switch (contract.payoff()) {
      case Payoff.Linear() -> {
        int priced = listing.feeds().get(contract.feed()).priceDecimals();
        long scale = Decimals.powerOfTen(decimals - priced - contract.quantityDecimals());
        long perUnit = Math.multiplyExact(price, scale);
        yield new PositionValue(false, perUnit, 1, costUnitValue, costPerUnit);
      }
      case Payoff.Inverse(long faceValue) -> {
        long scale = Decimals.powerOfTen(decimals - contract.quantityDecimals());
        long perUnit = Math.multiplyExact(faceValue, scale);
        yield new PositionValue(true, perUnit, price, costUnitValue, costPerUnit);
      }
    };
  }

  /// Value of a signed quantity in cost units, signed, rounded up.
  ///
  /// @throws ArithmeticException if it does not fit a long
  public long amount(long quantity) {
    return Rounding.mulDivCeil(quantity, perUnit, price);
  }

  /// Unrealised profit of a position in cost units, rounded down.
  public long profit(long quantity, long cost) {
    long amount = amount(quantity);
    return inverse ? Math.subtractExact(cost, amount) : Math.subtractExact(amount, cost);
  }

  /// Exact units per unit of quantity, unrounded.
  public UnitValue unitValue() {
    return new UnitValue(Wide.product(perUnit, costUnitValue), price);
  }

  /// Notional of a size in exact units, rounded up.
  ///
  /// @param size not negative
  public Wide notional(long size) {
    return price == 1 ? Wide.product(size, perUnit).times(costUnitValue) : unitValue().ceil(size);
  }
}
