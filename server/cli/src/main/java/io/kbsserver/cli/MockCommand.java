package io.kbsserver.cli;

import io.kbsserver.mock.MockServer;
import io.kbsserver.storage.StartupFailure;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kbs-server mock}: stands in for the server in the tests of a client. */
@Command(
    name = "mock",
    mixinStandardHelpOptions = true,
    description = {
      "Answer every operation with the contract's examples, for tests of a client.",
      "There is no database; any login will do, and nothing that is sent is kept."
    },
    footer = {
      "",
      "A request that the contract does not allow is refused. A header asks for another",
      "answer than the first that goes well: by status, by the name of an example, or",
      "both.",
      "",
      "Examples:",
      "  kbs-server mock --port 4010",
      "  curl -u any:login http://localhost:4010/wp-json/kbs/v1/tickets",
      "  curl -H 'Prefer: code=404' http://localhost:4010/wp-json/kbs/v1/tickets/7",
      "  curl -H 'Prefer: code=400, example=page' \\",
      "    http://localhost:4010/wp-json/kbs/v1/tickets"
    })
final class MockCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "4010",
      description = "Port to listen on, 0 for any free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "localhost",
      description = "Address to listen on (${DEFAULT-VALUE}).")
  private String host;

  MockCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (port < 0 || port > Variable.LAST_PORT) {
      throw new StartupFailure("Not a port number from 0 to " + Variable.LAST_PORT + ": " + port);
    }
    ListenAddress address = ListenAddress.of(host, "--host");
    address.check(port);
    try (MockServer mock = MockServer.start(address.properties(port))) {
      greet("http://" + address.inUrl(port) + ":" + mock.port() + "/wp-json/kbs/v1/tickets");
      session.termination().await();
      return 0;
    } catch (RuntimeException e) {
      if (KbsServer.isPortTaken(e)) {
        throw address.explained(port, e);
      }
      throw e;
    }
  }

  private void greet(String tickets) {
    PrintStream out = session.terminal().out();
    out.println();
    out.println("The examples of the contract are being served. Any login will do:");
    out.println();
    out.println("  curl -u 'any:login' " + tickets);
    out.println("  curl -H 'Prefer: code=404' " + tickets + "/7");
    out.println();
    out.println("Stop it with Ctrl-C.");
    out.flush();
  }
}
