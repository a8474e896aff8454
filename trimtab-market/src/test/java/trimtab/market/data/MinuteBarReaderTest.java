package trimtab.market.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are read exactly, and files that are refused with one line that says why.
class MinuteBarReaderTest {
  private static final String HEADER = "ts_ms,open,high,low,close,volume_base";
  private static final String GOOD = "60000,100.5,101,99.25,100,12.5";
  private static final String PRICE =
      "; write a price above 0 with at most 18 digits, such as 3850.25";
  private static final String TIME =
      "; write the bar's opening time in milliseconds UTC, a whole minute";
  private static final String RANGE = "; correct the bar: low <= open, close <= high";
  private static final String VOLUME = "; write the traded coins as a number from 0, such as 12.5";

  @TempDir Path folder;

  @Test
  void pricesAreExactIntegersInTheMostDecimalsOfTheFile() {
    MinuteBars bars =
        read(HEADER, "60000,0.1,0.3,0.1,0.2,0", "180000,00.70,123456789012345.678,0.07,9,1e-05");

    assertThat(bars.symbol()).isEqualTo("ETHUSDT");
    assertThat(bars.size()).isEqualTo(2);
    assertThat(bars.priceDecimals()).isEqualTo(3);
    assertThat(bars.openTimeMillis(1)).isEqualTo(180_000);
    assertThat(bars.open(0)).isEqualTo(100);
    assertThat(bars.high(0)).isEqualTo(300);
    assertThat(bars.low(0)).isEqualTo(100);
    assertThat(bars.close(0)).isEqualTo(200);
    assertThat(bars.volumeBase(0)).isZero();
    assertThat(bars.open(1)).isEqualTo(700);
    assertThat(bars.high(1)).isEqualTo(123_456_789_012_345_678L);
    assertThat(bars.low(1)).isEqualTo(70);
    assertThat(bars.close(1)).isEqualTo(9_000);
    assertThat(bars.volumeBase(1)).isEqualTo(0.00001);
  }

  @Test
  void otherLineEndsByteOrderMarkAndBlankLinesAreRead() {
    byte[] text = ("\uFEFF" + HEADER + "\r\n" + GOOD + "\r\n\r\n").getBytes(UTF_8);

    assertThat(readBytes(TestPrices.gzip(text)).open(0)).isEqualTo(10_050);
  }

