package trimtab.lab.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All kinds of cases, by the name of the venue and of the kind.
final class Kinds {
  private static final Map<String, CaseKind> ALL =
      all(
          DydxKinds.kinds(),
          DriftKinds.kinds(),
          MangoKinds.kinds(),
          SynthetixKinds.kinds(),
          DeriveKinds.kinds(),
          DangoKinds.kinds(),
          ParadexKinds.kinds(),
          OkxKinds.kinds(),
          KrakenKinds.kinds(),
          BybitKinds.kinds(),
          BitmexKinds.kinds(),
          AaveV3Kinds.kinds(),
          AaveV4Kinds.kinds(),
          CompoundKinds.kinds(),
          EulerKinds.kinds(),
          MorphoBlueKinds.kinds(),
          MorphoPreLiquidationKinds.kinds(),
          MorphoMidnightKinds.kinds(),
          SiloKinds.kinds(),
          LiquityKinds.kinds(),
          MakerKinds.kinds(),
          CrvusdKinds.kinds(),
          KaminoKinds.kinds(),
          MarginfiKinds.kinds(),
          MarsKinds.kinds(),
          GenericKinds.kinds());

  private Kinds() {}

  @SafeVarargs
  private static Map<String, CaseKind> all(Map<String, CaseKind>... venues) {
    Map<String, CaseKind> all = new TreeMap<>();
    for (Map<String, CaseKind> venue : venues) {
      all.putAll(venue);
    }
    return all;
  }

  static Optional<CaseKind> find(String venue, String kind) {
    return Optional.ofNullable(ALL.get(venue + "/" + kind));
  }

  /// Why there is no such kind.
  static String whyNot(String venue, String kind) {
    List<String> known =
        ALL.keySet().stream()
            .filter(name -> name.startsWith(venue + "/"))
            .map(name -> name.substring(venue.length() + 1))
            .toList();
    return known.isEmpty()
        ? "no rulebook of '%s'; known: %s".formatted(venue, venues())
        : "'%s' has no rule '%s'; known: %s".formatted(venue, kind, String.join(", ", known));
  }

  private static String venues() {
    return ALL.keySet().stream()
        .map(name -> name.substring(0, name.indexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }
}
