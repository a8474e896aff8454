package trimtab.lab.input;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.cost.DepthLadder;
import trimtab.core.cost.SquareRootLaw;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Decimals;
import trimtab.core.money.UnitValue;
import trimtab.core.money.Wide;

/// The `depth` of a plan: by market or asset either order book levels (`bids`, `asks`, best first,
/// `[price, quantity]`) or the square-root law (`impact`).
final class PlanDepth {
  private final ListedNames names;
  private final Account account;
  private final Problems problems;
  private final Map<String, CostCurve> sales = new HashMap<>();
  private final Map<String, CostCurve> purchases = new HashMap<>();

  /// What trades under a symbol.
  ///
  /// @param decimals of its quantity
  /// @param priceDecimals of its levels
  /// @param inverse whether it is worth the less the higher its price
  /// @param mark its price now
  /// @param valueAt exact units per quantity unit at a price
  /// @param held the most of it that the account could have to trade
  private record Traded(
      int decimals,
      int priceDecimals,
      boolean inverse,
      long mark,
      LongFunction<UnitValue> valueAt,
      long held) {
    /// What a quantity loses against the mark at a price, in exact units, rounded up.
    Wide loss(Side side, long price, long quantity) {
      boolean losesByRising = side == Side.BUY != inverse;
      UnitValue there = valueAt.apply(price);
      UnitValue here = valueAt.apply(mark);
      return losesByRising
          ? there.ceil(quantity).minus(here.floor(quantity))
          : here.ceil(quantity).minus(there.floor(quantity));
    }

    /// Value units per quantity unit, for estimates.
    double unitValue(long exactScale) {
      UnitValue value = valueAt.apply(mark);
      return value.numerator().toDouble() / value.denominator() / exactScale;
    }
  }

  /// One level of a book, in the price units of its market and in quantity units.
  private record PricedLevel(long price, long quantity) {}

  private PlanDepth(ListedNames names, Account account, Problems problems) {
    this.names = names;
    this.account = account;
    this.problems = problems;
  }

  /// Reads the entries of `depth`, by symbol.
  static CostCurves read(
      Map<String, Node> entries, ListedNames names, Account account, Problems problems) {
    PlanDepth depth = new PlanDepth(names, account, problems);
    entries.forEach(depth::readEntry);
    return depth.curves();
  }

  private void readEntry(String symbol, Node node) {
    Optional<Traded> found = traded(symbol, node.place());
    if (found.isEmpty()) {
      return;
    }
    Traded traded = found.get();
    Fields fields = Fields.of(node, problems, "bids", "asks", "impact");
    if (fields.has("impact") && (fields.has("bids") || fields.has("asks"))) {
      problems.add(node.place(), "has levels and impact; write one of them");
    }
    fields.node("impact").ifPresent(impact -> impact(symbol, impact, traded));
    fields.node("bids").ifPresent(bids -> ladder(symbol, bids, Side.SELL, traded));
    fields.node("asks").ifPresent(asks -> ladder(symbol, asks, Side.BUY, traded));
  }

  private Optional<Traded> traded(String symbol, Place place) {
    Cell name = new Cell(place, symbol);
    Optional<Asset> asset = names.listing().asset(symbol);
    if (asset.isPresent()) {
      if (asset.get().isSettlement()) {
        problems.add(place, "is the settlement currency; it is not traded");
        return Optional.empty();
      }
      return Optional.of(traded(asset.get()));
    }
    OptionalInt index = names.market(name, problems);
    if (index.isEmpty()) {
      return Optional.empty();
    }
    Contract market = names.market(index.getAsInt());
    long held =
        account.positions().stream()
            .filter(position -> position.market() == index.getAsInt())
            .mapToLong(Position::quantity)
            .map(Math::absExact)
            .sum();
    return Optional.of(
        new Traded(
            market.quantityDecimals(),
            names.priceDecimals(market.feed()),
            market.isInverse(),
            names.price(market.feed()),
            price -> names.valueAt(market, price).unitValue(),
            held));
  }

  private Traded traded(Asset asset) {
    return new Traded(
        asset.decimals(),
        names.priceDecimals(asset.feed()),
        false,
        names.price(asset.feed()),
        price -> UnitValue.of(names.listing().unitValue(asset, price)),
        held(asset));
  }

