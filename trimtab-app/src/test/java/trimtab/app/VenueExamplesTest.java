package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.lab.input.RulebookSource;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.VenueRulebooks;

/// Every venue's example gives what the test's resources say, is a liquidation, and its certificate
/// holds; a venue whose settlement is not hosted shows its figures. After a wanted change,
/// `./trimtab plan examples/venues/NAME.yaml` prints the new text.
class VenueExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "venues");

  @TempDir Path folder;

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }

  static List<String> venues() {
    return VenueRulebooks.all().stream().map(VenueRulebook::name).toList();
  }

  private static String example(String name) {
    return EXAMPLES.resolve(name + ".yaml").toString();
  }

  private static String expected(String name) throws IOException {
    String resource = "examples/venues/" + name + ".txt";
    try (InputStream stream = VenueExamplesTest.class.getResourceAsStream(resource)) {
      assertThat(stream).as("expected output %s", resource).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void planPrintsWhatIsExpected(String name) throws IOException {
    CommandLineRun run = CommandLineRun.of("plan", example(name));
    assertThat(run.out()).isEqualTo(expected(name));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource("venues")
  void everyVenueHasAnExampleThatShowsItsFiguresAndAPlanThatHolds(String venue) throws IOException {
    assertThat(names()).as("an example of its own").contains(venue);
    CommandLineRun plan = CommandLineRun.of("plan", example(venue), "--json");
    assertThat(plan.out()).contains("\"rulebook\": \"%s\"".formatted(venue)).contains("\"venue\":");
    Optional<String> misfit = VenueRulebooks.find(venue).orElseThrow().misfit();
    if (misfit.isPresent()) {
      assertThat(plan.out()).contains("\"verdict\": \"misfit\"");
      return;
    }
    assertThat(plan.out()).contains("\"verdict\": \"close\"").contains("VENUE_PRESCRIBED");
    Path document = Files.writeString(folder.resolve("plan.json"), plan.out());
    CommandLineRun verify = CommandLineRun.of("verify", document.toString());
    assertThat(verify.out()).startsWith("holds: ");
    assertThat(verify.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource("venues")
  void whatIsShownOfARulebookIsReadBackAsTheSame(String venue) throws IOException {
    CommandLineRun show = CommandLineRun.of("rulebooks", "show", venue);
    assertThat(show.exitCode()).isZero();
    Path shown = Files.writeString(folder.resolve("shown.yaml"), show.out());
    assertThat(RulebookSource.read(shown)).isEqualTo(VenueRulebooks.find(venue).orElseThrow());
  }

  @Test
  void thereAreVenues() {
    assertThat(venues()).contains("dydx-v4").doesNotHaveDuplicates();
  }
}
