package trimtab.lab.input;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trimtab.core.health.Base;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// A rulebook file: `base: NAME` and what differs from that built-in rulebook. The built-in ones
/// are such files themselves, with every constant; they are resources in `trimtab/lab/rulebooks`.
public final class RulebookFile {
  /// The built-in rulebooks.
  public static final List<String> BUILT_IN = List.of("full", "fixed-fraction", "target-health");

  private static final int NANO_DECIMALS = 9;

  private static final String[] KEYS = {
    "base",
    "name",
    "levels",
    "threshold",
    "target",
    "fraction",
    "closeFactor",
    "penalty",
    "onHarmfulClose",
    "cooldownSeconds",
    "legOrder",
    "objective"
  };

  private static final Map<String, Base> LEVELS = words(Base.values());
  private static final Map<String, Cap> CAPS = words(Cap.values());
  private static final Map<String, OnHarmfulClose> ON_HARMFUL_CLOSE =
      words(OnHarmfulClose.values());
  private static final Map<String, LegOrder> LEG_ORDERS = words(LegOrder.values());
  private static final Map<String, Objective> OBJECTIVES = words(Objective.values());

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
          "no built-in rulebook '%s'%s".formatted(base, NearestWord.hint(base, BUILT_IN)));
      return Optional.empty();
    }
    return read(fields, builtIn(base), otherwise.isEmpty() ? base : otherwise, problems);
  }

  private static Optional<OwnRulebook> read(
      Fields fields, OwnRulebook base, String otherwise, Problems problems) {
    int before = problems.count();
    String name = fields.optionalText("name").orElse(otherwise);
    Base levels = fields.choice("levels", LEVELS, base.base());
    long thresholdPpm = fields.ppm("threshold", base.thresholdPpm());
    long targetPpm = fields.ppm("target", base.targetPpm());
    Optional<CloseRule> closeRule = closeRule(fields, base.closeRule(), problems);
    Optional<PenaltyTerms> penalty =
        fields
            .node("penalty")
            .map(node -> penalty(node, base.penalty(), problems))
            .orElse(Optional.of(base.penalty()));
    OnHarmfulClose onHarmfulClose =
        fields.choice("onHarmfulClose", ON_HARMFUL_CLOSE, base.onHarmfulClose());
    long cooldownNanos = fields.notNegative("cooldownSeconds", NANO_DECIMALS, base.cooldownNanos());
    LegOrder legOrder = fields.choice("legOrder", LEG_ORDERS, base.legOrder());
    Objective objective = fields.choice("objective", OBJECTIVES, base.objective());
    if (problems.count() > before) {
      return Optional.empty();
    }
    return problems.attempt(
        fields.place(),
        () ->
            new OwnRulebook(
                name,
                closeRule.orElseThrow(),
                levels,
                thresholdPpm,
                targetPpm,
                penalty.orElseThrow(),
                onHarmfulClose,
                cooldownNanos,
                legOrder,
                objective));
  }

  private static Optional<CloseRule> closeRule(Fields fields, CloseRule base, Problems problems) {
    String parameter =
        switch (base) {
          case Full() -> "";
          case FixedFraction(_) -> "fraction";
          case TargetHealth(_) -> "closeFactor";
        };
    for (String key : List.of("fraction", "closeFactor")) {
      if (fields.has(key) && !key.equals(parameter)) {
        problems.add(fields.place(key), "does not belong to this base");
      }
    }
    return problems.attempt(
        fields.place(parameter),
        () ->
            switch (base) {
              case Full() -> base;
              case FixedFraction(long sharePpm) ->
                  new FixedFraction(fields.ppm("fraction", sharePpm));
              case TargetHealth(long maximumSharePpm) ->
                  new TargetHealth(fields.ppm("closeFactor", maximumSharePpm));
            });
  }

  private static Optional<PenaltyTerms> penalty(Node node, PenaltyTerms base, Problems problems) {
    Fields fields = Fields.of(node, problems, "perpetual", "pair", "cap", "fundShare");
    return problems.attempt(
        fields.place(),
        () ->
            new PenaltyTerms(
                fields.ppm("perpetual", base.positionPpm()),
                fields.ppm("pair", base.pairPpm()),
                fields.choice("cap", CAPS, base.cap()),
                fields.ppm("fundShare", base.fundSharePpm())));
  }

  /// What a built-in file starts from: it sets every value itself, which a test holds.
  private static OwnRulebook emptyOf(String name) {
    CloseRule closeRule =
        switch (name) {
          case "full" -> new Full();
          case "fixed-fraction" -> new FixedFraction(1);
          default -> new TargetHealth(1);
        };
    return new OwnRulebook(
        name,
        closeRule,
        Base.AUTO,
        Ppm.ONE,
        Ppm.ONE,
        new PenaltyTerms(0, 0, Cap.NONE, 0),
        OnHarmfulClose.REFUSE,
        0,
        LegOrder.PROPORTIONAL,
        Objective.NOTIONAL);
  }

  /// The constants of an enumeration by their names in lower case, words joined by hyphens.
  private static <T extends Enum<T>> Map<String, T> words(T[] constants) {
    Map<String, T> words = new LinkedHashMap<>();
    for (T constant : constants) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return words;
  }
}
