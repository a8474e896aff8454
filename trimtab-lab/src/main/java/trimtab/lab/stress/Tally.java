package trimtab.lab.stress;

/// Sums over the accounts in breach of one kind, under one rulebook at one point.
final class Tally {
  long notRestored;
  long withBadDebt;
  final ExactSum toClose = new ExactSum();
  final ExactSum cost = new ExactSum();
  final ExactSum penalty = new ExactSum();
  final ExactSum badDebt = new ExactSum();
  final ExactSum deficit = new ExactSum();

  void add(Outcome outcome) {
    toClose.add(outcome.toClose);
    cost.add(outcome.cost);
    penalty.add(outcome.penalty);
    notRestored += outcome.restored ? 0 : 1;
    long missing = Math.max(0, -outcome.equityAfter);
    if (missing > 0 || outcome.madeUp > 0) {
      withBadDebt++;
      badDebt.add(missing);
      badDebt.add(outcome.madeUp);
      deficit.add(outcome.closedOut ? missing : 0);
      deficit.add(outcome.madeUp);
    }
  }

  void add(Tally other) {
    notRestored += other.notRestored;
    withBadDebt += other.withBadDebt;
    toClose.add(other.toClose);
    cost.add(other.cost);
    penalty.add(other.penalty);
    badDebt.add(other.badDebt);
    deficit.add(other.deficit);
  }
}
