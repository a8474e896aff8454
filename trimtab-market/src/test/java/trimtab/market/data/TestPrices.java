package trimtab.market.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/// Price files of the tests: a window that is not built in, and files made on the spot.
public final class TestPrices {
  /// The fall of January 2021: BTC of 9-13, ETH of 1-24 January.
  public static final String CORRECTION = "2021-01-correction";

  private static final String RESOURCE =
      "/trimtab/market/prices/binance-spot-1m_2021-01-correction_ETHUSDT.csv.gz";

  private TestPrices() {}

  /// The catalogue of the directory of test resources.
  public static PriceWindows windows() {
    URI file =
        URI.create(
            Objects.requireNonNull(TestPrices.class.getResource(RESOURCE), RESOURCE).toString());
    return PriceWindows.directory(Objects.requireNonNull(Path.of(file).getParent()));
  }

  /// Writes lines as a gzip file and returns it.
  static Path write(Path file, String... lines) {
    byte[] text = (String.join("\n", lines) + (lines.length == 0 ? "" : "\n")).getBytes(UTF_8);
    return writeBytes(file, gzip(text));
  }

  static Path writeBytes(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
