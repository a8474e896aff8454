package trimtab.rulebooks.derivatives;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// Mango v4 (Solana, Rust): accounts, health, trigger and order of phases. Amounts of tokens are in
/// [MangoV4Tokens], of perps in [MangoV4Perps], bad debt in [MangoV4Bankruptcy].
///
/// **In words.** An account is liquidated when its *maintenance* health is below 0, and until its
/// *liquidation-end* health (initial weights, oracle prices) is above -1 native unit: hysteresis,
/// so that it does not swing. The stable price tightens only initial health, so it moves neither
/// the trigger nor the target. First all orders are cancelled, then deposits are exchanged for
/// borrows and perps reduced at the oracle price plus fees, as much as brings liquidation-end
/// health to 0, and only when nothing of that is left, losses are taken over and bad debt is
/// resolved.
///
/// **Formulas.** A perp counts through its settle token: `hupnl = w_o x max(u, 0) + min(u, 0)`, `u
/// = quote + worse of (all bids filled, all asks filled)` of `base x w_b x P`. A token's effective
/// balance is spot plus the hupnl of perps that settle in it; health is the sum of balance times
/// price times asset weight, or times liability weight where the balance is negative.
///
/// **Scales.** Native units of tokens; prices in native reference units per native unit; perps in
/// lots; all as [I80F48]: products round down, quotients toward zero, in the order of the source.
/// Base lots round *up*, a deliberate overshoot. Insurance payments round up.
///
/// **Source.** blockworks-foundation/mango-v4@1303a4a1: `programs/mango-v4/src/health/cache.rs`,
/// `state/mango_account.rs`, `state/bank.rs`, `instructions/token_liq_with_token.rs`,
/// `perp_liq_base_or_positive_pnl.rs`, `perp_liq_negative_pnl_or_bankruptcy.rs`,
/// `token_liq_bankruptcy.rs`. Not modelled: spot orders on outside books, funding, the limits on
/// settling profits that a liquidator inherits, and loan fees. Balances are stored over an index,
/// which rounds them in the user's favour ([#stored]); exchanges themselves are not rounded by it.
/// Documented only: the liquidator program's polling.
public final class MangoV4 {
  private MangoV4() {}

  /// What health is asked for.
  public enum HealthKind {
    /// Of new risk: initial weights, scaled by what the whole exchange holds, and the worse of
    /// oracle and stable price.
    INITIAL,
    /// Of the end of a liquidation: initial weights without scaling, oracle price.
    LIQUIDATION_END,
    /// Of its beginning: maintenance weights, oracle price.
    MAINTENANCE
  }

  /// Prices of one token or perp, per native unit.
  ///
  /// @param stable a price that follows the oracle slowly
  public record Prices(I80F48 oracle, I80F48 stable) {
    /// Both alike.
    public static Prices of(I80F48 price) {
      return new Prices(price, price);
    }

    /// The price of a deposit.
    public I80F48 asset(HealthKind kind) {
      return kind == HealthKind.INITIAL ? oracle.min(stable) : oracle;
    }

    /// The price of a debt.
    public I80F48 liability(HealthKind kind) {
      return kind == HealthKind.INITIAL ? oracle.max(stable) : oracle;
    }
  }

  /// Constants of a token.
  ///
  /// @param scaledInitialAssetWeight from [#scaledAssetWeight]
  /// @param scaledInitialLiabilityWeight from [#scaledLiabilityWeight]
  /// @param liquidationFee a liquidator's share, per token of an exchange
  /// @param platformLiquidationFee the exchange's share
  public record TokenTerms(
      I80F48 maintenanceAssetWeight,
      I80F48 initialAssetWeight,
      I80F48 scaledInitialAssetWeight,
      I80F48 maintenanceLiabilityWeight,
      I80F48 initialLiabilityWeight,
      I80F48 scaledInitialLiabilityWeight,
      I80F48 liquidationFee,
      I80F48 platformLiquidationFee) {
    /// With the same initial weights scaled and not, and the same for maintenance.
    public static TokenTerms of(
        I80F48 assetWeight, I80F48 liabilityWeight, I80F48 fee, I80F48 platformFee) {
      return new TokenTerms(
          assetWeight,
          assetWeight,
          assetWeight,
          liabilityWeight,
          liabilityWeight,
          liabilityWeight,
          fee,
          platformFee);
    }

    /// With another maintenance weight of debts.
    public TokenTerms withMaintenanceLiabilityWeight(I80F48 weight) {
      return new TokenTerms(
          maintenanceAssetWeight,
          initialAssetWeight,
          scaledInitialAssetWeight,
          weight,
          initialLiabilityWeight,
          scaledInitialLiabilityWeight,
          liquidationFee,
          platformLiquidationFee);
    }

    private I80F48 assetWeight(HealthKind kind) {
      return switch (kind) {
        case INITIAL -> scaledInitialAssetWeight;
        case LIQUIDATION_END -> initialAssetWeight;
        case MAINTENANCE -> maintenanceAssetWeight;
      };
    }

    private I80F48 liabilityWeight(HealthKind kind) {
      return switch (kind) {
        case INITIAL -> scaledInitialLiabilityWeight;
        case LIQUIDATION_END -> initialLiabilityWeight;
        case MAINTENANCE -> maintenanceLiabilityWeight;
      };
    }
  }

