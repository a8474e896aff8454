package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import trimtab.core.account.Account;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.VenueRulebook;

/// An account of perpetuals in plain decimals, and the same account of the core on a listing of
/// some scales: what a rulebook says must not depend on the scales.
///
/// @param cash dollars
/// @param positions one per market, by name in the order of the list
record DrawnPerpetuals(BigDecimal cash, List<Drawn> positions) {
  private static final int VALUE_DECIMALS = 8;

  /// @param size units, negative for a short, four decimals
  /// @param entry dollars, at most two decimals
  /// @param mark dollars, at most two decimals
  /// @param leverage the largest; maintenance is `1 / (2 x leverage)`, initial twice that
  record Drawn(String name, BigDecimal size, BigDecimal entry, BigDecimal mark, int leverage) {
    BigDecimal maintenance() {
      return BigDecimal.ONE.divide(BigDecimal.valueOf(2L * leverage), 6, RoundingMode.UNNECESSARY);
    }

    BigDecimal requirement() {
      return size.abs().multiply(mark).multiply(maintenance());
    }

    BigDecimal profit() {
      return size.multiply(mark.subtract(entry));
    }
  }

  /// Scales of a listing.
  ///
  /// @param priceDecimals at least 2
  /// @param quantityDecimals at least 4
  record Scales(int priceDecimals, int quantityDecimals) {
    static final List<Scales> ALL = List.of(new Scales(2, 4), new Scales(2, 6), new Scales(3, 5));
  }

  /// An account whose health is drawn from the bounds.
  static DrawnPerpetuals of(long seed, double least, double most, int markets) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] leverages = {50, 25, 20, 10, 5, 4};
    List<Drawn> positions = new ArrayList<>();
    BigDecimal requirement = BigDecimal.ZERO;
    BigDecimal profit = BigDecimal.ZERO;
    for (int i = 0; i < markets; i++) {
      BigDecimal mark = BigDecimal.valueOf(random.nextLong(100, 5_000_000), 2);
      BigDecimal move = BigDecimal.valueOf(random.nextLong(-200, 200), 3);
      BigDecimal entry =
          mark.multiply(BigDecimal.ONE.add(move)).setScale(2, RoundingMode.HALF_EVEN);
      long units = random.nextLong(1, random.nextBoolean() ? 100 : 200_000);
      BigDecimal size = BigDecimal.valueOf(random.nextBoolean() ? units : -units, 4);
      Drawn drawn =
          new Drawn("M" + i, size, entry, mark, leverages[random.nextInt(leverages.length)]);
      positions.add(drawn);
      requirement = requirement.add(drawn.requirement());
      profit = profit.add(drawn.profit());
    }
    BigDecimal health = BigDecimal.valueOf(random.nextDouble(least, most));
    BigDecimal cash =
        requirement.multiply(health).subtract(profit).setScale(6, RoundingMode.HALF_EVEN);
    return new DrawnPerpetuals(cash, positions);
  }

  BigDecimal requirement() {
    return positions.stream().map(Drawn::requirement).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  BigDecimal equity() {
    return positions.stream().map(Drawn::profit).reduce(cash, BigDecimal::add);
  }

  Listing listing(Scales scales) {
    List<Feed> feeds = new ArrayList<>();
    List<Contract> contracts = new ArrayList<>();
    for (Drawn drawn : positions) {
      feeds.add(new Feed(drawn.name(), scales.priceDecimals(), 1));
      long ppm = drawn.maintenance().movePointRight(6).longValueExact();
      long lot = BigDecimal.ONE.movePointRight(scales.quantityDecimals() - 4).longValueExact();
      contracts.add(
          new Contract(
              drawn.name(),
              feeds.size() - 1,
              scales.quantityDecimals(),
              lot,
              0,
              0,
              MarginTiers.flat(2 * ppm),
              MarginTiers.flat(ppm),
              0));
    }
    Asset money =
        new Asset("USD", Asset.SETTLEMENT, VALUE_DECIMALS, 1_000_000, 1_000_000, 1, 0, 0, 0);
    return new Listing(VALUE_DECIMALS, feeds, List.of(money), contracts);
  }

  Situation situation(Scales scales, VenueRulebook rulebook) {
    Listing listing = listing(scales);
    long[] prices =
        positions.stream()
            .mapToLong(drawn -> scaled(drawn.mark(), scales.priceDecimals()))
            .toArray();
    Marks marks = Marks.of(0, prices);
    List<Account.Position> held = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      Drawn drawn = positions.get(i);
      BigDecimal cost = drawn.size().multiply(drawn.entry());
      held.add(
          new Account.Position(
              i,
              scaled(drawn.size(), scales.quantityDecimals()),
              scaled(cost, listing.costDecimals(listing.contracts().get(i)))));
    }
    Account account =
        new Account(
            "drawn", List.of(new Account.Balance(0, scaled(cash, VALUE_DECIMALS), 0)), held);
    HealthModel model =
        new HealthModel(listing, new LegSum(listing), rulebook.base(), rulebook.netting());
    return new Situation(
        account,
        marks,
        model,
        model.assess(account, marks),
        EpisodeState.opened(0),
        MarketState.fresh(0));
  }

  private static long scaled(BigDecimal number, int decimals) {
    return number.movePointRight(decimals).longValueExact();
  }

  /// What a rulebook prescribes, in units of each market by name.
  List<String> prescribed(Scales scales, VenueRulebook rulebook) {
    Prescription prescription = rulebook.prescription(situation(scales, rulebook)).orElseThrow();
    return prescription.pieces().stream()
        .map(piece ->
            line(
                positions.get(((PositionLeg) piece.leg()).market()).name(),
                BigDecimal.valueOf(piece.quantity(), scales.quantityDecimals())))
        .toList();
  }

  /// A close as these tests compare it.
  static String line(String name, BigDecimal size) {
    return name + " " + size.abs().stripTrailingZeros().toPlainString();
  }

  /// The plan of a rulebook where the market takes everything at the mark; its certificate holds.
  Plan plan(Scales scales, VenueRulebook rulebook) {
    Situation situation = situation(scales, rulebook);
    Plan plan =
        new Planner(situation.listing(), situation.model().requirements())
            .plan(
                situation.account(),
                situation.marks(),
                rulebook,
                CostCurves.FREE,
                situation.episode(),
                situation.market());
    if (plan instanceof Plan.Close close) {
      assertThat(
              CertificateChecker.check(
                  Certificates.of(
                      situation.listing(),
                      situation.account(),
                      situation.marks(),
                      rulebook,
                      close)))
          .isInstanceOf(CheckResult.Holds.class);
    }
    return plan;
  }

  /// What a plan's closings pay, dollars.
  static BigDecimal penalty(Plan.Close plan) {
    return plan.closings().stream()
        .map(closing -> BigDecimal.valueOf(closing.closing().penalty(), VALUE_DECIMALS))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
