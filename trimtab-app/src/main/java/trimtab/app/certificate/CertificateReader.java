package trimtab.app.certificate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.ExposureLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.RateSource;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Certificate.WeightLine;
import trimtab.core.certificate.Claim;
import trimtab.lab.input.Document;
import trimtab.lab.input.Fields;
import trimtab.lab.input.InputException;
import trimtab.lab.input.NearestWord;
import trimtab.lab.input.Node;
import trimtab.lab.input.Problems;

/// Reads what [CertificateJson] writes; missing and unknown keys are named with their line. Whether
/// the numbers prove anything is for the checker to say.
public final class CertificateReader {
  private static final List<String> KINDS =
      List.of(
          "RESTORES_MINIMAL",
          "RESTORES_SHARE",
          "RELIEVES",
          "CAPPED",
          "RULE_PRESCRIBED",
          "VENUE_PRESCRIBED",
          "CLOSES_ALL",
          "ESCALATED");

  private final Problems problems;

  private CertificateReader(Problems problems) {
    this.problems = problems;
  }

  /// Reads a certificate that stands inside a document.
  ///
  /// @return nothing with a problem
  public static Optional<Certificate> read(Node node, Problems problems) {
    return new CertificateReader(problems).certificate(node);
  }

  /// Reads the certificate of a file: the whole document, or its entry `certificate`.
  ///
  /// @throws InputException with everything that is wrong in its form
  public static Certificate read(Path file) {
    CertificateReader reader = new CertificateReader(new Problems());
    Node root = Document.readJson(file);
    Fields document = Fields.anyKeys(root, reader.problems);
    reader.problems.throwIfAny();
    if (!document.has("certificate") && !document.has("version")) {
      throw new InputException(
          document.place(), "holds no certificate; give what plan --certificate wrote");
    }
    Optional<Certificate> certificate =
        reader.certificate(document.node("certificate").orElse(root));
    reader.problems.throwIfAny();
    return certificate.orElseThrow();
  }

  private Optional<Certificate> certificate(Node node) {
    Fields fields =
        table(
            node,
            "version",
            "account",
            "rulebook",
            "asOfNanos",
            "valueDecimals",
            "exactScale",
            "netted",
            "terms",
            "balances",
            "positions",
            "stages",
            "claim");
    int before = problems.count();
    int version = fields.count("version");
    if (version != Certificate.VERSION && problems.count() == before) {
      problems.add(
          fields.place("version"),
          "%d is not known; this program reads %d".formatted(version, Certificate.VERSION));
    }
    Optional<Terms> terms = fields.requiredNode("terms").map(this::terms);
    Optional<Claim> claim = fields.requiredNode("claim").flatMap(this::claim);
    Certificate certificate =
        new Certificate(
            version,
            fields.text("account"),
            fields.text("rulebook"),
            fields.whole("asOfNanos"),
            fields.count("valueDecimals"),
            fields.whole("exactScale"),
            fields.flag("netted"),
            terms.orElse(NO_TERMS),
            list(fields, "balances", this::balance),
            list(fields, "positions", this::position),
            list(fields, "stages", this::stage),
            claim.orElse(NO_CLAIM));
    return problems.isEmpty() ? Optional.of(certificate) : Optional.empty();
  }

  private static final Terms NO_TERMS = new Terms("", 0, 0, 0, 0, false);
  private static final Claim NO_CLAIM = new Claim.ClosesAll("");

  private Terms terms(Node node) {
    Fields fields =
        table(
            node,
            "base",
            "thresholdPpm",
            "targetPpm",
            "positionPenaltyPpm",
            "pairPenaltyPpm",
            "penaltyCapped",
            "positionPenaltyBase",
            "pairPenaltyBase",
            "rateSource");
    return new Terms(
        fields.text("base"),
        fields.whole("thresholdPpm"),
        fields.whole("targetPpm"),
        fields.whole("positionPenaltyPpm"),
        fields.whole("pairPenaltyPpm"),
        fields.flag("penaltyCapped"),
        fields.text("positionPenaltyBase"),
        fields.text("pairPenaltyBase"),
        fields
            .requiredNode("rateSource")
            .flatMap(source -> RuleJson.rateSource(source, problems))
            .orElse(new RateSource.Given()));
  }

