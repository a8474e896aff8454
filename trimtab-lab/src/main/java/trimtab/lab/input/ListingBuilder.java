package trimtab.lab.input;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;

/// Puts a markets file and price series together: scales first, then core values.
final class ListingBuilder {
  private final MarketsFile file;
  private final List<FeedSpec> feeds;
  private final Problems problems;

  ListingBuilder(MarketsFile file, List<FeedSpec> feeds, Problems problems) {
    this.file = file;
    this.feeds = feeds;
    this.problems = problems;
  }

  /// A market on its series, with the scales it needs.
  private record ScaledMarket(
      String symbol, MarketTerms terms, Step tick, int priceDecimals, Step lot, int decimals) {}

  /// An asset on the series that prices it.
  private record ScaledAsset(String symbol, AssetTerms terms, int feed, Step lot, int decimals) {}

  /// The listing, or nothing with problems.
  Optional<Listing> build() {
    List<ScaledMarket> markets = new ArrayList<>();
    feeds.forEach(feed -> market(feed).ifPresent(markets::add));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    List<ScaledAsset> assets = assets(markets);
    int valueDecimals = MarketsFile.MONEY_DECIMALS;
    for (ScaledMarket market : markets) {
      int together = market.priceDecimals() + market.decimals();
      valueDecimals = Math.max(valueDecimals, checked(market.terms().place(), together));
    }
    for (ScaledAsset asset : assets) {
      int together = markets.get(asset.feed()).priceDecimals() + asset.decimals();
      valueDecimals = Math.max(valueDecimals, checked(asset.terms().place(), together));
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    int decimals = valueDecimals;
    return problems.attempt(file.place(), () -> listing(decimals, markets, assets));
  }

  private int checked(Place place, int decimals) {
    if (decimals > Decimals.DECIMALS_MAX) {
      problems.add(
          place,
          "price and quantity have %d decimals together, at most %d fit; use fewer"
              .formatted(decimals, Decimals.DECIMALS_MAX));
    }
    return decimals;
  }

  private Optional<ScaledMarket> market(FeedSpec feed) {
    MarketTerms named = file.markets().get(feed.symbol());
    MarketTerms terms = named != null ? named : file.markets().get(MarketsFile.DEFAULT);
    if (terms == null) {
      problems.add(
          file.place().entry("markets", 0),
          "no entry for '%s' and none for 'default'; add one".formatted(feed.symbol()));
      return Optional.empty();
    }
    return problems.attempt(
        terms.place(),
        () -> {
          Step tick = terms.tick().orElseGet(() -> Step.tickFor(feed));
          Step lot = terms.lot().orElseGet(() -> Step.lotFor(feed));
          int priceDecimals = Math.max(feed.priceDecimals(), tick.decimals());
          int decimals = decimals(terms.place(), terms.decimals(), lot, priceDecimals);
          requireTickBelowPrice(feed, tick, priceDecimals);
          return new ScaledMarket(feed.symbol(), terms, tick, priceDecimals, lot, decimals);
        });
  }

  private static void requireTickBelowPrice(FeedSpec feed, Step tick, int priceDecimals) {
    long scale = Decimals.powerOfTen(priceDecimals - feed.priceDecimals());
    if (tick.at(priceDecimals) > Math.multiplyExact(feed.firstPrice(), scale)) {
      throw new IllegalArgumentException(
          "the tick %s is above the first price, %s"
              .formatted(
                  Decimals.format(tick.units(), tick.decimals()),
                  Decimals.format(feed.firstPrice(), feed.priceDecimals())));
    }
  }

  /// The digits that a quantity may have: what the file says, else as many as the value unit holds
  /// beside the price; never fewer than its lot needs.
  private int decimals(Place place, Optional<Integer> said, Step lot, int priceDecimals) {
    if (said.isPresent() && said.get() < lot.decimals()) {
      problems.add(
          place.entry("decimals", place.line()),
          "the lot alone needs %d decimals".formatted(lot.decimals()));
    }
    int fitting = Math.max(0, MarketsFile.MONEY_DECIMALS - priceDecimals);
    return Math.max(lot.decimals(), said.orElse(fitting));
  }

  /// First the file's own assets that one of the series prices, then the base of each other series.
  private List<ScaledAsset> assets(List<ScaledMarket> markets) {
    List<ScaledAsset> assets = new ArrayList<>();
    Set<String> listed = new HashSet<>(Set.of(file.settlement(), MarketsFile.DEFAULT));
    file.assets()
        .forEach((symbol, terms) -> {
          int feed = feedOf(symbol, terms);
          if (feed >= 0 && listed.add(symbol)) {
            asset(symbol, terms, feed, markets).ifPresent(assets::add);
          }
        });
    AssetTerms terms = file.assets().get(MarketsFile.DEFAULT);
    for (int feed = 0; terms != null && feed < feeds.size(); feed++) {
      String base = base(feeds.get(feed).symbol());
      if (!base.isEmpty() && listed.add(base)) {
        asset(base, terms, feed, markets).ifPresent(assets::add);
      }
    }
    return assets;
  }

  private Optional<ScaledAsset> asset(
      String symbol, AssetTerms terms, int feed, List<ScaledMarket> markets) {
    return problems.attempt(
        terms.place(),
        () -> {
          Step lot = terms.lot().orElseGet(() -> Step.lotFor(feeds.get(feed)));
          int priceDecimals = markets.get(feed).priceDecimals();
          int decimals = decimals(terms.place(), terms.decimals(), lot, priceDecimals);
          return new ScaledAsset(symbol, terms, feed, lot, decimals);
        });
  }

  private int feedOf(String asset, AssetTerms terms) {
    return IntStream.range(0, feeds.size())
        .filter(i -> {
          String symbol = feeds.get(i).symbol();
          return terms.price().map(symbol::equals).orElse(base(symbol).equals(asset));
        })
        .findFirst()
        .orElse(-1);
  }

  /// `ETH` of `ETHUSDT`: the symbol without the settlement currency or a stablecoin of its name;
  /// empty where the symbol ends otherwise.
  private String base(String symbol) {
    String quote = file.settlement();
    return List.of(quote + "T", quote + "C", quote).stream()
        .filter(end -> symbol.endsWith(end) && symbol.length() > end.length())
        .map(end -> symbol.substring(0, symbol.length() - end.length()))
        .findFirst()
        .orElse("");
  }

  private Listing listing(int valueDecimals, List<ScaledMarket> markets, List<ScaledAsset> assets) {
    long money = Decimals.powerOfTen(valueDecimals - MarketsFile.MONEY_DECIMALS);
    List<Feed> listedFeeds = new ArrayList<>();
    List<Contract> contracts = new ArrayList<>();
    for (ScaledMarket market : markets) {
      MarketTerms terms = market.terms();
      int feed = listedFeeds.size();
      int priceDecimals = market.priceDecimals();
      listedFeeds.add(new Feed(market.symbol(), priceDecimals, market.tick().at(priceDecimals)));
      contracts.add(
          new Contract(
              market.symbol(),
              feed,
              market.decimals(),
              market.lot().at(market.decimals()),
              Math.multiplyExact(terms.minimumOrder(), money),
              Math.multiplyExact(terms.dust(), money),
              scaled(terms.initial(), money),
              scaled(terms.maintenance(), money),
              terms.takerFeePpm()));
    }
    List<Asset> listedAssets = new ArrayList<>();
    listedAssets.add(settlement(valueDecimals));
    for (ScaledAsset asset : assets) {
      AssetTerms terms = asset.terms();
      listedAssets.add(
          new Asset(
              asset.symbol(),
              asset.feed(),
              asset.decimals(),
              terms.assetWeightPpm(),
              terms.debtWeightPpm(),
              asset.lot().at(asset.decimals()),
              Math.multiplyExact(terms.minimumOrder(), money),
              Math.multiplyExact(terms.dust(), money),
              terms.takerFeePpm()));
    }
    return new Listing(valueDecimals, listedFeeds, listedAssets, contracts);
  }

  private Asset settlement(int valueDecimals) {
    return new Asset(
        file.settlement(), Asset.SETTLEMENT, valueDecimals, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0);
  }

  private static MarginTiers scaled(MarginTiers tiers, long money) {
    return new MarginTiers(
        tiers.kind(),
        tiers.tiers().stream()
            .map(tier -> new Tier(Math.multiplyExact(tier.fromValue(), money), tier.ratePpm()))
            .toList());
  }
}
