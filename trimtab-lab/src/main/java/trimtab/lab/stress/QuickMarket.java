package trimtab.lab.stress;

import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// A market or an asset at one move of prices, as plain numbers.
final class QuickMarket {
  final int feed;
  final long unitValue;
  final long lot;
  final long minimum;
  final long dustUnits;
  final long feePpm;
  final double weight;
  final long weightPpm;
  private final double[] tierFrom;
  private final double[] tierRate;

  QuickMarket(Contract contract, long unitValue) {
    this.feed = contract.feed();
    this.unitValue = unitValue;
    this.lot = contract.lot();
    this.minimum = minimum(contract.minimumOrderValue(), unitValue, lot);
    this.dustUnits = Math.max(1, Math.ceilDiv(contract.dustValue(), unitValue));
    this.feePpm = contract.takerFeePpm();
    this.weight = 1;
    this.weightPpm = Ppm.ONE;
    MarginTiers tiers = contract.maintenance();
    int count = tiers.tiers().size();
    this.tierFrom = new double[count];
    this.tierRate = new double[count];
    for (int i = 0; i < count; i++) {
      tierFrom[i] = tiers.tiers().get(i).fromValue();
      tierRate[i] = (double) tiers.tiers().get(i).ratePpm() / Ppm.ONE;
    }
  }

  QuickMarket(Asset asset, long unitValue) {
    this.feed = asset.feed();
    this.unitValue = unitValue;
    this.lot = Rounding.ceilToStep(Math.max(asset.lot(), Math.ceilDiv(1, unitValue)), asset.lot());
    this.minimum = minimum(asset.minimumOrderValue(), unitValue, lot);
    this.dustUnits = Math.max(1, Math.ceilDiv(asset.dustValue(), unitValue));
    this.feePpm = asset.takerFeePpm();
    this.weight = (double) asset.assetWeightPpm() / Ppm.ONE;
    this.weightPpm = asset.assetWeightPpm();
    this.tierFrom = new double[0];
    this.tierRate = new double[0];
  }

  private static long minimum(long orderValue, long unitValue, long lot) {
    long least = Math.ceilDiv(Math.max(1, orderValue), unitValue);
    return Rounding.ceilToStep(Math.max(1, least), lot);
  }

  /// Largest partial closing of a leg of this size.
  long maximumPartial(long size) {
    return dustUnits >= size ? 0 : Rounding.floorToStep(size - dustUnits, lot);
  }

  /// The least admissible quantity from `quantity` on.
  long leastAdmissible(long quantity, long size) {
    long partial = Rounding.ceilToStep(Math.max(quantity, minimum), lot);
    return partial <= maximumPartial(size) ? partial : size;
  }

  /// The requirement of a notional, continuous tiers.
  double requirement(double notional) {
    double sum = 0;
    for (int i = 0; i < tierFrom.length && tierFrom[i] < notional; i++) {
      double upper = i + 1 < tierFrom.length ? Math.min(notional, tierFrom[i + 1]) : notional;
      sum += (upper - tierFrom[i]) * tierRate[i];
    }
    return sum;
  }

  /// The rate that the last part of a notional bears.
  double rate(double notional) {
    int tier = 0;
    while (tier + 1 < tierFrom.length && tierFrom[tier + 1] < notional) {
      tier++;
    }
    return tierRate[tier];
  }

  /// All-in cost of a quantity within the capacity: impact and fee, each rounded up.
  long cost(QuickCurve curve, long quantity) {
    return curve.exact.cost(quantity) + Rounding.mulDivCeil(quantity * unitValue, feePpm, Ppm.ONE);
  }
}
