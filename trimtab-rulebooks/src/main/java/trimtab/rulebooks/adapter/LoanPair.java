package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.number.Fraction;

/// What a liquidator chooses: one debt of an account and one of its collaterals. The protocols
/// leave the choice free; an adapter takes the debt and the collateral of most value unless its
/// parameter `pair` names others, and the most that the rule allows unless `debtToCover` says less.
///
/// @param debt that is repaid
/// @param collateral that is seized
public record LoanPair(Reserve debt, Reserve collateral) {
  /// Which pair: `largest`, or symbols as `USD/ETH`.
  static final Parameter PAIR =
      new Parameter(
          "pair", "largest", "debt/collateral by symbol, as USD/ETH; largest: those of most value");

  /// How much is offered: `max`, or whole tokens of the debt.
  static final Parameter DEBT_TO_COVER =
      new Parameter(
          "debtToCover",
          "max",
          "whole tokens of the debt that the liquidator offers; max: the most that the rule allows");

  private static final String LARGEST = "largest";
  private static final String MAX = "max";

  /// The pair that parameters choose; empty where the account lacks a side of it.
  ///
  /// @throws IllegalArgumentException if `pair` is no pair of symbols
  static Optional<LoanPair> chosen(LoanAccount account, Parameters parameters) {
    String text = parameters.text(PAIR.name());
    if (text.equals(LARGEST)) {
      return largest(account);
    }
    String[] symbols = text.split("/", -1);
    if (symbols.length != 2) {
      throw new IllegalArgumentException(
          "'pair' is largest, or a debt and a collateral as USD/ETH; not '%s'".formatted(text));
    }
    return of(named(account.debts(), symbols[0]), named(account.collaterals(), symbols[1]));
  }

  /// The debt and the collateral of most value.
  static Optional<LoanPair> largest(LoanAccount account) {
    return of(largest(account.debts()), largest(account.collaterals()));
  }

  private static Optional<LoanPair> of(Optional<Reserve> debt, Optional<Reserve> collateral) {
    return debt.flatMap(owed -> collateral.map(held -> new LoanPair(owed, held)));
  }

  /// The one of most value, the first of equals.
  private static Optional<Reserve> largest(List<Reserve> reserves) {
    return reserves.reversed().stream().max(Comparator.comparing(Reserve::value));
  }

  private static Optional<Reserve> named(List<Reserve> reserves, String symbol) {
    return reserves.stream().filter(reserve -> reserve.symbol().equals(symbol)).findFirst();
  }

  /// The offer in base units of the debt, rounded down; empty: the most that is allowed.
  ///
  /// @throws IllegalArgumentException if it is no positive number
  Optional<BigInteger> offer(Parameters parameters) {
    if (parameters.text(DEBT_TO_COVER.name()).equals(MAX)) {
      return Optional.empty();
    }
    return Optional.of(
        parameters.number(DEBT_TO_COVER.name()).times(Fraction.of(debt.unit())).floor());
  }

  /// Refuses parameters whose texts are no choice.
  static void check(Parameters parameters) {
    chosen(new LoanAccount(List.of(), List.of()), parameters);
    checkOffer(parameters);
  }

  /// Refuses an offer that is none.
  static void checkOffer(Parameters parameters) {
    String offer = parameters.text(DEBT_TO_COVER.name());
    if (!offer.equals(MAX) && parameters.number(DEBT_TO_COVER.name()).signum() <= 0) {
      throw new IllegalArgumentException("'debtToCover' is max or above 0, not " + offer);
    }
  }

  boolean isOf(int debtAsset, int collateralAsset) {
    return debt.asset() == debtAsset && collateral.asset() == collateralAsset;
  }

  /// Debt and collateral by their symbols.
  String symbols() {
    return debt.symbol() + "/" + collateral.symbol();
  }
}
