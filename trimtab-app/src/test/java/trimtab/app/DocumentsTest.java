package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The documents name what is there: files, classes, methods, commands.
class DocumentsTest {
  /// `[text](target)` and `![text](target)`; the text may run over lines.
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /// `Type` or `Type.member` or `Type.Nested.member` between backticks; a type has a lower case
  /// letter.
  private static final Pattern NAME =
      Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)((?:\\.[A-Za-z][A-Za-z0-9_]*)*)`");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
  private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|(?s)/\\*.*?\\*/");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");
  private static final List<String> JDK = List.of("java.lang.", "java.math.", "java.util.");

  static final Path ROOT = root();
  private static final Map<String, List<String>> SOURCES_BY_TYPE = sourcesByType();

  static Stream<Path> documents() {
    return files(ROOT, path -> path.getFileName().toString().endsWith(".md")).stream()
        .map(ROOT::relativize);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRelativeLinkLeadsSomewhere(Path document) {
    assertThat(brokenLinks(text(ROOT.resolve(document)), ROOT.resolve(document))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyClassAndMemberExists(Path document) {
    assertThat(unknownNames(text(ROOT.resolve(document)))).isEmpty();
  }

  @Test
  void theReadmeHasExactlyTwoCommands() {
    assertThat(commands(text(ROOT.resolve("README.md"))))
        .containsExactly("./trimtab replay", "./mvnw verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README", "ARCHITECTURE", "GLOSSARY", "CONTRIBUTING"})
  void theDocumentsThatAReaderLooksForAreThere(String name) {
    assertThat(documents()).contains(Path.of(name + ".md"));
  }

  // Tests of the test: what it must find, and what it must let pass.

  @ParameterizedTest
  @ValueSource(strings = {"[a](nowhere.md)", "![a](docs/none.svg)", "[a](NONE.md#part)"})
  void findsABrokenLink(String text) {
    assertThat(brokenLinks(text, ROOT.resolve("README.md"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a](https://example.org/x)", "[a](#part)", "[a\nb](LICENSE)"})
  void letsAGoodLinkPass(String text) {
    assertThat(brokenLinks(text, ROOT.resolve("README.md"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"`NoSuchClass`", "`Planner.fly`", "`Planner.NoNested`", "`Account.Balance.fly`"})
  void findsAnUnknownName(String text) {
    assertThat(unknownNames(text)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"`Planner`", "`Planner.plan`", "`Account.Balance`", "`BigDecimal`", "`JAVA_HOME`"})
  void letsAGoodNamePass(String text) {
    assertThat(unknownNames(text)).isEmpty();
  }

  @Test
  void findsAThirdCommand() {
    assertThat(commands("```sh\na\nb\n```\ntext\n```sh\nc\n```\n")).containsExactly("a", "b", "c");
  }

  private static List<String> brokenLinks(String text, Path document) {
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(target -> !target.contains("://") && !target.startsWith("#"))
        .map(target -> target.replaceFirst("#.*", ""))
        .filter(target -> !Files.exists(document.resolveSibling(target)))
        .toList();
  }

  private static List<String> commands(String text) {
    return BLOCK.matcher(text).results().flatMap(block -> block.group(1).lines()).toList();
  }

  private static List<String> unknownNames(String text) {
    return NAME.matcher(text)
        .results()
        .filter(name -> !isKnown(name))
        .map(MatchResult::group)
        .toList();
  }

  private static boolean isKnown(MatchResult name) {
    String type = name.group(1);
    List<String> members = Stream.of(name.group(2).split("\\.")).filter(m -> !m.isEmpty()).toList();
    List<String> declaring = SOURCES_BY_TYPE.getOrDefault(type, List.of());
    return declaring.isEmpty()
        ? members.isEmpty() && isOfTheJdk(type)
        : declaring.stream().anyMatch(code -> members.stream().allMatch(m -> has(code, m)));
  }

  /// Whether a name stands in the code other than as a call on something else.
  private static boolean has(String code, String member) {
    return Pattern.compile("(?<![.\\w])" + Pattern.quote(member) + "\\b").matcher(code).find();
  }

  private static boolean isOfTheJdk(String type) {
    return JDK.stream()
        .anyMatch(inPackage -> {
          try {
            Class.forName(inPackage + type);
            return true;
          } catch (ClassNotFoundException e) {
            return false;
          }
        });
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Optional.ofNullable(folder.getParent()).orElseThrow();
    }
    return folder;
  }

  /// The code of every file that declares a type of this name.
  private static Map<String, List<String>> sourcesByType() {
    Map<String, List<String>> sources = new HashMap<>();
    for (Path file : files(ROOT, path -> path.toString().endsWith(".java"))) {
      String code = COMMENT.matcher(text(file)).replaceAll("");
      TYPE.matcher(code)
          .results()
          .forEach(
              type -> sources.computeIfAbsent(type.group(1), key -> new ArrayList<>()).add(code));
    }
    return sources;
  }

  /// Files of the repository, build folders and hidden ones left out, in a fixed order.
  private static List<Path> files(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(path -> !path.getFileName().toString().equals("target"))
          .sorted()
          .flatMap(path -> Files.isDirectory(path) ? files(path, wanted).stream() : Stream.of(path))
          .filter(wanted)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
