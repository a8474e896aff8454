package trimtab.lab.stress;

import java.util.List;

/// One rulebook at every point of the grid.
///
/// @param rulebook its name
/// @param points price slowest, then volatility, then depth
public record StressResult(String rulebook, List<StressPoint> points) {
  public StressResult {
    points = List.copyOf(points);
  }
}
