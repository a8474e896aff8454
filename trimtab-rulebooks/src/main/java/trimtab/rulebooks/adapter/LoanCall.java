package trimtab.rulebooks.adapter;

import java.math.BigInteger;

/// What a protocol answers to the liquidation that an adapter asks it for.
public sealed interface LoanCall {
  /// It liquidates.
  ///
  /// @param repaid base units of the debt
  /// @param seized base units of the collateral, everything that the account loses
  /// @param formula how the two came about, with the venue's numbers
  record Taken(LoanPair pair, BigInteger repaid, BigInteger seized, String formula)
      implements LoanCall {}

  /// It does not.
  ///
  /// @param reason as the protocol says it, or why it is not asked
  record Refused(String reason) implements LoanCall {}
}
