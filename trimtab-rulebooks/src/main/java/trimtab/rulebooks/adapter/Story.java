package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import trimtab.core.rulebook.Figure;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.number.Fraction;

/// What a venue says about one account, figure by figure, in the order in which it is told.
final class Story {
  /// Figures one story may have.
  private static final int FIGURES_MAX = 2_000;

  private final List<Figure> figures = new ArrayList<>();

  Story add(String name, String value, String unit) {
    if (figures.size() == FIGURES_MAX) {
      throw new IllegalStateException("a story has at most " + FIGURES_MAX + " figures");
    }
    figures.add(new Figure(name, value, unit));
    return this;
  }

  Story add(String name, BigInteger value, String unit) {
    return add(name, value.toString(), unit);
  }

  Story add(String name, Fraction value, String unit) {
    return add(name, value.toString(), unit);
  }

  Story add(String name, boolean value, String unit) {
    return add(name, Boolean.toString(value), unit);
  }

  /// A number, or why there is none.
  Story add(String name, Optional<BigInteger> value, String otherwise, String unit) {
    return add(name, value.map(BigInteger::toString).orElse(otherwise), unit);
  }

  /// An amount of a token in its base units.
  Story amount(String name, BigInteger value, Reserve reserve) {
    return add(name, value, units(reserve));
  }

  /// A figure that the contract reverts on instead where its arithmetic does not fit.
  Story attempt(String name, Supplier<BigInteger> value, String unit) {
    try {
      return add(name, value.get(), unit);
    } catch (ArithmeticException fault) {
      return add(name, "reverts", "arithmetic: " + fault.getMessage());
    }
  }

  /// Base units of a token, as a unit.
  static String units(Reserve reserve) {
    return reserve.decimals() == 0
        ? reserve.symbol()
        : "1e-%d %s".formatted(reserve.decimals(), reserve.symbol());
  }

  List<Figure> told() {
    return List.copyOf(figures);
  }
}
