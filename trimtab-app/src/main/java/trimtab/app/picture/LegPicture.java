package trimtab.app.picture;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.app.output.Scales;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.plan.LegCurve;

/// What every drawing of `g(q)` shows, in whole units: how far above the target an account lies
/// once `q` of a leg is closed. Positions are doubles, for drawing only; texts come from exact
/// numbers.
///
/// @param leg its name, such as `ETHUSDT long`
/// @param currency of the excess
/// @param target level that `g(q) >= 0` reaches
/// @param lines straight pieces, from left to right
/// @param now nothing closed
/// @param chosen the size of the plan
/// @param smaller the next smaller admissible size where that is what proves the chosen one: it
///   fails and the chosen one restores
/// @param whole the whole leg, where the depth reaches so far
/// @param size of the whole leg
/// @param sizeText the same in words
public record LegPicture(
    String leg,
    String currency,
    String target,
    List<Line> lines,
    Mark now,
    Mark chosen,
    Optional<Mark> smaller,
    Optional<Mark> whole,
    double size,
    String sizeText) {
  public LegPicture {
    lines = List.copyOf(lines);
  }

  /// A straight piece of the curve.
  public record Line(double fromX, double fromY, double toX, double toY) {
    double at(double x) {
      return toX == fromX ? toY : fromY + (toY - fromY) * (x - fromX) / (toX - fromX);
    }
  }

  /// A size worth a mark.
  ///
  /// @param x quantity closed
  /// @param y excess over the target
  /// @param quantity `x` as a text
  /// @param excess `y` as a text with its sign
  /// @param health factor afterwards
  /// @param restores whether the excess is not negative, exactly
  public record Mark(
      double x, double y, String quantity, String excess, String health, boolean restores) {}

  /// A range of sizes.
  record Range(double from, double to) {}

  /// The picture of a curve.
  ///
  /// @param side of the order: a sale closes a long
  public static LegPicture of(LegCurve curve, Side side, Scales scales) {
    return new Builder(curve, side, scales).picture();
  }

  /// The name of a leg that an order of a side closes.
  public static String name(Leg leg, Side side, Scales scales) {
    return switch (leg) {
      case Leg.PositionLeg(int market) ->
          scales.contract(market).symbol() + (side == Side.SELL ? " long" : " short");
      case Leg.PairLeg(int debt, int collateral) ->
          "%s against %s debt"
              .formatted(scales.asset(collateral).symbol(), scales.asset(debt).symbol());
    };
  }

  /// What is to be said of a size.
  String word(Mark mark) {
    return mark.restores() ? "restores" : mark.x() >= size ? "all of it" : "fails";
  }

  /// The same as a verb.
  String verb(Mark mark) {
    return mark.restores() ? "restores" : "does not restore";
  }

  /// The excess after closing `x`; not a number where the curve has none.
  double at(double x) {
    if (x <= 0) {
      return now.y();
    }
    if (whole.isPresent() && x >= whole.get().x()) {
      return whole.get().y();
    }
    for (Line line : lines) {
      if (x <= line.toX()) {
        return line.at(Math.max(x, line.fromX()));
      }
    }
    return Double.NaN;
  }

  /// Where one piece ends and the next begins.
  List<Double> breaks() {
    return lines.stream().limit(Math.max(0, lines.size() - 1L)).map(Line::toX).toList();
  }

  double lowest() {
    return extreme(-1);
  }

  double highest() {
    return extreme(1);
  }

  private double extreme(int sign) {
    double most = Math.max(0, Math.max(sign * now.y(), sign * chosen.y()));
    for (Line line : lines) {
      most = Math.max(most, Math.max(sign * line.fromY(), sign * line.toY()));
    }
    double end = whole.map(mark -> sign * mark.y()).orElse(0.0);
    return sign * Math.max(most, end);
  }

  /// The sizes that restore the target, as the drawing shows them.
  List<Range> restoring() {
    List<Range> ranges = new ArrayList<>();
    for (Line line : lines) {
      boolean from = line.fromY() >= 0;
      boolean to = line.toY() >= 0;
      double crossing =
          from == to
              ? line.toX()
              : line.fromX()
                  + (line.toX() - line.fromX()) * line.fromY() / (line.fromY() - line.toY());
      if (from) {
        append(ranges, line.fromX(), to ? line.toX() : crossing);
      } else if (to) {
        append(ranges, crossing, line.toX());
      }
    }
    whole.filter(Mark::restores).ifPresent(mark -> append(ranges, mark.x(), mark.x()));
    return ranges;
  }

  private void append(List<Range> ranges, double from, double to) {
    boolean touches = !ranges.isEmpty() && from - ranges.getLast().to() <= size * 1e-6;
    double start = touches ? ranges.removeLast().from() : from;
    ranges.add(new Range(start, to));
  }

  private record Builder(LegCurve curve, Side side, Scales scales) {
    LegPicture picture() {
      return new LegPicture(
          name(curve.leg(), side, scales),
          scales.listing().settlement().symbol(),
          Ppm.format(curve.targetPpm()),
          curve.pieces().stream().map(this::line).toList(),
          mark(curve.now()),
          mark(curve.chosen()),
          curve.smaller().filter(this::proves).map(this::mark),
          curve.whole().map(this::mark),
          x(curve.terms().size()),
          scales.quantity(curve.leg(), curve.terms().size()));
    }

    private boolean proves(LegCurve.Point smaller) {
      return smaller.excess().isNegative() && !curve.chosen().excess().isNegative();
    }

    private Line line(LegCurve.Piece piece) {
      return new Line(x(piece.from()), y(piece.excessFrom()), x(piece.to()), y(piece.excessTo()));
    }

    private Mark mark(LegCurve.Point point) {
      long excess = floor(point.excess());
      String money = scales.money(excess);
      return new Mark(
          x(point.quantity()),
          y(point.excess()),
          scales.quantity(curve.leg(), point.quantity()),
          excess > 0 ? "+" + money : money,
          point.health().ratioText(curve.targetPpm()),
          !point.excess().isNegative());
    }

    /// In value units, rounded down: towards failure.
    private long floor(Wide excess) {
      BigDecimal units =
          BigDecimal.valueOf(Ppm.ONE * Ppm.ONE)
              .multiply(BigDecimal.valueOf(curve.terms().exactScale()));
      return new BigDecimal(excess.toBigInteger())
          .divide(units, 0, RoundingMode.FLOOR)
          .longValueExact();
    }

    private double x(long quantity) {
      return BigDecimal.valueOf(quantity, scales.quantityDecimals(curve.leg())).doubleValue();
    }

    private double y(Wide excess) {
      int decimals = scales.listing().valueDecimals() + 2 * Ppm.DECIMALS;
      return new BigDecimal(excess.toBigInteger(), decimals).doubleValue()
          / curve.terms().exactScale();
    }
  }
}
