package trimtab.core.rulebook;

import java.util.List;
import java.util.OptionalLong;
import trimtab.core.account.Leg;

/// Quantities that a rule states by its own formula: which legs, in order, and how much of each.
///
/// @param pieces none where the rule would close nothing now
/// @param formula how they came about, in words, with its numbers
public record Prescription(List<Piece> pieces, String formula) {
  /// Legs one prescription may name.
  public static final int PIECES_MAX = 512;

  /// One leg.
  ///
  /// @param quantity in the leg's units, positive: of a position its contracts, of a pair the
  ///   collateral that is sold
  /// @param limitPrice of a position the worst average price that the rule takes, in the feed's
  ///   price units; empty: any, as the rule sends it to the market
  public record Piece(Leg leg, long quantity, OptionalLong limitPrice) {
    /// At any price.
    public Piece(Leg leg, long quantity) {
      this(leg, quantity, OptionalLong.empty());
    }

    public Piece {
      if (quantity <= 0) {
        throw new IllegalArgumentException("a prescribed quantity is positive, not " + quantity);
      }
    }
  }

  public Prescription {
    pieces = List.copyOf(pieces);
    if (pieces.size() > PIECES_MAX) {
      throw new IllegalArgumentException("a prescription names at most " + PIECES_MAX + " legs");
    }
  }
}
