package trimtab.lab.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trimtab.core.health.Base;
import trimtab.core.health.Levels;
import trimtab.core.health.Netting;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.CloseRule;
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

/// A rulebook file: `base: NAME` and what differs from that built-in rulebook. The built-in ones
/// are such files themselves, with every constant; they are resources in `trimtab/lab/rulebooks`.
public final class RulebookFile {
  /// The built-in rulebooks.
  public static final List<String> BUILT_IN =
      List.of("full", "fixed-fraction", "target-health", "stepped", "ramp", "time-sliced");

  /// Those that are compared unless somebody names others.
  public static final List<String> COMPARED = List.of("full", "fixed-fraction", "target-health");

  private static final int NANO_DECIMALS = 9;

  private static final String[] KEYS = {
    "base",
    "name",
    "levels",
    "threshold",
    "target",
    "warning",
    "warningEnd",
    "full",
    "fullEnd",
    "fraction",
    "closeFactor",
    "steps",
    "firstShare",
    "lastShare",
    "initialShare",
    "growthPerSecond",
    "penalty",
    "onHarmfulClose",
    "penaltyReduction",
    "cooldownSeconds",
    "cooldownLeastFilled",
    "cooldownUntilSeverity",
    "legOrder",
    "objective",
    "netting"
  };

  private static final List<String> CLOSE_RULE_KEYS =
      List.of(
          "fraction",
          "closeFactor",
          "steps",
          "firstShare",
          "lastShare",
          "initialShare",
          "growthPerSecond");

  private static final Map<String, Base> BASES = words(Base.values());
  private static final Map<String, OnHarmfulClose> ON_HARMFUL_CLOSE =
      words(OnHarmfulClose.values());
  private static final Map<String, LegOrder> LEG_ORDERS = words(LegOrder.values());
  private static final Map<String, Objective> OBJECTIVES = words(Objective.values());
  private static final Map<String, Netting> NETTINGS = words(Netting.values());

  private RulebookFile() {}

  /// A built-in rulebook.
  ///
  /// @param name one of [#BUILT_IN]
  /// @throws InputException if there is none of this name
  public static OwnRulebook builtIn(String name) {
    if (!BUILT_IN.contains(name)) {
      throw new InputException(
          "no built-in rulebook '%s'%s".formatted(name, NearestWord.hint(name, BUILT_IN)));
    }
    Problems problems = new Problems();
    Node root = Document.resource(RulebookFile.class, "/trimtab/lab/rulebooks/" + name + ".yaml");
    Optional<OwnRulebook> rulebook =
        read(Fields.of(root, problems, KEYS), emptyOf(name), name, problems);
    problems.throwIfAny();
    return rulebook.orElseThrow();
  }

  /// The file of a built-in rulebook as it stands.
  ///
  /// @param name one of [#BUILT_IN]
  public static String text(String name) {
    return Document.resourceText(RulebookFile.class, "/trimtab/lab/rulebooks/" + name + ".yaml");
  }

  /// Reads a rulebook file. Its name is its key `name`, else the file's name without its ending.
  ///
  /// @throws InputException with everything that is wrong in it
  public static OwnRulebook read(Path file) {
    Problems problems = new Problems();
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Optional<OwnRulebook> rulebook = read(Document.read(file), stem, problems);
    problems.throwIfAny();
    return rulebook.orElseThrow();
  }

  /// Reads a rulebook that stands inside another document.
  ///
  /// @param otherwise its name where it has none; empty: that of its base
  /// @return nothing with a problem
  static Optional<OwnRulebook> read(Node node, String otherwise, Problems problems) {
    Fields fields = Fields.of(node, problems, KEYS);
    int before = problems.count();
    String base = fields.text("base");
    if (problems.count() > before) {
      return Optional.empty();
    }
    if (!BUILT_IN.contains(base)) {
      problems.add(
          fields.place("base"),
          "no built-in rulebook '%s'%s"
              .formatted(base, NearestWord.hint(base, RulebookSource.names())));
      return Optional.empty();
    }
    return read(fields, builtIn(base), otherwise.isEmpty() ? base : otherwise, problems);
  }

  private static Optional<OwnRulebook> read(
      Fields fields, OwnRulebook base, String otherwise, Problems problems) {
    int before = problems.count();
    String name = fields.optionalText("name").orElse(otherwise);
    Base measuredAgainst = fields.choice("levels", BASES, base.base());
    Optional<Levels> levels = levels(fields, base.levels(), problems);
    Optional<CloseRule> closeRule = closeRule(fields, base.closeRule(), problems);
    Optional<PenaltyFields> penalty =
        fields
            .node("penalty")
            .map(node -> PenaltyFields.read(node, base.penalty(), base.schedule(), problems))
            .orElse(Optional.of(new PenaltyFields(base.penalty(), base.schedule())));
    OnHarmfulClose onHarmfulClose =
        fields.choice("onHarmfulClose", ON_HARMFUL_CLOSE, base.onHarmfulClose());
    boolean reduction = fields.choice("penaltyReduction", Fields.FLAGS, base.penaltyReduction());
    Optional<Cooldown> cooldown = cooldown(fields, base.cooldown(), problems);
    LegOrder legOrder = fields.choice("legOrder", LEG_ORDERS, base.legOrder());
    Objective objective = fields.choice("objective", OBJECTIVES, base.objective());
    Netting netting = fields.choice("netting", NETTINGS, base.netting());
    if (problems.count() > before) {
      return Optional.empty();
    }
    return problems.attempt(
        fields.place(),
        () ->
            new OwnRulebook(
                name,
                closeRule.orElseThrow(),
                measuredAgainst,
                levels.orElseThrow(),
                penalty.orElseThrow().terms(),
                penalty.orElseThrow().schedule(),
                onHarmfulClose,
                reduction,
                cooldown.orElseThrow(),
                legOrder,
                objective,
                netting));
  }

