package trimtab.core.health;

import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// How far an account lies between a threshold and bankruptcy: 0 at or above the threshold, 1 when
/// it is bankrupt, in parts per million.
///
/// Measured in money, not in health factors: `shortfall / (shortfall + equity)`. The shortfall is
/// how far the account lies below the threshold ([Health#excess(long)], sign turned), equity how
/// far it lies above bankruptcy, which is unweighted equity of zero; both are value units, and what
/// is lost moves from the second to the first. For an account of one currency and positions it is
/// the linear measure in the health factor, `1 - HF / threshold`. A measure in health factors alone
/// does not exist for several assets: the factor at which equity is zero depends on which of them
/// falls.
///
/// Rounded down, so only a bankrupt account has severity 1.
public final class Severity {
  private Severity() {}

  /// The severity of an account; 0 for one that owes nothing, however little it holds.
  ///
  /// @param thresholdPpm level below which an account is in breach
  /// @return 0 to 1,000,000, rounded down
  public static long ppm(Health health, long thresholdPpm) {
    Wide shortfall = health.excess(thresholdPpm).negate();
    if (health.owesNothing()) {
      return 0;
    }
    if (health.isBankrupt()) {
      return Ppm.ONE;
    }
    if (shortfall.signum() <= 0) {
      return 0;
    }
    Wide equity = Wide.product(health.equity(), health.exactScale()).times(Ppm.ONE).times(Ppm.ONE);
    return shortfall.mulDivFloor(Wide.of(Ppm.ONE), shortfall.plus(equity)).divFloor(1);
  }
}
