package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import trimtab.lab.input.Node;
import trimtab.rulebooks.derivatives.DydxV4;
import trimtab.rulebooks.derivatives.DydxV4.Parameters;
import trimtab.rulebooks.derivatives.DydxV4.Perpetual;
import trimtab.rulebooks.derivatives.DydxV4.Position;
import trimtab.rulebooks.derivatives.DydxV4.Risk;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of dYdX v4.
final class DydxKinds {
  private static final Fraction MILLION = Fraction.of(1_000_000);

  /// The venue's tests of prices and fees use markets of this maintenance margin.
  private static final Fraction MAINTENANCE = Fraction.parse("0.1");

  private DydxKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "dYdX v4/bankruptcy_price_quote", DydxKinds::bankruptcy,
        "dYdX v4/fillable_price", DydxKinds::fillable,
        "dYdX v4/insurance_fund_delta", DydxKinds::insurance,
        "dYdX v4/close_factor_limits", DydxKinds::limits,
        "dYdX v4/block_budget", DydxKinds::budget,
        "dYdX v4/end_to_end", DydxKinds::endToEnd);
  }

  private static Value.Table bankruptcy(Inputs inputs) {
    Account account = Account.read(inputs);
    return Value.Table.empty()
        .with(
            "bankruptcy_quote_quantums",
            DydxV4.bankruptcyQuote(
                account.risk(), account.perpetual(), account.size(), account.delta(inputs)));
  }

  private static Value.Table fillable(Inputs inputs) {
    Account account = Account.read(inputs);
    Fraction price =
        DydxV4.fillablePrice(
            parameters(inputs), account.risk(), account.perpetual(), account.size());
    return Value.Table.empty()
        .with("fillable_price_quote_quantums_per_base_quantum", price)
        .with("fillable_price_usd", price.over(account.quantumPrice()));
  }

  private static Value.Table insurance(Inputs inputs) {
    Account account = Account.read(inputs);
    BigInteger delta = account.delta(inputs);
    BigInteger fund =
        DydxV4.insuranceFundDelta(
            parameters(inputs),
            account.risk(),
            account.perpetual(),
            account.size(),
            delta,
            account.fillQuote(inputs, delta));
    return Value.Table.empty().with("insurance_fund_delta_quote_quantums", fund);
  }

  private static Value.Table limits(Inputs inputs) {
    DydxV4.NotionalLimits limits =
        DydxV4.notionalLimits(parameters(inputs), inputs.integer("position_notional"));
    return Value.Table.empty().with("min", limits.min()).with("max", limits.max());
  }

  private static Value.Table budget(Inputs inputs) {
    DydxV4.BlockBudget budget =
        DydxV4.blockBudget(
            parameters(inputs),
            inputs.integer("already_notional", BigInteger.ZERO),
            inputs.integer("already_insurance_lost", BigInteger.ZERO));
    return Value.Table.empty()
        .with("remaining_notional", budget.notional())
        .with("remaining_insurance", budget.insurance());
  }

  private static Value.Table endToEnd(Inputs inputs) {
    Account account = Account.read(inputs);
    BigInteger delta = account.delta(inputs);
    if (delta.signum() == 0) {
      return settled(
          account,
          new DydxV4.Settlement(account.usdc(), account.size(), BigInteger.ZERO, BigInteger.ZERO));
    }
    return settled(
        account,
        DydxV4.settle(
            parameters(inputs),
            account.usdc(),
            account.risk(),
            account.perpetual(),
            account.size(),
            delta,
            account.fillQuote(inputs, delta)));
  }

  private static Value.Table settled(Account account, DydxV4.Settlement settlement) {
    Fraction left = Fraction.of(settlement.position()).over(Fraction.of(account.unit()));
    return Value.Table.empty()
        .with("usdc_after_quantums", settlement.quoteBalance())
        .with("position_after_" + account.market().toLowerCase(Locale.ROOT), left)
        .with("position_after", left)
        .with("insurance_fund_delta_quote_quantums", settlement.insuranceFundDelta())
        .with("notional_liquidated_quantums", settlement.notionalLiquidated());
  }

  private static Parameters parameters(Inputs inputs) {
    Parameters base = Parameters.CODE_DEFAULT;
    return base.withMaxLiquidationFeePpm(
            ppm(inputs, "max_liquidation_fee_ppm", base.maxLiquidationFeePpm()))
        .withFillablePrice(
            ppm(inputs, "bankruptcy_adjustment_ppm", base.bankruptcyAdjustmentPpm()),
            ppm(
                inputs,
                "spread_to_maintenance_margin_ratio_ppm",
                base.spreadToMaintenanceMarginRatioPpm()))
        .withLimits(
            inputs.integer("min_position_notional", base.minPositionNotional()),
            ppm(inputs, "max_position_portion_ppm", base.maxPositionPortionPpm()),
            inputs.integer("max_notional", base.maxNotionalPerBlock()),
            inputs.integer("max_insurance_lost", base.maxInsuranceLostPerBlock()));
  }

  private static long ppm(Inputs inputs, String key, long otherwise) {
    return inputs.integer(key, BigInteger.valueOf(otherwise)).longValueExact();
  }

  /// The account of a case. Its positions stand in a table `positions_base_quantums`, or one of
  /// them in whole units as `position_btc`.
  ///
  /// @param market the one that is closed
  /// @param unit base quantums of a whole unit of it
  /// @param dollar quote quantums of a dollar
  private record Account(
      BigInteger usdc,
      Map<String, Position> positions,
      String market,
      BigInteger unit,
      BigInteger dollar) {
    static Account read(Inputs inputs) {
      BigInteger dollar = inputs.integer("quote_quantums_per_usd", MILLION.truncate());
      BigInteger usdc = whole(inputs.number("usdc_usd"), dollar);
      Map<String, BigInteger> sizes = sizes(inputs);
      Map<String, Position> positions = new LinkedHashMap<>();
      for (Map.Entry<String, BigInteger> each : sizes.entrySet()) {
        BigInteger unit = unit(inputs, each.getKey());
        Fraction price = oracle(inputs, each.getKey()).times(new Fraction(dollar, unit));
        positions.put(
            each.getKey(),
            new Position(positions.size(), each.getValue(), perpetual(inputs, price)));
      }
      String market = inputs.text("close_market", sizes.keySet().iterator().next());
      return new Account(usdc, positions, market, unit(inputs, market), dollar);
    }

    private static Map<String, BigInteger> sizes(Inputs inputs) {
      Map<String, BigInteger> sizes = new LinkedHashMap<>();
      if (inputs.has("positions_base_quantums")) {
        Inputs table = inputs.table("positions_base_quantums");
        table.keys().forEach(name -> sizes.put(name, table.integer(name)));
        return sizes;
      }
      for (String key : inputs.keys()) {
        if (key.startsWith("position_")) {
          String name = key.substring("position_".length()).toUpperCase(Locale.ROOT);
          sizes.put(name, whole(inputs.number(key), unit(inputs, name)));
        }
      }
      if (sizes.isEmpty()) {
        inputs.table("positions_base_quantums");
      }
      return sizes;
    }

    /// Base quantums of a whole unit; where a case does not say, as the venue's tests have it: 1e8
    /// of BTC, 1e9 of everything else.
    private static BigInteger unit(Inputs inputs, String market) {
      if (inputs.has("base_quantums_per_unit")) {
        return inputs.table("base_quantums_per_unit").integer(market);
      }
      return BigInteger.TEN.pow(market.equals("BTC") ? 8 : 9);
    }

    private static Fraction oracle(Inputs inputs, String market) {
      return inputs.node("oracle_usd") instanceof Node.Table
          ? inputs.table("oracle_usd").number(market)
          : inputs.number("oracle_usd");
    }

    private static Perpetual perpetual(Inputs inputs, Fraction price) {
      Fraction ratio = inputs.number("maintenance_margin_ratio", MAINTENANCE);
      long initial = ppm(inputs, "initial_margin_ppm", 1_000_000);
      long fraction =
          whole(ratio, MILLION.times(MILLION).over(Fraction.of(initial)).truncate())
              .longValueExact();
      return new Perpetual(price, initial, fraction);
    }

    private static BigInteger whole(Fraction number, BigInteger scale) {
      Fraction scaled = number.times(Fraction.of(scale));
      if (!scaled.denominator().equals(BigInteger.ONE)) {
        throw new ArithmeticException(
            "%s is finer than the venue's unit of 1/%s".formatted(number, scale));
      }
      return scaled.numerator();
    }

    Risk risk() {
      return DydxV4.risk(usdc, List.copyOf(positions.values()));
    }

    Position position() {
      Position position = positions.get(market);
      if (position == null) {
        throw new IllegalArgumentException("there is no position in '" + market + "'");
      }
      return position;
    }

    Perpetual perpetual() {
      return position().perpetual();
    }

    BigInteger size() {
      return position().baseQuantums();
    }

    /// A dollar per unit, as a price in quantums.
    Fraction quantumPrice() {
      return new Fraction(dollar, unit);
    }

    /// What is closed: a signed number of base quantums, or whole units without sign, or all.
    BigInteger delta(Inputs inputs) {
      if (inputs.has("delta_base_quantums")) {
        return inputs.integer("delta_base_quantums");
      }
      String fill = "fill_" + market.toLowerCase(Locale.ROOT);
      if (!inputs.has(fill)) {
        return size().negate();
      }
      BigInteger filled = whole(inputs.number(fill).abs(), unit);
      return size().signum() > 0 ? filled.negate() : filled;
    }

    /// Quote quantums of the fill, or its price in dollars.
    BigInteger fillQuote(Inputs inputs, BigInteger delta) {
      return inputs.has("fill_quote_quantums")
          ? inputs.integer("fill_quote_quantums")
          : DydxV4.fillQuote(inputs.number("fill_price").times(quantumPrice()), delta);
    }
  }
}
