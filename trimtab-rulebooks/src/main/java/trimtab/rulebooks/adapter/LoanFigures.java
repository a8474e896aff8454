package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.health.Netting;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.Situation;
import trimtab.core.rulebook.Trigger;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.LendingHealth;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// What the adapters of lending protocols have in common: who is judged, and what is told.
///
/// - The thresholds are the listing's asset weights; what is held and owed of one asset is not set
///   off. The amounts of the core stand for the tokens' base units, so that none is cut.
/// - Protocols round their health, mostly down. The core asks from a health of 1.000001 on, and the
///   protocol's own formula decides: an account that it finds healthy is left as it is.
public interface LoanFigures extends VenueRulebook {
  /// Health below which the protocol is asked, parts per million.
  long ASKED_BELOW_PPM = 1_000_001;

  /// Whether the rule can read an account at all, whatever becomes of it.
  default Fit shape(AccountView account, Listing listing) {
    return LoanAccount.fit(account, listing);
  }

  /// Tells the venue's whole story of an account that has a shape for it, with a debt and a
  /// collateral at least.
  List<Figure> story(LoanAccount account);

  @Override
  default Fit fits(AccountView account, Listing listing) {
    return misfit().<Fit>map(Fit.Misfit::new).orElseGet(() -> shape(account, listing));
  }

  @Override
  default List<Figure> figures(Situation situation) {
    if (shape(situation.account(), situation.listing()) instanceof Fit.Misfit) {
      return List.of();
    }
    LoanAccount account =
        LoanAccount.gross(situation.account(), situation.marks(), situation.listing());
    return account.debts().isEmpty() || account.collaterals().isEmpty()
        ? List.of()
        : story(account);
  }

  @Override
  default Netting netting() {
    return Netting.NONE;
  }

  @Override
  default long thresholdPpm() {
    return ASKED_BELOW_PPM;
  }

  @Override
  default long targetPpm() {
    return thresholdPpm();
  }

  @Override
  default Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
    return health.isAtLeast(thresholdPpm())
        ? new Trigger.Healthy()
        : new Trigger.Liquidate(
            "health %s; the protocol's own rounding decides"
                .formatted(health.ratioText(thresholdPpm())));
  }

  @Override
  default Settle settle() {
    return Settle.LIQUIDATOR_PAYS;
  }

  /// One debt and one collateral, which is not the same asset.
  static Fit onePair(AccountView account, Listing listing) {
    Fit loan = LoanAccount.fit(account, listing);
    return loan instanceof Fit.Misfit
        ? loan
        : LoanAccount.assets(account, false).size() > 1
            ? new Fit.Misfit("has several collaterals; a market of the protocol has one")
            : oneDebt(account, listing);
  }

  /// One debt, of an asset that is not held.
  static Fit oneDebt(AccountView account, Listing listing) {
    Fit loan = LoanAccount.fit(account, listing);
    if (loan instanceof Fit.Misfit) {
      return loan;
    }
    List<Integer> debts = LoanAccount.assets(account, true);
    if (debts.size() > 1) {
      return new Fit.Misfit("has several debts; a market of the protocol has one");
    }
    for (int debt : debts) {
      if (LoanAccount.assets(account, false).contains(debt)) {
        Asset asset = listing.assets().get(debt);
        return new Fit.Misfit(
            "holds and owes %s; a market lends against others".formatted(asset.symbol()));
      }
    }
    return new Fit.Fits();
  }

  /// Refuses thresholds that are no whole basis points where a protocol counts in these.
  static Fit wholeBps(Fit otherwise, AccountView account, Listing listing) {
    if (otherwise instanceof Fit.Misfit) {
      return otherwise;
    }
    for (int held : LoanAccount.assets(account, false)) {
      Asset asset = listing.assets().get(held);
      if (asset.assetWeightPpm() % 100 != 0) {
        return new Fit.Misfit(asset.symbol() + " has a threshold that is no whole basis point");
      }
    }
    return otherwise;
  }

  /// What holds for every lending protocol, without rounding, about a partial liquidation.
  ///
  /// @param bonusFactor one plus the bonus
  /// @param repaidValue in the settlement currency
  /// @param target health factor
  static void generic(
      FigureList story,
      LoanAccount account,
      Reserve collateral,
      Fraction bonusFactor,
      Fraction repaidValue,
      Fraction target) {
    LendingHealth.Pair pair =
        new LendingHealth.Pair(
            account.backing(), account.debtValue(), bonusFactor, collateral.threshold());
    LendingHealth.Change change =
        LendingHealth.afterPartial(pair, repaidValue.min(account.debtValue()));
    add(story, "exactHealthBefore", change.before(), "(without rounding)");
    add(story, "exactHealthAfter", change.after(), "(without rounding)");
    story.add(
        "direction",
        LendingHealth.direction(pair).name().toLowerCase(Locale.ROOT),
        "(of health by any part: up iff it is above bonus factor x threshold)");
    story.add("harmlessFrom", pair.lost(), "bonus factor x threshold");
    LendingHealth.Target reached = LendingHealth.repayToTarget(pair, target);
    story.add("targetReachable", reached.reachable(), "a health factor of " + target);
    add(story, "repayToTarget", reached.repay(), "settlement currency");
    add(story, "closeFactorToTarget", reached.closeFactor(), "of all debt");
    add(
        story,
        "largestHarmlessBonus",
        LendingHealth.largestHarmlessBonus(account.collateralValue(), account.debtValue()),
        "factor up to which no bad debt is made");
    story.add(
        "shortfallAfter",
        LendingHealth.shortfallAfter(
            account.collateralValue(),
            account.debtValue(),
            bonusFactor,
            repaidValue.min(account.debtValue())),
        "settlement currency that no collateral stands behind");
  }

  /// A number, if there is one.
  private static void add(FigureList story, String name, Optional<Fraction> number, String unit) {
    if (number.isPresent()) {
      story.add(name, number.get(), unit);
    } else {
      story.add(name, "none", "");
    }
  }

  /// What a repayment takes, in whole tokens.
  static String exchange(LoanPair pair, BigInteger repaid, BigInteger seized) {
    return "repays %s for %s"
        .formatted(pair.debt().tokens(repaid), pair.collateral().tokens(seized));
  }

  /// A number of 18 decimals as a decimal.
  static String wad(BigInteger value) {
    return new Fraction(value, Uint.WAD).toString();
  }
}
