package trimtab.core.instrument;

/// A perpetual whose value is quantity x price in the listing's value currency.
///
/// @param symbol for people, such as `ETHUSDT`
/// @param feed index of the price that marks it
/// @param quantityDecimals a quantity is an integer in units of `10^-quantityDecimals`
/// @param lot smallest step of an order, in quantity units
/// @param minimumOrderValue least notional of an order that does not close the whole position, in
///   value units
/// @param dustValue a remainder worth less than this (value units) may not be left open
/// @param initial margin that new risk and withdrawals must leave
/// @param maintenance margin below which the account is in breach
/// @param takerFeePpm fee on traded notional that every execution pays
public record Contract(
    String symbol,
    int feed,
    int quantityDecimals,
    long lot,
    long minimumOrderValue,
    long dustValue,
    MarginTiers initial,
    MarginTiers maintenance,
    long takerFeePpm) {
  public Contract {
    if (lot <= 0 || minimumOrderValue < 0 || dustValue < 0 || takerFeePpm < 0) {
      throw new IllegalArgumentException(
          symbol + ": lot must be positive, minimum order, dust and fee not negative");
    }
  }
}
