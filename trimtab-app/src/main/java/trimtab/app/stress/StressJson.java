package trimtab.app.stress;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import trimtab.core.instrument.Feed;
import trimtab.lab.stress.MarketLiquidity;
import trimtab.lab.stress.ShockGrid;
import trimtab.lab.stress.StressFigures;
import trimtab.lab.stress.StressPoint;
import trimtab.lab.stress.StressResult;

/// The result of a stress as JSON: a public contract, described in `docs/stress.md`. Keys are
/// added, never changed. Every figure is a JSON number, exact and without an exponent.
final class StressJson {
  private StressJson() {}

  static void write(JsonGenerator json, StressReport report) {
    json.writeStartObject();
    json.writeStringProperty("book", report.book());
    json.writeStringProperty("bookHash", report.bookHash());
    json.writeNumberProperty("accounts", report.setup().accounts().size());
    json.writeStringProperty("currency", report.currency());
    json.writeStringProperty("shock", report.setup().grid().text());
    json.writeNumberProperty("points", report.results().getFirst().points().size());
    if (report.setup().fund().isPresent()) {
      int decimals = report.setup().listing().valueDecimals();
      number(json, "fund", plain(BigDecimal.valueOf(report.setup().fund().getAsLong(), decimals)));
    } else {
      json.writeNullProperty("fund");
    }
    markets(json, report);
    json.writeArrayPropertyStart("rulebooks");
    for (StressResult result : report.results()) {
      json.writeStartObject();
      json.writeStringProperty("name", result.rulebook());
      json.writeArrayPropertyStart("points");
      result.points().forEach(point -> point(json, report, point));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Mark and liquidity of each market, before any shock.
  private static void markets(JsonGenerator json, StressReport report) {
    json.writeArrayPropertyStart("markets");
    for (int feed = 0; feed < report.setup().symbols().size(); feed++) {
      Feed terms = report.setup().listing().feeds().get(feed);
      MarketLiquidity liquidity = report.setup().liquidity().get(feed);
      json.writeStartObject();
      json.writeStringProperty("symbol", terms.name());
      BigDecimal mark =
          BigDecimal.valueOf(report.setup().marks().price(feed), terms.priceDecimals());
      number(json, "mark", plain(mark));
      number(json, "dailyVolatility", BigDecimal.valueOf(liquidity.calibration().sigmaDaily()));
      number(json, "dailyVolume", BigDecimal.valueOf(liquidity.calibration().dailyVolumeUsd()));
      number(json, "impact", plain(BigDecimal.valueOf(liquidity.impact())));
      number(json, "depth", BigDecimal.valueOf(liquidity.depthValue()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void point(JsonGenerator json, StressReport report, StressPoint point) {
    json.writeStartObject();
    Optional<Long> common = report.commonPricePpm(point);
    if (common.isPresent()) {
      number(json, "price", ShockGrid.percentage(common.get()));
    } else {
      json.writeObjectPropertyStart("price");
      List<String> symbols = report.setup().symbols();
      for (int feed = 0; feed < symbols.size(); feed++) {
        number(json, symbols.get(feed), ShockGrid.percentage(point.pricePpm().get(feed)));
      }
      json.writeEndObject();
    }
    number(json, "vol", ShockGrid.percentage(point.volatilityPpm()));
    number(json, "depth", ShockGrid.percentage(point.depthPpm()));
    figures(json, point.all());
    number(json, "fundDraw", point.fundDraw());
    concentration(json, point);
    json.writeObjectPropertyStart("kinds");
    json.writeObjectPropertyStart("perp");
    figures(json, point.perps());
    json.writeEndObject();
    json.writeObjectPropertyStart("loan");
    figures(json, point.loans());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void figures(JsonGenerator json, StressFigures figures) {
    json.writeNumberProperty("liquidatableAccounts", figures.liquidatableAccounts());
    number(json, "liquidatableNotional", figures.liquidatableNotional());
    number(json, "toClose", figures.toClose());
    number(json, "cost", figures.cost());
    number(json, "penalty", figures.penalty());
    number(json, "badDebt", figures.badDebt());
    number(json, "deficit", figures.deficit());
    json.writeNumberProperty("notRestored", figures.notRestored());
    json.writeNumberProperty("accountsInBadDebt", figures.accountsInBadDebt());
  }

  private static void concentration(JsonGenerator json, StressPoint point) {
    StressPoint.Concentration concentration = point.concentration();
    json.writeObjectPropertyStart("concentration");
    number(json, "topAccount", concentration.topAccount());
    number(json, "topTen", concentration.topTen());
    if (concentration.market().isPresent()) {
      json.writeStringProperty("market", concentration.market().get());
    } else {
      json.writeNullProperty("market");
    }
    number(json, "marketShare", concentration.marketShare());
    number(json, "depthUse", concentration.depthUse());
    json.writeEndObject();
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static void number(JsonGenerator json, String key, BigDecimal value) {
    json.writeName(key);
    json.writeNumber(value.toPlainString());
  }
}
