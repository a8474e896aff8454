package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.health.Base;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

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
    assertThat(RulebookFile.BUILT_IN)
        .allSatisfy(name -> {
          OwnRulebook rulebook = RulebookFile.builtIn(name);
          assertThat(rulebook.name()).isEqualTo(name);
          assertThat(rulebook.penalty()).isEqualTo(PENALTY);
          assertThat(rulebook.targetPpm()).isEqualTo(1_050_000);
        });
  }

  /// Every constant is in the file, none in the code.
  @ParameterizedTest
  @ValueSource(strings = {"full", "fixed-fraction", "target-health"})
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
              "penalty",
              "onHarmfulClose",
              "cooldownSeconds",
              "legOrder",
              "objective");
      assertThat(((Node.Table) InputProblems.entry(root, "penalty")).entries().keySet())
          .containsExactlyInAnyOrder("perpetual", "pair", "cap", "fundShare");
      assertThat(root.entries().containsKey("fraction")).isEqualTo(name.equals("fixed-fraction"));
      assertThat(root.entries().containsKey("closeFactor")).isEqualTo(name.equals("target-health"));
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
                Objective.NOTIONAL));
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
        .containsExactly(
            "my-rules.yaml: target (0.9) must be at least threshold (1), and threshold at least 1");
  }

  @Test
  void anUnknownBaseSuggestsTheNearest() {
    assertThat(problems("base: taget-health\n"))
        .containsExactly(
            "my-rules.yaml:1: base: no built-in rulebook 'taget-health'; did you mean"
                + " 'target-health'?");
    assertThat(problems("name: x\n")).containsExactly("my-rules.yaml: 'base' is missing");
    assertThat(InputProblems.of(folder, () -> RulebookFile.builtIn("fix")))
        .containsExactly("no built-in rulebook 'fix'; known: full fixed-fraction target-health");
  }
}
