package trimtab.rulebooks.derivatives;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Dango perpetuals: the least close of the positions that need most margin, its remainder
/// deleveraged at once.
///
/// **Scales.** Every number (size, price, dollar, rate) is a signed whole number of millionths, of
/// at most 128 bits; a product or quotient of two is cut off towards zero after six decimals. A
/// chain of products is cut off after each.
///
/// **Trigger.** `equity < sum of |size| x price x mmr`, strictly; equity is the margin plus `size x
/// (price - entry)` less `size x (funding - entryFunding)` of each position. An account without a
/// position has a requirement of zero; with nothing owed it is never liquidated.
///
/// **How much.** `deficit = requirement - equity / (1 + buffer)`. Down the positions: `close =
/// min(ceil(deficit / (price x mmr)), |size|)`, and the deficit falls by `close x price x mmr` (not
/// below zero) until it is zero. Neither the fee nor the price that the close will get is
/// considered, so an account may stay below its requirement.
///
/// **Order.** By requirement, the largest first, then by name.
///
/// **Price.** The book up to the bankruptcy price where equity is positive, else up to the oracle
/// price. `bankruptcy = price -/+ equity / |size|` for a long / short, of the whole account's
/// equity and the whole size, quotient cut off towards zero. What the book leaves is deleveraged at
/// the bankruptcy price; the later [AdlRule#ORACLE_IF_SOLVENT] gives a solvent account the oracle
/// price. Counterparties come by entry price, the most profitable first.
///
/// **Fee.** `min(closed notional at the oracle price x rate, max(equity, 0))` to the insurance
/// fund, once per liquidation; fills carry no trading fee.
///
/// **Dust.** Where the rest's notional is below the least order (strictly), the whole is closed.
///
/// **Bad debt.** Equity below zero after the fee is made up from the insurance fund, which may go
/// below zero. A negative margin with positive equity is no bad debt. As in the venue's code these
/// equities (bankruptcy price, fee, debt) leave out funding not yet settled; a fill settles that of
/// the whole position it touches.
///
/// Source: `left-curve/left-curve@c1468dae`, `dango/exchange/perps/src/core/closure.rs`,
/// `core/margin.rs`, `core/fill.rs`, `maintain/liquidate.rs`,
/// `dango/order-book/src/typed_number.rs`, `book/perps/4-liquidation-and-adl.md`. The book's buffer
/// (0.05 on the main net) and its fee are governance's; the defaults here are the code's and the
/// worked examples'. That one product is cut off towards zero is read from the number type's
/// account of its quotients.
public final class Dango {
  /// One, in millionths.
  public static final BigInteger ONE = BigInteger.valueOf(1_000_000);

  private static final int BITS_MAX = 127;

  private Dango() {}

  /// At which price the remainder is deleveraged.
  public enum AdlRule {
    /// At the bankruptcy price, even where the account is solvent.
    BANKRUPTCY,
    /// At the oracle price where the account's equity is positive, else at the bankruptcy price.
    ORACLE_IF_SOLVENT
  }

  /// What governance sets.
  ///
  /// @param feeRate share of the closed notional, millionths
  /// @param buffer how far beyond its requirement an account is brought, millionths
  public record Parameters(BigInteger feeRate, BigInteger buffer, AdlRule adlRule) {
    /// A fee of 0.1 % and no buffer, deleveraging at the bankruptcy price.
    public static final Parameters DEFAULT =
        new Parameters(BigInteger.valueOf(1_000), BigInteger.ZERO, AdlRule.BANKRUPTCY);
  }

  /// A pair, in millionths.
  ///
  /// @param maintenanceRatio requirement, a share of the notional
  /// @param minOrderNotional a rest below it is closed too; zero: none is
  /// @param fundingPerUnit funding that a unit has paid so far
  public record Pair(
      BigInteger oraclePrice,
      BigInteger maintenanceRatio,
      BigInteger minOrderNotional,
      BigInteger fundingPerUnit) {}

