package trimtab.engine.message;

import java.util.List;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.engine.command.MarketSide;

/// What the accounts' machine and the clearing say to each other. Handled in the order sent, within
/// the command that caused them; on a cluster they travel.
public sealed interface Message {
  /// Asks and tells of the accounts.
  sealed interface ToClearing extends Message {}

  /// Answers of the clearing.
  sealed interface ToAccounts extends Message {}

  /// An account is about to be planned: what does trading cost?
  ///
  /// @param sides everything a plan could trade
  record LiquidityRequest(int account, List<MarketSide> sides) implements ToClearing {
    public LiquidityRequest {
      sides = List.copyOf(sides);
    }
  }

  /// What is left of the curves for this plan.
  ///
  /// @param market the venue's windows and budgets
  record LiquidityGrant(int account, GrantedCurves curves, MarketState market)
      implements ToAccounts {}

  /// A plan counts on liquidity: the next one sees what is left.
  ///
  /// @param quantity in the market's units
  record LiquidityUsed(MarketSide side, long quantity) implements ToClearing {}

  /// An order ended unfilled: its share of the curve is free again.
  ///
  /// @param curveVersion of the grant; a curve that was replaced since has nothing to give back
  record LiquidityReleased(MarketSide side, long quantity, long curveVersion)
      implements ToClearing {}

  /// A fill was settled; its penalty is in transit to the clearing.
  ///
  /// @param notional closed, value units
  /// @param penalty value units
  /// @param split who gets it
  record SliceSettled(
      int account, long sliceId, long notional, long penalty, PenaltyTerms.Split split)
      implements ToClearing {}

  /// An account with nothing left to close misses an amount.
  ///
  /// @param amount value units, positive
  record DeficitReport(int account, long amount) implements ToClearing {}

  /// The amount is in transit to the account.
  record DeficitCover(int account, long amount, long fundAfter) implements ToAccounts {}

  /// The fund cannot pay now.
  ///
  /// @param reason why not
  record DeficitDeclined(int account, long amount, String reason) implements ToAccounts {}
}
