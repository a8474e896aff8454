package trimtab.lab.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import trimtab.lab.book.BookParameters.Loan;
import trimtab.lab.book.BookParameters.LogNormal;
import trimtab.lab.book.BookParameters.Pareto;
import trimtab.lab.book.BookParameters.Perp;
import trimtab.lab.book.BookParameters.Range;
import trimtab.lab.input.Document;
import trimtab.lab.input.Fields;
import trimtab.lab.input.Node;
import trimtab.lab.input.Problems;

/// The parameters of a generated book as a YAML or JSON file. All keys are required: a file says
/// everything that its book rests on.
public final class BookParametersFile {
  private static final String SHIPPED = "book-parameters.yaml";
  private static final int DECIMALS = 6;
  private static final double UNIT = 1e6;

  private final Problems problems = new Problems();

  private BookParametersFile() {}

  /// The parameters that come with the program.
  public static BookParameters shipped() {
    try (InputStream stream = BookParametersFile.class.getResourceAsStream(SHIPPED)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its own resource " + SHIPPED);
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new BookParametersFile().parameters(Document.parse(SHIPPED, text));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// @throws trimtab.lab.input.InputException with everything that is wrong in the file
  public static BookParameters read(Path file) {
    return new BookParametersFile().parameters(Document.read(file));
  }

  private BookParameters parameters(Node root) {
    Fields fields = Fields.of(root, problems, "loanShare", "equity", "perp", "loan", "entry");
    double loanShare = number(fields, "loanShare");
    Optional<Pareto> equity = fields.requiredNode("equity").flatMap(this::pareto);
    Optional<Perp> perp = fields.requiredNode("perp").flatMap(this::perp);
    Optional<Loan> loan = fields.requiredNode("loan").flatMap(this::loan);
    Optional<Range> entry = fields.requiredNode("entry").flatMap(this::range);
    problems.throwIfAny();
    Optional<BookParameters> read =
        problems.attempt(
            fields.place(),
            () ->
                new BookParameters(
                    loanShare,
                    equity.orElseThrow(),
                    perp.orElseThrow(),
                    loan.orElseThrow(),
                    entry.orElseThrow()));
    problems.throwIfAny();
    return read.orElseThrow();
  }

  private Optional<Pareto> pareto(Node node) {
    Fields fields = Fields.of(node, problems, "minimum", "maximum", "tailExponent");
    List<Double> values = numbers(fields, "minimum", "maximum", "tailExponent");
    return attempt(node, () -> new Pareto(values.get(0), values.get(1), values.get(2)));
  }

  private Optional<LogNormal> logNormal(Node node) {
    Fields fields = Fields.of(node, problems, "median", "sigma", "minimum", "maximum");
    List<Double> values = numbers(fields, "median", "sigma", "minimum", "maximum");
    return attempt(
        node, () -> new LogNormal(values.get(0), values.get(1), values.get(2), values.get(3)));
  }

  private Optional<Range> range(Node node) {
    Fields fields = Fields.of(node, problems, "minimum", "maximum");
    List<Double> values = numbers(fields, "minimum", "maximum");
    return attempt(node, () -> new Range(values.get(0), values.get(1)));
  }

  private Optional<Perp> perp(Node node) {
    Fields fields =
        Fields.of(
            node,
            problems,
            "leverage",
            "longShare",
            "twoMarketsShare",
            "coinAccountShare",
            "coinPortion");
    Optional<LogNormal> leverage = fields.requiredNode("leverage").flatMap(this::logNormal);
    List<Double> shares = numbers(fields, "longShare", "twoMarketsShare", "coinAccountShare");
    Optional<Range> portion = fields.requiredNode("coinPortion").flatMap(this::range);
    if (leverage.isEmpty() || portion.isEmpty()) {
      return Optional.empty();
    }
    return attempt(
        node,
        () -> new Perp(leverage.get(), shares.get(0), shares.get(1), shares.get(2), portion.get()));
  }

  private Optional<Loan> loan(Node node) {
    Fields fields = Fields.of(node, problems, "healthExcess");
    return fields.requiredNode("healthExcess").flatMap(this::logNormal).map(Loan::new);
  }

  /// The table's value, unless something in it could not be read: that has been told already.
  private <T> Optional<T> attempt(Node node, Supplier<T> value) {
    return problems.isEmpty() ? problems.attempt(node.place(), value) : Optional.empty();
  }

  private List<Double> numbers(Fields fields, String... keys) {
    return List.of(keys).stream().map(key -> number(fields, key)).toList();
  }

  private static double number(Fields fields, String key) {
    return fields.decimal(key, DECIMALS) / UNIT;
  }
}
