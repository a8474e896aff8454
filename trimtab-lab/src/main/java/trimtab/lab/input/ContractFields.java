package trimtab.lab.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trimtab.core.instrument.Term;
import trimtab.core.money.Ppm;

/// What kind of contract a market has: `payoff`, `faceValue`, `settlement`, `expiry`, `pnlWeight`.
///
/// @param faceValue of one inverse contract, in quote currency; empty: linear
/// @param settlement asset that profit and loss are paid in; empty: the settlement currency
/// @param term how long it lasts
/// @param pnlWeightPpm share of an unrealised gain that counts
record ContractFields(
    Optional<Step> faceValue, Optional<String> settlement, Term term, long pnlWeightPpm) {
  private static final Map<String, Boolean> PAYOFFS =
      new TreeMap<>(Map.of("inverse", true, "linear", false));

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  boolean isInverse() {
    return faceValue.isPresent();
  }

  /// Reads the keys of a market.
  static ContractFields read(Fields fields, Problems problems) {
    boolean inverse = fields.choice("payoff", PAYOFFS, false);
    Optional<String> settlement = fields.optionalText("settlement");
    if (inverse && settlement.isEmpty()) {
      problems.add(
          fields.place(), "an inverse contract pays in its coin; name it, as in settlement: BTC");
    }
    return new ContractFields(
        faceValue(inverse, fields, problems),
        settlement,
        term(fields, problems),
        fields.share("pnlWeight", Ppm.ONE));
  }

  private static Optional<Step> faceValue(boolean inverse, Fields fields, Problems problems) {
    if (!inverse && fields.has("faceValue")) {
      problems.add(
          fields.place("faceValue"),
          "only an inverse contract has a face value; write payoff: inverse, or leave it out");
      return Optional.empty();
    }
    if (!inverse) {
      return Optional.empty();
    }
    String text = fields.text("faceValue");
    return text.isEmpty()
        ? Optional.of(new Step(1, 0))
        : Optional.of(
            problems
                .attempt(fields.place("faceValue"), () -> Step.parse(text))
                .orElse(new Step(1, 0)));
  }

  private static Term term(Fields fields, Problems problems) {
    Optional<String> text = fields.optionalText("expiry");
    if (text.isEmpty()) {
      return new Term.Perpetual();
    }
    return new Term.Dated(nanos(text.get(), fields.place("expiry"), problems));
  }

  /// An instant in nanoseconds since the epoch; 0 with a problem.
  static long nanos(String text, Place place, Problems problems) {
    try {
      Instant instant = Instant.parse(text);
      long seconds = Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND);
      return Math.addExact(seconds, instant.getNano());
    } catch (DateTimeException | ArithmeticException failure) {
      problems.add(place, "'%s' is no instant; write it as 2025-10-10T21:20:00Z".formatted(text));
      return 0;
    }
  }

  /// Decimals that the price of the market needs for the face value.
  int priceDecimals() {
    return faceValue.map(Step::decimals).orElse(0);
  }
}