  private Optional<Claim> claim(Node node) {
    Fields any = Fields.anyKeys(node, problems);
    String kind = any.text("kind");
    return switch (kind) {
      case "RESTORES_MINIMAL" -> {
        Fields fields = table(node, "kind", "excess", "choice");
        yield Optional.of(
            new Claim.RestoresMinimal(
                fields.text("excess"), fields.node("choice").map(this::choice)));
      }
      case "CAPPED" -> Optional.of(new Claim.Capped(table(node, "kind", "by").text("by")));
      case "RULE_PRESCRIBED" -> {
        Fields fields = table(node, "kind", "formula", "sharePpm", "source");
        yield Optional.of(
            new Claim.RulePrescribed(
                fields.text("formula"),
                fields.whole("sharePpm"),
                fields
                    .requiredNode("source")
                    .flatMap(source -> RuleJson.share(source, problems))
                    .orElse(new Claim.Share.Constant())));
      }
      case "VENUE_PRESCRIBED" -> {
        Fields fields = table(node, "kind", "formula", "quantities");
        yield Optional.of(
            new Claim.VenuePrescribed(
                fields.text("formula"),
                list(fields, "quantities", item -> Fields.decimal(item, 0, problems))));
      }
      case "RESTORES_SHARE" -> {
        Fields fields =
            table(
                node, "kind", "sharePpm", "initialSharePpm", "growthPpm", "openedNanos", "excess");
        yield Optional.of(
            new Claim.RestoresShare(
                fields.whole("sharePpm"),
                fields.whole("initialSharePpm"),
                fields.whole("growthPpm"),
                fields.whole("openedNanos"),
                fields.text("excess")));
      }
      case "RELIEVES" -> {
        table(node, "kind");
        yield Optional.of(new Claim.Relieves());
      }
      case "CLOSES_ALL" ->
          Optional.of(new Claim.ClosesAll(table(node, "kind", "reason").text("reason")));
      case "ESCALATED" ->
          Optional.of(new Claim.Escalated(table(node, "kind", "reason").text("reason")));
      default -> {
        if (any.has("kind")) {
          problems.add(
              any.place("kind"),
              "unknown claim '%s'%s".formatted(kind, NearestWord.hint(kind, KINDS)));
        }
        yield Optional.empty();
      }
    };
  }

  private ChoiceLine choice(Node node) {
    Fields fields =
        table(
            node,
            "order",
            "objective",
            "value",
            "lowerBound",
            "multiplier",
            "settlementPositive",
            "capSharePpm",
            "share",
            "legs",
            "exposures");
    return new ChoiceLine(
        fields.text("order"),
        fields.text("objective"),
        fields.whole("value"),
        fields.whole("lowerBound"),
        fields.text("multiplier"),
        fields.flag("settlementPositive"),
        fields.whole("capSharePpm"),
        fields.text("share"),
        list(fields, "legs", this::legLine),
        list(fields, "exposures", this::exposure));
  }

  private LegLine legLine(Node node) {
    Fields fields = table(node, "leg", "lot", "minimumOrderValue", "dustValue", "feePpm", "curve");
    return new LegLine(
        fields.requiredNode("leg").map(this::leg).orElse(new StageLeg("", "")),
        fields.whole("lot"),
        fields.whole("minimumOrderValue"),
        fields.whole("dustValue"),
        fields.whole("feePpm"),
        fields.requiredNode("curve").map(this::curve).orElse(NO_CURVE));
  }

  private ExposureLine exposure(Node node) {
    Fields fields = table(node, "feed", "markets", "assets");
    Function<Node, String> word = item -> Fields.scalar(item, problems).orElse("");
    return new ExposureLine(
        fields.text("feed"), list(fields, "markets", word), list(fields, "assets", word));
  }

