package io.kbsserver.cli;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.cli.Termination.Interrupted;
import io.kbsserver.demo.DemoSite;
import io.kbsserver.rest.address.PublicUrl;
import io.kbsserver.rest.address.TrustedProxies;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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
      "Serve the API until stopped with Ctrl-C or SIGTERM; requests in flight are finished first.",
      "The port opens when requests can be served, not before."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server serve --demo",
      "  kbs-server serve --port 8090 --host 127.0.0.1",
      "  KBS_DATABASE_URL=jdbc:mysql://db:3306/kbs KBS_DATABASE_USER=kbs \\",
      "    KBS_DATABASE_PASSWORD=secret kbs-server serve"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final String PORT = "KBS_PORT";
  private static final String MANAGEMENT_PORT = "KBS_MANAGEMENT_PORT";
  private static final String PUBLIC_URL = "KBS_PUBLIC_URL";
  private static final String TRUSTED_PROXIES = "KBS_TRUSTED_PROXIES";
  private static final int DEFAULT_PORT = 8080;
  private static final int LAST_PORT = 65_535;
  private static final long GRACE_SECONDS = 30;
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
      description = "Address to listen on (all of this machine's).")
  private @Nullable String host;

  @Option(
      names = "--demo",
      description = {
        "Serve a small made-up help desk, and print a login for it.",
        "In the built-in database it is kept apart from a real site."
      })
  private boolean demo;

  /** The public address; null where it is what clients ask for. */
  private @Nullable String site;

  ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    int wanted = port();
    Map<String, Object> properties = new HashMap<>();
    Map<String, String> environment = session.terminal().environment();
    String publicUrl = environment.getOrDefault(PUBLIC_URL, "");
    if (!publicUrl.isBlank()) {
      site = read(PUBLIC_URL, publicUrl, PublicUrl::parse).toString();
      properties.put("kbs.public-url", publicUrl);
    }
    // Unlike the others, this one means something when it is empty.
    String proxies = environment.get(TRUSTED_PROXIES);
    if (proxies != null) {
      read(TRUSTED_PROXIES, proxies, TrustedProxies::parse);
      properties.put("kbs.trusted-proxies", proxies);
    }
    for (UploadSetting setting : UploadSetting.values()) {
      String value = environment.getOrDefault(setting.variable(), "");
      if (!value.isBlank()) {
        properties.put(setting.property(), read(setting.variable(), value, setting::read));
      }
    }
    String management = environment.getOrDefault(MANAGEMENT_PORT, "");
    if (!management.isBlank()) {
      properties.put(
          "kbs.management.port", read(MANAGEMENT_PORT, management, ServeCommand::managementPort));
      properties.put("kbs.program.version", KbsServer.ProgramVersion.number());
      properties.put("micronaut.metrics.enabled", true);
    }
    properties.put("micronaut.server.port", wanted == 0 ? -1 : wanted);
    if (host != null) {
      properties.put("micronaut.server.host", host);
    }
    // Told to stop while starting, it does just that.
    session.termination().whenInterrupted(Interrupted.ENDS_WELL);
    return session.run(
        demo ? Purpose.DEMO : Purpose.SERVE,
        properties,
        (context, database) -> serve(context, database, wanted));
  }

  /** Reads a variable before anything is opened, so that a mistake is said in one line. */
  private static <T> T read(String variable, String value, Function<String, T> reader) {
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(variable + " " + e.getMessage(), e);
    }
  }

  private static Integer managementPort(String text) {
    String number = text.strip();
    if (!number.matches("\\d{1,5}") || Integer.parseInt(number) > LAST_PORT) {
      throw new IllegalArgumentException("is not a port number: " + text);
    }
    return Integer.valueOf(number);
  }

  private int port() {
    String environment = session.terminal().environment().get(PORT);
    if (port == null && environment != null && !environment.isBlank()) {
      try {
        port = Integer.valueOf(environment.strip());
      } catch (NumberFormatException e) {
        throw new StartupFailure(PORT + " is not a port number: " + environment, e);
      }
      if (port < 0 || port > LAST_PORT) {
        throw new StartupFailure(PORT + " is not a port number: " + environment);
      }
    }
    if (port != null && (port < 0 || port > LAST_PORT)) {
      throw new ParameterException(
          spec.commandLine(), "Not a port number from 0 to " + LAST_PORT + ": " + port);
    }
    return port == null ? DEFAULT_PORT : port;
  }

  private int serve(ApplicationContext context, Database database, int wanted) {
    boolean hasLogins = hasLogins(context);
    DemoSite.DemoLogin login = demo ? context.getBean(DemoSite.class).prepare() : null;
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
    try {
      server.start();
    } catch (RuntimeException e) {
      if (KbsServer.isPortTaken(e)) {
        throw new StartupFailure(
            "The port "
                + wanted
                + (host == null ? "" : " of " + host)
                + " is in use: stop the program that has it, or choose another with --port or "
                + PORT,
            e);
      }
      throw e;
    }
    greet(server.getPort(), database, login, hasLogins);
    session.termination().await();
    finishRequests(context);
    return 0;
  }

  /** Asks the database, so that a server that cannot serve does not open its port. */
  private static boolean hasLogins(ApplicationContext context) {
    try {
      return context.getBean(UserAccounts.class).anybodyCanLogIn();
    } catch (RuntimeException e) {
      throw new StartupFailure("The database does not answer: " + e.getMessage(), e);
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
      int actualPort, Database database, DemoSite.@Nullable DemoLogin login, boolean hasLogins) {
    PrintStream out = session.terminal().out();
    String server = "http://" + (host == null ? "localhost" : host) + ":" + actualPort;
    String address = server + ROUTE;
    out.println();
    out.println("KBS Server " + KbsServer.ProgramVersion.number() + " is running.");
    out.println();
    out.println("  Tickets   " + address);
    out.println("  Docs      " + server + "/docs");
    if (site != null) {
      out.println("  Public    " + site);
    }
    out.println("  Data      " + database.description());
    if (login != null) {
      out.println("  Login     " + login.login());
      out.println(
          "  Password  " + grouped(login.applicationPassword()) + "  (an application password)");
      out.println();
      out.println("Try it:");
      out.println();
      out.println(
          "  curl -u '"
              + login.login()
              + ":"
              + login.applicationPassword().replace(" ", "")
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

  /** An application password as WordPress shows it, in groups of four. */
  static String grouped(String password) {
    return password.replace(" ", "").replaceAll("(.{4})(?=.)", "$1 ");
  }
}
