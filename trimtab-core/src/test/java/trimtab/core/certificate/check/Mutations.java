package trimtab.core.certificate.check;

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import trimtab.core.certificate.Certificate;

/// Every certificate that differs from one in a single place: each integer one more and one less
/// (also where it is text), each flag flipped, each name changed, each element of a list left out
/// or doubled.
final class Mutations {
  /// @param path where and how it differs, such as `stages[0].penalty+1`
  record Mutant(String path, Certificate certificate) {}

  private record Change(String path, Object value) {}

  private Mutations() {}

  static List<Mutant> of(Certificate certificate) {
    return changes(certificate, true).stream()
        .map(change -> new Mutant(change.path.substring(1), (Certificate) change.value))
        .toList();
  }

  /// Every certificate in which one integer is replaced by an extreme one.
  static List<Mutant> extremes(Certificate certificate) {
    return changes(certificate, false).stream()
        .map(change -> new Mutant(change.path.substring(1), (Certificate) change.value))
        .toList();
  }

  /// The certificate with one part replaced.
  ///
  /// @param path such as `stages[0].curve.knots[1]`
  @SuppressWarnings("NullAway")
  static Certificate with(Certificate certificate, String path, @Nullable Object part) {
    List<String> names = List.of(path.split("[.\\[\\]]+", -1));
    boolean element = names.getLast().isEmpty();
    return (Certificate)
        put(certificate, element ? names.subList(0, names.size() - 1) : names, part);
  }

  @SuppressWarnings("NullAway")
  private static @Nullable Object put(
      @Nullable Object whole, List<String> path, @Nullable Object part) {
    if (path.isEmpty()) {
      return part;
    }
    List<String> rest = path.subList(1, path.size());
    return switch (whole) {
      case Optional<?> optional -> Optional.of(put(optional.orElseThrow(), path, part));
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>(list);
        int index = Integer.parseInt(path.getFirst());
        copy.set(index, put(copy.get(index), rest, part));
        yield copy;
      }
      case Record structure -> {
        RecordComponent[] components = structure.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components).map(c -> read(c, structure)).toArray();
        for (int i = 0; i < components.length; i++) {
          if (components[i].getName().equals(path.getFirst())) {
            Object changed = put(values[i], rest, part);
            boolean narrow = components[i].getType() == int.class && changed instanceof Long;
            values[i] = narrow ? Math.toIntExact((Long) changed) : changed;
            yield construct(structure.getClass(), components, values);
          }
        }
        throw new IllegalArgumentException("no " + path + " in " + structure.getClass());
      }
      default -> throw new IllegalArgumentException("no " + path + " in " + whole);
    };
  }

  private static List<Change> changes(Object value, boolean small) {
    return switch (value) {
      case Long number -> numbers(number, small);
      case Integer number ->
          small
              ? List.of(new Change("+1", number + 1), new Change("-1", number - 1))
              : List.of(
                  new Change("=max", Integer.MAX_VALUE), new Change("=min", Integer.MIN_VALUE));
      case Boolean flag -> List.of(new Change("!", !flag));
      case String text -> texts(text, small);
      case List<?> list -> elements(list, small);
      case Record structure -> components(structure, small);
      case Optional<?> optional ->
          optional.stream()
              .flatMap(inner -> changes(inner, small).stream())
              .map(change -> new Change(change.path, Optional.of(change.value)))
              .toList();
      default -> throw new IllegalArgumentException("no mutation for " + value.getClass());
    };
  }

  private static List<Change> numbers(long number, boolean small) {
    return small
        ? List.of(new Change("+1", number + 1), new Change("-1", number - 1))
        : List.of(
            new Change("=0", 0L),
            new Change("=-1", -1L),
            new Change("=2^62", 1L << 62),
            new Change("=max", Long.MAX_VALUE),
            new Change("=min", Long.MIN_VALUE));
  }

  private static List<Change> texts(String text, boolean small) {
    if (!text.matches("-?[0-9]+")) {
      return List.of(new Change("+x", text + "x"), new Change("=%", "%s%n"));
    }
    BigInteger number = new BigInteger(text);
    return small
        ? List.of(
            new Change("+1", number.add(BigInteger.ONE).toString()),
            new Change("-1", number.subtract(BigInteger.ONE).toString()))
        : List.of(
            new Change("=0", "0"),
            new Change("=-0", "-0"),
            new Change("=empty", ""),
            new Change("=word", "twelve"),
            new Change("=long", "-" + "9".repeat(5_000)));
  }

  private static List<Change> elements(List<?> list, boolean small) {
    List<Change> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      int index = i;
      lift(
          result,
          "[" + i + "]",
          changes(list.get(i), small),
          changed -> {
            List<Object> copy = new ArrayList<>(list);
            copy.set(index, changed);
            return copy;
          });
      List<Object> without = new ArrayList<>(list);
      without.remove(i);
      result.add(new Change("[" + i + "]dropped", without));
      List<Object> twice = new ArrayList<>(list);
      twice.add(i, list.get(i));
      result.add(new Change("[" + i + "]doubled", twice));
    }
    return result;
  }

  private static List<Change> components(Record structure, boolean small) {
    List<Change> result = new ArrayList<>();
    RecordComponent[] components = structure.getClass().getRecordComponents();
    Object[] values = Arrays.stream(components).map(c -> read(c, structure)).toArray();
    for (int i = 0; i < components.length; i++) {
      int index = i;
      lift(
          result,
          "." + components[i].getName(),
          changes(values[i], small),
          changed -> {
            Object[] copy = values.clone();
            copy[index] = changed;
            return construct(structure.getClass(), components, copy);
          });
    }
    return result;
  }

  private static void lift(
      List<Change> result, String name, List<Change> inner, Function<Object, Object> rebuild) {
    for (Change change : inner) {
      result.add(new Change(name + change.path, rebuild.apply(change.value)));
    }
  }

  private static Object read(RecordComponent component, Record structure) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(structure);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("a record cannot be taken apart", impossible);
    }
  }

  private static Object construct(Class<?> type, RecordComponent[] components, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("a record cannot be taken apart", impossible);
    }
  }
}
