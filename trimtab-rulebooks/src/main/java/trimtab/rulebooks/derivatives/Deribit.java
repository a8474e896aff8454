package trimtab.rulebooks.derivatives;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Fraction;

/// Deribit: incremental liquidation in rounds. Documented only; the documents state no rounding, so
/// the figures are exact.
///
/// **Trigger.** Maintenance margin above the margin balance (above 100 %), strictly. The trader
/// cannot act until it is below 100 % again: at exactly 100 % nothing starts, and what has started
/// goes on. There is no buffer.
///
/// **How much.** A small part per round, one round per second now; older texts say 20 to 25 rounds
/// per second, each of at most 200 (before: 10) contracts of 10 dollars and 1 option. The size of
/// today's rounds is not published: [Parameters#futuresPerRound] has the last that was.
///
/// **Order, standard margin.** Futures before options, so that the risk falls, towards a neutral
/// delta. Here: the future whose closing lowers the net delta most, one whose delta has the sign of
/// the net delta; without one, an option of that sign; without either, the largest future, then the
/// largest option. Which one among several is not documented, except that options whose deltas are
/// bigger and opposite may come first.
///
/// **Order, portfolio margin.** The instrument that contributes most to the risk matrix; if it does
/// not trade within the price bounds, the next. If none trades: a hedge of the delta with the
/// perpetual, only if it lowers the maintenance margin; it may open a position that stays with the
/// user.
///
/// **Price.** Orders to the book within price bounds, which are not published.
///
/// **Fee.** A liquidation fee on what is traded, to the insurance fund: 0.75 % of BTC, 0.9 % of ETH
/// futures since 11 January 2022. **Dust.** The last part is what is left of the position.
///
/// **Bad debt.** The insurance fund brings a negative balance to zero; what it lacks is socialised
/// among the winners of that day's session in proportion to their profits.
///
/// **Requirement.** Inverse futures: `rate + size x increase` per coin of size, for BTC 1 % + 0.005
/// % per BTC, for ETH 1 % + 0.0004 % per ETH.
///
/// Source: Deribit knowledge base, "Liquidations" (25944769313309), "Auto Liquidation" (older
/// copies with figures), "11 January 2022" (25944826427293), "The insurance fund and socialised
/// loss system".
public final class Deribit {
  private Deribit() {}

  /// What the venue sets, by currency.
  ///
  /// @param maintenanceRate of the size in coins
  /// @param ratePerCoin by which the rate rises per coin of size
  /// @param feeRate liquidation fee, of the size traded in coins
  /// @param futuresPerRound most contracts of a future per round
  /// @param optionsPerRound most options per round
  /// @param roundNanos from round to round
  public record Parameters(
      Fraction maintenanceRate,
      Fraction ratePerCoin,
      Fraction feeRate,
      Fraction futuresPerRound,
      Fraction optionsPerRound,
      long roundNanos) {
    /// BTC.
    public static final Parameters BTC = of("0.00005", "0.0075");

    /// ETH.
    public static final Parameters ETH = of("0.000004", "0.009");

    private static Parameters of(String ratePerCoin, String feeRate) {
      return new Parameters(
          Fraction.parse("0.01"),
          Fraction.parse(ratePerCoin),
          Fraction.parse(feeRate),
          Fraction.of(200),
          Fraction.ONE,
          1_000_000_000L);
    }
  }

  /// Maintenance requirement of a future, coins: `size x (rate + size x increase)`.
  ///
  /// @param size without sign, coins
  public static Fraction maintenance(Fraction size, Parameters parameters) {
    return size.times(parameters.maintenanceRate().plus(size.times(parameters.ratePerCoin())));
  }

  /// Trigger: the maintenance margin is above the margin balance, strictly.
  public static boolean isTriggered(Fraction marginBalance, Fraction maintenance) {
    return maintenance.compareTo(marginBalance) > 0;
  }

  /// Whether a liquidation is over: the maintenance margin is below the margin balance, strictly.
  /// Without a requirement it is.
  public static boolean isOver(Fraction marginBalance, Fraction maintenance) {
    return maintenance.signum() == 0 || maintenance.compareTo(marginBalance) < 0;
  }

  /// What an instrument is.
  public enum Type {
    FUTURE,
    OPTION
  }

