package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Fit;
import trimtab.rulebooks.number.Fraction;

/// An account of tokens and perpetuals in the settlement currency, all crossed: what the rules of
/// venues with one account for both look at. Amounts are integers of the listing's decimals, prices
/// and weights exact.
///
/// @param tokens what is held or owed, in the order of the listing; the settlement currency always
///   and first
/// @param perps open, in the order of the listing
record CrossAccount(List<Token> tokens, List<Perp> perps) {
  private static final BigInteger PPM = BigInteger.valueOf(Ppm.ONE);

  CrossAccount {
    tokens = List.copyOf(tokens);
    perps = List.copyOf(perps);
  }

  /// What holdings and debts count for.
  record Weights(Fraction holding, Fraction debt) {
    private static Weights of(Asset.Weights weights) {
      return new Weights(ppm(weights.holding().maximumWeightPpm()), ppm(weights.debtPpm()));
    }
  }

  /// A token.
  ///
  /// @param asset index in the listing
  /// @param net held less owed, base units
  /// @param debt of it that was borrowed, base units; what the settlement currency is below zero
  ///   beyond it are realised losses
  /// @param decimals of a base unit
  /// @param price of a whole token
  record Token(
      int asset,
      String symbol,
      BigInteger net,
      BigInteger debt,
      int decimals,
      Fraction price,
      Weights maintenance,
      Weights initial) {
    boolean isSettlement() {
      return asset == 0;
    }
  }

  /// A perpetual.
  ///
  /// @param market index in the listing
  /// @param quantity quantity units, negative for a short
  /// @param decimals of a quantity unit
  /// @param cost what was paid, negative for a short
  /// @param lot quantity units
  /// @param maintenance rate
  /// @param initial rate
  record Perp(
      int market,
      String symbol,
      BigInteger quantity,
      int decimals,
      Fraction mark,
      Fraction cost,
      BigInteger lot,
      Fraction maintenance,
      Fraction initial) {
    Fraction size() {
      return new Fraction(quantity, BigInteger.TEN.pow(decimals));
    }

    boolean isLong() {
      return quantity.signum() > 0;
    }
  }

  /// The settlement currency.
  Token settlement() {
    return tokens.getFirst();
  }

  /// By how much an amount of one token is worth more than an amount of another, in units of the
  /// settlement currency: the first rounded down, the second up, so that what is left of the first
  /// repays the second; at least 0.
  BigInteger premium(int taken, BigInteger amount, int repaid, Fraction repaidAmount) {
    return value(token(taken), Fraction.of(amount))
        .floor()
        .subtract(value(token(repaid), repaidAmount).ceil())
        .max(BigInteger.ZERO);
  }

  private Fraction value(Token token, Fraction amount) {
    return amount
        .times(token.price())
        .times(
            new Fraction(
                BigInteger.TEN.pow(settlement().decimals()), BigInteger.TEN.pow(token.decimals())));
  }

  private Token token(int asset) {
    return tokens.get(index(asset));
  }

