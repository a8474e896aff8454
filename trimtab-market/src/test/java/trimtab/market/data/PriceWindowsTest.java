package trimtab.market.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The catalogue: what is listed, how a window is found, what a directory offers.
class PriceWindowsTest {
  private static final String HEADER = "ts_ms,open,high,low,close,volume_base";
  private static final String BAR = "60000,1,1,1,1,1";

  private final PriceWindows builtIn = PriceWindows.builtIn();

  @TempDir Path folder;

  @Test
  void fiveCrashesAndACalmWindowAreBuiltIn() {
    assertThat(builtIn.list())
        .extracting(WindowListing::name)
        .containsExactly(
            "2020-03-covid",
            "2021-05-china",
            "2022-11-ftx",
            "2023-09-calm",
            "2024-08-yen-carry",
            "2025-10-tariff");
    assertThat(builtIn.list())
        .allSatisfy(listing -> {
          assertThat(listing.defaultSymbols()).containsExactly("BTCUSDT", "ETHUSDT");
          assertThat(listing.description()).isNotBlank().doesNotContain("\n").hasSizeLessThan(90);
        });
  }

  @Test
  void everyListedSymbolIsShippedAndLoads() {
    for (WindowListing listing : builtIn.list()) {
      PriceWindow window = builtIn.load(listing.name(), listing.symbols());
      assertThat(window.symbols()).isEqualTo(listing.symbols());
      assertThat(window.minutesCut(0)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2025, 2025-10-tariff",
    "2025-10-tariff, 2025-10-tariff",
    "2020-03-c, 2020-03-covid",
    "2023, 2023-09-calm"
  })
  void uniquePrefixFindsTheWindow(String prefix, String name) {
    assertThat(builtIn.find(prefix).name()).isEqualTo(name);
    assertThat(builtIn.load(prefix).name()).isEqualTo(name);
  }

  @Test
  void exactNameWinsOverLongerNames() {
    TestPrices.write(folder.resolve("binance-spot-1m_a_X.csv.gz"), HEADER, BAR);
    TestPrices.write(folder.resolve("binance-spot-1m_ab_X.csv.gz"), HEADER, BAR);

    assertThat(PriceWindows.directory(folder).find("a").name()).isEqualTo("a");
    assertThat(PriceWindows.directory(folder).find("ab").name()).isEqualTo("ab");
  }

  @Test
  void ambiguousPrefixListsTheCandidatesOnly() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> builtIn.find("202"))
        .withMessageStartingWith("'202' is the beginning of 6 windows built in; choose one of: ");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindows.builtIn().load("2020-03-covid-19"))
        .withMessage(
            "no window built in begins with '2020-03-covid-19'; choose one of: 2020-03-covid,"
                + " 2021-05-china, 2022-11-ftx, 2023-09-calm, 2024-08-yen-carry, 2025-10-tariff");
  }

  @Test
  void ambiguousPrefixLeavesOtherWindowsOut() {
    for (String window : List.of("crash-1", "crash-2", "squeeze")) {
      TestPrices.write(folder.resolve("binance-spot-1m_" + window + "_X.csv.gz"), HEADER, BAR);
    }

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindows.directory(folder).find("cr"))
        .withMessage(
            "'cr' is the beginning of 2 windows in %s; choose one of: crash-1, crash-2"
                .formatted(folder));
  }

  @Test
  void symbolsCanBeChosenInAnyOrder() {
    assertThat(builtIn.load("2025", List.of("TAOUSDT", "BTCUSDT")).symbols())
        .containsExactly("BTCUSDT", "TAOUSDT");
    assertThat(builtIn.load("2025").symbols()).containsExactly("BTCUSDT", "ETHUSDT");
  }

  @Test
  void unknownAndRepeatedSymbolsAreRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> builtIn.load("2022", List.of("SUIUSDT")))
        .withMessage(
            "window 2022-11-ftx built in has no symbol 'SUIUSDT'; choose from: BTCUSDT, ETHUSDT");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> builtIn.load("2022", List.of("BTCUSDT", "BTCUSDT")))
        .withMessage("window 2022-11-ftx: symbol BTCUSDT is given twice; name it once");
  }

  @Test
  void directoryReplacesTheCatalogueAndPlaysAllSymbols() throws IOException {
    TestPrices.write(folder.resolve("binance-spot-1m_mine_BTCUSDT.csv.gz"), HEADER, BAR);
    TestPrices.write(folder.resolve("binance-spot-1m_mine_ADAUSDT.csv.gz"), HEADER, BAR);
    TestPrices.write(folder.resolve("binance-spot-1m_my_other_X.csv.gz"), HEADER, BAR);
    Files.writeString(folder.resolve("binance-spot-1m_mine_ETHUSDT.csv"), "not gzip");
    Files.writeString(folder.resolve("binance-spot-1h_mine_ETHUSDT.csv.gz"), "another grid");
    Files.writeString(folder.resolve("README.md"), "notes");
    Files.createDirectory(folder.resolve("binance-spot-1m_folder_X.csv.gz"));

    PriceWindows windows = PriceWindows.directory(folder);

    assertThat(windows.list())
        .containsExactly(
            new WindowListing(
                "mine",
                "ADAUSDT, BTCUSDT",
                List.of("ADAUSDT", "BTCUSDT"),
                List.of("ADAUSDT", "BTCUSDT")),
            new WindowListing("my_other", "X", List.of("X"), List.of("X")));
    assertThat(windows.load("mine").symbols()).containsExactly("ADAUSDT", "BTCUSDT");
    assertThat(windows.load("mine", List.of("BTCUSDT")).symbols()).containsExactly("BTCUSDT");
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> windows.find("2025"));
  }

  @Test
  void faultOfAFileInTheDirectoryNamesThePath() {
    Path file = folder.resolve("binance-spot-1m_mine_X.csv.gz");
    TestPrices.write(file, HEADER);

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindows.directory(folder).load("mine"))
        .withMessage(file + ": has a header but no bars; write at least one line of data");
  }

  @Test
  void directoryWithoutPriceFilesOrNoDirectoryIsRefused() {
    Path absent = folder.resolve("absent");
    Path file = TestPrices.write(folder.resolve("file"), BAR);

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PriceWindows.directory(folder))
        .withMessage(folder + ": has no file named binance-spot-1m_WINDOW_SYMBOL.csv.gz; add one");
    for (Path path : List.of(absent, file)) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> PriceWindows.directory(path))
          .withMessage(path + ": is not a readable directory; check the path of the price files");
    }
  }

  @Test
  void listingWhoseDefaultIsNotAmongItsSymbolsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowListing("w", "d", List.of("A"), List.of("B")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowListing("w", "d", List.of("A"), List.of()));
  }
}
