package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;

/// Whether stages whose amounts are right prove what is claimed.
///
/// @param start the account before anything is closed
/// @param stages at least one, in order
/// @param terms levels and penalties
/// @param asOfNanos instant of the marks
/// @param target level to be restored, with the bar of the claim
/// @param findings where it says what is wrong
record ClaimCheck(
    AccountState start,
    List<CheckedStage> stages,
    Terms terms,
    long asOfNanos,
    Level target,
    Findings findings) {

  void check(Claim claim) {
    switch (claim) {
      case Claim.RestoresMinimal(String excess, var choice) ->
          choice.ifPresentOrElse(
              line -> chosen(new BigInteger(excess), line),
              () -> restoresMinimal(new BigInteger(excess)));
      case Claim.RestoresShare share -> {
        new ShareCheck(Standard.of(start, terms), terms, asOfNanos, findings).check(share);
        restoresMinimal(new BigInteger(share.excess()).subtract(target.bar()));
      }
      case Claim.Relieves() -> relieves();
      case Claim.Capped(String by) -> capped(by);
      case Claim.RulePrescribed prescribed -> {
        new ShareCheck(Standard.of(start, terms), terms, asOfNanos, findings)
            .check(prescribed, start);
        rulePrescribed(prescribed.sharePpm());
      }
      case Claim.VenuePrescribed prescribed -> venuePrescribed(prescribed.quantities());
      case Claim.ClosesAll(String ignored) -> closesAll();
      case Claim.Escalated(String reason) -> escalated(reason);
    }
  }

  private AccountState end() {
    return stages.getLast().settled().after();
  }

  private void restoresMinimal(BigInteger stated) {
    for (CheckedStage stage : stages.subList(0, stages.size() - 1)) {
      requireLargestAllowed(stage);
      requireNotRestored(stage);
    }
    requireExcess(stated);
    requireLeastOfItsLeg(stages.getLast());
  }

  private void chosen(BigInteger stated, ChoiceLine choice) {
    requireExcess(stated);
    new ChoiceCheck(start, stages, terms, target, findings).check(choice);
    if (stages.size() == 1 && choice.order().equals(ChoiceCheck.LEAST_COST)) {
      requireLeastOfItsLeg(stages.getLast());
    }
  }

  private void requireExcess(BigInteger stated) {
    BigInteger excess = end().excess(target);
    findings.require(
        excess.signum() >= 0,
        "the target is not restored, the excess afterwards is %s",
        excess.add(target.bar()));
    findings.require(
        excess.equals(stated),
        "the excess afterwards is %s, not %s",
        excess.add(target.bar()),
        stated.add(target.bar()));
  }

  private void requireLeastOfItsLeg(CheckedStage stage) {
    BigInteger uncapped = stage.leg().settle(stage.line().quantity(), false).penalty();
    findings.require(
        uncapped.equals(stage.settled().penalty()),
        "%s: sizes are judged with the uncapped penalty %s, but %s is taken",
        stage,
        uncapped,
        stage.settled().penalty());
    requireCovered(stage, stage.line().quantity());
  }

  /// The penalty is taken uncapped, as a cap would hide that a close does not help.
  private void relieves() {
    AccountState uncapped = start;
    for (CheckedStage stage : stages) {
      requireLargestAllowed(stage);
      uncapped =
          ClosingLeg.of(uncapped, stage.line(), terms, target)
              .settle(stage.line().quantity(), false)
              .after();
    }
    findings.require(
        HealthFactor.of(uncapped, target).isAbove(HealthFactor.of(start, target)),
        "the health factor does not rise");
    BigInteger excess = end().excess(target);
    findings.require(
        excess.signum() < 0, "what is closed restores the target, with an excess of %s", excess);
  }

  private void capped(String by) {
    stages.forEach(this::requireLargestAllowed);
    if (by.equals(Claim.Capped.DEPTH)) {
      findings.require(
          stages.stream().anyMatch(CheckedStage::isCutByDepth),
          "capped by depth, but no stage ends at the capacity of its cost curve");
      return;
    }
    if (!findings.require(
        by.equals(Claim.Capped.CLOSE_FACTOR),
        "a claim is capped by '%s' or '%s', not by '%s'",
        Claim.Capped.CLOSE_FACTOR,
        Claim.Capped.DEPTH,
        by)) {
      return;
    }
    findings.require(
        stages.stream().anyMatch(CheckedStage::isCutByCloseFactor),
        "capped by the close factor, but no stage ends at it");
    for (CheckedStage stage : stages) {
      requireNotRestored(stage);
      requireCovered(stage, stage.line().quantity());
    }
  }

  private void rulePrescribed(long sharePpm) {
    Set<StageLeg> legs = new HashSet<>();
    for (CheckedStage stage : stages) {
      findings.require(legs.add(stage.line().leg()), "%s: the leg is closed twice", stage);
      OptionalLong share = stage.leg().share(sharePpm);
      long wanted = stage.sizes().leastFrom(share.orElse(stage.leg().size()));
      // Depth comes before the rule: what it cannot take stays open.
      long prescribed = Math.min(wanted, stage.largestInDepth());
      findings.require(
          stage.line().quantity() == prescribed,
          "%s: the rule's share of %d parts per million is %d, not %d",
          stage,
          sharePpm,
          prescribed,
          stage.line().quantity());
    }
    requireEveryLeg(legs);
  }

  /// Each stage closes what is stated, as far as lots and depth allow.
  private void venuePrescribed(List<Long> quantities) {
    List<CheckedStage> closing =
        stages.stream().filter(stage -> stage.line().quantity() > 0).toList();
    if (!findings.require(
        closing.size() == quantities.size(),
        "quantities are stated for %d stages, but %d close something",
        quantities.size(),
        closing.size())) {
      return;
    }
    for (int i = 0; i < closing.size(); i++) {
      CheckedStage stage = closing.get(i);
      long within = Math.min(quantities.get(i), stage.leg().tradingCost().capacity());
      long allowed = stage.sizes().largestTo(Math.min(within, stage.leg().size()));
      findings.require(
          stage.line().quantity() == allowed,
          "%s: the rule states %d, of which %d is admissible, not %d",
          stage,
          quantities.get(i),
          allowed,
          stage.line().quantity());
    }
  }

  /// A share of every leg that was there at the start, unless it is gone when its turn comes.
  private void requireEveryLeg(Set<StageLeg> closed) {
    for (int i = 0; i < start.positions().size(); i++) {
      String market = start.positions().get(i).market();
      findings.require(
          closed.contains(new StageLeg(market, "")),
          "a share of every leg is prescribed, but %s stays as it was",
          market);
    }
    for (int debt = 0; debt < start.balances().size(); debt++) {
      for (int collateral = 0; collateral < start.balances().size(); collateral++) {
        StageLeg pair =
            new StageLeg(
                start.balances().get(collateral).asset(), start.balances().get(debt).asset());
        boolean open = isPair(start, debt, collateral) && isPair(end(), debt, collateral);
        findings.require(
            !open || closed.contains(pair),
            "a share of every leg is prescribed, but no %s is sold for %s",
            pair.instrument(),
            pair.debt());
      }
    }
  }

  static boolean isPair(AccountState state, int debt, int collateral) {
    return state.owed(debt).signum() > 0
        && state.cash(collateral).signum() > 0
        && (debt != collateral || !state.isNetted());
  }

  private void closesAll() {
    for (CheckedStage stage : stages) {
      findings.require(
          stage.isWhole(),
          "%s: everything is to be closed, but only %d of %d is",
          stage,
          stage.line().quantity(),
          stage.leg().size());
    }
    AccountState end = end();
    for (int i = 0; i < end.positions().size(); i++) {
      findings.require(
          end.quantity(i) == 0 || end.positions().get(i).tiers().isEmpty(),
          "everything is to be closed, but %d of %s stays open",
          end.quantity(i),
          end.positions().get(i).market());
    }
    for (int debt = 0; debt < end.balances().size(); debt++) {
      for (int collateral = 0; collateral < end.balances().size(); collateral++) {
        findings.require(
            !isPair(end, debt, collateral) || !canRepay(end, debt, collateral),
            "everything is to be closed, but %s worth %s is left although %s owes %s",
            end.balances().get(collateral).asset(),
            end.cash(collateral),
            end.balances().get(debt).asset(),
            end.owed(debt));
      }
    }
  }

  /// Whether the collateral left would repay one unit of the debt if selling it were free.
  private boolean canRepay(AccountState state, int debt, int collateral) {
    PairRates rates = PairRates.of(terms, state.balances().get(debt));
    BigInteger value = state.cash(collateral).divide(state.exactScale());
    BigInteger repaid = rates.repayable(value, value).multiply(state.exactScale());
    BigInteger unit = state.unitValue(debt);
    return repaid.compareTo(unit) >= 0 && state.owed(debt).compareTo(unit) >= 0;
  }

  private void escalated(String reason) {
    closesAll();
    switch (reason) {
      case Claim.Escalated.BANKRUPT ->
          findings.require(
              start.equity().signum() <= 0,
              "the account is said to be bankrupt, but its equity is %s",
              start.equity());
      case Claim.Escalated.NO_PARTIAL_RESTORES -> {
        stages.forEach(stage -> requireCovered(stage, stage.leg().size()));
        stages.subList(0, stages.size() - 1).forEach(this::requireNotRestored);
      }
      default ->
          findings.require(
              false,
              "an escalation's reason is '%s' or '%s', not '%s'",
              Claim.Escalated.BANKRUPT,
              Claim.Escalated.NO_PARTIAL_RESTORES,
              reason);
    }
  }

  private void requireLargestAllowed(CheckedStage stage) {
    findings.require(
        stage.line().quantity() == stage.largestAllowed(),
        "%s: close factor and depth allow %d, but %d is closed",
        stage,
        stage.largestAllowed(),
        stage.line().quantity());
  }

  /// What is closed so far does not restore, judged with the uncapped penalty of this stage.
  private void requireNotRestored(CheckedStage stage) {
    BigInteger excess = stage.uncappedExcess(target);
    findings.require(
        excess.signum() < 0,
        "%s: the target is restored with an excess of %s, yet it does not count",
        stage,
        excess);
  }

  private void requireCovered(CheckedStage stage, long limit) {
    OptionalLong gap = new FailingSizes(stage, target).firstUncoveredBelow(limit);
    findings.require(
        gap.isEmpty(), "%s: nothing shows that closing %d fails", stage, gap.orElse(0));
  }
}