  private long held(Asset asset) {
    int index = names.listing().assetIndex(asset.symbol());
    return account.balances().stream()
        .filter(balance -> balance.asset() == index)
        .mapToLong(balance -> Math.max(balance.amount(), balance.debt()))
        .sum();
  }

  private void ladder(String symbol, Node node, Side side, Traded traded) {
    int before = problems.count();
    List<PricedLevel> levels = new ArrayList<>();
    for (Node item : Fields.items(node, problems)) {
      level(item, traded).ifPresent(levels::add);
    }
    if (problems.count() == before) {
      problems
          .attempt(node.place(), () -> withinBudget(curve(levels, side, traded)))
          .ifPresent(curve -> bySide(side).put(symbol, curve));
    }
  }

  private CostCurve curve(List<PricedLevel> levels, Side side, Traded traded) {
    long[] quantities = new long[levels.size()];
    Wide[] losses = new Wide[levels.size()];
    for (int i = 0; i < quantities.length; i++) {
      PricedLevel level = levels.get(i);
      long previous = i == 0 ? level.price() : levels.get(i - 1).price();
      boolean worse = i == 0 || side.sign() * Long.compare(level.price(), previous) > 0;
      if (!worse || level.quantity() <= 0 || level.price() <= 0) {
        throw new IllegalArgumentException(
            "depth level %d: levels go from best to worst, with positive price and quantity"
                .formatted(i + 1));
      }
      quantities[i] = level.quantity();
      losses[i] = traded.loss(side, level.price(), level.quantity());
    }
    return DepthLadder.curve(quantities, losses, names.listing().exactScale());
  }

  /// Quantities and costs of a curve stay in the range in which certificates count.
  private static CostCurve withinBudget(CostCurve curve) {
    if (curve.capacity() > CostCurve.UNLIMITED
        || curve.end(curve.pieces() - 1) > CostCurve.UNLIMITED) {
      throw new IllegalArgumentException(
          "all levels together are too much to count exactly; leave out the far ones");
    }
    return curve;
  }

  private Optional<PricedLevel> level(Node node, Traded traded) {
    List<Node> pair = Fields.items(node, problems);
    if (pair.size() != 2) {
      problems.add(node.place(), "a level is [price, quantity]");
      return Optional.empty();
    }
    return Optional.of(
        new PricedLevel(
            Fields.decimal(pair.get(0), traded.priceDecimals(), problems),
            Fields.decimal(pair.get(1), traded.decimals(), problems)));
  }

  private void impact(String symbol, Node node, Traded traded) {
    Fields fields = Fields.of(node, problems, "y", "dailyVolatility", "dailyVolume");
    int before = problems.count();
    double y = real(fields, "y");
    double dailyVolatility = real(fields, "dailyVolatility");
    double dailyVolume = real(fields, "dailyVolume") * Decimals.powerOfTen(traded.decimals());
    if (problems.count() > before || traded.held() == 0) {
      return;
    }
    problems
        .attempt(
            node.place(),
            () ->
                SquareRootLaw.curve(
                    y,
                    dailyVolatility,
                    dailyVolume,
                    traded.unitValue(names.listing().exactScale()),
                    traded.held()))
        .ifPresent(curve -> {
          sales.put(symbol, curve);
          purchases.put(symbol, curve);
        });
  }

  /// A parameter of the estimated law, the only numbers of a plan that may be binary fractions: the
  /// curve that comes of them is integer.
  private double real(Fields fields, String key) {
    String text = fields.text(key);
    if (text.isEmpty()) {
      return 0;
    }
    return problems
        .attempt(
            fields.place(key),
            () -> {
              Decimals.decimalsOf(text);
              return new BigDecimal(text.trim()).doubleValue();
            })
        .orElse(0.0);
  }

  private Map<String, CostCurve> bySide(Side side) {
    return switch (side) {
      case SELL -> sales;
      case BUY -> purchases;
    };
  }

  private CostCurves curves() {
    return new CostCurves() {
      @Override
      public CostCurve contract(int market, Side side) {
        return curve(names.market(market).symbol(), side);
      }

      @Override
      public CostCurve asset(int asset, Side side) {
        return curve(names.asset(asset).symbol(), side);
      }

      private CostCurve curve(String symbol, Side side) {
        return bySide(side).getOrDefault(symbol, CostCurve.FREE);
      }
    };
  }
}
