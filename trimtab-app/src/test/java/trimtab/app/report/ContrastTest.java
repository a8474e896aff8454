package trimtab.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Contrast of the report's colours, by WCAG 2.2, in light, dark and print: 4.5 for text, 3 for
/// what must be seen without words.
class ContrastTest {
  private static final double TEXT = 4.5;
  private static final double SHAPE = 3;
  private static final Pattern VALUE = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6});");

  private static String sheet() throws IOException {
    try (InputStream stream = HtmlPage.class.getResourceAsStream("report.css")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The values that hold in a theme: what a theme does not set is that of the light one.
  private static Map<String, String> theme(String name) throws IOException {
    String[] roots = sheet().split(":root \\{", -1);
    assertThat(roots).as("light, dark and print").hasSize(4);
    Map<String, String> values = new TreeMap<>(values(roots[1]));
    values.putAll(values(roots[List.of("", "light", "dark", "print").indexOf(name)]));
    return values;
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new TreeMap<>();
    Matcher found = VALUE.matcher(text.substring(0, text.indexOf('}')));
    while (found.find()) {
      values.put(found.group(1), found.group(2));
    }
    assertThat(values).hasSizeGreaterThan(20);
    return values;
  }

  private static double luminance(String colour) {
    double[] parts = new double[3];
    for (int i = 0; i < 3; i++) {
      double share = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      parts[i] = share <= 0.04045 ? share / 12.92 : StrictMath.pow((share + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  private static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static String of(Map<String, String> theme, String name) {
    return Objects.requireNonNull(theme.get(name), name);
  }

  private static void atLeast(
      double least, Map<String, String> theme, String ground, String... colours) {
    for (String colour : colours) {
      assertThat(contrast(of(theme, colour), of(theme, ground)))
          .as("%s on %s", colour, ground)
          .isGreaterThanOrEqualTo(least);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "print"})
  void textCanBeRead(String name) throws IOException {
    Map<String, String> theme = theme(name);
    atLeast(
        TEXT,
        theme,
        "surface",
        "ink",
        "ink2",
        "ink3",
        "accent",
        "partial-text",
        "full-text",
        "restored-text");
    atLeast(TEXT, theme, "sunken", "ink", "ink3");
    atLeast(TEXT, theme, "d1", "ink");
    atLeast(TEXT, theme, "d2", "ink");
    atLeast(TEXT, theme, "d3", "d3-ink");
    atLeast(TEXT, theme, "d4", "d4-ink");
    atLeast(TEXT, theme, "d5", "d5-ink");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "print"})
  void shapesCanBeSeen(String name) throws IOException {
    atLeast(
        SHAPE,
        theme(name),
        "surface",
        "control",
        "accent",
        "ghost",
        "partial",
        "full",
        "bankrupt",
        "restored",
        "warning");
  }

  /// Neighbours in a bar of losses: who prints in grey tells them apart.
  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "print"})
  void neighboursInABarDifferInLightness(String name) throws IOException {
    Map<String, String> theme = theme(name);
    for (List<String> pair :
        List.of(
            List.of("partial", "warning"),
            List.of("warning", "full"),
            List.of("full", "bankrupt"))) {
      assertThat(contrast(of(theme, pair.getFirst()), of(theme, pair.getLast())))
          .as("%s beside %s", pair.getFirst(), pair.getLast())
          .isGreaterThan(1.15);
    }
  }
}
