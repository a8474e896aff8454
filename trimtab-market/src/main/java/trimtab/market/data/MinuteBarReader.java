package trimtab.market.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a gzip CSV file of minute bars and refuses whatever is not sound.
///
/// The first line is `ts_ms,open,high,low,close,volume_base`. Each following line is a bar: its
/// opening time in milliseconds UTC on a whole minute, later than the line before; four positive
/// prices of at most 18 digits with low <= open, close <= high; the volume in coins. A missing
/// minute is allowed, a repeated one is not. Blank lines are skipped.
public final class MinuteBarReader {
  /// Most bars of a file: almost four years of minutes.
  public static final int MAX_ROWS = 2_000_000;

  /// The columns of a file, in this order.
  public static final List<String> COLUMNS =
      List.of("ts_ms", "open", "high", "low", "close", "volume_base");

  private static final int MAX_FIELDS = 64;
  private static final int MAX_FIELD_CHARACTERS = 1_024;
  private static final int FIRST_CAPACITY = 8_192;

  /// 9999-12-31T23:59Z: a later time was written in a finer unit.
  private static final long MAX_TIME_MILLIS = 253_402_300_740_000L;

  private final String file;
  private final int maxRows;
  private final DecimalColumn[] prices = new DecimalColumn[4];
  private long[] openTimeMillis = new long[FIRST_CAPACITY];
  private double[] volumeBase = new double[FIRST_CAPACITY];
  private long[] lines = new long[FIRST_CAPACITY];
  private int rows;

  private MinuteBarReader(String file, int maxRows) {
    this.file = file;
    this.maxRows = maxRows;
    Arrays.setAll(prices, column -> new DecimalColumn());
  }

