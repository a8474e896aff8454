package trimtab.lab.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import trimtab.core.money.Decimals;

/// What a first look at a book tells before its markets are known: which instruments it names, and
/// the entry prices of its perpetuals. Rows that are wrong are passed over; whoever reads the book
/// in earnest names them.
final class BookPrices {
  private static final int FIELDS = 5;

  private final Map<String, Entries> markets = new TreeMap<>();
  private final Map<String, Long> assets = new TreeMap<>();

  private BookPrices() {}

  /// The perpetuals of one market.
  static final class Entries {
    private BigDecimal sum = BigDecimal.ZERO;
    private long rows;
    private int decimals;

    private void add(String text) {
      int digits = Decimals.decimalsOf(text);
      if (digits > Decimals.DECIMALS_MAX) {
        return;
      }
      BigDecimal price = BigDecimal.valueOf(Decimals.parse(text, digits), digits);
      if (price.signum() > 0) {
        sum = sum.add(price);
        rows++;
        decimals = Math.max(decimals, digits);
      }
    }

    boolean isEmpty() {
      return rows == 0;
    }

    BigDecimal sum() {
      return sum;
    }

    long rows() {
      return rows;
    }

    /// Decimals of the most precise entry price.
    int decimals() {
      return decimals;
    }
  }

  /// @throws InputException if the file cannot be read
  static BookPrices scan(Path file) {
    BookPrices prices = new BookPrices();
    var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
    try (CsvReader<CsvRecord> rows =
        BookFile.reader()
            .ofCsvRecord(new java.io.InputStreamReader(Files.newInputStream(file), decoder))) {
      long row = 0;
      for (CsvRecord each : rows) {
        if (row > 0 && row <= BookFile.ROWS_MAX && each.getFieldCount() == FIELDS) {
          prices.add(each);
        }
        row++;
      }
    } catch (IOException failure) {
      throw new InputException(Place.file(file.toString()), Document.unreadable(failure));
    } catch (UncheckedIOException | CsvParseException malformed) {
      // Said by whoever reads the book in earnest, with its line.
      return prices;
    }
    return prices;
  }

  private void add(CsvRecord row) {
    String instrument = row.getField(2);
    switch (row.getField(1)) {
      case "perp" -> {
        try {
          markets.computeIfAbsent(instrument, _ -> new Entries()).add(row.getField(4));
        } catch (NumberFormatException wrong) {
          // Named with its line when the book is read.
          return;
        }
      }
      case "collateral", "debt" -> assets.putIfAbsent(instrument, row.getStartingLineNumber());
      default -> {}
    }
  }

  /// By symbol, ascending.
  Map<String, Entries> markets() {
    return markets;
  }

  /// Assets with the line in which each first stands, ascending.
  Map<String, Long> assets() {
    return assets;
  }
}