  /// What is not written keeps the base's proportion to the threshold, and an end its distance from
  /// where the level begins, as far as a level may end there.
  private static Optional<Levels> levels(Fields fields, Levels base, Problems problems) {
    long thresholdPpm = fields.ppm("threshold", base.thresholdPpm());
    long targetPpm = fields.ppm("target", base.targetPpm());
    return problems.attempt(
        fields.place(),
        () -> {
          long warning = Rounding.mulDivFloor(base.warningPpm(), thresholdPpm, base.thresholdPpm());
          warning = fields.ppm("warning", warning);
          long warningEnd = warning + base.warningEndPpm() - base.warningPpm();
          long full = Rounding.mulDivFloor(base.fullPpm(), thresholdPpm, base.thresholdPpm());
          full = fields.ppm("full", full);
          long fullEnd = full + base.fullEndPpm() - base.fullPpm();
          return new Levels(
              warning,
              fields.ppm("warningEnd", Math.max(warningEnd, targetPpm)),
              thresholdPpm,
              targetPpm,
              full,
              fields.ppm("fullEnd", Math.min(fullEnd, targetPpm)));
        });
  }

  private static Optional<Cooldown> cooldown(Fields fields, Cooldown base, Problems problems) {
    return problems.attempt(
        fields.place(),
        () ->
            new Cooldown(
                fields.notNegative("cooldownSeconds", NANO_DECIMALS, base.nanos()),
                fields.share("cooldownLeastFilled", base.leastFilledPpm()),
                fields.share("cooldownUntilSeverity", base.severityPpm())));
  }

  /// The keys that belong to a close rule.
  private static List<String> keysOf(CloseRule rule) {
    return switch (rule) {
      case Full() -> List.of();
      case FixedFraction(_) -> List.of("fraction");
      case TargetHealth(_) -> List.of("closeFactor");
      case Stepped(_) -> List.of("steps");
      case Ramp(_, _) -> List.of("firstShare", "lastShare");
      case TimeSliced(_, _) -> List.of("initialShare", "growthPerSecond");
    };
  }

  private static Optional<CloseRule> closeRule(Fields fields, CloseRule base, Problems problems) {
    List<String> own = keysOf(base);
    for (String key : CLOSE_RULE_KEYS) {
      if (fields.has(key) && !own.contains(key)) {
        problems.add(fields.place(key), "does not belong to this base");
      }
    }
    return problems.attempt(
        fields.place(own.isEmpty() ? "" : own.getFirst()),
        () ->
            switch (base) {
              case Full() -> base;
              case FixedFraction(long sharePpm) ->
                  new FixedFraction(fields.ppm("fraction", sharePpm));
              case TargetHealth(long maximumSharePpm) ->
                  new TargetHealth(fields.ppm("closeFactor", maximumSharePpm));
              case Stepped(var rows) ->
                  fields.has("steps") ? new Stepped(steps(fields, problems)) : new Stepped(rows);
              case Ramp(long first, long last) ->
                  new Ramp(fields.ppm("firstShare", first), fields.ppm("lastShare", last));
              case TimeSliced(long initial, long growth) ->
                  new TimeSliced(
                      fields.ppm("initialShare", initial), fields.ppm("growthPerSecond", growth));
            });
  }

  private static List<Stepped.Row> steps(Fields fields, Problems problems) {
    List<Stepped.Row> rows = new ArrayList<>();
    for (Node item : fields.items("steps")) {
      Fields row = Fields.of(item, problems, "below", "share");
      int before = problems.count();
      long belowPpm = row.ppm("below");
      long sharePpm = row.ppm("share");
      if (problems.count() == before) {
        problems
            .attempt(row.place(), () -> new Stepped.Row(belowPpm, sharePpm))
            .ifPresent(rows::add);
      }
    }
    // What is wrong with a row has been said: the table is not judged without it.
    return rows.size() == fields.items("steps").size()
        ? rows
        : List.of(new Stepped.Row(Ppm.ONE, Ppm.ONE));
  }

  /// What a built-in file starts from: it sets every value itself, which a test holds.
  private static OwnRulebook emptyOf(String name) {
    CloseRule closeRule =
        switch (name) {
          case "full" -> new Full();
          case "fixed-fraction" -> new FixedFraction(1);
          case "stepped" -> new Stepped(List.of(new Stepped.Row(Ppm.ONE, 1)));
          case "ramp" -> new Ramp(1, 1);
          case "time-sliced" -> new TimeSliced(1, 0);
          default -> new TargetHealth(1);
        };
    return new OwnRulebook(
        name,
        closeRule,
        Base.AUTO,
        new Levels(Ppm.ONE, Ppm.ONE, Ppm.ONE, Ppm.ONE, 0, 0),
        PenaltyFields.EMPTY.terms(),
        PenaltyFields.EMPTY.schedule(),
        OnHarmfulClose.REFUSE,
        true,
        new Cooldown(1, 1, 1),
        LegOrder.PROPORTIONAL,
        Objective.NOTIONAL,
        Netting.NONE);
  }

  /// The constants of an enumeration by their names in lower case, words joined by hyphens.
  static <T extends Enum<T>> Map<String, T> words(T[] constants) {
    Map<String, T> words = new LinkedHashMap<>();
    for (T constant : constants) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return words;
  }
}
