package trimtab.lab.stress;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// One rulebook at one point of the grid.
///
/// @param pricePpm change of the price of each feed
/// @param volatilityPpm change of volatility
/// @param depthPpm change of daily volume and depth
/// @param all both kinds
/// @param perps accounts with a position
/// @param loans all others
/// @param fundDraw what the insurance fund pays of the deficits
/// @param concentration who and what it rests on
/// @param largest largest closings, at most ten
public record StressPoint(
    List<Long> pricePpm,
    long volatilityPpm,
    long depthPpm,
    StressFigures all,
    StressFigures perps,
    StressFigures loans,
    BigDecimal fundDraw,
    Concentration concentration,
    List<Largest> largest) {
  /// @param topAccount share of the largest account in the liquidatable notional, 0 to 1
  /// @param topTen share of the ten largest accounts
  /// @param market where most is closed; empty if nothing is
  /// @param marketShare its share of what is closed
  /// @param depthUse the largest ratio of what is sold, or bought, of a market to what one side of
  ///   it takes in one step: above 1 the market cannot take all these closings at once
  public record Concentration(
      BigDecimal topAccount,
      BigDecimal topTen,
      Optional<String> market,
      BigDecimal marketShare,
      BigDecimal depthUse) {}

  /// @param account position in the book
  /// @param toClose settlement currency
  public record Largest(int account, BigDecimal toClose) {}

  public StressPoint {
    pricePpm = List.copyOf(pricePpm);
    largest = List.copyOf(largest);
  }
}
