package trimtab.lab.input;

import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Rulebook;

/// Whether rulebooks can judge the accounts of a book. One that cannot is refused before anything
/// is played: what it left out would look like its result.
public final class RulebookFit {
  private RulebookFit() {}

  /// @throws InputException naming the first account that a rulebook does not fit, why, and how
  ///   many there are
  public static void require(List<Rulebook> rulebooks, List<Account> accounts, Listing listing) {
    for (Rulebook rulebook : rulebooks) {
      List<Account> misfits =
          accounts.stream()
              .filter(account -> rulebook.fits(account, listing) instanceof Fit.Misfit)
              .toList();
      if (!misfits.isEmpty()
          && rulebook.fits(misfits.getFirst(), listing) instanceof Fit.Misfit(String reason)) {
        throw new InputException(
            "rulebook '%s' does not fit %d of %d accounts, the first is '%s': %s"
                .formatted(
                    rulebook.name(),
                    misfits.size(),
                    accounts.size(),
                    misfits.getFirst().id(),
                    reason));
      }
    }
  }
}
