package trimtab.app.stress;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import trimtab.app.output.Numbers;
import trimtab.core.instrument.Feed;
import trimtab.lab.stress.MarketLiquidity;

/// The markets before any shock, and the fund, in words.
record StressMarkets(StressReport report, Numbers numbers) {
  /// One line per market.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int feed = 0; feed < report.setup().symbols().size(); feed++) {
      MarketLiquidity liquidity = report.setup().liquidity().get(feed);
      Feed terms = report.setup().listing().feeds().get(feed);
      lines.add(
          "%s %s (a day's volatility %s, depth %s)"
              .formatted(
                  terms.name(),
                  numbers.exact(report.setup().marks().price(feed), terms.priceDecimals(), 2),
                  numbers.percent(
                      BigDecimal.valueOf(liquidity.calibration().sigmaDaily()), BigDecimal.ONE),
                  numbers.figure(BigDecimal.valueOf(liquidity.depthValue()))));
    }
    return lines;
  }

  String fund() {
    return report.setup().fund().isEmpty()
        ? "pays every deficit"
        : "holds %s %s"
            .formatted(
                numbers.money(
                    report.setup().fund().getAsLong(), report.setup().listing().valueDecimals()),
                report.currency());
  }
}
