package trimtab.engine.clearing;

import java.util.Arrays;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Listing;
import trimtab.engine.command.MarketSide;
import trimtab.engine.journal.StateWriter;
import trimtab.engine.message.GrantedCurves.Granted;

/// What trading costs on every market and side, and how much of it is already spoken for by plans
/// since the last update. Free until the first update.
final class CurvesLeft {
  private static final int SIDES = 2;

  private final int contracts;
  private final int assets;
  private final CostCurve[] curves;
  private final long[] used;
  private final long[] versions;

  CurvesLeft(Listing listing) {
    this.contracts = listing.contracts().size();
    this.assets = listing.assets().size();
    int places = (contracts + assets) * SIDES;
    this.curves = new CostCurve[places];
    this.used = new long[places];
    this.versions = new long[places];
    Arrays.fill(curves, CostCurve.FREE);
  }

  boolean has(MarketSide side) {
    int count =
        switch (side.kind()) {
          case PERPETUAL -> contracts;
          case ASSET -> assets;
        };
    return side.index() >= 0 && side.index() < count;
  }

  void update(MarketSide side, CostCurve curve) {
    int place = place(side);
    curves[place] = curve;
    used[place] = 0;
    versions[place]++;
  }

  Granted left(MarketSide side) {
    int place = place(side);
    return new Granted(side, curves[place].after(used[place]), versions[place]);
  }

  void use(MarketSide side, long quantity) {
    used[place(side)] += quantity;
  }

  /// Gives back what an order did not use, unless the curve has been replaced since.
  void release(MarketSide side, long quantity, long version) {
    int place = place(side);
    if (versions[place] == version) {
      used[place] -= quantity;
    }
  }

  private int place(MarketSide side) {
    int market =
        switch (side.kind()) {
          case PERPETUAL -> side.index();
          case ASSET -> contracts + side.index();
        };
    return market * SIDES + (side.side() == Side.BUY ? 0 : 1);
  }

  void writeState(StateWriter out) {
    for (int place = 0; place < curves.length; place++) {
      CostCurve curve = curves[place];
      out.putInt(curve.pieces());
      for (int piece = 0; piece < curve.pieces(); piece++) {
        out.putLong(curve.knot(piece));
        out.putLong(curve.start(piece));
        out.putLong(curve.end(piece));
      }
      out.putLong(used[place]);
      out.putLong(versions[place]);
    }
  }
}