  @Test
  void moreRowsThanTheFirstBufferAreKept() {
    String[] lines = new String[20_001];
    lines[0] = HEADER;
    for (int row = 1; row < lines.length; row++) {
      lines[row] = row * 60_000L + "," + row + "," + row + "," + row + "," + row + "," + row;
    }

    MinuteBars bars = read(lines);
    assertThat(bars.size()).isEqualTo(20_000);
    for (int bar = 0; bar < bars.size(); bar++) {
      assertThat(bars.openTimeMillis(bar)).isEqualTo((bar + 1) * 60_000L);
      assertThat(bars.close(bar)).isEqualTo(bar + 1);
      assertThat(bars.volumeBase(bar)).isEqualTo(bar + 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          120000,NaN,101,99,100,1   | open: 'NaN' is not a plain decimal number
          120000,100,1e3,99,100,1   | high: '1e3' is not a plain decimal number
          120000,100,101,.5,100,1   | low: '.5' is not a plain decimal number
          120000,100,101,99,5.,1    | close: '5.' is not a plain decimal number
          120000,1.0.0,101,99,100,1 | open: '1.0.0' is not a plain decimal number
          120000,,101,99,100,1      | open: '' is not a plain decimal number
          120000, 100,101,99,100,1  | open: ' 100' is not a plain decimal number
          120000,100,101,-99,100,1  | low: '-99' is negative
          120000,100,101,0.00,100,1 | low: '0.00' is zero
          120000,1234567890123456789,1,1,1,1 | open: '1234567890123456789' has more than 18 digits
          """)
  void badPriceIsRefused(String line, String place) {
    assertRefused("line 3, column " + place + PRICE, HEADER, GOOD, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          120000,100,99.99,99,100,1   | high: '99.99' is below the open 100
          120000,98,99.5,98,99.6,1    | high: '99.5' is below the close 99.6
          120000,100,101,100.01,101,1 | low: '100.01' is above the open 100
          120000,101,101,100.1,100,1  | low: '100.1' is above the close 100
          """)
  void priceOutsideTheRangeIsRefused(String line, String place) {
    assertRefused("line 3, column " + place + RANGE, HEADER, GOOD, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x,100,101,99,100,1         | ts_ms: 'x' is not a whole number of at most 18 digits
          -60000,100,101,99,100,1    | ts_ms: '-60000' is not a whole number of at most 18 digits
          120001,100,101,99,100,1    | ts_ms: '120001' is not on a whole minute
          1759968000000000,1,1,1,1,1 | ts_ms: '1759968000000000' lies after the year 9999
          """)
  void badTimeIsRefused(String line, String place) {
    assertRefused("line 3, column " + place + TIME, HEADER, GOOD, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          120000,100,101,99,100,-1    | volume_base: '-1' is negative
          120000,100,101,99,100,NaN   | volume_base: 'NaN' is not a number
          120000,100,101,99,100,1e999 | volume_base: '1e999' is too large
          """)
  void badVolumeIsRefused(String line, String place) {
    assertRefused("line 3, column " + place + VOLUME, HEADER, GOOD, line);
  }

  @Test
  void leadingZerosAreNoDigitsButDecimalsAre() {
    assertRefused(
        "line 2, column low: '0.0000000000000000001' has more than 18 digits" + PRICE,
        HEADER,
        "60000,1,1,0.0000000000000000001,1,1");
    assertThat(read(HEADER, "60000,1,1,0000000000000000000001,1,1").low(0)).isEqualTo(1);
    assertThat(read(HEADER, "60000,0.9,0.9,0.000000000000000001,0.9,1").low(0)).isEqualTo(1);
  }

  @Test
  void repeatedMinuteIsRefused() {
    assertRefused(
        "line 4, column ts_ms: '120000' is the same minute as line 3; keep one bar per minute",
        HEADER,
        GOOD,
        "120000,1,1,1,1,1",
        "120000,1,1,1,1,1");
  }

  @Test
  void minuteOutOfOrderIsRefused() {
    assertRefused(
        "line 3, column ts_ms: '0' is earlier than line 2; sort the bars by time",
        HEADER,
        GOOD,
        "0,1,1,1,1,1");
  }

  @Test
  void linesAreCountedAsInTheFile() {
    assertRefused(
        "line 5, column open: 'x' is not a plain decimal number" + PRICE,
        HEADER,
        "",
        GOOD,
        "",
        "120000,x,1,1,1,1");
  }

  @Test
  void shortLineNamesTheMissingColumn() {
    assertRefused(
        "line 2, column close: missing, the line '60000,100,101,99' has only 4 of 6 fields;"
            + " complete it",
        HEADER,
        "60000,100,101,99");
  }

  @Test
  void longLineIsRefused() {
    assertRefused(
        "line 2, column after volume_base: '7' is one field too many; write 6 fields per line",
        HEADER,
        GOOD + ",7");
  }

  @Test
  void headerWithoutAColumnIsRefused() {
    assertRefused(
        "line 1: column high is missing in 'ts_ms,open,low,close,volume_base'; the header must be "
            + HEADER,
        "ts_ms,open,low,close,volume_base",
        "60000,1,1,1,1");
  }

  @Test
  void headerInAnotherOrderIsRefused() {
    assertRefused(
        "line 1: the header is 'ts_ms,open,low,high,close,volume_base'; it must be exactly "
            + HEADER,
        "ts_ms,open,low,high,close,volume_base",
        GOOD);
  }

  @Test
  void fileWithoutHeaderIsRefused() {
    assertRefused(
        "line 1: column ts_ms is missing in '" + GOOD + "'; the header must be " + HEADER, GOOD);
  }

  @Test
  void fileWithoutBarsIsRefused() {
    assertRefused("has a header but no bars; write at least one line of data", HEADER);
  }

  @Test
  void priceThatOutgrowsTheCommonDecimalsIsRefused() {
    assertRefused(
        "line 2, column high: this price needs more than 18 digits with the 3 decimals that the"
            + " file uses; write fewer decimals",
        HEADER,
        "60000,1,12345678901234567.8,1,1,1",
        "120000,1.125,2,1,1,1");
  }

  @Test
  void emptyFileIsRefused() {
    String message = "is empty; it must be gzip CSV with the header " + HEADER;

    assertRefusedBytes(message, new byte[0]);
    assertRefusedBytes(message, TestPrices.gzip(new byte[0]));
    assertRefusedBytes(message, TestPrices.gzip("\n\n".getBytes(UTF_8)));
  }

  @Test
  void gzipThatIsCutOffIsRefusedAtEveryLength() {
    byte[] whole = TestPrices.gzip((HEADER + "\n" + GOOD + "\n").getBytes(UTF_8));

    for (int length = 1; length < whole.length; length++) {
      assertRefusedBytes(
          "ends too early, the gzip data is cut off; fetch it again", Arrays.copyOf(whole, length));
    }
  }

  @Test
  void plainTextIsNotGzip() {
    assertRefusedBytes(
        "is not sound gzip (Not in GZIP format); compress it with gzip or fetch it again",
        (HEADER + "\n" + GOOD + "\n").getBytes(UTF_8));
  }

  @Test
  void damagedGzipIsRefused() {
    byte[] bytes = TestPrices.gzip((HEADER + "\n" + GOOD + "\n").getBytes(UTF_8));
    bytes[bytes.length - 6] ^= 1; // in the checksum

    assertRefusedBytes(
        "is not sound gzip (Corrupt GZIP trailer); compress it with gzip or fetch it again", bytes);
  }

  @Test
  void openQuoteIsRefused() {
    DataException refusal = refusal(HEADER, "\"60000,1,1,1,1,1", GOOD);

    assertThat(refusal.getMessage())
        .startsWith(folder.resolve("bars.csv.gz") + ": is not CSV as expected (")
        .endsWith("); see that no line is joined or quoted wrongly")
        .contains("line 2");
  }

  @Test
  void endlessLineIsRefused() {
    DataException refusal = refusal(HEADER, "6".repeat(1_000_000));

    assertThat(refusal.getMessage()).contains("is not CSV as expected (").hasSizeLessThan(400);
  }

  @Test
  void missingFileIsRefused() {
    Path file = folder.resolve("none.csv.gz");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> MinuteBarReader.read(file, "ETHUSDT"))
        .withMessage(file + ": does not exist; check the path");
  }

  @Test
  void directoryInPlaceOfAFileIsRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> MinuteBarReader.read(folder, "ETHUSDT"))
        .withMessageStartingWith(folder + ": cannot be read (")
        .withMessageEndingWith("); check the file and its permissions");
  }

