package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Prescription;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.lending.AaveV3;
import trimtab.rulebooks.lending.AaveV30;
import trimtab.rulebooks.lending.AaveV33;
import trimtab.rulebooks.lending.AaveV36;
import trimtab.rulebooks.lending.AaveV37;
import trimtab.rulebooks.lending.AaveV4;
import trimtab.rulebooks.lending.CompoundV2;
import trimtab.rulebooks.lending.MorphoBlue;
import trimtab.rulebooks.lending.MorphoMidnight;
import trimtab.rulebooks.lending.MorphoPreLiquidation;
import trimtab.rulebooks.lending.Silo;
import trimtab.rulebooks.lending.SiloV2;
import trimtab.rulebooks.lending.SiloV3;
import trimtab.rulebooks.number.Uint;

/// What the adapters prescribe is what the protocols' own functions say of the same loan, in units
/// that are converted here by hand; what is settled is that, and the checker agrees.
class LendingRulebooksTest {
  private static final int SEEDS = 60;
  private static final AaveV3.Asset USD = new AaveV3.Asset(8, BigInteger.TEN.pow(8));

  /// What a protocol takes of a loan; zeros where it refuses.
  private record Taken(BigInteger repaid, BigInteger seized) {
    static final Taken NOTHING = new Taken(BigInteger.ZERO, BigInteger.ZERO);
  }

  /// An adapter with what is expected of it.
  record Case(LendingRulebook rulebook, long lltvPpm, Function<DrawnLoan, Taken> taken) {
    @Override
    public String toString() {
      return rulebook.name();
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(AaveV3Rulebook.of(AaveV3Version.V30), 830_000, LendingRulebooksTest::aave30),
          new Case(AaveV3Rulebook.of(AaveV3Version.V33), 830_000, LendingRulebooksTest::aave33),
          new Case(AaveV3Rulebook.of(AaveV3Version.V36), 830_000, LendingRulebooksTest::aave36),
          new Case(AaveV3Rulebook.of(AaveV3Version.V37), 830_000, LendingRulebooksTest::aave37),
          new Case(AaveV4Rulebook.DEFAULT, 830_000, LendingRulebooksTest::aave4),
          new Case(CompoundV2Rulebook.DEFAULT, 830_000, LendingRulebooksTest::compound2),
          new Case(MorphoBlueRulebook.DEFAULT, 860_000, LendingRulebooksTest::morphoBlue),
          new Case(
              MorphoPreLiquidationRulebook.DEFAULT, 860_000, LendingRulebooksTest::preLiquidation),
          new Case(MorphoMidnightRulebook.DEFAULT, 860_000, LendingRulebooksTest::midnight),
          new Case(SiloRulebook.of(SiloVersion.V2), 778_000, LendingRulebooksTest::silo2),
          new Case(SiloRulebook.of(SiloVersion.V3), 778_000, LendingRulebooksTest::silo3));

  static Stream<Arguments> cases() {
    return CASES.stream()
        .flatMap(each -> LongStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(each, seed)));
  }

  static Stream<Case> adapters() {
    return CASES.stream();
  }

  private static DrawnLoan loan(Case each, long seed) {
    return DrawnLoan.of(seed, each.lltvPpm(), false);
  }

