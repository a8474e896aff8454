package trimtab.app.replay;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import trimtab.lab.replay.Figures;
import trimtab.lab.replay.RunResult;
import trimtab.market.impact.ImpactCalibration;

/// The result of a replay as JSON: a public contract, described in `docs/replay.md`. Keys are
/// added, never changed. Every figure is a JSON number, exact and without an exponent.
final class ReplayJson {
  private ReplayJson() {}

  static void write(JsonGenerator json, ReplayReport report) {
    json.writeStartObject();
    json.writeStringProperty("window", report.window().name());
    json.writeNumberProperty("seed", report.seed());
    json.writeNumberProperty("accounts", report.book().openings().size());
    json.writeStringProperty("dataHash", report.window().dataHash());
    json.writeArrayPropertyStart("symbols");
    report.window().symbols().forEach(json::writeString);
    json.writeEndArray();
    json.writeNumberProperty("minutes", report.window().size());
    json.writeStringProperty("book", report.bookSource());
    json.writeStringProperty("currency", report.currency());
    number(json, "delaySeconds", report.delaySeconds());
    number(json, "gas", report.gas());
    calibrations(json, report);
    json.writeArrayPropertyStart("rulebooks");
    for (RunResult result : report.results()) {
      result.figures().forEach(figures -> figures(json, figures));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// What the impact rests on, by market.
  private static void calibrations(JsonGenerator json, ReplayReport report) {
    json.writeArrayPropertyStart("impactCalibration");
    List<ImpactCalibration> calibrations = report.calibrations();
    for (int feed = 0; feed < calibrations.size(); feed++) {
      ImpactCalibration calibration = calibrations.get(feed);
      json.writeStartObject();
      json.writeStringProperty("symbol", report.listing().feeds().get(feed).name());
      number(json, "sigmaDaily", BigDecimal.valueOf(calibration.sigmaDaily()));
      number(json, "dailyVolume", BigDecimal.valueOf(calibration.dailyVolumeUsd()));
      number(json, "c", BigDecimal.valueOf(calibration.c()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void figures(JsonGenerator json, Figures figures) {
    json.writeStartObject();
    json.writeStringProperty("name", figures.name());
    number(json, "impact", figures.impact());
    json.writeStringProperty("kind", figures.kind().key());
    json.writeNumberProperty("accounts", figures.accounts());
    json.writeNumberProperty("liquidations", figures.liquidations());
    json.writeNumberProperty("accountsTouched", figures.accountsTouched());
    json.writeNumberProperty("accountsTouchedAgain", figures.accountsTouchedAgain());
    number(json, "notionalClosed", figures.notionalClosed());
    number(json, "overLiquidationRatio", figures.overLiquidationRatio());
    number(json, "penaltyPaid", figures.penaltyPaid());
    number(json, "slippagePaid", figures.slippagePaid());
    number(json, "exchangeFees", figures.exchangeFees());
    number(json, "fixedCosts", figures.fixedCosts());
    number(json, "badDebt", figures.badDebt());
    number(json, "friction", figures.friction());
    json.writeNumberProperty("minutesInBreach", figures.minutesInBreach());
    number(json, "exposureDifference", figures.exposureDifference());
    number(json, "fundDraw", figures.fundDraw());
    number(json, "worstImpactBps", figures.worstImpactBps());
    json.writeObjectPropertyStart("claims");
    figures.claims().forEach(json::writeNumberProperty);
    json.writeEndObject();
    json.writeNumberProperty("certificatesChecked", figures.certificatesChecked());
    json.writeNumberProperty("certificatesFailed", figures.certificatesFailed());
    number(json, "frictionPerAccountBps", figures.frictionPerAccountBps());
    json.writeEndObject();
  }

  static void number(JsonGenerator json, String key, BigDecimal value) {
    json.writeName(key);
    json.writeNumber(value.toPlainString());
  }

  static void number(JsonGenerator json, String key, Optional<BigDecimal> value) {
    if (value.isPresent()) {
      number(json, key, value.get());
    } else {
      json.writeNullProperty(key);
    }
  }
}