  /// A position, in millionths.
  ///
  /// @param name of the pair
  /// @param size negative for a short
  /// @param entryFundingPerUnit funding of a unit when it was last settled
  public record Position(
      String name,
      BigInteger size,
      BigInteger entryPrice,
      BigInteger entryFundingPerUnit,
      Pair pair) {}

  /// An account: its margin in dollars and its positions, one per pair.
  public record Account(BigInteger margin, List<Position> positions) {
    public Account {
      positions = List.copyOf(positions);
    }
  }

  /// Equity with the funding that is not yet settled, what the trigger compares.
  public static BigInteger equity(Account account) {
    BigInteger equity = settledEquity(account);
    for (Position position : account.positions()) {
      equity = fit(equity.subtract(accruedFunding(position)));
    }
    return equity;
  }

  /// Equity without the funding that is not yet settled, what prices, fees and debts are made of.
  public static BigInteger settledEquity(Account account) {
    BigInteger equity = account.margin();
    for (Position position : account.positions()) {
      BigInteger gain = position.pair().oraclePrice().subtract(position.entryPrice());
      equity = fit(equity.add(times(position.size(), gain)));
    }
    return equity;
  }

  /// Requirement of an account.
  public static BigInteger maintenance(Account account) {
    return account.positions().stream()
        .map(Dango::maintenance)
        .reduce(BigInteger.ZERO, (sum, each) -> fit(sum.add(each)));
  }

  /// Requirement of a position.
  public static BigInteger maintenance(Position position) {
    return maintenance(position.pair(), position.size().abs());
  }

  /// Whether an account may be liquidated: its equity is below its requirement.
  public static boolean isLiquidatable(Account account) {
    return equity(account).compareTo(maintenance(account)) < 0;
  }

  /// How much requirement must go: `requirement - equity / (1 + buffer)`.
  public static BigInteger deficit(Parameters parameters, Account account) {
    BigInteger kept = divide(equity(account), ONE.add(parameters.buffer()));
    return fit(maintenance(account).subtract(kept));
  }

  /// A close of one position.
  ///
  /// @param size with the sign against the position, millionths
  public record Close(String name, BigInteger size) {}

  /// What is closed to take a deficit away, in its order. A deficit of zero or less closes nothing.
  ///
  /// @throws ArithmeticException if a pair has no requirement, where the chain fails
  public static List<Close> schedule(Account account, BigInteger deficit) {
    List<Position> byRequirement = new ArrayList<>(account.positions());
    byRequirement.sort(
        Comparator.comparing((Position position) -> maintenance(position))
            .reversed()
            .thenComparing(Position::name));
    List<Close> closes = new ArrayList<>();
    BigInteger left = deficit;
    for (Position position : byRequirement) {
      if (left.signum() <= 0) {
        break;
      }
      BigInteger amount = closeAmount(position, left);
      left = left.subtract(maintenance(position.pair(), amount)).max(BigInteger.ZERO);
      if (amount.signum() != 0) {
        closes.add(
            new Close(position.name(), position.size().signum() > 0 ? amount.negate() : amount));
      }
    }
    return List.copyOf(closes);
  }

  /// Size to close of one position for a deficit, without sign: the least that takes it away, at
  /// most the whole, and the whole where the rest would be below the least order.
  ///
  /// @throws ArithmeticException if the pair has no requirement
  public static BigInteger closeAmount(Position position, BigInteger deficit) {
    Pair pair = position.pair();
    BigInteger size = position.size().abs();
    BigInteger amount =
        divideCeil(deficit, times(pair.oraclePrice(), pair.maintenanceRatio())).min(size);
    BigInteger rest = times(size.subtract(amount), pair.oraclePrice());
    return rest.compareTo(pair.minOrderNotional()) < 0 ? size : amount;
  }

  /// The price at which closing a whole position would leave the account nothing.
  ///
  /// @throws ArithmeticException if the position's size is zero
  public static BigInteger bankruptcyPrice(Account account, Position position) {
    BigInteger offset = divide(settledEquity(account), position.size().abs());
    BigInteger price = position.pair().oraclePrice();
    return fit(position.size().signum() > 0 ? price.subtract(offset) : price.add(offset));
  }

