package trimtab.core.health;

import java.util.OptionalLong;

/// Prices of one feed, all other prices held, at which an account is in a state that it is not in
/// at the mark: in breach, or bankrupt.
///
/// @param feed index of the price that moves
/// @param direction in which it moves from the mark
/// @param nearest the first of these prices, in the feed's units, on its tick
/// @param farthest the last of them before the state ends again; empty where it goes on as far as
///   prices are looked at
public record PriceRange(int feed, Direction direction, long nearest, OptionalLong farthest) {
  /// Where a price moves.
  public enum Direction {
    /// It falls.
    DOWN,
    /// It rises.
    UP
  }

  /// How far away it is in moves of one day: the logarithm of the price over the mark by the daily
  /// volatility. For people; nothing is decided by it.
  ///
  /// @param mark price now, in the feed's units
  /// @param dailyVolatilityPpm standard deviation of the daily log return, parts per million,
  ///   positive
  /// @throws IllegalArgumentException if mark or volatility is not positive
  public double dailyMoves(long mark, long dailyVolatilityPpm) {
    if (mark <= 0 || dailyVolatilityPpm <= 0) {
      throw new IllegalArgumentException(
          "mark and daily volatility must be positive, not %d and %d"
              .formatted(mark, dailyVolatilityPpm));
    }
    double move = Math.abs(StrictMath.log((double) nearest / mark));
    return move * 1e6 / dailyVolatilityPpm;
  }
}