  /// A token of an account.
  ///
  /// @param balance native units, negative for a borrow
  public record Token(TokenTerms terms, Prices prices, I80F48 balance) {
    Token plus(I80F48 change) {
      return new Token(terms, prices, balance.plus(change));
    }

    I80F48 assetValue(HealthKind kind) {
      return terms.assetWeight(kind).times(prices.asset(kind));
    }

    I80F48 liabilityValue(HealthKind kind) {
      return terms.liabilityWeight(kind).times(prices.liability(kind));
    }

    I80F48 contribution(HealthKind kind, I80F48 effective) {
      return effective.times(effective.signum() < 0 ? liabilityValue(kind) : assetValue(kind));
    }
  }

  /// Constants of a perp market.
  ///
  /// @param initialOverallAssetWeight of its profits; 0 where they are not trusted
  /// @param baseLotSize native base units per lot
  /// @param baseLiquidationFee the liquidator's share of base that it takes
  /// @param platformLiquidationFee the exchange's share
  /// @param profitLiquidationFee the liquidator's share of profits that it takes
  public record PerpTerms(
      I80F48 maintenanceBaseAssetWeight,
      I80F48 initialBaseAssetWeight,
      I80F48 maintenanceBaseLiabilityWeight,
      I80F48 initialBaseLiabilityWeight,
      I80F48 maintenanceOverallAssetWeight,
      I80F48 initialOverallAssetWeight,
      long baseLotSize,
      I80F48 baseLiquidationFee,
      I80F48 platformLiquidationFee,
      I80F48 profitLiquidationFee) {
    private I80F48 baseWeight(HealthKind kind, boolean debt) {
      boolean maintenance = kind == HealthKind.MAINTENANCE;
      if (debt) {
        return maintenance ? maintenanceBaseLiabilityWeight : initialBaseLiabilityWeight;
      }
      return maintenance ? maintenanceBaseAssetWeight : initialBaseAssetWeight;
    }

    private I80F48 overallWeight(HealthKind kind) {
      return kind == HealthKind.MAINTENANCE
          ? maintenanceOverallAssetWeight
          : initialOverallAssetWeight;
    }
  }

  /// A perp of an account.
  ///
  /// @param settleToken index of the token in which it settles
  /// @param baseLots negative for a short
  /// @param bidLots of resting bids
  /// @param askLots of resting asks
  /// @param quote native units of the settle token
  public record Perp(
      PerpTerms terms,
      int settleToken,
      Prices basePrices,
      long baseLots,
      long bidLots,
      long askLots,
      I80F48 quote) {
    Perp with(long newBaseLots, I80F48 newQuote) {
      return new Perp(terms, settleToken, basePrices, newBaseLots, bidLots, askLots, newQuote);
    }

    /// Native base units.
    I80F48 baseNative(long lots) {
      return I80F48.of(BigInteger.valueOf(lots).multiply(BigInteger.valueOf(terms.baseLotSize())));
    }
  }

  /// What an account holds.
  public record Account(List<Token> tokens, List<Perp> perps) {
    /// @throws IllegalArgumentException if a perp settles in a token that is not there
    public Account {
      tokens = List.copyOf(tokens);
      perps = List.copyOf(perps);
      int count = tokens.size();
      perps.forEach(perp -> {
        if (perp.settleToken() < 0 || perp.settleToken() >= count) {
          throw new IllegalArgumentException("no token " + perp.settleToken());
        }
      });
    }

