package trimtab.app.report;

import java.util.List;
import java.util.Optional;
import trimtab.app.certificate.CertificateJson;
import trimtab.app.output.JsonText;
import trimtab.app.output.Numbers;
import trimtab.app.output.Scales;
import trimtab.app.picture.LegCurveSvg;
import trimtab.app.picture.LegPicture;
import trimtab.app.picture.PlannedLegCurve;
import trimtab.core.account.Account;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.health.Health;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.LegCurve;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.Rulebook;

/// One liquidation with its proof: the picture of g(q), the chosen size beside the next smaller
/// one, the certificate, and how to check it.
public final class ProofSection {
  private final Listing listing;
  private final Numbers numbers = new Numbers(true);
  private final Scales scales;

  public ProofSection(Listing listing) {
    this.listing = listing;
    this.scales = new Scales(listing, numbers);
  }

  /// A plan and what it was made of.
  ///
  /// @param when in words; may be empty
  public record Subject(
      String when, Account account, Marks marks, Rulebook rulebook, Plan.Close plan) {
    Certificate certificate(Listing listing) {
      return Certificates.of(listing, account, marks, rulebook, plan);
    }
  }

  /// Adds the liquidation in full.
  public void full(HtmlPage page, Subject subject) {
    Plan.Close plan = subject.plan();
    PlannedClosing last = plan.closings().getLast();
    LegCurve curve = curve(subject);
    LegPicture picture = LegPicture.of(curve, last.side(), scales);
    page.heading("One liquidation in full: account " + subject.account().id());
    page.paragraph(sentence(subject));
    page.markup(
        Html.scrolling(LegCurveSvg.sentence(picture), LegCurveSvg.embedded(picture, numbers)));
    Certificate certificate = subject.certificate(listing);
    boolean holds = CertificateChecker.check(certificate).holds();
    HtmlTable table =
        new HtmlTable("The chosen size and the next smaller one")
            .words("")
            .column("Quantity")
            .column("Health after")
            .words("");
    row(table, "Chosen", last, curve.chosen(), subject);
    curve.smaller().ifPresent(smaller -> row(table, "One lot less", last, smaller, subject));
    page.markup(table.html());
    page.markup(
        holds
            ? "<p class=\"holds\">\u2713 The certificate holds, says the independent checker.</p>\n"
            : "<p class=\"fails\">\u2717 The certificate is refused by the independent checker.</p>\n");
    page.paragraph(
        "Save the certificate as certificate.json and check it yourself: ./trimtab verify"
            + " certificate.json");
    page.markup(details("The certificate", certificate));
  }

  private void row(
      HtmlTable table, String name, PlannedClosing planned, LegCurve.Point point, Subject subject) {
    boolean restores = !point.excess().isNegative();
    table.row(
        name,
        List.of(
            HtmlTable.cell(scales.quantity(planned.closing().leg(), point.quantity())),
            HtmlTable.cell(point.health().ratioText(subject.rulebook().targetPpm()), restores),
            HtmlTable.word(restores ? "\u2713 restores" : "\u2717 fails")));
  }

  private String sentence(Subject subject) {
    Plan.Close plan = subject.plan();
    PlannedClosing last = plan.closings().getLast();
    long target = subject.rulebook().targetPpm();
    return "%s%s closes %s of %s %s, worth %s %s, at a cost of %s and a penalty of %s. Health goes from %s to %s; the target is %s."
        .formatted(
            subject.when().isEmpty() ? "" : subject.when() + ": ",
            subject.rulebook().name(),
            scales.quantity(last.closing().leg(), last.closing().quantity()),
            scales.quantity(last.closing().leg(), last.terms().size()),
            LegPicture.name(last.closing().leg(), last.side(), scales),
            scales.money(plan.notional()),
            listing.settlement().symbol(),
            scales.money(last.closing().cost()),
            scales.money(last.closing().penalty()),
            plan.before().ratioText(subject.rulebook().thresholdPpm()),
            plan.after().ratioText(target),
            Ppm.format(target));
  }

  private LegCurve curve(Subject subject) {
    return PlannedLegCurve.of(
        listing, subject.account(), subject.marks(), subject.rulebook(), subject.plan());
  }

  /// Adds a table of liquidations, and their certificates.
  ///
  /// @param subjects largest first
  public void largest(HtmlPage page, String heading, List<Subject> subjects) {
    page.heading(heading);
    HtmlTable table =
        new HtmlTable(heading)
            .words("Account")
            .words("When")
            .words("Closed")
            .column("Worth, " + listing.settlement().symbol())
            .column("Health before")
            .column("after")
            .words("Claim")
            .words("Certificate");
    StringBuilder certificates = new StringBuilder();
    for (Subject subject : subjects) {
      Certificate certificate = subject.certificate(listing);
      boolean holds = CertificateChecker.check(certificate).holds();
      table.row(
          subject.account().id(),
          List.of(
              HtmlTable.word(subject.when()),
              HtmlTable.word(legs(subject.plan())),
              HtmlTable.cell(scales.money(subject.plan().notional())),
              HtmlTable.cell(health(subject.plan().before(), subject)),
              HtmlTable.cell(health(subject.plan().after(), subject)),
              HtmlTable.word(subject.plan().claim().kind()),
              "<td class=\"words %s\">%s</td>"
                  .formatted(
                      holds ? "holds" : "fails", holds ? "\u2713 holds" : "\u2717 refused")));
      certificates.append(details("Certificate of " + subject.account().id(), certificate));
    }
    page.markup(table.html());
    page.markup(certificates.toString());
  }

  private static String health(Health health, Subject subject) {
    return health.ratioText(subject.rulebook().targetPpm());
  }

  private String legs(Plan.Close plan) {
    return String.join(
        "; ",
        plan.closings().stream()
            .map(planned ->
                scales.quantity(planned.closing().leg(), planned.closing().quantity())
                    + " "
                    + LegPicture.name(planned.closing().leg(), planned.side(), scales))
            .toList());
  }

  private static String details(String summary, Certificate certificate) {
    return "<details><summary>%s</summary><pre tabindex=\"0\" role=\"region\" aria-label=\"%s\">%s</pre></details>\n"
        .formatted(
            Html.escaped(summary),
            Html.escaped(summary),
            Html.escaped(JsonText.compact(json -> CertificateJson.write(json, certificate))));
  }

  /// Whether a plan makes a good picture: a part of one leg, and nothing else.
  public static boolean isPicture(Plan plan) {
    return plan instanceof Plan.Close close
        && close.claim() instanceof trimtab.core.certificate.Claim.RestoresMinimal
        && close.closings().size() == 1
        && close.closings().getFirst().closing().quantity()
            < close.closings().getFirst().terms().size();
  }

  /// The plan, if it makes a good picture.
  public static Optional<Plan.Close> picture(Plan plan) {
    return isPicture(plan) && plan instanceof Plan.Close close
        ? Optional.of(close)
        : Optional.empty();
  }
}
