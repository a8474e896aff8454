package trimtab.app.certificate;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import trimtab.core.certificate.Certificate.RateSource;
import trimtab.core.certificate.Claim.Share;
import trimtab.lab.input.Fields;
import trimtab.lab.input.NearestWord;
import trimtab.lab.input.Node;
import trimtab.lab.input.Problems;

/// What rates and shares of a certificate follow from, as JSON: the names of the components as
/// keys, after the `kind`.
final class RuleJson {
  private static final String GIVEN = "GIVEN";
  private static final String COMPUTED = "COMPUTED";
  private static final String CONSTANT = "CONSTANT";
  private static final String BY_HEALTH = "BY_HEALTH";
  private static final String BY_SEVERITY = "BY_SEVERITY";

  private RuleJson() {}

  static void write(JsonGenerator json, RateSource source) {
    json.writeStartObject();
    switch (source) {
      case RateSource.Given() -> json.writeStringProperty("kind", GIVEN);
      case RateSource.Computed rates -> {
        json.writeStringProperty("kind", COMPUTED);
        json.writeStringProperty("course", rates.course());
        json.writeNumberProperty("fromPositionPpm", rates.fromPositionPpm());
        json.writeNumberProperty("fromPairPpm", rates.fromPairPpm());
        json.writeNumberProperty("toPositionPpm", rates.toPositionPpm());
        json.writeNumberProperty("toPairPpm", rates.toPairPpm());
        json.writeNumberProperty("openedNanos", rates.openedNanos());
        json.writeNumberProperty("durationNanos", rates.durationNanos());
        json.writeStringProperty("measure", rates.measure());
        json.writeNumberProperty("bonusPpm", rates.bonusPpm());
        json.writeNumberProperty("maximumPpm", rates.maximumPpm());
        json.writeNumberProperty("solvencySharePpm", rates.solvencySharePpm());
        json.writeNumberProperty("ceilingPpm", rates.ceilingPpm());
      }
    }
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Share source) {
    json.writeStartObject();
    switch (source) {
      case Share.Constant() -> json.writeStringProperty("kind", CONSTANT);
      case Share.ByHealth(List<Share.Row> rows) -> {
        json.writeStringProperty("kind", BY_HEALTH);
        json.writeArrayPropertyStart("rows");
        for (Share.Row row : rows) {
          json.writeStartObject();
          json.writeNumberProperty("belowPpm", row.belowPpm());
          json.writeNumberProperty("sharePpm", row.sharePpm());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      case Share.BySeverity(long first, long last) -> {
        json.writeStringProperty("kind", BY_SEVERITY);
        json.writeNumberProperty("firstPpm", first);
        json.writeNumberProperty("lastPpm", last);
      }
    }
    json.writeEndObject();
  }

  static Optional<RateSource> rateSource(Node node, Problems problems) {
    return switch (Fields.anyKeys(node, problems).text("kind")) {
      case GIVEN -> {
        Fields.of(node, problems, "kind");
        yield Optional.of(new RateSource.Given());
      }
      case COMPUTED -> Optional.of(computed(node, problems));
      default -> unknown(node, problems, List.of(GIVEN, COMPUTED));
    };
  }

  private static RateSource computed(Node node, Problems problems) {
    Fields fields =
        Fields.of(
            node,
            problems,
            "kind",
            "course",
            "fromPositionPpm",
            "fromPairPpm",
            "toPositionPpm",
            "toPairPpm",
            "openedNanos",
            "durationNanos",
            "measure",
            "bonusPpm",
            "maximumPpm",
            "solvencySharePpm",
            "ceilingPpm");
    return new RateSource.Computed(
        fields.text("course"),
        fields.whole("fromPositionPpm"),
        fields.whole("fromPairPpm"),
        fields.whole("toPositionPpm"),
        fields.whole("toPairPpm"),
        fields.whole("openedNanos"),
        fields.whole("durationNanos"),
        fields.text("measure"),
        fields.whole("bonusPpm"),
        fields.whole("maximumPpm"),
        fields.whole("solvencySharePpm"),
        fields.whole("ceilingPpm"));
  }

  static Optional<Share> share(Node node, Problems problems) {
    return switch (Fields.anyKeys(node, problems).text("kind")) {
      case CONSTANT -> {
        Fields.of(node, problems, "kind");
        yield Optional.of(new Share.Constant());
      }
      case BY_HEALTH ->
          Optional.of(
              new Share.ByHealth(
                  Fields.of(node, problems, "kind", "rows").items("rows").stream()
                      .map(row -> row(row, problems))
                      .toList()));
      case BY_SEVERITY -> {
        Fields fields = Fields.of(node, problems, "kind", "firstPpm", "lastPpm");
        yield Optional.of(new Share.BySeverity(fields.whole("firstPpm"), fields.whole("lastPpm")));
      }
      default -> unknown(node, problems, List.of(CONSTANT, BY_HEALTH, BY_SEVERITY));
    };
  }

  private static Share.Row row(Node node, Problems problems) {
    Fields fields = Fields.of(node, problems, "belowPpm", "sharePpm");
    return new Share.Row(fields.whole("belowPpm"), fields.whole("sharePpm"));
  }

  private static <T> Optional<T> unknown(Node node, Problems problems, List<String> kinds) {
    Fields any = Fields.anyKeys(node, problems);
    if (any.has("kind")) {
      String kind = any.text("kind");
      problems.add(
          any.place("kind"), "unknown kind '%s'%s".formatted(kind, NearestWord.hint(kind, kinds)));
    }
    return Optional.empty();
  }
}
