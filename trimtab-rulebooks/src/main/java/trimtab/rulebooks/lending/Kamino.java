package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Fraction;

/// Kamino Lend (klend): obligations of several deposits and borrows on Solana.
///
/// **Rule.** An obligation is liquidatable when its loan-to-value (LTV; debts times their borrow
/// factors over deposits) **reaches** its unhealthy LTV; equality suffices. The liquidator names
/// one borrow and one deposit. Repaid is at most the close factor of all debt (all of it above the
/// insolvency-risk LTV), the borrow, and a value per call of the market; a borrow below a small
/// amount is closed whole whatever was asked. The bonus is how far LTV is past the unhealthy one,
/// between a minimum and a maximum, never more than `1 - LTV`, so that it makes no bad debt by
/// itself; from 99% on it is `1 - LTV` or the bad-debt bonus if that is more.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | LTV, unhealthy LTV | `value / deposits` | down to 2^-60 |
/// | trigger | `LTV >= unhealthy LTV` | equality suffices |
/// | bonus, LTV < 99% | `min(max(min bonus, LTV - unhealthy), max bonus, 1 - LTV)` | none |
/// | bonus, LTV >= 99% | `max(bad-debt bonus, 1 - LTV)` | none |
/// | most repaid | `amount x (min(all debt x close, borrow, cap) / borrow)` | down, each |
/// | value with bonus | `borrow value x (repaid / amount) x (1 + bonus)` | down, each |
/// | deposit covers it: withdrawn | `deposited x (value / deposit value)` | down, then to units |
/// | it does not: repaid | `repaid x (deposit value / value)`, all withdrawn | down |
/// | paid | settled, in whole units | up |
/// | fee, at least 1 unit | `(withdrawn - withdrawn / (1 + bonus)) x fee` | down, then up |
///
/// Of the two reserves' bonuses the larger minimum, the larger maximum and the smaller bad-debt
/// bonus hold; an elevation group may lower the maximum where it is not above either's and not 0.
///
/// **Forgiveness.** A small borrow (below the amount that is closed whole) that the deposit does
/// not cover is settled in full while only its covered part is paid. **Bad debt.** Once no deposit
/// is left, the market's owner may forgive what is still borrowed, at the cost of the reserve's
/// lenders.
///
/// **Scales.** The program computes in unsigned fixed point with 60 binary digits, every product
/// and quotient rounded down to 2^-60; that is what [#bits(Fraction)] does. [#liquidationBonus]
/// only compares and subtracts, so it is exact in whatever it is given: given decimals, as the
/// cases do, it returns decimals; given numbers of the program's grid it returns the program's.
/// Amounts in base units (whole where the program's are), values in the market's quote currency.
///
/// **Order.** At this version the liquidator's choice. Later versions demand the deposit with the
/// lowest liquidation threshold and the borrow with the highest borrow factor, small ones aside:
/// [#mayBeSeized], [#mayBeRepaid] (documented by the program's errors and its refresh of
/// obligations; the check itself was not read).
///
/// **Auto-deleveraging.** Past a reserve's limits and a margin-call period, obligations become
/// liquidatable at a threshold that falls with time, at a bonus that rises with it.
///
/// **Settlement.** The liquidator pays.
///
/// **Source.** Kamino-Finance/klend@0173b403 `programs/klend/src/state/liquidation_operations.rs`,
/// `.../utils/fraction.rs`; constants `.../utils/consts.rs`; `obligation.rs` and
/// `lending_operations.rs` (`socialize_loss`) in later versions. In later versions the amount that
/// is closed whole is a value, and the auto-deleveraging bonus has its own slope: not here.
public final class Kamino {
  private static final Fraction STEP = new Fraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(60));
  private static final Fraction BAD_DEBT_ZONE = Fraction.parse("0.99");
  private static final Fraction MIN_DELEVERAGING_BONUS = Fraction.parse("0.005");
  private static final Fraction SLOTS_PER_DAY = Fraction.of(2L * 24 * 60 * 60);

  /// The settings of a market.
  ///
  /// @param closeFactor share of all debt per call
  /// @param insolvencyRiskLtv LTV above which all may be closed
  /// @param maxDebtValue most value per call
  /// @param minFullAmount base units of a borrow below which it is closed whole
  /// @param protocolFee the protocol's share of the bonus
  /// @param bonus bonuses of the pair of reserves
  public record Parameters(
      Fraction closeFactor,
      Fraction insolvencyRiskLtv,
      Fraction maxDebtValue,
      Fraction minFullAmount,
      Fraction protocolFee,
      Bonus bonus) {
    /// The program's constants (20%, 95%, 500,000, 2), no protocol fee, and the cases' bonuses.
    public static final Parameters DEFAULTS =
        new Parameters(
            Fraction.parse("0.2"),
            Fraction.parse("0.95"),
            Fraction.of(500_000),
            Fraction.of(2),
            Fraction.ZERO,
            new Bonus(Fraction.parse("0.02"), Fraction.parse("0.1"), Fraction.parse("0.005")));
  }

  /// Bonuses, as rates.
  ///
  /// @param min least below 99% LTV
  /// @param max most below 99% LTV
  /// @param badDebt least from 99% on
  public record Bonus(Fraction min, Fraction max, Fraction badDebt) {
    /// From basis points.
    public static Bonus ofBps(BigInteger minBps, BigInteger maxBps, BigInteger badDebtBps) {
      return new Bonus(rate(minBps), rate(maxBps), rate(badDebtBps));
    }

    /// What holds for two reserves, and an elevation group's maximum that both are in.
    public static Bonus of(Bonus collateral, Bonus debt, Optional<Fraction> groupMax) {
      Fraction max = collateral.max().max(debt.max());
      boolean holds =
          groupMax.isPresent()
              && groupMax.get().signum() > 0
              && groupMax.get().compareTo(collateral.max().min(debt.max())) <= 0;
      return new Bonus(
          collateral.min().max(debt.min()),
          holds ? max.min(groupMax.get()) : max,
          collateral.badDebt().min(debt.badDebt()));
    }

    private static Fraction rate(BigInteger bps) {
      return new Fraction(bps, BigInteger.valueOf(10_000));
    }
  }

  /// The borrow that is repaid.
  ///
  /// @param amount base units, interest included
  /// @param value its value
  public record Borrow(Fraction amount, Fraction value) {}

  /// The deposit that is seized.
  ///
  /// @param amount whole base units
  /// @param value its value, above 0
  public record Deposit(BigInteger amount, Fraction value) {}

  /// What the order of legs looks at.
  ///
  /// @param factor liquidation threshold of a deposit, borrow factor of a borrow
  /// @param value what it is worth
  public record Rank(Fraction factor, Fraction value) {}

  /// What a liquidation does.
  ///
  /// @param settled borrow that is gone
  /// @param repaid base units that the liquidator pays
  /// @param withdrawn base units of the deposit
  /// @param bonus rate
  public record Liquidated(
      Fraction settled, BigInteger repaid, BigInteger withdrawn, Fraction bonus) {}

  private Kamino() {}

  /// A number of the program: rounded down to a multiple of 2^-60.
  public static Fraction bits(Fraction value) {
    return value.floorTo(STEP);
  }

  /// LTV: debts times borrow factors (or the unhealthy borrow value) over deposits, rounded down.
  ///
  /// @throws ArithmeticException if nothing is deposited
  public static Fraction loanToValue(Fraction adjustedDebtValue, Fraction depositedValue) {
    return bits(adjustedDebtValue.over(depositedValue));
  }

  /// Trigger: whether LTV has reached the unhealthy one; equality suffices.
  public static boolean isLiquidatable(Fraction ltv, Fraction unhealthyLtv) {
    return ltv.compareTo(unhealthyLtv) >= 0;
  }

  /// Penalty: the bonus at an LTV, exact. Below the unhealthy LTV, where nothing is liquidated, it
  /// is the minimum within the caps.
  public static Fraction liquidationBonus(Fraction ltv, Fraction unhealthyLtv, Bonus bonus) {
    Fraction left = Fraction.ONE.minus(ltv);
    if (ltv.compareTo(BAD_DEBT_ZONE) >= 0) {
      return bonus.badDebt().max(left);
    }
    return bonus.min().max(ltv.minus(unhealthyLtv)).min(bonus.max()).min(left);
  }

  /// Size: the most of a borrow that one call may repay, base units rounded down to 2^-60, without
  /// regard to the amount that is closed whole.
  ///
  /// @param totalDebtValue value of all borrows of the obligation
  public static Fraction maxLiquidatable(
      Borrow borrow, Fraction totalDebtValue, Fraction ltv, Parameters parameters) {
    Fraction share =
        ltv.compareTo(bits(parameters.insolvencyRiskLtv())) > 0
            ? Fraction.ONE
            : bits(parameters.closeFactor());
    Fraction value =
        bits(totalDebtValue.times(share)).min(borrow.value()).min(parameters.maxDebtValue());
    return bits(borrow.amount().times(bits(value.over(borrow.value()))));
  }

  /// The whole of a liquidation, without regard to the trigger: size, dust, bonus, price.
  ///
  /// @param requested base units that the liquidator wants to repay
  /// @throws ArithmeticException if the borrow or the deposit is worth nothing
  public static Liquidated liquidate(
      Borrow borrow,
      Deposit deposit,
      Fraction totalDebtValue,
      Fraction ltv,
      Fraction unhealthyLtv,
      BigInteger requested,
      Parameters parameters) {
    Fraction bonus = bits(liquidationBonus(ltv, unhealthyLtv, parameters.bonus()));
    boolean small = borrow.amount().compareTo(parameters.minFullAmount()) < 0;
    Fraction amount =
        small
            ? borrow.amount()
            : maxLiquidatable(borrow, totalDebtValue, ltv, parameters)
                .min(borrow.amount())
                .min(Fraction.of(requested));
    Fraction share = bits(amount.over(borrow.amount()));
    Fraction value = bits(bits(borrow.value().times(share)).times(Fraction.ONE.plus(bonus)));
    if (value.compareTo(deposit.value()) > 0) {
      Fraction covered = bits(amount.times(bits(deposit.value().over(value))));
      return new Liquidated(small ? amount : covered, covered.ceil(), deposit.amount(), bonus);
    }
    Fraction part = bits(value.over(deposit.value()));
    Fraction withdrawn = bits(Fraction.of(deposit.amount()).times(part));
    return new Liquidated(amount, amount.ceil(), withdrawn.floor(), bonus);
  }

  /// Order, in later versions: whether a deposit may be seized: its liquidation threshold is not
  /// above that of any other that is worth at least the market's minimum. Thresholds of 0 do not
  /// count.
  ///
  /// @param others the obligation's deposits, the chosen one among them or not
  public static boolean mayBeSeized(Rank chosen, List<Rank> others, Fraction minValue) {
    return others.stream()
        .filter(other -> other.value().compareTo(minValue) >= 0 && other.factor().signum() > 0)
        .allMatch(other -> chosen.factor().compareTo(other.factor()) <= 0);
  }

  /// Order, in later versions: whether a borrow may be repaid: its borrow factor is not below that
  /// of any other that is worth at least the market's minimum.
  public static boolean mayBeRepaid(Rank chosen, List<Rank> others, Fraction minValue) {
    return others.stream()
        .filter(other -> other.value().compareTo(minValue) >= 0)
        .allMatch(other -> chosen.factor().compareTo(other.factor()) >= 0);
  }

  /// Fee: the protocol's part of what was withdrawn, at least one base unit.
  public static BigInteger protocolFee(BigInteger withdrawn, Fraction bonus, Fraction fee) {
    Fraction all = Fraction.of(withdrawn);
    Fraction without = bits(all.over(Fraction.ONE.plus(bonus)));
    return bits(all.minus(without).times(bits(fee))).ceil().max(BigInteger.ONE);
  }

  /// Bad debt: what the owner's call forgives once no deposit is left, `min(asked, borrowed)`.
  public static Fraction forgiven(Fraction borrowed, BigInteger asked) {
    return borrowed.min(Fraction.of(asked));
  }

  /// Auto-deleveraging: the LTV from which an obligation is liquidatable so many slots after a
  /// reserve's limit was crossed; falls by a basis point every so many slots, to 0.
  public static Fraction deleveragingThreshold(
      Fraction liquidationThreshold, BigInteger slots, BigInteger slotsPerBps) {
    Fraction bps = bits(new Fraction(BigInteger.ONE, BigInteger.valueOf(10_000)));
    Fraction fallen = bits(bps.times(new Fraction(slots, slotsPerBps)));
    return bits(liquidationThreshold).minus(fallen).max(Fraction.ZERO);
  }

  /// Auto-deleveraging: the bonus, 0.5% and a hundredth of LTV per day, at most the reserve's
  /// maximum; days of 172,800 slots.
  public static Fraction deleveragingBonus(Fraction ltv, BigInteger slots, Fraction maxBonus) {
    Fraction days = bits(Fraction.of(slots).over(SLOTS_PER_DAY));
    Fraction grown = bits(bits(ltv.over(Fraction.of(100))).times(days));
    return bits(MIN_DELEVERAGING_BONUS).plus(grown).min(bits(maxBonus));
  }
}
