package trimtab.lab.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import trimtab.core.certificate.Claim;
import trimtab.core.health.Health;
import trimtab.core.plan.Plan;
import trimtab.engine.Engine;
import trimtab.engine.event.Event.LiquidationPlanned;

/// Collects what a report draws while a run goes on. It looks at every account at a few bars only,
/// so that a run with details is as good as one without.
final class DetailRecorder {
  /// Accounts that are looked at in all, at most: fewer bars for larger books.
  private static final int LOOKS_MAX = 2_000_000;

  private final long[] closedByBar;
  private final int step;
  private final List<Integer> bandBars = new ArrayList<>();
  private final List<List<Integer>> bands = new ArrayList<>();
  private final List<LiquidationPlanned> largest = new ArrayList<>();
  private Optional<LiquidationPlanned> proven = Optional.empty();
  private long provenNotional;
  private int mostBreaches;

  /// @param bars of the run
  /// @param accounts of the book
  DetailRecorder(int bars, int accounts) {
    this.closedByBar = new long[bars];
    int looks = Math.clamp(LOOKS_MAX / Math.max(1, accounts), 1, RunDetails.BARS_MAX);
    this.step = Math.max(1, Math.ceilDiv(bars, looks));
  }

  void planned(LiquidationPlanned planned) {
    long notional = planned.plan().notional();
    int place = largest.size();
    while (place > 0 && largest.get(place - 1).plan().notional() < notional) {
      place--;
    }
    if (place < RunDetails.LARGEST_MAX) {
      largest.add(place, planned);
      if (largest.size() > RunDetails.LARGEST_MAX) {
        largest.removeLast();
      }
    }
    if (notional > provenNotional && provesByOneLeg(planned.plan())) {
      proven = Optional.of(planned);
      provenNotional = notional;
    }
  }

  /// A least close of a part of one leg: what a picture shows best.
  private static boolean provesByOneLeg(Plan.Close plan) {
    return plan.claim() instanceof Claim.RestoresMinimal
        && plan.closings().size() == 1
        && plan.closings().getFirst().closing().quantity()
            < plan.closings().getFirst().terms().size();
  }

  void filled(int bar, long notional) {
    closedByBar[bar] = Math.addExact(closedByBar[bar], notional);
  }

  /// The liquidations of a bar are done.
  void barOver(int bar, Engine engine) {
    mostBreaches = Math.max(mostBreaches, engine.breachesAtLastBatch());
    if ((bar + 1) % step != 0 && bar != closedByBar.length - 1) {
      return;
    }
    Integer[] counts = new Integer[RunDetails.BAND_LEVELS.size() + 1];
    Arrays.fill(counts, 0);
    for (int slot = 0; slot < engine.accountCount(); slot++) {
      int band = band(engine.health(slot));
      if (band >= 0 && band < RunDetails.BAND_LEVELS.size()) {
        counts[band]++;
      }
    }
    counts[counts.length - 1] = mostBreaches;
    mostBreaches = 0;
    bandBars.add(bar);
    bands.add(List.of(counts));
  }

  private static int band(Health health) {
    double ratio = health.ratio();
    if (!(ratio < RunDetails.BAND_TOP)) {
      return -1;
    }
    int band = 0;
    while (band < RunDetails.BAND_LEVELS.size() && ratio < RunDetails.BAND_LEVELS.get(band)) {
      band++;
    }
    return band;
  }

  RunDetails details() {
    return new RunDetails(
        Arrays.stream(closedByBar).boxed().toList(), bandBars, bands, largest, proven);
  }
}
