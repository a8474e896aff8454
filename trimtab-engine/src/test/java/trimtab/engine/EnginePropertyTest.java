package trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.engine.account.PlantedFaults;
import trimtab.engine.breach.BreachFinder;
import trimtab.engine.clearing.FundTerms;
import trimtab.engine.command.Command;
import trimtab.engine.event.Event;
import trimtab.engine.event.EventSink;
import trimtab.engine.event.Refusal;
import trimtab.engine.journal.Journal;
import trimtab.engine.journal.MemoryJournal;
import trimtab.engine.ledger.InvariantViolation;

/// What holds after every command of any stream, and that planted faults are found.
class EnginePropertyTest {
  private static final int STEPS = 700;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everySumHoldsAndTheJournalLeadsToTheSameState(long seed) {
    EngineSettings settings = settings(seed);
    Storm storm = new Storm(seed, settings);

    storm.run(STEPS);

    assertThat(storm.count(Event.SliceFilled.class)).as("fills").isGreaterThan(20);
    assertThat(storm.count(Event.EpisodeClosed.class)).as("episodes").isGreaterThan(20);
    assertThat(storm.count(Event.EpisodeWaiting.class)).as("waits").isGreaterThan(5);
    assertThat(storm.count(Event.Traded.class)).as("trades").isGreaterThan(10);
    assertThat(storm.refused(Refusal.TIME_WENT_BACK)).isPositive();
    assertThat(storm.refused(Refusal.UNKNOWN_SLICE)).isPositive();
    replayed(storm, settings);
    replayed(storm, settings.with(other(settings.finder())));
  }

  /// The same for many more seeds and longer streams.
  @Tag("soak")
  @ParameterizedTest
  @MethodSource("soakSeeds")
  void everySumHoldsForLong(long seed) {
    EngineSettings settings = settings(seed);
    Storm storm = new Storm(seed, settings);

    storm.run(3 * STEPS);

    replayed(storm, settings);
    replayed(storm, settings.with(other(settings.finder())));
  }

  static LongStream soakSeeds() {
    return LongStream.range(1_000, 1_400);
  }

  private static EngineSettings settings(long seed) {
    FundTerms fund =
        seed % 3 == 0
            ? new FundTerms(OptionalLong.of(2_000_000_000L), 1_000_000_000L, 100_000)
            : FundTerms.unlimited();
    BreachFinder.Kind finder =
        seed % 2 == 0 ? BreachFinder.Kind.NAIVE_SCAN : BreachFinder.Kind.BOX_SCAN;
    return new EngineSettings(finder, fund, 20_000);
  }

  private static BreachFinder.Kind other(BreachFinder.Kind kind) {
    return switch (kind) {
      case NAIVE_SCAN -> BreachFinder.Kind.BOX_SCAN;
      case BOX_SCAN -> BreachFinder.Kind.NAIVE_SCAN;
    };
  }

  /// The journal, applied to a new engine, tells the same events and ends in the same state.
  private static void replayed(Storm storm, EngineSettings settings) {
    Engine again = new Engine(settings, Journal.none());
    List<Event> events = new ArrayList<>();
    storm.journal.commands().forEach(command -> again.apply(command, events::add));
    assertThat(events).isEqualTo(storm.events);
    assertThat(again.stateHash()).isEqualTo(storm.engine.stateHash());
    assertThat(again.sequence()).isEqualTo(storm.journal.commands().size());
  }

  @Test
  void theStormMeetsEverything() {
    long deficits = 0;
    long declined = 0;
    long duplicates = 0;
    long overfills = 0;
    long cancelled = 0;
    long overdue = 0;
    for (long seed = 21; seed <= 26; seed++) {
      Storm storm = new Storm(seed, settings(seed));
      storm.run(STEPS);
      deficits += storm.count(Event.DeficitCovered.class);
      declined += storm.count(Event.DeficitReported.class);
      duplicates += storm.refused(Refusal.DUPLICATE_FILL);
      overfills += storm.refused(Refusal.OVERFILL);
      overdue += storm.count(Event.EpisodeOverdue.class);
      cancelled +=
          Desk.all(storm.events, Event.OrderDone.class).stream()
              .filter(done -> done.unfilled() > 0)
              .count();
    }

    assertThat(deficits).as("deficits covered").isGreaterThan(10);
    assertThat(declined).as("deficits told").isGreaterThan(deficits);
    assertThat(duplicates).as("fills told twice").isPositive();
    assertThat(overfills).as("fills too large").isPositive();
    assertThat(cancelled).as("orders given up").isGreaterThan(10);
    assertThat(overdue).as("alarms").isPositive();
  }

  @Test
  void oneCommandLessIsAnotherState() {
    Storm storm = new Storm(1, EngineSettings.standard());
    storm.run(50);
    Engine shorter = new Engine(EngineSettings.standard(), Journal.none());
    List<Command> commands = storm.journal.commands();
    commands
        .subList(0, commands.size() - 1)
        .forEach(command -> shorter.apply(command, EventSink.none()));

    assertThat(shorter.stateHash()).isNotEqualTo(storm.engine.stateHash());
    assertThat(shorter.stateHash()).isEqualTo(shorter.stateHash()).hasSize(64);
  }

  @Test
  void aFillAppliedTwiceIsFound() {
    finds((listing, settings) -> PlantedFaults.fillAppliedTwice(listing), "equity fell");
  }

  @Test
  void aPenaltyCreditedButNotDebitedIsFound() {
    finds((listing, settings) -> PlantedFaults.penaltyNotDebited(listing), "equity fell");
  }

  @Test
  void aFillWithoutItsOtherSideIsFound() {
    finds((listing, settings) -> PlantedFaults.fillNotMirrored(listing), "accounts hold");
  }

  @Test
  void anOverlookedBreachIsFound() {
    finds((listing, settings) -> PlantedFaults.breachOverlooked(listing), "has no episode");
  }

  private static void finds(Engine.ShardFactory fault, String said) {
    assertThatThrownBy(() -> new Storm(1, fault).run(STEPS))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining(said);
  }

  @Test
  void anEngineThatContradictedItselfStops() {
    MemoryJournal journal = new MemoryJournal();
    Engine engine =
        new Engine(
            EngineSettings.standard(),
            journal,
            (listing, settings) -> PlantedFaults.penaltyNotDebited(listing));
    Event.OrderPlaced[] order = new Event.OrderPlaced[1];
    Desk.perpBreach(engine, event -> order[0] = event);
    Command fill = new Command.Fill(9, order[0].sliceId(), 1, order[0].quantity(), 0);

    assertThatThrownBy(() -> engine.apply(fill, EventSink.none()))
        .isInstanceOf(InvariantViolation.class);
    assertThat(journal.commands().getLast()).as("the journal has it").isEqualTo(fill);
    assertThatThrownBy(() -> engine.apply(new Command.Timer(10), EventSink.none()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stopped at command " + journal.commands().size());
  }

  @Test
  void aCommandIsInTheJournalBeforeItsEventsLeave() {
    MemoryJournal journal = new MemoryJournal();
    Engine engine = new Engine(EngineSettings.standard(), journal);
    List<Integer> journaled = new ArrayList<>();

    engine.apply(
        new Command.ListInstruments(1, Venue.listing()),
        event -> journaled.add(journal.commands().size()));

    assertThat(journaled).containsExactly(1);
  }
}