  /// The place of an asset among the tokens.
  ///
  /// @throws IllegalArgumentException if the account has none
  int index(int asset) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).asset() == asset) {
        return i;
      }
    }
    throw new IllegalArgumentException("nothing of asset " + asset);
  }

  /// Everything held less everything owed, profits and losses included.
  Fraction equity() {
    Fraction sum = Fraction.ZERO;
    for (Token token : tokens) {
      sum =
          sum.plus(
              new Fraction(token.net(), BigInteger.TEN.pow(token.decimals())).times(token.price()));
    }
    for (Perp perp : perps) {
      sum = sum.plus(perp.size().times(perp.mark())).minus(perp.cost());
    }
    return sum;
  }

  /// An account of which [#unreadable] says nothing.
  static CrossAccount of(AccountView account, Marks marks, Listing listing) {
    List<Token> tokens = new ArrayList<>();
    if (account.balanceCount() == 0 || account.asset(0) != 0) {
      tokens.add(token(listing, marks, 0, 0, 0));
    }
    for (int i = 0; i < account.balanceCount(); i++) {
      tokens.add(token(listing, marks, account.asset(i), account.amount(i), account.debt(i)));
    }
    List<Perp> perps = new ArrayList<>();
    for (int i = 0; i < account.positionCount(); i++) {
      int market = account.market(i);
      Contract contract = listing.contracts().get(market);
      perps.add(
          new Perp(
              market,
              contract.symbol(),
              BigInteger.valueOf(account.quantity(i)),
              contract.quantityDecimals(),
              price(listing, marks, contract.feed()),
              Fraction.of(account.cost(i))
                  .times(PerpetualAccount.tenth(listing.costDecimals(contract))),
              BigInteger.valueOf(contract.lot()),
              ppm(contract.maintenance().maximumRatePpm()),
              ppm(contract.initial().maximumRatePpm())));
    }
    return new CrossAccount(tokens, perps);
  }

  private static Token token(Listing listing, Marks marks, int index, long amount, long debt) {
    Asset asset = listing.assets().get(index);
    return new Token(
        index,
        asset.symbol(),
        BigInteger.valueOf(amount).subtract(BigInteger.valueOf(debt)),
        BigInteger.valueOf(debt),
        asset.decimals(),
        asset.isSettlement() ? Fraction.ONE : price(listing, marks, asset.feed()),
        Weights.of(asset.maintenance()),
        Weights.of(asset.initial()));
  }

  private static Fraction price(Listing listing, Marks marks, int feed) {
    return Fraction.of(marks.price(feed))
        .times(PerpetualAccount.tenth(listing.feeds().get(feed).priceDecimals()));
  }

  /// Whether a rule can judge an account: nothing speaks against it.
  static Fit fit(Optional<String> against) {
    return against.<Fit>map(Fit.Misfit::new).orElse(new Fit.Fits());
  }

  /// Why an account is none of these; empty where it is one.
  static Optional<String> unreadable(AccountView account, Listing listing) {
    if (account.reserveCount() > 0) {
      return Optional.of("has open orders, which require maintenance margin at the venue");
    }
    for (int i = 0; i < account.balanceCount(); i++) {
      Asset asset = listing.assets().get(account.asset(i));
      if (!asset.maintenance().holding().isFlat() || !asset.initial().holding().isFlat()) {
        return Optional.of(asset.symbol() + " has weights by size, the venue one");
      }
      if (asset.isSettlement()
          && (asset.maintenance().debtPpm() != Ppm.ONE || asset.initial().debtPpm() != Ppm.ONE)) {
        return Optional.of(
            asset.symbol() + " owed counts more than once; at the venue it does not");
      }
    }
    for (int i = 0; i < account.positionCount(); i++) {
      Optional<String> reason =
          unreadable(listing.contracts().get(account.market(i)), account.quantity(i), listing);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unreadable(Contract contract, long quantity, Listing listing) {
    String symbol = contract.symbol();
    if (!contract.isPlain()) {
      return Optional.of(symbol + " is no linear perpetual in " + listing.settlement().symbol());
    }
    if (!isFlat(contract.maintenance()) || !isFlat(contract.initial())) {
      return Optional.of(symbol + " has margin rates by size, the venue one");
    }
    if (contract.minimumOrderValue() != 0 || contract.dustValue() != 0) {
      return Optional.of(symbol + " has a least order or dust, of which the rule knows none");
    }
    return quantity % contract.lot() == 0
        ? Optional.empty()
        : Optional.of(symbol + " is held in a part of a lot; the venue counts whole ones");
  }

  private static boolean isFlat(MarginTiers tiers) {
    return tiers.tiers().size() == 1;
  }

  private static Fraction ppm(long value) {
    return new Fraction(BigInteger.valueOf(value), PPM);
  }

  /// A number as an integer of so many decimals, rounded down.
  static BigInteger scaled(Fraction value, int decimals) {
    return value.times(Fraction.of(BigInteger.TEN.pow(decimals))).floor();
  }

  /// An integer of so many decimals as what it stands for.
  static Fraction decimal(BigInteger value, int decimals) {
    return new Fraction(value, BigInteger.TEN.pow(decimals));
  }
}
