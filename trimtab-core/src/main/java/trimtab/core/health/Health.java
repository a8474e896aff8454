package trimtab.core.health;

import java.math.BigDecimal;
import java.math.RoundingMode;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// How safe an account is, in exact numbers. Weighted figures are in exact units x parts per
/// million.
///
/// @param backing positive net balances at their asset weights
/// @param obligation negative net balances at their debt weights, plus the requirement
/// @param requirement the maintenance requirement inside `obligation`
/// @param base what levels are measured against; never [Base#AUTO]
/// @param equity everything held minus everything owed, unweighted, in value units, rounded down
/// @param exactScale exact units per value unit
public record Health(
    Wide backing, Wide obligation, Wide requirement, Base base, long equity, long exactScale) {
  /// Health on a listing whose exact unit is the value unit.
  public Health(Wide backing, Wide obligation, Wide requirement, Base base, long equity) {
    this(backing, obligation, requirement, base, equity, 1);
  }

  /// Checks the base.
  ///
  /// @throws IllegalArgumentException if it is [Base#AUTO]
  public Health {
    if (base == Base.AUTO) {
      throw new IllegalArgumentException("the base of a health is resolved");
    }
  }

  /// By how much the account lies above (positive) or below (negative) a level: `B - O - (level -
  /// 1) x base`, in exact units x parts per million squared. The sign is the verdict; it is exact.
  ///
  /// @param levelPpm health level, such as 1,000,000 for one
  public Wide excess(long levelPpm) {
    Wide distance = backing.minus(obligation).times(Ppm.ONE);
    return distance.minus(baseAmount().times(levelPpm - Ppm.ONE));
  }

  /// Whether the account is at or above a level. Without an obligation it is iff backing >= 0.
  public boolean isAtLeast(long levelPpm) {
    return !excess(levelPpm).isNegative();
  }

  /// Nothing is left to protect: equity is zero or less.
  public boolean isBankrupt() {
    return equity <= 0;
  }

  /// Neither debt nor requirement.
  public boolean owesNothing() {
    return obligation.signum() == 0;
  }

  /// The amount the level multiplies.
  public Wide baseAmount() {
    return base == Base.OBLIGATION ? obligation : requirement;
  }

  /// Numerator of the health factor: backing, or backing minus the part of the obligation that is
  /// no requirement (equity in the venue's sense, weighted).
  public Wide numerator() {
    return base == Base.OBLIGATION ? backing : backing.minus(obligation).plus(requirement);
  }

  /// The sign of this health factor minus the other's, exactly. An account without an obligation is
  /// above every account with one.
  public int compareRatio(Health other) {
    boolean free = baseAmount().signum() == 0;
    boolean otherFree = other.baseAmount().signum() == 0;
    if (free || otherFree) {
      return free && otherFree
          ? Integer.compare(numerator().signum(), other.numerator().signum())
          : free ? freeAgainst(this) : -freeAgainst(other);
    }
    return Wide.compareProducts(numerator(), other.baseAmount(), other.numerator(), baseAmount());
  }

  private static int freeAgainst(Health free) {
    return free.numerator().isNegative() ? -1 : 1;
  }

  /// The health factor for people: three decimals, cut towards failure, and as many more as it
  /// takes to show on which side of the level it lies and about how far. `>99` far above, `no debt`
  /// without an obligation, `below zero` when the numerator is negative.
  ///
  /// @param levelPpm the level that the reader compares with
  public String ratioText(long levelPpm) {
    if (numerator().isNegative()) {
      return "below zero";
    }
    if (baseAmount().signum() == 0) {
      return "no debt";
    }
    BigDecimal top = new BigDecimal(numerator().toBigInteger());
    BigDecimal bottom = new BigDecimal(baseAmount().toBigInteger());
    if (top.compareTo(bottom.multiply(TEXT_MAX)) > 0) {
      return ">99";
    }
    BigDecimal exact = top.divide(bottom, TEXT_DECIMALS_MAX, RoundingMode.FLOOR);
    BigDecimal distance = exact.subtract(BigDecimal.valueOf(levelPpm, Ppm.DECIMALS)).abs();
    int decimals = TEXT_DECIMALS_LEAST;
    BigDecimal cut = exact.setScale(decimals, RoundingMode.FLOOR);
    while (decimals < TEXT_DECIMALS_MAX && blurs(exact.subtract(cut), distance)) {
      decimals++;
      cut = exact.setScale(decimals, RoundingMode.FLOOR);
    }
    return cut.toPlainString();
  }

  /// Whether what was cut off is more than half of what is to be seen.
  private static boolean blurs(BigDecimal lost, BigDecimal distance) {
    return lost.add(lost).compareTo(distance) > 0;
  }

  private static final BigDecimal TEXT_MAX = new BigDecimal("99.9");
  private static final int TEXT_DECIMALS_LEAST = 3;
  private static final int TEXT_DECIMALS_MAX = 24;

  /// The health factor as a double, for charts only.
  public double ratio() {
    return baseAmount().signum() == 0
        ? Double.POSITIVE_INFINITY
        : numerator().toDouble() / baseAmount().toDouble();
  }
}
