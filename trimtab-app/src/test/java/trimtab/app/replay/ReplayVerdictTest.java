package trimtab.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimtab.app.output.Numbers;
import trimtab.lab.replay.AccountKind;
import trimtab.lab.replay.Figures;

class ReplayVerdictTest {
  private final ReplayVerdict verdict = new ReplayVerdict("USD", new Numbers(false));

  private static Figures rule(
      String name, long friction, long closed, long badDebt, long touched, long again) {
    BigDecimal zero = BigDecimal.ZERO;
    return new Figures(
        name,
        BigDecimal.ONE,
        AccountKind.PERP,
        100,
        touched + again,
        touched,
        again,
        BigDecimal.valueOf(closed),
        Optional.empty(),
        zero,
        zero,
        zero,
        zero,
        BigDecimal.valueOf(badDebt),
        BigDecimal.valueOf(friction),
        0,
        zero,
        zero,
        zero,
        Map.of(),
        0,
        0,
        Optional.empty());
  }

  private String about(Figures... rules) {
    return verdict.about(AccountKind.PERP, BigDecimal.ONE, List.of(rules));
  }

  @Test
  void itSaysWhoCostsTheLeastAndByHowMuch() {
    assertThat(
            about(
                rule("full", 200, 1000, 0, 10, 0),
                rule("fixed-fraction", 125, 700, 0, 10, 4),
                rule("target-health", 100, 600, 0, 10, 6)))
        .isEqualTo(
            "Perps at M = 1: target-health costs the least, 100 USD: 20.0% less than"
                + " fixed-fraction, 50.0% less than full. target-health closed 40.0% less than"
                + " full; 6 of its 10 accounts touched were touched again. No bad debt.");
  }

  @Test
  void itSaysSoWhenTheMinimalRuleDidNotHelp() {
    assertThat(about(rule("full", 90, 1000, 5, 10, 0), rule("target-health", 100, 1100, 20, 10, 9)))
        .isEqualTo(
            "Perps at M = 1: full costs the least, 90.0 USD: 10.0% less than target-health."
                + " target-health closed 10.0% more than full; 9 of its 10 accounts touched were"
                + " touched again. Bad debt: least with full, 5.00 USD; most with target-health,"
                + " 20.0 USD.");
  }

  @Test
  void itNamesNoWinnerWhereThereIsNone() {
    assertThat(about(rule("full", 0, 0, 0, 0, 0), rule("target-health", 0, 0, 0, 0, 0)))
        .isEqualTo("Perps at M = 1: none was liquidated.");
    assertThat(about(rule("full", 7, 9, 2, 1, 0), rule("target-health", 7, 9, 2, 1, 0)))
        .contains("all rules cost the same", "Bad debt is 2.00 USD.");
    assertThat(about(rule("mine", 7, 9, 0, 1, 0))).contains("mine costs 7.00 USD.");
  }
}
