package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
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

/// What a protocol's own functions take of a drawn loan, in units that are converted here by hand;
/// zeros where it refuses.
///
/// @param repaid base units of the debt
/// @param seized base units of the collateral
record Taken(BigInteger repaid, BigInteger seized) {
  static final Taken NOTHING = new Taken(BigInteger.ZERO, BigInteger.ZERO);
  static final AaveV3.Asset USD = new AaveV3.Asset(8, BigInteger.TEN.pow(8));

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

  static Taken aave30(DrawnLoan loan) {
    AaveV3.Totals totals = AaveV30.totals(held(loan), owed(loan));
    return taken(
        AaveV30.liquidationCall(
            pair(loan),
            totals.healthFactorWad(),
            BigInteger.valueOf(loan.debt()),
            AaveV30.Parameters.DEFAULTS));
  }

  static Taken aave33(DrawnLoan loan) {
    return taken(
        AaveV33.liquidationCall(
            pair(loan),
            account(AaveV33.totals(held(loan), owed(loan))),
            BigInteger.valueOf(loan.debt()),
            AaveV3.Parameters.DEFAULTS));
  }

  static Taken aave36(DrawnLoan loan) {
    return taken(
        AaveV36.liquidationCall(
            pair(loan),
            account(AaveV36.totals(held(loan), owed(loan))),
            BigInteger.valueOf(loan.debt()),
            AaveV3.Parameters.DEFAULTS));
  }

  static Taken aave37(DrawnLoan loan) {
    return taken(
        AaveV37.liquidationCall(
            pair(loan),
            account(AaveV37.totals(held(loan), owed(loan))),
            BigInteger.valueOf(loan.debt()),
            AaveV3.Parameters.DEFAULTS));
  }

  static Taken aave4(DrawnLoan loan) {
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
  static Taken compound2(DrawnLoan loan) {
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

  static Taken morphoBlue(DrawnLoan loan) {
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

  static Taken preLiquidation(DrawnLoan loan) {
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

  static Taken midnight(DrawnLoan loan) {
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

  static Taken silo2(DrawnLoan loan) {
    return taken(SiloV2.liquidate(silo(loan), BigInteger.valueOf(loan.debt()), SiloV2.DEFAULTS));
  }

  static Taken silo3(DrawnLoan loan) {
    return taken(SiloV3.liquidate(silo(loan), BigInteger.valueOf(loan.debt()), SiloV3.DEFAULTS));
  }

  private static Taken taken(Silo.Outcome outcome) {
    return outcome instanceof Silo.Liquidated done
        ? new Taken(done.debtAssets(), done.collateralAssets())
        : Taken.NOTHING;
  }
}
