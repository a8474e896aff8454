package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is done to an input, the answer is a result or clear errors, never an internal fault.
class DamagedInputTest {
  private static final int DAMAGES = 50;
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.]*");
  private static final String[] NUMBERS = {
    "0", "-1", "0.000001", "1e9", "99999999999", "1e-18", "1e18", "12,5", "x", "1e99", "''", "[1]"
  };

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("trimtab.app.ExamplesTest#names")
  void aDamagedPlanIsPlannedOrRefused(String name) throws IOException {
    String text = Files.readString(Path.of("..", "examples", name + ".yaml"));
    Random random = new Random(name.hashCode());
    for (int i = 0; i < DAMAGES; i++) {
      String damaged = damaged(text, random);
      check(damaged, "plan", "plan.yaml");
    }
  }

  @ParameterizedTest
  @MethodSource("trimtab.app.ExamplesTest#names")
  void aDamagedCertificateHoldsOrDoesNot(String name) throws IOException {
    Path file = folder.resolve("good.json");
    String example = Path.of("..", "examples", name + ".yaml").toString();
    CommandLineRun.of("plan", example, "--certificate", file.toString());
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < DAMAGES; i++) {
      check(damaged(text, random), "verify", "certificate.json");
    }
  }

  private void check(String damaged, String command, String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), damaged, StandardCharsets.UTF_8);
    CommandLineRun run = CommandLineRun.of(command, file.toString());
    // A plan whose certificate does not hold would be a fault of the planner.
    List<Integer> expected = command.equals("plan") ? List.of(0, 2) : List.of(0, 1, 2);
    assertThat(run.exitCode()).as("%s%n%s%n%s", run.err(), run.out(), damaged).isIn(expected);
    assertThat(run.exitCode() == 2).isEqualTo(run.err().startsWith("error: "));
  }

  private static String damaged(String text, Random random) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> numberReplaced(text, random);
      case 2 -> lineDropped(text, random);
      case 3 -> {
        int at = random.nextInt(text.length());
        yield text.substring(0, at) + text.substring(at + 1);
      }
      default -> {
        int at = random.nextInt(text.length());
        yield text.substring(0, at)
            + ":{}[],'\"#-&*\t\u0000".charAt(random.nextInt(14))
            + text.substring(at);
      }
    };
  }

  private static String numberReplaced(String text, Random random) {
    MatchResult[] numbers = NUMBER.matcher(text).results().toArray(MatchResult[]::new);
    MatchResult number = numbers[random.nextInt(numbers.length)];
    String other = NUMBERS[random.nextInt(NUMBERS.length)];
    return text.substring(0, number.start()) + other + text.substring(number.end());
  }

  private static String lineDropped(String text, Random random) {
    String[] lines = text.split("\n");
    lines[random.nextInt(lines.length)] = "";
    return String.join("\n", lines);
  }
}
