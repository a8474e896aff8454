package trimtab.rulebooks.adapter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import trimtab.core.rulebook.Figure;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.number.Fraction;

/// Figures of a venue as they are put together, in the order in which they are shown.
public final class FigureList {
  private static final MathContext ABOUT = new MathContext(9);

  private final List<Figure> figures = new ArrayList<>();

  /// A word.
  public FigureList add(String name, String value, String unit) {
    figures.add(new Figure(name, value, unit));
    return this;
  }

  /// A whole number of the venue's units.
  public FigureList add(String name, BigInteger value, String unit) {
    return add(name, value.toString(), unit);
  }

  /// A decimal, exactly; where it does not end a fraction, with what it is about.
  public FigureList add(String name, Fraction value, String unit) {
    String exact = value.toString();
    return add(
        name,
        exact.indexOf('/') < 0
            ? exact
            : "%s (about %s)"
                .formatted(
                    exact,
                    new BigDecimal(value.numerator())
                        .divide(new BigDecimal(value.denominator()), ABOUT)
                        .toPlainString()),
        unit);
  }

  public FigureList add(String name, boolean value) {
    return add(name, value ? "yes" : "no", "");
  }

  /// Whether something is so, and what that is.
  public FigureList add(String name, boolean value, String meaning) {
    return add(name, value ? "yes" : "no", "(" + meaning + ")");
  }

  /// An amount of a token in its base units.
  public FigureList amount(String name, BigInteger value, Reserve reserve) {
    return add(name, value, reserve.units());
  }

  /// What a venue cannot compute is shown with the reason: there a contract reverts.
  ///
  /// @param figure that adds to this list, or fails with an arithmetic error
  public FigureList tryAdd(String name, Supplier<Fraction> figure, String unit) {
    try {
      return add(name, figure.get(), unit);
    } catch (ArithmeticException failure) {
      return add(name, "none: " + failure.getMessage(), "");
    }
  }

  public List<Figure> list() {
    return List.copyOf(figures);
  }
}
