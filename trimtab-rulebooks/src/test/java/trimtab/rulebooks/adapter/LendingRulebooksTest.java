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

/// What the adapters prescribe is what the protocols' own functions say of the same loan, in units
/// that are converted here by hand; what is settled is that, and the checker agrees.
class LendingRulebooksTest {
  private static final int SEEDS = 60;

  /// An adapter with what is expected of it.
  record Case(LendingRulebook rulebook, long lltvPpm, Function<DrawnLoan, Taken> taken) {
    @Override
    public String toString() {
      return rulebook.name();
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(AaveV3Rulebook.of(AaveV3Version.V30), 830_000, Taken::aave30),
          new Case(AaveV3Rulebook.of(AaveV3Version.V33), 830_000, Taken::aave33),
          new Case(AaveV3Rulebook.of(AaveV3Version.V36), 830_000, Taken::aave36),
          new Case(AaveV3Rulebook.of(AaveV3Version.V37), 830_000, Taken::aave37),
          new Case(AaveV4Rulebook.DEFAULT, 830_000, Taken::aave4),
          new Case(CompoundV2Rulebook.DEFAULT, 830_000, Taken::compound2),
          new Case(MorphoBlueRulebook.DEFAULT, 860_000, Taken::morphoBlue),
          new Case(MorphoPreLiquidationRulebook.DEFAULT, 860_000, Taken::preLiquidation),
          new Case(MorphoMidnightRulebook.DEFAULT, 860_000, Taken::midnight),
          new Case(SiloRulebook.of(SiloVersion.V2), 778_000, Taken::silo2),
          new Case(SiloRulebook.of(SiloVersion.V3), 778_000, Taken::silo3));

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
            Taken.USD,
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
}
