package trimtab.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the commands that compare rulebooks on a book have in common.
final class RunOptions {
  @Mixin MarketsOption markets = new MarketsOption();

  @Option(
      names = "--rulebook",
      paramLabel = "FILE",
      description =
          "Instead of full, fixed-fraction and target-health: a file, or the name of a built-in"
              + " one; may be repeated.")
  List<Path> rulebooks = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads (default: the processors); the results are the same.")
  Optional<Integer> threads = Optional.empty();

  @Mixin ReportOption report = new ReportOption();

  @Mixin JsonOption json = new JsonOption();
}
