package trimtab.app.certificate;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.ExposureLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Certificate.WeightLine;
import trimtab.core.certificate.Claim;

/// Writes a certificate as JSON: the names of [Certificate]'s components as keys, integers as
/// numbers, and as text where they may exceed 64 bits. A claim has its `kind` first.
public final class CertificateJson {
  private CertificateJson() {}

  /// Writes a certificate as one value.
  public static void write(JsonGenerator json, Certificate certificate) {
    json.writeStartObject();
    json.writeNumberProperty("version", certificate.version());
    json.writeStringProperty("account", certificate.account());
    json.writeStringProperty("rulebook", certificate.rulebook());
    json.writeNumberProperty("asOfNanos", certificate.asOfNanos());
    json.writeNumberProperty("valueDecimals", certificate.valueDecimals());
    json.writeNumberProperty("exactScale", certificate.exactScale());
    json.writeBooleanProperty("netted", certificate.netted());
    json.writeName("terms");
    terms(json, certificate.terms());
    list(json, "balances", certificate.balances(), CertificateJson::balance);
    list(json, "positions", certificate.positions(), CertificateJson::position);
    list(json, "stages", certificate.stages(), CertificateJson::stage);
    json.writeName("claim");
    writeClaim(json, certificate.claim());
    json.writeEndObject();
  }

  /// Writes a claim as one value.
  public static void writeClaim(JsonGenerator json, Claim claim) {
    json.writeStartObject();
    json.writeStringProperty("kind", claim.kind());
    switch (claim) {
      case Claim.RestoresMinimal(String excess, Optional<ChoiceLine> choice) -> {
        json.writeStringProperty("excess", excess);
        choice.ifPresent(line -> choice(json, line));
      }
      case Claim.Capped(String by) -> json.writeStringProperty("by", by);
      case Claim.RestoresShare share -> {
        json.writeNumberProperty("sharePpm", share.sharePpm());
        json.writeNumberProperty("initialSharePpm", share.initialSharePpm());
        json.writeNumberProperty("growthPpm", share.growthPpm());
        json.writeNumberProperty("openedNanos", share.openedNanos());
        json.writeStringProperty("excess", share.excess());
      }
      case Claim.Relieves() -> {}
      case Claim.RulePrescribed prescribed -> {
        json.writeStringProperty("formula", prescribed.formula());
        json.writeNumberProperty("sharePpm", prescribed.sharePpm());
        json.writeName("source");
        RuleJson.write(json, prescribed.source());
      }
      case Claim.VenuePrescribed prescribed -> {
        json.writeStringProperty("formula", prescribed.formula());
        json.writeArrayPropertyStart("quantities");
        prescribed.quantities().forEach(json::writeNumber);
        json.writeEndArray();
      }
      case Claim.ClosesAll(String reason) -> json.writeStringProperty("reason", reason);
      case Claim.Escalated(String reason) -> json.writeStringProperty("reason", reason);
    }
    json.writeEndObject();
  }

  private static void choice(JsonGenerator json, ChoiceLine choice) {
    json.writeObjectPropertyStart("choice");
    json.writeStringProperty("order", choice.order());
    json.writeStringProperty("objective", choice.objective());
    json.writeNumberProperty("value", choice.value());
    json.writeNumberProperty("lowerBound", choice.lowerBound());
    json.writeStringProperty("multiplier", choice.multiplier());
    json.writeBooleanProperty("settlementPositive", choice.settlementPositive());
    json.writeNumberProperty("capSharePpm", choice.capSharePpm());
    json.writeStringProperty("share", choice.share());
    list(json, "legs", choice.legs(), CertificateJson::leg);
    list(json, "exposures", choice.exposures(), CertificateJson::exposure);
    json.writeEndObject();
  }

  private static void leg(JsonGenerator json, LegLine line) {
    json.writeStartObject();
    stageLeg(json, line.leg());
    json.writeNumberProperty("lot", line.lot());
    json.writeNumberProperty("minimumOrderValue", line.minimumOrderValue());
    json.writeNumberProperty("dustValue", line.dustValue());
    json.writeNumberProperty("feePpm", line.feePpm());
    json.writeName("curve");
    curve(json, line.curve());
    json.writeEndObject();
  }

  private static void stageLeg(JsonGenerator json, StageLeg leg) {
    json.writeObjectPropertyStart("leg");
    json.writeStringProperty("instrument", leg.instrument());
    json.writeStringProperty("debt", leg.debt());
    json.writeEndObject();
  }

  private static void exposure(JsonGenerator json, ExposureLine line) {
    json.writeStartObject();
    json.writeStringProperty("feed", line.feed());
    list(json, "markets", line.markets(), JsonGenerator::writeString);
    list(json, "assets", line.assets(), JsonGenerator::writeString);
    json.writeEndObject();
  }

