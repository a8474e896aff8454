package trimtab.lab.input;

import java.util.List;
import java.util.stream.Stream;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.Rulebook;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.VenueRulebooks;

/// Every rulebook in one line.
public final class RulebookCatalog {
  private RulebookCatalog() {}

  /// One rulebook.
  ///
  /// @param summary what it closes
  /// @param misfit why accounts of the core cannot be liquidated by it; empty where they can
  /// @param leftOut what of it is not hosted; empty where all is
  public record Entry(String name, String summary, String misfit, String leftOut) {}

  /// All, our own first.
  public static List<Entry> entries() {
    Stream<Entry> own =
        RulebookFile.BUILT_IN.stream()
            .map(name -> new Entry(name, summary(RulebookFile.builtIn(name)), "", ""));
    Stream<Entry> venues =
        VenueRulebooks.all().stream()
            .map(venue ->
                new Entry(
                    venue.name(),
                    venue.summary(),
                    venue.misfit().orElse(""),
                    venue.leftOut().orElse("")));
    return Stream.concat(own, venues).toList();
  }

  /// What the reader of results should know of the rulebooks that gave them.
  public static List<String> notes(List<Rulebook> rulebooks) {
    return rulebooks.stream()
        .filter(VenueRulebook.class::isInstance)
        .map(VenueRulebook.class::cast)
        .filter(venue -> venue.leftOut().isPresent())
        .map(venue -> venue.name() + ": not played: " + venue.leftOut().orElseThrow())
        .toList();
  }

  private static String summary(OwnRulebook rulebook) {
    return switch (rulebook.closeRule()) {
      case CloseRule.Full() -> "Trimtab: everything, as first-generation venues do";
      case CloseRule.FixedFraction _ -> "Trimtab: the same share of every leg";
      case CloseRule.Stepped _ -> "Trimtab: a share of every leg by health, from a table";
      case CloseRule.Ramp _ -> "Trimtab: a share of every leg that grows with severity";
      case CloseRule.TargetHealth _ -> "Trimtab: the least that restores the target";
      case CloseRule.TimeSliced _ ->
          "Trimtab: the least that removes a share of the shortfall, which grows with time";
    };
  }
}
