package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import trimtab.core.rulebook.Figure;
import trimtab.rulebooks.number.Fraction;

/// Collects a venue's figures in the order in which they are told.
final class FigureList {
  private final List<Figure> figures = new ArrayList<>();

  /// A word.
  void add(String name, String value) {
    figures.add(new Figure(name, value, ""));
  }

  /// A number as it is.
  void add(String name, Fraction value, String unit) {
    figures.add(new Figure(name, value.toString(), unit));
  }

  /// An integer of so many decimals.
  void add(String name, BigInteger value, int decimals, String unit) {
    add(name, new Fraction(value, BigInteger.TEN.pow(decimals)), unit);
  }

  List<Figure> list() {
    return List.copyOf(figures);
  }
}
