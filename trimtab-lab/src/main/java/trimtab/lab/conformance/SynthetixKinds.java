package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.rulebooks.derivatives.SynthetixV3;
import trimtab.rulebooks.derivatives.SynthetixV3.Closed;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of Synthetix perps v3.
final class SynthetixKinds {
  private static final int D18 = 18;

  /// `account of 300 at t=87`.
  private static final Pattern THEN =
      Pattern.compile("account of (-?[0-9.]+)[a-z ]* at t ?= ?([0-9]+)(?: ?s)?");

  private SynthetixKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "Synthetix perps v3/window_sequence",
        SynthetixKinds::windowSequence,
        "Synthetix perps v3/premium_discount_gate",
        SynthetixKinds::premiumGate);
  }

  private static Value.Table windowSequence(Inputs in) {
    Market market = new Market(in, in.integer("window_s"), "max_pd");
    for (Inputs closed : in.tables("liquidated")) {
      market.history =
          SynthetixV3.record(
              market.history, Scaled.of(closed, "units", D18).abs(), closed.integer("t"));
    }
    Account last = account(in.node("then"));
    market.size = last.size();
    market.skew = Scaled.of(in, "skew", D18, last.size());
    BigInteger closed = market.liquidate(last.time());
    return Value.Table.empty()
        .with("units_liquidated", Scaled.back(closed, D18))
        .with("size_after", Scaled.back(market.size, D18));
  }

  private record Account(BigInteger size, BigInteger time) {}

  private static Account account(Node node) {
    if (node instanceof Node.Table) {
      Inputs table = Inputs.of(node);
      return new Account(Scaled.of(table, "units", D18), table.integer("t"));
    }
    String text = node instanceof Node.Scalar(var _, String words) ? words : "";
    Matcher matcher = THEN.matcher(text);
    if (!matcher.matches()) {
      throw new InputException(
          node.place(), "'" + text + "' is not of the form 'account of 300 at t=87'");
    }
    Fraction size = Fraction.parse(matcher.group(1)).times(Fraction.of(BigInteger.TEN.pow(D18)));
    return new Account(size.truncate(), new BigInteger(matcher.group(2)));
  }

  /// One account against a market, each call in a block of its own, one second apart, except two in
  /// the same; all within one window, unless `window_s` is shorter.
  private static Value.Table premiumGate(Inputs in) {
    Market market = new Market(in, in.integer("window_s", BigInteger.TEN), "max_pd_initial");
    market.size = Scaled.of(in, "size", D18);
    market.skew = market.size.add(Scaled.of(in, "other_skew", D18, BigInteger.ZERO));
    market.liquidate(BigInteger.ONE);
    Value.Table table = Value.Table.empty().with("size_after_1", market.size());
    market.liquidate(BigInteger.TWO);
    table = table.with("size_after_2", market.size());

    market.premiumMax = Scaled.of(in, "then_max_pd", D18);
    market.skew = market.skew.add(Scaled.of(in, "counter_trade_units", D18, BigInteger.ZERO));
    market.liquidate(BigInteger.valueOf(3));
    table = table.with("size_after_pd_enabled", market.size());

    BigInteger block = BigInteger.valueOf(4);
    int effective = 0;
    for (int i = 0; i < 2; i++) {
      effective += market.liquidate(block).signum();
    }
    table =
        table
            .with("same_block_extra_calls_effective", BigInteger.valueOf(effective))
            .with("size_after_3", market.size());
    market.liquidate(BigInteger.valueOf(5));
    return table.with("size_after_4", market.size());
  }

  /// A market that one account is closed in.
  private static final class Market {
    private final BigInteger cap;
    private final BigInteger windowSeconds;
    private final BigInteger skewScale;
    private BigInteger premiumMax;
    private List<Closed> history = List.of();
    private BigInteger size = BigInteger.ZERO;
    private BigInteger skew = BigInteger.ZERO;

    Market(Inputs in, BigInteger windowSeconds, String premiumKey) {
      this.cap = Scaled.of(in, "window_cap", D18);
      this.windowSeconds = windowSeconds;
      this.skewScale = Scaled.of(in, "skew_scale", D18, SynthetixV3.Market.DEFAULT.skewScaleD18());
      this.premiumMax = Scaled.of(in, premiumKey, D18, BigInteger.ZERO);
    }

    BigInteger liquidate(BigInteger now) {
      BigInteger closed =
          SynthetixV3.closable(
              size.abs(),
              cap,
              premiumMax,
              SynthetixV3.capacity(cap, windowSeconds, history, now),
              skew,
              skewScale,
              now,
              false);
      history = SynthetixV3.record(history, closed, now);
      BigInteger change = size.signum() > 0 ? closed.negate() : closed;
      size = size.add(change);
      skew = skew.add(change);
      return closed;
    }

    Fraction size() {
      return Scaled.back(size, D18);
    }
  }
}
