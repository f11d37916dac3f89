package io.kbsserver.cli;

import io.kbsserver.compare.FirstCheck;
import io.kbsserver.compare.HtmlReport;
import io.kbsserver.compare.JsonReport;
import io.kbsserver.compare.LiveSite;
import io.kbsserver.compare.Login;
import io.kbsserver.compare.ReadRequest;
import io.kbsserver.compare.RequestFile;
import io.kbsserver.compare.SiteComparison;
import io.kbsserver.compare.SiteReport;
import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kbs-server compare}: asks two sites the same and reports where they differ. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a WordPress site and its replacement the same, and tell what differs.",
      "Only GET, HEAD and OPTIONS are sent; both sites are left as they are."
    },
    footer = {
      "",
      "A line of the file of requests is a path such as /kbs/v1/tickets?per_page=5 or",
      "/wp-json/kbs/v1/tickets, possibly behind GET, HEAD or OPTIONS, or JSON:",
      "  {\"request\": {\"method\": \"GET\", \"path\": \"/kbs/v1/tickets\"}, \"as\": \"jane\"}",
      "where anon asks without a login. Lines that begin with # mean nothing; whatever",
      "might change something is skipped and counted.",
      "",
      "Without such a file the first check is sent: lists in each order, status and",
      "context, and the tickets of the first page.",
      "",
      "Redirects are not followed, so give the addresses that answer. The routes of a",
      "site without permalinks are at https://example.com/?rest_route=/.",
      "",
      "What differs is told by field and by row of COMPATIBILITY.md: first what no row",
      "explains. KB Support 1.6.1 as it was shipped answers 400 to every list of",
      "tickets: single tickets are compared then, and the lists told as explained.",
      "",
      "Exit codes: 0 all answers agree, or differ only as COMPATIBILITY.md says;",
      "1 something else differs, or a site did not answer; 2 not understood.",
      "",
      "Example:",
      "  kbs-server compare --original https://example.com \\",
      "    --replacement http://localhost:8080 --user-file users.txt \\",
      "    --report report.html"
    })
final class CompareCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--original",
      required = true,
      paramLabel = "URL",
      description = "Address of the WordPress site, with or without /wp-json or ?rest_route=/.")
  private String original;

  @Option(
      names = "--replacement",
      required = true,
      paramLabel = "URL",
      description = "Address of the server that is to stand in for it.")
  private String replacement;

  @Option(
      names = "--user-file",
      required = true,
      paramLabel = "FILE",
      description = {
        "Who asks: login:application password, one a line. The first one sends the requests."
      })
  private Path userFile;

  @Option(
      names = "--each-login",
      description = "Send the requests as each login of the user file, not as the first only.")
  private boolean eachLogin;

  @Option(names = "--requests", paramLabel = "FILE", description = "What to ask (a first check).")
  private @Nullable Path requestFile;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page with all differences there (HTML).")
  private @Nullable Path reportFile;

  @Option(names = "--json", description = "Print JSON for programs, in place of the text.")
  private boolean json;

  CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    SiteComparison comparison =
        new SiteComparison(site("original", original), site("replacement", replacement));
    List<Login> logins = Login.read(userFile);
    List<Login> each = eachLogin ? logins : logins.subList(0, 1);
    RequestFile requests =
        requestFile == null
            ? firstCheck(comparison, each)
            : RequestFile.read(requestFile, logins, each);
    if (requestFile != null) {
      List<Login> senders =
          requests.requests().stream()
              .map(ReadRequest::login)
              .filter(Objects::nonNull)
              .distinct()
              .toList();
      for (Login login : senders) {
        comparison.firstPage(login);
      }
    }
    SiteReport report = run(comparison, requests);
    if (reportFile != null) {
      write(report);
    }
    return report.isClean() ? 0 : 1;
  }

  private LiveSite site(String name, String address) {
    try {
      return LiveSite.at(name, address);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + name + " is " + e.getMessage(), e);
    }
  }

  private static RequestFile firstCheck(SiteComparison comparison, List<Login> logins)
      throws InterruptedException {
    List<ReadRequest> requests = new ArrayList<>();
    for (Login login : logins) {
      requests.addAll(FirstCheck.of(login, comparison.firstPage(login)));
    }
    return new RequestFile(requests, Map.of());
  }

  private SiteReport run(SiteComparison comparison, RequestFile requests)
      throws InterruptedException {
    CompareDisplay display = new CompareDisplay(session.terminal());
    try {
      SiteReport report =
          comparison.run(requests.requests(), requests.skipped(), display::advanced);
      if (json) {
        display.interrupted();
        session.terminal().out().println(JsonReport.of(report));
      } else {
        display.summary(report);
      }
      return report;
    } finally {
      display.interrupted();
    }
  }

  private void write(SiteReport report) {
    try {
      Files.writeString(reportFile, HtmlReport.of(report, session.terminal().clock().instant()));
    } catch (IOException e) {
      throw new StartupFailure("The report cannot be written: " + reportFile, e);
    }
  }
}
