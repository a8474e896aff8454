package trimtab.lab.replay;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.money.Wide;

/// Sums the outcomes of a run into the figures of one kind of accounts.
///
/// @param rulebook its name
/// @param impact M
/// @param valueDecimals of the outcomes' money
record FiguresSum(String rulebook, BigDecimal impact, int valueDecimals) {
  /// Kinds of claims, in the order of results.
  static final List<String> CLAIMS =
      List.of(
          "RESTORES_MINIMAL",
          "RESTORES_SHARE",
          "RELIEVES",
          "CAPPED",
          "RULE_PRESCRIBED",
          "CLOSES_ALL",
          "ESCALATED");

  private static final int BPS_DECIMALS = 6;
  private static final int BPS_POINT = 4;

  Figures of(AccountKind kind, List<AccountOutcome> accounts, RunLedger ledger) {
    List<AccountOutcome> own =
        accounts.stream()
            .filter(account -> kind == AccountKind.ALL || account.kind() == kind)
            .toList();
    Map<String, Long> claims = new LinkedHashMap<>();
    CLAIMS.forEach(claim -> claims.put(claim, 0L));
    own.forEach(account -> account.claims().forEach(claim -> claims.merge(claim, 1L, Long::sum)));
    return new Figures(
        rulebook,
        impact,
        kind,
        own.size(),
        count(own, account -> account.totals().liquidations()),
        count(own, account -> account.isTouched() ? 1 : 0),
        count(own, account -> account.totals().liquidations() > 1 ? 1 : 0),
        money(own, account -> account.totals().notionalClosed()),
        ratio(ledger.ratio(kind)),
        money(own, account -> account.totals().penaltyPaid()),
        money(own, account -> account.totals().slippagePaid()),
        money(own, account -> account.totals().exchangeFees()),
        money(own, account -> account.totals().fixedCosts()),
        money(own, account -> account.totals().badDebt()),
        money(own, account -> account.totals().friction()),
        count(own, AccountOutcome::minutesInBreach),
        money(own, AccountOutcome::exposureDifference),
        money(own, account -> account.totals().fundDraw()),
        bps(BigDecimal.valueOf(ledger.worstDistance()), BigDecimal.valueOf(ledger.worstPrice())),
        claims,
        claims.values().stream().mapToLong(Long::longValue).sum(),
        ledger.certificatesFailed(kind),
        frictionPerAccount(own));
  }

  @FunctionalInterface
  private interface Amount {
    long of(AccountOutcome account);
  }

  private static long count(List<AccountOutcome> accounts, Amount amount) {
    return accounts.stream().mapToLong(amount::of).sum();
  }

  private BigDecimal money(List<AccountOutcome> accounts, Amount amount) {
    Wide sum = Wide.ZERO;
    for (AccountOutcome account : accounts) {
      sum = sum.plus(Wide.of(amount.of(account)));
    }
    return plain(new BigDecimal(sum.toBigInteger(), valueDecimals));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static Optional<BigDecimal> ratio(RunLedger.Ratio ratio) {
    if (ratio.least().signum() == 0) {
      return Optional.empty();
    }
    BigDecimal closed = new BigDecimal(ratio.closed().toBigInteger());
    BigDecimal least = new BigDecimal(ratio.least().toBigInteger());
    return Optional.of(plain(closed.divide(least, MathContext.DECIMAL64)));
  }

  private static BigDecimal bps(BigDecimal part, BigDecimal whole) {
    BigDecimal scaled = part.movePointRight(BPS_POINT);
    return plain(scaled.divide(whole, BPS_DECIMALS, RoundingMode.HALF_EVEN));
  }

  /// Every touched account counts the same, however large it is.
  private static Optional<BigDecimal> frictionPerAccount(List<AccountOutcome> accounts) {
    BigDecimal sum = BigDecimal.ZERO;
    long touched = 0;
    for (AccountOutcome account : accounts) {
      if (account.isTouched() && account.entryNotional() > 0) {
        BigDecimal friction = BigDecimal.valueOf(account.totals().friction());
        sum = sum.add(bps(friction, BigDecimal.valueOf(account.entryNotional())));
        touched++;
      }
    }
    return touched == 0
        ? Optional.empty()
        : Optional.of(
            plain(sum.divide(BigDecimal.valueOf(touched), BPS_DECIMALS, RoundingMode.HALF_EVEN)));
  }
}
