package trimtab.rulebooks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trimtab.rulebooks.adapter.DangoRulebook;
import trimtab.rulebooks.adapter.DriftV2Rulebook;
import trimtab.rulebooks.adapter.DydxV4Rulebook;
import trimtab.rulebooks.adapter.GmxV2Rulebook;
import trimtab.rulebooks.adapter.HyperliquidRulebook;
import trimtab.rulebooks.adapter.LendingRulebooks;
import trimtab.rulebooks.adapter.LighterRulebook;
import trimtab.rulebooks.adapter.MangoV4Rulebook;
import trimtab.rulebooks.adapter.ParadexRulebook;
import trimtab.rulebooks.adapter.SynthetixV3Rulebook;

/// All rulebooks of venues, by name.
public final class VenueRulebooks {
  private static final List<VenueRulebook> DERIVATIVES =
      List.of(
          DydxV4Rulebook.DEFAULT,
          DriftV2Rulebook.DEFAULT,
          MangoV4Rulebook.DEFAULT,
          SynthetixV3Rulebook.DEFAULT,
          GmxV2Rulebook.DEFAULT,
          DangoRulebook.DEFAULT,
          ParadexRulebook.DEFAULT,
          HyperliquidRulebook.DEFAULT,
          LighterRulebook.DEFAULT);

  private static final List<VenueRulebook> ALL =
      Stream.concat(DERIVATIVES.stream(), LendingRulebooks.all().stream()).toList();

  private VenueRulebooks() {}

  /// With their documented constants, in the order in which they are listed.
  public static List<VenueRulebook> all() {
    return ALL;
  }

  /// The one of a name.
  public static Optional<VenueRulebook> find(String name) {
    return ALL.stream().filter(rulebook -> rulebook.name().equals(name)).findFirst();
  }
}
