package trimtab.core.instrument;

import java.util.List;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// Margin rates by size of a position.
///
/// @param kind what a tier's rate applies to
/// @param tiers ascending; the first starts at 0, rates do not fall
public record MarginTiers(Kind kind, List<Tier> tiers) {
  /// Tiers a market may have.
  public static final int TIERS_MAX = 32;

  /// What the rate of a tier applies to.
  public enum Kind {
    /// The part of the notional inside the tier, as tax brackets do: the requirement is continuous
    /// and convex in the notional.
    CONTINUOUS,
    /// The whole notional of a position that reaches into the tier, as some venues have it: the
    /// requirement jumps where a tier begins. A notional equal to `fromValue` is still below it.
    STEPPED
  }

  /// One tier.
  ///
  /// @param fromValue notional in value units at which the tier begins
  /// @param ratePpm margin rate, parts per million
  public record Tier(long fromValue, long ratePpm) {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if `from` is negative or the rate not above 0 and up to 1
    public Tier {
      if (fromValue < 0 || ratePpm <= 0 || ratePpm > Ppm.ONE) {
        throw new IllegalArgumentException(
            "a tier needs from >= 0 and a rate above 0 and up to 1; got from %d, rate %s"
                .formatted(fromValue, Ppm.format(ratePpm)));
      }
    }
  }

  /// Checks and copies the tiers.
  ///
  /// @throws IllegalArgumentException unless there are 1 to [#TIERS_MAX], the first from 0, `from`
  ///   rising and rates not falling
  public MarginTiers {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty() || tiers.size() > TIERS_MAX || tiers.getFirst().fromValue() != 0) {
      throw new IllegalArgumentException("tiers: 1 to 32 tiers, the first from 0");
    }
    for (int i = 1; i < tiers.size(); i++) {
      Tier lower = tiers.get(i - 1);
      Tier upper = tiers.get(i);
      if (upper.fromValue() <= lower.fromValue() || upper.ratePpm() < lower.ratePpm()) {
        throw new IllegalArgumentException(
            "tiers: 'from' must rise and rates must not fall; tier %d does not".formatted(i + 1));
      }
    }
  }

  /// Continuous tiers.
  public MarginTiers(List<Tier> tiers) {
    this(Kind.CONTINUOUS, tiers);
  }

  /// One rate for every size.
  public static MarginTiers flat(long ratePpm) {
    return new MarginTiers(List.of(new Tier(0, ratePpm)));
  }

  /// Whether the requirement may jump: more than one rate, each for the whole notional.
  public boolean jumps() {
    return kind == Kind.STEPPED && tiers.size() > 1;
  }

  /// The requirement of a position, unrounded, in value units x parts per million.
  ///
  /// @param notional absolute value of the position at the mark, in value units
  public Wide requirement(long notional) {
    return switch (kind) {
      case CONTINUOUS -> byBrackets(notional);
      case STEPPED -> Wide.product(notional, rateOf(notional));
    };
  }

  /// The same for a notional that need not be a whole number of value units.
  ///
  /// @param notional in exact units
  /// @param exactScale exact units per value unit
  /// @return exact units x parts per million
  public Wide requirement(Wide notional, long exactScale) {
    if (exactScale == 1 && notional.fitsLong()) {
      return requirement(notional.low());
    }
    Wide sum = Wide.ZERO;
    long below = 0;
    for (Tier tier : tiers) {
      Wide above = notional.minus(Wide.product(tier.fromValue(), exactScale));
      if (above.signum() <= 0) {
        break;
      }
      Wide charged = kind == Kind.STEPPED ? notional : above;
      sum = sum.plus(charged.times(tier.ratePpm() - below));
      below = tier.ratePpm();
    }
    return sum;
  }

  private Wide byBrackets(long notional) {
    Wide sum = Wide.ZERO;
    for (int i = 0; i < tiers.size() && tiers.get(i).fromValue() < notional; i++) {
      long upper = i + 1 < tiers.size() ? tiers.get(i + 1).fromValue() : Long.MAX_VALUE;
      long inside = Math.min(notional, upper) - tiers.get(i).fromValue();
      sum = sum.plus(Wide.product(inside, tiers.get(i).ratePpm()));
    }
    return sum;
  }

  private long rateOf(long notional) {
    int tier = 0;
    while (tier + 1 < tiers.size() && tiers.get(tier + 1).fromValue() < notional) {
      tier++;
    }
    return tiers.get(tier).ratePpm();
  }

  /// The notionals above which another tier begins, ascending.
  public long[] limits() {
    return tiers.stream().skip(1).mapToLong(Tier::fromValue).toArray();
  }

  /// The largest rate any part of a position can have.
  public long maximumRatePpm() {
    return tiers.getLast().ratePpm();
  }
}
