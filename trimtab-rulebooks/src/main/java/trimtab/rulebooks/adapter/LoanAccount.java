package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Prescription.Piece;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.number.Fraction;

/// An account of collateral and debts, as the rules of lending protocols look at it. Amounts are
/// integers of the listing's decimals, which stand for the token's own; prices are exact.
///
/// @param collaterals held, in the order of the listing
/// @param debts owed, in the order of the listing
public record LoanAccount(List<Reserve> collaterals, List<Reserve> debts) {
  public LoanAccount {
    collaterals = List.copyOf(collaterals);
    debts = List.copyOf(debts);
  }

  /// What is held, or owed, of an asset.
  ///
  /// @param asset index in the listing
  /// @param amount base units, positive
  /// @param decimals of a base unit
  /// @param price of one whole token in the settlement currency
  /// @param thresholdPpm share of a holding that counts: the liquidation threshold
  public record Reserve(
      int asset,
      String symbol,
      BigInteger amount,
      int decimals,
      Fraction price,
      long thresholdPpm) {
    /// Base units per whole token.
    public BigInteger unit() {
      return BigInteger.TEN.pow(decimals);
    }

    /// Value in the settlement currency.
    public Fraction value() {
      return new Fraction(amount, unit()).times(price);
    }

    /// The price as an integer of so many decimals, rounded down: what an oracle of these decimals
    /// would say.
    public BigInteger price(int priceDecimals) {
      return price.times(Fraction.of(BigInteger.TEN.pow(priceDecimals))).floor();
    }

    /// The amount in base units of other decimals: exact to more, rounded down to fewer.
    public BigInteger amount(int otherDecimals) {
      return otherDecimals >= decimals
          ? amount.multiply(BigInteger.TEN.pow(otherDecimals - decimals))
          : amount.divide(BigInteger.TEN.pow(decimals - otherDecimals));
    }

    /// A base unit as a figure's unit.
    public String units() {
      return decimals == 0 ? symbol : "x 1e-%d %s".formatted(decimals, symbol);
    }

    /// Base units in whole tokens, with the symbol.
    public String tokens(BigInteger units) {
      return new Fraction(units, unit()) + " " + symbol;
    }

    /// The threshold as a part of one.
    public Fraction threshold() {
      return new Fraction(BigInteger.valueOf(thresholdPpm), BigInteger.valueOf(Ppm.ONE));
    }

    /// Value of base units of it in the settlement currency.
    public Fraction valueOf(BigInteger units) {
      return new Fraction(units, unit()).times(price);
    }

    /// The threshold in basis points, rounded down.
    public BigInteger thresholdBps() {
      return BigInteger.valueOf(thresholdPpm / 100);
    }

    /// The threshold in parts of `1e18`.
    public BigInteger thresholdWad() {
      return BigInteger.valueOf(thresholdPpm).multiply(BigInteger.TEN.pow(12));
    }
  }

  /// Value of everything that is held.
  public Fraction collateralValue() {
    return collaterals.stream().map(Reserve::value).reduce(Fraction.ZERO, Fraction::plus);
  }

  /// Value of everything that is owed.
  public Fraction debtValue() {
    return debts.stream().map(Reserve::value).reduce(Fraction.ZERO, Fraction::plus);
  }

  /// Value of everything that is held, each at its threshold.
  public Fraction backing() {
    return collaterals.stream()
        .map(reserve -> reserve.value().times(reserve.threshold()))
        .reduce(Fraction.ZERO, Fraction::plus);
  }

  /// A debt and a collateral of the account.
  ///
  /// @throws IllegalArgumentException if it lacks one of them
  LoanPair pair(int debtAsset, int collateralAsset) {
    return new LoanPair(reserve(debts, debtAsset), reserve(collaterals, collateralAsset));
  }

  private static Reserve reserve(List<Reserve> reserves, int asset) {
    return reserves.stream()
        .filter(reserve -> reserve.asset() == asset)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing is there of asset " + asset));
  }