  private static BigInteger prescribed(LendingRulebook rulebook, DrawnLoan loan) {
    Prescription prescription = rulebook.prescription(loan.situation(rulebook)).orElseThrow();
    return prescription.pieces().stream()
        .map(piece -> BigInteger.valueOf(piece.quantity()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsPrescribedIsWhatTheProtocolTakes(Case each, long seed) {
    DrawnLoan loan = loan(each, seed);
    assertThat(prescribed(each.rulebook(), loan)).isEqualTo(each.taken().apply(loan).seized());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsSettledIsWhatTheProtocolTakesAndTheCheckerAgrees(Case each, long seed) {
    DrawnLoan loan = loan(each, seed);
    Taken taken = each.taken().apply(loan);
    if (!(loan.plan(each.rulebook()) instanceof Plan.Close close)) {
      assertThat(taken.seized()).isZero();
      return;
    }
    PlannedClosing closing = close.closings().getFirst();
    Account after = closing.closing().account();
    assertThat(close.closings()).hasSize(1);
    assertThat(closing.closing().cost()).isZero();
    assertThat(balance(after, 1).amount())
        .isEqualTo(loan.ether() - taken.seized().longValueExact());
    assertThat(balance(after, 0).debt()).isEqualTo(loan.debt() - taken.repaid().longValueExact());
    assertThat(balance(after, 0).amount()).isZero();
    assertThat(CertificateChecker.check(loan.certificate(each.rulebook(), close)))
        .isInstanceOf(CheckResult.Holds.class);
  }

  private static Balance balance(Account account, int asset) {
    return account.balances().stream()
        .filter(balance -> balance.asset() == asset)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void mostDrawnLoansAreLiquidatedAndSomeAreNot(Case each) {
    long closing =
        LongStream.range(0, SEEDS)
            .filter(seed -> prescribed(each.rulebook(), loan(each, seed)).signum() > 0)
            .count();
    assertThat(closing).isBetween(SEEDS / 5L, SEEDS - 3L);
  }

  /// The units of the core are the token's own: in a hundredth of them a hundred times as much is
  /// taken, but for roundings.
  @ParameterizedTest
  @MethodSource("cases")
  void finerUnitsTakeTheSame(Case each, long seed) {
    DrawnLoan loan = loan(each, seed);
    BigInteger coarse = prescribed(each.rulebook(), loan);
    BigInteger fine = prescribed(each.rulebook(), loan.finer(2));
    assertThat(fine.subtract(coarse.multiply(BigInteger.valueOf(100))).abs())
        .isLessThan(BigInteger.valueOf(200));
  }

  /// Another size than the protocol's is repaid with the least that seizes it.
  @ParameterizedTest
  @MethodSource("cases")
  void aCutSeizureIsRepaidWithTheLeastThatSeizesIt(Case each, long seed) {
    DrawnLoan loan = loan(each, seed);
    BigInteger half = prescribed(each.rulebook(), loan).shiftRight(1);
    if (half.signum() == 0) {
      return;
    }
    LoanAccount account = LoanAccount.gross(loan.account(), loan.marks(), loan.listing());
    LoanPair pair = account.pair(0, 1);
    BigInteger repaid = each.rulebook().repaidFor(account, pair, half);
    assertThat(each.rulebook().seizedFor(account, pair, repaid)).isGreaterThanOrEqualTo(half);
    assertThat(each.rulebook().seizedFor(account, pair, repaid.subtract(BigInteger.ONE)))
        .isLessThan(half);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void figuresAreToldOfEveryLoan(Case each, long seed) {
    DrawnLoan loan = loan(each, seed);
    assertThat(each.rulebook().figures(loan.situation(each.rulebook())))
        .extracting("name")
        .contains("direction", "repayToTarget")
        .doesNotHaveDuplicates();
  }

  /// With several collaterals one of them is seized as the call says, at the stated penalty.
  @ParameterizedTest
  @MethodSource("cases")
  void oneOfSeveralCollateralsIsSettledAsTheCallSays(Case each, long seed) {
    DrawnLoan loan = DrawnLoan.of(seed, each.lltvPpm(), true);
    LendingRulebook rulebook = each.rulebook();
    if (rulebook.fits(loan.account(), loan.listing()) instanceof Fit.Misfit
        || !(loan.plan(rulebook) instanceof Plan.Close close)) {
      return;
    }
    LoanAccount account = LoanAccount.gross(loan.account(), loan.marks(), loan.listing());
    LoanCall.Taken taken = (LoanCall.Taken) rulebook.call(account);
    Account after = close.closings().getFirst().closing().account();
    int seized = taken.pair().collateral().asset();
    assertThat(balance(after, seized).amount())
        .isEqualTo(balance(loan.account(), seized).amount() - taken.seized().longValueExact());
    assertThat(balance(after, 0).debt()).isEqualTo(loan.debt() - taken.repaid().longValueExact());
    assertThat(CertificateChecker.check(loan.certificate(rulebook, close)))
        .isInstanceOf(CheckResult.Holds.class);
  }

  /// A debt of a coin: what is seized is cut to steps that pay for a unit of it, never more.
  @ParameterizedTest
  @MethodSource("cases")
  void aDebtInACoinIsSettledToItsUnits(Case each, long seed) {
    DrawnLoan drawn = DrawnLoan.of(seed, each.lltvPpm(), false);
    long bitcoin = Math.max(1, drawn.debt() / drawn.bitcoinPrice());
    Account account =
        new Account(
            "drawn",
            List.of(new Balance(1, drawn.ether(), 0), new Balance(2, 0, bitcoin)),
            List.of());
    LendingRulebook rulebook = each.rulebook();
    if (!(drawn.plan(account, rulebook) instanceof Plan.Close close)) {
      return;
    }
    LoanAccount before = LoanAccount.gross(account, drawn.marks(), drawn.listing());
    LoanCall.Taken taken = (LoanCall.Taken) rulebook.call(before);
    PlannedClosing closing = close.closings().getFirst();
    long step = Math.ceilDiv(drawn.bitcoinPrice(), drawn.etherPrice());
    long cut = taken.seized().longValueExact() - closing.closing().quantity();
    assertThat(cut).isBetween(0L, step - 1);
    BigInteger repaid =
        rulebook.repaidFor(before, taken.pair(), BigInteger.valueOf(closing.closing().quantity()));
    assertThat(balance(closing.closing().account(), 2).debt())
        .isEqualTo(bitcoin - repaid.longValueExact());
  }

  @Test
  void severalCollateralsAreReadByTheProtocolsThatKnowThem() {
    DrawnLoan loan = DrawnLoan.of(3, 860_000, true);
    List<String> misfits = new ArrayList<>();
    for (VenueRulebook rulebook : LendingRulebooks.all()) {
      if (rulebook.fits(loan.account(), loan.listing()) instanceof Fit.Misfit) {
        misfits.add(rulebook.name());
      }
    }
    assertThat(misfits)
        .containsExactly(
            "compound-v3",
            "morpho-blue",
            "morpho-pre-liquidation",
            "euler-v2",
            "silo-v2",
            "silo-v3");
  }

  @Test
  void aNamedPairAndOfferAreTaken() {
    DrawnLoan loan = DrawnLoan.of(4, 830_000, true).owing(400_00000000L);
    LendingRulebook rulebook =
        AaveV3Rulebook.of(AaveV3Version.V30)
            .with(
                Map.of(
                    "pair",
                    "USD/BTC",
                    "debtToCover",
                    "1.5",
                    "liquidationBonusBpsByAsset",
                    "BTC 11000"));
    BigInteger price = loan.price8(loan.bitcoinPrice());
    AaveV3.Pair pair =
        new AaveV3.Pair(
            USD,
            BigInteger.valueOf(loan.debt()),
            new AaveV3.Asset(6, price),
            BigInteger.valueOf(loan.bitcoin()),
            BigInteger.valueOf(11_000),
            BigInteger.valueOf(1_000));
    LoanAccount account = LoanAccount.gross(loan.account(), loan.marks(), loan.listing());
    AaveV3.Seizure seizure = AaveV30.seize(pair, BigInteger.valueOf(150_000_000));
    assertThat(rulebook.seizedFor(account, account.pair(0, 2), BigInteger.valueOf(150_000_000)))
        .isEqualTo(seizure.seizedTotal());
    assertThat(LoanPair.chosen(account, rulebook.constants()).orElseThrow())
        .isEqualTo(account.pair(0, 2));
    assertThat(account.pair(0, 2).offer(rulebook.constants()))
        .contains(BigInteger.valueOf(150_000_000));
  }

  @Test
  void whatIsNoChoiceIsRefused() {
    for (String pair : List.of("USD", "USD/ETH/BTC")) {
      assertThatThrownBy(() -> CompoundV2Rulebook.DEFAULT.with(Map.of("pair", pair)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("USD/ETH");
    }
    assertThatThrownBy(() -> SiloRulebook.of(SiloVersion.V2).with(Map.of("debtToCover", "0")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> MorphoPreLiquidationRulebook.DEFAULT.with(Map.of("preLltvWad", "1e18")))
        .hasMessageContaining("PreLltvTooHigh");
    assertThatThrownBy(
            () -> AaveV4Rulebook.DEFAULT.with(Map.of("maxLiquidationBonusBpsByAsset", "ETH")))
        .hasMessageContaining("maxLiquidationBonusBpsByAsset");
  }

  private static AaveV3.Pair pair(DrawnLoan loan) {
    return new AaveV3.Pair(
        USD,
        BigInteger.valueOf(loan.debt()),
        ether(loan),
        BigInteger.valueOf(loan.ether()),
        BigInteger.valueOf(10_500),
        BigInteger.valueOf(1_000));
  }

  private static AaveV3.Asset ether(DrawnLoan loan) {
    return new AaveV3.Asset(loan.coinDecimals(), loan.price8(loan.etherPrice()));
  }

  private static AaveV3.Account account(AaveV3.Totals totals) {
    return new AaveV3.Account(totals.healthFactorWad(), totals.debtBase());
  }

  private static List<AaveV3.Collateral> held(DrawnLoan loan) {
    return List.of(
        new AaveV3.Collateral(
            BigInteger.valueOf(loan.ether()), ether(loan), BigInteger.valueOf(8_300)));
  }

  private static List<AaveV3.Debt> owed(DrawnLoan loan) {
    return List.of(new AaveV3.Debt(BigInteger.valueOf(loan.debt()), USD));
  }

  private static Taken taken(AaveV3.Answer answer) {
    return answer instanceof AaveV3.Answer.Liquidated(BigInteger _, AaveV3.Seizure seizure)
        ? new Taken(seizure.debtRepaid(), seizure.seizedTotal())
        : Taken.NOTHING;
  }

  private static Taken aave30(DrawnLoan loan) {
    AaveV3.Totals totals = AaveV30.totals(held(loan), owed(loan));
    return taken(
        AaveV30.liquidationCall(
            pair(loan),
            totals.healthFactorWad(),
            BigInteger.valueOf(loan.debt()),
            AaveV30.Parameters.DEFAULTS));
  }

  private static Taken aave33(DrawnLoan loan) {
    return taken(
        AaveV33.liquidationCall(
            pair(loan),
            account(AaveV33.totals(held(loan), owed(loan))),
            BigInteger.valueOf(loan.debt()),
            AaveV3.Parameters.DEFAULTS));
  }

  private static Taken aave36(DrawnLoan loan) {
    return taken(
        AaveV36.liquidationCall(
            pair(loan),
            account(AaveV36.totals(held(loan), owed(loan))),
            BigInteger.valueOf(loan.debt()),
            AaveV3.Parameters.DEFAULTS));
  }

  private static Taken aave37(DrawnLoan loan) {
    return taken(
        AaveV37.liquidationCall(
            pair(loan),
            account(AaveV37.totals(held(loan), owed(loan))),
            BigInteger.valueOf(loan.debt()),
            AaveV3.Parameters.DEFAULTS));
  }

  private static Taken aave4(DrawnLoan loan) {
    BigInteger debt = BigInteger.valueOf(loan.debt());
    BigInteger held = BigInteger.valueOf(loan.ether());
    AaveV4.Asset usd = new AaveV4.Asset(8, BigInteger.TEN.pow(8));
    AaveV4.Asset ether = new AaveV4.Asset(loan.coinDecimals(), loan.price8(loan.etherPrice()));
    // 26 decimals: 8 of the amount, 8 of the price, 10 to fill up.
    BigInteger debtValueRay = debt.multiply(BigInteger.TEN.pow(18 + 27));
    BigInteger value =
        held.multiply(loan.price8(loan.etherPrice()))
            .multiply(BigInteger.TEN.pow(18 - loan.coinDecimals()));
    BigInteger factor = BigInteger.valueOf(8_300);
    BigInteger health =
        AaveV4.healthFactorWad(List.of(new AaveV4.Weighed(value, factor)), debtValueRay);
    if (health.compareTo(Uint.WAD) >= 0) {
      return Taken.NOTHING;
    }
    AaveV4.Answer answer =
        AaveV4.liquidationAmounts(
            new AaveV4.Supplied(
                ether,
                held,
                new AaveV4.Hub(BigInteger.ZERO, BigInteger.ZERO, AaveV4.Hub.VIRTUAL_OFFSET),
                new AaveV4.CollateralConfig(
                    factor, BigInteger.valueOf(10_500), BigInteger.valueOf(1_000))),
            new AaveV4.Drawn(usd, debt, BigInteger.ZERO, Uint.RAY),
            new AaveV4.Account(health, debtValueRay),
            debt,
            new AaveV4.SpokeConfig(wad(1_050), wad(900), BigInteger.valueOf(5_000)),
            AaveV4.Parameters.DEFAULTS);
    return answer instanceof AaveV4.Answer.Liquidated(AaveV4.Amounts amounts)
        ? new Taken(amounts.assetsPaid(), amounts.sharesToLiquidate())
        : Taken.NOTHING;
  }

  private static BigInteger wad(long thousandths) {
    return BigInteger.valueOf(thousandths).multiply(BigInteger.TEN.pow(15));
  }

  /// Of the whole close factor, or of what the collateral pays for where that is less.
  private static Taken compound2(DrawnLoan loan) {
    BigInteger debt = BigInteger.valueOf(loan.debt());
    BigInteger held = BigInteger.valueOf(loan.ether());
    // A dollar's 8 decimals take a mantissa of 36 - 8; ether's cents two less than its decimals.
    BigInteger usd = BigInteger.TEN.pow(28);
    BigInteger ether =
        BigInteger.valueOf(loan.etherPrice())
            .multiply(BigInteger.TEN.pow(34 - loan.coinDecimals()));
    BigInteger shortfall =
        CompoundV2.liquidity(
                List.of(
                    new CompoundV2.Snapshot(held, BigInteger.ZERO, Uint.WAD, ether, wad(830)),
                    new CompoundV2.Snapshot(BigInteger.ZERO, debt, Uint.WAD, usd, Uint.WAD)))
            .shortfall();
    CompoundV2.Pair pair = new CompoundV2.Pair(debt, usd, held, ether, Uint.WAD, false);
    CompoundV2.Answer answer =
        CompoundV2.liquidateBorrow(
            pair, shortfall, debt.shiftRight(1), CompoundV2.Parameters.DEFAULTS);
    return answer instanceof CompoundV2.Answer.Liquidated(CompoundV2.Seizure seizure)
        ? new Taken(seizure.repaid(), seizure.seizedTokens())
        : Taken.NOTHING;
  }

  private static BigInteger price36(DrawnLoan loan) {
    // Cents per unit of ether, dollars of 8 decimals: 10^36 x 10^(8 - decimals) / 100.
    return BigInteger.valueOf(loan.etherPrice())
        .multiply(BigInteger.TEN.pow(36 + 6 - loan.coinDecimals()));
  }

  private static MorphoBlue.Market market(DrawnLoan loan) {
    BigInteger debt = BigInteger.valueOf(loan.debt());
    return new MorphoBlue.Market(debt, debt.multiply(BigInteger.valueOf(1_000_000)));
  }

  private static MorphoBlue.Position position(DrawnLoan loan) {
    return new MorphoBlue.Position(
        market(loan).totalBorrowShares(), BigInteger.valueOf(loan.ether()));
  }

  private static Taken morphoBlue(DrawnLoan loan) {
    MorphoBlue.Parameters parameters = MorphoBlue.Parameters.DEFAULTS;
    BigInteger largest =
        MorphoBlue.largestSeizure(market(loan), position(loan), price36(loan), parameters);
    MorphoBlue.Outcome outcome =
        MorphoBlue.liquidate(
            market(loan),
            position(loan),
            price36(loan),
            parameters,
            MorphoBlue.Request.seize(largest));
    return outcome instanceof MorphoBlue.Liquidated done
        ? new Taken(done.repaidAssets(), done.seizedAssets())
        : Taken.NOTHING;
  }

  private static Taken preLiquidation(DrawnLoan loan) {
    MorphoPreLiquidation.Parameters parameters = MorphoPreLiquidation.Parameters.DEFAULTS;
    if (!(MorphoPreLiquidation.window(market(loan), position(loan), price36(loan), parameters)
        instanceof MorphoPreLiquidation.Window window)) {
      return Taken.NOTHING;
    }
    MorphoPreLiquidation.Outcome outcome =
        MorphoPreLiquidation.preLiquidate(
            market(loan),
            position(loan),
            price36(loan),
            price36(loan),
            parameters,
            MorphoBlue.Request.repay(window.repayableShares()));
    return outcome instanceof MorphoPreLiquidation.PreLiquidated done
        ? new Taken(done.repaidAssets(), done.seizedAssets())
        : Taken.NOTHING;
  }

  private static Taken midnight(DrawnLoan loan) {
    BigInteger lltv = wad(860);
    BigInteger factor =
        MorphoMidnight.maxFactor(lltv, MorphoMidnight.Parameters.DEFAULTS.cursorLowWad());
    MorphoMidnight.Collateral slot =
        new MorphoMidnight.Collateral(
            BigInteger.valueOf(loan.ether()), price36(loan), lltv, factor);
    MorphoMidnight.Position position =
        new MorphoMidnight.Position(BigInteger.valueOf(loan.debt()), List.of(slot));
    if (MorphoMidnight.isHealthy(position)) {
      return Taken.NOTHING;
    }
    BigInteger debt = position.debt().subtract(MorphoMidnight.badDebt(position));
    BigInteger cap =
        MorphoMidnight.recoveryCap(
            debt, MorphoMidnight.maxDebt(position.collaterals()), factor, lltv);
    BigInteger repaid =
        MorphoMidnight.capWaived(slot, factor, cap, MorphoMidnight.Parameters.DEFAULTS)
            ? debt
            : debt.min(cap);
    boolean whole =
        MorphoMidnight.seizedFor(repaid, slot.price(), factor).compareTo(slot.amount()) > 0;
    MorphoMidnight.Outcome outcome =
        MorphoMidnight.liquidate(
            position,
            BigInteger.valueOf(-1),
            MorphoMidnight.Parameters.DEFAULTS,
            whole
                ? new MorphoMidnight.Request(0, slot.amount(), BigInteger.ZERO)
                : new MorphoMidnight.Request(0, BigInteger.ZERO, repaid));
    return outcome instanceof MorphoMidnight.Liquidated done
        ? new Taken(done.repaidUnits(), done.seizedAssets())
        : Taken.NOTHING;
  }

  private static Silo.Position silo(DrawnLoan loan) {
    BigInteger ether = BigInteger.valueOf(loan.ether());
    BigInteger debt = BigInteger.valueOf(loan.debt());
    return new Silo.Position(
        ether,
        BigInteger.ZERO,
        ether
            .multiply(BigInteger.valueOf(loan.etherPrice()))
            .multiply(BigInteger.TEN.pow(16 - loan.coinDecimals())),
        debt,
        debt.multiply(BigInteger.TEN.pow(10)));
  }

  private static Taken silo2(DrawnLoan loan) {
    return taken(SiloV2.liquidate(silo(loan), BigInteger.valueOf(loan.debt()), SiloV2.DEFAULTS));
  }

  private static Taken silo3(DrawnLoan loan) {
    return taken(SiloV3.liquidate(silo(loan), BigInteger.valueOf(loan.debt()), SiloV3.DEFAULTS));
  }

  private static Taken taken(Silo.Outcome outcome) {
    return outcome instanceof Silo.Liquidated done
        ? new Taken(done.debtAssets(), done.collateralAssets())
        : Taken.NOTHING;
  }
}
