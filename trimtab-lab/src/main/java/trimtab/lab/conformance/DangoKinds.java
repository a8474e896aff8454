package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.rulebooks.derivatives.Dango;
import trimtab.rulebooks.derivatives.Dango.Account;
import trimtab.rulebooks.derivatives.Dango.AdlRule;
import trimtab.rulebooks.derivatives.Dango.Fill;
import trimtab.rulebooks.derivatives.Dango.Outcome;
import trimtab.rulebooks.derivatives.Dango.Pair;
import trimtab.rulebooks.derivatives.Dango.Parameters;
import trimtab.rulebooks.derivatives.Dango.Position;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of Dango.
final class DangoKinds {
  private DangoKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "Dango/close_schedule", DangoKinds::schedule,
        "Dango/bankruptcy_price_position", DangoKinds::bankruptcy,
        "Dango/end_to_end_close_schedule", DangoKinds::endToEnd,
        "Dango/target_buffer", DangoKinds::buffer);
  }

  private static Value.Table schedule(Inputs inputs) {
    Account account = account(inputs);
    BigInteger deficit =
        inputs.has("deficit_usd")
            ? millionths(inputs.number("deficit_usd"))
            : Dango.deficit(parameters(inputs), account);
    List<Value> closes = new ArrayList<>();
    for (Dango.Close close : Dango.schedule(account, deficit)) {
      closes.add(
          new Value.Items(
              List.of(new Value.Text(close.name()), new Value.Amount(units(close.size())))));
    }
    return Value.Table.empty().with("schedule", new Value.Items(closes));
  }

  private static Value.Table bankruptcy(Inputs inputs) {
    Account account = account(inputs);
    String market = inputs.text("market", account.positions().getFirst().name());
    Position position =
        account.positions().stream()
            .filter(each -> each.name().equals(market))
            .findFirst()
            .orElseThrow(() ->
                new InputException(
                    inputs.node("market").place(), "there is no position in '" + market + "'"));
    return Value.Table.empty()
        .with("bankruptcy_price", units(Dango.bankruptcyPrice(account, position)))
        .with("limit_price", units(Dango.limitPrice(account, position)));
  }

  private static Value.Table endToEnd(Inputs inputs) {
    Parameters parameters = parameters(inputs);
    Account account = account(inputs);
    List<Fill> book = inputs.has("book_fills") ? fills(inputs, "book_fills") : List.of();
    List<Fill> deleveraged =
        inputs.has("adl_fills")
            ? fills(inputs, "adl_fills")
            : Dango.remainders(parameters, account, book);
    Outcome outcome = Dango.settle(parameters, account, book, deleveraged);
    Account after = outcome.account();
    return Value.Table.empty()
        .with("margin_after", units(after.margin()))
        .with("equity_after", units(Dango.equity(after)))
        .with("liquidation_fee", units(outcome.fee()))
        .with("bad_debt", units(outcome.badDebt()))
        .with("maintenance_after_ours", units(Dango.maintenance(after)))
        .with("healthy_after_ours", !Dango.isLiquidatable(after));
  }

  private static Value.Table buffer(Inputs inputs) {
    Pair pair =
        new Pair(
            millionths(inputs.number("oracle")),
            millionths(inputs.number("mmr")),
            millionths(inputs.number("min_order_notional", Fraction.ZERO)),
            BigInteger.ZERO);
    Position position =
        new Position(
            "it",
            millionths(inputs.number("size")),
            millionths(inputs.number("entry")),
            BigInteger.ZERO,
            pair);
    Account account = new Account(millionths(inputs.number("margin")), List.of(position));
    BigInteger deficit = Dango.deficit(parameters(inputs), account);
    BigInteger close =
        deficit.signum() > 0 ? Dango.closeAmount(position, deficit) : BigInteger.ZERO;
    return Value.Table.empty().with("deficit", units(deficit)).with("close_size", units(close));
  }

  private static Parameters parameters(Inputs inputs) {
    Parameters base = Parameters.DEFAULT;
    return new Parameters(
        millionths(inputs.number("liquidation_fee", units(base.feeRate()))),
        millionths(inputs.number("buffer", units(base.buffer()))),
        switch (inputs.text("adl_price", "bankruptcy")) {
          case "bankruptcy" -> AdlRule.BANKRUPTCY;
          case "oracle_if_solvent" -> AdlRule.ORACLE_IF_SOLVENT;
          default ->
              throw new InputException(
                  inputs.node("adl_price").place(), "is neither bankruptcy nor oracle_if_solvent");
        });
  }

  /// Positions are a table by pair: a size, or a table of `size` and `entry`. Where there is no
  /// entry price it is the oracle price.
  private static Account account(Inputs inputs) {
    Inputs table = inputs.table("positions");
    List<Position> positions = new ArrayList<>();
    for (String name : table.keys()) {
      Fraction oracle = byPair(inputs, "oracle_usd", name);
      Pair pair =
          new Pair(
              millionths(oracle),
              millionths(byPair(inputs, "mmr", name, "0.05")),
              millionths(byPair(inputs, "min_order_notional", name, "0")),
              millionths(byPair(inputs, "funding_per_unit", name, "0")));
      boolean sizeOnly = !(table.node(name) instanceof Node.Table);
      positions.add(
          new Position(
              name,
              millionths(sizeOnly ? table.number(name) : table.table(name).number("size")),
              millionths(sizeOnly ? oracle : table.table(name).number("entry", oracle)),
              millionths(
                  sizeOnly
                      ? Fraction.ZERO
                      : table.table(name).number("entry_funding_per_unit", Fraction.ZERO)),
              pair));
    }
    return new Account(millionths(inputs.number("margin", Fraction.ZERO)), positions);
  }

  private static Fraction byPair(Inputs inputs, String key, String pair) {
    return inputs.node(key) instanceof Node.Table
        ? inputs.table(key).number(pair)
        : inputs.number(key);
  }

  private static Fraction byPair(Inputs inputs, String key, String pair, String otherwise) {
    if (!inputs.has(key)
        || (inputs.node(key) instanceof Node.Table && !inputs.table(key).has(pair))) {
      return Fraction.parse(otherwise);
    }
    return byPair(inputs, key, pair);
  }

  /// Lists of a pair, a size without sign and a price.
  private static List<Fill> fills(Inputs inputs, String key) {
    List<Fill> fills = new ArrayList<>();
    for (Node item : inputs.items(key)) {
      List<Node> parts = Inputs.items(item);
      if (parts.size() != 3 || !(parts.getFirst() instanceof Node.Scalar(var _, String name))) {
        throw new InputException(item.place(), "a fill is a list of a pair, a size and a price");
      }
      fills.add(
          new Fill(
              name,
              millionths(Inputs.number(parts.get(1)).abs()),
              millionths(Inputs.number(parts.get(2)))));
    }
    return fills;
  }

  private static BigInteger millionths(Fraction number) {
    Fraction scaled = number.times(Fraction.of(Dango.ONE));
    if (!scaled.denominator().equals(BigInteger.ONE)) {
      throw new ArithmeticException(number + " has more than the venue's six decimals");
    }
    return scaled.numerator();
  }

  private static Fraction units(BigInteger millionths) {
    return new Fraction(millionths, Dango.ONE);
  }
}
