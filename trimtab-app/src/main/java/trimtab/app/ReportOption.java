package trimtab.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import trimtab.app.output.TextFile;
import trimtab.app.report.HtmlPage;
import trimtab.lab.input.InputException;

/// Where the report goes: to the file that is named, else to `report.html`, unless only JSON is
/// wanted.
final class ReportOption {
  /// The file when none is named.
  static final Path DEFAULT = Path.of("report.html");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the report, one HTML file (default: report.html; beside --json: none).")
  Optional<Path> file = Optional.empty();

  @Option(names = "--no-report", description = "Write no report.")
  boolean none;

  /// Decides before long work.
  ///
  /// @param json whether one JSON document is wanted
  /// @param err for a note why the default is not written
  /// @throws InputException if the file that is named cannot be written
  Optional<Path> target(boolean json, PrintWriter err) {
    if (none && file.isPresent()) {
      throw new InputException("--no-report: contradicts --report; leave one out");
    }
    if (file.isPresent()) {
      TextFile.requireWritable(file.get());
      return file;
    }
    if (none || json) {
      return Optional.empty();
    }
    try {
      TextFile.requireWritable(DEFAULT);
      if (isSomethingElse(DEFAULT)) {
        throw new InputException(DEFAULT + " is there and no report; name a file with --report");
      }
      return Optional.of(DEFAULT);
    } catch (InputException refused) {
      err.println("note: no report is written: " + refused.getMessage());
      err.flush();
      return Optional.empty();
    }
  }

  /// Whether a file is there that no report would be lost with.
  private static boolean isSomethingElse(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    byte[] mark = HtmlPage.MARK.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      return !new String(in.readNBytes(mark.length), StandardCharsets.UTF_8).equals(HtmlPage.MARK);
    } catch (IOException unreadable) {
      return true;
    }
  }

  /// Writes it and says where.
  static void write(Optional<Path> target, Supplier<String> html, boolean json, PrintWriter out) {
    target.ifPresent(path -> {
      TextFile.write(path, html.get());
      if (!json) {
        out.println("report: " + path);
        out.flush();
      }
    });
  }
}
