package trimtab.app;

import picocli.CommandLine.Option;

/// Output for programs instead of people.
final class JsonOption {
  @Option(names = "--json", description = "Print one JSON document.")
  boolean wanted;
}
