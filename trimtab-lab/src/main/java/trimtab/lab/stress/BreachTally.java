package trimtab.lab.stress;

/// Who is in breach under one rulebook at one move of prices, whatever closing costs.
final class BreachTally {
  long perps;
  long loans;
  final ExactSum perpNotional = new ExactSum();
  final ExactSum loanNotional = new ExactSum();
  final Largest exposures = new Largest();

  /// @param value of the account's positions, or of its collateral
  void add(int account, boolean isPerp, long value) {
    perps += isPerp ? 1 : 0;
    loans += isPerp ? 0 : 1;
    (isPerp ? perpNotional : loanNotional).add(value);
    exposures.offer(account, value);
  }

  void add(BreachTally other) {
    perps += other.perps;
    loans += other.loans;
    perpNotional.add(other.perpNotional);
    loanNotional.add(other.loanNotional);
    exposures.offerAll(other.exposures);
  }
}
