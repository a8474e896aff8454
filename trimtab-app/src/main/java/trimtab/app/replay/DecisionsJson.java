package trimtab.app.replay;

import static trimtab.app.replay.ReplayJson.number;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import trimtab.app.output.Numbers;
import trimtab.app.output.Scales;
import trimtab.core.account.Leg;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.plan.Plan;
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
    number(json, "threshold", decimal(decided.thresholdPpm(), Ppm.DECIMALS));
    number(json, "target", decimal(decided.targetPpm(), Ppm.DECIMALS));
    json.writeStringProperty("healthBefore", decided.before().ratioText(decided.thresholdPpm()));
    json.writeStringProperty("healthAfter", decided.after().ratioText(decided.targetPpm()));
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
    json.writeEndObject();
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
