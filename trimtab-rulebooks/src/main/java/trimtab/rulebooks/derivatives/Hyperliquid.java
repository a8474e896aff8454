package trimtab.rulebooks.derivatives;

import java.util.Comparator;
import java.util.List;
import trimtab.rulebooks.number.Fraction;

/// Hyperliquid: market orders for the whole or a fifth, then a vault that takes over. Documented
/// only; the documents state no rounding, so the figures are exact dollars and units.
///
/// **Trigger.** Account value below the maintenance requirement, strictly, at the mark price;
/// isolated positions by themselves. `requirement = |notional| x rate - deduction` per position,
/// with `rate = 1 / (2 x largest leverage)` of the tier of its notional.
///
/// **How much.** Each position whole; of one larger than 100,000 dollars only 20 %. For 30 seconds
/// after such a part every order against that user is for the whole. There is no health target; it
/// ends when the requirement is met again.
///
/// **Order.** Not documented: all positions are sent at once.
///
/// **Price.** Market orders to the book, no limit price. **Fee.** None; what is left stays with the
/// user.
///
/// **Backstop.** Below two thirds of the requirement, strictly, the liquidator vault takes the
/// positions and the margin over, of a cross account all cross ones. Nothing is given back.
///
/// **Dust.** Not documented. That 20 % is rounded to the market's lot is certain, how is not: here
/// up to the lot and at most the whole, so that no order is for nothing; the lot is an argument.
///
/// **Bad debt.** Below zero, accounts of the other side in profit are closed at the previous mark
/// price, the highest `(mark / entry) x (notional / account value)` first. The document gives this
/// index without sides; for a short in profit mark / entry is below one, and it is used as written.
///
/// Source: `https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations`,
/// `.../trading/margin-tiers`, `.../trading/auto-deleveraging`. Figures of leverage differ by date:
/// the largest is an argument.
public final class Hyperliquid {
  private Hyperliquid() {}

  /// What the documents state.
  ///
  /// @param partialAboveNotional positions above it (strictly) are closed in part, dollars
  /// @param partialShare the part
  /// @param cooldownNanos after a part, whole positions for so long
  /// @param backstopShare of the requirement; below it the vault takes over
  public record Parameters(
      Fraction partialAboveNotional,
      Fraction partialShare,
      long cooldownNanos,
      Fraction backstopShare) {
    /// As documented.
    public static final Parameters DOCUMENTED =
        new Parameters(
            Fraction.of(100_000), Fraction.parse("0.2"), 30_000_000_000L, Fraction.parse("2/3"));
  }

  /// A tier of a market.
  ///
  /// @param aboveNotional where it begins, dollars; 0 for the first
  public record Tier(Fraction aboveNotional, long maxLeverage) {
    /// Maintenance rate: half the initial margin at the largest leverage.
    ///
    /// @throws ArithmeticException if the leverage is zero
    public Fraction rate() {
      return Fraction.ONE.over(Fraction.of(2L * maxLeverage));
    }
  }

  /// A position.
  ///
  /// @param size negative for a short, units
  /// @param tiers of its market, from the lowest
  public record Position(Fraction size, Fraction markPrice, List<Tier> tiers) {
    /// @throws IllegalArgumentException if there is no tier
    public Position {
      tiers = List.copyOf(tiers);
      if (tiers.isEmpty()) {
        throw new IllegalArgumentException("a market has a tier");
      }
    }

    /// Size at the mark price without sign, dollars.
    public Fraction notional() {
      return size.times(markPrice).abs();
    }
  }

  /// The tier of a notional: the last that begins below it or at it.
  public static Tier tier(List<Tier> tiers, Fraction notional) {
    Tier found = tiers.getFirst();
    for (Tier tier : tiers) {
      if (notional.compareTo(tier.aboveNotional()) >= 0) {
        found = tier;
      }
    }
    return found;
  }

  /// What the rates of the lower tiers save: the requirement is continuous at every step.
  /// `deduction(n) = deduction(n - 1) + begin(n) x (rate(n) - rate(n - 1))`.
  public static Fraction deduction(List<Tier> tiers, Tier tier) {
    Fraction deduction = Fraction.ZERO;
    for (int i = 1; i <= tiers.indexOf(tier); i++) {
      Fraction step = tiers.get(i).rate().minus(tiers.get(i - 1).rate());
      deduction = deduction.plus(tiers.get(i).aboveNotional().times(step));
    }
    return deduction;
  }

