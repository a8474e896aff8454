package trimtab.core.instrument;

import trimtab.core.money.Ppm;

/// What a position can be in: a market of perpetuals or dated futures, linear or inverse.
///
/// @param symbol for people, such as `ETHUSDT`
/// @param payoff how the price becomes profit
/// @param term how long it lasts
/// @param settlement index of the asset in which profit, loss and charges are paid
/// @param feed index of the price that marks it
/// @param quantityDecimals a quantity is an integer in units of `10^-quantityDecimals`
/// @param lot smallest step of an order, in quantity units
/// @param minimumOrderValue least notional of an order that does not close the whole position, in
///   value units
/// @param dustValue a remainder worth less than this (value units) may not be left open
/// @param initial margin that new risk and withdrawals must leave
/// @param maintenance margin below which the account is in breach
/// @param takerFeePpm fee on traded notional that every execution pays
/// @param pnlWeightPpm share of an unrealised gain that counts; losses count in full
public record Contract(
    String symbol,
    Payoff payoff,
    Term term,
    int settlement,
    int feed,
    int quantityDecimals,
    long lot,
    long minimumOrderValue,
    long dustValue,
    MarginTiers initial,
    MarginTiers maintenance,
    long takerFeePpm,
    long pnlWeightPpm) {
  /// Checks the terms.
  ///
  /// @throws IllegalArgumentException with the one that is out of range
  public Contract {
    if (lot <= 0 || minimumOrderValue < 0 || dustValue < 0 || takerFeePpm < 0) {
      throw new IllegalArgumentException(
          symbol + ": lot must be positive, minimum order, dust and fee not negative");
    }
    if (pnlWeightPpm < 0 || pnlWeightPpm > Ppm.ONE) {
      throw new IllegalArgumentException(
          "%s: pnlWeight must be 0 to 1, not %s".formatted(symbol, Ppm.format(pnlWeightPpm)));
    }
  }

  /// A linear perpetual settled in the settlement currency, whose gains count in full.
  public Contract(
      String symbol,
      int feed,
      int quantityDecimals,
      long lot,
      long minimumOrderValue,
      long dustValue,
      MarginTiers initial,
      MarginTiers maintenance,
      long takerFeePpm) {
    this(
        symbol,
        new Payoff.Linear(),
        new Term.Perpetual(),
        0,
        feed,
        quantityDecimals,
        lot,
        minimumOrderValue,
        dustValue,
        initial,
        maintenance,
        takerFeePpm,
        Ppm.ONE);
  }

  /// The same contract at another fee.
  Contract withTakerFee(long feePpm) {
    return new Contract(
        symbol,
        payoff,
        term,
        settlement,
        feed,
        quantityDecimals,
        lot,
        minimumOrderValue,
        dustValue,
        initial,
        maintenance,
        feePpm,
        pnlWeightPpm);
  }

  /// Whether it pays in the coin, `face value / price` of it; see [Payoff.Inverse].
  public boolean isInverse() {
    return payoff instanceof Payoff.Inverse;
  }

  /// Whether the contract was delivered at an instant; see [Term.Dated].
  public boolean isExpired(long asOfNanos) {
    return switch (term) {
      case Term.Perpetual() -> false;
      case Term.Dated(long expiryNanos) -> asOfNanos >= expiryNanos;
    };
  }

  /// Whether it is a linear perpetual in the settlement currency whose gains count in full: the
  /// kind that needs no second price, no date and no conversion.
  public boolean isPlain() {
    return !isInverse()
        && term instanceof Term.Perpetual
        && settlement == 0
        && pnlWeightPpm == Ppm.ONE;
  }
}