  /// The worst price that the close takes from the book: the bankruptcy price of an account with
  /// positive equity, else the oracle price.
  public static BigInteger limitPrice(Account account, Position position) {
    return settledEquity(account).signum() > 0
        ? bankruptcyPrice(account, position)
        : position.pair().oraclePrice();
  }

  /// The price at which the remainder is deleveraged, of the account before the close.
  public static BigInteger adlPrice(AdlRule rule, Account account, Position position) {
    return switch (rule) {
      case BANKRUPTCY -> bankruptcyPrice(account, position);
      case ORACLE_IF_SOLVENT ->
          settledEquity(account).signum() > 0
              ? position.pair().oraclePrice()
              : bankruptcyPrice(account, position);
    };
  }

  /// A position on the other side that may be deleveraged.
  ///
  /// @param user by whose name equal entry prices are ordered
  /// @param size of its position without sign, millionths
  public record Counterparty(String user, BigInteger entryPrice, BigInteger size) {}

  /// A part of a deleveraging.
  ///
  /// @param size without sign, millionths
  public record Deleveraged(String user, BigInteger size) {}

  /// Whom a remainder is deleveraged against: shorts by the highest entry price where a long is
  /// closed (equal ones by the last name), longs by the lowest where a short is (by the first).
  ///
  /// @param size of the remainder without sign; what finds nobody stays open
  public static List<Deleveraged> counterparties(
      boolean closesLong, BigInteger size, List<Counterparty> counterparties) {
    Comparator<Counterparty> byEntry =
        Comparator.comparing(Counterparty::entryPrice).thenComparing(Counterparty::user);
    List<Counterparty> ranked = new ArrayList<>(counterparties);
    ranked.sort(closesLong ? byEntry.reversed() : byEntry);
    List<Deleveraged> parts = new ArrayList<>();
    BigInteger left = size;
    for (Counterparty each : ranked) {
      BigInteger part = left.min(each.size());
      if (part.signum() > 0) {
        parts.add(new Deleveraged(each.user(), part));
        left = left.subtract(part);
      }
    }
    return List.copyOf(parts);
  }

  /// A fill of a close.
  ///
  /// @param size without sign, millionths
  /// @param price dollars per unit, millionths
  public record Fill(String name, BigInteger size, BigInteger price) {}

  /// An account after a fill: funding of the whole position is settled, the gain of the closed part
  /// is `|size| x price` less `|size| x entry`, each cut off by itself.
  ///
  /// @throws ArithmeticException if there is no such position or it is smaller than the fill
  public static Account afterFill(Account account, Fill fill) {
    Position position = find(account, fill.name());
    boolean isLong = position.size().signum() > 0;
    if (fill.size().compareTo(position.size().abs()) > 0 || fill.size().signum() < 0) {
      throw new ArithmeticException(
          "a fill of %s does not close a position of %s".formatted(fill.size(), position.size()));
    }
    BigInteger gain =
        times(fill.size(), fill.price()).subtract(times(fill.size(), position.entryPrice()));
    BigInteger margin =
        account.margin().subtract(accruedFunding(position)).add(isLong ? gain : gain.negate());
    BigInteger rest =
        isLong ? position.size().subtract(fill.size()) : position.size().add(fill.size());
    List<Position> positions = new ArrayList<>();
    for (Position each : account.positions()) {
      if (!each.name().equals(fill.name())) {
        positions.add(each);
      } else if (rest.signum() != 0) {
        Pair pair = each.pair();
        positions.add(
            new Position(each.name(), rest, each.entryPrice(), pair.fundingPerUnit(), pair));
      }
    }
    return new Account(fit(margin), positions);
  }

  /// Fee of a liquidation: `min(closed notional x rate, max(equity, 0))`.
  ///
  /// @param closedNotional at the oracle price
  /// @param equity after the fills, without funding not yet settled
  public static BigInteger fee(
      Parameters parameters, BigInteger closedNotional, BigInteger equity) {
    return times(closedNotional, parameters.feeRate()).min(equity.max(BigInteger.ZERO));
  }

