package trimtab.app.explain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import trimtab.app.certificate.CertificateReader;
import trimtab.app.output.Terminal;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.lab.input.Document;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.lab.input.Place;
import trimtab.lab.input.Problems;

/// What a file of decisions says.
///
/// @param lines for people
/// @param holds false where a certificate in it does not prove its claim
public record Explanation(List<String> lines, boolean holds) {
  private static final int HEAD_BYTES = 4096;

  public Explanation {
    lines = List.copyOf(lines);
  }

  /// Reads and explains a file of `plan --json` or of `replay --accounts-json`.
  ///
  /// @param account of a replay, whose decisions are wanted
  /// @param slice which of its decisions, from 1
  /// @throws InputException if it is no such file
  public static Explanation of(
      Path file, Optional<String> account, Optional<Integer> slice, Terminal terminal) {
    Problems problems = new Problems();
    if (isOfReplay(file)) {
      AccountsFile.Found found = AccountsFile.read(file, account);
      AccountsText text = new AccountsText(problems, terminal);
      List<String> lines =
          account.isPresent()
              ? text.account(file.toString(), found, account.get(), slice)
              : text.dearest(file.toString(), found);
      problems.throwIfAny();
      return new Explanation(lines, text.holds());
    }
    if (account.isPresent() || slice.isPresent()) {
      throw new InputException("--account, --slice: a plan has one decision; leave them out");
    }
    Node root = Document.readJson(file);
    if (!(root instanceof Node.Table table) || !table.entries().containsKey("verdict")) {
      throw new InputException(
          Place.file(file.toString()),
          "holds no decision; give what plan --json or replay --accounts-json wrote");
    }
    Optional<Certificate> certificate =
        table.entries().containsKey("certificate")
            ? Optional.of(CertificateReader.read(file))
            : Optional.empty();
    List<String> lines = new PlanRecord(problems, terminal).lines(root, certificate);
    problems.throwIfAny();
    return new Explanation(
        lines, certificate.isEmpty() || CertificateChecker.check(certificate.get()).holds());
  }

  /// The beginning of a replay's file says that it is one.
  private static boolean isOfReplay(Path file) {
    try (var stream = Files.newInputStream(file)) {
      String head = new String(stream.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      return head.contains("\"runs\"");
    } catch (IOException unreadable) {
      // Reading it as a document says what is wrong with it.
      return false;
    }
  }
}
