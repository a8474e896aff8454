package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.rulebooks.lending.CompoundV3;
import trimtab.rulebooks.lending.EulerV2;
import trimtab.rulebooks.lending.LendingHealth;
import trimtab.rulebooks.number.Fraction;

/// Figures of protocols that close nothing here, against their own functions in units that are
/// converted by hand.
class LoanFiguresTest {
  private static String figure(LoanFigures rulebook, DrawnLoan loan, String name) {
    return rulebook.figures(loan.situation(rulebook)).stream()
        .filter(figure -> figure.name().equals(name))
        .map(Figure::value)
        .findFirst()
        .orElse("untold");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void compoundV3TellsItsAbsorption(long seed) {
    DrawnLoan loan = DrawnLoan.of(seed, 830_000, false);
    CompoundV3.Base base = new CompoundV3.Base(BigInteger.TEN.pow(8), BigInteger.TEN.pow(8));
    CompoundV3.Collateral ether =
        new CompoundV3.Collateral(
            BigInteger.valueOf(loan.ether()),
            loan.price8(loan.etherPrice()),
            BigInteger.TEN.pow(6),
            wad(830),
            wad(930));
    BigInteger balance = BigInteger.valueOf(-loan.debt());
    CompoundV3Rulebook rulebook = CompoundV3Rulebook.DEFAULT;
    assertThat(figure(rulebook, loan, "liquidity"))
        .isEqualTo(CompoundV3.liquidity(balance, base, List.of(ether)).toString());
    switch (CompoundV3.absorb(balance, base, List.of(ether))) {
      case CompoundV3.Absorption.Done(CompoundV3.Absorbed absorbed) -> {
        assertThat(figure(rulebook, loan, "newBalance")).isEqualTo("" + absorbed.newBalance());
        assertThat(figure(rulebook, loan, "badDebt")).isEqualTo("" + absorbed.badDebt());
        assertThat(figure(rulebook, loan, "baseReserves"))
            .isEqualTo("" + absorbed.basePaidOut().negate());
      }
      case CompoundV3.Absorption.NotLiquidatable() ->
          assertThat(figure(rulebook, loan, "revert")).isEqualTo("NotLiquidatable");
    }
    CompoundV3.Sale sale = new CompoundV3.Sale(ether.price(), ether.scale(), wad(930), wad(500));
    assertThat(figure(rulebook, loan, "quoteCollateral ETH"))
        .isEqualTo("" + CompoundV3.quoteCollateral(BigInteger.TEN.pow(11), base, sale));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void eulerV2TellsWhatIsInherited(long seed) {
    DrawnLoan loan = DrawnLoan.of(seed, 830_000, true);
    // A unit of USD is 1e-8, so 1e10 of 18 decimals; a coin's is 1e-6 at cents, so 1e10 a cent.
    BigInteger unit = BigInteger.TEN.pow(10 + 18);
    EulerV2.Debt debt = new EulerV2.Debt(BigInteger.valueOf(loan.debt()), unit);
    List<EulerV2.Collateral> held =
        List.of(
            new EulerV2.Collateral(
                BigInteger.valueOf(loan.ether()),
                BigInteger.valueOf(loan.etherPrice()).multiply(unit),
                BigInteger.valueOf(8_300)),
            new EulerV2.Collateral(
                BigInteger.valueOf(loan.bitcoin()),
                BigInteger.valueOf(loan.bitcoinPrice()).multiply(unit),
                BigInteger.valueOf(8_300)));
    EulerV2Rulebook rulebook = EulerV2Rulebook.DEFAULT.with(Map.of("pair", "USD/BTC"));
    EulerV2.Parameters vault = EulerV2.Parameters.DEFAULTS;
    EulerV2.Liquidation most = EulerV2.maxLiquidation(debt, held, 1, vault);
    assertThat(figure(rulebook, loan, "collateralAdjustedValue"))
        .isEqualTo("" + most.liquidity().collateralAdjustedValue());
    assertThat(figure(rulebook, loan, "maxRepay")).isEqualTo("" + most.repay());
    assertThat(figure(rulebook, loan, "maxYield")).isEqualTo("" + most.yieldBalance());
    assertThat(figure(rulebook, loan, "socialisedDebt"))
        .isEqualTo("" + EulerV2.socialisedDebt(debt, held, 1, most, vault));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyProtocolTellsTheDirectionWithoutRounding(long seed) {
    DrawnLoan loan = DrawnLoan.of(seed, 830_000, false);
    LendingHealth.Pair pair =
        new LendingHealth.Pair(
            hundredMillionths(loan.ether() * loan.etherPrice()).times(Fraction.parse("0.83")),
            hundredMillionths(loan.debt()),
            Fraction.parse("1.05"),
            Fraction.parse("0.83"));
    AaveV3Rulebook rulebook = AaveV3Rulebook.of(AaveV3Version.V30);
    assertThat(figure(rulebook, loan, "direction"))
        .isEqualToIgnoringCase(LendingHealth.direction(pair).name());
    LendingHealth.Target target = LendingHealth.repayToTarget(pair, Fraction.ONE);
    assertThat(figure(rulebook, loan, "repayToTarget"))
        .startsWith(target.repay().map(Fraction::toString).orElse("none"));
  }

  @Test
  void stylesThatAreNotHostedAreMisfitsWithTheirFigures() {
    DrawnLoan loan = DrawnLoan.of(7, 830_000, false);
    for (LoanFigures rulebook : List.of(CompoundV3Rulebook.DEFAULT, EulerV2Rulebook.DEFAULT)) {
      assertThat(rulebook.fits(loan.account(), loan.listing())).isInstanceOf(Fit.Misfit.class);
      assertThat(rulebook.misfit()).isPresent();
      assertThat(rulebook.figures(loan.situation(rulebook))).isNotEmpty();
      assertThat(rulebook.prescription(loan.situation(rulebook)).orElseThrow().pieces()).isEmpty();
    }
  }

  private static Fraction hundredMillionths(long value) {
    return new Fraction(BigInteger.valueOf(value), BigInteger.TEN.pow(8));
  }

  private static BigInteger wad(long thousandths) {
    return BigInteger.valueOf(thousandths).multiply(BigInteger.TEN.pow(15));
  }
}
