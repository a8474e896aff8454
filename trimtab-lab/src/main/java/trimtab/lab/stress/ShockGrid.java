package trimtab.lab.stress;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;
import trimtab.lab.input.InputException;
import trimtab.lab.input.NearestWord;

/// The shocks of a stress: every combination of changes of price, volatility and depth.
///
/// Written as `'price=-40..0:5 vol=0..100:50 depth=-80..0:40'`: percent changes, each
/// `from..to:step` or one value; what is not named does not change. `price.ETHUSDT=` moves one
/// market, `price` all others.
///
/// @param axes at most one of each kind and market: price, then single markets in the order in
///   which they were written, then volatility, then depth
public record ShockGrid(List<Axis> axes) {
  /// Points that a grid may have.
  public static final int POINTS_MAX = 10_000;

  /// Changes are read with so many decimals of a percent: whole parts per million.
  private static final int PERCENT_DECIMALS = 4;

  /// The largest change upwards, a thousandfold: beyond it something else is wrong.
  private static final long CHANGE_PPM_MAX = 1_000 * Ppm.ONE;

  private static final String PRICE = "price";
  private static final List<String> KEYS = List.of(PRICE, "vol", "depth", "price.SYMBOL");

  /// What an axis changes.
  public enum Kind {
    /// The price of every market that has no axis of its own.
    PRICE,
    /// The price of one market.
    PRICE_OF_ONE,
    /// Daily volatility.
    VOLATILITY,
    /// Daily volume, and with it the available depth.
    DEPTH
  }

  /// @param symbol market of `PRICE_OF_ONE`, else empty
  /// @param changesPpm parts per million, ascending
  public record Axis(Kind kind, String symbol, List<Long> changesPpm) {
    public Axis {
      changesPpm = List.copyOf(changesPpm);
    }

    /// As it is written: `price.ETHUSDT`.
    public String key() {
      return switch (kind) {
        case PRICE -> PRICE;
        case PRICE_OF_ONE -> PRICE + "." + symbol;
        case VOLATILITY -> "vol";
        case DEPTH -> "depth";
      };
    }
  }

  public ShockGrid {
    axes = List.copyOf(axes);
  }

