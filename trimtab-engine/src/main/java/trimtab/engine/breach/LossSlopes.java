package trimtab.engine.breach;

import trimtab.core.account.AccountView;
import trimtab.core.health.Base;
import trimtab.core.health.Netting;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;

/// How fast an account's excess over the threshold can fall when prices move: per feed and
/// direction, an upper bound of the loss of excess per unit of price, whatever the other prices do.
///
/// The excess `(B - O) - (level - 1) x base` is piecewise linear in each price, so the largest
/// slope times the distance bounds the loss at any distance, exactly (performance notes: safe
/// boxes). Per leg of value `v`:
///
/// - a net asset loses at most `assetWeight x v` when its price falls, a net debt `debtWeight x v`
///   (times the level where the obligation is the base) when it rises;
/// - profit and loss of a perpetual count at least at the settlement currency's asset weight and at
///   most at its debt weight, as it may be owed;
/// - its requirement rises with the price by at most the largest tier rate times the level.
///
/// Slopes are in value units x parts per million squared per price unit: the unit of [Health]'s
/// excess. Several legs on one feed are added, never netted: an upper bound needs no more.
final class LossSlopes {
  private final Listing listing;
  private final BreachRule rule;
  private final double[] up;
  private final double[] down;
  private final boolean[] met;
  private final int[] feeds;
  private int count;
  private boolean bounded;

  LossSlopes(BreachRule rule) {
    this.rule = rule;
    this.listing = rule.model().listing();
    int feedCount = listing.feeds().size();
    this.up = new double[feedCount];
    this.down = new double[feedCount];
    this.met = new boolean[feedCount];
    this.feeds = new int[feedCount];
  }

  /// Replaces the slopes by those of an account.
  ///
  /// @param base what the level is measured against, from the account's health
  void measure(AccountView account, Base base) {
    clear();
    bounded = true;
    double level = rule.levelPpm();
    double overOne = base == Base.OBLIGATION ? Math.max(0, level - Ppm.ONE) : 0;
    for (int i = 0; i < account.balanceCount(); i++) {
      Asset asset = listing.assets().get(account.asset(i));
      if (asset.isSettlement()) {
        continue;
      }
      boolean netted = rule.model().netting() == Netting.PER_ASSET;
      long net = account.amount(i) - account.debt(i);
      double unit = listing.unitValue(asset, 1);
      double held = netted ? Math.max(0, net) : account.amount(i);
      double owed = netted ? Math.max(0, -net) : account.debt(i);
      double falling = held * unit * asset.assetWeightPpm() * Ppm.ONE;
      double rising = owed * unit * asset.debtWeightPpm() * (Ppm.ONE + overOne);
      if (falling > 0 || rising > 0) {
        add(asset.feed(), rising, falling);
      }
    }
    Asset settlement = listing.settlement();
    double gain = (double) settlement.assetWeightPpm() * Ppm.ONE;
    double loss = Math.max(gain, settlement.debtWeightPpm() * (Ppm.ONE + overOne));
    for (int i = 0; i < account.positionCount(); i++) {
      int market = account.market(i);
      Contract contract = listing.contracts().get(market);
      bounded &= !contract.maintenance().jumps();
      long quantity = account.quantity(i);
      double size = Math.abs((double) quantity) * listing.unitValue(contract, 1);
      double margin = rule.model().requirements().maximumRatePpm(market) * level;
      if (quantity > 0) {
        add(contract.feed(), size * Math.max(0, margin - gain), size * loss);
      } else {
        add(contract.feed(), size * (loss + margin), 0);
      }
    }
  }

  private void clear() {
    for (int i = 0; i < count; i++) {
      met[feeds[i]] = false;
    }
    count = 0;
  }

  private void add(int feed, double rising, double falling) {
    if (!met[feed]) {
      met[feed] = true;
      up[feed] = 0;
      down[feed] = 0;
      feeds[count++] = feed;
    }
    up[feed] += rising;
    down[feed] += falling;
  }

  /// Whether the slopes bound the loss at every distance: not where a requirement jumps.
  boolean bounded() {
    return bounded;
  }

  /// How many feeds the account depends on.
  int count() {
    return count;
  }

  /// The `i`-th of them.
  int feed(int i) {
    return feeds[i];
  }

  boolean dependsOn(int feed) {
    return met[feed];
  }

  /// Loss of excess per unit by which the price rises.
  double up(int feed) {
    return up[feed];
  }

  /// Loss of excess per unit by which the price falls.
  double down(int feed) {
    return down[feed];
  }
}
