package trimtab.lab.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
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

/// The parameters of a generated book as a YAML or JSON file. What a file does not say is as in the
/// shipped one, `book-parameters.yaml`.
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
      return new BookParametersFile().parameters(Document.parse(SHIPPED, text), Optional.empty());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// @throws trimtab.lab.input.InputException with everything that is wrong in the file
  public static BookParameters read(Path file) {
    return new BookParametersFile().parameters(Document.read(file), Optional.of(shipped()));
  }

  private BookParameters parameters(Node root, Optional<BookParameters> base) {
    Fields fields = Fields.of(root, problems, "loanShare", "equity", "perp", "loan", "entry");
    double loanShare = share(fields, "loanShare", base.map(BookParameters::loanShare));
    Optional<Pareto> equity =
        part(fields, "equity", base.map(BookParameters::equity), this::pareto);
    Optional<Perp> perp = part(fields, "perp", base.map(BookParameters::perp), this::perp);
    Optional<Loan> loan = part(fields, "loan", base.map(BookParameters::loan), this::loan);
    Optional<Range> entry = part(fields, "entry", base.map(BookParameters::entry), this::range);
    problems.throwIfAny();
    return new BookParameters(
        loanShare,
        equity.orElseThrow(),
        perp.orElseThrow(),
        loan.orElseThrow(),
        entry.orElseThrow());
  }

  /// A table inside the file, read over what it has where it says nothing.
  private <T> Optional<T> part(
      Fields fields,
      String key,
      Optional<T> base,
      BiFunction<Node, Optional<T>, Optional<T>> reader) {
    if (!fields.has(key) && base.isPresent()) {
      return base;
    }
    return fields.requiredNode(key).flatMap(node -> reader.apply(node, base));
  }

  private Optional<Pareto> pareto(Node node, Optional<Pareto> base) {
    Fields fields = Fields.of(node, problems, "minimum", "maximum", "tailExponent");
    double minimum = number(fields, "minimum", base.map(Pareto::minimum));
    double maximum = number(fields, "maximum", base.map(Pareto::maximum));
    double exponent = number(fields, "tailExponent", base.map(Pareto::tailExponent));
    return attempt(node, () -> new Pareto(minimum, maximum, exponent));
  }

  private Optional<LogNormal> logNormal(Node node, Optional<LogNormal> base) {
    Fields fields = Fields.of(node, problems, "median", "sigma", "minimum", "maximum");
    double median = number(fields, "median", base.map(LogNormal::median));
    double sigma = number(fields, "sigma", base.map(LogNormal::sigma));
    double minimum = number(fields, "minimum", base.map(LogNormal::minimum));
    double maximum = number(fields, "maximum", base.map(LogNormal::maximum));
    return attempt(node, () -> new LogNormal(median, sigma, minimum, maximum));
  }

  private Optional<Range> range(Node node, Optional<Range> base) {
    Fields fields = Fields.of(node, problems, "minimum", "maximum");
    double minimum = share(fields, "minimum", base.map(Range::minimum));
    double maximum = share(fields, "maximum", base.map(Range::maximum));
    return attempt(node, () -> new Range(minimum, maximum));
  }

  private Optional<Perp> perp(Node node, Optional<Perp> base) {
    Fields fields =
        Fields.of(
            node,
            problems,
            "leverage",
            "longShare",
            "twoMarketsShare",
            "coinAccountShare",
            "coinPortion");
    Optional<LogNormal> leverage =
        part(fields, "leverage", base.map(Perp::leverage), this::logNormal);
    double longs = share(fields, "longShare", base.map(Perp::longShare));
    double two = share(fields, "twoMarketsShare", base.map(Perp::twoMarketsShare));
    double coins = share(fields, "coinAccountShare", base.map(Perp::coinAccountShare));
    Optional<Range> portion = part(fields, "coinPortion", base.map(Perp::coinPortion), this::range);
    return attempt(
        node, () -> new Perp(leverage.orElseThrow(), longs, two, coins, portion.orElseThrow()));
  }

  private Optional<Loan> loan(Node node, Optional<Loan> base) {
    Fields fields = Fields.of(node, problems, "healthExcess");
    return part(fields, "healthExcess", base.map(Loan::healthExcess), this::logNormal)
        .map(Loan::new);
  }

  /// The table's value, unless something could not be read: that has been told already.
  private <T> Optional<T> attempt(Node node, Supplier<T> value) {
    return problems.isEmpty() ? problems.attempt(node.place(), value) : Optional.empty();
  }

  private static double number(Fields fields, String key, Optional<Double> base) {
    return base.isPresent() && !fields.has(key) ? base.get() : fields.decimal(key, DECIMALS) / UNIT;
  }

  private static double share(Fields fields, String key, Optional<Double> base) {
    return base.isPresent() && !fields.has(key) ? base.get() : fields.share(key) / UNIT;
  }
}