  /// A position.
  ///
  /// @param size contracts, negative for a short
  /// @param deltaPerContract coins
  public record Position(String name, Type type, Fraction size, Fraction deltaPerContract) {
    Fraction delta() {
      return size.times(deltaPerContract);
    }
  }

  /// An order of one round.
  ///
  /// @param contracts with the sign against the position
  public record Order(String name, Fraction contracts) {}

  /// The order of the next round of an account on standard margin; none without a position.
  public static Optional<Order> nextRound(List<Position> positions, Parameters parameters) {
    List<Position> open = positions.stream().filter(each -> each.size().signum() != 0).toList();
    int net = open.stream().map(Position::delta).reduce(Fraction.ZERO, Fraction::plus).signum();
    return open.stream()
        .min(
            Comparator.comparing((Position each) -> net == 0 || each.delta().signum() != net)
                .thenComparing(Position::type)
                .thenComparing(each -> each.delta().abs(), Comparator.reverseOrder())
                .thenComparing(Position::name))
        .map(each -> new Order(each.name(), roundSize(each, parameters)));
  }

  /// Size of a round: at most the venue's, at most the position, against its sign.
  public static Fraction roundSize(Position position, Parameters parameters) {
    Fraction most =
        switch (position.type()) {
          case FUTURE -> parameters.futuresPerRound();
          case OPTION -> parameters.optionsPerRound();
        };
    Fraction size = position.size().abs().min(most);
    return position.size().signum() > 0 ? size.negate() : size;
  }

  /// An instrument's part in the worst scenario of the risk matrix.
  ///
  /// @param contribution to the requirement; negative if it hedges
  public record Contribution(String name, Fraction contribution) {}

  /// In which order instruments of a portfolio margin account are tried: the largest contribution
  /// first; those that hedge are not.
  public static List<String> portfolioOrder(List<Contribution> contributions) {
    return contributions.stream()
        .filter(each -> each.contribution().signum() > 0)
        .sorted(
            Comparator.comparing(Contribution::contribution)
                .reversed()
                .thenComparing(Contribution::name))
        .map(Contribution::name)
        .toList();
  }

  /// The hedge with the perpetual when no instrument trades: contracts that make the net delta
  /// zero, if the maintenance margin is lower with them, strictly.
  ///
  /// @param netDelta coins
  /// @param deltaPerContract of the perpetual, coins
  /// @param maintenanceAfter with the hedge
  /// @throws ArithmeticException if the perpetual has no delta
  public static Optional<Fraction> hedge(
      Fraction netDelta,
      Fraction deltaPerContract,
      Fraction maintenanceBefore,
      Fraction maintenanceAfter) {
    Fraction contracts = netDelta.negate().over(deltaPerContract);
    return contracts.signum() != 0 && maintenanceAfter.compareTo(maintenanceBefore) < 0
        ? Optional.of(contracts)
        : Optional.empty();
  }

  /// Penalty: the fee of a round, coins, to the insurance fund.
  ///
  /// @param size traded, without sign, coins
  public static Fraction fee(Fraction size, Parameters parameters) {
    return size.times(parameters.feeRate());
  }

  /// How a loss is borne.
  ///
  /// @param fromFund paid by the insurance fund
  /// @param byWinner paid by each account in profit, in their order
  /// @param uncovered what nobody is left to pay
  public record Loss(Fraction fromFund, List<Fraction> byWinner, Fraction uncovered) {
    public Loss {
      byWinner = List.copyOf(byWinner);
    }
  }

  /// Bad debt: the fund first, then the session's winners in proportion to their profits, at most
  /// all of them.
  ///
  /// @param deficit of bankrupt accounts, positive
  /// @param profits of the session, by account; those not above zero pay nothing
  public static Loss loss(Fraction deficit, Fraction fund, List<Fraction> profits) {
    Fraction fromFund = deficit.min(fund.max(Fraction.ZERO));
    Fraction rest = deficit.minus(fromFund);
    Fraction total =
        profits.stream().map(each -> each.max(Fraction.ZERO)).reduce(Fraction.ZERO, Fraction::plus);
    Fraction share = total.signum() == 0 ? Fraction.ZERO : rest.over(total).min(Fraction.ONE);
    List<Fraction> byWinner = new ArrayList<>();
    for (Fraction each : profits) {
      byWinner.add(each.max(Fraction.ZERO).times(share));
    }
    return new Loss(fromFund, byWinner, rest.minus(total.times(share)));
  }
}
