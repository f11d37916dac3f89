package io.kbsserver.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the server listens, and what it says where it cannot. */
@Timeout(180)
class ListenAddressTest {

  /** Another address of every Linux machine, and none that a server on 127.0.0.1 answers at. */
  private static final String ELSEWHERE = "127.0.0.2";

  /** A database that is not there: what is said was found out before it was asked for. */
  private static final Map<String, String> NO_DATABASE =
      Map.of(
          "KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/none",
          "KBS_DATABASE_USER", "nobody");

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | serve                   | false | on this machine only (KBS_HOST or --host",
        "*         | serve                   | true  | on all addresses of this machine",
        "::        | serve                   | true  | on all addresses of this machine",
        "127.0.0.2 | serve                   | true  | on this machine only",
        "127.0.0.2 | serve --host 127.0.0.1  | false | on this machine only",
        "0.0.0.0   | serve --demo            | false | on this machine only (--host opens it",
        "''        | serve --demo --host *   | true  | on all addresses of this machine",
      })
  void listensWhereItIsTold(String variable, String command, boolean reached, String said)
      throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            CommandLineRun.environment(TestDatabase.get().createMigratedSchema("listening")));
    environment.put("KBS_HOST", variable);
    try (RunningCommand server =
        RunningCommand.start(environment, (command + " --port 0").split(" +"))) {
      String tickets = server.awaitLine("  Tickets ");
      assertTrue(server.awaitLine("  Listens ").contains(said), server::output);
      // From elsewhere anybody could come.
      assertEquals(
          said.contains("all addresses"),
          server.errors().contains("KBS_TRUSTED_PROXIES"),
          server::errors);
      Matcher port = Pattern.compile("http://([^/]+):(\\d+)/").matcher(tickets);
      assertTrue(port.find(), tickets);
      int number = Integer.parseInt(port.group(2));
      // The printed address is one that works.
      new Socket(port.group(1), number).close();
      if (reached) {
        new Socket(ELSEWHERE, number).close();
      } else {
        assertThrows(ConnectException.class, () -> new Socket(ELSEWHERE, number).close());
      }
    }
  }

  /** Some clients take one of its addresses for localhost, some the other. */
  @ParameterizedTest
  @CsvSource({"serve", "serve --host localhost", "mock"})
  void localhostIsBothOfItsAddresses(String command) throws Exception {
    InetAddress second = InetAddress.getByName("::1");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, second)) {
      port = free.getLocalPort();
    } catch (IOException e) {
      assumeTrue(false, "there is no IPv6: " + e.getMessage());
      return;
    }
    Map<String, String> environment =
        CommandLineRun.environment(TestDatabase.get().createMigratedSchema("listening_twice"));
    try (RunningCommand server =
        RunningCommand.start(environment, (command + " --port " + port).split(" "))) {
      server.awaitLine("http://localhost:" + port + "/");
      server.awaitLine("Stop it with Ctrl-C");
      for (String address : List.of("127.0.0.1", "::1")) {
        try (Socket client = new Socket(address, port)) {
          client.getOutputStream().write("GET /wp-json/ HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
          String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
          assertTrue(answer.startsWith("HTTP/1.0 200 "), answer);
        }
      }
    }
    try (ServerSocket taken = new ServerSocket(0, 1, second)) {
      inOneLine(
          "The port " + taken.getLocalPort() + " is in use",
          CommandLineRun.of(NO_DATABASE, "serve", "--port", "" + taken.getLocalPort()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no.such.host.invalid  | is no address, and no host name that resolves to one",
        "http://localhost      | is no address, and no host name that resolves to one",
        "localhost:8080        | is no address, and no host name that resolves to one",
        "[::1                  | is no address, and no host name that resolves to one",
        "300.1.1.1             | is no address, and no host name that resolves to one",
        "192.0.2.1             | The address 192.0.2.1 is not one of this machine's (KBS_HOST)",
        "2001:db8::1           | The address 2001:db8::1 is not one of this machine's (KBS_HOST)",
      })
  void anAddressThatCannotBeHadIsSaidBeforeTheDatabaseIsAskedFor(String host, String said) {
    Map<String, String> environment = new HashMap<>(NO_DATABASE);
    environment.put("KBS_HOST", host);
    inOneLine(said, CommandLineRun.of(environment, "serve", "--port", "8151"));
    inOneLine(said, CommandLineRun.of(environment, "serve", "--port", "0"));
    inOneLine(
        said.replace("KBS_HOST", "--host"),
        CommandLineRun.of(Map.of(), "mock", "--port", "0", "--host", host));
  }

  @Test
  void aPortInUseIsSaidBeforeTheDatabaseIsAskedFor() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      inOneLine(
          "The port " + port + " is in use",
          CommandLineRun.of(NO_DATABASE, "serve", "--port", port));
      inOneLine(
          "The port " + port + " of 0.0.0.0 is in use",
          CommandLineRun.of(NO_DATABASE, "serve", "--port", port, "--host", "0.0.0.0"));
    }
  }

  @Test
  void aManagementPortThatCannotBeHadIsSaidBeforeTheDatabaseIsAskedFor() throws IOException {
    Map<String, String> environment = new HashMap<>(NO_DATABASE);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      environment.put("KBS_MANAGEMENT_PORT", port);
      inOneLine(
          "The port " + port + " of KBS_MANAGEMENT_PORT is in use",
          CommandLineRun.of(environment, "serve", "--port", "0"));
    }
    environment.put("KBS_MANAGEMENT_PORT", "8151");
    environment.put("KBS_PORT", "8151");
    String both = "KBS_MANAGEMENT_PORT is the port that requests are answered on as well";
    inOneLine(both, CommandLineRun.of(environment, "serve"));
    inOneLine(both, CommandLineRun.of(environment, "serve", "--host", "0.0.0.0"));
    // Of another address the port is another.
    CommandLineRun other = CommandLineRun.of(environment, "serve", "--host", "127.0.0.2");
    assertFalse(other.err().contains(both), other.err());
  }

  /** A process that lacks the right, whoever runs the tests. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPortForWhichTheRightLacksIsSaid() throws Exception {
    List<String> command =
        List.of(
            "setpriv",
            "--bounding-set=-net_bind_service",
            "--inh-caps=-net_bind_service",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            ChildProcess.classPath(),
            Main.class.getName(),
            "serve",
            "--port",
            "81");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("KBS_"));
    builder.environment().putAll(NO_DATABASE);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      assumeTrue(false, "there is no setpriv: " + e.getMessage());
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    assumeTrue(!said.startsWith("setpriv:"), said);
    assertEquals(1, exitCode, said);
    assertTrue(
        said.startsWith("kbs-server: The port 81 is below 1024, for which this user lacks"), said);
  }

  private static void inOneLine(String said, CommandLineRun run) {
    assertEquals(1, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(said), run.err());
  }
}
