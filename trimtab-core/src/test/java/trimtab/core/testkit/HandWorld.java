package trimtab.core.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// A world written by hand, in decimals as people write them. Every instrument has its own feed;
/// `lot`, `minimumOrder`, `dust`, `fee` and `curve` are those of the instrument named last.
///
/// Unless said otherwise one unit is the lot, nothing has a minimum, a fee, a cost or a penalty,
/// and the rule closes the least that restores 1 when the account is below 1.
public final class HandWorld {
  private static final int PRICE_DECIMALS = 2;

  private final int valueDecimals;
  private final int quantityDecimals;
  private final List<Draft> assets = new ArrayList<>();
  private final List<Draft> markets = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Long> prices = new ArrayList<>();
  private final TreeMap<Integer, Balance> balances = new TreeMap<>();
  private final TreeMap<Integer, Position> positions = new TreeMap<>();
  private Draft last;
  private CloseRule closeRule = new CloseRule.TargetHealth(Ppm.ONE);
  private Base base = Base.AUTO;
  private String threshold = "1";
  private String target = "1";
  private PenaltyTerms penalty = new PenaltyTerms(0, 0, Cap.IMPROVEMENT, 0);
  private OnHarmfulClose onHarmfulClose = OnHarmfulClose.ESCALATE;

  /// An instrument that is not finished yet.
  private static final class Draft {
    final String symbol;
    final int feed;
    final int decimals;
    MarginTiers margin = MarginTiers.flat(Ppm.ONE);
    long assetWeight = Ppm.ONE;
    long debtWeight = Ppm.ONE;
    long lot = 1;
    long minimumOrder = 0;
    long dust = 0;
    long fee = 0;
    CostCurve curve = CostCurve.FREE;

    Draft(String symbol, int feed, int decimals) {
      this.symbol = symbol;
      this.feed = feed;
      this.decimals = decimals;
    }

    Asset asset() {
      return new Asset(
          symbol, feed, decimals, assetWeight, debtWeight, lot, minimumOrder, dust, fee);
    }

    Contract contract() {
      return new Contract(symbol, feed, decimals, lot, minimumOrder, dust, margin, margin, fee);
    }
  }

  private HandWorld(int valueDecimals, int quantityDecimals) {
    this.valueDecimals = valueDecimals;
    this.quantityDecimals = quantityDecimals;
    this.last = new Draft("USD", Asset.SETTLEMENT, valueDecimals);
    assets.add(last);
  }

  /// Values with 8 decimals, quantities with 4, prices with 2.
  public static HandWorld usd() {
    return new HandWorld(8, 4);
  }

  /// Quantities with as many decimals as wanted, values with two more.
  public static HandWorld usd(int quantityDecimals) {
    return new HandWorld(quantityDecimals + PRICE_DECIMALS, quantityDecimals);
  }