    Account with(int index, Token token) {
      List<Token> changed = new ArrayList<>(tokens);
      changed.set(index, token);
      return new Account(changed, perps);
    }

    Account with(int index, Perp perp) {
      List<Perp> changed = new ArrayList<>(perps);
      changed.set(index, perp);
      return new Account(tokens, changed);
    }
  }

  /// A perp's profit or loss as its weights see it, before the overall weight, in the settle token:
  /// the worse of all bids and all asks filled.
  public static I80F48 unweightedHealthPnl(Perp perp, HealthKind kind) {
    I80F48 bids = filled(perp, perp.bidLots(), perp.basePrices().liability(kind), kind);
    I80F48 asks = filled(perp, -perp.askLots(), perp.basePrices().asset(kind), kind);
    return perp.quote().plus(bids.min(asks));
  }

  private static I80F48 filled(Perp perp, long orderLots, I80F48 orderPrice, HealthKind kind) {
    I80F48 base = perp.baseNative(Math.addExact(perp.baseLots(), orderLots));
    boolean debt = base.signum() < 0;
    I80F48 price = debt ? perp.basePrices().liability(kind) : perp.basePrices().asset(kind);
    I80F48 paid = perp.baseNative(orderLots).negate().times(orderPrice);
    return base.times(perp.terms().baseWeight(kind, debt)).times(price).plus(paid);
  }

  /// A perp's profit or loss as health sees it: a profit times the overall weight, a loss whole.
  public static I80F48 healthPnl(Perp perp, HealthKind kind) {
    I80F48 unweighted = unweightedHealthPnl(perp, kind);
    return unweighted.signum() > 0
        ? perp.terms().overallWeight(kind).times(unweighted)
        : unweighted;
  }

  /// Spot balances plus the profits and losses of the perps that settle in each token.
  ///
  /// @param withLosses false to leave out losses, as for the limit of settling them
  public static List<I80F48> effectiveBalances(
      Account account, HealthKind kind, boolean withLosses) {
    List<I80F48> balances = new ArrayList<>();
    for (int i = 0; i < account.tokens().size(); i++) {
      I80F48 balance = account.tokens().get(i).balance();
      for (Perp perp : account.perps()) {
        I80F48 pnl = healthPnl(perp, kind);
        if (perp.settleToken() == i && (withLosses || pnl.signum() > 0)) {
          balance = balance.plus(pnl);
        }
      }
      balances.add(balance);
    }
    return balances;
  }

  /// Health in native reference units.
  public static I80F48 health(Account account, HealthKind kind) {
    return health(account, kind, effectiveBalances(account, kind, true));
  }

  static I80F48 health(Account account, HealthKind kind, List<I80F48> effective) {
    I80F48 health = I80F48.ZERO;
    for (int i = 0; i < effective.size(); i++) {
      health = health.plus(account.tokens().get(i).contribution(kind, effective.get(i)));
    }
    return health;
  }

  /// Whether a liquidator may act: maintenance health strictly below 0, or, once being liquidated,
  /// not recovered.
  public static boolean isLiquidatable(Account account, boolean beingLiquidated) {
    return beingLiquidated
        ? !hasRecovered(account)
        : health(account, HealthKind.MAINTENANCE).signum() < 0;
  }

  /// Whether a liquidation ends: liquidation-end health strictly above -1 native unit.
  public static boolean hasRecovered(Account account) {
    return health(account, HealthKind.LIQUIDATION_END).compareTo(I80F48.ONE.negate()) > 0;
  }

  /// What may be done to an account; a later phase only when nothing of the earlier ones is left.
  public enum Phase {
    /// Cancel orders.
    ORDERS,
    /// Exchange tokens, reduce perps, take over profits.
    POSITIONS,
    /// Take over losses, pay from insurance, socialise.
    BANKRUPTCY,
    /// There is nothing to be done.
    NOTHING
  }

