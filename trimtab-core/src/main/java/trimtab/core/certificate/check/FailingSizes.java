package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;

/// The sizes of a stage that are said to fail: whether each statement is true, and whether together
/// they leave no admissible size out.
///
/// @param stage as it was closed
/// @param target level that the sizes miss
record FailingSizes(CheckedStage stage, Level target) {
  /// Recomputes every statement, needed or not.
  void verify(Findings findings) {
    for (FailingSegment segment : stage.line().segments()) {
      verify(segment, findings);
    }
    for (FailingPoint point : stage.line().points()) {
      verify(point, findings);
    }
  }

  private void verify(FailingSegment segment, Findings findings) {
    long from = segment.from();
    long to = segment.to();
    boolean inside =
        findings.require(
            from >= 1 && from <= to && to < stage.leg().size() && isTradable(to),
            "%s: the failing segment %d to %d must ascend inside 1 to %d and the curve's %d",
            stage,
            from,
            to,
            stage.leg().size() - 1,
            stage.leg().tradingCost().capacity());
    if (!inside
        || !findings.require(
            stage.leg().isConvex(from, to),
            "%s: a tier or a knot of the cost curve lies inside the failing segment %d to %d",
            stage,
            from,
            to)) {
      return;
    }
    verifyBound(segment, from, segment.boundFrom(), findings);
    verifyBound(segment, to, segment.boundTo(), findings);
  }

  private void verifyBound(FailingSegment segment, long quantity, String text, Findings findings) {
    boolean positive = segment.settlementPositive();
    Rational exact = stage.leg().bound(quantity, positive);
    Rational highest = exact.plus(stage.leg().slack(positive));
    findings.require(
        highest.signum() < 0,
        "%s: the upper bound of the excess at %d is %s, which is not negative",
        stage,
        quantity,
        highest.ceiling());
    BigInteger stated = new BigInteger(text);
    findings.require(
        stated.signum() < 0,
        "%s: the stated bound %s at %d is not negative",
        stage,
        stated,
        quantity);
    findings.require(
        exact.compareTo(stated) <= 0,
        "%s: the stated bound %s at %d is below the excess it should bound, %s",
        stage,
        stated,
        quantity,
        exact.ceiling());
  }

  private void verify(FailingPoint point, Findings findings) {
    long quantity = point.quantity();
    if (!findings.require(
        quantity >= 1 && quantity < stage.leg().size() && isTradable(quantity),
        "%s: the failing quantity %d must be inside 1 to %d and the curve's %d",
        stage,
        quantity,
        stage.leg().size() - 1,
        stage.leg().tradingCost().capacity())) {
      return;
    }
    BigInteger excess = stage.leg().settle(quantity, false).after().excess(target);
    findings.require(
        excess.signum() < 0,
        "%s: closing %d restores, with an excess of %s",
        stage,
        quantity,
        excess);
    findings.require(
        excess.equals(new BigInteger(point.excess())),
        "%s: the excess at %d is %s, not %s",
        stage,
        quantity,
        excess,
        point.excess());
  }

  private boolean isTradable(long quantity) {
    return quantity <= stage.leg().tradingCost().capacity();
  }

  /// The first admissible partial size below `limit` that no statement covers.
  OptionalLong firstUncoveredBelow(long limit) {
    List<Range> ranges = new ArrayList<>();
    stage.line().segments().forEach(s -> ranges.add(new Range(s.from(), s.to())));
    stage.line().points().forEach(p -> ranges.add(new Range(p.quantity(), p.quantity())));
    ranges.sort(Comparator.comparingLong(Range::from));
    AdmissibleSizes sizes = stage.sizes();
    long last = Math.min(limit - 1, sizes.maximumPartial());
    long next = sizes.minimum();
    for (Range range : ranges) {
      if (next > last || range.from() > next) {
        break;
      }
      if (range.to() >= next) {
        next = AdmissibleSizes.ceilingToLot(range.to() + 1, sizes.lot());
      }
    }
    return next > last ? OptionalLong.empty() : OptionalLong.of(next);
  }

  private record Range(long from, long to) {}
}
