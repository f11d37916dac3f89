package io.kbsserver.benchmark;

import io.kbsserver.testing.ChildProcess;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.PropertySource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.inject.BeanDefinitionReference;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The least that can be done: the same HTTP server, settings, driver and pool, without a bean of
 * ours. It fetches given tickets by one prepared statement, or writes them by bare statements, and
 * answers with as many bytes as are wanted: no rules, no login, no JSON.
 */
@Requires(property = "benchmark.floor")
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class Floor {

  private static final String READY = "The floor listens on ";

  private final DataSource pool;
  private final Map<Long, Map<String, Object>> like = new ConcurrentHashMap<>();

  Floor(DataSource pool) {
    this.pool = DelegatingDataSource.unwrapDataSource(pool);
  }

  /** The URL of the database, its user and its password come from the environment. */
  public static void main(String[] args) {
    ApplicationContext context =
        withoutOurs(ApplicationContext.builder().deduceEnvironment(false).banner(false));
    context
        .getEnvironment()
        .addPropertySource(
            PropertySource.of(
                "floor",
                Map.of(
                    "benchmark.floor",
                    true,
                    "datasources.default.url",
                    System.getenv("FLOOR_URL"),
                    "datasources.default.username",
                    System.getenv("FLOOR_USER"),
                    "datasources.default.password",
                    System.getenv("FLOOR_PASSWORD"),
                    "micronaut.server.port",
                    0,
                    "micronaut.security.enabled",
                    false,
                    "flyway.enabled",
                    false)));
    context.start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    System.out.println(READY + server.getPort());
  }

  /** All that comes with the libraries, and this class. */
  @SuppressWarnings({"rawtypes", "overrides"}) // As in Micronaut.
  private static ApplicationContext withoutOurs(ApplicationContextBuilder settings) {
    return new DefaultApplicationContext((ApplicationContextConfiguration) settings) {
      @Override
      protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
        return super.resolveBeanDefinitionReferences().stream()
            .filter(
                bean ->
                    !bean.getBeanDefinitionName().startsWith("io.kbsserver.")
                        || bean.getBeanDefinitionName().startsWith("io.kbsserver.benchmark."))
            .toList();
      }
    };
  }

  /** Waits for a floor that is starting. */
  static int port(ChildProcess process) throws InterruptedException {
    return Integer.parseInt(process.awaitLine(READY).substring(READY.length()));
  }

  @Get(value = "/tickets/{ids}/{bytes}", produces = MediaType.APPLICATION_JSON)
  byte[] read(String ids, int bytes) throws SQLException {
    String[] wanted = ids.split(",");
    Answer answer = new Answer(bytes);
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT * FROM ticket WHERE id IN (?" + ",?".repeat(wanted.length - 1) + ")")) {
      for (int i = 0; i < wanted.length; i++) {
        statement.setLong(i + 1, Long.parseLong(wanted[i]));
      }
      try (ResultSet rows = statement.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            answer.add(rows.getString(column));
          }
        }
      }
    }
    return answer.body;
  }

  /** A row of each of the two tables that no ticket can be without, in one transaction. */
  @Post(value = "/tickets/{of}/{bytes}", produces = MediaType.APPLICATION_JSON)
  byte[] create(long of, int bytes, @Body String body) throws SQLException {
    Map<String, Object> row = new TreeMap<>(like(of));
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement post =
          connection.prepareStatement(
              "INSERT INTO post (type) VALUES ('kbs_ticket')",
              PreparedStatement.RETURN_GENERATED_KEYS)) {
        post.executeUpdate();
        try (ResultSet keys = post.getGeneratedKeys()) {
          keys.next();
          row.put("id", keys.getLong(1));
        }
      }
      row.put("number", "F-" + row.get("id"));
      row.put("ticket_key", UUID.randomUUID().toString());
      try (PreparedStatement ticket =
          connection.prepareStatement(
              "INSERT INTO ticket (%s) VALUES (?%s)"
                  .formatted(String.join(", ", row.keySet()), ", ?".repeat(row.size() - 1)))) {
        int place = 0;
        for (Object value : row.values()) {
          ticket.setObject(++place, value);
        }
        ticket.executeUpdate();
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
    return new Answer(bytes).add(body).body;
  }

  /** The columns of a ticket that there is, read once. */
  private Map<String, Object> like(long id) throws SQLException {
    Map<String, Object> known = like.get(id);
    if (known != null) {
      return known;
    }
    Map<String, Object> row = new HashMap<>();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM ticket WHERE id = ?")) {
      statement.setLong(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.put(rows.getMetaData().getColumnLabel(column), rows.getObject(column));
        }
      }
    }
    like.put(id, row);
    return row;
  }

  @Post(value = "/tickets/{id}/{status}/{bytes}", produces = MediaType.APPLICATION_JSON)
  byte[] update(long id, String status, int bytes, @Body String body) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "UPDATE ticket SET status = ?, modified_local = NOW(), modified_gmt ="
                    + " UTC_TIMESTAMP(), revision = revision + 1 WHERE id = ?")) {
      statement.setString(1, status);
      statement.setLong(2, id);
      statement.executeUpdate();
    }
    return new Answer(bytes).add(body).body;
  }

  /** So many bytes, of whatever was read. */
  private static final class Answer {
    private final byte[] body;
    private int length;

    private Answer(int bytes) {
      body = new byte[bytes];
      Arrays.fill(body, (byte) ' ');
    }

    private Answer add(@Nullable String text) {
      if (text != null) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int fits = Math.min(encoded.length, body.length - length);
        System.arraycopy(encoded, 0, body, length, fits);
        length += fits;
      }
      return this;
    }
  }
}
