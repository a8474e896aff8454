package trimtab.lab.replay;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// The figures of one rulebook at one impact for one kind of accounts; a public contract. Money is
/// in the settlement currency. `docs/replay.md` defines each of them.
///
/// @param name of the rulebook
/// @param impact M
/// @param overLiquidationRatio sum closed over sum of the least restoring closes, over the
///   liquidations that have one; empty without a denominator
/// @param exchangeFees part of `slippagePaid`
/// @param worstImpactBps largest distance of a mark from its undisturbed price; of the whole run
/// @param claims count per kind of claim
/// @param frictionPerAccountBps mean over touched accounts of friction over notional at entry;
///   empty when none was touched
public record Figures(
    String name,
    BigDecimal impact,
    AccountKind kind,
    long accounts,
    long liquidations,
    long accountsTouched,
    long accountsTouchedAgain,
    BigDecimal notionalClosed,
    Optional<BigDecimal> overLiquidationRatio,
    BigDecimal penaltyPaid,
    BigDecimal slippagePaid,
    BigDecimal exchangeFees,
    BigDecimal fixedCosts,
    BigDecimal badDebt,
    BigDecimal friction,
    long minutesInBreach,
    BigDecimal exposureDifference,
    BigDecimal fundDraw,
    BigDecimal worstImpactBps,
    Map<String, Long> claims,
    long certificatesChecked,
    long certificatesFailed,
    Optional<BigDecimal> frictionPerAccountBps) {}
