package io.kbsserver.cli;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.cli.Termination.Interrupted;
import io.kbsserver.demo.DemoReset;
import io.kbsserver.demo.DemoSite;
import io.kbsserver.demo.GivenLogin;
import io.kbsserver.files.FileStores;
import io.kbsserver.mail.delivery.MailPolicy;
import io.kbsserver.mail.incoming.IncomingMails;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseFault;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kbs-server serve}: answers requests until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serve the API until stopped with Ctrl-C or SIGTERM.",
      "The port opens when requests can be served, not before; requests in flight are",
      "finished when it stops."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server serve --demo",
      "  kbs-server serve --demo --reset --login demo:PASSWORD",
      "  kbs-server serve --port 8090 --host 0.0.0.0",
      "  KBS_DATABASE_URL=jdbc:mysql://db:3306/kbs KBS_DATABASE_USER=kbs \\",
      "    KBS_DATABASE_PASSWORD=secret kbs-server serve"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  static final int DEFAULT_PORT = 8080;
  private static final long GRACE_SECONDS = 30;

  /** Requests wait for a connection for a second; a start has time. */
  private static final long FIRST_CONNECTION_SECONDS = 10;

  private static final String ROUTE = "/wp-json/kbs/v1/tickets";

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on, 0 for any free one (KBS_PORT, else 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = {
        "Address or name to listen on, 0.0.0.0 for all of this machine's (KBS_HOST, else",
        "this machine only). A demo does not go by KBS_HOST."
      })
  private @Nullable String host;

  @Option(
      names = "--demo",
      description = {
        "Serve a small made-up help desk, and print a login for it.",
        "In the built-in database it is kept apart from a real site. The login stays the",
        "same, and stands on the home page unless --login gives another."
      })
  private boolean demo;

  @Option(
      names = "--reset",
      description = {
        "Make the built-in demo anew before it is served: the same data with the same ids at",
        "each start, its dates so many hours before it. No other database is touched."
      })
  private boolean reset;

  @Option(
      names = "--login",
      paramLabel = "LOGIN:PASSWORD",
      description = {
        "A login of the demo with an application password of your choice, 8 to 72 letters",
        "and digits, which nothing shows: one of mira, ben and olga, or one more support",
        "manager. Put it in quotes if there are blanks in it. Others on this machine may",
        "see a command's options: the first line of the file that KBS_DEMO_LOGIN_FILE",
        "names is one as well."
      })
  private @Nullable String login;

  /** The public address; null where it is what clients ask for. */
  private @Nullable String site;

  ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    checkOfTheDemo();
    if (reset) {
      session.builtIn(
          "--reset makes the built-in demo anew and deletes in no other database; empty that one"
              + " yourself, or leave the variable out");
    }
    Configuration configuration = session.configuration();
    GivenLogin given = given(configuration);
    Map<String, Object> properties = configuration.properties(ServeCommand::minds);
    site = (String) properties.get("kbs.public-url");
    int wanted = port(configuration);
    ListenAddress address = address(configuration);
    address.check(wanted);
    checkManagement((Integer) properties.get("kbs.management.port"), address, wanted);
    if (properties.containsKey("kbs.management.port")) {
      properties.put("micronaut.metrics.enabled", true);
    }
    properties.put("kbs.program.version", KbsServer.ProgramVersion.number());
    properties.put("kbs.program.commit", VersionCommand.commit());
    properties.putAll(address.properties(wanted));
    if (demo) {
      properties.put(DemoSite.SERVED, "true");
    }
    // Told to stop while starting, it does just that.
    session.termination().whenInterrupted(Interrupted.ENDS_WELL);
    return session.run(
        demo ? Purpose.DEMO : Purpose.SERVE,
        properties,
        (settings, database) -> {
          if (reset) {
            DemoReset.of(database, session.files(settings));
          }
        },
        (context, database) -> serve(context, database, address, wanted, given));
  }

  private void checkOfTheDemo() {
    if (!demo && (reset || login != null)) {
      throw new ParameterException(
          spec.commandLine(),
          (reset ? "--reset" : "--login") + " is about the demo: add --demo, or leave it out");
    }
  }

  /** Whether a server minds a variable, a demo or not. */
  private static boolean minds(Variable variable) {
    return variable.isOfServer() && variable != Variable.DEMO_LOGIN_FILE;
  }

  /** The login that was chosen; null where that is left to the demo. */
  private @Nullable GivenLogin given(Configuration configuration) {
    if (login != null) {
      try {
        return GivenLogin.parse(login);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--login " + e.getMessage(), e);
      }
    }
    String file = demo ? configuration.value(Variable.DEMO_LOGIN_FILE) : null;
    return file == null ? null : (GivenLogin) Variable.DEMO_LOGIN_FILE.read(file);
  }

  private int port(Configuration configuration) {
    if (port != null && (port < 0 || port > Variable.LAST_PORT)) {
      throw new ParameterException(
          spec.commandLine(), "Not a port number from 0 to " + Variable.LAST_PORT + ": " + port);
    }
    String given = configuration.value(Variable.PORT);
    if (port == null && given != null) {
      port = (Integer) Variable.PORT.read(given);
    }
    return port == null ? DEFAULT_PORT : port;
  }

  private static void checkManagement(
      @Nullable Integer management, ListenAddress requests, int wanted) {
    if (management == null) {
      return;
    }
    if (management == wanted && requests.isMetBy(ListenAddress.ofThisMachine())) {
      throw new StartupFailure(
          Variable.MANAGEMENT_PORT.variable()
              + " is the port that requests are answered on as well: choose another than "
              + wanted);
    }
    ListenAddress.ofThisMachine().checkManagement(management);
  }

  /** A demo shows its login to everybody, so that it takes more than a variable to open it. */
  private ListenAddress address(Configuration configuration) {
    String given = configuration.value(Variable.HOST);
    if (host != null) {
      return ListenAddress.of(host, "--host");
    }
    return demo || given == null
        ? ListenAddress.ofThisMachine()
        : ListenAddress.of(given, Variable.HOST.variable());
  }

  private int serve(
      ApplicationContext context,
      Database database,
      ListenAddress address,
      int wanted,
      @Nullable GivenLogin given) {
    boolean hasLogins = hasLogins(context);
    context.getBean(FileStores.class).checkAtStart();
    String mail =
        context.getBean(MailPolicy.class).checkAtStart()
            + context
                .getBean(IncomingMails.class)
                .checkAtStart()
                .map(from -> "\n            " + from)
                .orElse("");
    DemoSite.DemoLogin shownLogin = null;
    if (given != null) {
      context.getBean(DemoSite.class).prepare(given);
    } else if (demo) {
      shownLogin = context.getBean(DemoSite.class).prepareAndShow();
    }
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
    try {
      server.start();
    } catch (RuntimeException e) {
      if (KbsServer.isPortTaken(e)) {
        throw address.explained(wanted, e);
      }
      throw e;
    }
    String shown = "http://" + address.inUrl(wanted) + ":" + server.getPort();
    warnOfNeighbours(address);
    greet(address, shown, database, files(context), mail, shownLogin, given, hasLogins);
    session.termination().await();
    finishRequests(context);
    return 0;
  }

  /** Whom limits count is up to each of them. */
  private void warnOfNeighbours(ListenAddress listening) {
    if (!listening.address().isLoopbackAddress()
        && session.configuration().value(Variable.TRUSTED_PROXIES) == null) {
      session
          .terminal()
          .err()
          .println(
              "kbs-server: warning: whoever comes from a private network is believed to be a proxy,"
                  + " and so which address it names for itself: set "
                  + Variable.TRUSTED_PROXIES.variable()
                  + " to your proxies, or to nothing");
    }
  }

  /** Asks the database, so that a server that cannot serve does not open its port. */
  private static boolean hasLogins(ApplicationContext context) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FIRST_CONNECTION_SECONDS);
    while (true) {
      try {
        return context.getBean(UserAccounts.class).anybodyCanLogIn();
      } catch (RuntimeException e) {
        // The pool goes on with connecting while nobody waits for it.
        boolean late = DatabaseFault.of(e).filter(DatabaseFault.AWAY::equals).isPresent();
        if (!late || System.nanoTime() > deadline) {
          throw new StartupFailure("The database does not answer: " + e.getMessage(), e);
        }
      }
    }
  }

  private static void finishRequests(ApplicationContext context) {
    try {
      context
          .getBean(GracefulShutdownManager.class)
          .shutdownGracefully()
          .toCompletableFuture()
          .get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Requests were still running after {} seconds and are cut off", GRACE_SECONDS);
    } catch (ExecutionException | InterruptedException e) {
      LOG.debug("Not all requests could be waited for", e);
    }
  }

  private void greet(
      ListenAddress listening,
      String server,
      Database database,
      Optional<String> files,
      String mail,
      DemoSite.@Nullable DemoLogin shownLogin,
      @Nullable GivenLogin given,
      boolean hasLogins) {
    PrintStream out = session.terminal().out();
    String address = server + ROUTE;
    out.println();
    out.println("KBS Server " + KbsServer.ProgramVersion.number() + " is running.");
    out.println();
    out.println("  Tickets   " + address);
    out.println("  Docs      " + server + "/docs");
    if (site != null) {
      out.println("  Public    " + site);
    }
    out.println("  Listens   " + on(listening));
    out.println("  Data      " + database.description());
    files.ifPresent(where -> out.println("  Files     " + where));
    out.println("  Mail      " + mail);
    if (given != null) {
      out.println("  Login     " + given.login() + ", with the password that was given");
      out.println();
      out.println("Try it; curl asks for the password:");
      out.println();
      out.println("  curl -u '" + given.login() + "' '" + address + "?per_page=3'");
    } else if (shownLogin != null) {
      out.println("  Login     " + shownLogin.login());
      out.println(
          "  Password  "
              + grouped(shownLogin.applicationPassword())
              + "  (an application password)");
      out.println();
      out.println("Try it:");
      out.println();
      out.println(
          "  curl -u '"
              + shownLogin.login()
              + ":"
              + shownLogin.applicationPassword().replace(" ", "")
              + "' '"
              + address
              + "?per_page=3'");
    } else if (!hasLogins) {
      out.println();
      out.println("Nobody can log in yet. Add a user:");
      out.println();
      out.println("  kbs-server user add LOGIN --email E-MAIL --role administrator");
      out.println();
      out.println("or bring a site over from WordPress: kbs-server import --help");
    }
    out.println();
    out.println("Stop it with Ctrl-C.");
    out.flush();
  }

  /** Where files are kept, which has to be told where that or the database is elsewhere. */
  private Optional<String> files(ApplicationContext context) {
    Configuration configuration = session.configuration();
    return Optional.ofNullable(configuration.value(Variable.FILES_URL))
        .or(
            () ->
                Optional.ofNullable(configuration.value(Variable.DATABASE_URL))
                    .flatMap(url -> context.getProperty("kbs.files.folder", String.class))
                    .map(folder -> folder + ", which all servers of that data share"));
  }

  private String on(ListenAddress listening) {
    if (listening.address().isAnyLocalAddress()) {
      return "on all addresses of this machine";
    }
    return listening.address().isLoopbackAddress()
        ? "on this machine only (" + (demo ? "" : "KBS_HOST or ") + "--host opens it to others)"
        : "on " + listening.address().getHostAddress();
  }

  /** An application password as WordPress shows it, in groups of four. */
  static String grouped(String password) {
    return password.replace(" ", "").replaceAll("(.{4})(?=.)", "$1 ");
  }
}
