package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.OwnRulebook;

/// The example files of `replay` are read as they say.
class ReplayExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "replay");
  private static final List<FeedSpec> FEEDS =
      List.of(new FeedSpec("BTCUSDT", 2, 12_171_402), new FeedSpec("ETHUSDT", 2, 451_083));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBookFitsTheShippedMarketsAndTheExamples(boolean shipped) {
    MarketsFile markets =
        shipped ? MarketsFile.shipped() : MarketsFile.read(EXAMPLES.resolve("markets.yaml"));
    Listing listing = markets.plainListing(FEEDS);
    List<Account> accounts =
        BookFile.read(EXAMPLES.resolve("book.csv"), listing, Marks.of(0, 12_171_402, 451_083));
    assertThat(accounts)
        .extracting(Account::id)
        .containsExactly("alice", "bob", "carol", "dave", "erin");
    int decimals = listing.contracts().get(1).quantityDecimals();
    assertThat(decimals).isEqualTo(shipped ? 6 : 8);
    Position added = accounts.get(3).positions().getFirst();
    assertThat(added.quantity()).isEqualTo(20L * (shipped ? 1_000_000 : 100_000_000));
    assertThat(added.cost()).isEqualTo(87_042L * (shipped ? 100_000_000 : 10_000_000_000L));
  }

  @Test
  void theMarketsAreFlat() {
    Listing listing = MarketsFile.read(EXAMPLES.resolve("markets.yaml")).plainListing(FEEDS);
    assertThat(listing.valueDecimals()).isEqualTo(10);
    assertThat(listing.contracts().getFirst().maintenance()).isEqualTo(MarginTiers.flat(20_000));
  }

  @Test
  void theRulebookSaysWhatDiffers() {
    OwnRulebook rulebook = RulebookFile.read(EXAMPLES.resolve("rulebook.yaml"));
    assertThat(rulebook.name()).isEqualTo("cautious");
    assertThat(rulebook.closeRule()).isEqualTo(new TargetHealth(500_000));
    assertThat(rulebook.cooldownNanos()).isEqualTo(60_000_000_000L);
    assertThat(rulebook.penalty().positionPpm()).isEqualTo(5_000);
  }
}
