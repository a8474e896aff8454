package trimtab.market.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// DATA_NOTICE.md names every price file of this module, with its digest.
class DataNoticeTest {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+\\.gz)` .*`([0-9a-f]{64})` \\|");

  @Test
  void noticeListsExactlyTheFilesWithTheirDigests() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "DATA_NOTICE.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        listed.put(row.group(1), row.group(2));
      }
    }

    Map<String, String> present = new TreeMap<>();
    for (String kind : new String[] {"main", "test"}) {
      try (Stream<Path> files =
          Files.list(Path.of("src", kind, "resources/trimtab/market/prices"))) {
        files.forEach(file -> present.put(String.valueOf(file.getFileName()), sha256(file)));
      }
    }

    assertThat(present).hasSize(18);
    assertThat(listed).isEqualTo(present);
  }

  private static String sha256(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
