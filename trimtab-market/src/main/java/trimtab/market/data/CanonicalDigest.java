package trimtab.market.data;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// SHA-256 of the canonical text of a window, so that a result can name the data it came from.
///
/// The text is the window's name, then for each market its symbol and a line
/// `ts_ms,open,high,low,close,volume_base` per bar, each line ended by a line feed. Numbers are
/// plain decimals without trailing zeros. Compression and spelling of a file do not matter.
final class CanonicalDigest {
  private final MessageDigest digest;
  private final StringBuilder line = new StringBuilder();

  private CanonicalDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The digest in lower-case hexadecimal.
  static String of(String window, List<MinuteBars> markets) {
    CanonicalDigest canonical = new CanonicalDigest();
    canonical.line.append(window);
    canonical.endLine();
    for (MinuteBars bars : markets) {
      canonical.add(bars);
    }
    return HexFormat.of().formatHex(canonical.digest.digest());
  }

  private void add(MinuteBars bars) {
    line.append(bars.symbol());
    endLine();
    int decimals = bars.priceDecimals();
    for (int bar = 0; bar < bars.size(); bar++) {
      line.append(bars.openTimeMillis(bar)).append(',');
      appendDecimal(bars.open(bar), decimals);
      appendDecimal(bars.high(bar), decimals);
      appendDecimal(bars.low(bar), decimals);
      appendDecimal(bars.close(bar), decimals);
      line.append(plain(BigDecimal.valueOf(bars.volumeBase(bar))));
      endLine();
    }
  }

  private void appendDecimal(long scaled, int decimals) {
    line.append(plain(BigDecimal.valueOf(scaled, decimals))).append(',');
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private void endLine() {
    line.append('\n');
    digest.update(line.toString().getBytes(StandardCharsets.UTF_8));
    line.setLength(0);
  }
}
