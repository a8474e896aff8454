package trimtab.lab.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;

/// A book of accounts: CSV with the header `account,kind,instrument,quantity,price`. Kind is
/// `collateral`, `debt` or `perp`; instrument an asset such as `ETH`, or a market such as
/// `ETHUSDT`; quantity a decimal, signed for perps; price the entry price of a perp, else empty.
/// The rows of an account need not be neighbours; rows of the same instrument are added.
public final class BookFile {
  /// Rows of a book that are still read.
  public static final int ROWS_MAX = 5_000_000;

  private static final List<String> HEADER =
      List.of("account", "kind", "instrument", "quantity", "price");

  private static final List<String> KINDS = List.of("collateral", "debt", "perp");

  private final String source;
  private final ListedNames names;
  private final Problems problems = new Problems();
  private final Map<String, AccountDraft> drafts = new LinkedHashMap<>();
  private int rows;

  private BookFile(String source, ListedNames names) {
    this.source = source;
    this.names = names;
  }

  /// The accounts of a book, in the order in which they first appear.
  ///
  /// @param listing what the rows may name
  /// @param marks first prices of the listing: whoever is too large for exact values at them is
  ///   refused
  /// @throws InputException with the wrong rows, each with its line
  public static List<Account> read(Path file, Listing listing, Marks marks) {
    BookFile book = new BookFile(file.toString(), new ListedNames(listing, marks));
    try (Reader text =
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
        CsvReader<CsvRecord> records = reader().ofCsvRecord(text)) {
      book.read(records);
    } catch (IOException failure) {
      throw new InputException(Place.file(file.toString()), Document.unreadable(failure));
    } catch (UncheckedIOException failure) {
      throw new InputException(
          Place.file(file.toString()),
          Document.unreadable(Objects.requireNonNull(failure.getCause())));
    } catch (CsvParseException failure) {
      throw new InputException(
          new Place(file.toString(), book.rows + 1L, ""), "is malformed: " + failure.getMessage());
    }
    return book.accounts();
  }

  static CsvReader.CsvReaderBuilder reader() {
    return CsvReader.builder()
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  private void read(CsvReader<CsvRecord> records) {
    boolean isHeader = true;
    for (CsvRecord row : records) {
      if (isHeader) {
        requireHeader(row);
        isHeader = false;
        continue;
      }
      rows++;
      if (rows > ROWS_MAX) {
        problems.add(place(row, ""), "a book has at most %,d rows".formatted(ROWS_MAX));
      }
      if (rows > ROWS_MAX || problems.isFull()) {
        break;
      }
      add(row);
    }
    if (isHeader) {
      throw new InputException(Place.file(source), "is empty; its first line is " + headerText());
    }
    if (rows == 0) {
      throw new InputException(Place.file(source), "has no rows below its header");
    }
    problems.throwIfAny();
  }

  private void requireHeader(CsvRecord row) {
    List<String> header = new ArrayList<>(row.getFields());
    header.set(0, header.getFirst().replaceFirst("^" + Document.BYTE_ORDER_MARK, ""));
    if (!header.equals(HEADER)) {
      throw new InputException(
          place(row, ""),
          "the header is '%s'; it must be exactly %s"
              .formatted(String.join(",", row.getFields()), headerText()));
    }
  }

  private static String headerText() {
    return String.join(",", HEADER);
  }

  private void add(CsvRecord row) {
    if (row.getFieldCount() != HEADER.size()) {
      problems.add(
          place(row, ""),
          "has %d fields; a row has %d: %s"
              .formatted(row.getFieldCount(), HEADER.size(), headerText()));
      return;
    }
    String id = row.getField(0);
    if (id.isBlank()) {
      problems.add(place(row, "account"), "is empty; name the account");
      return;
    }
    AccountDraft draft = drafts.computeIfAbsent(id, AccountDraft::new);
    Cell instrument = cell(row, 2);
    Cell quantity = cell(row, 3);
    Cell price = cell(row, 4);
    kind(row)
        .ifPresent(kind -> {
          switch (kind) {
            case PERP -> draft.addPosition(names, instrument, quantity, price, problems);
            case COLLATERAL, DEBT -> {
              if (!price.text().isEmpty()) {
                problems.add(price.place(), "only a perp has a price; leave it empty");
              }
              draft.addBalance(names, kind == Kind.DEBT, instrument, quantity, problems);
            }
          }
        });
  }

  private Optional<Kind> kind(CsvRecord row) {
    String word = row.getField(1);
    if (!KINDS.contains(word)) {
      problems.add(
          place(row, "kind"), "unknown kind '%s'%s".formatted(word, NearestWord.hint(word, KINDS)));
      return Optional.empty();
    }
    return Optional.of(Kind.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private Cell cell(CsvRecord row, int column) {
    return new Cell(place(row, HEADER.get(column)), row.getField(column));
  }

  private Place place(CsvRecord row, String field) {
    return new Place(source, row.getStartingLineNumber(), field);
  }

  private List<Account> accounts() {
    List<Account> accounts = new ArrayList<>(drafts.size());
    for (AccountDraft draft : drafts.values()) {
      problems.attempt(Place.file(source), () -> draft.build(names)).ifPresent(accounts::add);
    }
    problems.throwIfAny();
    return accounts;
  }
}
