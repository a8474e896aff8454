package trimtab.lab.input;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;

/// The daily volatility of the prices of a plan: from `volatility`, by price, or else from the
/// `impact` of a market or asset in `depth`.
final class PlanVolatility {
  private PlanVolatility() {}

  /// @return by feed, parts per million; 0 where nothing is said
  static List<Long> read(
      Map<String, Node> given, Map<String, Node> depth, ListedNames names, Problems problems) {
    Listing listing = names.listing();
    List<String> prices = listing.feeds().stream().map(Feed::name).toList();
    List<Long> ppm = new ArrayList<>(Collections.nCopies(prices.size(), 0L));
    depth.forEach((symbol, node) -> {
      Optional<Integer> feed = feed(listing, symbol);
      if (feed.isPresent() && impact(node) instanceof Node.Scalar(Place place, String text)) {
        // What is wrong with it was said when the depth was read.
        new Problems()
            .attempt(place, () -> Ppm.parse(text))
            .filter(volatility -> volatility > 0)
            .ifPresent(volatility -> ppm.set(feed.get(), volatility));
      }
    });
    given.forEach((symbol, node) -> {
      int feed = prices.indexOf(symbol);
      if (feed < 0) {
        problems.add(
            node.place(), "no price '%s'%s".formatted(symbol, NearestWord.hint(symbol, prices)));
        return;
      }
      int before = problems.count();
      long volatility = Fields.decimal(node, Ppm.DECIMALS, problems);
      if (volatility <= 0 && problems.count() == before) {
        problems.add(node.place(), "must be positive, such as 0.045 for 4.5 % a day");
      }
      ppm.set(feed, volatility);
    });
    return ppm;
  }

  private static Node impact(Node entry) {
    return entry(entry(entry, "impact"), "dailyVolatility");
  }

  private static Node entry(Node node, String key) {
    Node nothing = new Node.Empty(node.place());
    return node instanceof Node.Table(_, Map<String, Node> entries)
        ? entries.getOrDefault(key, nothing)
        : nothing;
  }

  private static Optional<Integer> feed(Listing listing, String symbol) {
    Optional<Integer> ofMarket = listing.contract(symbol).map(contract -> contract.feed());
    return ofMarket.isPresent()
        ? ofMarket
        : listing.asset(symbol).filter(asset -> !asset.isSettlement()).map(Asset::feed);
  }
}
