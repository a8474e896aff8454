package trimtab.engine.account;

import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.engine.journal.StateWriter;

/// A listing's terms in a fixed order.
final class ListingState {
  private ListingState() {}

  static void write(StateWriter out, Listing listing) {
    out.putInt(listing.valueDecimals());
    for (Feed feed : listing.feeds()) {
      out.putText(feed.name());
      out.putInt(feed.priceDecimals());
      out.putLong(feed.tick());
    }
    for (Asset asset : listing.assets()) {
      out.putText(asset.symbol());
      out.putInt(asset.feed());
      out.putInt(asset.decimals());
      out.putLong(asset.assetWeightPpm());
      out.putLong(asset.debtWeightPpm());
      out.putLong(asset.lot());
      out.putLong(asset.minimumOrderValue());
      out.putLong(asset.dustValue());
      out.putLong(asset.takerFeePpm());
    }
    for (Contract contract : listing.contracts()) {
      out.putText(contract.symbol());
      out.putInt(contract.feed());
      out.putInt(contract.quantityDecimals());
      out.putLong(contract.lot());
      out.putLong(contract.minimumOrderValue());
      out.putLong(contract.dustValue());
      write(out, contract.initial());
      write(out, contract.maintenance());
      out.putLong(contract.takerFeePpm());
    }
  }

  private static void write(StateWriter out, MarginTiers tiers) {
    out.putText(tiers.kind().name());
    out.putInt(tiers.tiers().size());
    for (MarginTiers.Tier tier : tiers.tiers()) {
      out.putLong(tier.fromValue());
      out.putLong(tier.ratePpm());
    }
  }
}
