package trimtab.app.picture;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import trimtab.app.output.Scales;
import trimtab.core.account.Side;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.plan.LegCurve;

/// The curve of a leg for programs: quantities in whole units, excesses over the target in the
/// currency, both exact; `explain` draws from it.
public final class LegPictureJson {
  private final JsonGenerator json;
  private final LegCurve curve;
  private final Scales scales;

  private LegPictureJson(JsonGenerator json, LegCurve curve, Scales scales) {
    this.json = json;
    this.curve = curve;
    this.scales = scales;
  }

  /// Writes a curve as one value.
  ///
  /// @param side of the order
  public static void write(JsonGenerator json, LegCurve curve, Side side, Scales scales) {
    new LegPictureJson(json, curve, scales).write(LegPicture.name(curve.leg(), side, scales));
  }

  private void write(String leg) {
    json.writeStartObject();
    json.writeStringProperty("leg", leg);
    json.writeNumberProperty("size", quantity(curve.terms().size()));
    json.writeNumberProperty("lot", quantity(curve.terms().lot()));
    json.writeArrayPropertyStart("pieces");
    for (LegCurve.Piece piece : curve.pieces()) {
      json.writeStartObject();
      json.writeNumberProperty("from", quantity(piece.from()));
      json.writeNumberProperty("to", quantity(piece.to()));
      json.writeNumberProperty("excessFrom", excess(piece.excessFrom()));
      json.writeNumberProperty("excessTo", excess(piece.excessTo()));
      json.writeEndObject();
    }
    json.writeEndArray();
    point("now", Optional.of(curve.now()));
    point("chosen", Optional.of(curve.chosen()));
    point("smaller", curve.smaller());
    point("whole", curve.whole());
    json.writeEndObject();
  }

  private void point(String key, Optional<LegCurve.Point> point) {
    if (point.isEmpty()) {
      json.writeNullProperty(key);
      return;
    }
    json.writeObjectPropertyStart(key);
    json.writeNumberProperty("quantity", quantity(point.get().quantity()));
    json.writeNumberProperty("excess", excess(point.get().excess()));
    json.writeStringProperty("health", point.get().health().ratioText(curve.targetPpm()));
    json.writeEndObject();
  }

  private BigDecimal quantity(long units) {
    return plain(BigDecimal.valueOf(units, scales.quantityDecimals(curve.leg())));
  }

  private BigDecimal excess(Wide excess) {
    int decimals = scales.listing().valueDecimals() + 2 * Ppm.DECIMALS;
    return plain(
        new BigDecimal(excess.toBigInteger(), decimals)
            .divide(BigDecimal.valueOf(curve.terms().exactScale())));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
