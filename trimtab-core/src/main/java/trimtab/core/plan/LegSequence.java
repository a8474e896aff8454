package trimtab.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.health.Netting;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Wide;

/// The legs of an account in the order in which they are closed: helping legs by notional per
/// relief, least first, then those that do not help; ties keep the order of the listing.
///
/// Relief is the rise of the excess over the target when the whole leg is closed. The order is
/// taken once, at the state of the breach; legs that appear on the way (a loss realised into a debt
/// that collateral can repay) come last.
final class LegSequence {
  private final List<LegLine> lines;
  private List<Leg> order = List.of();

  private LegSequence(List<LegLine> lines) {
    this.lines = lines;
  }

  static LegSequence of(Standing standing) {
    return new LegSequence(standing.lines());
  }

  /// The legs at the state of the breach, in the order of the listing.
  List<LegLine> lines() {
    return lines;
  }

  /// The legs in their order; ranked when it is first needed.
  private List<Leg> order() {
    if (order.isEmpty()) {
      List<Ranked> ranked = new ArrayList<>();
      lines.forEach(line -> ranked.add(Ranked.of(line)));
      ranked.sort(Comparator.naturalOrder());
      order = ranked.stream().map(r -> r.line().leg()).toList();
    }
    return order;
  }

  /// The next leg to close: the first of the order that is still there and not done, else, if
  /// wanted, the first that appeared on the way.
  Optional<LegLine> next(Standing standing, List<Leg> done, boolean withNew) {
    List<LegLine> open = new ArrayList<>();
    for (LegLine line : standing.lines()) {
      if (!done.contains(line.leg())) {
        open.add(line);
      }
    }
    if (open.size() == 1 && (withNew || lines.size() == 1)) {
      // No order to be made.
      LegLine only = open.getFirst();
      return withNew || lines.getFirst().leg().equals(only.leg())
          ? Optional.of(only)
          : Optional.empty();
    }
    for (Leg leg : order()) {
      for (LegLine line : open) {
        if (line.leg().equals(leg)) {
          return Optional.of(line);
        }
      }
    }
    return withNew && !open.isEmpty() ? Optional.of(open.getFirst()) : Optional.empty();
  }

  /// All legs that can be closed: positions that were not delivered, and pairs of a debt and what
  /// is held, of the same asset only where the two are not set off.
  static List<LegLine> lines(Standing standing) {
    List<LegLine> lines = new ArrayList<>();
    Account account = standing.account();
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = standing.listing().contracts().get(account.market(i));
      if (!contract.isExpired(standing.marks().asOfNanos())) {
        lines.add(new PositionLine(standing, i));
      }
    }
    List<Integer> held = heldAssets(standing);
    for (int debt : standing.assets()) {
      // A debt of less than one unit can only be left by rounding; it is not repaid.
      if (isUnit(standing, debt, standing.owed(debt))) {
        for (int collateral : held) {
          if (isPair(standing, debt, collateral)) {
            lines.add(new PairLine(standing, new PairLeg(debt, collateral)));
          }
        }
      }
    }
    return lines;
  }

  /// Whether nothing is left that could be closed: whether [#lines(Standing)] is empty.
  static boolean isOver(Standing standing) {
    Account account = standing.account();
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = standing.listing().contracts().get(account.market(i));
      if (!contract.isExpired(standing.marks().asOfNanos())) {
        return false;
      }
    }
    List<Integer> held = heldAssets(standing);
    for (int debt : standing.assets()) {
      if (isUnit(standing, debt, standing.owed(debt))
          && held.stream().anyMatch(collateral -> isPair(standing, debt, collateral))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPair(Standing standing, int debt, int collateral) {
    return collateral != debt || standing.model().netting() == Netting.NONE;
  }

  /// A leg at a state; empty when there is nothing of it to close.
  static Optional<LegLine> line(Standing standing, Leg leg) {
    return switch (leg) {
      case Leg.PositionLeg(int market) -> {
        for (int i = 0; i < standing.account().positionCount(); i++) {
          if (standing.account().market(i) == market) {
            yield Optional.of(new PositionLine(standing, i));
          }
        }
        yield Optional.empty();
      }
      case PairLeg pair ->
          isUnit(standing, pair.debtAsset(), standing.owed(pair.debtAsset()))
                  && isUnit(standing, pair.collateralAsset(), standing.cash(pair.collateralAsset()))
              ? Optional.of(new PairLine(standing, pair))
              : Optional.empty();
    };
  }

  private static boolean isUnit(Standing standing, int asset, Wide amount) {
    return amount.compareTo(Wide.of(standing.unitValue(asset))) >= 0;
  }

  /// Assets of the account's balances of which a unit or more is held, in its order.
  private static List<Integer> heldAssets(Standing standing) {
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < standing.account().balanceCount(); i++) {
      int asset = standing.account().asset(i);
      if (standing.cash(asset).compareTo(Wide.of(standing.unitValue(asset))) >= 0) {
        held.add(asset);
      }
    }
    return held;
  }

  private record Ranked(LegLine line, Wide notional, Wide relief) implements Comparable<Ranked> {
    static Ranked of(LegLine line) {
      long tradable = Math.min(line.size(), line.curve().capacity());
      Wide relief = line.excess(tradable).minus(line.excessAtCost(0, 0));
      return new Ranked(line, Wide.of(line.terms().notional(tradable)), relief);
    }

    private boolean helps() {
      return relief.signum() > 0;
    }

    @Override
    public int compareTo(Ranked other) {
      if (helps() != other.helps()) {
        return helps() ? -1 : 1;
      }
      return helps() ? Wide.compareProducts(notional, other.relief, other.notional, relief) : 0;
    }
  }

  /// Whether closing the whole leg raises the excess over the target.
  static boolean helps(LegLine line) {
    return Ranked.of(line).helps();
  }
}
