package trimtab.lab.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import trimtab.lab.stress.StressSetup.PriceMove;

/// Stresses a book: at every point each account is judged, and those in breach are planned, each as
/// if it traded alone. Sums are exact, so any number of threads gives the same results.
public final class Stress {
  /// Threads that are used at most.
  public static final int THREADS_MAX = 256;

  /// Accounts of one piece of work.
  private static final int CHUNK = 4_096;

  private Stress() {}

  /// Who wants to know how far a stress is. Called from the threads that run it.
  @FunctionalInterface
  public interface Progress {
    /// Some accounts are done at one move of prices.
    void step();

    /// Nobody wants to know.
    static Progress none() {
      return () -> {};
    }
  }

  /// How often a stress tells its progress.
  public static long steps(StressSetup setup) {
    return (long) setup.moves().size() * chunks(setup);
  }

  private static int chunks(StressSetup setup) {
    return Math.max(1, Math.ceilDiv(setup.accounts().size(), CHUNK));
  }

  /// @param threads 1 to [#THREADS_MAX]
  /// @return by rulebook, in the order of the setup
  /// @throws InterruptedException if the calling thread is interrupted; the work is given up
  public static List<StressResult> run(StressSetup setup, int threads, Progress progress)
      throws InterruptedException {
    return run(setup, threads, progress, true);
  }

  /// The same without formulas: the planner decides for every account, for tests.
  static List<StressResult> run(
      StressSetup setup, int threads, Progress progress, boolean withFormulas)
      throws InterruptedException {
    List<PriceMove> moves = setup.moves();
    int chunks = chunks(setup);
    PointWriter writer = new PointWriter(setup);
    List<List<StressPoint>> points = new ArrayList<>();
    setup.rulebooks().forEach(_ -> points.add(new ArrayList<>()));
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<MoveTally>> futures = new ArrayList<>();
      for (PriceMove move : moves) {
        for (int chunk = 0; chunk < chunks; chunk++) {
          int from = chunk * CHUNK;
          int to = Math.min(setup.accounts().size(), from + CHUNK);
          futures.add(
              executor.submit(
                  counted(new StressStep(setup, move, from, to, withFormulas), progress)));
        }
      }
      for (int move = 0; move < moves.size(); move++) {
        MoveTally sums = futures.get(move * chunks).get();
        for (int chunk = 1; chunk < chunks; chunk++) {
          sums.add(futures.get(move * chunks + chunk).get());
        }
        for (int rulebook = 0; rulebook < points.size(); rulebook++) {
          points.get(rulebook).addAll(writer.points(moves.get(move), sums, rulebook));
        }
      }
    } catch (ExecutionException failure) {
      throw rethrown(failure);
    } finally {
      executor.shutdownNow();
    }
    return IntStream.range(0, points.size())
        .mapToObj(i -> new StressResult(setup.rulebooks().get(i).name(), points.get(i)))
        .toList();
  }

  private static Callable<MoveTally> counted(StressStep step, Progress progress) {
    return () -> {
      MoveTally tallies = step.call();
      progress.step();
      return tallies;
    };
  }

  private static RuntimeException rethrown(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(failure);
    };
  }
}
