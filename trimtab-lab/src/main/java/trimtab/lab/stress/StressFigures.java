package trimtab.lab.stress;

import java.math.BigDecimal;

/// What one step does to the accounts of one kind. Money is in the settlement currency, exact.
/// `docs/stress.md` defines each figure.
///
/// @param liquidatableAccounts below the threshold of the rulebook
/// @param liquidatableNotional value of their positions; of a loan, of its collateral
/// @param toClose value at the mark of what is closed
/// @param cost of closing: impact and exchange fee
/// @param penalty taken from the accounts
/// @param badDebt equity that is missing after the step
/// @param deficit the part of it that is left where nothing remains to be closed: the fund's
/// @param notRestored accounts that are still below the threshold
/// @param accountsInBadDebt accounts with bad debt
public record StressFigures(
    long liquidatableAccounts,
    BigDecimal liquidatableNotional,
    BigDecimal toClose,
    BigDecimal cost,
    BigDecimal penalty,
    BigDecimal badDebt,
    BigDecimal deficit,
    long notRestored,
    long accountsInBadDebt) {
  static StressFigures of(long accounts, ExactSum notional, Tally tally, int valueDecimals) {
    return new StressFigures(
        accounts,
        money(notional, valueDecimals),
        money(tally.toClose, valueDecimals),
        money(tally.cost, valueDecimals),
        money(tally.penalty, valueDecimals),
        money(tally.badDebt, valueDecimals),
        money(tally.deficit, valueDecimals),
        tally.notRestored,
        tally.withBadDebt);
  }

  static BigDecimal money(ExactSum sum, int valueDecimals) {
    BigDecimal value = new BigDecimal(sum.total().toBigInteger(), valueDecimals);
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
