package trimtab.lab.input;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;

/// A listing as the files name it: by symbol, at the first marks.
final class ListedNames {
  private final Listing listing;
  private final Marks marks;
  private final Map<String, Integer> assets = new HashMap<>();
  private final Map<String, Integer> markets = new HashMap<>();

  ListedNames(Listing listing, Marks marks) {
    this.listing = listing;
    this.marks = marks;
    for (int i = 0; i < listing.assets().size(); i++) {
      assets.put(listing.assets().get(i).symbol(), i);
    }
    for (int i = 0; i < listing.contracts().size(); i++) {
      markets.put(listing.contracts().get(i).symbol(), i);
    }
  }

  Listing listing() {
    return listing;
  }

  Asset asset(int index) {
    return listing.assets().get(index);
  }

  Contract market(int index) {
    return listing.contracts().get(index);
  }

  /// Decimals in which prices of a feed are counted.
  int priceDecimals(int feed) {
    return listing.feeds().get(feed).priceDecimals();
  }

  /// The mark of a feed.
  long price(int feed) {
    return marks.price(feed);
  }

  /// Exact units per unit of an asset.
  long unitValue(Asset asset) {
    return marks.unitValue(listing, asset);
  }

  /// What positions of a contract are worth at the marks.
  PositionValue value(Contract contract) {
    return PositionValue.of(listing, contract, marks);
  }

  /// The same at another price of the contract itself.
  PositionValue valueAt(Contract contract, long price) {
    return PositionValue.at(listing, contract, price, marks);
  }

  /// Index of an asset, or nothing with a problem.
  OptionalInt asset(Cell name, Problems problems) {
    return find("asset", name, assets, problems);
  }

  /// Index of a market, or nothing with a problem.
  OptionalInt market(Cell name, Problems problems) {
    return find("market", name, markets, problems);
  }

  private static OptionalInt find(
      String what, Cell name, Map<String, Integer> known, Problems problems) {
    Integer index = known.get(name.text());
    if (index == null) {
      List<String> words = known.keySet().stream().sorted().toList();
      problems.add(
          name.place(),
          "no %s '%s'%s".formatted(what, name.text(), NearestWord.hint(name.text(), words)));
      return OptionalInt.empty();
    }
    return OptionalInt.of(index);
  }
}
