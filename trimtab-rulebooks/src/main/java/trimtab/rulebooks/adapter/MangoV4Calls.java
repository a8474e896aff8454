package trimtab.rulebooks.adapter;

import java.util.ArrayList;
import java.util.List;
import trimtab.rulebooks.adapter.CrossAccount.Perp;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.derivatives.MangoV4;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4Perps;
import trimtab.rulebooks.derivatives.MangoV4Perps.Takeover;
import trimtab.rulebooks.derivatives.MangoV4Tokens;
import trimtab.rulebooks.derivatives.MangoV4Tokens.Exchanged;
import trimtab.rulebooks.derivatives.MangoV4Tokens.Refused;
import trimtab.rulebooks.number.I80F48;

/// The calls of a liquidator who takes all that it may: perps in the order of the listing, of whose
/// profits it takes none, then borrows against deposits, until the account has recovered.
///
/// What a perp that is closed whole realised counts as settled.
///
/// @param steps what the calls did
/// @param after the account
record MangoV4Calls(List<Step> steps, Account after) {
  MangoV4Calls {
    steps = List.copyOf(steps);
  }

  /// What a call did.
  sealed interface Step {}

  /// Base of a perp was taken over.
  record PerpStep(Perp perp, Takeover takeover) implements Step {}

  /// A borrow was repaid from a deposit.
  record TokenStep(Token liability, Token asset, Exchanged exchanged) implements Step {}

  /// @param account as the rule sees it
  /// @param listed the same as listed
  /// @throws ArithmeticException where the program stops
  static MangoV4Calls of(Account account, CrossAccount listed) {
    List<Step> steps = new ArrayList<>();
    if (!MangoV4.isLiquidatable(account, false)) {
      return new MangoV4Calls(steps, account);
    }
    Account now = account;
    for (int i = 0; i < listed.perps().size() && !MangoV4.hasRecovered(now); i++) {
      Takeover takeover = MangoV4Perps.takeOver(now, i, now.perps().get(i).baseLots(), 0);
      if (takeover.baseLots() != 0) {
        steps.add(new PerpStep(listed.perps().get(i), takeover));
      }
      now = settled(takeover.after(), i);
    }
    for (int liability = 0; liability < listed.tokens().size(); liability++) {
      for (int asset = 0; asset < listed.tokens().size(); asset++) {
        if (MangoV4.hasRecovered(now)) {
          return new MangoV4Calls(steps, now);
        }
        switch (MangoV4Tokens.exchange(now, asset, liability, I80F48.MAX)) {
          case Refused _ -> {}
          case Exchanged exchanged -> {
            if (exchanged.liabilityTransfer().signum() > 0) {
              steps.add(
                  new TokenStep(
                      listed.tokens().get(liability), listed.tokens().get(asset), exchanged));
            }
            now = exchanged.after();
          }
        }
      }
    }
    return new MangoV4Calls(steps, now);
  }

  /// The account once the quote of a perp without base is settled.
  private static Account settled(Account account, int index) {
    MangoV4.Perp perp = account.perps().get(index);
    if (perp.baseLots() != 0) {
      return account;
    }
    List<MangoV4.Token> tokens = new ArrayList<>(account.tokens());
    MangoV4.Token settle = tokens.get(perp.settleToken());
    tokens.set(
        perp.settleToken(),
        new MangoV4.Token(settle.terms(), settle.prices(), settle.balance().plus(perp.quote())));
    List<MangoV4.Perp> perps = new ArrayList<>(account.perps());
    perps.set(
        index,
        new MangoV4.Perp(
            perp.terms(), perp.settleToken(), perp.basePrices(), 0, 0, 0, I80F48.ZERO));
    return new Account(tokens, perps);
  }
}