  /// Collateral that is sold for a debt, as the core closes it.
  ///
  /// @param seized base units of the collateral, positive; at most what is held is taken
  public static Piece piece(Reserve debt, Reserve collateral, BigInteger seized) {
    return new Piece(
        new Leg.PairLeg(debt.asset(), collateral.asset()),
        seized.min(collateral.amount()).longValueExact());
  }

  /// The account of a situation that [#fit] accepts.
  public static LoanAccount of(Situation situation) {
    return of(situation.account(), situation.marks(), situation.listing());
  }

  /// An account that [#fit] accepts, at marks.
  public static LoanAccount of(AccountView account, Marks marks, Listing listing) {
    List<Reserve> collaterals = new ArrayList<>();
    List<Reserve> debts = new ArrayList<>();
    for (int i = 0; i < account.balanceCount(); i++) {
      long net = Math.subtractExact(account.amount(i), account.debt(i));
      if (net != 0) {
        Reserve reserve = reserve(marks, listing, account.asset(i), Math.absExact(net));
        (net > 0 ? collaterals : debts).add(reserve);
      }
    }
    return new LoanAccount(collaterals, debts);
  }

  /// The account without setting anything off: what is held and owed of one asset stand beside each
  /// other, for `Netting.NONE`. It needs to be one that [#fit] accepts.
  public static LoanAccount gross(AccountView account, Marks marks, Listing listing) {
    List<Reserve> collaterals = new ArrayList<>();
    List<Reserve> debts = new ArrayList<>();
    for (int i = 0; i < account.balanceCount(); i++) {
      long held = Math.max(0, account.amount(i));
      long owed = owed(account, i);
      if (held > 0) {
        collaterals.add(reserve(marks, listing, account.asset(i), held));
      }
      if (owed > 0) {
        debts.add(reserve(marks, listing, account.asset(i), owed));
      }
    }
    return new LoanAccount(collaterals, debts);
  }

  /// What is owed beyond the explicit debt is a negative amount.
  private static long owed(AccountView account, int balance) {
    return Math.subtractExact(account.debt(balance), Math.min(0, account.amount(balance)));
  }

  /// Indexes in the listing of the assets that are held, or owed, with nothing set off.
  static List<Integer> assets(AccountView account, boolean owed) {
    List<Integer> assets = new ArrayList<>();
    for (int i = 0; i < account.balanceCount(); i++) {
      if (owed ? owed(account, i) > 0 : account.amount(i) > 0) {
        assets.add(account.asset(i));
      }
    }
    return assets;
  }

  private static Reserve reserve(Marks marks, Listing listing, int index, long amount) {
    Asset asset = listing.assets().get(index);
    Fraction price =
        asset.isSettlement()
            ? Fraction.ONE
            : Fraction.of(marks.price(asset.feed()))
                .times(PerpetualAccount.tenth(listing.feeds().get(asset.feed()).priceDecimals()));
    return new Reserve(
        index,
        asset.symbol(),
        BigInteger.valueOf(amount),
        asset.decimals(),
        price,
        asset.assetWeightPpm());
  }

  /// Whether an account is one: no position, one weight per asset, debts at their value.
  public static Fit fit(AccountView account, Listing listing) {
    if (account.positionCount() > 0) {
      return new Fit.Misfit("has positions; the rule knows collateral and debts alone");
    }
    for (int i = 0; i < account.balanceCount(); i++) {
      Asset asset = listing.assets().get(account.asset(i));
      if (!asset.maintenance().holding().isFlat()) {
        return new Fit.Misfit(asset.symbol() + " has weights by size, the protocol one threshold");
      }
      if (asset.debtWeightPpm() != Ppm.ONE) {
        return new Fit.Misfit(
            asset.symbol() + " owed counts more than once; the protocol counts debts at value");
      }
    }
    return new Fit.Fits();
  }
}
