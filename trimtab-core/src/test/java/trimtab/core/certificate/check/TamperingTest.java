package trimtab.core.certificate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.Mutations.Mutant;

/// Changes every number, flag, name and element of the examples, one at a time. What still holds is
/// exactly what is listed here, with the reason why it is still true.
class TamperingTest {
  /// Names, instants and scales for people enter no arithmetic.
  private static final String LABELS =
      "account(\\+x|=%)|rulebook(\\+x|=%)|asOfNanos[+-]1|claim\\.formula(\\+x|=%)"
          + "|positions\\[\\d]\\.quantityDecimals[+-]1|balances\\[[1-9]]\\.decimals[+-]1";

  /// An upper bound may be higher, and a true statement may be made twice.
  private static final String TRUE_STATEMENTS =
      ".*\\.bound(From|To)\\+1|.*\\.(segments|points)\\[\\d]doubled";

  private static final String LABEL = "a name that nothing refers to";
  private static final String WEAKER =
      "the range begins below the least size or ends on the last lot all the same, another"
          + " statement or the claim makes it superfluous, or both weights of the settlement"
          + " currency are equal";
  private static final String SIZES =
      "the admissible sizes stay the same, or those that come are covered";
  private static final String ROOM =
      "breach, bankruptcy, failing or an idle cap are true with room to spare";
  private static final String UNREAD =
      "nothing that is closed or shown to fail reaches it: another kind of leg, a weight of the"
          + " other sign, a piece of the curve beyond, a requirement that is gone";
  private static final String ROUNDED = "the cost is rounded up over it";
  private static final String PREMISE =
      "the claim states no excess, so it does not bind what enters the excess alone or moves an"
          + " amount by less than a lot";

  private record Argued(String reason, List<String> paths) {}

