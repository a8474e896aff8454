package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
  @TempDir Path folder;

  private static Node.Scalar scalar(String source, String text) {
    return (Node.Scalar) InputProblems.entry(Document.parse(source, text), "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.1", "0.10", "1e3", "12345678901234567890.123", "007", "1_000", "0x1F", "yes"})
  void yamlScalarsKeepTheirText(String text) {
    assertThat(scalar("a.yaml", "a: " + text + "\n").text()).isEqualTo(text);
    assertThat(scalar("a.yaml", "a: '" + text + "'\n").text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "0.10", "1e3", "1E+2", "12345678901234567890.123", "-0.0"})
  void jsonNumbersKeepTheirText(String text) {
    assertThat(scalar("a.json", "{\"a\": " + text + "}").text()).isEqualTo(text);
  }

  @Test
  void everyNodeKnowsItsLineAndPath() {
    Node root = Document.parse("p.yaml", "x:\n  y:\n    - {z: 1}\n    - z: 2\n");
    Node y = InputProblems.entry(InputProblems.entry(root, "x"), "y");
    assertThat(y.place()).isEqualTo(new Place("p.yaml", 2, "x.y"));
    Node second = ((Node.Sequence) y).items().get(1);
    assertThat(InputProblems.entry(second, "z").place())
        .isEqualTo(new Place("p.yaml", 4, "x.y[1].z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: [1,2\nb: 3\n' | p.yaml:2: is malformed",
        "'a:\n\t- b\n' | p.yaml:2: is malformed",
        "'' | p.yaml: is empty",
        "'# only\n' | p.yaml: is empty",
        "'a: 1\n---\nb: 2\n' | p.yaml:3: one document per file",
        "'a: 1\nb: 2\na: 3\n' | p.yaml:3: a: stands twice; first in line 1",
        "'a: &x 1\nb: *x\n' | p.yaml:2: b: aliases (*name) are not read",
      })
  void malformedYamlNamesItsLine(String text, String expected) {
    assertThat(InputProblems.of(folder, () -> Document.parse("p.yaml", text)))
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"a\": 1,\n}' | p.json:2: is malformed",
        "'{\"a\": 1}\n{}' | p.json:2: one document per file",
        "'{\"a\": 1,\n\"a\": 2}' | p.json:2: a: stands twice; first in line 1",
      })
  void malformedJsonNamesItsLine(String text, String expected) {
    assertThat(InputProblems.of(folder, () -> Document.parse("p.json", text)))
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @Test
  void tooDeepIsRefused() {
    String deep = "[".repeat(Document.DEPTH_MAX + 2) + "]".repeat(Document.DEPTH_MAX + 2);
    assertThat(InputProblems.of(folder, () -> Document.parse("p.json", deep)))
        .singleElement()
        .asString()
        .contains("levels inside each other");
  }

  @Test
  void unreadableFilesAreOneClearLine() throws IOException {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "a: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(InputProblems.of(folder, () -> Document.read(latin)))
        .isEqualTo(List.of("latin.yaml: is not UTF-8 text"));
    assertThat(InputProblems.of(folder, () -> Document.read(folder.resolve("none.yaml"))))
        .isEqualTo(List.of("none.yaml: there is no such file"));
    Files.createDirectory(folder.resolve("sub"));
    assertThat(InputProblems.of(folder, () -> Document.read(folder.resolve("sub"))))
        .isEqualTo(List.of("sub: is a folder; give a file"));
  }

  @Test
  void whatAFileHoldsCannotBreakTheLineOfAProblem() {
    String text = "{\"a\\u001b[2J\\n\": 1, \"a\\u001b[2J\\n\": 2}";
    assertThat(InputProblems.of(folder, () -> Document.parse("p.json", text)))
        .containsExactly("p.json:1: a [2J : stands twice; first in line 1");
    Problem problem = new Problem(Place.file("f"), "x\ny\u2028".repeat(Problem.MESSAGE_MAX));
    assertThat(problem.text())
        .hasSize(Problem.MESSAGE_MAX + "f: ...".length())
        .startsWith("f: x y x");
  }

  @Test
  void theMarkThatSomeEditorsPutFirstIsIgnored() {
    Path file = InputProblems.write(folder, "bom.json", "\uFEFF{\"a\": 1}");
    assertThat(InputProblems.entry(Document.read(file), "a"))
        .isEqualTo(new Node.Scalar(new Place(file.toString(), 1, "a"), "1"));
  }
}