  @Test
  void moreBarsThanTheLimitAreRefused() {
    byte[] bytes =
        TestPrices.gzip(
            (HEADER + "\n" + GOOD + "\n120000,1,1,1,1,1\n180000,1,1,1,1,1\n").getBytes(UTF_8));

    assertThat(MinuteBarReader.read("f", "X", new ByteArrayInputStream(bytes), 3).size())
        .isEqualTo(3);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> MinuteBarReader.read("f", "X", new ByteArrayInputStream(bytes), 2))
        .withMessage("f: line 4: more than 2 bars; cut the file into shorter windows");
  }

  @Test
  void longBadTextIsShortenedAndControlCharactersStayOut() {
    DataException refusal =
        refusal(HEADER, "\"6\n\u001b\u0085\u2028\u202e[31m" + "x".repeat(500) + "\",1,1,1,1,1");

    assertThat(refusal.getMessage())
        .contains("line 2, column ts_ms: '6 [31mxxx")
        .contains("xxx...' is not a whole number")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
        .hasSizeLessThan(400);
  }

  private MinuteBars read(String... lines) {
    return MinuteBarReader.read(TestPrices.write(folder.resolve("bars.csv.gz"), lines), "ETHUSDT");
  }

  private MinuteBars readBytes(byte[] bytes) {
    return MinuteBarReader.read(
        TestPrices.writeBytes(folder.resolve("bars.csv.gz"), bytes), "ETHUSDT");
  }

  private DataException refusal(String... lines) {
    try {
      MinuteBars bars = read(lines);
      throw new AssertionError("was read as " + bars);
    } catch (DataException refusal) {
      return refusal;
    }
  }

  private void assertRefused(String message, String... lines) {
    assertThat(refusal(lines)).hasMessage(folder.resolve("bars.csv.gz") + ": " + message);
  }

  private void assertRefusedBytes(String message, byte[] bytes) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> readBytes(bytes))
        .withMessage(folder.resolve("bars.csv.gz") + ": " + message);
  }
}
