package trimtab.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/// Runs the benchmarks and prints the table of PERFORMANCE.md, which it also leaves in
/// `target/bench/performance.md`. Every call is timed by itself, so that percentiles are those of
/// single decisions; nothing is asserted about them.
@Tag("bench")
class MeasurementsTest {
  private static final int FORKS = 1;
  private static final int WARMUPS = 2;
  private static final int MEASUREMENTS = 3;

  @Test
  void measure() throws Exception {
    Options options =
        new OptionsBuilder()
            .include("trimtab\\.core\\.bench\\..*" + System.getProperty("bench", ""))
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(FORKS)
            .warmupIterations(WARMUPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(MEASUREMENTS)
            .measurementTime(TimeValue.milliseconds(700))
            .addProfiler(GCProfiler.class)
            // Compiled in the foreground: on a busy machine the compiler's threads would lag
            // behind.
            .jvmArgs("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-Xbatch")
            .build();
    Collection<RunResult> results = new Runner(options).run();
    assertThat(results).isNotEmpty();
    StringBuilder table = new StringBuilder();
    table.append("| what | account | curve | median | 90 of 100 | 99 of 100 | bytes |\n");
    table.append("|---|---|---|---:|---:|---:|---:|\n");
    for (RunResult result : results) {
      if (result.getParams().getMode() == Mode.SampleTime) {
        table.append(line(result, bytes(results, result)));
      }
    }
    System.out.println(table);
    Files.writeString(Path.of("target", "bench", "performance.md"), table);
  }

  /// Bytes per call; where a benchmark is run without sampling, too, those of that run, as sampling
  /// itself allocates now and then.
  private static double bytes(Collection<RunResult> results, RunResult sampled) {
    double least = Double.MAX_VALUE;
    for (RunResult result : results) {
      boolean same =
          result.getParams().getBenchmark().equals(sampled.getParams().getBenchmark())
              && Objects.equals(parameters(result), parameters(sampled));
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      if (same && bytes != null) {
        least = Math.min(least, bytes.getScore());
      }
    }
    return least;
  }

  private static List<String> parameters(RunResult result) {
    return result.getParams().getParamsKeys().stream()
        .map(key -> result.getParams().getParam(key))
        .toList();
  }

  private static String line(RunResult result, double bytes) {
    String name = result.getParams().getBenchmark();
    String legs = result.getParams().getParam("legs");
    Statistics nanos = result.getPrimaryResult().getStatistics();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %.0f |%n",
        name.substring(name.lastIndexOf('.') + 1),
        legs == null ? "1" : legs,
        result.getParams().getParam("curve"),
        micros(nanos.getPercentile(50)),
        micros(nanos.getPercentile(90)),
        micros(nanos.getPercentile(99)),
        bytes);
  }

  /// With the clock's grain of some tens of nanoseconds.
  private static String micros(double nanos) {
    return String.format(Locale.ROOT, "%.2f us", nanos / 1e3);
  }
}
