package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.health.HealthTwin.Fault;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.instrument.CollateralTiers;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.testkit.ForeignWorld;
import trimtab.core.testkit.World;

/// Health of thousands of accounts with every payoff, netting and kind of tiers equals the twin's,
/// digit by digit, and so do the verdicts where an account has just enough or just not.
class HealthTwinTest {
  private static final long SEEDS = 2_000;

  private static Stream<World> worlds(long seeds) {
    return LongStream.range(0, seeds)
        .boxed()
        .flatMap(seed ->
            Stream.of(
                ForeignWorld.position(seed),
                ForeignWorld.mixed(seed),
                ForeignWorld.tieredCollateral(seed)))
        .map(HealthTwinTest::withInitialTerms);
  }

  /// Initial terms stricter than those of maintenance.
  private static World withInitialTerms(World world) {
    Listing old = world.listing();
    List<Asset> assets = old.assets().stream().map(HealthTwinTest::stricter).toList();
    List<Contract> contracts = old.contracts().stream().map(HealthTwinTest::stricter).toList();
    return world.with(new Listing(old.valueDecimals(), old.feeds(), assets, contracts));
  }

  private static Asset stricter(Asset old) {
    List<CollateralTiers.Tier> tiers =
        old.maintenance().holding().tiers().stream()
            .map(t -> new CollateralTiers.Tier(t.fromAmount(), t.weightPpm() * 9 / 10))
            .toList();
    Weights initial = new Weights(new CollateralTiers(tiers), old.debtWeightPpm() + 50_000);
    return new Asset(
        old.symbol(),
        old.feed(),
        old.decimals(),
        old.maintenance(),
        initial,
        old.lot(),
        old.minimumOrderValue(),
        old.dustValue(),
        old.takerFeePpm());
  }

  private static Contract stricter(Contract old) {
    List<MarginTiers.Tier> tiers =
        old.maintenance().tiers().stream()
            .map(t -> new MarginTiers.Tier(t.fromValue(), t.ratePpm() + 10_000))
            .toList();
    return new Contract(
        old.symbol(),
        old.payoff(),
        old.term(),
        old.settlement(),
        old.feed(),
        old.quantityDecimals(),
        old.lot(),
        old.minimumOrderValue(),
        old.dustValue(),
        new MarginTiers(old.maintenance().kind(), tiers),
        old.maintenance(),
        old.takerFeePpm(),
        old.pnlWeightPpm());
  }

  private static HealthTwin twin(World world, MarginKind kind, Fault fault) {
    return new HealthTwin(
        world.listing(), world.account(), world.marks(), kind, world.rulebook().netting(), fault);
  }

  private static boolean agree(World world, MarginKind kind, Fault fault) {
    Health health = world.model().assess(world.account(), world.marks(), kind);
    HealthTwin twin = twin(world, kind, fault);
    int decimals = world.listing().exactDecimals() + Ppm.DECIMALS;
    return isEqual(health.backing(), decimals, twin.backing)
        && isEqual(health.obligation(), decimals, twin.obligation)
        && isEqual(health.requirement(), decimals, twin.requirement)
        && isEqual(Wide.of(health.equity()), world.listing().valueDecimals(), twin.equity());
  }

  private static boolean isEqual(Wide units, int decimals, BigDecimal expected) {
    return new BigDecimal(units.toBigInteger(), decimals).compareTo(expected) == 0;
  }

  @ParameterizedTest
  @EnumSource(MarginKind.class)
  void healthIsTheTwins(MarginKind kind) {
    assertThat(worlds(SEEDS)).allMatch(world -> agree(world, kind, Fault.NONE));
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aTwinWithAFaultIsNoticed(Fault fault) {
    assertThat(worlds(200)).anyMatch(world -> !agree(world, MarginKind.MAINTENANCE, fault));
  }

  @Test
  void verdictsAreTheTwinsAtTheThresholdAndAUnitAside() {
    List<Boolean> verdicts = new ArrayList<>();
    worlds(500)
        .forEach(world -> {
          World near = atThreshold(world);
          for (long units = -3; units <= 3; units++) {
            World moved = near.with(withCash(near.account(), units));
            long level = moved.rulebook().thresholdPpm();
            boolean expected =
                twin(moved, MarginKind.MAINTENANCE, Fault.NONE)
                        .excess(level, moved.rulebook().base())
                        .signum()
                    >= 0;
            assertThat(moved.health().isAtLeast(level)).isEqualTo(expected);
            verdicts.add(expected);
          }
        });
    long healthy = verdicts.stream().filter(v -> v).count();
    // Both verdicts within three units of the threshold, in most of the 1,500 accounts.
    assertThat(healthy).isBetween(2_500L, verdicts.size() - 2_500L);
  }

  /// The account with the cash that brings its excess to about zero.
  private static World atThreshold(World world) {
    World near = world;
    for (int step = 0; step < 40; step++) {
      Wide ppm = Wide.product(Ppm.ONE * Ppm.ONE, near.listing().exactScale());
      Wide excess = near.health().excess(near.rulebook().thresholdPpm()).divFloor(ppm);
      if (excess.signum() == 0) {
        break;
      }
      near = near.with(withCash(near.account(), excess.negate().toLongExact()));
    }
    return near;
  }

  private static Account withCash(Account account, long units) {
    List<Balance> balances = new ArrayList<>(account.balances());
    Balance cash = balances.getFirst();
    balances.set(0, new Balance(0, cash.amount() + units, cash.debt()));
    return account.with(balances, account.positions());
  }
}
