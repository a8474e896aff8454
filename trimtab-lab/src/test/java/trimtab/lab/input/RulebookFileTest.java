package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.health.Base;
import trimtab.core.health.Levels;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.Ramp;
import trimtab.core.rulebook.CloseRule.Stepped;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.CloseRule.TimeSliced;
import trimtab.core.rulebook.Cooldown;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltySchedule;
import trimtab.core.rulebook.PenaltySchedule.Course;
import trimtab.core.rulebook.PenaltySchedule.Measure;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.rulebook.PenaltyTerms.PairBase;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
import trimtab.core.rulebook.PenaltyTerms.Split;

class RulebookFileTest {
  private static final PenaltyTerms PENALTY =
      new PenaltyTerms(4_000, 50_000, Cap.IMPROVEMENT, 1_000_000);

  @TempDir Path folder;

  private OwnRulebook read(String text) {
    return RulebookFile.read(InputProblems.write(folder, "my-rules.yaml", text));
  }

  private List<String> problems(String text) {
    return InputProblems.of(folder, () -> read(text));
  }

  @Test
  void theBuiltInRulebooks() {
    assertThat(RulebookFile.builtIn("full"))
        .isEqualTo(
            new OwnRulebook(
                "full",
                new Full(),
                Base.AUTO,
                1_000_000,
                1_050_000,
                PENALTY,
                OnHarmfulClose.ESCALATE,
                0));
    assertThat(RulebookFile.builtIn("fixed-fraction").closeRule())
        .isEqualTo(new FixedFraction(500_000));
    assertThat(RulebookFile.builtIn("target-health").closeRule())
        .isEqualTo(new TargetHealth(1_000_000));
    assertThat(RulebookFile.builtIn("stepped").closeRule())
        .isEqualTo(
            new Stepped(
                List.of(
                    new Stepped.Row(800_000, 1_000_000),
                    new Stepped.Row(950_000, 500_000),
                    new Stepped.Row(1_000_000, 250_000))));
    assertThat(RulebookFile.builtIn("ramp").closeRule()).isEqualTo(new Ramp(100_000, 1_000_000));
    assertThat(RulebookFile.builtIn("time-sliced").closeRule())
        .isEqualTo(new TimeSliced(100_000, 6_000));
    assertThat(RulebookFile.BUILT_IN)
        .allSatisfy(name -> {
          OwnRulebook rulebook = RulebookFile.builtIn(name);
          assertThat(rulebook.name()).isEqualTo(name);
          assertThat(rulebook.penalty()).isEqualTo(PENALTY);
          assertThat(rulebook.schedule()).isEqualTo(PenaltySchedule.FIXED);
          assertThat(rulebook.penaltyReduction()).isFalse();
          assertThat(rulebook.cooldown()).isEqualTo(new Cooldown(0));
          assertThat(rulebook.targetPpm()).isEqualTo(1_050_000);
        });
  }

  /// Every constant is in the file, none in the code.
  @ParameterizedTest
  @ValueSource(
      strings = {"full", "fixed-fraction", "target-health", "stepped", "ramp", "time-sliced"})
  void aBuiltInFileSetsEveryValue(String name) throws IOException {
    String resource = "/trimtab/lab/rulebooks/" + name + ".yaml";
    try (InputStream stream = RulebookFile.class.getResourceAsStream(resource)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      Node.Table root = (Node.Table) Document.parse("r.yaml", text);
      assertThat(root.entries().keySet())
          .contains(
              "base",
              "levels",
              "threshold",
              "target",
              "warning",
              "warningEnd",
              "full",
              "fullEnd",
              "penalty",
              "onHarmfulClose",
              "penaltyReduction",
              "cooldownLeastFilled",
              "cooldownUntilSeverity",
              "cooldownSeconds",
              "legOrder",
              "objective");
      assertThat(((Node.Table) InputProblems.entry(root, "penalty")).entries().keySet())
          .containsExactlyInAnyOrder(
              "perpetual",
              "pair",
              "cap",
              "fundShare",
              "protocolShare",
              "perpetualBase",
              "pairBase",
              "course",
              "measure",
              "bonus",
              "maximum",
              "solvencyShare");
      Map<String, List<String>> own =
          Map.of(
              "fixed-fraction", List.of("fraction"),
              "target-health", List.of("closeFactor"),
              "stepped", List.of("steps"),
              "ramp", List.of("firstShare", "lastShare"),
              "time-sliced", List.of("initialShare", "growthPerSecond"));
      List<String> all = own.values().stream().flatMap(List::stream).toList();
      assertThat(root.entries().keySet().stream().filter(all::contains))
          .containsExactlyInAnyOrderElementsOf(own.getOrDefault(name, List.of()));
    }
  }

