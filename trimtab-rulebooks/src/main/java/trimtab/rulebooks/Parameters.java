package trimtab.rulebooks;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.number.Fraction;

/// The constants of a venue's rule, by name, in the order in which they are shown. Every one has a
/// documented default; a rulebook file may state others.
///
/// @param byName not empty names
public record Parameters(Map<String, Parameter> byName) {
  public Parameters {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /// Those of a list, each name once.
  public static Parameters of(Parameter... parameters) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (byName.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException("'" + parameter.name() + "' stands twice");
      }
    }
    return new Parameters(byName);
  }

  public List<Parameter> list() {
    return List.copyOf(byName.values());
  }

  /// The same with other values.
  ///
  /// @throws IllegalArgumentException if a name is unknown or a value no number where one was
  public Parameters with(Map<String, String> values) {
    Map<String, Parameter> changed = new LinkedHashMap<>(byName);
    values.forEach((name, value) -> {
      Parameter old = get(name);
      if (isNumber(old.value()) && !isNumber(value)) {
        throw new IllegalArgumentException("'%s' is a number, not '%s'".formatted(name, value));
      }
      changed.put(name, new Parameter(name, value, old.unit()));
    });
    return new Parameters(changed);
  }

  private Parameter get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "unknown parameter '%s'; known: %s".formatted(name, String.join(", ", byName.keySet())));
    }
    return parameter;
  }

  public String text(String name) {
    return get(name).value();
  }

  /// @throws IllegalArgumentException if it is no number
  public Fraction number(String name) {
    try {
      return Fraction.parse(text(name));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'%s' is no number: %s".formatted(name, text(name)));
    }
  }

  /// @throws IllegalArgumentException if it is no whole number
  public BigInteger integer(String name) {
    Fraction number = number(name);
    if (!number.denominator().equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("'%s' is no whole number: %s".formatted(name, number));
    }
    return number.numerator();
  }

  /// Refuses a whole number outside of bounds.
  ///
  /// @throws IllegalArgumentException with the bounds
  public void range(String name, long least, long most) {
    BigInteger value = integer(name);
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          "'%s' must be %d to %d, not %s".formatted(name, least, most, value));
    }
  }

  /// Refuses a number outside of bounds, which are allowed themselves.
  ///
  /// @throws IllegalArgumentException with the bounds
  public void range(String name, Fraction least, Fraction most) {
    Fraction value = number(name);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "'%s' must be %s to %s, not %s".formatted(name, least, most, value));
    }
  }

  public boolean flag(String name) {
    return switch (text(name)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "'%s' is true or false, not '%s'".formatted(name, text(name)));
    };
  }

  private static boolean isNumber(String text) {
    try {
      return Fraction.parse(text).denominator().signum() > 0;
    } catch (NumberFormatException | ArithmeticException _) {
      return false;
    }
  }
}
