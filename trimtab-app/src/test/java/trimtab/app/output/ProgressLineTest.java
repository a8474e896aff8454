package trimtab.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static ProgressLine line(boolean terminal, boolean unicode) {
    Terminal where = new Terminal(false, terminal, 100, false, false, unicode);
    return new ProgressLine(new PrintWriter(new StringWriter()), where, "replay", 4000, "bars");
  }

  @Test
  void aTerminalSeesABarAndWhatIsLeft() {
    ProgressLine progress = line(true, false);
    for (int step = 0; step < 1000; step++) {
      progress.step();
    }
    assertThat(progress.line(0.25, 2))
        .isEqualTo("replay  #######-----------------------   25%  1,000 of 4,000 bars  6.0 s left");
    assertThat(progress.line(0.01, 2)).doesNotContain("left");
  }

  @Test
  void elsewhereThereIsNoBar() {
    assertThat(line(false, true).line(0.5, 0.7)).isEqualTo("replay   50%  0 of 4,000 bars");
  }
}
