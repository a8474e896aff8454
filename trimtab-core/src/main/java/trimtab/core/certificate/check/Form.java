package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.RateSource.Computed;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Certificate.WeightLine;
import trimtab.core.certificate.Claim;

/// Whether a certificate can be computed with at all: nothing missing, every number in its range,
/// every list in its order.
///
/// @param findings where it says what is wrong
record Form(Findings findings) {
  /// Amounts and values lie within plus and minus this.
  static final long AMOUNT_MAX = Long.MAX_VALUE;

  /// Balances, positions or stages that are read.
  static final int LINES_MAX = 4096;

  static final int TIERS_MAX = 32;
  static final int PIECES_MAX = 64;

  /// Failing segments or points of a stage that are read.
  static final int STATEMENTS_MAX = 100_000;

  static final int DECIMALS_MAX = 18;

  /// Characters of an integer's text.
  static final int TEXT_LENGTH_MAX = 60;

  /// Characters of a fraction's text: a double's denominator may have 2^1074.
  static final int FRACTION_LENGTH_MAX = 400;

  private static final Pattern FRACTION = Pattern.compile("(0|[1-9][0-9]*)/[1-9][0-9]*");
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
  private static final long MILLION = 1_000_000;

  void check(Certificate certificate) {
    if (!isComplete(certificate)) {
      return;
    }
    findings.require(
        certificate.version() == Certificate.VERSION,
        "the version is %d, this checker reads %d",
        certificate.version(),
        Certificate.VERSION);
    requireRange("certificate", "valueDecimals", certificate.valueDecimals(), 0, DECIMALS_MAX);
    new TermsForm(findings).check(certificate.terms());
    new TermsForm(findings).check(certificate.terms(), certificate.claim());
    checkBalances(certificate);
    requireCount("certificate", "positions", certificate.positions(), 0, LINES_MAX);
    for (PositionLine line : certificate.positions()) {
      checkPosition(line, certificate.balances());
    }
    requireDistinct("market", certificate.positions().stream().map(PositionLine::market));
    requireCount("certificate", "stages", certificate.stages(), 1, LINES_MAX);
    for (int i = 0; i < certificate.stages().size(); i++) {
      checkStage(
          CheckedStage.name(i + 1, certificate.stages().get(i)), certificate.stages().get(i));
    }
    switch (certificate.claim()) {
      case Claim.RestoresMinimal(String excess, var choice) -> {
        requireInteger("claim", "the excess", excess);
        choice.ifPresent(this::checkChoice);
      }
      case Claim.RestoresShare share -> {
        requireInteger("claim", "the excess", share.excess());
        requireRange("claim", "the share", share.sharePpm(), 1, MILLION - 1);
        requireRange("claim", "the initial share", share.initialSharePpm(), 1, MILLION);
        requireRange("claim", "the growth", share.growthPpm(), 0, AMOUNT_MAX);
      }
      case Claim.RulePrescribed prescribed -> {
        requireRange("claim", "the share", prescribed.sharePpm(), 1, MILLION);
        new TermsForm(findings).check(prescribed.source(), certificate.terms());
      }
      case Claim.VenuePrescribed prescribed -> {
        requireCount("claim", "stated quantities", prescribed.quantities(), 1, LINES_MAX);
        for (long quantity : prescribed.quantities()) {
          requireRange("claim", "a stated quantity", quantity, 1, Long.MAX_VALUE);
        }
      }
      case Claim.Relieves() -> {}
      case Claim.Capped(String ignored) -> {}
      case Claim.ClosesAll(String ignored) -> {}
      case Claim.Escalated(String ignored) -> {}
    }
  }

