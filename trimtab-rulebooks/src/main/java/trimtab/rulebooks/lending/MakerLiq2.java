package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.RAY;
import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.divFloor;
import static trimtab.rulebooks.number.Uint.fit;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import trimtab.rulebooks.number.Uint;

/// MakerDAO Liquidation 2.0: when a vault may be barked at, how much, and what a bark owes; the
/// Dutch auction that follows is [MakerAuction].
///
/// **Rule.** A vault is unsafe when its collateral at the safety price (price over the required
/// ratio) is below its debt; at equality it is safe. It is liquidated whole, except where the
/// auctions' ceiling (hole) leaves less room than debt plus penalty: then as much debt as fits, and
/// its share of the collateral.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | trigger | `spot > 0` and `ink x spot < art x rate` | strict, exact |
/// | room | `min(Hole - Dirt, hole - dirt)` | |
/// | debt taken (dart) | `min(art, room x 1e18 / rate / chop)` | down, down |
/// | collateral taken (dink) | `ink x dart / art` | down |
/// | due | `dart x rate` | exact |
/// | penalty: to raise (tab) | `due x chop / 1e18` | down |
///
/// **Dust** ([Leftover]). The contract at dss@01c3a887, which the cases cite, refuses a room below
/// the dust limit ("liquidation-limit-hit") and a leftover debt below it ("leaves-dust"). The later
/// one at dss@3f30552a, which was deployed, takes the whole vault instead of leaving dust, even
/// past the ceiling, and refuses a partial auction below the limit
/// ("dusty-auction-from-partial-liquidation").
///
/// **Scales.** `ink`, `art`, `chop` WAD (chop includes the principal: 1.13e18 is a penalty of 13%);
/// `rate`, `spot` RAY (1e27); `room`, `dust`, `due`, `tab` RAD (1e45).
///
/// **Order.** One collateral, one debt. **Bad debt.** `due` is entered against the surplus buffer
/// (vow) at the bark; what the auction does not raise stays there.
///
/// **Settlement.** Auction: the keeper who barks pays nothing and earns a tip.
///
/// **Source.** makerdao/dss@01c3a887 and @3f30552a `src/dog.sol` (`bark`).
public final class MakerLiq2 {
  private static final BigInteger MOST_SIGNED = BigInteger.ONE.shiftLeft(255);

  /// What happens where a partial liquidation would leave or sell dust.
  public enum Leftover {
    /// As at dss@01c3a887: the bark reverts.
    REFUSED,
    /// As at dss@3f30552a: the whole vault is taken rather than leave dust.
    TAKEN_WHOLE
  }

  /// The terms of a collateral type.
  ///
  /// @param chopWad one plus the liquidation penalty
  /// @param dustRad least debt of a vault
  /// @param leftover the version's treatment of dust
  public record Parameters(BigInteger chopWad, BigInteger dustRad, Leftover leftover) {
    /// The deployed version with the cases' penalty of 13% and dust of 2,000; governance sets both
    /// for each collateral type.
    public static final Parameters DEFAULTS =
        new Parameters(
            BigInteger.valueOf(113).multiply(BigInteger.TEN.pow(16)),
            Uint.RAD.multiply(BigInteger.valueOf(2_000)),
            Leftover.TAKEN_WHOLE);
  }

  /// A vault.
  ///
  /// @param ink collateral, WAD
  /// @param art debt before the rate, WAD
  public record Vault(BigInteger ink, BigInteger art) {}

  /// Why a bark reverts.
  public enum Refusal {
    /// The vault is safe.
    NOT_UNSAFE("not-unsafe"),
    /// No room, or less than dust.
    LIQUIDATION_LIMIT_HIT("liquidation-limit-hit"),
    /// Debt below dust would be left.
    LEAVES_DUST("leaves-dust"),
    /// The auction of a part would be below dust.
    DUSTY_AUCTION("dusty-auction-from-partial-liquidation"),
    /// No collateral would be taken.
    NULL_AUCTION("null-auction"),
    /// More than a signed number holds.
    OVERFLOW("overflow");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    /// The contract's own word.
    public String text() {
      return text;
    }
  }

  /// What a bark does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// An auction starts.
  ///
  /// @param dart debt taken, before the rate, WAD
  /// @param dink collateral taken, WAD
  /// @param due debt taken, RAD
  /// @param tab what the auction is to raise: due and penalty, RAD
  public record Barked(BigInteger dart, BigInteger dink, BigInteger due, BigInteger tab)
      implements Outcome {}

