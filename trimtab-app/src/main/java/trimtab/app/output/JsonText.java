package trimtab.app.output;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import trimtab.lab.input.InputException;

/// JSON for programs: written token by token, so keys keep the order in which they are written and
/// start-up loads no data binding. Only ASCII leaves, so the locale does not matter.
public final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonText() {}

  /// One document, indented, without a line break at its end.
  public static String of(Consumer<JsonGenerator> body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(new Indented(), text)) {
      body.accept(json);
    }
    return text.toString();
  }

  /// One document in one line.
  public static String compact(Consumer<JsonGenerator> body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      body.accept(json);
    }
    return text.toString();
  }

  /// One document and a line break on `out`.
  public static void print(PrintWriter out, Consumer<JsonGenerator> body) {
    out.print(of(body) + "\n");
    out.flush();
  }

  /// One document and a line break as the content of a file.
  ///
  /// @throws InputException if the file cannot be written
  public static void write(Path file, Consumer<JsonGenerator> body) {
    TextFile.write(file, of(body) + "\n");
  }

  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      Separators separators =
          Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER);
      return new DefaultPrettyPrinter(separators)
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
