package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

class HealthModelTest {
  /// Dollars in value units of 10^-8.
  private static long usd(long dollars) {
    return dollars * 100_000_000;
  }

  /// Dollars in value units x parts per million.
  private static Wide weighted(long dollars) {
    return Wide.product(usd(dollars), Ppm.ONE);
  }

  @Test
  void aLongWithItsLoss() {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "2000", "0.05")
            .position("ETHUSDT", "10", "2100")
            .holds("USD", "1500")
            .world();
    Health health = world.health();
    // 1,500 + 10 x (2,000 - 2,100) = 500 against 5 % of 20,000 = 1,000
    assertThat(health.backing()).isEqualTo(weighted(500));
    assertThat(health.requirement()).isEqualTo(weighted(1_000));
    assertThat(health.obligation()).isEqualTo(weighted(1_000));
    assertThat(health.base()).isEqualTo(Base.REQUIREMENT);
    assertThat(health.equity()).isEqualTo(usd(500));
    assertThat(health.ratioText(Ppm.ONE)).isEqualTo("0.500");
  }

  @Test
  void aLoan() {
    World world =
        HandWorld.usd().asset("ETH", "2000", "0.8").holds("ETH", "2").owes("USD", "3000").world();
    Health health = world.health();
    // 0.8 x 4,000 = 3,200 against 3,000
    assertThat(health.backing()).isEqualTo(weighted(3_200));
    assertThat(health.obligation()).isEqualTo(weighted(3_000));
    assertThat(health.requirement()).isEqualTo(Wide.ZERO);
    assertThat(health.base()).isEqualTo(Base.OBLIGATION);
    assertThat(health.equity()).isEqualTo(usd(1_000));
    assertThat(health.ratioText(Ppm.ONE)).isEqualTo("1.066");
  }

  @Test
  void everythingAtOnceIsNettedPerAssetFirst() {
    World world =
        HandWorld.usd()
            .debtWeight("1.1")
            .market("SOLUSDT", "100", "0.02", "1000", "0.04")
            .asset("ETH", "2000", "0.8")
            .asset("BTC", "30000", "0.9")
            .debtWeight("1.2")
            .position("SOLUSDT", "-50", "110")
            .holds("USD", "700")
            .owes("USD", "2200")
            .holds("ETH", "3")
            .owes("ETH", "1")
            .holds("BTC", "0.02")
            .owes("BTC", "0.03")
            .world();
    Health health = world.health();
    // USD: 700 - 2,200 + 50 x (110 - 100) = -1,000 at 1.1; ETH: net 2 at 0.8; BTC: net -0.01 at 1.2
    assertThat(world.model().net(world.account(), world.marks(), 0))
        .isEqualTo(Wide.of(usd(-1_000)));
    assertThat(world.model().net(world.account(), world.marks(), 1)).isEqualTo(Wide.of(usd(4_000)));
    assertThat(world.model().net(world.account(), world.marks(), 2)).isEqualTo(Wide.of(usd(-300)));
    assertThat(health.backing()).isEqualTo(weighted(3_200));
    // SOL: 2 % of 1,000 + 4 % of 4,000 = 180
    assertThat(health.requirement()).isEqualTo(weighted(180));
    assertThat(health.obligation()).isEqualTo(weighted(1_100 + 360 + 180));
    assertThat(health.equity()).isEqualTo(usd(-1_000 + 4_000 - 300));
    // (3,200 - 1,460) / 180
    assertThat(health.ratioText(Ppm.ONE)).isEqualTo("9.666");
  }

  @Test
  void theBaseCanBeChosen() {
    HandWorld hand =
        HandWorld.usd()
            .market("ETHUSDT", "2000", "0.05")
            .asset("BTC", "30000", "0.5")
            .position("ETHUSDT", "-1", "1900")
            .holds("BTC", "0.02");
    // BTC 0.5 x 600 = 300; USD -100; requirement 100
    assertThat(hand.base(Base.AUTO).world().health().ratioText(Ppm.ONE)).isEqualTo("2.000");
    assertThat(hand.base(Base.REQUIREMENT).world().health().ratioText(Ppm.ONE)).isEqualTo("2.000");
    assertThat(hand.base(Base.OBLIGATION).world().health().ratioText(Ppm.ONE)).isEqualTo("1.500");
  }

  @Test
  void anEmptyAccountOwesNothing() {
    Health health = HandWorld.usd().world().health();
    assertThat(health.isAtLeast(2 * Ppm.ONE)).isTrue();
    assertThat(health.equity()).isZero();
    assertThat(health.base()).isEqualTo(Base.OBLIGATION);
  }

  @Test
  void theRequirementAlongAPositionFallsTierByTier() {
    World world =
        HandWorld.usd(0)
            .market("A", "10", "0.01", "50", "0.02", "100", "0.05")
            .market("B", "7", "0.1")
            .position("A", "12", "10")
            .position("B", "-3", "7")
            .world();
    RequirementLine line = world.model().requirements().along(world.account(), world.marks(), 0);
    // B needs 2.1 throughout; A needs 0.5 + 1 + 1 at 120, 0.5 + 1 at 100, 0.5 at 50, 0.1 at 10
    assertThat(line.at(0)).isEqualTo(Wide.product(460, Ppm.ONE));
    assertThat(line.at(2)).isEqualTo(Wide.product(360, Ppm.ONE));
    assertThat(line.at(7)).isEqualTo(Wide.product(260, Ppm.ONE));
    assertThat(line.at(11)).isEqualTo(Wide.product(220, Ppm.ONE));
    assertThat(line.at(12)).isEqualTo(Wide.product(210, Ppm.ONE));
    // What leaves exactly a tier's start belongs to the piece below it.
    assertThat(line.breakPoints()).containsExactly(1, 6);
    assertThat(world.model().requirements().maximumRatePpm(0)).isEqualTo(50_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theRequirementAlongAPositionIsLinearBetweenItsBreakPoints(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < 50; i++) {
      long size = seeded.between(1, 60);
      HandWorld hand =
          HandWorld.usd(0)
              .market("A", Decimals.format(seeded.between(1, 900), 2), "0.01", tiers(seeded))
              .position("A", Long.toString(seeded.chance(0.5) ? size : -size), "1");
      World world = hand.world();
      RequirementLine line = world.model().requirements().along(world.account(), world.marks(), 0);
      long[] ends =
          LongStream.concat(LongStream.of(line.breakPoints()), LongStream.of(size)).toArray();
      assertThat(ends).isSorted();
      long from = 1;
      for (long end : ends) {
        for (long closed = from + 1; closed < end; closed++) {
          assertThat(line.at(closed).minus(line.at(closed - 1)))
              .isEqualTo(line.at(closed + 1).minus(line.at(closed)));
        }
        from = end + 1;
      }
    }
  }

  private static String[] tiers(Seeded seeded) {
    List<String> tiers = new ArrayList<>();
    long from = 0;
    for (int i = 2; i < 6; i++) {
      from += seeded.between(1, 12_000);
      tiers.add(Decimals.format(from, 2));
      tiers.add("0.0" + i);
    }
    return tiers.toArray(String[]::new);
  }

  @Test
  void initialAndMaintenanceMarginAreTwoSets() {
    Contract contract =
        new Contract("A", 0, 0, 1, 0, 0, MarginTiers.flat(100_000), MarginTiers.flat(50_000), 0);
    Asset usd = new Asset("USD", Asset.SETTLEMENT, 2, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0);
    LegSum model =
        new LegSum(new Listing(2, List.of(new Feed("A", 2, 1)), List.of(usd), List.of(contract)));
    Account account = new Account("a", List.of(), List.of(new Position(0, -3, -3_000)));
    Marks marks = Marks.of(0, 2_000);
    assertThat(model.requirement(account, marks, MarginKind.INITIAL))
        .isEqualTo(Wide.product(600, Ppm.ONE));
    assertThat(model.requirement(account, marks, MarginKind.MAINTENANCE))
        .isEqualTo(Wide.product(300, Ppm.ONE));
  }
}
