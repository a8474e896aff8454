package trimtab.rulebooks.derivatives;

import java.util.Optional;
import trimtab.rulebooks.number.Fraction;

/// A position in contracts of one dollar each that is margined in coins, as exact numbers.
///
/// A long of `q` contracts is worth `q / entry - q / price` coins, a short the opposite.
///
/// @param contracts dollars, negative for a short, not zero
/// @param entryPrice average, dollars per coin, positive
record InversePosition(Fraction contracts, Fraction entryPrice) {
  /// @throws IllegalArgumentException if there is no position or no price
  InversePosition {
    if (contracts.signum() == 0 || entryPrice.signum() <= 0) {
      throw new IllegalArgumentException(
          "a position has contracts and an entry price above zero, not %s at %s"
              .formatted(contracts, entryPrice));
    }
  }

  /// 1 for a long, -1 for a short.
  Fraction side() {
    return Fraction.of(contracts.signum());
  }

  /// Value at a price, coins, positive.
  Fraction value(Fraction price) {
    return contracts.abs().over(price);
  }

  /// Unrealised profit at a price, coins.
  Fraction profit(Fraction price) {
    return contracts.over(entryPrice).minus(contracts.over(price));
  }

  /// The price at which `margin + profit = rate x value`, exactly; none if a short is so well
  /// covered that there is no such price.
  ///
  /// `price = |contracts| x (1 + side x rate) / (|contracts| / entry + side x margin)`.
  ///
  /// @param margin coins
  /// @param rate of the value at that price, a fee or a requirement; below 1
  Optional<Fraction> priceWhere(Fraction margin, Fraction rate) {
    Fraction coins = value(entryPrice).plus(side().times(margin));
    if (coins.signum() <= 0) {
      return Optional.empty();
    }
    return Optional.of(contracts.abs().times(Fraction.ONE.plus(side().times(rate))).over(coins));
  }
}
