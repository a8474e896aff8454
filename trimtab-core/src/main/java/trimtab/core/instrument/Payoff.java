package trimtab.core.instrument;

/// How the price of a contract becomes profit.
public sealed interface Payoff {
  /// A quantity is worth `quantity x price`; profit is what that gained.
  record Linear() implements Payoff {}

  /// A quantity of contracts of a fixed face value, settled in the coin: it is worth `quantity x
  /// faceValue / price` coins, and a long gains what that *lost*.
  ///
  /// @param faceValue of one contract, in price units of its feed (100 USD at two decimals: 10,000)
  record Inverse(long faceValue) implements Payoff {
    /// Checks the face value.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public Inverse {
      if (faceValue <= 0) {
        throw new IllegalArgumentException("a face value must be positive, not " + faceValue);
      }
    }
  }
}
