package trimtab.core.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.ExposureLine;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;

/// Writes the part of a certificate that proves a choice among legs.
final class ChoiceLines {
  /// Binary digits of a double behind the first.
  private static final int FRACTION_BITS = 52;

  private ChoiceLines() {}

  static ChoiceLine of(Listing listing, Account before, Choice choice) {
    return new ChoiceLine(
        choice.order().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        choice.objective().name().toLowerCase(Locale.ROOT),
        choice.value(),
        choice.lowerBound(),
        fraction(choice.multiplier()),
        choice.settlementPositive(),
        choice.capSharePpm(),
        choice.share().numerator() + "/" + choice.share().denominator(),
        choice.offers().stream().map(offer -> leg(listing, offer)).toList(),
        exposures(listing, before));
  }

  private static LegLine leg(Listing listing, Choice.Offer offer) {
    LegTerms terms = offer.terms();
    return new LegLine(
        Certificates.leg(listing, offer.leg()),
        terms.lot(),
        terms.minimumOrderValue(),
        terms.dustValue(),
        terms.feePpm(),
        Certificates.curve(terms.curve()));
  }

  /// A double is a fraction whose denominator is a power of two: exactly, and reduced.
  ///
  /// @param value finite, not negative
  static String fraction(double value) {
    if (value == 0) {
      return "0/1";
    }
    int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT);
    // An integer below 2^53.
    long digits = (long) Math.scalb(value, FRACTION_BITS - exponent);
    int zeros = Long.numberOfTrailingZeros(digits);
    BigInteger odd = BigInteger.valueOf(digits >> zeros);
    int power = exponent - FRACTION_BITS + zeros;
    return power >= 0 ? odd.shiftLeft(power) + "/1" : odd + "/" + BigInteger.ONE.shiftLeft(-power);
  }

  private static List<ExposureLine> exposures(Listing listing, Account account) {
    List<ExposureLine> lines = new ArrayList<>();
    for (int feed = 0; feed < listing.feeds().size(); feed++) {
      List<String> markets = new ArrayList<>();
      List<String> assets = new ArrayList<>();
      for (Position position : account.positions()) {
        Contract contract = listing.contracts().get(position.market());
        if (contract.feed() == feed) {
          markets.add(contract.symbol());
        }
      }
      for (Balance balance : account.balances()) {
        Asset asset = listing.assets().get(balance.asset());
        if (asset.feed() == feed) {
          assets.add(asset.symbol());
        }
      }
      if (!markets.isEmpty() || !assets.isEmpty()) {
        lines.add(new ExposureLine(listing.feeds().get(feed).name(), markets, assets));
      }
    }
    return lines;
  }
}
