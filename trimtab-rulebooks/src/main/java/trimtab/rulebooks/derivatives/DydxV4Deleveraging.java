package trimtab.rulebooks.derivatives;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import trimtab.rulebooks.derivatives.DydxV4.Parameters;
import trimtab.rulebooks.derivatives.DydxV4.Perpetual;
import trimtab.rulebooks.derivatives.DydxV4.Position;
import trimtab.rulebooks.derivatives.DydxV4.Risk;

/// Deleveraging of dYdX v4, what follows where a liquidation order found no fill: the whole
/// position of an account below zero is offset against accounts of the other side at the bankruptcy
/// price; in a market in final settlement the positions of solvent accounts at the oracle price.
/// Scales and source as in [DydxV4].
public final class DydxV4Deleveraging {
  private DydxV4Deleveraging() {}

  /// Whether an account is deleveraged, and at which price.
  public enum Price {
    /// It is not.
    NONE,
    /// At its bankruptcy price: its net collateral is below zero.
    BANKRUPTCY,
    /// At the oracle price: it is solvent and the market is in final settlement.
    ORACLE
  }

  /// The price at which an account is deleveraged. Net collateral of zero is not below zero.
  public static Price price(Risk account, boolean finalSettlement) {
    if (account.netCollateral().signum() < 0) {
      return Price.BANKRUPTCY;
    }
    return finalSettlement ? Price.ORACLE : Price.NONE;
  }

  /// An account.
  ///
  /// @param quoteBalance quote quantums, negative if owed
  public record Account(BigInteger quoteBalance, List<Position> positions) {
    public Account {
      positions = List.copyOf(positions);
    }

    Risk risk() {
      return DydxV4.risk(quoteBalance, positions);
    }

    BigInteger position(int perpetualId) {
      return positions.stream()
          .filter(position -> position.perpetualId() == perpetualId)
          .map(Position::baseQuantums)
          .findFirst()
          .orElse(BigInteger.ZERO);
    }

    Account after(int perpetualId, BigInteger base, BigInteger quote) {
      List<Position> after =
          positions.stream()
              .map(position ->
                  position.perpetualId() == perpetualId
                      ? new Position(
                          perpetualId, position.baseQuantums().add(base), position.perpetual())
                      : position)
              .filter(position -> position.baseQuantums().signum() != 0)
              .toList();
      return new Account(quoteBalance.add(quote), after);
    }
  }

  /// One offset.
  ///
  /// @param account place of the other account in its list
  /// @param baseQuantums what the deleveraged account's position changed by
  /// @param quoteQuantums what its balance changed by
  public record Fill(int account, BigInteger baseQuantums, BigInteger quoteQuantums) {}

  /// What a deleveraging did.
  ///
  /// @param remaining base quantums that found no account, with the sign against the position
  /// @param after the deleveraged account
  public record Deleveraged(List<Fill> fills, BigInteger remaining, Account after) {
    public Deleveraged {
      fills = List.copyOf(fills);
    }
  }

  /// Quote quantums that the deleveraged account gets for a part of its position: by the bankruptcy
  /// price, or the notional at the oracle price, cut off towards zero.
  ///
  /// @throws ArithmeticException if the delta does not reduce the position
  /// @throws IllegalArgumentException if the account is not deleveraged at all
  public static BigInteger quote(
      Price price, Risk account, Perpetual perpetual, BigInteger position, BigInteger delta) {
    return switch (price) {
      case NONE -> throw new IllegalArgumentException("the account is not deleveraged");
      case BANKRUPTCY -> DydxV4.bankruptcyQuote(account, perpetual, position, delta);
      case ORACLE -> {
        DydxV4.requireReduction(position, delta);
        yield DydxV4.notional(perpetual, delta.negate());
      }
    };
  }

  /// Whether an account may change so: it meets its initial requirement afterwards, or its
  /// maintenance requirement did not grow and its collateral over it did not fall. With a
  /// requirement of zero on either side only an improvement between two zeros is allowed.
  public static boolean isAllowed(Risk before, Risk after) {
    if (after.netCollateral().compareTo(after.initial()) >= 0) {
      return true;
    }
    if (after.maintenance().compareTo(before.maintenance()) > 0) {
      return false;
    }
    if (after.maintenance().signum() == 0 || before.maintenance().signum() == 0) {
      return after.maintenance().signum() == 0
          && before.maintenance().signum() == 0
          && after.netCollateral().compareTo(before.netCollateral()) > 0;
    }
    return after
            .netCollateral()
            .multiply(before.maintenance())
            .compareTo(before.netCollateral().multiply(after.maintenance()))
        >= 0;
  }

  /// Offsets a whole position against other accounts, in their order from an offset, each up to its
  /// own position. An account of the wrong side is passed over, as is one whose change, or that of
  /// the deleveraged account, is not allowed.
  ///
  /// @param others accounts with a position in the market
  /// @param offset drawn by chance, in `[0, count)`
  /// @throws IllegalArgumentException if the account is not deleveraged at all
  public static Deleveraged deleverage(
      Parameters parameters,
      Price price,
      Account account,
      Position position,
      List<Account> others,
      int offset) {
    int id = position.perpetualId();
    BigInteger remaining = account.position(id).negate();
    Account current = account;
    List<Fill> fills = new ArrayList<>();
    int looks = Math.min(others.size(), parameters.deleveragingAccounts());
    for (int i = 0; i < looks && remaining.signum() != 0; i++) {
      int place = (int) (((long) i + offset) % others.size());
      Account other = others.get(place);
      if (other.position(id).signum() != remaining.signum()) {
        continue;
      }
      BigInteger base = remaining.abs().min(other.position(id).abs());
      base = remaining.signum() < 0 ? base.negate() : base;
      BigInteger quote =
          quote(price, current.risk(), position.perpetual(), current.position(id), base);
      Account next = current.after(id, base, quote);
      Account otherNext = other.after(id, base.negate(), quote.negate());
      if (isAllowed(current.risk(), next.risk()) && isAllowed(other.risk(), otherNext.risk())) {
        fills.add(new Fill(place, base, quote));
        remaining = remaining.subtract(base);
        current = next;
      }
    }
    return new Deleveraged(fills, remaining, current);
  }
}
