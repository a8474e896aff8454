package trimtab.lab.input;

/// A price series that markets are listed on.
///
/// @param symbol such as `ETHUSDT`
/// @param priceDecimals decimals that the series' prices have
/// @param firstPrice first price of the series in units of `10^-priceDecimals`, positive; a market
///   that no file describes takes its tick and lot from it
public record FeedSpec(String symbol, int priceDecimals, long firstPrice) {
  public FeedSpec {
    if (firstPrice <= 0) {
      throw new IllegalArgumentException(symbol + ": the first price must be positive");
    }
  }
}
