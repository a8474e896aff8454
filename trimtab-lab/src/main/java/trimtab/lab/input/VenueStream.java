package trimtab.lab.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;

/// What a venue published of itself: positions as they were, prices, and what it liquidated. Each
/// is in the order of time.
///
/// @param listing markets and assets, from the prices and a markets file
/// @param snapshots the whole of an account at an instant
/// @param prices all prices of an instant together
/// @param closings what the venue closed
public record VenueStream(
    Listing listing, List<Snapshot> snapshots, List<Marks> prices, List<VenueClosing> closings) {
  private static final List<String> POSITIONS =
      List.of("time", "account", "kind", "instrument", "quantity", "price");
  private static final List<String> PRICES = List.of("time", "instrument", "price");
  private static final List<String> DECISIONS =
      List.of("time", "account", "instrument", "quantity", "price");
  private static final List<String> KINDS = List.of("collateral", "debt", "perp");

  public VenueStream {
    snapshots = List.copyOf(snapshots);
    prices = List.copyOf(prices);
    closings = List.copyOf(closings);
  }

  /// An account from an instant on, until its next snapshot.
  public record Snapshot(long nanos, Account account) {}

  /// What a venue closed of an account.
  ///
  /// @param instrument market, or collateral asset that was sold
  /// @param quantity positive, in the instrument's units
  /// @param price average execution price in the feed's units; 0 where the venue does not say it
  /// @param line where it stands
  public record VenueClosing(
      long nanos, String account, String instrument, long quantity, long price, long line) {}

  /// Reads the three files.
  ///
  /// @throws InputException with the wrong rows, each with its line
  public static VenueStream read(Path positions, Path prices, Path decisions, MarketsFile markets) {
    Problems problems = new Problems();
    List<PriceRow> rows = new ArrayList<>();
    Map<String, FeedDraft> feeds = new LinkedHashMap<>();
    StreamFile.read(
        prices,
        PRICES,
        false,
        problems,
        row ->
            price(row, problems)
                .ifPresent(price -> {
                  rows.add(price);
                  feeds.computeIfAbsent(price.instrument, _ -> new FeedDraft()).add(price);
                }));
    problems.throwIfAny();
    Listing listing =
        markets.plainListing(
            feeds.entrySet().stream()
                .map(feed ->
                    new FeedSpec(
                        feed.getKey(),
                        feed.getValue().decimals,
                        Decimals.parse(feed.getValue().first, feed.getValue().decimals)))
                .toList());
    List<Marks> batches = batches(listing, rows, problems);
    problems.throwIfAny();
    if (batches.isEmpty()) {
      throw new InputException(
          Place.file(prices.toString()), "never has a price of every instrument in it");
    }
    ListedNames names = new ListedNames(listing, batches.getFirst());
    List<Snapshot> snapshots = new Snapshots(names, problems).read(positions);
    List<VenueClosing> closings = new ArrayList<>();
    StreamFile.read(
        decisions,
        DECISIONS,
        true,
        problems,
        row -> closing(row, names, problems).ifPresent(closings::add));
    problems.throwIfAny();
    return new VenueStream(listing, snapshots, batches, closings);
  }

  private record PriceRow(Place place, long nanos, String instrument, String text) {}

  /// A price series before its scale is known.
  private static final class FeedDraft {
    private int decimals;
    private String first = "";

    void add(PriceRow row) {
      decimals = Math.max(decimals, Decimals.decimalsOf(row.text));
      first = first.isEmpty() ? row.text : first;
    }
  }

  private static Optional<PriceRow> price(StreamFile.Row row, Problems problems) {
    Cell instrument = row.cells().get(0);
    Cell price = row.cells().get(1);
    if (instrument.text().isBlank()) {
      problems.add(instrument.place(), "is empty; name the price");
      return Optional.empty();
    }
    return problems
        .attempt(price.place(), () -> Step.parse(price.text()))
        .map(_ -> new PriceRow(price.place(), row.nanos(), instrument.text(), price.text()));
  }

  /// Prices of one instant are one batch; a price that does not change is kept. There is none
  /// before every feed has a price.
  private static List<Marks> batches(Listing listing, List<PriceRow> rows, Problems problems) {
    List<String> names = listing.feeds().stream().map(feed -> feed.name()).toList();
    long[] prices = new long[names.size()];
    List<Marks> batches = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      PriceRow row = rows.get(i);
      int feed = names.indexOf(row.instrument);
      int decimals = listing.feeds().get(feed).priceDecimals();
      prices[feed] =
          problems.attempt(row.place, () -> Decimals.parse(row.text, decimals)).orElse(1L);
      boolean last = i + 1 == rows.size() || rows.get(i + 1).nanos != row.nanos;
      if (last && Arrays.stream(prices).allMatch(price -> price > 0)) {
        batches.add(Marks.of(row.nanos, prices));
      }
    }
    return batches;
  }

  private static Optional<VenueClosing> closing(
      StreamFile.Row row, ListedNames names, Problems problems) {
    Cell account = row.cells().get(0);
    Cell instrument = row.cells().get(1);
    Cell quantity = row.cells().get(2);
    Cell price = row.cells().get(3);
    Listing listing = names.listing();
    var market = listing.contract(instrument.text());
    var asset = listing.asset(instrument.text());
    if (market.isEmpty() && asset.isEmpty()) {
      problems.add(instrument.place(), "no market or asset '%s'".formatted(instrument.text()));
      return Optional.empty();
    }
    int decimals =
        market.map(contract -> contract.quantityDecimals()).orElseGet(() -> asset.get().decimals());
    Optional<Long> units =
        problems.attempt(quantity.place(), () -> Decimals.parse(quantity.text(), decimals));
    if (units.isPresent() && units.get() <= 0) {
      problems.add(quantity.place(), "must be positive: what was closed, without a sign");
      return Optional.empty();
    }
    int feed = market.map(contract -> contract.feed()).orElseGet(() -> asset.get().feed());
    Optional<Long> executed =
        price.text().isEmpty() || feed < 0
            ? Optional.of(0L)
            : problems.attempt(
                price.place(),
                () -> cutTo(price.text(), listing.feeds().get(feed).priceDecimals()));
    return units.isPresent() && executed.isPresent()
        ? Optional.of(
            new VenueClosing(
                row.nanos(),
                account.text(),
                instrument.text(),
                units.get(),
                executed.get(),
                row.place().line()))
        : Optional.empty();
  }

  /// An average price may have more decimals than the feed: they are cut.
  private static long cutTo(String text, int decimals) {
    int given = Math.min(Decimals.decimalsOf(text), Decimals.DECIMALS_MAX);
    long units = Decimals.parse(text, given);
    return given <= decimals
        ? Math.multiplyExact(units, Decimals.powerOfTen(decimals - given))
        : units / Decimals.powerOfTen(given - decimals);
  }

  /// Reads positions: the rows of an account at one instant are the whole of it.
  private static final class Snapshots {
    private final ListedNames names;
    private final Problems problems;
    private final Map<String, AccountDraft> drafts = new LinkedHashMap<>();
    private final List<Snapshot> found = new ArrayList<>();
    private Place place = Place.file("");
    private long nanos = Long.MIN_VALUE;

    Snapshots(ListedNames names, Problems problems) {
      this.names = names;
      this.problems = problems;
    }

    List<Snapshot> read(Path file) {
      StreamFile.read(file, POSITIONS, false, problems, this::add);
      flush();
      return found;
    }

    private void add(StreamFile.Row row) {
      if (row.nanos() != nanos) {
        flush();
        nanos = row.nanos();
      }
      place = row.place();
      Cell account = row.cells().get(0);
      Cell kind = row.cells().get(1);
      if (account.text().isBlank()) {
        problems.add(account.place(), "is empty; name the account");
        return;
      }
      AccountDraft draft = drafts.computeIfAbsent(account.text(), AccountDraft::new);
      if (!KINDS.contains(kind.text())) {
        problems.add(
            kind.place(),
            "unknown kind '%s'%s".formatted(kind.text(), NearestWord.hint(kind.text(), KINDS)));
        return;
      }
      Cell instrument = row.cells().get(2);
      Cell quantity = row.cells().get(3);
      Cell price = row.cells().get(4);
      switch (Kind.valueOf(kind.text().toUpperCase(Locale.ROOT))) {
        case PERP -> draft.addPosition(names, instrument, quantity, price, problems);
        case COLLATERAL -> draft.addBalance(names, false, instrument, quantity, problems);
        case DEBT -> draft.addBalance(names, true, instrument, quantity, problems);
      }
    }

    private void flush() {
      long at = nanos;
      drafts
          .values()
          .forEach(draft ->
              problems
                  .attempt(place, () -> draft.build(names))
                  .ifPresent(account -> found.add(new Snapshot(at, account))));
      drafts.clear();
    }
  }
}
