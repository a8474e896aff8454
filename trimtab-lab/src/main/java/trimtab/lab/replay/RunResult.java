package trimtab.lab.replay;

import java.math.BigDecimal;
import java.util.List;

/// One rulebook at one impact.
///
/// @param rulebook its name
/// @param impact M
/// @param figures perps, loans, all
/// @param accounts in the order of the book
/// @param details what a report draws of it
public record RunResult(
    String rulebook,
    BigDecimal impact,
    List<Figures> figures,
    List<AccountOutcome> accounts,
    RunDetails details) {
  public RunResult {
    figures = List.copyOf(figures);
    accounts = List.copyOf(accounts);
  }

  public Figures figures(AccountKind kind) {
    return figures.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }
}