  private MakerLiq2() {}

  /// Trigger: whether collateral at the safety price is below the debt; at equality it is safe, and
  /// so it is without a price.
  ///
  /// @param spotRay price over the required ratio
  public static boolean isUnsafe(Vault vault, BigInteger rateRay, BigInteger spotRay) {
    return spotRay.signum() > 0
        && times(vault.ink(), spotRay).compareTo(times(vault.art(), rateRay)) < 0;
  }

  /// What the ceilings leave for a further auction; 0 where one is reached or exceeded.
  ///
  /// @param globalHole most that all auctions may be raising, RAD
  /// @param globalDirt what they are raising, RAD
  /// @param hole the same of this collateral type
  /// @param dirt the same of this collateral type
  public static BigInteger room(
      BigInteger globalHole, BigInteger globalDirt, BigInteger hole, BigInteger dirt) {
    return Uint.minusOrZero(globalHole, globalDirt).min(Uint.minusOrZero(hole, dirt));
  }

  /// The whole of a bark: trigger, then size, dust and penalty.
  public static Outcome bark(
      Vault vault,
      BigInteger rateRay,
      BigInteger spotRay,
      BigInteger roomRad,
      Parameters parameters) {
    return isUnsafe(vault, rateRay, spotRay)
        ? size(vault, rateRay, roomRad, parameters)
        : new Refused(Refusal.NOT_UNSAFE);
  }

  /// Size, dust and penalty of a bark, without regard to the safety price. A vault without debt is
  /// never unsafe.
  ///
  /// @throws ArithmeticException if the rate or the penalty factor is 0, or a product overflows
  public static Outcome size(
      Vault vault, BigInteger rateRay, BigInteger roomRad, Parameters parameters) {
    if (vault.art().signum() == 0) {
      return new Refused(Refusal.NOT_UNSAFE);
    }
    BigInteger dust = parameters.dustRad();
    boolean refuses = parameters.leftover() == Leftover.REFUSED;
    if (roomRad.signum() <= 0 || (refuses && roomRad.compareTo(dust) < 0)) {
      return new Refused(Refusal.LIQUIDATION_LIMIT_HIT);
    }
    BigInteger fitting = divFloor(divFloor(times(roomRad, WAD), rateRay), parameters.chopWad());
    BigInteger dart = vault.art().min(fitting);
    if (dart.compareTo(vault.art()) < 0) {
      BigInteger left = times(vault.art().subtract(dart), rateRay);
      if (left.compareTo(dust) < 0) {
        if (refuses) {
          return new Refused(Refusal.LEAVES_DUST);
        }
        dart = vault.art();
      } else if (!refuses && times(dart, rateRay).compareTo(dust) < 0) {
        return new Refused(Refusal.DUSTY_AUCTION);
      }
    }
    return barked(vault, rateRay, dart, parameters);
  }

  private static Outcome barked(
      Vault vault, BigInteger rateRay, BigInteger dart, Parameters parameters) {
    BigInteger dink = divFloor(times(vault.ink(), dart), vault.art());
    if (dink.signum() == 0) {
      return new Refused(Refusal.NULL_AUCTION);
    }
    if (dart.compareTo(MOST_SIGNED) > 0 || dink.compareTo(MOST_SIGNED) > 0) {
      return new Refused(Refusal.OVERFLOW);
    }
    BigInteger due = times(dart, rateRay);
    return new Barked(dart, dink, due, divFloor(times(due, parameters.chopWad()), WAD));
  }

  /// The safety price: `price x 1e9 x 1e27 / par x 1e27 / ratio`, rounded down twice.
  ///
  /// @param priceWad price of the collateral
  /// @param parRay reference price of the debt, 1e27 for 1
  /// @param ratioRay required collateral ratio (mat)
  public static BigInteger spot(BigInteger priceWad, BigInteger parRay, BigInteger ratioRay) {
    BigInteger ray = times(priceWad, BigInteger.TEN.pow(9));
    return mulDivFloor(mulDivFloor(ray, RAY, parRay), RAY, ratioRay);
  }

  /// A product that must fit 256 bits, as the contract's multiplication reverts otherwise.
  static BigInteger times(BigInteger value, BigInteger factor) {
    return fit(fit(value).multiply(fit(factor)));
  }
}
