package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;

/// Checks a certificate from its numbers alone, in exact integers and fractions: that it is well
/// formed, that the account was in breach, every amount of every stage, and the claim. It shares no
/// code with what decides, plans and settles, so a fault there does not pass here.
///
/// What a certificate takes as given, a check cannot question: the balances, marks, tiers, curves
/// and terms.
public final class CertificateChecker {
  private CertificateChecker() {}

  /// Every certificate gets an answer; a malformed one is a finding, not an exception.
  public static CheckResult check(Certificate certificate) {
    Findings findings = new Findings();
    List<String> verified = new ArrayList<>();
    try {
      new Form(findings).check(certificate);
      if (findings.isEmpty()) {
        verify(certificate, findings, verified);
      }
    } catch (ArithmeticException outOfRange) {
      String message = Objects.requireNonNullElse(outOfRange.getMessage(), "overflow");
      findings.require(false, "a number leaves its range: %s", message);
    }
    return findings.isEmpty()
        ? new CheckResult.Holds(verified)
        : new CheckResult.Fails(findings.sentences());
  }

  private static void verify(Certificate certificate, Findings findings, List<String> verified) {
    AccountState start = AccountState.before(certificate);
    BigInteger breach = start.excess(Level.threshold(certificate.terms()));
    findings.require(
        breach.signum() < 0,
        "the account was not in breach: its excess over the threshold was %s",
        breach);
    verified.add("the account was in breach: its excess over the threshold was " + breach);

    Terms terms = certificate.terms();
    new RateCheck(terms, Standard.of(start, terms), certificate.asOfNanos(), findings).check();
    Level target = target(certificate, start);
    StageCheck check = new StageCheck(certificate.terms(), target, findings);
    List<CheckedStage> stages = new ArrayList<>();
    AccountState state = start;
    for (Stage line : certificate.stages()) {
      Optional<CheckedStage> stage = check.check(stages.size() + 1, line, state);
      if (stage.isEmpty()) {
        return;
      }
      stages.add(stage.get());
      state = stage.get().settled().after();
      verified.add(describe(stage.get()));
    }
    new ClaimCheck(start, stages, terms, certificate.asOfNanos(), target, findings)
        .check(certificate.claim());
    verified.add(
        certificate.claim().kind()
            + " is proven; the excess over the target afterwards is "
            + state.excess(Level.target(terms)));
  }

  /// The level that sizes are judged by: less than the target where the claim is a share of the
  /// way.
  private static Level target(Certificate certificate, AccountState start) {
    Level target = Level.target(certificate.terms());
    return certificate.claim() instanceof Claim.RestoresShare share
        ? target.withBar(ShareCheck.bar(start, target, share.sharePpm()))
        : target;
  }

  private static String describe(CheckedStage stage) {
    Stage line = stage.line();
    return stage
        + ": size, quantity "
        + line.quantity()
        + " of "
        + line.size()
        + ", cost, penalty, repaid value and the account afterwards recomputed; equity falls by"
        + " cost and penalty alone; "
        + line.segments().size()
        + " segments and "
        + line.points().size()
        + " points of sizes that fail";
  }
}
