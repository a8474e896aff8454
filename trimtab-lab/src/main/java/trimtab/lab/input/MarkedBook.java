package trimtab.lab.input;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import trimtab.core.account.Account;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;

/// A book as it stands, with the markets that it needs and their marks.
///
/// The marks are those of a file, or else of each market the mean entry price of its perpetuals in
/// the book (every row counts the same), rounded half up to the tick. A market also prices the
/// asset that it has as base; the settlement currency is 1.
///
/// @param listing the book's markets in alphabetical order, and the assets that they price
/// @param marks as of instant 0
/// @param accounts in the order in which they first appear
/// @param notes what the user should know
public record MarkedBook(Listing listing, Marks marks, List<Account> accounts, List<String> notes) {
  private static final List<String> STABLECOIN_ENDS = List.of("T", "C", "");

  public MarkedBook {
    accounts = List.copyOf(accounts);
    notes = List.copyOf(notes);
  }

  /// @param priceFile marks; empty: from the book
  /// @throws InputException with what is wrong in the book or in the marks, each with its place
  public static MarkedBook read(Path book, MarketsFile markets, Optional<Path> priceFile) {
    Reading reading = new Reading(book, markets, priceFile, BookPrices.scan(book), new TreeMap<>());
    return reading.marked();
  }

  /// @param prices by market, as they are found
  private record Reading(
      Path book,
      MarketsFile markets,
      Optional<Path> priceFile,
      BookPrices scan,
      TreeMap<String, BigDecimal> prices) {
    MarkedBook marked() {
      List<String> notes = new ArrayList<>();
      TreeSet<String> needed = new TreeSet<>(scan.markets().keySet());
      if (priceFile.isPresent()) {
        fromFile(priceFile.get(), needed, notes);
      } else {
        fromBook(needed);
      }
      List<FeedSpec> feeds = new ArrayList<>();
      prices.forEach((symbol, price) -> feeds.add(feed(symbol, price)));
      Listing listing = markets.plainListing(feeds);
      long[] marks = new long[feeds.size()];
      for (int feed = 0; feed < marks.length; feed++) {
        marks[feed] = mark(listing.feeds().get(feed));
      }
      Marks now = Marks.of(0, marks);
      return new MarkedBook(listing, now, BookFile.read(book, listing, now), notes);
    }

    private void fromBook(TreeSet<String> needed) {
      scan.markets()
          .forEach((symbol, entries) -> {
            if (!entries.isEmpty()) {
              // Exact to far below any tick; rounded once, to the tick.
              prices.put(
                  symbol,
                  entries
                      .sum()
                      .divide(
                          BigDecimal.valueOf(entries.rows()),
                          Decimals.DECIMALS_MAX,
                          RoundingMode.HALF_UP));
            }
          });
      Problems problems = new Problems();
      scan.assets()
          .forEach((asset, line) -> {
            if (marketOf(asset, prices.keySet()).isEmpty() && !asset.equals(markets.settlement())) {
              problems.add(
                  new Place(book.toString(), line, "instrument"),
                  "'%s' has no price: the book has no perp of %s; give its price with --marks"
                      .formatted(asset, wanted(asset)));
            }
          });
      problems.throwIfAny();
      needed.clear();
    }

    private void fromFile(Path file, TreeSet<String> needed, List<String> notes) {
      Map<String, PriceList.Entry> listed = PriceList.read(file);
      Problems problems = new Problems();
      TreeMap<String, PriceList.Entry> byMarket = new TreeMap<>();
      scan.assets().keySet().stream()
          .filter(asset -> !asset.equals(markets.settlement()))
          .forEach(asset -> needed.add(market(asset, listed)));
      listed.forEach((instrument, entry) -> {
        if (instrument.equals(markets.settlement())) {
          if (entry.price().compareTo(BigDecimal.ONE) != 0) {
            problems.add(
                entry.place(),
                "%s is what prices are counted in; its price is 1".formatted(instrument));
          }
          return;
        }
        boolean isAsset = scan.assets().containsKey(instrument);
        String market = isAsset ? market(instrument, listed) : instrument;
        PriceList.Entry other = byMarket.putIfAbsent(market, entry);
        if (other != null && other.price().compareTo(entry.price()) != 0) {
          problems.add(
              entry.place(),
              "'%s' and line %d price the same market, %s, differently; leave one out"
                  .formatted(instrument, other.place().line(), market));
        }
      });
      for (String symbol : needed) {
        PriceList.Entry entry = byMarket.get(symbol);
        if (entry == null) {
          problems.add(
              Place.file(file.toString()),
              "no price for '%s', which the book needs%s; add a row %s,PRICE"
                  .formatted(
                      symbol,
                      NearestWord.of(symbol, byMarket.keySet())
                          .map(near -> " (there is '" + near + "')")
                          .orElse(""),
                      symbol));
        } else {
          prices.put(symbol, entry.price());
        }
      }
      problems.throwIfAny();
      long unused = byMarket.keySet().stream().filter(symbol -> !needed.contains(symbol)).count();
      if (unused > 0) {
        notes.add(
            "%s: %d of its prices are of markets that the book does not hold"
                .formatted(file, unused));
      }
    }

    /// The market that prices an asset: the one that a file names, else one that is there.
    private String market(String asset, Map<String, PriceList.Entry> listed) {
      TreeSet<String> known = new TreeSet<>(listed.keySet());
      known.addAll(scan.markets().keySet());
      return marketOf(asset, known).orElse(wanted(asset));
    }

    private Optional<String> marketOf(String asset, java.util.Set<String> known) {
      AssetTerms terms = markets.assets().get(asset);
      if (terms != null && terms.price().isPresent()) {
        return terms.price().filter(known::contains);
      }
      return STABLECOIN_ENDS.stream()
          .map(end -> asset + markets.settlement() + end)
          .filter(known::contains)
          .findFirst();
    }

    private String wanted(String asset) {
      AssetTerms terms = markets.assets().get(asset);
      return terms == null
          ? asset + markets.settlement() + "T"
          : terms.price().orElse(asset + markets.settlement() + "T");
    }

    /// The decimals are those that the market's entry prices need, and its mark if a file gives it.
    private FeedSpec feed(String symbol, BigDecimal price) {
      BookPrices.Entries entries = scan.markets().get(symbol);
      int decimals = entries == null ? 0 : entries.decimals();
      if (priceFile.isPresent()) {
        decimals = Math.max(decimals, Math.max(0, price.stripTrailingZeros().scale()));
      }
      BigDecimal rounded = price.setScale(decimals, RoundingMode.HALF_UP);
      if (rounded.unscaledValue().bitLength() > Listing.VALUE_BITS_MAX) {
        throw new InputException(symbol + ": its price, %s, is too large".formatted(rounded));
      }
      return new FeedSpec(symbol, decimals, Math.max(1, rounded.unscaledValue().longValue()));
    }

    /// A mark of a file as it is; a mean on the tick, at least one.
    private long mark(Feed feed) {
      BigDecimal price = prices.get(feed.name());
      if (price == null) {
        throw new IllegalStateException(feed.name() + " has no price");
      }
      BigDecimal units = price.movePointRight(feed.priceDecimals());
      if (priceFile.isPresent()) {
        return units.setScale(0, RoundingMode.HALF_UP).longValueExact();
      }
      BigDecimal tick = BigDecimal.valueOf(feed.tick());
      long ticks = units.divide(tick, 0, RoundingMode.HALF_UP).longValueExact();
      return Math.multiplyExact(Math.max(1, ticks), feed.tick());
    }
  }
}
