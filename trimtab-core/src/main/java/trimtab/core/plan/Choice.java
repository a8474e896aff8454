package trimtab.core.plan;

import java.util.List;
import trimtab.core.account.Leg;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;

/// How a plan chose among the legs of an account that has several, and how good the choice is
/// proven to be.
///
/// @param order what was wanted of the combination; [LegOrder#LEAST_COST] also where no combination
///   of the order wanted restores
/// @param objective what was made small first
/// @param value what the plan counts by it, value units: cost and penalty, or notional
/// @param lowerBound no combination of the legs that are there, penalties at their uncapped rates,
///   counts less; 0 or more. The certificate proves it
/// @param exhausted whether every combination that could count less was looked at, so that none
///   does
/// @param share of every leg, where the order is [LegOrder#PROPORTIONAL]
/// @param multiplier price of a unit of excess at which the bound is taken
/// @param settlementPositive whether the bound counts the settlement currency's net at its asset
///   weight (true) or at its debt weight (false)
/// @param capSharePpm no more than this share of a leg could be closed
/// @param offers the legs at the state before anything is closed, in the order of the listing
public record Choice(
    LegOrder order,
    Objective objective,
    long value,
    long lowerBound,
    boolean exhausted,
    Share share,
    double multiplier,
    boolean settlementPositive,
    long capSharePpm,
    List<Offer> offers) {
  /// Copies the list.
  public Choice {
    offers = List.copyOf(offers);
  }

  /// By how much a cheaper combination could undercut the plan at most, as far as the bound proves.
  public long gap() {
    return Math.max(0, value - lowerBound);
  }

  /// A leg that could be closed.
  public record Offer(Leg leg, LegTerms terms) {}

  /// A share of every leg, as a fraction; all of it where the order is another.
  public record Share(long numerator, long denominator) {
    static final Share ALL = new Share(1, 1);
  }
}