  /// Whoever reads a certificate from text may have left something out.
  private boolean isComplete(Certificate certificate) {
    List<@Nullable Object> parts = new ArrayList<>();
    parts.add(certificate.account());
    parts.add(certificate.rulebook());
    parts.add(certificate.terms());
    parts.add(certificate.claim());
    certificate.balances().forEach(line -> parts.add(line.asset()));
    for (PositionLine line : certificate.positions()) {
      parts.add(line.market());
    }
    for (Stage stage : certificate.stages()) {
      parts.add(stage.leg());
      parts.add(stage.curve());
      stage.segments().forEach(s -> parts.addAll(Arrays.asList(s.boundFrom(), s.boundTo())));
      stage.points().forEach(point -> parts.add(point.excess()));
    }
    if (certificate.claim() instanceof Claim.RestoresMinimal(_, var choice)) {
      choice.ifPresent(line -> parts.addAll(parts(line)));
    }
    boolean complete = parts.stream().noneMatch(Objects::isNull);
    if (complete) {
      certificate.stages().stream()
          .map(Stage::leg)
          .forEach(leg -> parts.addAll(Arrays.asList(leg.instrument(), leg.debt())));
      parts.add(certificate.terms().base());
      parts.add(certificate.terms().positionPenaltyBase());
      parts.add(certificate.terms().pairPenaltyBase());
      parts.add(certificate.terms().rateSource());
      if (certificate.terms().rateSource() instanceof Computed source) {
        parts.add(source.course());
        parts.add(source.measure());
      }
      parts.add(text(certificate.claim()));
      if (certificate.claim() instanceof Claim.RulePrescribed prescribed) {
        parts.add(prescribed.source());
      }
      complete = parts.stream().noneMatch(Objects::isNull);
    }
    return findings.require(complete, "a name, a text or a part of the certificate is missing");
  }

  private static List<@Nullable Object> parts(ChoiceLine choice) {
    List<@Nullable Object> parts = new ArrayList<>();
    parts.addAll(
        Arrays.asList(choice.order(), choice.objective(), choice.multiplier(), choice.share()));
    for (LegLine line : choice.legs()) {
      parts.addAll(Arrays.asList(line.leg(), line.curve()));
    }
    return parts;
  }

  private static String text(Claim claim) {
    return switch (claim) {
      case Claim.RestoresMinimal(String excess, _) -> excess;
      case Claim.Capped(String by) -> by;
      case Claim.RestoresShare share -> share.excess();
      case Claim.Relieves() -> "";
      case Claim.RulePrescribed prescribed -> prescribed.formula();
      case Claim.VenuePrescribed prescribed -> prescribed.formula();
      case Claim.ClosesAll(String reason) -> reason;
      case Claim.Escalated(String reason) -> reason;
    };
  }

  private void checkBalances(Certificate certificate) {
    List<BalanceLine> balances = certificate.balances();
    if (!requireCount("certificate", "balances", balances, 1, LINES_MAX)) {
      return;
    }
    requireRange("certificate", "the exact scale", certificate.exactScale(), 1, AMOUNT_MAX);
    if (balances.stream().anyMatch(line -> !isTiered(line))) {
      return;
    }
    requireDistinct("asset", balances.stream().map(BalanceLine::asset));
    BalanceLine settlement = balances.getFirst();
    findings.require(
        settlement.unitValue() == certificate.exactScale()
            && settlement.weights().size() == 1
            && settlement.decimals() == certificate.valueDecimals()
            && settlement.assetWeightPpm() == MILLION,
        "%s is the settlement currency: its unit is the value unit, with %d decimals, unit value %d"
            + " and asset weight %d, not %d, %d and %d",
        settlement.asset(),
        certificate.valueDecimals(),
        certificate.exactScale(),
        MILLION,
        settlement.decimals(),
        settlement.unitValue(),
        settlement.assetWeightPpm());
    for (int i = 0; i < balances.size(); i++) {
      BalanceLine line = balances.get(i);
      requireRange(line.asset(), "the decimals", line.decimals(), 0, DECIMALS_MAX);
      requireRange(line.asset(), "the amount", line.amount(), -AMOUNT_MAX, AMOUNT_MAX);
      requireRange(line.asset(), "the debt", line.debt(), 0, AMOUNT_MAX);
      requireRange(line.asset(), "the unit value", line.unitValue(), 1, AMOUNT_MAX);
      requireRange(line.asset(), "the debt weight", line.debtWeightPpm(), MILLION, AMOUNT_MAX);
    }
  }

