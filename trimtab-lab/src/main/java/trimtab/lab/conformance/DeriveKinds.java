package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import trimtab.rulebooks.derivatives.DeriveV2;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// The kinds of cases of Derive (Lyra v2). Amounts are read in dollars and shares, and cut off
/// after 18 decimals.
final class DeriveKinds {
  private static final String VENUE = "Derive (Lyra v2)/";

  private DeriveKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        VENUE + "dutch_auction_discount", DeriveKinds::discount,
        VENUE + "max_portfolio_fraction", DeriveKinds::maxFraction,
        VENUE + "partial_bid", DeriveKinds::partialBid,
        VENUE + "options_portfolio_partial_auction", DeriveKinds::partialAuction,
        VENUE + "insolvent_auction_payout", DeriveKinds::insolventPayout);
  }

  private static Value.Table discount(Inputs inputs) {
    return Value.Table.empty()
        .with("discount", number(DeriveV2.discount(elapsed(inputs), parameters(inputs))));
  }

  private static Value.Table maxFraction(Inputs inputs) {
    return solventBid(inputs, "requested_fraction");
  }

  private static Value.Table partialBid(Inputs inputs) {
    if (inputs.has("mm")) {
      return solventBid(inputs, "requested_fraction");
    }
    BigInteger price =
        DeriveV2.solventBidPrice(
            wad(inputs, "mtm"), reserved(inputs), discountOf(inputs, parameters(inputs)));
    BigInteger share = wad(inputs, "requested_fraction");
    return Value.Table.empty()
        .with("bid_price", number(price))
        .with("cash_from_bidder", number(DeriveV2.cashFromBidder(price, share)));
  }

  private static Value.Table partialAuction(Inputs inputs) {
    return solventBid(inputs, "requested_fraction_of_current");
  }

  private static Value.Table solventBid(Inputs inputs, String shareKey) {
    DeriveV2.Parameters parameters = parameters(inputs);
    BigInteger discount = discountOf(inputs, parameters);
    DeriveV2.Account account =
        new DeriveV2.Account(wad(inputs, "mtm"), wad(inputs, "mm"), reserved(inputs));
    Value.Table table =
        Value.Table.empty()
            .with("discount", number(discount))
            .with("start_fee", number(DeriveV2.startFee(account.mtm(), account.mm(), parameters)))
            .with("buffer_margin", bufferMargin(account, parameters))
            .with("max_fraction", maxFraction(account, discount, parameters));
    BigInteger share = inputs.has(shareKey) ? wad(inputs, shareKey) : Uint.WAD;
    DeriveV2.Outcome outcome =
        inputs.has("discount")
            ? DeriveV2.bidSolventAt(account, share, discount, parameters)
            : DeriveV2.bidSolvent(account, share, elapsed(inputs), parameters);
    if (account.reservedCash().compareTo(account.mtm()) <= 0) {
      table =
          table.with(
              "bid_price",
              number(DeriveV2.solventBidPrice(account.mtm(), account.reservedCash(), discount)));
    }
    return switch (outcome) {
      case DeriveV2.Refused refused -> table.with("revert", refused.reason().error());
      case DeriveV2.Bid bid -> afterwards(table, account, bid, discount, parameters);
    };
  }

  private static Value.Table afterwards(
      Value.Table table,
      DeriveV2.Account account,
      DeriveV2.Bid bid,
      BigInteger discount,
      DeriveV2.Parameters parameters) {
    DeriveV2.Account after = DeriveV2.afterBid(account, bid);
    return table
        .with("fraction_of_current", number(bid.shareWad()))
        .with("cash_from_bidder", number(bid.cashFromBidder()))
        .with("bidder_cash_needed", number(bid.bidderCash()))
        .with("terminated", bid.ends())
        .with("post_mtm", number(after.mtm()))
        .with("post_mm", number(after.mm()))
        .with("post_reserved_cash", number(after.reservedCash()))
        .with("post_buffer_margin", bufferMargin(after, parameters))
        .with("post_max_fraction", maxFraction(after, discount, parameters));
  }

  private static Value.Table insolventPayout(Inputs inputs) {
    DeriveV2.Parameters parameters = parameters(inputs);
    DeriveV2.Account account =
        new DeriveV2.Account(wad(inputs, "mtm"), wad(inputs, "mm"), BigInteger.ZERO);
    BigInteger share = inputs.has("fraction") ? wad(inputs, "fraction") : Uint.WAD;
    BigInteger price =
        DeriveV2.insolventBidPrice(account.mtm(), account.mm(), elapsed(inputs), parameters);
    BigInteger paid = DeriveV2.cashToBidder(price, share);
    Value.Table table =
        Value.Table.empty().with("bid_price", number(price)).with("payout_to_bidder", number(paid));
    if (inputs.has("security_module_cash")) {
      DeriveV2.Payout payout = DeriveV2.payout(paid, wad(inputs, "security_module_cash"));
      table =
          table
              .with("paid_by_security_module", number(payout.fromModule()))
              .with("socialised", number(payout.printed()));
    }
    return switch (DeriveV2.bidInsolvent(account, share, elapsed(inputs), parameters)) {
      case DeriveV2.Refused refused -> table.with("revert", refused.reason().error());
      case DeriveV2.Bid bid ->
          table.with("bidder_cash_needed", number(bid.bidderCash())).with("terminated", bid.ends());
    };
  }

  private static Value bufferMargin(DeriveV2.Account account, DeriveV2.Parameters parameters) {
    return amount(DeriveV2.bufferMargin(account.mtm(), account.mm(), parameters));
  }

  private static Value maxFraction(
      DeriveV2.Account account, BigInteger discount, DeriveV2.Parameters parameters) {
    return amount(
        DeriveV2.maxProportion(
            account.mtm(),
            DeriveV2.bufferMargin(account.mtm(), account.mm(), parameters),
            discount,
            account.reservedCash(),
            parameters));
  }

  private static DeriveV2.Parameters parameters(Inputs inputs) {
    DeriveV2.Parameters defaults = DeriveV2.Parameters.MAINNET;
    BigInteger start = wad(inputs, "start", defaults.startWad());
    return new DeriveV2.Parameters(
        start,
        wad(inputs, "fast_cutoff", defaults.fastCutoffWad().min(start)),
        inputs.integer("fast_s", defaults.fastSeconds()),
        inputs.integer("slow_s", defaults.slowSeconds()),
        inputs.integer("length_s", defaults.insolventSeconds()),
        wad(inputs, "fee_rate", defaults.feeRateWad()),
        wad(inputs, "buffer_pct", defaults.bufferWad()),
        wad(inputs, "mtm_cutoff", defaults.mtmCutoffWad()));
  }

  private static BigInteger discountOf(Inputs inputs, DeriveV2.Parameters parameters) {
    return inputs.has("discount")
        ? wad(inputs, "discount")
        : DeriveV2.discount(elapsed(inputs), parameters);
  }

  private static BigInteger elapsed(Inputs inputs) {
    return inputs.integer("elapsed_s");
  }

  private static BigInteger reserved(Inputs inputs) {
    return wad(inputs, "reserved_cash", BigInteger.ZERO);
  }

  private static BigInteger wad(Inputs inputs, String key) {
    return inputs.number(key).times(Fraction.of(Uint.WAD)).truncate();
  }

  private static BigInteger wad(Inputs inputs, String key, BigInteger otherwise) {
    return inputs.has(key) ? wad(inputs, key) : otherwise;
  }

  private static Fraction number(BigInteger wad) {
    return new Fraction(wad, Uint.WAD);
  }

  private static Value amount(BigInteger wad) {
    return new Value.Amount(number(wad));
  }
}
