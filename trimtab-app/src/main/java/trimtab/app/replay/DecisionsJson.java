package trimtab.app.replay;

import static trimtab.app.replay.ReplayJson.number;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import trimtab.app.certificate.CertificateJson;
import trimtab.app.output.Numbers;
import trimtab.app.output.Scales;
import trimtab.app.picture.LegPictureJson;
import trimtab.app.picture.PlannedLegCurve;
import trimtab.app.plan.Standing;
import trimtab.core.account.Leg;
import trimtab.core.health.Levels;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.engine.event.Event.LiquidationPlanned;
import trimtab.lab.replay.Decided;

/// The decisions about an account, for `explain`. Healths are texts, cut towards failure, with the
/// digits that show the verdict.
final class DecisionsJson {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final JsonGenerator json;
  private final Scales scales;

  DecisionsJson(JsonGenerator json, Listing listing) {
    this.json = json;
    this.scales = new Scales(listing, new Numbers(false));
  }

  void write(List<Decided> decisions) {
    json.writeArrayPropertyStart("decisions");
    decisions.forEach(this::write);
    json.writeEndArray();
  }

  private void write(Decided decided) {
    json.writeStartObject();
    json.writeStringProperty(
        "asOf",
        Instant.ofEpochSecond(
                Math.floorDiv(decided.asOfNanos(), NANOS_PER_SECOND),
                Math.floorMod(decided.asOfNanos(), NANOS_PER_SECOND))
            .toString());
    Levels levels = decided.levels();
    number(json, "threshold", decimal(levels.thresholdPpm(), Ppm.DECIMALS));
    number(json, "target", decimal(levels.targetPpm(), Ppm.DECIMALS));
    json.writeStringProperty("healthBefore", decided.before().ratioText(levels.thresholdPpm()));
    json.writeStringProperty("healthAfter", decided.after().ratioText(levels.targetPpm()));
    Standing standing = Standing.of(levels, decided.before());
    json.writeStringProperty("level", standing.word());
    number(json, "severity", decimal(standing.severityPpm(), Ppm.DECIMALS));
    json.writeStringProperty("levelAfter", standing.after(levels, decided.after()).word());
    json.writeArrayPropertyStart("closings");
    decided.parts().forEach(this::part);
    json.writeEndArray();
    number(json, "notional", value(decided.notional()));
    if (decided.leastNotional().isPresent()) {
      number(json, "leastNotional", value(decided.leastNotional().getAsLong()));
    } else {
      json.writeNullProperty("leastNotional");
    }
    json.writeStringProperty("claim", decided.claim());
    json.writeBooleanProperty("certificateHolds", decided.certificateHolds());
    json.writeArrayPropertyStart("rejected");
    for (Plan.Rejected rejected : decided.left()) {
      json.writeStartObject();
      leg(rejected.leg());
      json.writeStringProperty("reason", rejected.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    decided.planned().ifPresent(this::proof);
    json.writeEndObject();
  }

  /// What draws and proves the decision: made here, when it is written, not while it is played.
  private void proof(LiquidationPlanned planned) {
    json.writeName("curve");
    LegPictureJson.write(
        json,
        PlannedLegCurve.of(
            scales.listing(),
            planned.before(),
            planned.marks(),
            planned.rulebook(),
            planned.plan()),
        planned.plan().closings().getLast().side(),
        scales);
    json.writeName("certificate");
    CertificateJson.write(
        json,
        Certificates.of(
            scales.listing(),
            planned.before(),
            planned.marks(),
            planned.rulebook(),
            planned.plan()));
  }

  private void part(Decided.Part part) {
    json.writeStartObject();
    leg(part.leg());
    json.writeStringProperty("side", part.side().name().toLowerCase(Locale.ROOT));
    int decimals = scales.quantityDecimals(part.leg());
    number(json, "size", decimal(part.size(), decimals));
    number(json, "quantity", decimal(part.quantity(), decimals));
    number(json, "notional", value(part.notional()));
    number(json, "penalty", value(part.penalty()));
    number(json, "cost", value(part.cost()));
    limit(part);
    json.writeEndObject();
  }

  private void limit(Decided.Part part) {
    OptionalLong limit = part.limitPrice();
    if (limit.isPresent() && part.leg() instanceof Leg.PositionLeg(int market)) {
      number(json, "limitPrice", decimal(limit.getAsLong(), scales.feed(market).priceDecimals()));
    } else {
      json.writeNullProperty("limitPrice");
    }
  }

  private void leg(Leg leg) {
    switch (leg) {
      case Leg.PositionLeg(int market) ->
          json.writeStringProperty("market", scales.contract(market).symbol());
      case Leg.PairLeg(int debt, int collateral) -> {
        json.writeStringProperty("collateral", scales.asset(collateral).symbol());
        json.writeStringProperty("debt", scales.asset(debt).symbol());
      }
    }
  }

  private BigDecimal value(long units) {
    return decimal(units, scales.listing().valueDecimals());
  }

  private static BigDecimal decimal(long units, int decimals) {
    BigDecimal value = BigDecimal.valueOf(units, decimals);
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
