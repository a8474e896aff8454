package trimtab.lab.replay;

import java.util.List;
import java.util.Optional;
import trimtab.engine.event.Event.LiquidationPlanned;

/// What a report draws of one run, beside its figures.
///
/// @param closedByBar value at the mark of what was closed at each bar, value units; empty where no
///   details were asked for
/// @param bandBars bars after whose liquidations healths were counted, ascending
/// @param bands for each of these bars the accounts in each band, see [#BAND_LEVELS]; the last is
///   the most that were in breach at one bar since the count before
/// @param largest the largest planned liquidations, largest first, at most [#LARGEST_MAX]
/// @param proven the largest that restores with one leg closed in part
public record RunDetails(
    List<Long> closedByBar,
    List<Integer> bandBars,
    List<List<Integer>> bands,
    List<LiquidationPlanned> largest,
    Optional<LiquidationPlanned> proven) {
  /// Liquidations that are kept.
  public static final int LARGEST_MAX = 10;

  /// Bars at which healths are counted, at most.
  public static final int BARS_MAX = 64;

  /// Lower ends of the bands of the health factor, best first; the last band is what lies below the
  /// last of them, breached. Above [#BAND_TOP] is no band.
  public static final List<Double> BAND_LEVELS = List.of(1.5, 1.25, 1.1, 1.0);

  /// The upper end of the first band.
  public static final double BAND_TOP = 2;

  /// Nobody asked.
  public static final RunDetails NONE =
      new RunDetails(List.of(), List.of(), List.of(), List.of(), Optional.empty());

  public RunDetails {
    closedByBar = List.copyOf(closedByBar);
    bandBars = List.copyOf(bandBars);
    bands = bands.stream().map(List::copyOf).toList();
    largest = List.copyOf(largest);
  }
}
