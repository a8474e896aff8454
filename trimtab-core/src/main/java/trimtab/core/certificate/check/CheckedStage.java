package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.check.ClosingLeg.Settled;

/// A stage whose amounts were recomputed.
///
/// @param number from 1
/// @param line what the certificate states
/// @param leg the leg in the state before
/// @param sizes its admissible quantities
/// @param settled what closing the stated quantity moves
record CheckedStage(
    int number, Stage line, ClosingLeg leg, AdmissibleSizes sizes, Settled settled) {
  boolean isWhole() {
    return line.quantity() == leg.size();
  }

  /// The largest quantity that the close factor allows.
  long closeFactorCap() {
    return closeFactorCap(leg.size(), line.capSharePpm());
  }

  static long closeFactorCap(long size, long capSharePpm) {
    BigInteger share = BigInteger.valueOf(size).multiply(BigInteger.valueOf(capSharePpm));
    return share.divide(Level.MILLION).longValueExact();
  }

  /// The largest admissible quantity within close factor and depth.
  long largestAllowed() {
    return sizes.largestTo(Math.min(closeFactorCap(), leg.tradingCost().capacity()));
  }

  /// The largest admissible quantity within the depth.
  long largestInDepth() {
    return sizes.largestTo(leg.tradingCost().capacity());
  }

  /// Whether the quantity is what the depth allows, and less than the whole.
  boolean isCutByDepth() {
    return leg.tradingCost().capacity() < leg.size() && line.quantity() == largestInDepth();
  }

  /// Whether the quantity is what the close factor allows, and less than the whole.
  boolean isCutByCloseFactor() {
    long cap = closeFactorCap();
    return cap < leg.size() && line.quantity() == sizes.largestTo(cap);
  }

  /// The exact excess afterwards, had the penalty not been capped: sizes are judged by this.
  BigInteger uncappedExcess(Level level) {
    return leg.settle(line.quantity(), false).after().excess(level);
  }

  /// How sentences name it: its number and leg.
  @Override
  public String toString() {
    return name(number, line);
  }

  static String name(int number, Stage line) {
    String debt = line.leg().isPair() ? " for " + line.leg().debt() : "";
    return "stage " + number + " (" + line.leg().instrument() + debt + ")";
  }
}