  @Test
  void aFileSaysWhatDiffersFromItsBase() {
    OwnRulebook literal =
        read(
            """
            base: target-health
            name: literal
            levels: obligation
            target: 1.02
            closeFactor: 0.25
            penalty: {perpetual: 0.01, cap: none}
            onHarmfulClose: proceed
            cooldownSeconds: 1.5
            legOrder: hedge-preserving
            objective: notional
            """);
    assertThat(literal)
        .isEqualTo(
            new OwnRulebook(
                    "literal",
                    new TargetHealth(250_000),
                    Base.OBLIGATION,
                    1_000_000,
                    1_020_000,
                    new PenaltyTerms(10_000, 50_000, Cap.NONE, 1_000_000),
                    OnHarmfulClose.PROCEED,
                    1_500_000_000L,
                    LegOrder.HEDGE_PRESERVING,
                    Objective.NOTIONAL)
                .with(new Levels(1_250_000, 1_300_000, 1_000_000, 1_020_000, 900_000, 950_000)));
  }

  @Test
  void penaltiesMayMoveAndHaveOtherBases() {
    OwnRulebook auction =
        read(
            """
            base: time-sliced
            initialShare: 0.2
            growthPerSecond: 0.01
            penaltyReduction: true
            cooldownSeconds: 5
            cooldownLeastFilled: 0.1
            cooldownUntilSeverity: 0.9
            penalty:
              perpetual: 0.1
              pair: 0.01
              perpetualBase: requirement
              pairBase: seized
              course: auction
              perpetualEnd: 0.5
              pairEnd: 0.08
              durationSeconds: 600
              maximum: 0.4
              solvencyShare: 1
              fundShare: 0.5
              protocolShare: 0.2
            """);
    assertThat(auction.closeRule()).isEqualTo(new TimeSliced(200_000, 10_000));
    assertThat(auction.cooldown()).isEqualTo(new Cooldown(5_000_000_000L, 100_000, 900_000));
    assertThat(auction.penaltyReduction()).isTrue();
    assertThat(auction.penalty())
        .isEqualTo(
            new PenaltyTerms(
                100_000,
                10_000,
                PositionBase.REQUIREMENT,
                PairBase.SEIZED,
                Cap.IMPROVEMENT,
                new Split(500_000, 300_000, 200_000)));
    assertThat(auction.schedule())
        .isEqualTo(
            new PenaltySchedule(
                new Course.Auction(500_000, 80_000, 600_000_000_000L),
                Measure.BASE,
                0,
                400_000,
                1_000_000));
    OwnRulebook severity =
        read("base: full\npenalty: {course: severity, pairEnd: 0.1, measure: bonus, bonus: 0.2}\n");
    assertThat(severity.schedule())
        .isEqualTo(
            new PenaltySchedule(
                new Course.InSeverity(4_000, 100_000), Measure.BONUS, 200_000, 1_000_000, 0));
  }

  @Test
  void whatDoesNotBelongTogetherIsNamed() {
    assertThat(
            problems(
                """
                base: ramp
                firstShare: 0
                initialShare: 0.1
                penalty: {pairEnd: 0.1, durationSeconds: 1, fundShare: 1.5}
                """))
        .containsExactly(
            "my-rules.yaml:2: firstShare: firstShare must be above 0 and at most 1, not 0",
            "my-rules.yaml:3: initialShare: does not belong to this base",
            "my-rules.yaml:4: penalty: the shares of fund, liquidator and protocol are 0 to 1 and 1"
                + " together");
    assertThat(problems("base: full\npenalty: {pairEnd: 0.1, durationSeconds: 1}\n"))
        .containsExactly(
            "my-rules.yaml:2: penalty.pairEnd: does not belong to this course",
            "my-rules.yaml:2: penalty.durationSeconds: does not belong to this course");
    assertThat(problems("base: full\npenalty: {course: auction}\n"))
        .containsExactly("my-rules.yaml:2: penalty: an auction lasts longer than 0 seconds");
    assertThat(problems("base: full\npenalty: {measure: portfolio}\n"))
        .containsExactly(
            "my-rules.yaml: a penalty on the portfolio is charged on requirement and obligation");
    assertThat(
            problems(
                """
                base: stepped
                steps:
                  - {below: 0.9, share: 2}
                  - {below: 1.1}
                """))
        .containsExactly(
            "my-rules.yaml:3: steps[0]: share must be above 0 and at most 1, not 2",
            "my-rules.yaml:4: steps[1]: 'share' is missing");
    assertThat(problems("base: stepped\nsteps: [{below: 1.1, share: 1}]\n"))
        .containsExactly("my-rules.yaml: the last step must be below the threshold (1), not 1.1");
    assertThat(problems("base: stepped\nsteps: []\n"))
        .containsExactly("my-rules.yaml:2: steps: a table of steps has 1 to 32 rows");
  }

