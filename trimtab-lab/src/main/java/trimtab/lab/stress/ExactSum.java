package trimtab.lab.stress;

import trimtab.core.money.Wide;

/// A sum of many amounts that may exceed a long.
final class ExactSum {
  private Wide carried = Wide.ZERO;
  private long pending;

  void add(long amount) {
    long sum = pending + amount;
    if (((pending ^ sum) & (amount ^ sum)) < 0) {
      carried = carried.plus(Wide.of(pending));
      sum = amount;
    }
    pending = sum;
  }

  void add(ExactSum other) {
    carried = carried.plus(other.carried);
    add(other.pending);
  }

  Wide total() {
    return carried.plus(Wide.of(pending));
  }
}