  /// The bars of a file of the file system.
  ///
  /// @throws DataException if the file cannot be read or breaks a rule of the format
  public static MinuteBars read(Path file, String symbol) {
    try (InputStream gzip = Files.newInputStream(file)) {
      return read(file.toString(), symbol, gzip, MAX_ROWS);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /// The bars of an open gzip stream; `file` is its name in messages.
  static MinuteBars read(String file, String symbol, InputStream gzip, int maxRows) {
    MinuteBarReader reader = new MinuteBarReader(file, maxRows);
    try {
      reader.readRows(gzip);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException | CsvParseException e) {
      throw notCsv(file, e);
    }
    return reader.bars(symbol);
  }

  private void readRows(InputStream gzip) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(gzip);
    bytes.mark(1);
    if (bytes.read() < 0) {
      throw empty();
    }
    bytes.reset();
    CsvRecordHandler handler =
        CsvRecordHandler.builder().maxFields(MAX_FIELDS).maxFieldSize(MAX_FIELD_CHARACTERS).build();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .detectBomHeader(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .build(handler, new GZIPInputStream(bytes), StandardCharsets.UTF_8)) {
      boolean headerSeen = false;
      for (CsvRecord row : records) {
        if (headerSeen) {
          addRow(row);
        } else {
          checkHeader(row);
          headerSeen = true;
        }
      }
      if (!headerSeen) {
        throw empty();
      }
    }
  }

  private void checkHeader(CsvRecord header) {
    String expected = String.join(",", COLUMNS);
    List<String> found = header.getFields();
    for (String column : COLUMNS) {
      if (!found.contains(column)) {
        throw new DataException(
            "%s: line %d: column %s is missing in %s; the header must be %s"
                .formatted(
                    file,
                    header.getStartingLineNumber(),
                    column,
                    DataException.quote(String.join(",", found)),
                    expected));
      }
    }
    if (!found.equals(COLUMNS)) {
      throw new DataException(
          "%s: line %d: the header is %s; it must be exactly %s"
              .formatted(
                  file,
                  header.getStartingLineNumber(),
                  DataException.quote(String.join(",", found)),
                  expected));
    }
  }

  private void addRow(CsvRecord row) {
    long line = row.getStartingLineNumber();
    if (rows == maxRows) {
      throw new DataException(
          "%s: line %d: more than %d bars; cut the file into shorter windows"
              .formatted(file, line, maxRows));
    }
    requireFields(row);
    growIfFull();
    lines[rows] = line;
    openTimeMillis[rows] = time(line, row.getField(0));
    for (int price = 0; price < prices.length; price++) {
      addPrice(line, price, row.getField(price + 1));
    }
    requireRange(line, row);
    volumeBase[rows] = volume(line, row.getField(5));
    rows++;
  }

  private void requireFields(CsvRecord row) {
    int fields = row.getFieldCount();
    if (fields < COLUMNS.size()) {
      throw new DataException(
          "%s: line %d, column %s: missing, the line %s has only %d of %d fields; complete it"
              .formatted(
                  file,
                  row.getStartingLineNumber(),
                  COLUMNS.get(fields),
                  DataException.quote(String.join(",", row.getFields())),
                  fields,
                  COLUMNS.size()));
    }
    if (fields > COLUMNS.size()) {
      throw bad(
          row.getStartingLineNumber(),
          "after volume_base",
          row.getField(COLUMNS.size()),
          "is one field too many",
          "write " + COLUMNS.size() + " fields per line");
    }
  }

  private void growIfFull() {
    if (rows == lines.length) {
      lines = Arrays.copyOf(lines, rows * 2);
      openTimeMillis = Arrays.copyOf(openTimeMillis, rows * 2);
      volumeBase = Arrays.copyOf(volumeBase, rows * 2);
    }
  }

  private long time(long line, String text) {
    String remedy = "write the bar's opening time in milliseconds UTC, a whole minute";
    if (!text.matches("[0-9]{1,18}")) {
      throw bad(line, 0, text, "is not a whole number of at most 18 digits", remedy);
    }
    long time = Long.parseLong(text);
    if (time > MAX_TIME_MILLIS) {
      throw bad(line, 0, text, "lies after the year 9999", remedy);
    }
    if (time % MinuteBars.MILLIS_PER_MINUTE != 0) {
      throw bad(line, 0, text, "is not on a whole minute", remedy);
    }
    if (rows > 0 && time == openTimeMillis[rows - 1]) {
      throw bad(
          line,
          0,
          text,
          "is the same minute as line " + lines[rows - 1],
          "keep one bar per minute");
    }
    if (rows > 0 && time < openTimeMillis[rows - 1]) {
      throw bad(line, 0, text, "is earlier than line " + lines[rows - 1], "sort the bars by time");
    }
    return time;
  }

  private void addPrice(long line, int price, String text) {
    String wrong = prices[price].append(text);
    if (!wrong.isEmpty()) {
      throw bad(
          line,
          price + 1,
          text,
          wrong,
          "write a price above 0 with at most 18 digits, such as 3850.25");
    }
  }

  /// Open and close must lie between low and high, and so low does not exceed high either.
  private void requireRange(long line, CsvRecord row) {
    for (int price : new int[] {0, 3}) {
      if (DecimalColumn.compare(prices[price], prices[1], rows) > 0) {
        throw bad(
            line,
            2,
            row.getField(2),
            "is below the " + COLUMNS.get(price + 1) + " " + row.getField(price + 1),
            "correct the bar: low <= open, close <= high");
      }
      if (DecimalColumn.compare(prices[price], prices[2], rows) < 0) {
        throw bad(
            line,
            3,
            row.getField(3),
            "is above the " + COLUMNS.get(price + 1) + " " + row.getField(price + 1),
            "correct the bar: low <= open, close <= high");
      }
    }
  }

  private double volume(long line, String text) {
    String remedy = "write the traded coins as a number from 0, such as 12.5";
    if (text.startsWith("-")) {
      throw bad(line, 5, text, "is negative", remedy);
    }
    if (!text.matches("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw bad(line, 5, text, "is not a number", remedy);
    }
    double volume = Double.parseDouble(text);
    if (!Double.isFinite(volume)) {
      throw bad(line, 5, text, "is too large", remedy);
    }
    return volume;
  }

  private MinuteBars bars(String symbol) {
    if (rows == 0) {
      throw new DataException(file + ": has a header but no bars; write at least one line of data");
    }
    int decimals = 0;
    for (DecimalColumn price : prices) {
      decimals = Math.max(decimals, price.maxDecimals());
    }
    for (int price = 0; price < prices.length; price++) {
      requireFits(price, decimals);
    }
    return new MinuteBars(
        symbol,
        decimals,
        Arrays.copyOf(openTimeMillis, rows),
        prices[0].scaled(decimals),
        prices[1].scaled(decimals),
        prices[2].scaled(decimals),
        prices[3].scaled(decimals),
        Arrays.copyOf(volumeBase, rows));
  }

  private void requireFits(int price, int decimals) {
    for (int row = 0; row < rows; row++) {
      if (!prices[price].fits(row, decimals)) {
        throw new DataException(
            ("%s: line %d, column %s: this price needs more than %d digits with the %d decimals"
                    + " that the file uses; write fewer decimals")
                .formatted(
                    file,
                    lines[row],
                    COLUMNS.get(price + 1),
                    MinuteBars.MAX_PRICE_DIGITS,
                    decimals));
      }
    }
  }

  private DataException bad(long line, int column, String text, String wrong, String remedy) {
    return bad(line, COLUMNS.get(column), text, wrong, remedy);
  }

  private DataException bad(long line, String column, String text, String wrong, String remedy) {
    return new DataException(
        "%s: line %d, column %s: %s %s; %s"
            .formatted(file, line, column, DataException.quote(text), wrong, remedy));
  }

  private DataException empty() {
    return new DataException(
        file + ": is empty; it must be gzip CSV with the header " + String.join(",", COLUMNS));
  }

  private static DataException notCsv(String file, RuntimeException e) {
    return e.getCause() instanceof IOException io
        ? unreadable(file, io)
        : new DataException(
            "%s: is not CSV as expected (%s); see that no line is joined or quoted wrongly"
                .formatted(file, e.getMessage()),
            e);
  }

  private static DataException unreadable(String file, IOException e) {
    String wrong =
        switch (e) {
          case NoSuchFileException missing -> "does not exist; check the path";
          case EOFException cut -> "ends too early, the gzip data is cut off; fetch it again";
          case ZipException broken ->
              "is not sound gzip (" + e.getMessage() + "); compress it with gzip or fetch it again";
          default -> "cannot be read (" + e.getMessage() + "); check the file and its permissions";
        };
    return new DataException(file + ": " + wrong, e);
  }
}