  /// An asset that pays has one weight, and its unit is a whole number of cost units.
  private boolean requireSettled(PositionLine line, List<BalanceLine> balances) {
    int asset = line.settlement();
    return findings.require(
        asset >= 0
            && asset < balances.size()
            && balances.get(asset).weights().size() == 1
            && BigInteger.valueOf(line.costUnitValue())
                .multiply(BigInteger.valueOf(line.costPerUnit()))
                .equals(BigInteger.valueOf(balances.get(asset).unitValue())),
        "%s: it is settled in balance %d, which must be there, have one weight and be worth its %d"
            + " cost units",
        line.market(),
        asset,
        line.costPerUnit());
  }

  private boolean isTiered(BalanceLine line) {
    if (!requireCount(line.asset(), "weights", line.weights(), 1, TIERS_MAX)) {
      return false;
    }
    boolean rising = line.weights().getFirst().fromAmount() == 0;
    for (int i = 0; i < line.weights().size(); i++) {
      WeightLine tier = line.weights().get(i);
      requireRange(line.asset(), "the asset weight", tier.weightPpm(), 0, MILLION);
      WeightLine below = line.weights().get(Math.max(0, i - 1));
      rising &=
          i == 0
              || (tier.fromAmount() > below.fromAmount() && tier.weightPpm() <= below.weightPpm());
    }
    return findings.require(
        rising, "%s: tiers of collateral start at 0 and rise, weights do not", line.asset());
  }

  private void checkPosition(PositionLine line, List<BalanceLine> balances) {
    requireRange(line.market(), "the decimals", line.quantityDecimals(), 0, DECIMALS_MAX);
    requireRange(line.market(), "the quantity", line.quantity(), -AMOUNT_MAX, AMOUNT_MAX);
    findings.require(line.quantity() != 0, "%s: a position is not zero", line.market());
    requireRange(line.market(), "the cost", line.cost(), -AMOUNT_MAX, AMOUNT_MAX);
    requireRange(line.market(), "the amount per unit", line.perUnit(), 1, AMOUNT_MAX);
    requireRange(line.market(), "the price", line.price(), 1, AMOUNT_MAX);
    requireRange(line.market(), "the cost unit's value", line.costUnitValue(), 1, AMOUNT_MAX);
    requireRange(line.market(), "the cost units per unit", line.costPerUnit(), 1, AMOUNT_MAX);
    requireRange(line.market(), "the weight of gains", line.pnlWeightPpm(), 0, MILLION);
    if (!requireSettled(line, balances)
        || !requireCount(line.market(), "tiers", line.tiers(), 0, TIERS_MAX)
        || line.tiers().isEmpty()) {
      return;
    }
    List<TierLine> tiers = line.tiers();
    findings.require(
        tiers.getFirst().fromValue() == 0,
        "%s: the first tier starts at %d",
        line.market(),
        tiers.getFirst().fromValue());
    for (int i = 0; i < tiers.size(); i++) {
      TierLine tier = tiers.get(i);
      TierLine below = tiers.get(Math.max(0, i - 1));
      requireRange(line.market(), "the tier rate", tier.ratePpm(), 1, MILLION);
      findings.require(
          i == 0 || (tier.fromValue() > below.fromValue() && tier.ratePpm() >= below.ratePpm()),
          "%s: a tier from %d at %d parts per million cannot follow one from %d at %d",
          line.market(),
          tier.fromValue(),
          tier.ratePpm(),
          below.fromValue(),
          below.ratePpm());
    }
  }

  private void checkStage(String name, Stage stage) {
    requireRange(name, "the size", stage.size(), 1, AMOUNT_MAX);
    requireRange(name, "the lot", stage.lot(), 1, AMOUNT_MAX);
    requireRange(name, "the minimum order", stage.minimumOrderValue(), 0, AMOUNT_MAX);
    requireRange(name, "the dust", stage.dustValue(), 0, AMOUNT_MAX);
    requireRange(name, "the close factor", stage.capSharePpm(), 1, MILLION);
    requireRange(name, "the fee", stage.feePpm(), 0, MILLION);
    requireRange(name, "the quantity", stage.quantity(), 0, AMOUNT_MAX);
    checkCurve(name, stage.curve());
    requireCount(name, "segments", stage.segments(), 0, STATEMENTS_MAX);
    requireCount(name, "points", stage.points(), 0, STATEMENTS_MAX);
    for (var segment : stage.segments()) {
      requireInteger(name, "a bound", segment.boundFrom());
      requireInteger(name, "a bound", segment.boundTo());
    }
    for (var point : stage.points()) {
      requireInteger(name, "an excess", point.excess());
    }
  }

