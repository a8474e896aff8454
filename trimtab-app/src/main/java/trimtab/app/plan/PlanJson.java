package trimtab.app.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import trimtab.app.certificate.CertificateJson;
import trimtab.app.output.Numbers;
import trimtab.app.output.Scales;
import trimtab.app.picture.LegPictureJson;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.health.Exposure;
import trimtab.core.health.Health;
import trimtab.core.health.Levels;
import trimtab.core.health.PriceRange;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Feed;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.plan.Choice;
import trimtab.core.plan.LegCurve;
import trimtab.core.plan.LimitTable;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.Figure;
import trimtab.core.settlement.Closing;
import trimtab.lab.input.PlanFile;

/// A decision for programs: amounts in whole units of their currency or market, exact; the
/// certificate as `verify` reads it.
public final class PlanJson {
  /// A health factor is a fraction: it is cut, towards failure, after so many decimals. What
  /// decides is the exact backing and obligation beside it.
  private static final int HEALTH_DECIMALS = 12;

  private static final int MOVES_DECIMALS = 6;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final JsonGenerator json;
  private final PlanFile input;
  private final Scales scales;

  private PlanJson(JsonGenerator json, PlanFile input) {
    this.json = json;
    this.input = input;
    this.scales = new Scales(input.listing(), new Numbers(false));
  }

  /// Writes a decision as one value.
  public static void write(JsonGenerator json, Decision decision) {
    new PlanJson(json, decision.input()).write(decision);
  }