  /// @throws InputException with the first word that is wrong and what to write
  public static ShockGrid parse(String text) {
    List<Axis> axes = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      Axis axis = axis(text, word);
      if (axes.stream().anyMatch(other -> other.key().equals(axis.key()))) {
        throw wrong("'%s' stands twice; write all its values in one".formatted(axis.key()));
      }
      axes.add(axis);
    }
    axes.sort((left, right) -> left.kind().compareTo(right.kind()));
    ShockGrid grid = new ShockGrid(axes);
    if (grid.points() > POINTS_MAX) {
      throw wrong(
          "the grid has %,d points, at most %,d are allowed; use larger steps"
              .formatted(grid.points(), POINTS_MAX));
    }
    return grid;
  }

  private static Axis axis(String text, String word) {
    int equals = word.indexOf('=');
    if (text.isBlank() || equals < 1) {
      throw wrong(
          "'%s' is no shock; write KEY=VALUE or KEY=FROM..TO:STEP, such as 'price=-40..0:5'"
              .formatted(word));
    }
    if (word.indexOf('=', equals + 1) >= 0) {
      throw wrong("'%s' names several changes; put a space between them".formatted(word));
    }
    String key = word.substring(0, equals);
    Kind kind =
        switch (key) {
          case PRICE -> Kind.PRICE;
          case "vol" -> Kind.VOLATILITY;
          case "depth" -> Kind.DEPTH;
          default -> {
            if (!key.startsWith(PRICE + ".") || key.length() == PRICE.length() + 1) {
              throw wrong("unknown key '%s'%s".formatted(key, NearestWord.hint(key, KEYS)));
            }
            yield Kind.PRICE_OF_ONE;
          }
        };
    String symbol = kind == Kind.PRICE_OF_ONE ? key.substring(PRICE.length() + 1) : "";
    List<Long> changes = changes(key, word.substring(equals + 1));
    boolean wipesOut = kind == Kind.VOLATILITY;
    long least = changes.getFirst();
    if (wipesOut ? least < -Ppm.ONE : least <= -Ppm.ONE) {
      throw wrong(
          "%s=%s: %s"
              .formatted(
                  key, percent(least), wipesOut ? "must be -100 or more" : "must be above -100"));
    }
    if (changes.getLast() > CHANGE_PPM_MAX) {
      throw wrong(
          "%s=%s: must be at most %s"
              .formatted(key, percent(changes.getLast()), percent(CHANGE_PPM_MAX)));
    }
    return new Axis(kind, symbol, changes);
  }

  private static List<Long> changes(String key, String values) {
    int dots = values.indexOf("..");
    if (dots < 0) {
      return List.of(ppm(key, values));
    }
    int colon = values.indexOf(':', dots);
    if (colon < 0) {
      throw wrong(
          "%s=%s: a range needs its step; write %s=%s:5".formatted(key, values, key, values));
    }
    long from = ppm(key, values.substring(0, dots));
    long to = ppm(key, values.substring(dots + 2, colon));
    long step = ppm(key, values.substring(colon + 1));
    if (step <= 0) {
      throw wrong("%s=%s: the step must be positive".formatted(key, values));
    }
    if (from > to) {
      throw wrong(
          "%s=%s: runs backwards; write %s=%s..%s:%s"
              .formatted(key, values, key, percent(to), percent(from), percent(step)));
    }
    long steps = (to - from) / step;
    if ((to - from) % step != 0) {
      throw wrong(
          "%s=%s: the step does not divide the range; the last value below %s would be %s"
              .formatted(key, values, percent(to), percent(from + steps * step)));
    }
    if (steps >= POINTS_MAX) {
      throw wrong(
          "%s=%s: %,d values, at most %,d are allowed; use a larger step"
              .formatted(key, values, steps + 1, POINTS_MAX));
    }
    List<Long> changes = new ArrayList<>();
    for (long change = from; change <= to; change += step) {
      changes.add(change);
    }
    return changes;
  }

  private static long ppm(String key, String text) {
    try {
      long change = Decimals.parse(text, PERCENT_DECIMALS);
      if (Math.abs(change) > 1L << 50) {
        throw wrong("%s: '%s' is too large".formatted(key, text));
      }
      return change;
    } catch (NumberFormatException wrong) {
      throw wrong("%s: %s".formatted(key, wrong.getMessage()));
    }
  }

  private static InputException wrong(String message) {
    return new InputException("--shock: " + message);
  }

  /// A change as people write it: -400,000 ppm is `-40`.
  public static String percent(long changePpm) {
    return Decimals.formatShort(changePpm, PERCENT_DECIMALS);
  }

  /// The same as a number.
  public static BigDecimal percentage(long changePpm) {
    return new BigDecimal(percent(changePpm));
  }

  public Optional<Axis> axis(Kind kind) {
    return axes.stream().filter(axis -> axis.kind() == kind).findFirst();
  }

  /// The axes of single markets.
  public List<Axis> markets() {
    return axes.stream().filter(axis -> axis.kind() == Kind.PRICE_OF_ONE).toList();
  }

  /// How many combinations there are; those beyond a long are as many as a long holds.
  public long points() {
    BigInteger points = BigInteger.ONE;
    for (Axis axis : axes) {
      points = points.multiply(BigInteger.valueOf(axis.changesPpm().size()));
    }
    return points.bitLength() > 62 ? Long.MAX_VALUE : points.longValue();
  }

  /// The grid as it is written, in the order of its axes.
  public String text() {
    List<String> words = new ArrayList<>();
    for (Axis axis : axes) {
      List<Long> changes = axis.changesPpm();
      String first = percent(changes.getFirst());
      words.add(
          changes.size() == 1
              ? axis.key() + "=" + first
              : "%s=%s..%s:%s"
                  .formatted(
                      axis.key(),
                      first,
                      percent(changes.getLast()),
                      percent(changes.get(1) - changes.get(0))));
    }
    return String.join(" ", words);
  }

  /// The moves of prices, in the order of results: the first axis slowest.
  ///
  /// @param symbols markets by feed
  /// @return for each move the change of each market, parts per million
  /// @throws InputException if an axis names none of the markets
  public List<List<Long>> priceMoves(List<String> symbols) {
    for (Axis axis : markets()) {
      if (!symbols.contains(axis.symbol())) {
        throw wrong(
            "%s: no market '%s' in the book%s"
                .formatted(axis.key(), axis.symbol(), NearestWord.hint(axis.symbol(), symbols)));
      }
    }
    List<List<Long>> moves = new ArrayList<>();
    for (long common : changes(Kind.PRICE)) {
      moves.add(symbols.stream().map(_ -> common).toList());
    }
    for (Axis axis : markets()) {
      int feed = symbols.indexOf(axis.symbol());
      List<List<Long>> finer = new ArrayList<>();
      for (List<Long> move : moves) {
        for (long change : axis.changesPpm()) {
          List<Long> moved = new ArrayList<>(move);
          moved.set(feed, change);
          finer.add(List.copyOf(moved));
        }
      }
      moves = finer;
    }
    return moves;
  }

  /// The changes along an axis; none where it is not named.
  public List<Long> changes(Kind kind) {
    return axis(kind).map(Axis::changesPpm).orElse(List.of(0L));
  }
}
