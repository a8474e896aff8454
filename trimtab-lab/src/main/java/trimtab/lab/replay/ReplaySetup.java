package trimtab.lab.replay;

import java.math.BigDecimal;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.book.Book;
import trimtab.lab.input.RulebookFit;
import trimtab.lab.mark.PricePath;
import trimtab.market.impact.ImpactCalibration;

/// What is to be replayed: every rulebook at every impact, on the same book and prices.
///
/// @param listing what can be held and traded; its feeds are those of the path
/// @param path undisturbed prices
/// @param book accounts
/// @param rulebooks in the order of the results
/// @param impacts multiples M of the calibrated impact, in the order of the results; 0 is none
/// @param calibrations volatility and volume of each feed; empty when no impact is above 0
/// @param delayNanos by which the engine's marks are late, and by which executions follow orders
/// @param gas fixed cost of one liquidation, value units; whoever executes bears it
public record ReplaySetup(
    Listing listing,
    PricePath path,
    Book book,
    List<Rulebook> rulebooks,
    List<BigDecimal> impacts,
    List<ImpactCalibration> calibrations,
    long delayNanos,
    long gas) {
  /// Rulebooks or impacts of one replay.
  public static final int VARIANTS_MAX = 64;

  /// The longest delay: one day.
  public static final long DELAY_NANOS_MAX = 86_400_000_000_000L;

  public ReplaySetup {
    rulebooks = List.copyOf(rulebooks);
    impacts = List.copyOf(impacts);
    calibrations = List.copyOf(calibrations);
    require(
        listing.isPlain(),
        "linear perpetuals in the settlement currency, as the engine settles nothing else; list"
            + " with MarketsFile.plainListing");
    require(!rulebooks.isEmpty() && rulebooks.size() <= VARIANTS_MAX, "1 to 64 rulebooks");
    require(!impacts.isEmpty() && impacts.size() <= VARIANTS_MAX, "1 to 64 impacts");
    boolean disturbed = impacts.stream().anyMatch(impact -> impact.signum() > 0);
    require(impacts.stream().allMatch(impact -> impact.signum() >= 0), "impacts of at least 0");
    require(
        !disturbed || calibrations.size() == listing.feeds().size(),
        "a calibration of every feed, as there is an impact above 0");
    require(delayNanos >= 0 && delayNanos <= DELAY_NANOS_MAX, "a delay of 0 to one day");
    require(gas >= 0, "gas of at least 0");
    book.openings().forEach(opening -> requireBudget(listing, path, opening.account()));
    RulebookFit.require(
        rulebooks, book.openings().stream().map(Book.Opening::account).toList(), listing);
  }

  /// Every leg must fit the engine's integers at twice the highest price of the window: impact can
  /// lift a price, and at twice the price something else is wrong.
  private static void requireBudget(Listing listing, PricePath path, Account account) {
    try {
      for (Account.Balance balance : account.balances()) {
        Asset asset = listing.assets().get(balance.asset());
        long price = asset.isSettlement() ? 1 : 2 * path.highest(asset.feed());
        long size = Math.max(Math.absExact(balance.amount()), balance.debt());
        listing.requireBudget(asset.symbol(), size, listing.unitValue(asset, price));
      }
      for (Account.Position position : account.positions()) {
        Contract contract = listing.contracts().get(position.market());
        long unitValue = listing.unitValue(contract, 2 * path.highest(contract.feed()));
        listing.requireBudget(contract.symbol(), position.quantity(), unitValue);
      }
    } catch (IllegalArgumentException | ArithmeticException tooLarge) {
      throw new IllegalArgumentException(
          "account '%s' at twice the highest price of %s: %s"
              .formatted(account.id(), path.window(), tooLarge.getMessage()),
          tooLarge);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("a replay needs " + what);
    }
  }
}
