package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.health.RequirementLine;
import trimtab.core.settlement.LegSettlement;

/// The limit of a slice by how much of it has been filled: no fill whose average price so far is at
/// or inside the row that covers the quantity filled so far lowers equity over requirement, every
/// fee included.
///
/// With continuous tiers one row says it all. Where the requirement jumps, the units before a jump
/// free less than those behind it, so a price that is right for the whole slice would let a part of
/// it lower health.
///
/// @param rows ascending; the last one covers the whole slice; empty where no market limit applies
/// @param allOrNone whether only the whole slice may be filled, because some part of it could not
///   be filled at any cost without lowering health
public record LimitTable(List<Row> rows, boolean allOrNone) {
  /// No market limit.
  public static final LimitTable NONE = new LimitTable(List.of(), false);

  /// A limit.
  ///
  /// @param upTo largest cumulative quantity, in the leg's units
  /// @param price worst average price, in the feed's price units
  public record Row(long upTo, long price) {}

  /// Copies the rows.
  public LimitTable {
    rows = List.copyOf(rows);
  }

  /// One price whatever is filled.
  static LimitTable single(long quantity, long price) {
    return new LimitTable(List.of(new Row(quantity, price)), false);
  }

  /// The row for a quantity filled so far.
  public Row at(long filled) {
    return rows.stream().filter(row -> filled <= row.upTo()).findFirst().orElseThrow();
  }

  /// The price that is inside every row: safe for whoever does not look at the table.
  public OptionalLong strictest(Side side) {
    return rows.stream().mapToLong(Row::price).reduce((one, other) -> stricter(side, one, other));
  }

  /// A price per unit from a loss.
  interface Pricing {
    /// The price at which `quantity` loses at most `loss` against the mark.
    long price(long quantity, long loss);
  }

  /// The table of a slice whose requirement may jump.
  ///
  /// Between two jumps what a quantity may lose, `a + s q`, divided by it is monotone, so the worst
  /// price is that of an end of the row.
  ///
  /// @param wholePrice limit of the whole slice
  static LimitTable of(Stage stage, Pricing pricing, long wholePrice) {
    long quantity = stage.closing().quantity();
    Side side = stage.line().side();
    List<Row> rows = new ArrayList<>();
    long from = 1;
    for (long end : ends(stage, quantity)) {
      long lossFrom = allowed(stage, from);
      long lossEnd = allowed(stage, end);
      if (lossFrom < 0 || lossEnd < 0) {
        return new LimitTable(List.of(new Row(quantity, wholePrice)), true);
      }
      long price = stricter(side, pricing.price(from, lossFrom), pricing.price(end, lossEnd));
      if (!rows.isEmpty() && rows.getLast().price() == price) {
        rows.removeLast();
      }
      rows.add(new Row(end, price));
      from = end + 1;
    }
    return new LimitTable(rows, false);
  }

  private static long stricter(Side side, long one, long other) {
    return side == Side.SELL ? Math.max(one, other) : Math.min(one, other);
  }

  /// Ends of the linear pieces of the requirement up to the quantity.
  private static List<Long> ends(Stage stage, long quantity) {
    Standing standing = stage.standing();
    RequirementLine requirement =
        standing
            .model()
            .requirements()
            .along(standing.account(), standing.marks(), position(stage));
    List<Long> ends = new ArrayList<>();
    for (long end : requirement.breakPoints()) {
      if (end < quantity) {
        ends.add(end);
      }
    }
    ends.add(quantity);
    return ends;
  }

  private static int position(Stage stage) {
    Account account = stage.standing().account();
    int index = 0;
    while (!stage.line().leg().equals(new PositionLeg(account.market(index)))) {
      index++;
    }
    return index;
  }

  /// What filling a quantity may lose besides fees, less the unit of the asset that pays by which
  /// roundings may differ inside a row; negative where not even that.
  private static long allowed(Stage stage, long quantity) {
    Standing standing = stage.standing();
    LegSettlement settlement = new LegSettlement(standing.model(), standing.terms());
    PositionLeg leg = (PositionLeg) stage.line().leg();
    long loss =
        settlement.allowedLoss(
            standing.account(), standing.marks(), standing.health(), leg.market(), quantity);
    int asset = standing.listing().contracts().get(leg.market()).settlement();
    long unit = Math.ceilDiv(standing.unitValue(asset), standing.listing().exactScale());
    return loss - stage.line().terms().fee(quantity) - unit;
  }
}