  private static void terms(JsonGenerator json, Terms terms) {
    json.writeStartObject();
    json.writeStringProperty("base", terms.base());
    json.writeNumberProperty("thresholdPpm", terms.thresholdPpm());
    json.writeNumberProperty("targetPpm", terms.targetPpm());
    json.writeNumberProperty("positionPenaltyPpm", terms.positionPenaltyPpm());
    json.writeNumberProperty("pairPenaltyPpm", terms.pairPenaltyPpm());
    json.writeBooleanProperty("penaltyCapped", terms.penaltyCapped());
    json.writeStringProperty("positionPenaltyBase", terms.positionPenaltyBase());
    json.writeStringProperty("pairPenaltyBase", terms.pairPenaltyBase());
    json.writeName("rateSource");
    RuleJson.write(json, terms.rateSource());
    json.writeEndObject();
  }

  private static void balance(JsonGenerator json, BalanceLine line) {
    json.writeStartObject();
    json.writeStringProperty("asset", line.asset());
    json.writeNumberProperty("decimals", line.decimals());
    json.writeNumberProperty("amount", line.amount());
    json.writeNumberProperty("debt", line.debt());
    json.writeNumberProperty("unitValue", line.unitValue());
    list(json, "weights", line.weights(), CertificateJson::weight);
    json.writeNumberProperty("debtWeightPpm", line.debtWeightPpm());
    json.writeEndObject();
  }

  private static void weight(JsonGenerator json, WeightLine line) {
    json.writeStartObject();
    json.writeNumberProperty("fromAmount", line.fromAmount());
    json.writeNumberProperty("weightPpm", line.weightPpm());
    json.writeEndObject();
  }

  private static void position(JsonGenerator json, PositionLine line) {
    json.writeStartObject();
    json.writeStringProperty("market", line.market());
    json.writeNumberProperty("quantityDecimals", line.quantityDecimals());
    json.writeNumberProperty("quantity", line.quantity());
    json.writeNumberProperty("cost", line.cost());
    json.writeNumberProperty("settlement", line.settlement());
    json.writeBooleanProperty("inverse", line.inverse());
    json.writeNumberProperty("perUnit", line.perUnit());
    json.writeNumberProperty("price", line.price());
    json.writeNumberProperty("costUnitValue", line.costUnitValue());
    json.writeNumberProperty("costPerUnit", line.costPerUnit());
    json.writeNumberProperty("pnlWeightPpm", line.pnlWeightPpm());
    json.writeBooleanProperty("stepped", line.stepped());
    list(json, "tiers", line.tiers(), CertificateJson::tier);
    json.writeEndObject();
  }

  private static void tier(JsonGenerator json, TierLine line) {
    json.writeStartObject();
    json.writeNumberProperty("fromValue", line.fromValue());
    json.writeNumberProperty("ratePpm", line.ratePpm());
    json.writeEndObject();
  }

  private static void stage(JsonGenerator json, Stage stage) {
    json.writeStartObject();
    stageLeg(json, stage.leg());
    json.writeNumberProperty("size", stage.size());
    json.writeNumberProperty("lot", stage.lot());
    json.writeNumberProperty("minimumOrderValue", stage.minimumOrderValue());
    json.writeNumberProperty("dustValue", stage.dustValue());
    json.writeNumberProperty("capSharePpm", stage.capSharePpm());
    json.writeNumberProperty("feePpm", stage.feePpm());
    json.writeName("curve");
    curve(json, stage.curve());
    json.writeNumberProperty("quantity", stage.quantity());
    json.writeNumberProperty("cost", stage.cost());
    json.writeNumberProperty("penalty", stage.penalty());
    json.writeNumberProperty("repaid", stage.repaid());
    list(json, "segments", stage.segments(), CertificateJson::segment);
    list(json, "points", stage.points(), CertificateJson::point);
    json.writeEndObject();
  }

  private static void curve(JsonGenerator json, CurveLine curve) {
    json.writeStartObject();
    list(json, "knots", curve.knots(), JsonGenerator::writeNumber);
    list(json, "starts", curve.starts(), JsonGenerator::writeNumber);
    list(json, "ends", curve.ends(), JsonGenerator::writeNumber);
    json.writeEndObject();
  }

  private static void segment(JsonGenerator json, FailingSegment segment) {
    json.writeStartObject();
    json.writeNumberProperty("from", segment.from());
    json.writeNumberProperty("to", segment.to());
    json.writeBooleanProperty("settlementPositive", segment.settlementPositive());
    json.writeStringProperty("boundFrom", segment.boundFrom());
    json.writeStringProperty("boundTo", segment.boundTo());
    json.writeEndObject();
  }

  private static void point(JsonGenerator json, FailingPoint point) {
    json.writeStartObject();
    json.writeNumberProperty("quantity", point.quantity());
    json.writeStringProperty("excess", point.excess());
    json.writeEndObject();
  }

  private static <T> void list(
      JsonGenerator json, String key, List<T> values, BiConsumer<JsonGenerator, T> writer) {
    json.writeArrayPropertyStart(key);
    values.forEach(value -> writer.accept(json, value));
    json.writeEndArray();
  }
}
