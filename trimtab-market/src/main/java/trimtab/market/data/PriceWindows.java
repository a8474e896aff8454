package trimtab.market.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The windows of price history that can be loaded: those built in, or those of a directory.
public final class PriceWindows {
  /// Most entries of a directory that are looked at.
  public static final int MAX_DIRECTORY_ENTRIES = 100_000;

  private static final String RESOURCES = "/trimtab/market/prices/";
  private static final Pattern FILE_NAME =
      Pattern.compile("binance-spot-1m_(.+)_([A-Za-z0-9.-]+)\\.csv\\.gz");

  private static final List<String> MAJORS = List.of("BTCUSDT", "ETHUSDT");
  private static final List<String> MAJORS_AND_SMALL =
      List.of("BTCUSDT", "ETHUSDT", "SUIUSDT", "TAOUSDT");

  private static final List<WindowListing> BUILT_IN =
      List.of(
          new WindowListing(
              "2020-03-covid",
              "11-15 Mar 2020: the pandemic crash; BTC fell from 7980 to 3782, ETH from 203 to 86",
              MAJORS,
              MAJORS),
          new WindowListing(
              "2021-05-china",
              "17-24 May 2021: China bars banks from crypto; BTC touched 30000, ETH fell by 52 %",
              MAJORS,
              MAJORS),
          new WindowListing(
              "2022-11-ftx",
              "7-11 Nov 2022: the exchange FTX fails; BTC fell to 15588, ETH to 1073.53",
              MAJORS,
              MAJORS),
          new WindowListing(
              "2023-09-calm",
              "5-9 Sep 2023: calm, for comparison; BTC and ETH stayed within 3.3 % of their highs",
              MAJORS,
              MAJORS),
          new WindowListing(
              "2024-08-yen-carry",
              "3-7 Aug 2024: yen carry trades unwind; BTC fell to 49000, ETH to 2111",
              MAJORS_AND_SMALL,
              MAJORS),
          new WindowListing(
              "2025-10-tariff",
              "9-12 Oct 2025: tariff shock; BTC fell to 102000, ETH to 3435, SUI by 84 %",
              MAJORS_AND_SMALL,
              MAJORS));

  private final String origin;
  private final @Nullable Path directory;
  private final List<WindowListing> listings;

  private PriceWindows(String origin, @Nullable Path directory, List<WindowListing> listings) {
    this.origin = origin;
    this.directory = directory;
    this.listings = List.copyOf(listings);
  }

  /// The five big crashes and the calm window that come with Trimtab.
  public static PriceWindows builtIn() {
    return new PriceWindows("built in", null, BUILT_IN);
  }

  /// The windows of a directory: its files `binance-spot-1m_WINDOW_SYMBOL.csv.gz`.
  ///
  /// Other files are ignored, and so are subdirectories. A window plays all its symbols unless some
  /// are named.
  ///
  /// @throws DataException if the directory cannot be read or has no such file
  public static PriceWindows directory(Path directory) {
    SortedMap<String, TreeSet<String>> symbolsByWindow = new TreeMap<>();
    int entries = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        entries++;
        if (entries > MAX_DIRECTORY_ENTRIES) {
          throw new DataException(
              "%s: has more than %d entries; move the price files to a folder of their own"
                  .formatted(directory, MAX_DIRECTORY_ENTRIES));
        }
        Matcher name = FILE_NAME.matcher(file.getFileName().toString());
        if (name.matches() && Files.isRegularFile(file)) {
          symbolsByWindow
              .computeIfAbsent(name.group(1), window -> new TreeSet<>())
              .add(name.group(2));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new DataException(
          directory + ": is not a readable directory; check the path of the price files", e);
    }
    if (symbolsByWindow.isEmpty()) {
      throw new DataException(
          directory + ": has no file named binance-spot-1m_WINDOW_SYMBOL.csv.gz; add one");
    }
    List<WindowListing> listings = new ArrayList<>();
    symbolsByWindow.forEach((window, symbols) -> {
      List<String> all = List.copyOf(symbols);
      listings.add(new WindowListing(window, String.join(", ", all), all, all));
    });
    return new PriceWindows("in " + directory, directory, listings);
  }

  /// All windows, in alphabetical order of their names.
  public List<WindowListing> list() {
    return listings;
  }

  /// The window with this name, or else the only one whose name begins so.
  ///
  /// @throws DataException if there is none or more than one; the message lists the candidates
  public WindowListing find(String prefix) {
    List<WindowListing> candidates = new ArrayList<>();
    for (WindowListing listing : listings) {
      if (listing.name().equals(prefix)) {
        return listing;
      }
      if (listing.name().startsWith(prefix)) {
        candidates.add(listing);
      }
    }
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    String quoted = DataException.quote(prefix);
    throw new DataException(
        candidates.isEmpty()
            ? "no window %s begins with %s; choose one of: %s"
                .formatted(origin, quoted, names(listings))
            : "%s is the beginning of %d windows %s; choose one of: %s"
                .formatted(quoted, candidates.size(), origin, names(candidates)));
  }

  private static String names(List<WindowListing> listings) {
    return String.join(", ", listings.stream().map(WindowListing::name).toList());
  }

  /// Loads a window with its default symbols.
  ///
  /// @param prefix name of the window or a unique beginning of it
  /// @throws DataException if no single window fits or its files are not sound
  public PriceWindow load(String prefix) {
    return load(prefix, List.of());
  }

  /// Loads a window with the named symbols, or its default symbols if none is named.
  ///
  /// @param prefix name of the window or a unique beginning of it
  /// @throws DataException if no single window fits, it lacks a symbol, a symbol is named twice, or
  ///   its files are not sound
  public PriceWindow load(String prefix, List<String> symbols) {
    WindowListing listing = find(prefix);
    Set<String> chosen = new HashSet<>();
    for (String symbol : symbols) {
      if (!listing.symbols().contains(symbol)) {
        throw new DataException(
            "window %s %s has no symbol %s; choose from: %s"
                .formatted(
                    listing.name(),
                    origin,
                    DataException.quote(symbol),
                    String.join(", ", listing.symbols())));
      }
      if (!chosen.add(symbol)) {
        throw new DataException(
            "window %s: symbol %s is given twice; name it once".formatted(listing.name(), symbol));
      }
    }
    List<String> played = symbols.isEmpty() ? listing.defaultSymbols() : symbols;
    return PriceWindow.align(
        listing.name(), played.stream().map(symbol -> read(listing.name(), symbol)).toList());
  }

  private MinuteBars read(String window, String symbol) {
    String file = "binance-spot-1m_" + window + "_" + symbol + ".csv.gz";
    if (directory != null) {
      return MinuteBarReader.read(directory.resolve(file), symbol);
    }
    try (InputStream gzip = PriceWindows.class.getResourceAsStream(RESOURCES + file)) {
      if (gzip == null) {
        throw new DataException(file + ": is missing from this build; build it anew");
      }
      return MinuteBarReader.read(file, symbol, gzip, MinuteBarReader.MAX_ROWS);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read from this build; build it anew", e);
    }
  }
}
