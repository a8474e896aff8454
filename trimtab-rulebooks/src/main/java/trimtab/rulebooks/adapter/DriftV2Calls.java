package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.adapter.CrossAccount.Perp;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.derivatives.DriftV2;
import trimtab.rulebooks.derivatives.DriftV2.Margin;
import trimtab.rulebooks.derivatives.DriftV2.PerpMarket;
import trimtab.rulebooks.derivatives.DriftV2.PerpPosition;
import trimtab.rulebooks.derivatives.DriftV2Perps;
import trimtab.rulebooks.derivatives.DriftV2Perps.Call;
import trimtab.rulebooks.derivatives.DriftV2Perps.Outcome;
import trimtab.rulebooks.derivatives.DriftV2Perps.PerpAccount;
import trimtab.rulebooks.derivatives.DriftV2Perps.Progress;
import trimtab.rulebooks.derivatives.DriftV2Spot;
import trimtab.rulebooks.derivatives.DriftV2Spot.Exchange;

/// An account as Drift v2 sees it, and the calls of a liquidator who takes all that it may in one
/// slot: perps in the order of the listing, then borrows against deposits; the next one only when
/// one is closed whole and the liquidation goes on.
///
/// What a perp that is closed whole realised counts as settled: into the deposit, and where there
/// is none left as a loss of its own.
final class DriftV2Calls {
  private final DriftV2Terms terms;
  private final List<Perp> perps;
  private final List<Token> tokens;
  private final PerpPosition[] positions;

  /// Held less owed, the token's own unit.
  private final BigInteger[] net;

  /// Borrowed of it.
  private final BigInteger[] debt;

  private final BigInteger slot;
  private Progress progress;

  /// What a call did.
  sealed interface Step {}

  /// A perp was called.
  record PerpStep(Perp perp, Outcome outcome) implements Step {}

  /// A borrow was repaid from a deposit.
  record TokenStep(Token liability, Token asset, Exchange exchange) implements Step {}

  /// @param slot of the calls
  /// @param progress of the liquidation
  DriftV2Calls(DriftV2Terms terms, CrossAccount account, BigInteger slot, Progress progress) {
    this.terms = terms;
    this.perps = account.perps();
    this.tokens = account.tokens();
    this.positions = new PerpPosition[perps.size()];
    for (int i = 0; i < positions.length; i++) {
      Perp perp = perps.get(i);
      positions[i] =
          PerpPosition.of(
              DriftV2Terms.base1e9(perp, perp.quantity()),
              CrossAccount.scaled(perp.cost().negate(), 6));
    }
    this.net = tokens.stream().map(Token::net).toArray(BigInteger[]::new);
    this.debt = tokens.stream().map(Token::debt).toArray(BigInteger[]::new);
    this.slot = slot;
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  /// The margin of the whole account, nothing tracked.
  Margin margin() {
    return margin(-1, -1, -1);
  }

  private Margin margin(int trackedPerp, int leftOutPerp, int trackedToken) {
    Margin margin = Margin.empty(terms.exchange().bufferRatio1e4());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (net[i].signum() > 0) {
        margin = margin.plusCollateral(DriftV2Spot.depositCollateral(net[i], terms.asset(token)));
      }
      if (borrow(i).signum() > 0) {
        BigInteger value = DriftV2Spot.borrowValue(borrow(i), terms.liability(token));
        BigInteger weight = DriftV2Terms.weight1e4(token.maintenance().debt());
        margin =
            margin.plusRequirement(
                DriftV2Spot.borrowRequirement(value, weight), value, i == trackedToken);
      }
    }
    BigInteger loss = loss();
    if (loss.signum() > 0) {
      margin =
          margin.plusCollateral(
              DriftV2Spot.borrowValue(loss, terms.liability(tokens.getFirst())).negate());
    }
    for (int i = 0; i < positions.length; i++) {
      if (i != leftOutPerp) {
        margin =
            margin.plusPerp(
                DriftV2.perpMargin(
                    positions[i],
                    terms.market(perps.get(i)),
                    price(i),
                    DriftV2.PRICE_PRECISION,
                    terms.exchange()),
                i == trackedPerp);
      }
    }
    return margin;
  }

