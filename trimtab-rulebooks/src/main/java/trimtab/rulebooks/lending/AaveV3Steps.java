package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.lending.AaveV3.Account;
import trimtab.rulebooks.lending.AaveV3.Allowed;
import trimtab.rulebooks.lending.AaveV3.Answer;
import trimtab.rulebooks.lending.AaveV3.Asset;
import trimtab.rulebooks.lending.AaveV3.Collateral;
import trimtab.rulebooks.lending.AaveV3.Debt;
import trimtab.rulebooks.lending.AaveV3.Pair;
import trimtab.rulebooks.lending.AaveV3.Parameters;
import trimtab.rulebooks.lending.AaveV3.Refusal;
import trimtab.rulebooks.lending.AaveV3.Seizure;
import trimtab.rulebooks.lending.AaveV3.Totals;
import trimtab.rulebooks.number.Uint;

/// The steps that the versions of Aave v3 share, with what differs between them as arguments: which
/// way each step rounds.
///
/// @param debtValue value of a debt in the base currency
/// @param seized collateral with the bonus
/// @param repaid the debt that a whole collateral pays for
/// @param base the part of what is seized that is no bonus
/// @param fee the protocol's share of the bonus
record AaveV3Steps(
    AaveV3Division debtValue,
    AaveV3Division seized,
    AaveV3Division repaid,
    AaveV3Division base,
    AaveV3Division fee) {
  /// `debt amount x price / unit`.
  BigInteger debtBase(Asset asset, BigInteger amount) {
    return debtValue.mulDiv(amount, asset.price(), asset.unit());
  }

  /// Health as up to 3.3: the average threshold floor, collateral at it and the quotient half up.
  Totals totalsByAverage(List<Collateral> collaterals, List<Debt> debts) {
    BigInteger collateralBase = collateralBase(collaterals);
    BigInteger debtBase = debtBase(debts);
    if (debtBase.signum() == 0) {
      return new Totals(collateralBase, debtBase, AaveV3.NO_DEBT);
    }
    BigInteger average =
        collateralBase.signum() == 0
            ? BigInteger.ZERO
            : Uint.divFloor(weighted(collaterals), collateralBase);
    BigInteger backing = Uint.mulDivHalfUp(collateralBase, average, Uint.BPS);
    return new Totals(collateralBase, debtBase, Uint.mulDivHalfUp(backing, Uint.WAD, debtBase));
  }

  /// Health as in 3.6 and 3.7: the weighted sum over the debt half up, then divided by 1e4 floor.
  Totals totalsBySum(List<Collateral> collaterals, List<Debt> debts) {
    BigInteger debtBase = debtBase(debts);
    BigInteger health =
        debtBase.signum() == 0
            ? AaveV3.NO_DEBT
            : Uint.divFloor(Uint.mulDivHalfUp(weighted(collaterals), Uint.WAD, debtBase), Uint.BPS);
    return new Totals(collateralBase(collaterals), debtBase, health);
  }

  private static BigInteger collateralBase(List<Collateral> collaterals) {
    return collaterals.stream()
        .filter(each -> each.thresholdBps().signum() != 0)
        .map(each -> each.asset().valueFloor(each.balance()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger weighted(List<Collateral> collaterals) {
    return collaterals.stream()
        .map(each -> each.asset().valueFloor(each.balance()).multiply(each.thresholdBps()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private BigInteger debtBase(List<Debt> debts) {
    return debts.stream()
        .map(each -> debtBase(each.asset(), each.balance()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /// Whether the close factor limits a pair: both sides large and the account not far under water.
  static boolean closeFactorApplies(
      BigInteger healthFactorWad,
      BigInteger collateralBase,
      BigInteger debtBase,
      Parameters parameters) {
    return collateralBase.compareTo(parameters.minBaseMaxCloseFactor()) >= 0
        && debtBase.compareTo(parameters.minBaseMaxCloseFactor()) >= 0
        && healthFactorWad.compareTo(parameters.closeFactorHealthWad()) > 0;
  }

  /// The largest repayment: the debt of the reserve or, where the close factor applies, no more
  /// than its share of the account's whole debt; half up in the base currency, floor in the token.
  BigInteger maxLiquidatableDebt(Pair pair, Account account, Parameters parameters) {
    BigInteger debtBase = debtBase(pair.debt(), pair.reserveDebt());
    BigInteger collateralBase = pair.collateral().valueFloor(pair.collateralBalance());
    if (!closeFactorApplies(account.healthFactorWad(), collateralBase, debtBase, parameters)) {
      return pair.reserveDebt();
    }
    BigInteger most =
        Uint.mulDivHalfUp(account.totalDebtBase(), parameters.closeFactorBps(), Uint.BPS);
    return debtBase.compareTo(most) > 0
        ? Uint.mulDivFloor(most, pair.debt().unit(), pair.debt().price())
        : pair.reserveDebt();
  }

  /// What a repayment seizes, cut to the collateral that is there.
  Seizure seize(Pair pair, BigInteger debtToRepay) {
    Asset debt = pair.debt();
    Asset collateral = pair.collateral();
    BigInteger same =
        Uint.divFloor(
            debt.price().multiply(debtToRepay).multiply(collateral.unit()),
            collateral.price().multiply(debt.unit()));
    BigInteger total = seized.mulDiv(same, pair.liquidationBonusBps(), Uint.BPS);
    BigInteger paid = debtToRepay;
    if (total.compareTo(pair.collateralBalance()) > 0) {
      total = pair.collateralBalance();
      BigInteger worth =
          Uint.divFloor(
              collateral.price().multiply(total).multiply(debt.unit()),
              debt.price().multiply(collateral.unit()));
      paid = repaid.mulDiv(worth, Uint.BPS, pair.liquidationBonusBps());
    }
    BigInteger protocol = protocolFee(pair, total);
    return new Seizure(paid, total, Uint.fit(total.subtract(protocol)), protocol);
  }

  private BigInteger protocolFee(Pair pair, BigInteger total) {
    if (pair.protocolFeeBps().signum() == 0) {
      return BigInteger.ZERO;
    }
    BigInteger withoutBonus = base.mulDiv(total, Uint.BPS, pair.liquidationBonusBps());
    BigInteger bonus = Uint.fit(total.subtract(withoutBonus));
    return fee.mulDiv(bonus, pair.protocolFeeBps(), Uint.BPS);
  }

  /// Whether both sides of the pair keep something and one of them keeps less than it must.
  boolean leavesDust(Pair pair, Seizure seizure, Parameters parameters) {
    BigInteger debtLeft = Uint.fit(pair.reserveDebt().subtract(seizure.debtRepaid()));
    BigInteger collateralLeft = Uint.fit(pair.collateralBalance().subtract(seizure.seizedTotal()));
    if (debtLeft.signum() == 0 || collateralLeft.signum() == 0) {
      return false;
    }
    BigInteger least = parameters.minLeftoverBase();
    return debtBase(pair.debt(), debtLeft).compareTo(least) < 0
        || pair.collateral().valueFloor(collateralLeft).compareTo(least) < 0;
  }

  /// The whole call from 3.3 on.
  Answer liquidationCall(
      Pair pair, Account account, BigInteger debtToCover, Parameters parameters) {
    Optional<Refusal> refusal =
        refusal(pair, account.healthFactorWad(), parameters.liquidationHealthWad());
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    BigInteger most = maxLiquidatableDebt(pair, account, parameters);
    Seizure seizure = seize(pair, Uint.fit(debtToCover).min(most));
    return leavesDust(pair, seizure, parameters)
        ? new Answer.Refused(Refusal.MUST_NOT_LEAVE_DUST)
        : new Answer.Liquidated(most, seizure);
  }

  static Optional<Refusal> refusal(
      Pair pair, BigInteger healthFactorWad, BigInteger liquidationHealthWad) {
    if (healthFactorWad.compareTo(liquidationHealthWad) >= 0) {
      return Optional.of(Refusal.HEALTH_FACTOR_NOT_BELOW_THRESHOLD);
    }
    return pair.reserveDebt().signum() == 0
        ? Optional.of(Refusal.SPECIFIED_CURRENCY_NOT_BORROWED)
        : Optional.empty();
  }

  /// Whether a sentinel that holds back liquidations does so for this account (3.0 to 3.6).
  static boolean sentinelBlocks(BigInteger healthFactorWad, boolean sentinelAllows) {
    return !sentinelAllows && healthFactorWad.compareTo(AaveV3.SENTINEL_HEALTH_WAD) >= 0;
  }

  /// Whether what is seized is worth, in the base currency, the account's whole collateral: how 3.3
  /// to 3.6 decide that debt is bad.
  static boolean seizesAllValue(Pair pair, Seizure seizure, BigInteger totalCollateralBase) {
    return pair.collateral().valueFloor(seizure.seizedTotal()).equals(totalCollateralBase);
  }

  /// Which amounts of a collateral the dust rule allows.
  static Allowed allowedCollateral(BigInteger collateralBase, Parameters parameters) {
    return new Allowed(
        Uint.minusOrZero(collateralBase, parameters.minLeftoverBase()),
        Optional.of(collateralBase));
  }

  /// Which amounts of a debt the dust rule and the close factor allow, against whichever of the
  /// account's collaterals allows most.
  static Allowed allowedDebt(
      BigInteger debtBase,
      List<BigInteger> collateralBases,
      Account account,
      Parameters parameters) {
    boolean limited =
        !collateralBases.isEmpty()
            && collateralBases.stream()
                .allMatch(collateralBase ->
                    closeFactorApplies(
                        account.healthFactorWad(), collateralBase, debtBase, parameters));
    BigInteger share =
        Uint.mulDivHalfUp(account.totalDebtBase(), parameters.closeFactorBps(), Uint.BPS);
    BigInteger most = limited ? debtBase.min(share) : debtBase;
    return new Allowed(
        Uint.minusOrZero(debtBase, parameters.minLeftoverBase()).min(most),
        most.equals(debtBase) ? Optional.of(debtBase) : Optional.empty());
  }
}