  /// A perpetual with a margin rate, then pairs of a notional and the rate above it.
  public HandWorld market(String symbol, String price, String rate, String... fromAndRate) {
    List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, Ppm.parse(rate))));
    for (int i = 0; i < fromAndRate.length; i += 2) {
      tiers.add(new Tier(value(fromAndRate[i]), Ppm.parse(fromAndRate[i + 1])));
    }
    last = new Draft(symbol, feed(symbol, price), quantityDecimals);
    last.margin = new MarginTiers(tiers);
    markets.add(last);
    return this;
  }

  /// Marks the market named last by the price of another.
  public HandWorld onTheFeedOf(String symbol) {
    Draft other = markets.get(index(markets, symbol));
    Draft moved = new Draft(last.symbol, other.feed, last.decimals);
    moved.margin = last.margin;
    markets.set(markets.indexOf(last), moved);
    last = moved;
    return this;
  }

  /// The rate of the market named last applies to the whole notional.
  public HandWorld stepped() {
    last.margin = new MarginTiers(MarginTiers.Kind.STEPPED, last.margin.tiers());
    return this;
  }

  /// An asset that counts at `weight` when it is held, and in full when it is owed.
  public HandWorld asset(String symbol, String price, String weight) {
    last = new Draft(symbol, feed(symbol, price), quantityDecimals);
    last.assetWeight = Ppm.parse(weight);
    assets.add(last);
    return this;
  }

  private int feed(String symbol, String price) {
    feeds.add(new Feed(symbol, PRICE_DECIMALS, 1));
    prices.add(Decimals.parse(price, PRICE_DECIMALS));
    return feeds.size() - 1;
  }

  public HandWorld debtWeight(String weight) {
    last.debtWeight = Ppm.parse(weight);
    return this;
  }

  public HandWorld lot(String lot) {
    last.lot = Decimals.parse(lot, last.decimals);
    return this;
  }

  public HandWorld minimumOrder(String worth) {
    last.minimumOrder = value(worth);
    return this;
  }

  public HandWorld dust(String worth) {
    last.dust = value(worth);
    return this;
  }

  public HandWorld fee(String rate) {
    last.fee = Ppm.parse(rate);
    return this;
  }

  /// What trading the instrument costs, on both sides.
  public HandWorld curve(CostCurve curve) {
    last.curve = curve;
    return this;
  }

  /// @param quantity signed
  public HandWorld position(String symbol, String quantity, String entryPrice) {
    int market = index(markets, symbol);
    long units = Decimals.parse(quantity, quantityDecimals);
    long entry = Decimals.parse(entryPrice, PRICE_DECIMALS);
    long scale = Decimals.powerOfTen(valueDecimals - quantityDecimals - PRICE_DECIMALS);
    positions.put(market, new Position(market, units, units * entry * scale));
    return this;
  }

  public HandWorld holds(String symbol, String amount) {
    return balance(symbol, amount, "0");
  }

  public HandWorld owes(String symbol, String debt) {
    return balance(symbol, "0", debt);
  }

  private HandWorld balance(String symbol, String amount, String debt) {
    int asset = index(assets, symbol);
    int decimals = assets.get(asset).decimals;
    Balance old = balances.getOrDefault(asset, new Balance(asset, 0, 0));
    long held = old.amount() + Decimals.parse(amount, decimals);
    balances.put(asset, new Balance(asset, held, old.debt() + Decimals.parse(debt, decimals)));
    return this;
  }

  private static int index(List<Draft> drafts, String symbol) {
    return drafts.stream().map(draft -> draft.symbol).toList().indexOf(symbol);
  }

  public HandWorld base(Base wanted) {
    base = wanted;
    return this;
  }

  public HandWorld levels(String wantedThreshold, String wantedTarget) {
    threshold = wantedThreshold;
    target = wantedTarget;
    return this;
  }

  public HandWorld penalty(String positionRate, String pairRate, Cap cap) {
    penalty = new PenaltyTerms(Ppm.parse(positionRate), Ppm.parse(pairRate), cap, 0);
    return this;
  }

  public HandWorld rule(CloseRule rule) {
    closeRule = rule;
    return this;
  }

  public HandWorld onHarmfulClose(OnHarmfulClose wanted) {
    onHarmfulClose = wanted;
    return this;
  }

  public World world() {
    Listing listing =
        new Listing(
            valueDecimals,
            feeds,
            assets.stream().map(Draft::asset).toList(),
            markets.stream().map(Draft::contract).toList());
    OwnRulebook rulebook =
        new OwnRulebook(
            "by hand",
            closeRule,
            base,
            Ppm.parse(threshold),
            Ppm.parse(target),
            penalty,
            onHarmfulClose,
            0);
    Account account =
        new Account("hand", List.copyOf(balances.values()), List.copyOf(positions.values()));
    long[] marks = prices.stream().mapToLong(Long::longValue).toArray();
    return new World(listing, Marks.of(0, marks), account, rulebook, curves());
  }

  private CostCurves curves() {
    List<CostCurve> contract = markets.stream().map(draft -> draft.curve).toList();
    List<CostCurve> spot = assets.stream().map(draft -> draft.curve).toList();
    return new CostCurves() {
      @Override
      public CostCurve contract(int market, Side side) {
        return contract.get(market);
      }

      @Override
      public CostCurve asset(int asset, Side side) {
        return spot.get(asset);
      }
    };
  }

  private long value(String dollars) {
    return Decimals.parse(dollars, valueDecimals);
  }
}
