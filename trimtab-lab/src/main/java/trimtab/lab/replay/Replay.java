package trimtab.lab.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.rulebook.Rulebook;

/// Replays every rulebook at every impact. Runs share nothing that changes, so any number of
/// threads gives the same results.
public final class Replay {
  /// Threads that are used at most.
  public static final int THREADS_MAX = 256;

  private Replay() {}

  /// @param threads 1 to [#THREADS_MAX]
  /// @return rulebook by rulebook, each at all impacts, in the order of the setup
  /// @throws InterruptedException if the calling thread is interrupted; the runs are given up
  public static List<RunResult> run(ReplaySetup setup, int threads, ReplayProgress progress)
      throws InterruptedException {
    return run(setup, threads, progress, Kept.NOTHING);
  }

  /// The same with more that is kept.
  public static List<RunResult> run(
      ReplaySetup setup, int threads, ReplayProgress progress, Kept kept)
      throws InterruptedException {
    return run(setup, threads, progress, Replay::holds, kept);
  }

  private static boolean holds(Certificate certificate) {
    return CertificateChecker.check(certificate).holds();
  }

  /// The same with another checker, for tests of the tests.
  static List<RunResult> run(
      ReplaySetup setup, int threads, ReplayProgress progress, Predicate<Certificate> checker)
      throws InterruptedException {
    return run(setup, threads, progress, checker, Kept.NOTHING);
  }

  private static List<RunResult> run(
      ReplaySetup setup,
      int threads,
      ReplayProgress progress,
      Predicate<Certificate> checker,
      Kept kept)
      throws InterruptedException {
    BigDecimal middle = setup.impacts().get(setup.impacts().size() / 2);
    List<ReplayRun> runs = new ArrayList<>();
    for (Rulebook rulebook : setup.rulebooks()) {
      for (BigDecimal impact : setup.impacts()) {
        boolean details = kept.details() && impact.compareTo(middle) == 0;
        runs.add(
            new ReplayRun(
                setup, rulebook, impact, progress, checker, new Kept(details, kept.proofs())));
      }
    }
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, runs.size()));
    try {
      List<Future<RunResult>> futures = runs.stream().map(executor::submit).toList();
      List<RunResult> results = new ArrayList<>();
      for (Future<RunResult> future : futures) {
        results.add(result(future));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  private static RunResult result(Future<RunResult> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(failure);
      }
    }
  }
}