  @Test
  void aFileWithoutANameHasThatOfTheFile() {
    assertThat(read("base: full\n").name()).isEqualTo("my-rules");
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    assertThat(
            problems(
                """
                base: full
                fraction: 0.5
                levels: autom
                penalty: {perpetal: 0.01, pair: '5,0'}
                closefactor: 1
                """))
        .containsExactly(
            "my-rules.yaml:2: fraction: does not belong to this base",
            "my-rules.yaml:3: levels: unknown word 'autom'; did you mean 'auto'?",
            "my-rules.yaml:4: penalty.perpetal: unknown key; did you mean 'perpetual'?",
            "my-rules.yaml:4: penalty.pair: '5,0' is not a decimal number; write 5.0",
            "my-rules.yaml:5: closefactor: unknown key; did you mean 'closeFactor'?");
  }

  @Test
  void whatTheCoreRefusesNamesTheField() {
    assertThat(problems("base: fixed-fraction\nfraction: 1.5\n"))
        .containsExactly(
            "my-rules.yaml:2: fraction: fraction must be above 0 and at most 1, not 1.5");
    assertThat(problems("base: full\npenalty: {pair: 1}\n"))
        .containsExactly("my-rules.yaml:2: penalty: a penalty rate is at least 0 and below 1");
    assertThat(problems("base: full\ntarget: 0.9\n"))
        .containsExactly("my-rules.yaml: target (0.9) must be at least threshold (1)");
  }

  @Test
  void levelsFollowTheThresholdUnlessTheyAreWritten() {
    assertThat(read("base: full\n").levels())
        .isEqualTo(new Levels(1_250_000, 1_300_000, 1_000_000, 1_050_000, 900_000, 950_000));
    assertThat(read("base: full\nthreshold: 1.2\ntarget: 1.6\n").levels())
        .isEqualTo(new Levels(1_500_000, 1_600_000, 1_200_000, 1_600_000, 1_080_000, 1_130_000));
    assertThat(read("base: full\nwarning: 2\nfull: 0.5\nfullEnd: 0.7\n").levels())
        .isEqualTo(new Levels(2_000_000, 2_050_000, 1_000_000, 1_050_000, 500_000, 700_000));
    // An end that would lie beyond the target stops there.
    assertThat(read("base: full\nfull: 1\ntarget: 1.02\n").levels())
        .isEqualTo(new Levels(1_250_000, 1_300_000, 1_000_000, 1_020_000, 1_000_000, 1_020_000));
  }

  @Test
  void levelsOutOfOrderAreRefused() {
    assertThat(problems("base: full\nwarning: 0.99\n"))
        .containsExactly(
            "my-rules.yaml: bounds must rise from full to threshold to warning, not 0.9, 1, 0.99");
    assertThat(problems("base: full\nwarningEnd: 1.2\n"))
        .containsExactly(
            "my-rules.yaml: a level must not end below where it begins; ends, not 0.95, 1.05, 1.2");
    assertThat(problems("base: full\nfull: '0,9'\n"))
        .containsExactly("my-rules.yaml:2: full: '0,9' is not a decimal number; write 0.9");
  }

  @Test
  void anUnknownBaseSuggestsTheNearest() {
    assertThat(problems("base: taget-health\n"))
        .containsExactly(
            "my-rules.yaml:1: base: no built-in rulebook 'taget-health'; did you mean"
                + " 'target-health'?");
    assertThat(problems("name: x\n")).containsExactly("my-rules.yaml: 'base' is missing");
    assertThat(InputProblems.of(folder, () -> RulebookFile.builtIn("fix")))
        .containsExactly(
            "no built-in rulebook 'fix'; known: full fixed-fraction target-health stepped ramp"
                + " time-sliced");
  }
}
