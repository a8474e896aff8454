package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CheckResult.Fails;
import trimtab.core.certificate.check.CheckResult.Holds;
import trimtab.core.certificate.check.ClosingLeg.Settled;
import trimtab.core.health.LegSum;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.testkit.World;

/// The checker against what the planner writes for seeded accounts: two derivations of the same
/// definitions that share no code.
class PlannedCertificatesTest {
  private static final long BATCH = 50;
  private static final List<LongFunction<World>> FAMILIES =
      List.of(World::onePosition, World::onePair, World::mixed);

  static LongStream batches() {
    return LongStream.range(0, 10);
  }

  private static List<Certificate> restoring(long batch) {
    List<Certificate> certificates = new ArrayList<>();
    for (long seed = batch * BATCH; seed < (batch + 1) * BATCH; seed++) {
      for (LongFunction<World> family : FAMILIES) {
        World world = World.breached(seed, family);
        if (plan(world) instanceof Plan.Close close
            && close.claim() instanceof Claim.RestoresMinimal) {
          certificates.add(
              Certificates.of(
                  world.listing(), world.account(), world.marks(), world.rulebook(), close));
        }
      }
    }
    return certificates;
  }

  private static Plan plan(World world) {
    return new Planner(world.listing(), new LegSum(world.listing()))
        .plan(
            world.account(),
            world.marks(),
            world.rulebook(),
            world.curves(),
            EpisodeState.opened(0),
            MarketState.fresh(0));
  }

  @ParameterizedTest
  @MethodSource("batches")
  void theLeastRestoringCloseIsProven(long batch) {
    List<Certificate> certificates = restoring(batch);
    assertThat(certificates).hasSizeGreaterThan((int) BATCH / 2);
    for (Certificate certificate : certificates) {
      assertThat(CertificateChecker.check(certificate)).isInstanceOf(Holds.class);
    }
  }

  /// With every amount of the changed close recomputed: only the claim is false.
  @ParameterizedTest
  @MethodSource("batches")
  void aLotMoreOrLessIsNot(long batch) {
    for (Certificate certificate : restoring(batch)) {
      Stage last = certificate.stages().getLast();
      for (long change : List.of(last.lot(), -last.lot())) {
        long quantity = last.quantity() + change;
        if (quantity > 0 && quantity < last.size() && quantity <= last.curve().knots().getLast()) {
          assertThat(CertificateChecker.check(closing(certificate, quantity)))
              .isInstanceOf(Fails.class);
        }
      }
    }
  }

  private static Certificate closing(Certificate certificate, long quantity) {
    Level target = Level.target(certificate.terms());
    AccountState state = AccountState.before(certificate);
    List<Stage> stages = new ArrayList<>(certificate.stages());
    Stage last = stages.removeLast();
    boolean capped = certificate.terms().penaltyCapped();
    for (Stage stage : stages) {
      ClosingLeg leg = ClosingLeg.of(state, stage, certificate.terms(), target);
      state = leg.settle(stage.quantity(), capped).after();
    }
    Settled settled =
        ClosingLeg.of(state, last, certificate.terms(), target).settle(quantity, capped);
    stages.add(
        new Stage(
            last.leg(),
            last.size(),
            last.lot(),
            last.minimumOrderValue(),
            last.dustValue(),
            last.capSharePpm(),
            last.feePpm(),
            last.curve(),
            quantity,
            settled.cost().longValueExact(),
            settled.penalty().longValueExact(),
            settled.repaid().longValueExact(),
            last.segments(),
            last.points()));
    return new Certificate(
        certificate.version(),
        certificate.account(),
        certificate.rulebook(),
        certificate.asOfNanos(),
        certificate.valueDecimals(),
        certificate.terms(),
        certificate.balances(),
        certificate.positions(),
        stages,
        new Claim.RestoresMinimal(settled.after().excess(target).toString()));
  }
}
