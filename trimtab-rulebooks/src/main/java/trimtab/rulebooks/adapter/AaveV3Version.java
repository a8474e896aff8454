package trimtab.rulebooks.adapter;

import java.util.List;

/// The versions of Aave v3 whose rules differ.
public enum AaveV3Version {
  V30(
      "aave-v3.0",
      "Aave v3.0 to v3.2: half of one debt, all of it below a health of 0.95, for a bonus",
      "no rule of dust; bad debt stays with the account",
      "aave/aave-v3-core@e0bfed13 contracts/protocol/libraries/logic/LiquidationLogic.sol"),
  V33(
      "aave-v3.3",
      "Aave v3.3: half of all debt, all of small or sick pairs; no dust is left, bad debt is burned",
      "every rounding half up, debt values floor",
      "aave-dao/aave-v3-origin@400917a2 src/contracts/protocol/libraries/logic/LiquidationLogic.sol"),
  V36(
      "aave-v3.6",
      "Aave v3.6: as v3.3, health from the weighted sum, debts valued up",
      "the repayment that a whole collateral pays for is rounded up, the seizure half up",
      "aave-dao/aave-v3-origin@e4cc47ee src/contracts/protocol/libraries/logic/LiquidationLogic.sol"),
  V37(
      "aave-v3.7",
      "Aave v3.7: as v3.6, every rounding of the seizure against the liquidator; no sentinel",
      "the seizure is rounded down, the protocol's fee up",
      "aave-dao/aave-v3-origin@4fbd7442 docs/3.7");

  private final String title;
  private final String summary;
  private final String difference;
  private final String source;

  AaveV3Version(String title, String summary, String difference, String source) {
    this.title = title;
    this.summary = summary;
    this.difference = difference;
    this.source = source;
  }

  String title() {
    return title;
  }

  String summary() {
    return summary;
  }

  String source() {
    return source;
  }

  /// Whether a pool keeps dust and bad debt from being left: from 3.3 on.
  boolean knowsDust() {
    return this != V30;
  }

  /// Whether a sentinel can hold liquidations back: before 3.7.
  boolean hasSentinel() {
    return this != V37;
  }

  /// Whether the threshold of an account is an average, cut to whole basis points: before 3.6.
  boolean averagesThresholds() {
    return this == V30 || this == V33;
  }

  List<String> rule() {
    return List.of(
        hasSentinel()
            ? "Liquidatable with a health factor strictly below 1; below 0.95 where the sequencer"
                + " was down."
            : "Liquidatable with a health factor strictly below 1.",
        "The liquidator chooses debt, collateral and amount: the adapter takes the pair of most"
            + " value and the most that is allowed; 'pair' and 'debtToCover' name another.",
        knowsDust()
            ? "Up to the whole debt of the reserve; where both sides are worth 2,000 or more and"
                + " health is above 0.95, up to half of all debt of the account."
            : "Up to half of the debt of the reserve above a health of 0.95, all of it at and below.",
        "Collateral of the repaid value and the bonus is seized, at the oracle's prices; the"
            + " protocol's fee is a share of the bonus.",
        knowsDust()
            ? "Neither side may keep less than 1,000 unless one is emptied (MustNotLeaveDust); then"
                + " the adapter offers what leaves that much. Debt without any collateral is burned"
                + " into deficits."
            : "There is no rule of dust, and bad debt stays.",
        "Roundings: " + difference + ".");
  }
}
