package trimtab.lab.stress;

/// What one step does under one rulebook at one point.
final class PointTally {
  final Tally perps = new Tally();
  final Tally loans = new Tally();
  final Largest closings = new Largest();
  final ExactSum[] traded;

  PointTally(int feeds) {
    this.traded = new ExactSum[2 * feeds];
    for (int place = 0; place < traded.length; place++) {
      traded[place] = new ExactSum();
    }
  }

  void add(int account, boolean isPerp, Outcome outcome) {
    (isPerp ? perps : loans).add(outcome);
    closings.offer(account, outcome.toClose);
    for (int place = 0; place < traded.length; place++) {
      if (outcome.traded[place] != 0) {
        traded[place].add(outcome.traded[place]);
      }
    }
  }

  void add(PointTally other) {
    perps.add(other.perps);
    loans.add(other.loans);
    closings.offerAll(other.closings);
    for (int place = 0; place < traded.length; place++) {
      traded[place].add(other.traded[place]);
    }
  }
}
