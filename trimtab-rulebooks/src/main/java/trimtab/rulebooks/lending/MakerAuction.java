package trimtab.rulebooks.lending;

import static trimtab.rulebooks.lending.MakerLiq2.times;
import static trimtab.rulebooks.number.Uint.RAY;
import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.divFloor;
import static trimtab.rulebooks.number.Uint.fit;

import java.math.BigInteger;
import trimtab.rulebooks.number.Uint;

/// The Dutch auction of MakerDAO Liquidation 2.0 (the bark is in [MakerLiq2]).
///
/// **Rule.** The price starts above the market's and falls by a curve. Anyone may buy up to what is
/// left at the price of the moment, in parts; the auction never raises more than its target (tab)
/// and returns collateral that is left when it is reached. A purchase that would leave less to
/// raise than the dust limit is cut so that exactly the limit is left, or refused where no more
/// than the limit is to be raised. Below a price or after a time the auction must be reset.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | starting price (top) | `feed x buf / 1e27` | down |
/// | linear price | `top x ((tau - t) x 1e27 / tau) / 1e27`, 0 from tau | down, down |
/// | stairstep price | `top x step^floor(t / seconds) / 1e27` | power to nearest per square, down |
/// | exponential price | `top x cut^t / 1e27` | as above |
/// | needs reset | `t > tail` or `price x 1e27 / top < cusp` | strict; quotient down |
/// | slice | `min(lot, amount)` | |
/// | owe | `slice x price` | exact |
/// | owe above tab | `owe = tab`, `slice = tab / price` | down |
/// | a part that leaves less than dust | `owe = tab - dust`, `slice = owe / price` | down |
/// | tip for starting | `tip + tab x chip / 1e18` | down |
/// | tip for a reset | the same, 0 if `tab < dust` or `lot x feed < dust` | |
///
/// **Dust** is the cached `dust` at dss@0057e942 and `chost` = dust x chop / 1e18 at dss@3f30552a:
/// the same rule with another number.
///
/// **Bad debt.** The auction ends when the lot is sold; what it did not raise stays with the
/// surplus buffer.
///
/// **Scales.** `tab`, `dust`, `tip` RAD (1e45); `lot`, `slice` WAD; prices, `buf`, `cusp`, `cut`
/// RAY; `chip` WAD; times seconds.
///
/// **Source.** makerdao/dss@0057e942 and @3f30552a `src/clip.sol`, @0ca50230 `src/abaci.sol`
/// (linear, stairstep; the exponential curve is the stairstep with steps of one second).
public final class MakerAuction {
  private static final BigInteger MOST_POWERED = BigInteger.ONE.shiftLeft(128);

  /// The terms of auctions of a collateral type; all are set by governance.
  ///
  /// @param bufRay starting price over the feed's
  /// @param tailSeconds time until a reset
  /// @param cuspRay price over the starting price below which a reset is due
  /// @param chipWad keeper's share of the target
  /// @param tipRad keeper's flat fee
  /// @param dustRad least that may be left to raise after a part was bought
  /// @param curve how the price falls
  public record Parameters(
      BigInteger bufRay,
      BigInteger tailSeconds,
      BigInteger cuspRay,
      BigInteger chipWad,
      BigInteger tipRad,
      BigInteger dustRad,
      Curve curve) {
    /// Governance sets these and no source of the contracts states them: an example (130%, 140
    /// minutes, 40%, 0.1%, 300, 1% down every 90 seconds) with the cases' dust.
    public static final Parameters DEFAULTS =
        new Parameters(
            ray(130),
            BigInteger.valueOf(8_400),
            ray(40),
            BigInteger.TEN.pow(15),
            Uint.RAD.multiply(BigInteger.valueOf(300)),
            Uint.RAD.multiply(BigInteger.valueOf(5_000)),
            new Stairstep(ray(99), BigInteger.valueOf(90)));

    private static BigInteger ray(long percent) {
      return BigInteger.valueOf(percent).multiply(BigInteger.TEN.pow(25));
    }
  }

  /// How the price falls.
  public sealed interface Curve {}

  /// To 0 in so many seconds.
  public record Linear(BigInteger tauSeconds) implements Curve {}

  /// To a share of itself after each step.
  ///
  /// @param keptRay share that a step keeps (1 less the contract's `cut`)
  /// @param stepSeconds seconds per step; 1 makes it the exponential curve
  public record Stairstep(BigInteger keptRay, BigInteger stepSeconds) implements Curve {}

  /// Whether an auction must be reset, and its price.
  public record Status(boolean needsReset, BigInteger priceRay) {}

  /// What is left of an auction.
  ///
  /// @param tab to raise, RAD
  /// @param lot collateral for sale, WAD
  public record Sale(BigInteger tab, BigInteger lot) {}

  /// Why a purchase reverts.
  public enum Refusal {
    /// The auction must be reset first.
    NEEDS_RESET("needs-reset"),
    /// The price is above the buyer's limit.
    TOO_EXPENSIVE("too-expensive"),
    /// Only all of it can be bought.
    NO_PARTIAL_PURCHASE("no-partial-purchase");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    /// The contract's own word.
    public String text() {
      return text;
    }
  }

