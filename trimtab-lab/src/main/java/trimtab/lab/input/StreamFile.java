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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// A CSV file of events in the order of their time: the first column is the instant, ISO-8601 with
/// Z.
final class StreamFile {
  /// Rows of a stream that are still read.
  static final int ROWS_MAX = 5_000_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final String source;
  private final List<String> header;
  private final Problems problems;
  private long lastNanos = Long.MIN_VALUE;
  private int rows;

  /// A row.
  ///
  /// @param nanos its instant, since the epoch
  /// @param cells the columns after the first, in the order of the header
  record Row(Place place, long nanos, List<Cell> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  private StreamFile(Path file, List<String> header, Problems problems) {
    this.source = file.toString();
    this.header = header;
    this.problems = problems;
  }

  /// Reads a file row by row; wrong rows go to `problems`.
  ///
  /// @param header exactly, its first column `time`
  /// @param mayBeEmpty whether a file without a row below its header is fine
  /// @throws InputException if it cannot be read at all
  static void read(
      Path file, List<String> header, boolean mayBeEmpty, Problems problems, Consumer<Row> each) {
    StreamFile stream = new StreamFile(file, header, problems);
    try (Reader text =
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
        CsvReader<CsvRecord> records = reader().ofCsvRecord(text)) {
      stream.read(records, mayBeEmpty, each);
    } catch (IOException failure) {
      throw new InputException(Place.file(stream.source), Document.unreadable(failure));
    } catch (UncheckedIOException failure) {
      throw new InputException(
          Place.file(stream.source),
          Document.unreadable(Objects.requireNonNull(failure.getCause())));
    } catch (CsvParseException failure) {
      throw new InputException(
          new Place(stream.source, stream.rows + 1L, ""), "is malformed: " + failure.getMessage());
    }
  }

  private static CsvReader.CsvReaderBuilder reader() {
    return CsvReader.builder()
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  private void read(CsvReader<CsvRecord> records, boolean mayBeEmpty, Consumer<Row> each) {
    boolean isHeader = true;
    for (CsvRecord row : records) {
      if (isHeader) {
        requireHeader(row);
        isHeader = false;
        continue;
      }
      rows++;
      if (rows > ROWS_MAX) {
        problems.add(place(row, ""), "a stream has at most %,d rows".formatted(ROWS_MAX));
      }
      if (rows > ROWS_MAX || problems.isFull()) {
        return;
      }
      row(row, each);
    }
    if (isHeader) {
      throw new InputException(Place.file(source), "is empty; its first line is " + headerText());
    }
    if (rows == 0 && !mayBeEmpty) {
      throw new InputException(Place.file(source), "has no rows below its header");
    }
  }

  private void requireHeader(CsvRecord row) {
    List<String> found = new ArrayList<>(row.getFields());
    found.set(0, found.getFirst().replaceFirst("^" + Document.BYTE_ORDER_MARK, ""));
    if (!found.equals(header)) {
      throw new InputException(
          place(row, ""),
          "the header is '%s'; it must be exactly %s"
              .formatted(String.join(",", row.getFields()), headerText()));
    }
  }

  private String headerText() {
    return String.join(",", header);
  }

  private void row(CsvRecord row, Consumer<Row> each) {
    if (row.getFieldCount() != header.size()) {
      problems.add(
          place(row, ""),
          "has %d fields; a row has %d: %s"
              .formatted(row.getFieldCount(), header.size(), headerText()));
      return;
    }
    long nanos = nanos(row);
    if (nanos == Long.MIN_VALUE) {
      return;
    }
    if (nanos < lastNanos) {
      problems.add(place(row, "time"), "is before the row above; a stream is in the order of time");
      return;
    }
    lastNanos = nanos;
    List<Cell> cells = new ArrayList<>();
    for (int column = 1; column < header.size(); column++) {
      cells.add(new Cell(place(row, header.get(column)), row.getField(column)));
    }
    each.accept(new Row(place(row, ""), nanos, cells));
  }

  private long nanos(CsvRecord row) {
    String text = row.getField(0);
    try {
      Instant instant = Instant.parse(text);
      long seconds = Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND);
      return Math.addExact(seconds, instant.getNano());
    } catch (DateTimeException | ArithmeticException failure) {
      problems.add(
          place(row, "time"),
          "'%s' is no instant; write it as 2025-10-10T21:20:00Z".formatted(text));
      return Long.MIN_VALUE;
    }
  }

  private Place place(CsvRecord row, String field) {
    return new Place(source, row.getStartingLineNumber(), field);
  }
}
