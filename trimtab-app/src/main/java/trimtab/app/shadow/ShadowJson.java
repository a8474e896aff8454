package trimtab.app.shadow;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import trimtab.core.health.Health;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.shadow.Difference;
import trimtab.lab.shadow.Difference.Kind;
import trimtab.lab.shadow.ShadowResult;

/// What a venue and a rulebook decided differently, for programs: amounts in whole units, exact.
public final class ShadowJson {
  private static final int HEALTH_DECIMALS = 12;

  private final JsonGenerator json;
  private final Listing listing;

  private ShadowJson(JsonGenerator json, Listing listing) {
    this.json = json;
    this.listing = listing;
  }

  /// Writes a comparison as one value.
  public static void write(
      JsonGenerator json, ShadowResult result, Listing listing, Rulebook rulebook) {
    new ShadowJson(json, listing).write(result, rulebook);
  }

  private void write(ShadowResult result, Rulebook rulebook) {
    json.writeStartObject();
    json.writeStringProperty("rulebook", rulebook.name());
    json.writeStringProperty("currency", listing.settlement().symbol());
    json.writeNumberProperty("accounts", result.accounts());
    json.writeNumberProperty("batches", result.batches());
    json.writeNumberProperty("decisions", result.decisions());
    json.writeNumberProperty("agreed", result.agreed());
    json.writeObjectPropertyStart("counts");
    for (Kind kind : Kind.values()) {
      json.writeNumberProperty(kind.name(), result.counts().getOrDefault(kind, 0L));
    }
    json.writeEndObject();
    json.writeNumberProperty("theirsNotional", value(result.theirsNotional()));
    json.writeNumberProperty("oursNotional", value(result.oursNotional()));
    json.writeArrayPropertyStart("differences");
    result.differences().forEach(this::difference);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void difference(Difference difference) {
    json.writeStartObject();
    json.writeStringProperty("kind", difference.kind().name());
    json.writeStringProperty("time", ShadowText.instant(difference.nanos()).toString());
    json.writeStringProperty("account", difference.account());
    health("healthBefore", difference.before());
    health("healthAfterOurs", difference.afterOurs());
    json.writeStringProperty("reason", difference.reason());
    json.writeArrayPropertyStart("legs");
    difference.legs().forEach(this::leg);
    json.writeEndArray();
    if (difference.least().isPresent()) {
      json.writeNumberProperty("leastNotional", value(difference.least().getAsLong()));
    } else {
      json.writeNullProperty("leastNotional");
    }
    if (difference.line() > 0) {
      json.writeNumberProperty("line", difference.line());
    } else {
      json.writeNullProperty("line");
    }
    json.writeEndObject();
  }

  private void leg(Difference.Leg leg) {
    int decimals =
        listing
            .contract(leg.instrument())
            .map(contract -> contract.quantityDecimals())
            .orElseGet(() -> listing.asset(leg.instrument()).orElseThrow().decimals());
    json.writeStartObject();
    json.writeStringProperty("instrument", leg.instrument());
    json.writeNumberProperty("ours", decimal(leg.ours(), decimals));
    json.writeNumberProperty("theirs", decimal(leg.theirs(), decimals));
    json.writeNumberProperty("oursNotional", value(leg.oursNotional()));
    json.writeNumberProperty("theirsNotional", value(leg.theirsNotional()));
    price("limitPrice", leg, leg.limitPrice());
    price("theirPrice", leg, leg.theirPrice());
    json.writeEndObject();
  }

  private void price(String key, Difference.Leg leg, OptionalLong price) {
    int feed =
        listing
            .contract(leg.instrument())
            .map(contract -> contract.feed())
            .orElseGet(() -> listing.asset(leg.instrument()).orElseThrow().feed());
    if (price.isPresent() && feed >= 0) {
      json.writeNumberProperty(
          key, decimal(price.getAsLong(), listing.feeds().get(feed).priceDecimals()));
    } else {
      json.writeNullProperty(key);
    }
  }

  private void health(String key, Health health) {
    if (health.baseAmount().signum() == 0) {
      json.writeNullProperty(key);
      return;
    }
    BigDecimal numerator = new BigDecimal(health.numerator().toBigInteger());
    BigDecimal base = new BigDecimal(health.baseAmount().toBigInteger());
    json.writeNumberProperty(key, numerator.divide(base, HEALTH_DECIMALS, RoundingMode.FLOOR));
  }

  private BigDecimal value(long units) {
    return decimal(units, listing.valueDecimals());
  }

  private static BigDecimal decimal(long units, int decimals) {
    BigDecimal value = BigDecimal.valueOf(units, decimals);
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
