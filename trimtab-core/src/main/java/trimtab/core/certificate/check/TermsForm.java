package trimtab.core.certificate.check;

import java.util.List;
import java.util.Set;
import trimtab.core.certificate.Certificate.RateSource.Computed;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;

/// Whether levels, rates and shares are in their range, and words known.
///
/// @param findings where it says what is wrong
record TermsForm(Findings findings) {
  /// Rows of a table of shares that are read.
  static final int ROWS_MAX = 32;

  private static final long MILLION = 1_000_000;
  private static final Set<String> BASES = Set.of(Level.OBLIGATION, Level.REQUIREMENT, Level.AUTO);
  private static final Set<String> POSITION_BASES =
      Set.of(Terms.NOTIONAL, Terms.REQUIREMENT, Terms.IMPROVEMENT, Terms.STATED);
  private static final Set<String> PAIR_BASES =
      Set.of(Terms.REPAID, Terms.OBLIGATION, Terms.SEIZED, Terms.STATED);
  private static final Set<String> COURSES =
      Set.of(Computed.FIXED, Computed.SEVERITY, Computed.AUCTION);
  private static final Set<String> MEASURES =
      Set.of(Computed.BASE, Computed.BONUS, Computed.PORTFOLIO);

  void check(Terms terms) {
    requireWord("base", terms.base(), BASES);
    requireRange("the threshold", terms.thresholdPpm(), MILLION, Form.AMOUNT_MAX);
    requireRange("the target", terms.targetPpm(), terms.thresholdPpm(), Form.AMOUNT_MAX);
    requireRange("the penalty of perpetuals", terms.positionPenaltyPpm(), 0, MILLION - 1);
    requireRange("the penalty of pairs", terms.pairPenaltyPpm(), 0, MILLION - 1);
    requireWord("base of the penalty of perpetuals", terms.positionPenaltyBase(), POSITION_BASES);
    requireWord("base of the penalty of pairs", terms.pairPenaltyBase(), PAIR_BASES);
    if (terms.rateSource() instanceof Computed source) {
      check(source, terms);
    }
  }

  /// Stated penalties prove nothing about other sizes.
  void check(Terms terms, Claim claim) {
    boolean stated =
        terms.positionPenaltyBase().equals(Terms.STATED)
            || terms.pairPenaltyBase().equals(Terms.STATED);
    findings.require(
        !stated || (claim instanceof Claim.VenuePrescribed && !terms.penaltyCapped()),
        "terms: the penalty of a stage is stated only where a rule states the quantity, too");
  }

  private void check(Computed source, Terms terms) {
    requireWord("course", source.course(), COURSES);
    requireWord("measure", source.measure(), MEASURES);
    requireRange("the first rate of perpetuals", source.fromPositionPpm(), 0, MILLION - 1);
    requireRange("the first rate of pairs", source.fromPairPpm(), 0, MILLION - 1);
    requireRange("the last rate of perpetuals", source.toPositionPpm(), 0, MILLION - 1);
    requireRange("the last rate of pairs", source.toPairPpm(), 0, MILLION - 1);
    boolean auction = source.course().equals(Computed.AUCTION);
    long longest = auction ? Form.AMOUNT_MAX : 0;
    requireRange("the duration", source.durationNanos(), auction ? 1 : 0, longest);
    requireRange("the bonus", source.bonusPpm(), 0, MILLION - 1);
    requireRange("the maximum", source.maximumPpm(), 0, MILLION);
    requireRange("the solvency share", source.solvencySharePpm(), 0, MILLION);
    requireRange("the ceiling", source.ceilingPpm(), 0, MILLION);
    findings.require(
        !source.measure().equals(Computed.PORTFOLIO)
            || (terms.positionPenaltyBase().equals(Terms.REQUIREMENT)
                && terms.pairPenaltyBase().equals(Terms.OBLIGATION)),
        "terms: a penalty on the portfolio is charged on requirement and obligation");
  }

  void check(Share source, Terms terms) {
    switch (source) {
      case Share.Constant() -> {}
      case Share.BySeverity(long first, long last) -> {
        requireRange("the first share", first, 1, MILLION);
        requireRange("the last share", last, 1, MILLION);
      }
      case Share.ByHealth(List<Share.Row> rows) -> {
        boolean counted =
            findings.require(
                !rows.isEmpty() && rows.size() <= ROWS_MAX,
                "claim: 1 to %d rows are read, not %d",
                ROWS_MAX,
                rows.size());
        long below = 0;
        for (Share.Row row : rows) {
          requireRange("the level of a row", row.belowPpm(), below, Form.AMOUNT_MAX);
          requireRange("the share of a row", row.sharePpm(), 1, MILLION);
          below = row.belowPpm() + 1;
        }
        findings.require(
            !counted || rows.getLast().belowPpm() == terms.thresholdPpm(),
            "claim: the last row is below the threshold");
      }
    }
  }

  private void requireWord(String what, String word, Set<String> known) {
    findings.require(known.contains(word), "the %s is '%s', not one of %s", what, word, known);
  }

  private void requireRange(String what, long value, long least, long most) {
    findings.require(
        value >= least && value <= most,
        "terms: %s must be %d to %d, not %d",
        what,
        least,
        most,
        value);
  }
}
