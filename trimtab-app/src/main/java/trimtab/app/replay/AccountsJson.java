package trimtab.app.replay;

import static trimtab.app.replay.ReplayJson.number;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Place;
import trimtab.lab.replay.AccountOutcome;
import trimtab.lab.replay.AccountOutcome.First;
import trimtab.lab.replay.AccountOutcome.InstrumentClosing;
import trimtab.lab.replay.AccountOutcome.Totals;
import trimtab.lab.replay.RunResult;

/// The end state and the liquidations of every account, as `docs/replay.md` describes them.
final class AccountsJson {
  private final JsonGenerator json;
  private final Listing listing;

  private AccountsJson(JsonGenerator json, Listing listing) {
    this.json = json;
    this.listing = listing;
  }

  /// @throws InputException if the file cannot be written
  static void write(Path file, ReplayReport report) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      write(json, report);
    } catch (IOException | JacksonException failure) {
      throw new InputException(
          Place.file(file.toString()), "cannot be written: " + failure.getMessage());
    }
  }

  private static void write(JsonGenerator json, ReplayReport report) {
    AccountsJson accounts = new AccountsJson(json, report.listing());
    json.writeStartObject();
    json.writeStringProperty("window", report.window().name());
    json.writeNumberProperty("seed", report.seed());
    json.writeStringProperty("dataHash", report.window().dataHash());
    json.writeNumberProperty("bars", report.window().size());
    json.writeStringProperty("currency", report.currency());
    json.writeArrayPropertyStart("runs");
    for (RunResult result : report.results()) {
      json.writeStartObject();
      json.writeStringProperty("name", result.rulebook());
      number(json, "impact", result.impact());
      json.writeArrayPropertyStart("accounts");
      result.accounts().forEach(accounts::account);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void account(AccountOutcome outcome) {
    Totals totals = outcome.totals();
    Optional<First> first = outcome.first();
    json.writeStartObject();
    json.writeStringProperty("account", outcome.entered().id());
    json.writeStringProperty("kind", outcome.kind().key());
    json.writeNumberProperty("entryBar", outcome.entryBar());
    money("entryNotional", outcome.entryNotional());
    json.writeNumberProperty("liquidations", totals.liquidations());
    number(json, "firstBar", first.map(f -> BigDecimal.valueOf(f.bar())));
    number(json, "lastBar", first.map(_ -> BigDecimal.valueOf(outcome.lastBar())));
    number(json, "firstPrice", first.map(f -> plain(f.price())));
    number(json, "firstQuantityClosed", first.map(f -> plain(f.quantityClosed())));
    number(json, "firstPenalty", first.map(f -> usd(f.penalty())));
    number(json, "firstNotional", first.map(f -> usd(f.notional())));
    money("notionalClosed", totals.notionalClosed());
    number(json, "quantityClosed", quantityClosed(outcome.closings()));
    money("penaltyPaid", totals.penaltyPaid());
    money("slippagePaid", totals.slippagePaid());
    money("exchangeFees", totals.exchangeFees());
    money("fixedCosts", totals.fixedCosts());
    money("badDebt", totals.badDebt());
    money("fundDraw", totals.fundDraw());
    money("friction", totals.friction());
    json.writeNumberProperty("minutesInBreach", outcome.minutesInBreach());
    money("exposureDifference", outcome.exposureDifference());
    end(outcome);
    closings(outcome.closings());
    json.writeArrayPropertyStart("claims");
    outcome.claims().forEach(json::writeString);
    json.writeEndArray();
    new DecisionsJson(json, listing).write(outcome.decisions());
    json.writeEndObject();
  }

  private void end(AccountOutcome outcome) {
    Account ended = outcome.ended();
    number(json, "finalQuantity", finalQuantity(outcome));
    money("finalCash", finalCash(ended));
    money("finalEquityAtLastClose", outcome.equityAtEnd());
    money("remainingDebt", settlementDebt(ended));
    number(json, "remainingCollateral", remainingCollateral(outcome));
    json.writeArrayPropertyStart("positions");
    for (Position position : ended.positions()) {
      Contract contract = listing.contracts().get(position.market());
      json.writeStartObject();
      json.writeStringProperty("instrument", contract.symbol());
      number(json, "quantity", scaled(position.quantity(), contract.quantityDecimals()));
      money("cost", position.cost());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("balances");
    for (Balance balance : ended.balances()) {
      Asset asset = listing.assets().get(balance.asset());
      json.writeStartObject();
      json.writeStringProperty("asset", asset.symbol());
      number(json, "amount", scaled(balance.amount(), asset.decimals()));
      number(json, "debt", scaled(balance.debt(), asset.decimals()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void closings(List<InstrumentClosing> closings) {
    json.writeArrayPropertyStart("closings");
    for (InstrumentClosing closing : closings) {
      json.writeStartObject();
      json.writeStringProperty("instrument", closing.instrument());
      number(json, "quantityClosed", plain(closing.quantityClosed()));
      money("notionalClosed", closing.notionalClosed());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// One number only where one instrument was closed.
  private static Optional<BigDecimal> quantityClosed(List<InstrumentClosing> closings) {
    return switch (closings.size()) {
      case 0 -> Optional.of(BigDecimal.ZERO);
      case 1 -> Optional.of(plain(closings.getFirst().quantityClosed()));
      default -> Optional.empty();
    };
  }

  /// What is left of the one position, or of the one coin of a loan; empty where there were
  /// several.
  private Optional<BigDecimal> finalQuantity(AccountOutcome outcome) {
    Account entered = outcome.entered();
    if (entered.positionCount() == 0) {
      return remainingCollateral(outcome);
    }
    if (entered.positionCount() > 1) {
      return Optional.empty();
    }
    int market = entered.market(0);
    long quantity =
        outcome.ended().positions().stream()
            .filter(position -> position.market() == market)
            .mapToLong(Position::quantity)
            .sum();
    return Optional.of(scaled(quantity, listing.contracts().get(market).quantityDecimals()));
  }

  /// What is left of the one coin that the account entered with; empty where there were several.
  private Optional<BigDecimal> remainingCollateral(AccountOutcome outcome) {
    List<Integer> coins =
        outcome.entered().balances().stream()
            .filter(balance -> balance.asset() != 0 && balance.amount() > 0)
            .map(Balance::asset)
            .toList();
    if (coins.size() > 1) {
      return Optional.empty();
    }
    if (coins.isEmpty()) {
      return Optional.of(BigDecimal.ZERO);
    }
    int coin = coins.getFirst();
    long left =
        outcome.ended().balances().stream()
            .filter(balance -> balance.asset() == coin)
            .mapToLong(Balance::amount)
            .sum();
    return Optional.of(scaled(left, listing.assets().get(coin).decimals()));
  }

  /// Cash on the signed-notional basis: what is held less what is owed less what the positions
  /// cost, so that equity is this plus `quantity x price` plus the value of coins.
  private static long finalCash(Account account) {
    long cash = 0;
    for (Balance balance : account.balances()) {
      cash += balance.asset() == 0 ? balance.amount() - balance.debt() : 0;
    }
    for (Position position : account.positions()) {
      cash -= position.cost();
    }
    return cash;
  }

  private static long settlementDebt(Account account) {
    return account.balances().stream()
        .filter(balance -> balance.asset() == 0)
        .mapToLong(Balance::debt)
        .sum();
  }

  private void money(String key, long valueUnits) {
    number(json, key, usd(valueUnits));
  }

  private BigDecimal usd(long valueUnits) {
    return scaled(valueUnits, listing.valueDecimals());
  }

  private static BigDecimal scaled(long units, int decimals) {
    return plain(BigDecimal.valueOf(units, decimals));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