  /// The phase of an account. A deposit counts from 1 native unit, and deposits and borrows only
  /// while perps do not outweigh them.
  ///
  /// @param hasOrders whether any order rests
  public static Phase phase(Account account, boolean hasOrders) {
    if (hasOrders) {
      return Phase.ORDERS;
    }
    List<I80F48> effective = effectiveBalances(account, HealthKind.LIQUIDATION_END, true);
    boolean deposits = false;
    boolean borrows = false;
    for (int i = 0; i < effective.size(); i++) {
      I80F48 balance = account.tokens().get(i).balance();
      deposits |= balance.min(effective.get(i)).compareTo(I80F48.ONE) >= 0;
      borrows |= balance.max(effective.get(i)).signum() < 0;
    }
    boolean perps =
        account.perps().stream()
            .anyMatch(perp -> perp.baseLots() != 0 || perp.quote().signum() > 0);
    if ((deposits && borrows) || perps) {
      return Phase.POSITIONS;
    }
    boolean losses =
        account.perps().stream()
            .anyMatch(perp -> perp.baseLots() == 0 && perp.quote().signum() < 0);
    return borrows || losses ? Phase.BANKRUPTCY : Phase.NOTHING;
  }

  /// How much of a token must be given for health to reach 0: at the liability's value until the
  /// balance is no debt any more, from there at the asset's. 0 if health is not negative.
  ///
  /// @param balance effective balance to start from
  /// @param assetValue weight times price of a deposit
  /// @param liabilityValue weight times price of a debt
  /// @throws ArithmeticException if deposits are worth nothing and are needed
  public static I80F48 amountGivenForHealthZero(
      I80F48 health, I80F48 balance, I80F48 assetValue, I80F48 liabilityValue) {
    return amountTakenForHealthZero(
        health.negate(),
        balance.negate(),
        /* assetValue= */ liabilityValue,
        /* liabilityValue= */ assetValue);
  }

  /// How much of a token can be taken until health is 0. 0 if health is not positive.
  public static I80F48 amountTakenForHealthZero(
      I80F48 health, I80F48 balance, I80F48 assetValue, I80F48 liabilityValue) {
    if (health.signum() <= 0) {
      return I80F48.ZERO;
    }
    I80F48 taken = I80F48.ZERO;
    I80F48 left = health;
    if (balance.signum() > 0) {
      if (assetValue.signum() > 0) {
        I80F48 most = health.over(assetValue);
        if (most.compareTo(balance) <= 0) {
          return most;
        }
      }
      taken = balance;
      left = health.minus(balance.times(assetValue));
    }
    if (left.signum() > 0) {
      if (liabilityValue.signum() <= 0) {
        throw new ArithmeticException("a value per unit of " + liabilityValue);
      }
      taken = taken.plus(left.over(liabilityValue));
    }
    return taken;
  }

  /// The index that banks begin with.
  public static final I80F48 INDEX_START = I80F48.of(1_000_000);

  /// What an amount has become once it is stored over an index: a deposit is not less than it, a
  /// borrow not more. So amounts that health needs exactly are not overshot by a lot.
  ///
  /// @param amount negative for a borrow
  public static I80F48 stored(I80F48 amount, I80F48 index) {
    I80F48 indexed = amount.over(index);
    I80F48 back = indexed.times(index);
    boolean up = amount.signum() > 0 && back.compareTo(amount) < 0;
    return up ? new I80F48(indexed.bits().add(BigInteger.ONE)).times(index) : back;
  }

  /// What a liquidation leaves of a balance: deposits below 1 native unit are swept, so that the
  /// phases cannot get stuck.
  public static I80F48 dusted(I80F48 balance) {
    return balance.signum() > 0 && balance.compareTo(I80F48.ONE) < 0 ? I80F48.ZERO : balance;
  }

  /// An initial weight of deposits, smaller once all deposits of the exchange are worth more than
  /// the start: `weight x start / deposits`. The program takes the quotient in binary floating
  /// point; here it is exact, then on the scale.
  ///
  /// @param depositsValue of the whole exchange
  public static I80F48 scaledAssetWeight(I80F48 weight, Fraction depositsValue, Fraction start) {
    return depositsValue.compareTo(start) <= 0
        ? weight
        : weight.times(I80F48.of(start.over(depositsValue)));
  }

  /// An initial weight of debts, larger once all borrows of the exchange are worth more than the
  /// start: `weight x borrows / start`; the largest number if the start is 0.
  public static I80F48 scaledLiabilityWeight(I80F48 weight, Fraction borrowsValue, Fraction start) {
    if (borrowsValue.compareTo(start) <= 0) {
      return weight;
    }
    return start.signum() == 0 ? I80F48.MAX : weight.times(I80F48.of(borrowsValue.over(start)));
  }
}
