package trimtab.rulebooks.adapter;

import java.util.List;
import trimtab.rulebooks.VenueRulebook;

/// The adapters of lending protocols at which a liquidator repays or inherits a debt, with their
/// documented constants.
public final class LendingRulebooks {
  private LendingRulebooks() {}

  /// In the order in which they are listed.
  public static List<VenueRulebook> all() {
    return List.of(
        AaveV3Rulebook.of(AaveV3Version.V30),
        AaveV3Rulebook.of(AaveV3Version.V33),
        AaveV3Rulebook.of(AaveV3Version.V36),
        AaveV3Rulebook.of(AaveV3Version.V37),
        AaveV4Rulebook.DEFAULT,
        CompoundV2Rulebook.DEFAULT,
        CompoundV3Rulebook.DEFAULT,
        MorphoBlueRulebook.DEFAULT,
        MorphoPreLiquidationRulebook.DEFAULT,
        MorphoMidnightRulebook.DEFAULT,
        EulerV2Rulebook.DEFAULT,
        SiloRulebook.of(SiloVersion.V2),
        SiloRulebook.of(SiloVersion.V3));
  }
}