  private void checkChoice(ChoiceLine choice) {
    findings.require(
        ChoiceCheck.ORDERS.contains(choice.order())
            && ChoiceCheck.OBJECTIVES.contains(choice.objective()),
        "the choice is '%s' by '%s', not one of %s by one of %s",
        choice.order(),
        choice.objective(),
        ChoiceCheck.ORDERS,
        ChoiceCheck.OBJECTIVES);
    requireRange("choice", "the value", choice.value(), 0, Long.MAX_VALUE);
    requireRange("choice", "the lower bound", choice.lowerBound(), 0, Long.MAX_VALUE);
    requireRange("choice", "the close factor", choice.capSharePpm(), 1, MILLION);
    requireFraction("the multiplier", choice.multiplier());
    requireFraction("the share", choice.share());
    requireCount("choice", "legs", choice.legs(), 1, LINES_MAX);
    requireCount("choice", "exposures", choice.exposures(), 0, LINES_MAX);
    for (LegLine line : choice.legs()) {
      String name = line.leg().instrument();
      requireRange(name, "the lot", line.lot(), 1, AMOUNT_MAX);
      requireRange(name, "the minimum order", line.minimumOrderValue(), 0, AMOUNT_MAX);
      requireRange(name, "the dust", line.dustValue(), 0, AMOUNT_MAX);
      requireRange(name, "the fee", line.feePpm(), 0, MILLION);
      // A leg without depth has a curve without pieces.
      if (!line.curve().equals(NO_DEPTH)) {
        checkCurve(name, line.curve());
      }
    }
  }

  private static final CurveLine NO_DEPTH = new CurveLine(List.of(), List.of(), List.of());

  /// A fraction of at least 0, as text.
  private void requireFraction(String what, String text) {
    boolean fraction = text.length() <= FRACTION_LENGTH_MAX && FRACTION.matcher(text).matches();
    findings.require(fraction, "choice: %s is '%s', not a fraction of whole numbers", what, text);
  }

  private void checkCurve(String name, CurveLine curve) {
    int pieces = curve.knots().size();
    boolean counted =
        findings.require(
            pieces >= 1
                && pieces <= PIECES_MAX
                && curve.starts().size() == pieces
                && curve.ends().size() == pieces,
            "%s: a cost curve has 1 to %d knots and as many starts and ends; got %d, %d and %d",
            name,
            PIECES_MAX,
            pieces,
            curve.starts().size(),
            curve.ends().size());
    long knot = 0;
    long cost = 0;
    for (int i = 0; counted && i < pieces; i++) {
      findings.require(
          curve.knots().get(i) > knot
              && curve.starts().get(i) >= cost
              && curve.ends().get(i) >= curve.starts().get(i),
          "%s: piece %d of the cost curve, to %d from %d to %d, must go on in quantity and not fall"
              + " in cost",
          name,
          i + 1,
          curve.knots().get(i),
          curve.starts().get(i),
          curve.ends().get(i));
      knot = curve.knots().get(i);
      cost = curve.ends().get(i);
    }
  }

  private void requireRange(String where, String what, long value, long least, long most) {
    findings.require(
        value >= least && value <= most,
        "%s: %s must be %d to %d, not %d",
        where,
        what,
        least,
        most,
        value);
  }

  private boolean requireCount(String where, String what, List<?> list, int least, int most) {
    return findings.require(
        list.size() >= least && list.size() <= most,
        "%s: %d to %d %s are read, not %d",
        where,
        least,
        most,
        what,
        list.size());
  }

  private void requireDistinct(String what, Stream<String> names) {
    List<String> all = names.toList();
    findings.require(
        all.stream().distinct().count() == all.size(),
        "each %s is listed once, not so: %s",
        what,
        all);
  }

  private void requireInteger(String where, String what, String text) {
    boolean integer = text.length() <= TEXT_LENGTH_MAX && INTEGER.matcher(text).matches();
    findings.require(
        integer, "%s: %s is '%s', not an integer as it is normally written", where, what, text);
  }
}
