package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.Optional;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.check.ClosingLeg.Settled;

/// Recomputes every amount of one stage from the state the one before left.
///
/// @param terms rates of the rule
/// @param target level on which failing sizes are judged
/// @param findings where it says what is wrong
record StageCheck(Terms terms, Level target, Findings findings) {
  /// Recomputes a stage.
  ///
  /// @param state before the stage
  /// @return empty when the state afterwards cannot be known
  Optional<CheckedStage> check(int number, Stage line, AccountState state) {
    String name = CheckedStage.name(number, line);
    if (!hasLeg(name, line, state)) {
      return Optional.empty();
    }
    ClosingLeg leg = ClosingLeg.of(state, line, terms, target);
    if (!findings.require(
        line.size() == leg.size(),
        "%s: the whole leg is %d, not %d",
        name,
        leg.size(),
        line.size())) {
      return Optional.empty();
    }
    AdmissibleSizes sizes = AdmissibleSizes.of(line, leg.size(), leg.tradingCost().worth());
    if (!isQuantityAllowed(name, line, leg, sizes)) {
      return Optional.empty();
    }
    Settled settled = leg.settle(line.quantity(), terms.penaltyCapped());
    requireAmount(name, "cost", settled.cost(), line.cost());
    requireAmount(name, "penalty", settled.penalty(), line.penalty());
    requireAmount(name, "repaid value", settled.repaid(), line.repaid());
    BigInteger lost = state.exactEquity().subtract(settled.after().exactEquity());
    BigInteger stated = BigInteger.valueOf(line.cost()).add(BigInteger.valueOf(line.penalty()));
    BigInteger rounded = lost.subtract(stated.multiply(state.exactScale()));
    findings.require(
        rounded.signum() >= 0 && rounded.compareTo(leg.rounding()) <= 0,
        "%s: equity falls by %s, but cost and penalty are %s together",
        name,
        lost,
        stated);
    CheckedStage checked = new CheckedStage(number, line, leg, sizes, settled);
    new FailingSizes(checked, target).verify(findings);
    return Optional.of(checked);
  }

  private boolean hasLeg(String name, Stage line, AccountState state) {
    String instrument = line.leg().instrument();
    if (!line.leg().isPair()) {
      int position = state.position(instrument);
      return findings.require(
          position >= 0
              && state.quantity(position) != 0
              && !state.positions().get(position).tiers().isEmpty(),
          "%s: no such position is open",
          name);
    }
    int collateral = state.balance(instrument);
    int debt = state.balance(line.leg().debt());
    if (!findings.require(
        collateral >= 0 && debt >= 0 && (collateral != debt || !state.isNetted()),
        "%s: a pair needs two different assets of the account",
        name)) {
      return false;
    }
    boolean owed =
        findings.require(
            state.owed(debt).signum() > 0,
            "%s: nothing is owed, the debt asset's net value is %s",
            name,
            state.cash(debt));
    boolean held =
        findings.require(
            state.cash(collateral).signum() > 0,
            "%s: nothing is held, the collateral's net value is %s",
            name,
            state.cash(collateral));
    return owed && held;
  }

  private boolean isQuantityAllowed(
      String name, Stage line, ClosingLeg leg, AdmissibleSizes sizes) {
    long quantity = line.quantity();
    long cap = CheckedStage.closeFactorCap(leg.size(), line.capSharePpm());
    if (quantity == 0) {
      long within = sizes.largestTo(Math.min(cap, leg.tradingCost().capacity()));
      return findings.require(
          within == 0 && sizes.largestTo(cap) > 0,
          "%s: nothing is closed, but close factor and depth allow %d",
          name,
          within);
    }
    boolean admissible =
        findings.require(
            sizes.contains(quantity),
            "%s: %d is not admissible: a multiple of %d from %d to %d, or the whole %d",
            name,
            quantity,
            sizes.lot(),
            sizes.minimum(),
            sizes.maximumPartial(),
            sizes.size());
    boolean tradable =
        findings.require(
            quantity <= leg.tradingCost().capacity(),
            "%s: the cost curve ends at %d, but %d is closed",
            name,
            leg.tradingCost().capacity(),
            quantity);
    boolean withinCap =
        findings.require(
            quantity <= cap,
            "%s: the close factor allows %d of %d, but %d is closed",
            name,
            cap,
            leg.size(),
            quantity);
    return admissible && tradable && withinCap;
  }

  private void requireAmount(String name, String what, BigInteger exact, long stated) {
    findings.require(
        exact.equals(BigInteger.valueOf(stated)),
        "%s: the %s is %s, not %d",
        name,
        what,
        exact,
        stated);
  }
}
