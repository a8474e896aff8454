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
import trimtab.core.instrument.Payoff;
import trimtab.core.instrument.Term;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;

/// Puts a markets file and price series together: scales first, then core values.
final class ListingBuilder {
  private final MarketsFile file;
  private final List<FeedSpec> feeds;
  private final boolean isPlain;
  private final Problems problems;

  /// @param isPlain whether the engine is to settle in it; see [MarketsFile#plainListing(List)]
  ListingBuilder(MarketsFile file, List<FeedSpec> feeds, boolean isPlain, Problems problems) {
    this.file = file;
    this.feeds = feeds;
    this.isPlain = isPlain;
    this.problems = problems;
  }

  /// A market on its series, with the scales it needs.
  private record ScaledMarket(
      String symbol, MarketTerms terms, Step tick, int priceDecimals, Step lot, int decimals) {
    String settlement(MarketsFile file) {
      return terms.contract().settlement().orElse(file.settlement());
    }
  }

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
    int finest = finest(markets, assets);
    int decimals = isPlain ? finest : MarketsFile.MONEY_DECIMALS;
    markets.forEach(market -> requireSettlement(market, assets));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(file.place(), () -> listing(decimals, markets, assets));
  }

  /// The decimals in which price times quantity of every instrument is a whole number.
  private int finest(List<ScaledMarket> markets, List<ScaledAsset> assets) {
    int decimals = MarketsFile.MONEY_DECIMALS;
    for (ScaledMarket market : markets) {
      int together = market.priceDecimals() + market.decimals();
      decimals = Math.max(decimals, checked(market.terms().place(), together));
    }
    for (ScaledAsset asset : assets) {
      int together = markets.get(asset.feed()).priceDecimals() + asset.decimals();
      decimals = Math.max(decimals, checked(asset.terms().place(), together));
    }
    return decimals;
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

  private void requireSettlement(ScaledMarket market, List<ScaledAsset> assets) {
    String name = market.settlement(file);
    boolean isCurrency = name.equals(file.settlement());
    if (isCurrency && market.terms().contract().isInverse()) {
      problems.add(
          market.terms().place(),
          "an inverse contract pays in its coin, not in %s; name it, as in settlement: BTC"
              .formatted(name));
    } else if (!isCurrency && assets.stream().noneMatch(a -> a.symbol().equals(name))) {
      problems.add(
          market.terms().place(),
          "%s settles in %s, which nothing prices; give the price of %s%s and an entry in assets"
              .formatted(market.symbol(), name, name, file.settlement()));
    } else if (market.terms().contract().isInverse()) {
      requireOwnCoin(market, assets);
    }
  }

  /// An inverse contract is worth its face value over its price, in coins: it can pay in no other
  /// coin than the one that this price prices.
  private void requireOwnCoin(ScaledMarket market, List<ScaledAsset> assets) {
    String coin = market.settlement(file);
    boolean isOwn =
        assets.stream()
            .filter(asset -> asset.symbol().equals(coin))
            .anyMatch(asset -> feeds.get(asset.feed()).symbol().equals(market.symbol()));
    if (!isOwn && !isNamedAfter(market.symbol(), coin)) {
      problems.add(
          market.terms().place(),
          ("%s is inverse and would pay in %s, but an inverse contract pays in the coin that its own"
                  + " price prices; settle it in that coin, or if %s is that coin, say assets: %s:"
                  + " {price: %s}")
              .formatted(market.symbol(), coin, coin, coin, market.symbol()));
    }
  }

  /// `BTCUSD`, `BTC-PERP` or `BTCUSD_261225` of `BTC`.
  private boolean isNamedAfter(String symbol, String coin) {
    if (!symbol.startsWith(coin)) {
      return false;
    }
    String rest = symbol.substring(coin.length());
    return rest.startsWith(file.settlement())
        || (!rest.isEmpty() && !Character.isLetterOrDigit(rest.charAt(0)));
  }

  /// The engine settles one kind of contract.
  private void requirePlain(String symbol, MarketTerms terms) {
    ContractFields contract = terms.contract();
    boolean plain =
        !contract.isInverse()
            && contract.term() instanceof Term.Perpetual
            && contract.settlement().map(file.settlement()::equals).orElse(true)
            && contract.pnlWeightPpm() == Ppm.ONE;
    if (isPlain && !plain) {
      problems.add(
          terms.place(),
          ("%s is inverse, dated, settled in another asset or has a pnlWeight, and the engine settles"
                  + " linear perpetuals in %s; leave it out, or use plan for single accounts")
              .formatted(symbol, file.settlement()));
    }
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
    requirePlain(feed.symbol(), terms);
    ContractFields contract = terms.contract();
    return problems.attempt(
        terms.place(),
        () -> {
          Step tick = terms.tick().orElseGet(() -> Step.tickFor(feed));
          Step lot = terms.lot().orElseGet(() -> lot(contract, feed));
          int priceDecimals = Math.max(feed.priceDecimals(), tick.decimals());
          priceDecimals = Math.max(priceDecimals, contract.priceDecimals());
          // Contracts of a face value are counted whole unless their lot says otherwise.
          int fitting = contract.isInverse() ? 0 : fitting(priceDecimals);
          int decimals = decimals(terms.place(), terms.decimals(), lot, fitting);
          requireTickBelowPrice(feed, tick, priceDecimals);
          return new ScaledMarket(feed.symbol(), terms, tick, priceDecimals, lot, decimals);
        });
  }

  private static Step lot(ContractFields contract, FeedSpec feed) {
    return contract.isInverse() ? new Step(1, 0) : Step.lotFor(feed);
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
  private int decimals(Place place, Optional<Integer> said, Step lot, int fitting) {
    if (said.isPresent() && said.get() < lot.decimals()) {
      problems.add(
          place.entry("decimals", place.line()),
          "the lot alone needs %d decimals".formatted(lot.decimals()));
    }
    return Math.max(lot.decimals(), said.orElse(fitting));
  }

  private static int fitting(int priceDecimals) {
    return Math.max(0, MarketsFile.MONEY_DECIMALS - priceDecimals);
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
          boolean settles = markets.stream().anyMatch(m -> m.settlement(file).equals(symbol));
          int fitting = settles ? MarketsFile.MONEY_DECIMALS : fitting(priceDecimals);
          int decimals = decimals(terms.place(), terms.decimals(), lot, fitting);
          requireQuotedInCurrency(symbol, terms.place(), markets.get(feed));
          return new ScaledAsset(symbol, terms, feed, lot, decimals);
        });
  }

  /// A linear market is quoted in what it settles in; its price values an asset only if that is the
  /// settlement currency.
  private void requireQuotedInCurrency(String symbol, Place place, ScaledMarket market) {
    boolean isQuoted =
        market.terms().contract().isInverse() || market.settlement(file).equals(file.settlement());
    if (!isQuoted) {
      problems.add(
          place,
          "%s would be valued by %s, which is quoted in %s; name a market quoted in %s as its price"
              .formatted(symbol, market.symbol(), market.settlement(file), file.settlement()));
    }
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
    List<Asset> listedAssets = new ArrayList<>();
    listedAssets.add(settlement(valueDecimals));
    assets.forEach(asset -> listedAssets.add(asset(asset, money)));
    List<String> symbols = listedAssets.stream().map(Asset::symbol).toList();
    List<Feed> listedFeeds = new ArrayList<>();
    List<Contract> contracts = new ArrayList<>();
    for (ScaledMarket market : markets) {
      int priceDecimals = market.priceDecimals();
      int settlement = symbols.indexOf(market.settlement(file));
      contracts.add(contract(market, settlement, listedFeeds.size(), money));
      listedFeeds.add(new Feed(market.symbol(), priceDecimals, market.tick().at(priceDecimals)));
    }
    return new Listing(valueDecimals, listedFeeds, listedAssets, contracts);
  }

  private static Contract contract(ScaledMarket market, int settlement, int feed, long money) {
    MarketTerms terms = market.terms();
    ContractFields kind = terms.contract();
    Payoff linear = new Payoff.Linear();
    return new Contract(
        market.symbol(),
        kind.faceValue()
            .<Payoff>map(face -> new Payoff.Inverse(face.at(market.priceDecimals())))
            .orElse(linear),
        kind.term(),
        settlement,
        feed,
        market.decimals(),
        market.lot().at(market.decimals()),
        Math.multiplyExact(terms.minimumOrder(), money),
        Math.multiplyExact(terms.dust(), money),
        scaled(terms.initial(), money),
        scaled(terms.maintenance(), money),
        terms.takerFeePpm(),
        kind.pnlWeightPpm());
  }

  private static Asset asset(ScaledAsset asset, long money) {
    AssetTerms terms = asset.terms();
    return new Asset(
        asset.symbol(),
        asset.feed(),
        asset.decimals(),
        terms.maintenance().weights(asset.decimals()),
        terms.initial().weights(asset.decimals()),
        asset.lot().at(asset.decimals()),
        Math.multiplyExact(terms.minimumOrder(), money),
        Math.multiplyExact(terms.dust(), money),
        terms.takerFeePpm());
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
