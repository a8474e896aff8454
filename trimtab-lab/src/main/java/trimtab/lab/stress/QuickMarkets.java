package trimtab.lab.stress;

import java.util.List;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;

/// A listing at one move of prices, as plain numbers.
///
/// @param contracts by market
/// @param assets by asset; the first stands for the settlement currency and is not used
record QuickMarkets(List<QuickMarket> contracts, List<QuickMarket> assets) {
  QuickMarkets {
    contracts = List.copyOf(contracts);
    assets = List.copyOf(assets);
  }

  /// Whether the quick step understands this listing: plain contracts, continuous tiers, one weight
  /// per asset, and what is owed of the settlement currency counts once.
  static boolean understands(Listing listing) {
    return listing.isPlain()
        && listing.settlement().debtWeightPpm() == Ppm.ONE
        && listing.assets().stream().allMatch(asset -> asset.maintenance().holding().isFlat())
        && listing.contracts().stream()
            .allMatch(contract -> contract.maintenance().kind() == MarginTiers.Kind.CONTINUOUS);
  }

  static QuickMarkets of(Listing listing, Marks marks) {
    List<QuickMarket> contracts =
        listing.contracts().stream()
            .map((Contract each) -> new QuickMarket(each, marks.unitValue(listing, each)))
            .toList();
    List<QuickMarket> assets =
        listing.assets().stream()
            .map((Asset each) -> new QuickMarket(each, marks.unitValue(listing, each)))
            .toList();
    return new QuickMarkets(contracts, assets);
  }
}