  private static final Map<String, List<Argued>> STILL_TRUE =
      Map.ofEntries(
          Map.entry(
              "perpetualLong",
              List.of(
                  because(LABEL, "balances[0].asset~"),
                  because(
                      WEAKER,
                      "stages[0].segments[0].from-1",
                      "stages[0].segments[0].settlementPositive!",
                      "stages[0].segments[1].from-1",
                      "stages[0].segments[1].settlementPositive!",
                      "stages[0].points[0]dropped"),
                  because(
                      SIZES,
                      "stages[0].minimumOrderValue+1",
                      "stages[0].dustValue±1",
                      "stages[0].capSharePpm-1"),
                  because(ROOM, "terms.thresholdPpm+1", "terms.penaltyCapped!"),
                  because(
                      UNREAD,
                      "terms.pairPenaltyPpm±1",
                      "balances[0].debtWeightPpm+1",
                      "stages[0].curve.knots[2]±1",
                      "stages[0].curve.starts[2]±1",
                      "stages[0].curve.ends[2]±1"))),
          Map.entry(
              "perpetualShort",
              List.of(
                  because(LABEL, "balances[0].asset~"),
                  because(
                      WEAKER,
                      "stages[0].segments[0].from-1",
                      "stages[0].segments[1].from-1",
                      "stages[0].points[0]dropped"),
                  because(
                      SIZES,
                      "stages[0].minimumOrderValue±1",
                      "stages[0].dustValue±1",
                      "stages[0].capSharePpm+1"),
                  because(ROOM, "terms.thresholdPpm+1", "terms.penaltyCapped!"),
                  because(UNREAD, "terms.pairPenaltyPpm±1", "balances[0].debtWeightPpm±1"))),
          Map.entry(
              "pair",
              List.of(
                  because(LABEL, "balances[0].asset~"),
                  because(
                      WEAKER,
                      "stages[0].segments[0].from-1",
                      "stages[0].segments[1].from-1",
                      "stages[0].points[0]dropped"),
                  because(
                      SIZES,
                      "stages[0].minimumOrderValue+1",
                      "stages[0].dustValue±1",
                      "stages[0].capSharePpm-1"),
                  because(ROOM, "terms.thresholdPpm+1", "terms.penaltyCapped!"),
                  because(
                      UNREAD,
                      "terms.positionPenaltyPpm±1",
                      "balances[0].debtWeightPpm±1",
                      "balances[1].debtWeightPpm±1",
                      "balances[2].weights[0].weightPpm±1"),
                  because(ROUNDED, "stages[0].curve.ends[1]+1"))),
          Map.entry(
              "twoStages",
              List.of(
                  because(LABEL, "balances[0].asset~", "balances[1].asset~"),
                  because(
                      WEAKER,
                      "stages[1].segments[0].from-1",
                      "stages[1].segments[1].from-1",
                      "stages[1].points[0]dropped"),
                  because(
                      SIZES,
                      "stages[0].lot+1",
                      "stages[0].minimumOrderValue+1",
                      "stages[0].dustValue+1",
                      "stages[1].minimumOrderValue+1",
                      "stages[1].dustValue±1",
                      "stages[1].capSharePpm-1"),
                  because(
                      ROOM,
                      "terms.thresholdPpm±1",
                      "terms.penaltyCapped!",
                      "positions[1].tiers[2].fromValue-1",
                      "positions[1].tiers[2].ratePpm+1"),
                  because(
                      UNREAD,
                      "terms.pairPenaltyPpm±1",
                      "balances[1].debtWeightPpm+1",
                      "positions[0].tiers[0].ratePpm±1",
                      "stages[1].curve.knots[1]±1",
                      "stages[1].curve.starts[1]+1",
                      "stages[1].curve.ends[1]±1"),
                  because(ROUNDED, "stages[0].curve.ends[0]-1"))),
          Map.entry(
              "share",
              List.of(
                  because(PREMISE, "positions[0].pnlWeightPpm-1"),
                  because(
                      SIZES,
                      "stages[0].lot-1",
                      "stages[0].minimumOrderValue±1",
                      "stages[0].dustValue±1",
                      "stages[0].capSharePpm-1",
                      "stages[1].lot-1",
                      "stages[1].minimumOrderValue±1",
                      "stages[1].dustValue±1",
                      "stages[1].capSharePpm-1",
                      "claim.sharePpm±1"),
                  because(ROOM, "terms.thresholdPpm+1", "terms.penaltyCapped!"),
                  because(
                      ROUNDED,
                      "stages[0].curve.ends[0]-1",
                      "stages[1].curve.starts[0]-1",
                      "stages[1].curve.ends[0]-1"),
                  because(
                      PREMISE,
                      "terms.targetPpm±1",
                      "balances[0].amount±1",
                      "balances[0].debt±1",
                      "balances[0].debtWeightPpm±1",
                      "balances[1].amount-1",
                      "balances[1].debt+1",
                      "balances[1].weights[0].weightPpm±1",
                      "balances[1].debtWeightPpm+1",
                      "positions[0].cost±1",
                      "positions[0].perUnit+1",
                      "positions[0].tiers[0].ratePpm±1"))),
          Map.entry(
              "closesAll",
              List.of(
                  because(LABEL, "claim.reason~"),
                  because(
                      SIZES,
                      "stages[0].lot±1",
                      "stages[0].minimumOrderValue±1",
                      "stages[0].dustValue±1",
                      "stages[1].minimumOrderValue±1",
                      "stages[1].dustValue±1",
                      "stages[2].minimumOrderValue±1",
                      "stages[2].dustValue±1"),
                  because(ROOM, "terms.thresholdPpm+1"),
                  because(UNREAD, "terms.positionPenaltyPpm±1"),
                  because(
                      ROUNDED,
                      "stages[0].curve.ends[0]-1",
                      "stages[1].curve.starts[0]-1",
                      "stages[1].curve.ends[0]-1",
                      "stages[2].curve.starts[0]-1",
                      "stages[2].curve.ends[0]-1"),
                  because(
                      PREMISE,
                      "terms.targetPpm±1",
                      "balances[0].debtWeightPpm±1",
                      "balances[1].amount±1",
                      "balances[1].debt+1",
                      "balances[1].unitValue±1",
                      "balances[1].weights[0].weightPpm±1",
                      "balances[1].debtWeightPpm+1",
                      "balances[2].weights[0].weightPpm±1",
                      "balances[2].debtWeightPpm±1",
                      "positions[0].tiers[0].ratePpm±1"))),
          Map.entry(
              "bankrupt",
              List.of(
                  because(
                      SIZES,
                      "stages[0].lot±1",
                      "stages[0].minimumOrderValue±1",
                      "stages[0].dustValue±1"),
                  because(
                      ROOM, "terms.thresholdPpm+1", "balances[0].amount-1", "balances[0].debt+1"),
                  because(UNREAD, "terms.positionPenaltyPpm±1"),
                  because(ROUNDED, "stages[0].curve.starts[0]-1", "stages[0].curve.ends[0]-1"),
                  because(
                      PREMISE,
                      "terms.targetPpm±1",
                      "balances[0].debtWeightPpm+1",
                      "balances[1].weights[0].weightPpm±1",
                      "balances[1].debtWeightPpm+1"))),
          Map.entry(
              "escalated",
              List.of(
                  because(ROUNDED, "stages[1].curve.ends[0]-1"),
                  because(
                      WEAKER,
                      "stages[1].segments[0].boundFrom-1",
                      "stages[1].segments[0].boundTo-1"),
                  because(
                      WEAKER,
                      "stages[0].segments[0].from-1",
                      "stages[0].segments[1].from-1",
                      "stages[0].points[0]dropped"),
                  because(
                      SIZES,
                      "stages[0].lot+1",
                      "stages[0].minimumOrderValue+1",
                      "stages[0].dustValue±1",
                      "stages[1].lot+1",
                      "stages[1].minimumOrderValue+1",
                      "stages[1].dustValue+1"),
                  because(ROOM, "terms.thresholdPpm+1"),
                  because(UNREAD, "terms.pairPenaltyPpm+1", "balances[1].debtWeightPpm+1"))),
          Map.entry(
              "cappedByDepth",
              List.of(
                  because(LABEL, "balances[0].asset~"),
                  because(
                      WEAKER,
                      "stages[0].segments[0].from-1",
                      "stages[0].segments[0].to-1",
                      "stages[0].segments[0].settlementPositive!",
                      "stages[0].segments[0]dropped",
                      "stages[0].points[0]dropped"),
                  because(
                      SIZES,
                      "stages[0].lot±1",
                      "stages[0].minimumOrderValue±1",
                      "stages[0].dustValue±1",
                      "stages[0].capSharePpm-1"),
                  because(ROOM, "terms.thresholdPpm+1", "terms.penaltyCapped!"),
                  because(UNREAD, "terms.pairPenaltyPpm±1", "balances[0].debtWeightPpm+1"))));

