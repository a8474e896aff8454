package trimtab.core.instrument;

import java.util.List;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// Weights of a holding by its size: the part inside a tier counts at the weight of the tier, so
/// that the more is held of one thing the less the rest of it backs. Continuous and concave.
///
/// @param tiers ascending; the first starts at 0, weights do not rise
public record CollateralTiers(List<Tier> tiers) {
  /// Tiers an asset may have.
  public static final int TIERS_MAX = 32;

  /// One tier.
  ///
  /// @param fromAmount holding in units of the asset at which the tier begins
  /// @param weightPpm share of the part above it that counts as backing
  public record Tier(long fromAmount, long weightPpm) {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if `from` is negative or the weight not 0 to 1
    public Tier {
      if (fromAmount < 0 || weightPpm < 0 || weightPpm > Ppm.ONE) {
        throw new IllegalArgumentException(
            "a collateral tier needs from >= 0 and a weight of 0 to 1; got from %d, weight %s"
                .formatted(fromAmount, Ppm.format(weightPpm)));
      }
    }
  }

  /// Checks and copies the tiers.
  ///
  /// @throws IllegalArgumentException unless there are 1 to [#TIERS_MAX], the first from 0, `from`
  ///   rising and weights not
  public CollateralTiers {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty() || tiers.size() > TIERS_MAX || tiers.getFirst().fromAmount() != 0) {
      throw new IllegalArgumentException("collateral tiers: 1 to 32 tiers, the first from 0");
    }
    for (int i = 1; i < tiers.size(); i++) {
      Tier lower = tiers.get(i - 1);
      Tier upper = tiers.get(i);
      if (upper.fromAmount() <= lower.fromAmount() || upper.weightPpm() > lower.weightPpm()) {
        throw new IllegalArgumentException(
            "collateral tiers: 'from' must rise and weights must not; tier %d does not fit"
                .formatted(i + 1));
      }
    }
  }

  /// One weight for every size.
  public static CollateralTiers flat(long weightPpm) {
    return new CollateralTiers(List.of(new Tier(0, weightPpm)));
  }

  /// Whether one weight holds for every size.
  public boolean isFlat() {
    return tiers.size() == 1;
  }

  /// The largest weight any part of a holding can have.
  public long maximumWeightPpm() {
    return tiers.getFirst().weightPpm();
  }

  /// What a holding counts for, unrounded, in units of `value` x parts per million.
  ///
  /// @param value of the holding, not negative
  /// @param unitValue of one unit of the asset, on the scale of `value`
  public Wide weighted(Wide value, long unitValue) {
    if (isFlat()) {
      return value.times(maximumWeightPpm());
    }
    Wide sum = Wide.ZERO;
    for (int i = 0; i < tiers.size(); i++) {
      Wide from = Wide.product(tiers.get(i).fromAmount(), unitValue);
      if (from.compareTo(value) >= 0) {
        break;
      }
      Wide upper = value;
      if (i + 1 < tiers.size()) {
        upper = value.min(Wide.product(tiers.get(i + 1).fromAmount(), unitValue));
      }
      sum = sum.plus(upper.minus(from).times(tiers.get(i).weightPpm()));
    }
    return sum;
  }
}
