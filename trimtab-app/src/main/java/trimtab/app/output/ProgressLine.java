package trimtab.app.output;

import java.io.PrintWriter;
import java.util.concurrent.atomic.LongAdder;

/// How far a long job is, on standard error: one line that is redrawn on a terminal and gone at the
/// end; elsewhere a line now and then. Jobs shorter than half a second show nothing.
public final class ProgressLine implements AutoCloseable {
  private static final long REDRAW_MILLIS = 100;
  private static final double QUIET_SECONDS = 0.5;
  private static final double SPARSE_SECONDS = 10;
  private static final double SPARSE_SHARE = 0.25;
  private static final double STABLE_SHARE = 0.05;
  private static final int BAR_CELLS = 30;
  private static final double NANOS = 1e9;

  private final PrintWriter err;
  private final Terminal terminal;
  private final Numbers numbers;
  private final String label;
  private final String unit;
  private final long total;
  private final LongAdder done = new LongAdder();
  private final long startNanos = System.nanoTime();
  private final Thread painter;
  private final Thread interrupted;
  private volatile boolean closed;
  private boolean painted;
  private double toldShare;
  private double toldSeconds;

  /// @param label what the job is
  /// @param total steps, positive
  /// @param unit what the steps are, such as `bars`
  public ProgressLine(PrintWriter err, Terminal terminal, String label, long total, String unit) {
    this.err = err;
    this.terminal = terminal;
    this.numbers = new Numbers(terminal.unicode());
    this.label = label;
    this.unit = unit;
    this.total = total;
    this.painter = Thread.ofPlatform().daemon().name("progress").unstarted(this::paint);
    this.interrupted = Thread.ofPlatform().unstarted(this::clear);
  }

  /// Begins to show. Ctrl-C leaves a clean line.
  public ProgressLine start() {
    Runtime.getRuntime().addShutdownHook(interrupted);
    painter.start();
    return this;
  }

  /// Another step is done; from any thread.
  public void step() {
    done.increment();
  }

  @Override
  public void close() {
    closed = true;
    painter.interrupt();
    boolean joined = false;
    while (!joined) {
      try {
        painter.join();
        joined = true;
      } catch (InterruptedException again) {
        Thread.currentThread().interrupt();
        joined = true;
      }
    }
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException shuttingDown) {
      // The process ends: the hook is running or has run.
      painted = false;
    }
  }

  private void paint() {
    while (!closed) {
      try {
        Thread.sleep(REDRAW_MILLIS);
      } catch (InterruptedException end) {
        return;
      }
      double seconds = (System.nanoTime() - startNanos) / NANOS;
      double share = Math.min(1, (double) done.sum() / total);
      if (seconds < QUIET_SECONDS) {
        continue;
      }
      if (terminal.stderrTerminal()) {
        draw(line(share, seconds));
      } else if (isDue(share, seconds)) {
        toldShare = share;
        toldSeconds = seconds;
        err.println(line(share, seconds));
        err.flush();
      }
    }
  }

  private boolean isDue(double share, double seconds) {
    return share - toldShare >= SPARSE_SHARE && seconds - toldSeconds >= SPARSE_SECONDS;
  }

  private synchronized void draw(String line) {
    String fitting = line.substring(0, Math.min(line.length(), terminal.columns() - 1));
    err.print("\r" + fitting + "\u001b[K");
    err.flush();
    painted = true;
  }

  private synchronized void clear() {
    if (painted) {
      err.print("\r\u001b[K");
      err.flush();
      painted = false;
    }
  }

  /// The line at a share done after some seconds.
  String line(double share, double seconds) {
    StringBuilder line = new StringBuilder(label).append("  ");
    if (terminal.stderrTerminal()) {
      line.append(bar(share)).append("  ");
    }
    line.append("%3d%%  ".formatted((int) (share * 100)));
    line.append(grouped(Math.min(done.sum(), total)));
    line.append(" of ").append(grouped(total)).append(' ').append(unit);
    if (share >= STABLE_SHARE && seconds >= 1) {
      double left = seconds * (1 - share) / share;
      line.append("  %.1f s left".formatted(left));
    }
    return line.toString();
  }

  private String bar(double share) {
    int full = (int) (share * BAR_CELLS);
    String done = terminal.unicode() ? "\u2501" : "#";
    String open = terminal.unicode() ? "\u2500" : "-";
    return done.repeat(full) + open.repeat(BAR_CELLS - full);
  }

  private String grouped(long count) {
    return numbers.exact(count, 0);
  }
}