  /// A liquidation when it is done, in millionths.
  ///
  /// @param account after fills, fee and cover
  /// @param fee paid to the insurance fund
  /// @param badDebt paid by the insurance fund
  public record Outcome(
      Account account, BigInteger closedNotional, BigInteger fee, BigInteger badDebt) {}

  /// Settles the fills of a liquidation: from the book and by deleveraging, then the fee and the
  /// debt. The closed notional of each pair is cut off for the book's part and the other part by
  /// themselves.
  ///
  /// @throws ArithmeticException if a fill does not reduce a position
  public static Outcome settle(
      Parameters parameters, Account account, List<Fill> book, List<Fill> deleveraged) {
    BigInteger closed = closedNotional(account, book).add(closedNotional(account, deleveraged));
    Account after = account;
    for (Fill fill : book) {
      after = afterFill(after, fill);
    }
    for (Fill fill : deleveraged) {
      after = afterFill(after, fill);
    }
    BigInteger equity = settledEquity(after);
    BigInteger fee = fee(parameters, closed, equity);
    BigInteger badDebt = equity.subtract(fee).negate().max(BigInteger.ZERO);
    BigInteger margin = fit(after.margin().subtract(fee).add(badDebt));
    return new Outcome(new Account(margin, after.positions()), closed, fee, badDebt);
  }

  /// Liquidates with what the book fills: down the schedule, each remainder deleveraged before the
  /// next pair, at the price of the account as it then is.
  ///
  /// @param book fills within the limit price, by pair in any order
  /// @throws ArithmeticException if a fill does not reduce a position
  public static List<Fill> remainders(Parameters parameters, Account account, List<Fill> book) {
    List<Fill> remainders = new ArrayList<>();
    Account current = account;
    for (Close close : schedule(account, deficit(parameters, account))) {
      Position position = find(current, close.name());
      BigInteger price = adlPrice(parameters.adlRule(), current, position);
      BigInteger left = close.size().abs();
      for (Fill fill : book) {
        if (fill.name().equals(close.name())) {
          current = afterFill(current, fill);
          left = left.subtract(fill.size());
        }
      }
      if (left.signum() > 0) {
        Fill remainder = new Fill(close.name(), left, price);
        current = afterFill(current, remainder);
        remainders.add(remainder);
      }
    }
    return List.copyOf(remainders);
  }

  private static BigInteger closedNotional(Account account, List<Fill> fills) {
    TreeMap<String, BigInteger> sizes = new TreeMap<>();
    fills.forEach(fill -> sizes.merge(fill.name(), fill.size(), BigInteger::add));
    BigInteger closed = BigInteger.ZERO;
    for (var each : sizes.entrySet()) {
      BigInteger price = find(account, each.getKey()).pair().oraclePrice();
      closed = closed.add(times(each.getValue(), price));
    }
    return closed;
  }

  private static Position find(Account account, String name) {
    Optional<Position> found =
        account.positions().stream().filter(each -> each.name().equals(name)).findFirst();
    return found.orElseThrow(() -> new ArithmeticException("no position in '" + name + "'"));
  }

  private static BigInteger accruedFunding(Position position) {
    return times(
        position.size(), position.pair().fundingPerUnit().subtract(position.entryFundingPerUnit()));
  }

  private static BigInteger maintenance(Pair pair, BigInteger size) {
    return times(times(size, pair.oraclePrice()), pair.maintenanceRatio());
  }

  private static BigInteger times(BigInteger value, BigInteger factor) {
    return fit(value.multiply(factor).divide(ONE));
  }

  private static BigInteger divide(BigInteger value, BigInteger divisor) {
    return fit(value.multiply(ONE).divide(divisor));
  }

  private static BigInteger divideCeil(BigInteger value, BigInteger divisor) {
    BigInteger[] parts = value.multiply(ONE).divideAndRemainder(divisor);
    boolean up = parts[1].signum() != 0 && value.signum() == divisor.signum();
    return fit(up ? parts[0].add(BigInteger.ONE) : parts[0]);
  }

  private static BigInteger fit(BigInteger value) {
    if (value.bitLength() > BITS_MAX) {
      throw new ArithmeticException("more than 128 bits: " + value);
    }
    return value;
  }
}