  private BigInteger price(int perp) {
    return DriftV2Terms.price1e6(perps.get(perp).mark());
  }

  /// What is owed of a token as borrowed. Of the settlement currency a balance below zero is a loss
  /// as far as it is more than was borrowed.
  private BigInteger borrow(int token) {
    BigInteger owed = net[token].negate().max(BigInteger.ZERO);
    return tokens.get(token).isSettlement() ? owed.min(debt[token]) : owed;
  }

  /// Losses that no deposit covers, in units of the settlement currency.
  BigInteger loss() {
    return net[0].negate().max(BigInteger.ZERO).subtract(borrow(0));
  }

  /// Calls until the liquidation ends or nothing more may be taken in this slot.
  ///
  /// @throws ArithmeticException where the program stops
  List<Step> run() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      Outcome outcome =
          DriftV2Perps.liquidate(account(i), terms.market(perps.get(i)), terms.exchange(), call(i));
      steps.add(new PerpStep(perps.get(i), outcome));
      positions[i] = outcome.account().position();
      progress = outcome.account().progress();
      if (outcome.status() != DriftV2Perps.Status.TRANSFERRED
          || positions[i].base1e9().signum() != 0) {
        return steps;
      }
      settle(i);
    }
    for (int liability = 0; liability < tokens.size(); liability++) {
      for (int asset = 0; asset < tokens.size(); asset++) {
        if (borrow(liability).signum() > 0 && net[asset].signum() > 0) {
          Optional<Exchange> exchange = exchange(liability, asset);
          if (exchange.isEmpty()) {
            return steps;
          }
          steps.add(new TokenStep(tokens.get(liability), tokens.get(asset), exchange.get()));
          boolean more = net[asset].signum() <= 0 || borrow(liability).signum() == 0;
          if (exchange.get().exits() || !more) {
            return steps;
          }
        }
      }
    }
    return steps;
  }

  private PerpAccount account(int perp) {
    return new PerpAccount(margin(-1, perp, -1), positions[perp], backed(perp), progress);
  }

  private Call call(int perp) {
    return new Call(slot, price(perp), DriftV2.PRICE_PRECISION, DriftV2Perps.UNLIMITED);
  }

  private boolean backed(int perp) {
    for (int i = 0; i < net.length; i++) {
      if (net[i].signum() > 0 || borrow(i).signum() > 0) {
        return true;
      }
    }
    for (int i = 0; i < positions.length; i++) {
      PerpPosition other = positions[i];
      if (i != perp && (other.base1e9().signum() != 0 || other.quote1e6().signum() > 0)) {
        return true;
      }
    }
    return false;
  }

  private void settle(int perp) {
    BigInteger unit = BigInteger.TEN.pow(tokens.getFirst().decimals() - 6);
    net[0] = net[0].add(positions[perp].quote1e6().multiply(unit));
    positions[perp] = PerpPosition.of(BigInteger.ZERO, BigInteger.ZERO);
  }

  /// One exchange, done; empty where the account is none to be liquidated, or the throttle allows
  /// nothing now.
  private Optional<Exchange> exchange(int liability, int asset) {
    Margin margin = margin(-1, -1, liability);
    if (progress.active() ? DriftV2.canExit(margin) : !DriftV2.canBeLiquidated(margin)) {
      return Optional.empty();
    }
    if (!progress.active()) {
      progress = new Progress(true, slot, BigInteger.ZERO);
    }
    BigInteger shortage = DriftV2.shortage(margin);
    BigInteger elapsed = slot.subtract(progress.lastActiveSlot());
    BigInteger share = DriftV2.maxShare(shortage, progress.freed1e6(), elapsed, terms.exchange());
    if (share.signum() == 0) {
      return Optional.empty();
    }
    Exchange exchange = sized(margin, liability, asset, DriftV2Spot.UNLIMITED, share);
    net[asset] = net[asset].subtract(exchange.assetTransfer());
    BigInteger repaid = exchange.liabilityTransfer().subtract(exchange.insuranceFee());
    net[liability] = net[liability].add(repaid);
    debt[liability] = debt[liability].subtract(repaid).max(BigInteger.ZERO);
    BigInteger freed = shortage.subtract(DriftV2.shortage(margin())).max(BigInteger.ZERO);
    progress =
        new Progress(!exchange.exits(), progress.lastActiveSlot(), progress.freed1e6().add(freed));
    return Optional.of(exchange);
  }

  private Exchange sized(
      Margin margin, int liability, int asset, BigInteger liquidatorMax, BigInteger share1e4) {
    BigInteger shortage = DriftV2.shortage(margin);
    return DriftV2Spot.exchange(
        shortage,
        DriftV2.trackedShortage(margin, shortage),
        net[asset],
        terms.asset(tokens.get(asset)),
        borrow(liability),
        terms.liability(tokens.get(liability)),
        liquidatorMax,
        terms.number("spotInsuranceFeeMax1e6"),
        share1e4,
        terms.exchange());
  }

  /// Both fees on a part of a perp, as the account is now, `1e6`.
  BigInteger fees1e6(int market, BigInteger quantity) {
    for (int i = 0; i < positions.length; i++) {
      Perp perp = perps.get(i);
      if (perp.market() == market) {
        Margin margin = margin(i, -1, -1);
        DriftV2Perps.Rates rates =
            DriftV2Perps.rates(account(i), margin, terms.market(perp), terms.exchange(), call(i));
        BigInteger value = DriftV2.baseValue(DriftV2Terms.base1e9(perp, quantity), price(i));
        return rates.toLiquidator(value).add(rates.toFund(value));
      }
    }
    throw new IllegalArgumentException("no position in market " + market);
  }

  /// The liquidator's fee on a perp now, `1e6`.
  BigInteger liquidatorFee(Perp perp) {
    PerpMarket market = terms.market(perp);
    return DriftV2Perps.liquidatorFee(
        market.liquidatorFee1e6(),
        DriftV2Perps.liquidatorFeeMax(market),
        progress.lastActiveSlot(),
        slot,
        terms.exchange());
  }

  /// What an amount of a deposit repays of a borrow, the fund's fee paid, in the borrow's own unit.
  ///
  /// It is what the exchange that takes this amount repays; for a part of one, what the amount pays
  /// for, as a liquidator who takes no more would.
  BigInteger repaid(int liabilityAsset, int collateralAsset, BigInteger amount) {
    int liability = index(liabilityAsset);
    int asset = index(collateralAsset);
    Margin margin = margin(-1, -1, liability);
    BigInteger max =
        DriftV2Spot.liabilityForAsset(
            amount, terms.asset(tokens.get(asset)), terms.liability(tokens.get(liability)));
    for (BigInteger share : List.of(terms.exchange().initialShare1e4(), DriftV2.MARGIN_PRECISION)) {
      if (share.signum() > 0) {
        Exchange exchange = sized(margin, liability, asset, DriftV2Spot.UNLIMITED, share);
        if (exchange.assetTransfer().equals(amount)) {
          return exchange.liabilityTransfer().subtract(exchange.insuranceFee());
        }
      }
    }
    Exchange part = sized(margin, liability, asset, max, DriftV2.MARGIN_PRECISION);
    return part.liabilityTransfer().subtract(part.insuranceFee());
  }

  private int index(int asset) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).asset() == asset) {
        return i;
      }
    }
    throw new IllegalArgumentException("nothing of asset " + asset);
  }
}