  /// What a purchase does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It goes through.
  ///
  /// @param owe what the buyer pays, RAD
  /// @param slice collateral that the buyer receives, WAD
  /// @param left of the auction; over when either is 0
  /// @param returned collateral that goes back to the vault's owner, WAD
  /// @param shortfall to raise when nothing is left for sale, RAD
  public record Bought(
      BigInteger owe, BigInteger slice, Sale left, BigInteger returned, BigInteger shortfall)
      implements Outcome {}

  private MakerAuction() {}

  /// The starting price: `feed x buf / 1e27`, rounded down. A starting price of 0 reverts.
  public static BigInteger startingPrice(BigInteger feedRay, BigInteger bufRay) {
    return divFloor(times(feedRay, bufRay), RAY);
  }

  /// Fee: what the keeper who starts an auction is paid, `tip + floor(tab x chip / 1e18)`.
  ///
  /// @return RAD
  public static BigInteger tip(BigInteger tabRad, Parameters parameters) {
    return parameters.tipRad().add(divFloor(times(tabRad, parameters.chipWad()), WAD));
  }

  /// Fee: what the keeper who resets an auction is paid; nothing for a dusty one.
  public static BigInteger resetTip(Sale sale, BigInteger feedRay, Parameters parameters) {
    BigInteger dust = parameters.dustRad();
    boolean dusty =
        sale.tab().compareTo(dust) < 0 || times(sale.lot(), feedRay).compareTo(dust) < 0;
    return dusty ? BigInteger.ZERO : tip(sale.tab(), parameters);
  }

  /// The price so many seconds after the start.
  ///
  /// @return RAY
  public static BigInteger price(BigInteger topRay, BigInteger elapsedSeconds, Curve curve) {
    return switch (curve) {
      case Linear(BigInteger tau) -> {
        if (elapsedSeconds.compareTo(tau) >= 0) {
          yield BigInteger.ZERO;
        }
        BigInteger left = divFloor(times(tau.subtract(elapsedSeconds), RAY), tau);
        yield divFloor(times(topRay, left), RAY);
      }
      case Stairstep(BigInteger kept, BigInteger step) -> {
        BigInteger steps = divFloor(elapsedSeconds, step);
        yield divFloor(times(topRay, power(kept, steps)), RAY);
      }
    };
  }

  /// Whether an auction needs a reset, and its price; both limits are strict.
  ///
  /// @throws ArithmeticException if the starting price is 0
  public static Status status(BigInteger topRay, BigInteger elapsedSeconds, Parameters parameters) {
    BigInteger price = price(topRay, elapsedSeconds, parameters.curve());
    boolean late = elapsedSeconds.compareTo(parameters.tailSeconds()) > 0;
    boolean low = divFloor(times(price, RAY), topRay).compareTo(parameters.cuspRay()) < 0;
    return new Status(late || low, price);
  }

  /// The whole of a purchase: reset, limit price, then [#purchase].
  ///
  /// @param maxPriceRay the most that the buyer pays per collateral
  public static Outcome take(
      Sale sale, BigInteger amount, BigInteger maxPriceRay, Status status, BigInteger dustRad) {
    if (status.needsReset()) {
      return new Refused(Refusal.NEEDS_RESET);
    }
    if (maxPriceRay.compareTo(status.priceRay()) < 0) {
      return new Refused(Refusal.TOO_EXPENSIVE);
    }
    return purchase(sale, amount, status.priceRay(), dustRad);
  }

  /// Price, size and dust of a purchase at a price.
  ///
  /// @param amount the most collateral to buy, WAD
  public static Outcome purchase(
      Sale sale, BigInteger amount, BigInteger priceRay, BigInteger dustRad) {
    BigInteger slice = sale.lot().min(fit(amount));
    BigInteger owe = times(slice, priceRay);
    BigInteger tab = sale.tab();
    if (owe.compareTo(tab) > 0) {
      owe = tab;
      slice = divFloor(owe, priceRay);
    } else if (owe.compareTo(tab) < 0
        && slice.compareTo(sale.lot()) < 0
        && tab.subtract(owe).compareTo(dustRad) < 0) {
      if (tab.compareTo(dustRad) <= 0) {
        return new Refused(Refusal.NO_PARTIAL_PURCHASE);
      }
      owe = tab.subtract(dustRad);
      slice = divFloor(owe, priceRay);
    }
    Sale left = new Sale(tab.subtract(owe), sale.lot().subtract(slice));
    boolean raised = left.tab().signum() == 0;
    boolean sold = left.lot().signum() == 0;
    return new Bought(
        owe,
        slice,
        left,
        raised ? left.lot() : BigInteger.ZERO,
        sold ? left.tab() : BigInteger.ZERO);
  }

  /// `base^exponent / 1e27^(exponent - 1)` by squaring, each product to the nearest, halves up.
  ///
  /// @throws ArithmeticException where the contract's square overflows
  static BigInteger power(BigInteger base, BigInteger exponent) {
    if (exponent.signum() == 0) {
      return RAY;
    }
    BigInteger result = exponent.testBit(0) ? base : RAY;
    BigInteger square = base;
    for (int bit = 1; bit < exponent.bitLength(); bit++) {
      if (square.compareTo(MOST_POWERED) >= 0) {
        throw new ArithmeticException("more than 256 bits: the square of " + square);
      }
      square = Uint.mulDivHalfUp(square, square, RAY);
      if (exponent.testBit(bit)) {
        result = Uint.mulDivHalfUp(result, square, RAY);
      }
    }
    return result;
  }
}
