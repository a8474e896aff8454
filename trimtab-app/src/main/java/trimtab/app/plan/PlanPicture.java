package trimtab.app.plan;

import java.util.List;
import trimtab.app.output.Numbers;
import trimtab.app.output.Scales;
import trimtab.app.output.Terminal;
import trimtab.app.picture.LegCurveSvg;
import trimtab.app.picture.LegCurveText;
import trimtab.app.picture.LegPicture;

/// The drawings of a plan: the leg that was sized last.
public final class PlanPicture {
  private PlanPicture() {}

  static List<String> text(Decision.Close decision, Terminal terminal) {
    Numbers numbers = new Numbers(terminal.unicode());
    return LegCurveText.lines(picture(decision, numbers), numbers, terminal.columns());
  }

  /// The drawing as a file of its own.
  public static String svg(Decision.Close decision) {
    Numbers numbers = new Numbers(true);
    return LegCurveSvg.file(picture(decision, numbers), numbers);
  }

  private static LegPicture picture(Decision.Close decision, Numbers numbers) {
    return LegPicture.of(
        decision.curve(),
        decision.plan().closings().getLast().side(),
        new Scales(decision.input().listing(), numbers));
  }
}