  /// Maintenance requirement of a position, dollars.
  public static Fraction maintenance(Position position) {
    Fraction notional = position.notional();
    Tier tier = tier(position.tiers(), notional);
    return notional.times(tier.rate()).minus(deduction(position.tiers(), tier));
  }

  /// Maintenance requirement of a cross account, dollars.
  public static Fraction maintenance(List<Position> positions) {
    return positions.stream().map(Hyperliquid::maintenance).reduce(Fraction.ZERO, Fraction::plus);
  }

  /// Where an account stands.
  public enum State {
    HEALTHY,
    /// Market orders to the book.
    LIQUIDATABLE,
    /// The liquidator vault takes over.
    BACKSTOP,
    /// Accounts of the other side are deleveraged.
    DELEVERAGE
  }

  /// Where an account stands by its value. Equality is on the better side of each bound.
  public static State state(Parameters parameters, Fraction value, Fraction maintenance) {
    if (value.signum() < 0) {
      return State.DELEVERAGE;
    }
    if (value.compareTo(maintenance) >= 0) {
      return State.HEALTHY;
    }
    return value.compareTo(parameters.backstopShare().times(maintenance)) < 0
        ? State.BACKSTOP
        : State.LIQUIDATABLE;
  }

  /// A market order against a position.
  ///
  /// @param size with the sign against the position, units
  /// @param isPartial whether the user's cooldown begins with it
  public record Order(Fraction size, boolean isPartial) {}

  /// The order against a position.
  ///
  /// @param nanosSincePartial since the user's last part; negative if there was none
  /// @param lot sizes are multiples of it, positive
  public static Order order(
      Parameters parameters, Position position, long nanosSincePartial, Fraction lot) {
    Fraction size = position.size().abs();
    Fraction part = size.times(parameters.partialShare()).ceilTo(lot).min(size);
    boolean isPartial =
        position.notional().compareTo(parameters.partialAboveNotional()) > 0
            && !inCooldown(parameters, nanosSincePartial)
            && part.compareTo(size) < 0;
    Fraction amount = isPartial ? part : size;
    return new Order(position.size().signum() > 0 ? amount.negate() : amount, isPartial);
  }

  /// Whether orders are for the whole since a part was closed.
  ///
  /// @param nanosSincePartial negative if no part was closed
  public static boolean inCooldown(Parameters parameters, long nanosSincePartial) {
    return nanosSincePartial >= 0 && nanosSincePartial < parameters.cooldownNanos();
  }

  /// The mark price at which a position makes its account liquidatable, other prices unchanged:
  /// `price - side x available / size / (1 - rate x side)`. Within one tier.
  ///
  /// @param available account value less maintenance requirement of a cross account, isolated
  ///   margin less the position's requirement of an isolated one, dollars
  /// @throws ArithmeticException if the size is zero, or the rate is one for a long
  public static Fraction liquidationPrice(Position position, Fraction available) {
    Fraction side = Fraction.of(position.size().signum());
    Fraction rate = tier(position.tiers(), position.notional()).rate();
    Fraction perUnit = available.over(position.size().abs());
    return position
        .markPrice()
        .minus(side.times(perUnit).over(Fraction.ONE.minus(rate.times(side))));
  }

  /// An account of the other side, in profit.
  ///
  /// @param notional of its position without sign, dollars
  public record Counterparty(
      String user, Fraction markPrice, Fraction entryPrice, Fraction notional, Fraction value) {
    /// `(mark / entry) x (notional / account value)`.
    ///
    /// @throws ArithmeticException if the entry price or the account value is zero
    public Fraction index() {
      return markPrice.over(entryPrice).times(notional.over(value));
    }
  }

  /// In which order accounts are deleveraged: the highest index first, then by name, which is not
  /// documented.
  public static List<Counterparty> deleveragingOrder(List<Counterparty> counterparties) {
    return counterparties.stream()
        .sorted(
            Comparator.comparing(Counterparty::index).reversed().thenComparing(Counterparty::user))
        .toList();
  }
}