  static Stream<String> examples() {
    return CertificateExamples.all().keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyChangeIsFoundButTheArguedOnes(String example) {
    Certificate certificate = CertificateExamples.named(example);
    Set<String> expected =
        Objects.requireNonNull(STILL_TRUE.get(example)).stream()
            .flatMap(argued -> argued.paths.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    List<Mutant> mutants = Mutations.of(certificate);
    mutants.stream()
        .map(Mutant::path)
        .filter(path -> path.matches(LABELS + "|" + TRUE_STATEMENTS))
        .forEach(expected::add);
    for (int i = 0; i < certificate.positions().size(); i++) {
      // One tier from zero: stepped and continuous say the same.
      if (certificate.positions().get(i).tiers().size() == 1) {
        expected.add("positions[%d].stepped!".formatted(i));
      }
      // A loss counts in full whatever the weight of gains.
      if (AccountState.before(certificate).profits(i).profit().signum() <= 0) {
        expected.add("positions[%d].pnlWeightPpm-1".formatted(i));
      }
    }
    // Nothing is both held and owed, and nothing held turns into a debt.
    if (!Set.of("pair", "share").contains(example)) {
      expected.add("netted!");
    }

    Set<String> holding =
        mutants.stream()
            .filter(mutant -> CertificateChecker.check(mutant.certificate()).holds())
            .map(Mutant::path)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(holding).isEqualTo(expected);
  }

  /// Paths, where `±1` stands for one more and one less, `~` for both changes of a text.
  private static Argued because(String reason, String... paths) {
    List<String> all = new ArrayList<>();
    for (String path : paths) {
      if (path.endsWith("±1")) {
        all.add(path.replace("±", "+"));
        all.add(path.replace("±", "-"));
      } else if (path.endsWith("~")) {
        all.add(path.replace("~", "+x"));
        all.add(path.replace("~", "=%"));
      } else {
        all.add(path);
      }
    }
    return new Argued(reason, all);
  }
}
