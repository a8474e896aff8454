package trimtab.lab.input;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.money.Decimals;

/// Marks as a file: CSV with the header `instrument,price`, one row per market such as `ETHUSDT`,
/// or per asset such as `ETH`.
final class PriceList {
  /// Rows of a file that are still read.
  static final int ROWS_MAX = 100_000;

  private static final List<String> HEADER = List.of("instrument", "price");

  private PriceList() {}

  /// A price with its place.
  record Entry(Place place, BigDecimal price) {}

  /// Prices by instrument, in the order of the file.
  ///
  /// @throws InputException with the wrong rows, each with its line
  static Map<String, Entry> read(Path file) {
    String source = file.toString();
    Problems problems = new Problems();
    Map<String, Entry> prices = new LinkedHashMap<>();
    boolean isHeader = true;
    try (CsvReader<CsvRecord> rows = reader().ofCsvRecord(Document.text(file))) {
      for (CsvRecord row : rows) {
        Place place = new Place(source, row.getStartingLineNumber(), "");
        if (isHeader) {
          requireHeader(place, row);
          isHeader = false;
        } else if (prices.size() >= ROWS_MAX) {
          problems.add(place, "a price list has at most %,d rows".formatted(ROWS_MAX));
          break;
        } else {
          add(prices, place, row, problems);
        }
      }
    } catch (CsvParseException malformed) {
      throw new InputException(Place.file(source), "is malformed: " + malformed.getMessage());
    } catch (java.io.IOException failure) {
      throw new InputException(Place.file(source), Document.unreadable(failure));
    }
    if (isHeader) {
      throw new InputException(
          Place.file(source), "is empty; its first line is " + String.join(",", HEADER));
    }
    problems.throwIfAny();
    return prices;
  }

  private static CsvReader.CsvReaderBuilder reader() {
    return CsvReader.builder()
        .commentStrategy(CommentStrategy.NONE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  private static void requireHeader(Place place, CsvRecord row) {
    if (!row.getFields().equals(HEADER)) {
      throw new InputException(
          place,
          "the header is '%s'; it must be exactly %s"
              .formatted(String.join(",", row.getFields()), String.join(",", HEADER)));
    }
  }

  private static void add(
      Map<String, Entry> prices, Place place, CsvRecord row, Problems problems) {
    if (row.getFieldCount() != HEADER.size()) {
      problems.add(
          place, "has %d fields; a row has 2: instrument,price".formatted(row.getFieldCount()));
      return;
    }
    String instrument = row.getField(0);
    if (instrument.isBlank()) {
      problems.add(place.entry("instrument", place.line()), "is empty; name a market or an asset");
      return;
    }
    Place priced = place.entry("price", place.line());
    Optional<BigDecimal> price = problems.attempt(priced, () -> decimal(row.getField(1)));
    if (price.isEmpty()) {
      return;
    }
    if (price.get().signum() <= 0) {
      problems.add(priced, "'%s' must be positive".formatted(row.getField(1)));
      return;
    }
    Entry earlier = prices.putIfAbsent(instrument, new Entry(place, price.get()));
    if (earlier != null) {
      problems.add(
          place,
          "'%s' stands twice; first in line %d".formatted(instrument, earlier.place().line()));
    }
  }

  private static BigDecimal decimal(String text) {
    int decimals = Math.min(Decimals.decimalsOf(text), Decimals.DECIMALS_MAX);
    return BigDecimal.valueOf(Decimals.parse(text, decimals), decimals);
  }
}
