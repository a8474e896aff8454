package trimtab.lab.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// A file of events in the order of their time: CSV, or JSON Lines where its name ends with
/// `.jsonl` or `.ndjson`, one object a line with the header's names as keys. The first column is
/// the instant, ISO-8601 with Z.
final class StreamFile {
  /// Rows of a stream that are still read.
  static final int ROWS_MAX = 5_000_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private static final JsonFactory LINES =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

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
  /// @param header of a CSV file exactly, its first column `time`; of JSON Lines the keys
  /// @param mayBeEmpty whether a file without a row below its header is fine
  /// @throws InputException if it cannot be read at all
  static void read(
      Path file, List<String> header, boolean mayBeEmpty, Problems problems, Consumer<Row> each) {
    StreamFile stream = new StreamFile(file, header, problems);
    if (file.toString().matches(".*\\.(jsonl|ndjson)")) {
      stream.readLines(file, mayBeEmpty, each);
      return;
    }
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
      if (!isWithinLimit(row.getStartingLineNumber())) {
        return;
      }
      if (row.getFieldCount() == header.size()) {
        row(row.getStartingLineNumber(), row.getFields(), each);
      } else {
        problems.add(
            place(row, ""),
            "has %d fields; a row has %d: %s"
                .formatted(row.getFieldCount(), header.size(), headerText()));
      }
    }
    if (isHeader) {
      throw new InputException(Place.file(source), "is empty; its first line is " + headerText());
    }
    if (rows == 0 && !mayBeEmpty) {
      throw new InputException(Place.file(source), "has no rows below its header");
    }
  }

  private void readLines(Path file, boolean mayBeEmpty, Consumer<Row> each) {
    try (InputStream stream = Files.newInputStream(file);
        JsonParser parser = LINES.createParser(ObjectReadContext.empty(), stream)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        long line = Math.max(0, parser.currentTokenLocation().getLineNr());
        if (token != JsonToken.START_OBJECT) {
          throw new InputException(
              new Place(source, line, ""), "is no object; a line has the keys " + headerText());
        }
        if (!isWithinLimit(line)) {
          return;
        }
        int before = problems.count();
        List<String> fields = fields(parser, line);
        if (problems.count() == before) {
          row(line, fields, each);
        }
      }
    } catch (IOException failure) {
      throw new InputException(Place.file(source), Document.unreadable(failure));
    } catch (JacksonException failure) {
      throw new InputException(
          new Place(source, Math.max(0, failure.getLocation().getLineNr()), ""),
          "is malformed: " + failure.getOriginalMessage());
    }
    if (rows == 0 && !mayBeEmpty) {
      throw new InputException(Place.file(source), "has no rows");
    }
  }

  /// The values of an object in the order of the header; what is missing or null is empty.
  private List<String> fields(JsonParser parser, long line) {
    String[] fields = new String[header.size()];
    Arrays.fill(fields, "");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      int column = header.indexOf(key);
      JsonToken value = parser.nextToken();
      if (column < 0) {
        problems.add(new Place(source, line, key), "unknown key" + NearestWord.hint(key, header));
        parser.skipChildren();
      } else if (value.isStructStart()) {
        problems.add(new Place(source, line, key), "one value is expected");
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        fields[column] = parser.getString();
      }
    }
    return List.of(fields);
  }

  private boolean isWithinLimit(long line) {
    rows++;
    if (rows > ROWS_MAX) {
      problems.add(
          new Place(source, line, ""), "a stream has at most %,d rows".formatted(ROWS_MAX));
    }
    return rows <= ROWS_MAX && !problems.isFull();
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

  private void row(long line, List<String> fields, Consumer<Row> each) {
    long nanos = nanos(line, fields.getFirst());
    if (nanos == Long.MIN_VALUE) {
      return;
    }
    if (nanos < lastNanos) {
      problems.add(
          new Place(source, line, "time"),
          "is before the row above; a stream is in the order of time");
      return;
    }
    lastNanos = nanos;
    List<Cell> cells = new ArrayList<>();
    for (int column = 1; column < header.size(); column++) {
      cells.add(new Cell(new Place(source, line, header.get(column)), fields.get(column)));
    }
    each.accept(new Row(new Place(source, line, ""), nanos, cells));
  }

  private long nanos(long line, String text) {
    try {
      Instant instant = Instant.parse(text);
      long seconds = Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND);
      return Math.addExact(seconds, instant.getNano());
    } catch (DateTimeException | ArithmeticException failure) {
      problems.add(
          new Place(source, line, "time"),
          "'%s' is no instant; write it as 2025-10-10T21:20:00Z".formatted(text));
      return Long.MIN_VALUE;
    }
  }

  private Place place(CsvRecord row, String field) {
    return new Place(source, row.getStartingLineNumber(), field);
  }
}
