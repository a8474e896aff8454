package trimtab.core.plan;

import java.util.List;
import trimtab.core.money.Wide;

/// Quantities of a leg that do not restore the target, with the numbers that prove it.
///
/// @param segments ranges settled by bounds at their ends
/// @param points single quantities settled exactly
public record Failing(List<Segment> segments, List<Point> points) {
  /// Nothing was looked at.
  public static final Failing NONE = new Failing(List.of(), List.of());

  /// Copies the lists.
  public Failing {
    segments = List.copyOf(segments);
    points = List.copyOf(points);
  }

  /// A range in which every quantity fails: without a break-point inside, and with negative upper
  /// bounds of the excess at both ends.
  ///
  /// @param settlementPositive whether the bound counts the settlement currency's net at its asset
  ///   weight (true) or at its debt weight (false)
  public record Segment(
      long from, long to, boolean settlementPositive, Wide boundFrom, Wide boundTo) {}

  /// A quantity whose exact excess is negative.
  public record Point(long quantity, Wide excess) {}
}
