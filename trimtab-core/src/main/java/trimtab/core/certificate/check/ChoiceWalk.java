package trimtab.core.certificate.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;

/// Legs of a choice closed one after the other, each from the state the one before left, depth
/// included.
final class ChoiceWalk {
  private final Terms terms;
  private final Level target;
  private final long capSharePpm;
  private final Map<String, Long> sold = new TreeMap<>();
  private AccountState state;

  ChoiceWalk(AccountState start, Terms terms, Level target, long capSharePpm) {
    this.state = start;
    this.terms = terms;
    this.target = target;
    this.capSharePpm = capSharePpm;
  }

  /// A leg that can be closed at this point.
  ///
  /// @param curve what is left of its depth
  /// @param cap the largest quantity within close factor and depth
  record Open(ClosingLeg leg, AdmissibleSizes sizes, CurveLine curve, long cap) {
    boolean allows(long quantity) {
      return quantity <= cap && sizes.contains(quantity);
    }
  }

  AccountState state() {
    return state;
  }

  /// @return empty when there is nothing of the leg, or no depth
  Optional<Open> open(LegLine line) {
    CurveLine curve = UsedCurve.after(line.curve(), sold.getOrDefault(line.leg().instrument(), 0L));
    if (curve.knots().isEmpty() || !isThere(line)) {
      return Optional.empty();
    }
    ClosingLeg leg = ClosingLeg.of(state, stage(line, curve), terms, target);
    if (leg.size() == 0) {
      return Optional.empty();
    }
    AdmissibleSizes sizes =
        AdmissibleSizes.of(stage(line, curve), leg.size(), leg.tradingCost().worth());
    long cap = CheckedStage.closeFactorCap(leg.size(), capSharePpm);
    return Optional.of(new Open(leg, sizes, curve, Math.min(cap, curve.knots().getLast())));
  }

  private boolean isThere(LegLine line) {
    if (!line.leg().isPair()) {
      int position = state.position(line.leg().instrument());
      return position >= 0 && state.quantity(position) != 0;
    }
    int debt = state.balance(line.leg().debt());
    int collateral = state.balance(line.leg().instrument());
    return debt >= 0 && collateral >= 0 && ClaimCheck.isPair(state, debt, collateral);
  }

  void close(LegLine line, Open open, long quantity, boolean capped) {
    state = open.leg().settle(quantity, capped).after();
    if (line.leg().isPair() && state.balance(line.leg().instrument()) != 0) {
      sold.merge(line.leg().instrument(), quantity, Math::addExact);
    }
  }

  /// A stage that closes nothing: the numbers of a leg in the form in which legs are read.
  static Stage stage(LegLine line, CurveLine curve) {
    return new Stage(
        line.leg(),
        0,
        line.lot(),
        line.minimumOrderValue(),
        line.dustValue(),
        1_000_000,
        line.feePpm(),
        curve,
        0,
        0,
        0,
        0,
        List.of(),
        List.of());
  }
}
