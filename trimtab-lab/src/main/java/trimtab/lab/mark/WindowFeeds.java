package trimtab.lab.mark;

import java.util.List;
import trimtab.lab.input.FeedSpec;
import trimtab.market.data.PriceWindow;

/// The price series of a window as a markets file wants to know them.
public final class WindowFeeds {
  private WindowFeeds() {}

  /// In the order of the window's symbols; the first price is the open of the first common bar.
  public static List<FeedSpec> of(PriceWindow window) {
    return window.markets().stream()
        .map(bars -> new FeedSpec(bars.symbol(), bars.priceDecimals(), bars.open(0)))
        .toList();
  }
}