  private void write(Decision decision) {
    json.writeStartObject();
    json.writeStringProperty("account", input.account().id());
    input
        .account()
        .isolatedMarket()
        .ifPresent(
            market -> json.writeStringProperty("isolated", scales.contract(market).symbol()));
    json.writeStringProperty("rulebook", input.rulebook().name());
    long nanos = input.marks().asOfNanos();
    json.writeStringProperty(
        "asOf",
        Instant.ofEpochSecond(
                Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
            .toString());
    json.writeStringProperty("currency", input.listing().settlement().symbol());
    json.writeNumberProperty("threshold", level(input.rulebook().thresholdPpm()));
    json.writeNumberProperty("target", level(input.rulebook().targetPpm()));
    bounds(input.rulebook().levels());
    Standing standing = Standing.of(input.rulebook().levels(), decision.before());
    initial(InitialMargin.of(input));
    switch (decision) {
      case Decision.Healthy(_, Health before, List<FeedLevels> levels, _) -> {
        json.writeStringProperty("verdict", "healthy");
        health("before", before, standing);
        levels("breachPrices", levels);
      }
      case Decision.Nothing(_, Health before, String reason, _) -> {
        json.writeStringProperty("verdict", "nothing");
        json.writeStringProperty("reason", reason);
        health("before", before, standing);
      }
      case Decision.Misfit(_, Health before, String reason, _) -> {
        json.writeStringProperty("verdict", "misfit");
        json.writeStringProperty("reason", reason);
        health("before", before, standing);
      }
      case Decision.Close close -> close(close, standing);
    }
    if (!decision.figures().isEmpty()) {
      figures(decision.figures());
    }
    json.writeEndObject();
  }

  private void figures(List<Figure> figures) {
    json.writeArrayPropertyStart("venue");
    for (Figure figure : figures) {
      json.writeStartObject();
      json.writeStringProperty("name", figure.name());
      json.writeStringProperty("value", figure.value());
      json.writeStringProperty("unit", figure.unit());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Where levels begin and end beside threshold and target.
  private void bounds(Levels levels) {
    json.writeObjectPropertyStart("levels");
    json.writeNumberProperty("warning", level(levels.warningPpm()));
    json.writeNumberProperty("warningEnd", level(levels.warningEndPpm()));
    json.writeNumberProperty("full", level(levels.fullPpm()));
    json.writeNumberProperty("fullEnd", level(levels.fullEndPpm()));
    json.writeEndObject();
  }

  /// What withdrawals and new risk must leave, and may take.
  private void initial(InitialMargin margin) {
    json.writeObjectPropertyStart("initial");
    ratio(margin.health());
    json.writeNumberProperty("backing", weighted(margin.health().backing()));
    json.writeNumberProperty("obligation", weighted(margin.health().obligation()));
    json.writeNumberProperty("requirement", weighted(margin.health().requirement()));
    json.writeObjectPropertyStart("withdrawable");
    for (InitialMargin.Free free : margin.free()) {
      Asset asset = scales.asset(free.asset());
      json.writeNumberProperty(asset.symbol(), decimal(free.units(), asset.decimals()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void levels(String key, List<FeedLevels> levels) {
    json.writeArrayPropertyStart(key);
    for (FeedLevels level : levels) {
      level.breaches().forEach(range -> range("breach", range));
      level.bankruptcies().forEach(range -> range("bankrupt", range));
    }
    json.writeEndArray();
  }

  private void range(String state, PriceRange range) {
    Feed feed = input.listing().feeds().get(range.feed());
    json.writeStartObject();
    json.writeStringProperty("price", feed.name());
    json.writeStringProperty("state", state);
    json.writeStringProperty("direction", range.direction().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("at", decimal(range.nearest(), feed.priceDecimals()));
    price("until", range.farthest(), feed);
    BigDecimal mark = BigDecimal.valueOf(input.marks().price(range.feed()));
    json.writeNumberProperty(
        "distance",
        BigDecimal.valueOf(range.nearest())
            .subtract(mark)
            .divide(mark, HEALTH_DECIMALS, RoundingMode.HALF_EVEN));
    long volatility = input.dailyVolatilityPpm().get(range.feed());
    if (volatility == 0) {
      json.writeNullProperty("dailyMoves");
    } else {
      json.writeNumberProperty(
          "dailyMoves",
          BigDecimal.valueOf(range.dailyMoves(input.marks().price(range.feed()), volatility))
              .setScale(MOVES_DECIMALS, RoundingMode.HALF_EVEN));
    }
    json.writeEndObject();
  }

  private void close(Decision.Close decision, Standing standing) {
    Plan.Close plan = decision.plan();
    json.writeStringProperty("verdict", "close");
    json.writeStringProperty("trigger", decision.trigger());
    health("before", plan.before(), standing);
    health("after", plan.after(), standing.after(input.rulebook().levels(), plan.after()));
    json.writeArrayPropertyStart("closings");
    plan.closings().forEach(this::closing);
    json.writeEndArray();
    json.writeNumberProperty("notional", value(plan.notional()));
    optionalValue("leastNotional", plan.leastNotional());
    PlanTotals totals = PlanTotals.of(plan);
    json.writeNumberProperty("cost", value(totals.cost()));
    fullClosure(decision.fullClosure(), totals);
    levels("breachPricesAfter", decision.levels());
    json.writeObjectPropertyStart("exposure");
    exposure("before", decision.exposureBefore());
    exposure("after", decision.exposureAfter());
    json.writeEndObject();
    json.writeName("claim");
    CertificateJson.writeClaim(json, plan.claim());
    plan.choice().ifPresent(this::choice);
    json.writeStringProperty("step", plan.grounds().step());
    if (plan.claim() instanceof Claim.RestoresMinimal) {
      decision.curve().smaller().ifPresent(less -> lotLess(less, decision.curve().leg()));
    }
    json.writeArrayPropertyStart("rejected");
    for (Plan.Rejected rejected : plan.rejected()) {
      json.writeStartObject();
      leg(rejected.leg());
      json.writeStringProperty("reason", rejected.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeName("curve");
    LegPictureJson.write(json, decision.curve(), plan.closings().getLast().side(), scales);
    json.writeBooleanProperty("certificateHolds", decision.check().holds());
    findings(decision.check());
    json.writeName("certificate");
    CertificateJson.write(json, decision.certificate());
  }

  private void fullClosure(Optional<FullClosure> closure, PlanTotals totals) {
    if (closure.isEmpty()) {
      json.writeNullProperty("fullClosure");
      return;
    }
    FullClosure full = closure.get();
    json.writeObjectPropertyStart("fullClosure");
    json.writeNumberProperty("notional", value(full.totals().notional()));
    json.writeNumberProperty("cost", value(full.totals().cost()));
    json.writeNumberProperty("penalty", value(full.totals().penalty()));
    json.writeNumberProperty("slippage", value(full.totals().slippage()));
    json.writeNumberProperty("fee", value(full.totals().fee()));
    json.writeNumberProperty("equity", value(full.equity()));
    json.writeBooleanProperty("cutByDepth", full.cutByDepth());
    json.writeNumberProperty("keptOpen", value(full.totals().notional() - totals.notional()));
    json.writeNumberProperty("saved", value(full.totals().cost() - totals.cost()));
    json.writeEndObject();
  }

  private void exposure(String key, Exposure exposure) {
    json.writeObjectPropertyStart(key);
    json.writeNumberProperty("gross", value(exposure.gross()));
    json.writeNumberProperty("equity", value(exposure.equity()));
    if (exposure.equity() > 0) {
      json.writeNumberProperty(
          "leverage",
          BigDecimal.valueOf(exposure.gross())
              .divide(
                  BigDecimal.valueOf(exposure.equity()), HEALTH_DECIMALS, RoundingMode.HALF_EVEN));
    } else {
      json.writeNullProperty("leverage");
    }
    json.writeObjectPropertyStart("delta");
    for (Exposure.Delta delta : exposure.deltas()) {
      json.writeNumberProperty(
          input.listing().feeds().get(delta.feed()).name(), value(delta.value()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /// How good the choice among several legs is proven to be.
  private void choice(Choice choice) {
    json.writeObjectPropertyStart("choice");
    json.writeStringProperty("order", word(choice.order()));
    json.writeStringProperty("objective", word(choice.objective()));
    json.writeNumberProperty("value", value(choice.value()));
    json.writeNumberProperty("lowerBound", value(choice.lowerBound()));
    json.writeNumberProperty("gap", value(choice.gap()));
    json.writeBooleanProperty("exhausted", choice.exhausted());
    json.writeEndObject();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void findings(CheckResult check) {
    json.writeArrayPropertyStart("findings");
    if (check instanceof CheckResult.Fails(List<String> findings)) {
      findings.forEach(json::writeString);
    }
    json.writeEndArray();
  }

  private void lotLess(LegCurve.Point less, Leg leg) {
    json.writeObjectPropertyStart("oneLotLess");
    json.writeNumberProperty("quantity", quantity(leg, less.quantity()));
    ratio(less.health());
    json.writeEndObject();
  }

  private void closing(PlannedClosing planned) {
    Closing closing = planned.closing();
    long fee = planned.terms().fee(closing.quantity());
    json.writeStartObject();
    leg(closing.leg());
    json.writeStringProperty("side", planned.side().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("size", quantity(closing.leg(), planned.terms().size()));
    json.writeNumberProperty("quantity", quantity(closing.leg(), closing.quantity()));
    json.writeNumberProperty("notional", value(closing.notional()));
    json.writeNumberProperty("penalty", value(closing.penalty()));
    json.writeNumberProperty("slippage", value(closing.cost() - fee));
    json.writeNumberProperty("fee", value(fee));
    json.writeNumberProperty("repaid", value(closing.repaid()));
    if (closing.leg() instanceof PositionLeg(int market)) {
      price("limitPrice", planned.limitPrice(), scales.feed(market));
      price("restoringPrice", planned.restoringPrice(), scales.feed(market));
      limits(planned, scales.feed(market));
    }
    json.writeEndObject();
  }

  /// Where one price does not say it all: the limit by the quantity filled so far.
  private void limits(PlannedClosing planned, Feed feed) {
    if (planned.limits().rows().size() > 1) {
      json.writeArrayPropertyStart("limits");
      for (LimitTable.Row row : planned.limits().rows()) {
        json.writeStartObject();
        json.writeNumberProperty("upTo", quantity(planned.closing().leg(), row.upTo()));
        json.writeNumberProperty("price", decimal(row.price(), feed.priceDecimals()));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (planned.limits().allOrNone()) {
      json.writeBooleanProperty("allOrNone", true);
    }
  }

  private void leg(Leg leg) {
    switch (leg) {
      case PositionLeg(int market) ->
          json.writeStringProperty("market", scales.contract(market).symbol());
      case PairLeg(int debt, int collateral) -> {
        json.writeStringProperty("collateral", scales.asset(collateral).symbol());
        json.writeStringProperty("debt", scales.asset(debt).symbol());
      }
    }
  }

  private void price(String key, OptionalLong price, Feed feed) {
    if (price.isPresent()) {
      json.writeNumberProperty(key, decimal(price.getAsLong(), feed.priceDecimals()));
    } else {
      json.writeNullProperty(key);
    }
  }

  private void optionalValue(String key, OptionalLong value) {
    if (value.isPresent()) {
      json.writeNumberProperty(key, value(value.getAsLong()));
    } else {
      json.writeNullProperty(key);
    }
  }

  private void health(String key, Health health, Standing standing) {
    json.writeObjectPropertyStart(key);
    ratio(health);
    json.writeStringProperty("level", standing.word());
    json.writeStringProperty("levelReason", standing.reason());
    json.writeNumberProperty("severity", level(standing.severityPpm()));
    json.writeStringProperty("base", health.base().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("backing", weighted(health.backing()));
    json.writeNumberProperty("obligation", weighted(health.obligation()));
    json.writeNumberProperty("requirement", weighted(health.requirement()));
    json.writeNumberProperty("equity", value(health.equity()));
    json.writeEndObject();
  }

  /// Null without an obligation.
  private void ratio(Health health) {
    if (health.baseAmount().signum() == 0) {
      json.writeNullProperty("health");
      return;
    }
    BigDecimal numerator = new BigDecimal(health.numerator().toBigInteger());
    BigDecimal base = new BigDecimal(health.baseAmount().toBigInteger());
    json.writeNumberProperty("health", numerator.divide(base, HEALTH_DECIMALS, RoundingMode.FLOOR));
  }

  private BigDecimal quantity(Leg leg, long units) {
    return decimal(units, scales.quantityDecimals(leg));
  }

  private BigDecimal value(long units) {
    return decimal(units, input.listing().valueDecimals());
  }

  private BigDecimal weighted(Wide value) {
    return plain(
        new BigDecimal(value.toBigInteger(), input.listing().exactDecimals() + Ppm.DECIMALS));
  }

  private static BigDecimal level(long ppm) {
    return decimal(ppm, Ppm.DECIMALS);
  }

  private static BigDecimal decimal(long units, int decimals) {
    return plain(BigDecimal.valueOf(units, decimals));
  }

  /// Without trailing zeros and without an exponent.
  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
