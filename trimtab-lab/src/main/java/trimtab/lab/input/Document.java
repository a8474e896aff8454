package trimtab.lab.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads a YAML or JSON file into [Node]s, token by token: every scalar keeps its text and its
/// line, and start-up loads no data binding.
public final class Document {
  /// Size of a file that is still read.
  public static final int BYTES_MAX = 16 << 20;

  /// Tables and lists inside each other that are still read.
  public static final int DEPTH_MAX = 32;

  /// What some editors and spreadsheets put first.
  static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern YAML_MARK = Pattern.compile("in reader, line ([0-9]{1,9})");

  private final Problems problems = new Problems();
  private final JsonParser parser;

  private Document(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads a file: JSON if its name ends with `.json`, else YAML.
  ///
  /// @throws InputException if it cannot be read or is no such document
  public static Node read(Path file) {
    return parse(file.toString(), text(file));
  }

  /// Reads a JSON file, whatever its name.
  ///
  /// @throws InputException if it cannot be read or is no such document
  public static Node readJson(Path file) {
    return parse(file.toString(), text(file), new JsonFactory());
  }

  /// Reads a resource of the program itself.
  ///
  /// @param owner class in whose module and package the resource lies
  static Node resource(Class<?> owner, String name) {
    return parse(name, resourceText(owner, name));
  }

  /// The text of a resource of the program itself.
  static String resourceText(Class<?> owner, String name) {
    try (InputStream stream = owner.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its own resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Reads the text of a document.
  ///
  /// @param source name for messages; decides the format as a file's name does
  public static Node parse(String source, String text) {
    return parse(source, text, factory(source));
  }

  private static Node parse(String source, String text, TokenStreamFactory format) {
    Place place = Place.file(source);
    try (JsonParser parser = format.createParser(ObjectReadContext.empty(), text)) {
      Document document = new Document(parser);
      if (parser.nextToken() == null) {
        throw new InputException(place, "is empty");
      }
      Node root = document.node(place, 0);
      document.problems.throwIfAny();
      if (parser.nextToken() != null) {
        throw new InputException(
            new Place(source, document.line(), ""), "one document per file; a second begins here");
      }
      return root;
    } catch (JacksonException failure) {
      throw new InputException(malformed(source, failure), sentence(failure));
    }
  }

  private static TokenStreamFactory factory(String source) {
    if (source.endsWith(".json")) {
      return new JsonFactory();
    }
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(BYTES_MAX).build();
    // Keys that stand twice are found here, with all other problems.
    return YAMLFactory.builder()
        .loadSettings(settings)
        .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  /// The file's text.
  static String text(Path file) {
    Place place = Place.file(file.toString());
    try {
      if (Files.isDirectory(file)) {
        throw new InputException(place, "is a folder; give a file");
      }
      if (Files.size(file) > BYTES_MAX) {
        throw new InputException(place, "is larger than %d MiB".formatted(BYTES_MAX >> 20));
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (IOException failure) {
      throw new InputException(place, unreadable(failure));
    }
  }

  /// Why a file could not be read, as a sentence whose subject is the file.
  static String unreadable(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "may not be read by this user";
      case CharacterCodingException _ -> "is not UTF-8 text";
      default -> "cannot be read: " + failure.getMessage();
    };
  }

  /// The YAML parser's own location is that of the last good token; its message ends with the bad.
  private static Place malformed(String source, JacksonException failure) {
    Matcher mark = YAML_MARK.matcher(String.valueOf(failure.getOriginalMessage()));
    long line = failure.getLocation() == null ? 0 : failure.getLocation().getLineNr();
    while (mark.find()) {
      line = Long.parseLong(mark.group(1));
    }
    return new Place(source, Math.max(0, line), "");
  }

  private static String sentence(JacksonException failure) {
    return String.valueOf(failure.getOriginalMessage())
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining("; ", "is malformed: ", ""));
  }

  private long line() {
    return Math.max(0, parser.currentTokenLocation().getLineNr());
  }

  private Node node(Place place, int depth) {
    if (depth > DEPTH_MAX) {
      throw new InputException(place, "more than " + DEPTH_MAX + " levels inside each other");
    }
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(place, "aliases (*name) are not read; write the value out");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return table(place, depth);
    }
    if (token == JsonToken.START_ARRAY) {
      return sequence(place, depth);
    }
    return token == JsonToken.VALUE_NULL
        ? new Node.Empty(place)
        : new Node.Scalar(place, parser.getString());
  }

  private Node table(Place place, int depth) {
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Place entry = place.entry(key, line());
      parser.nextToken();
      Node earlier = entries.put(key, node(entry, depth + 1));
      if (earlier != null) {
        problems.add(entry, "stands twice; first in line " + earlier.place().line());
      }
    }
    return new Node.Table(place, entries);
  }

  private Node sequence(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(place.item(items.size(), line()), depth + 1));
    }
    return new Node.Sequence(place, items);
  }
}
