package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.AaveV3;
import trimtab.rulebooks.lending.AaveV30;
import trimtab.rulebooks.lending.AaveV33;
import trimtab.rulebooks.lending.AaveV36;
import trimtab.rulebooks.lending.AaveV37;
import trimtab.rulebooks.number.Uint;

/// The functions of one version of Aave v3 on an account of the core: prices of 8 decimals, cut.
///
/// @param version whose functions are called
/// @param constants as [AaveV3Rulebook] lists them
record AaveV3Pool(AaveV3Version version, Parameters constants) {
  private static final int PRICE_DECIMALS = 8;

  /// The constants of 3.0.
  AaveV30.Parameters parameters30() {
    return new AaveV30.Parameters(
        constants.integer("liquidationHealthWad"),
        constants.integer("closeFactorBps"),
        constants.integer("maxCloseFactorBps"),
        constants.integer("closeFactorHealthWad"));
  }

  /// The constants from 3.3 on.
  AaveV3.Parameters parameters() {
    return new AaveV3.Parameters(
        constants.integer("liquidationHealthWad"),
        constants.integer("closeFactorBps"),
        constants.integer("closeFactorHealthWad"),
        constants.integer("minBaseMaxCloseFactor"),
        constants.integer("minLeftoverBase"));
  }

  private boolean sentinelAllows() {
    return constants.flag("sentinelAllows");
  }

  ByAsset bonusBps() {
    return ByAsset.of(constants, "liquidationBonusBps");
  }

  static AaveV3.Asset asset(Reserve reserve) {
    return new AaveV3.Asset(reserve.decimals(), reserve.price(PRICE_DECIMALS));
  }

  private static AaveV3.Collateral collateral(Reserve reserve) {
    BigInteger threshold = AaveV3.appliedBps(reserve.thresholdBps(), Optional.empty());
    return new AaveV3.Collateral(reserve.amount(), asset(reserve), threshold);
  }

  private static AaveV3.Debt debt(Reserve reserve) {
    return new AaveV3.Debt(reserve.amount(), asset(reserve));
  }

  AaveV3.Pair pair(LoanPair pair) {
    return new AaveV3.Pair(
        asset(pair.debt()),
        pair.debt().amount(),
        asset(pair.collateral()),
        pair.collateral().amount(),
        AaveV3.appliedBps(bonusBps().of(pair.collateral().symbol()), Optional.empty()),
        constants.integer("protocolFeeBps"));
  }

  AaveV3.Totals totals(LoanAccount account) {
    return totals(account.collaterals(), account.debts());
  }

  private AaveV3.Totals totals(List<Reserve> held, List<Reserve> owed) {
    List<AaveV3.Collateral> collaterals = held.stream().map(AaveV3Pool::collateral).toList();
    List<AaveV3.Debt> debts = owed.stream().map(AaveV3Pool::debt).toList();
    return switch (version) {
      case V30 -> AaveV30.totals(collaterals, debts);
      case V33 -> AaveV33.totals(collaterals, debts);
      case V36 -> AaveV36.totals(collaterals, debts);
      case V37 -> AaveV37.totals(collaterals, debts);
    };
  }

  BigInteger collateralBase(Reserve reserve) {
    return totals(List.of(reserve), List.of()).collateralBase();
  }

  BigInteger debtBase(Reserve reserve) {
    return totals(List.of(), List.of(reserve)).debtBase();
  }

  AaveV3.Account account(LoanAccount account) {
    AaveV3.Totals totals = totals(account);
    return new AaveV3.Account(totals.healthFactorWad(), totals.debtBase());
  }

  boolean isLiquidatable(BigInteger healthWad) {
    return switch (version) {
      case V30 -> AaveV30.isLiquidatable(healthWad, sentinelAllows(), parameters30());
      case V33 -> AaveV33.isLiquidatable(healthWad, sentinelAllows(), parameters());
      case V36 -> AaveV36.isLiquidatable(healthWad, sentinelAllows(), parameters());
      case V37 -> AaveV37.isLiquidatable(healthWad, parameters());
    };
  }

  BigInteger closeFactorBps(BigInteger healthWad, LoanPair pair) {
    BigInteger held = collateralBase(pair.collateral());
    BigInteger owed = debtBase(pair.debt());
    return switch (version) {
      case V30 -> AaveV30.closeFactorBps(healthWad, parameters30());
      case V33 -> AaveV33.closeFactorBps(healthWad, held, owed, parameters());
      case V36 -> AaveV36.closeFactorBps(healthWad, held, owed, parameters());
      case V37 -> AaveV37.closeFactorBps(healthWad, held, owed, parameters());
    };
  }

  AaveV3.Answer liquidationCall(LoanPair pair, AaveV3.Account account, BigInteger cover) {
    return switch (version) {
      case V30 ->
          AaveV30.liquidationCall(pair(pair), account.healthFactorWad(), cover, parameters30());
      case V33 -> AaveV33.liquidationCall(pair(pair), account, cover, parameters());
      case V36 -> AaveV36.liquidationCall(pair(pair), account, cover, parameters());
      case V37 -> AaveV37.liquidationCall(pair(pair), account, cover, parameters());
    };
  }

  AaveV3.Seizure seize(LoanPair pair, BigInteger repaid) {
    return switch (version) {
      case V30 -> AaveV30.seize(pair(pair), repaid);
      case V33 -> AaveV33.seize(pair(pair), repaid);
      case V36 -> AaveV36.seize(pair(pair), repaid);
      case V37 -> AaveV37.seize(pair(pair), repaid);
    };
  }

  /// What may be repaid of a debt; nothing for 3.0, which has no rule of dust.
  Optional<AaveV3.Allowed> allowedDebt(LoanAccount account, Reserve debt) {
    List<BigInteger> held = account.collaterals().stream().map(this::collateralBase).toList();
    BigInteger owed = debtBase(debt);
    AaveV3.Account whole = account(account);
    return switch (version) {
      case V30 -> Optional.empty();
      case V33 -> Optional.of(AaveV33.allowedDebt(owed, held, whole, parameters()));
      case V36 -> Optional.of(AaveV36.allowedDebt(owed, held, whole, parameters()));
      case V37 -> Optional.of(AaveV37.allowedDebt(owed, held, whole, parameters()));
    };
  }

  /// What may go of a collateral; nothing for 3.0.
  Optional<AaveV3.Allowed> allowedCollateral(Reserve collateral) {
    BigInteger held = collateralBase(collateral);
    return switch (version) {
      case V30 -> Optional.empty();
      case V33 -> Optional.of(AaveV33.allowedCollateral(held, parameters()));
      case V36 -> Optional.of(AaveV36.allowedCollateral(held, parameters()));
      case V37 -> Optional.of(AaveV37.allowedCollateral(held, parameters()));
    };
  }

  /// Whether what is left of the account's debts is bad; never said by 3.0. An account of the core
  /// has no index: its balances are scaled by one.
  boolean noCollateralLeft(LoanAccount account, LoanPair pair, AaveV3.Seizure seizure) {
    BigInteger all = totals(account).collateralBase();
    return switch (version) {
      case V30 -> false;
      case V33 -> AaveV33.noCollateralLeft(pair(pair), seizure, all);
      case V36 -> AaveV36.noCollateralLeft(pair(pair), seizure, all);
      case V37 ->
          AaveV37.noCollateralLeft(
              asset(pair.collateral()), seizure, pair.collateral().amount(), Uint.RAY, all);
    };
  }
}
