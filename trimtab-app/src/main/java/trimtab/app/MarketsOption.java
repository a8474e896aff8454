package trimtab.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is listed, and on which terms.
final class MarketsOption {
  @Option(
      names = "--markets",
      paramLabel = "FILE",
      description = "Markets and assets (default: the shipped ones).")
  Optional<Path> file = Optional.empty();
}