  private BalanceLine balance(Node node) {
    Fields fields =
        table(node, "asset", "decimals", "amount", "debt", "unitValue", "weights", "debtWeightPpm");
    return new BalanceLine(
        fields.text("asset"),
        fields.count("decimals"),
        fields.whole("amount"),
        fields.whole("debt"),
        fields.whole("unitValue"),
        list(fields, "weights", this::weight),
        fields.whole("debtWeightPpm"));
  }

  private WeightLine weight(Node node) {
    Fields fields = table(node, "fromAmount", "weightPpm");
    return new WeightLine(fields.whole("fromAmount"), fields.whole("weightPpm"));
  }

  private PositionLine position(Node node) {
    Fields fields =
        table(
            node,
            "market",
            "quantityDecimals",
            "quantity",
            "cost",
            "settlement",
            "inverse",
            "perUnit",
            "price",
            "costUnitValue",
            "costPerUnit",
            "pnlWeightPpm",
            "stepped",
            "tiers");
    return new PositionLine(
        fields.text("market"),
        fields.count("quantityDecimals"),
        fields.whole("quantity"),
        fields.whole("cost"),
        fields.count("settlement"),
        fields.flag("inverse"),
        fields.whole("perUnit"),
        fields.whole("price"),
        fields.whole("costUnitValue"),
        fields.whole("costPerUnit"),
        fields.whole("pnlWeightPpm"),
        fields.flag("stepped"),
        list(fields, "tiers", this::tier));
  }

  private TierLine tier(Node node) {
    Fields fields = table(node, "fromValue", "ratePpm");
    return new TierLine(fields.whole("fromValue"), fields.whole("ratePpm"));
  }

  private Stage stage(Node node) {
    Fields fields =
        table(
            node,
            "leg",
            "size",
            "lot",
            "minimumOrderValue",
            "dustValue",
            "capSharePpm",
            "feePpm",
            "curve",
            "quantity",
            "cost",
            "penalty",
            "repaid",
            "segments",
            "points");
    return new Stage(
        fields.requiredNode("leg").map(this::leg).orElse(new StageLeg("", "")),
        fields.whole("size"),
        fields.whole("lot"),
        fields.whole("minimumOrderValue"),
        fields.whole("dustValue"),
        fields.whole("capSharePpm"),
        fields.whole("feePpm"),
        fields.requiredNode("curve").map(this::curve).orElse(NO_CURVE),
        fields.whole("quantity"),
        fields.whole("cost"),
        fields.whole("penalty"),
        fields.whole("repaid"),
        list(fields, "segments", this::segment),
        list(fields, "points", this::point));
  }

  private static final CurveLine NO_CURVE = new CurveLine(List.of(), List.of(), List.of());

  private StageLeg leg(Node node) {
    Fields fields = table(node, "instrument", "debt");
    return new StageLeg(fields.text("instrument"), fields.text("debt"));
  }

  private CurveLine curve(Node node) {
    Fields fields = table(node, "knots", "starts", "ends");
    Function<Node, Long> whole = item -> Fields.decimal(item, 0, problems);
    return new CurveLine(
        list(fields, "knots", whole), list(fields, "starts", whole), list(fields, "ends", whole));
  }

  private FailingSegment segment(Node node) {
    Fields fields = table(node, "from", "to", "settlementPositive", "boundFrom", "boundTo");
    return new FailingSegment(
        fields.whole("from"),
        fields.whole("to"),
        fields.flag("settlementPositive"),
        fields.text("boundFrom"),
        fields.text("boundTo"));
  }

  private FailingPoint point(Node node) {
    Fields fields = table(node, "quantity", "excess");
    return new FailingPoint(fields.whole("quantity"), fields.text("excess"));
  }

  private Fields table(Node node, String... keys) {
    return Fields.of(node, problems, keys);
  }

  private static <T> List<T> list(Fields fields, String key, Function<Node, T> reader) {
    return fields.items(key).stream().map(reader).toList();
  }
}
