package io.kbsserver.generators;

import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the usual generator makes of the view with its default options can be compiled, sends what a
 * strict site takes, and reads what the server answers.
 */
class GeneratedClientsTest {

  private static final List<GeneratedClient> CLIENTS =
      List.of(
          new GoClient(),
          new PhpClient(),
          new KotlinClient(),
          new PythonClient(),
          new RubyClient(),
          new TypeScriptClient());

  private static TestServer server;

  @BeforeAll
  static void generate() throws Exception {
    GeneratedClient.generate(CLIENTS);
  }

  @BeforeAll
  static void open() throws Exception {
    String url = TestDatabase.get().createMigratedSchema("generated_clients");
    server = TestServer.through(url, url, Map.of());
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> theServerUnderstandsThemAndTheyUnderstandIt() {
    return CLIENTS.stream()
        .map(client -> client.test(() -> client.run(client.folder(), environment(client.name()))));
  }

  private static Map<String, String> environment(String language) {
    UserAccounts accounts = server.bean(UserAccounts.class);
    String login = "client-" + language;
    accounts.add(login, login + "@example.com", login, Role.SUPPORT_MANAGER);
    List<String> agents =
        Stream.of("agent-", "other-agent-")
            .map(start -> start + language)
            .map(agent -> accounts.add(agent, agent + "@example.com", agent, Role.SUPPORT_AGENT))
            .map(String::valueOf)
            .toList();
    String password = accounts.addPassword(login, "client").password();
    long ticket = server.ticket(login, password, "nina@example.com");
    byte[] content = "It is on fire.".getBytes(StandardCharsets.UTF_8);
    return Map.of(
        "KBS_TICKET",
        Long.toString(ticket),
        "KBS_FILE",
        Long.toString(server.file(ticket, null, "notes.txt", content)),
        "KBS_SITE_URL",
        "http://127.0.0.1:" + server.port(),
        "KBS_LOGIN",
        login,
        "KBS_PASSWORD",
        password,
        "KBS_AGENT",
        agents.get(0),
        "KBS_OTHER_AGENT",
        "other-agent-" + language + "@example.com");
  }
}
