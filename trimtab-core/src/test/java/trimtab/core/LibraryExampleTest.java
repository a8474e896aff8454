package trimtab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the README compiles against the core alone, runs, and prints what the README
/// says.
class LibraryExampleTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCE = ROOT.resolve("examples/library/LeastClose.java");
  private static final Path CORE = Path.of("target", "classes");

  @TempDir Path folder;

  private String run() throws IOException, InterruptedException {
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                CORE.toString(),
                "-d",
                folder.toString(),
                SOURCE.toString());
    assertThat(compiled).as("javac").isZero();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = folder + System.getProperty("path.separator") + CORE;
    Process process =
        new ProcessBuilder(java.toString(), "-cp", classPath, "LeastClose")
            .redirectErrorStream(true)
            .start();
    try (InputStream out = process.getInputStream()) {
      String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed.strip();
    }
  }

  @Test
  void runsAndPrintsWhatTheReadmeSays() throws Exception {
    String printed = run();
    assertThat(printed).startsWith("close ").endsWith("proven: true");
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains(printed);
  }

  @Test
  void hasThirtyLinesOfItsOwn() throws IOException {
    List<String> body =
        Files.readAllLines(SOURCE).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("import "))
            .toList();
    assertThat(body).hasSizeLessThanOrEqualTo(32);
  }
}
