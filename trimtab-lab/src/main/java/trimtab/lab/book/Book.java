package trimtab.lab.book;

import java.util.List;
import trimtab.core.account.Account;

/// The accounts of a replay, in a fixed order, with the bar at which each enters the market.
///
/// @param openings in the order in which results are listed
public record Book(List<Opening> openings) {
  /// Accounts that a book may have.
  public static final int ACCOUNTS_MAX = 1_000_000;

  /// An account enters.
  ///
  /// @param bar after whose marks the account is there; 0 for one that is there from the start
  /// @param account as it enters
  public record Opening(int bar, Account account) {
    public Opening {
      if (bar < 0) {
        throw new IllegalArgumentException(account.id() + ": enters at bar " + bar);
      }
    }

    /// A perp account has any perpetual; all others are loans.
    public boolean isPerp() {
      return account.positionCount() > 0;
    }
  }

  public Book {
    openings = List.copyOf(openings);
    if (openings.size() > ACCOUNTS_MAX) {
      throw new IllegalArgumentException(
          "%d accounts are more than %d; replay a part".formatted(openings.size(), ACCOUNTS_MAX));
    }
  }

  /// A book whose accounts are all there before the first bar is judged.
  public static Book fromStart(List<Account> accounts) {
    return new Book(accounts.stream().map(account -> new Opening(0, account)).toList());
  }
}
