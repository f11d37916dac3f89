package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.storage.DatabaseFault;
import io.kbsserver.storage.DatabaseWatch;
import io.kbsserver.storage.DatabaseWatch.State;
import io.kbsserver.testing.OwnDatabase;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be wrong with a database, done to a real one while the server runs. */
@Timeout(180)
class DatabaseFaultsTest {

  /** Less than the socket's time-out, of 30 seconds, and as much as there is up to that. */
  private static final long PATIENCE_SECONDS = 25;

  private static final int MOST_CONNECTIONS = 1000;

  /** How many each user may have that does not administer; below 0 there are no new ones. */
  private static final String CONNECTIONS = "SET GLOBAL max_user_connections = ";

  private static final int MOST_LINES = 6;

  /** As many as the work of a test needs, and some more; fewer than the pool may have. */
  private static final int POOLED = 8;

  private static OwnDatabase database;
  private static TcpProxy proxy;
  private static TestServer server;
  private static User manager;
  private static long id;

  private LogLines log;

  @BeforeAll
  static void start() throws Exception {
    database =
        OwnDatabase.start(
            "faults",
            // All tables in one file, which can be full.
            "--innodb-file-per-table=0",
            "--innodb-data-file-path=ibdata1:12M:autoextend:max:64M",
            // Else it cannot be changed.
            "--max-user-connections=" + MOST_CONNECTIONS);
    proxy = TcpProxy.before(database.url());
    server = TestServer.through(database, proxy.through(database.url()), Map.of());
    manager = server.user("support_manager");
    id = manager.api().post("", ticket("before@example.org")).assertOk().id();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    proxy.close();
    database.close();
  }

  @BeforeEach
  void read() {
    await(() -> manager.api().get("/" + id).status() == 200);
    log = LogLines.fromNowOn();
  }

  @AfterEach
  void close() throws Exception {
    log.close();
    database.thaw();
    proxy.restore();
  }

  @Test
  void aDatabaseThatIsGone() throws Exception {
    database.kill();
    isAway();
    database.start();
    everythingWorksAgain();
    said("the database does not answer");
  }

  @Test
  void aDatabaseThatShutsDown() throws Exception {
    database.administer("SHUTDOWN");
    isAway();
    database.kill();
    database.start();
    everythingWorksAgain();
    said("the database does not answer");
  }

  @Test
  void aDatabaseThatHangs() throws Exception {
    database.freeze();
    isAway();
    database.thaw();
    everythingWorksAgain();
    said("the database does not answer (no answer in time)");
  }

  @Test
  void aRequestThatIsAtWorkWhenTheDatabaseHangs() throws Exception {
    try (Connection other = database.connect()) {
      CompletableFuture<Answer> waiting = updateThatWaitsFor(other);
      database.freeze();
      try {
        is503(waiting);
      } finally {
        database.thaw();
      }
    }
    nothingWasChanged();
    everythingWorksAgain();
  }

  @Test
  void aNetworkThatLosesEverything() {
    proxy.freeze();
    isAway();
    proxy.restore();
    everythingWorksAgain();
    said("the database does not answer");
  }

  @Test
  void connectionsThatAreLostWhileNewOnesWork() throws Exception {
    try (Connection other = database.connect()) {
      CompletableFuture<Answer> waiting = updateThatWaitsFor(other);
      proxy.lose();
      is503(waiting);
    }
    proxy.restore();
    everythingWorksAgain();
  }

  @Test
  void aHostThatFallsSilentWhileAnotherIsThere() throws Exception {
    try (TcpProxy first = TcpProxy.before(database.url());
        Connection other = database.connect();
        TestServer several = onBoth(first)) {
      HttpApi api = several.login(manager.login(), manager.password());
      DatabaseWatch watch = several.bean(DatabaseWatch.class);
      api.get("/" + id).assertOk();
      CompletableFuture<Answer> waiting = updateThatWaitsFor(other, api);
      first.freeze();
      is503(waiting);
      await(() -> watch.state() == State.AWAY);
      api.get("/" + id).assertError(503, "service_unavailable");
      // It still is, and so it is the other one that answers.
      await(() -> api.get("/" + id).status() == 200);
      await(() -> watch.state() == State.THERE);
    }
    nothingWasChanged();
    said("the database does not answer (no answer in time)");
  }

  /** Who waits is not led from one to the other first, each for as long as connecting may take. */
  @Test
  void allHostsFallSilentAtOnce() throws Exception {
    try (TcpProxy first = TcpProxy.before(database.url());
        Connection other = database.connect();
        TestServer several = onBoth(first)) {
      HttpApi api = several.login(manager.login(), manager.password());
      api.get("/" + id).assertOk();
      CompletableFuture<Answer> waiting = updateThatWaitsFor(other, api);
      first.freeze();
      proxy.freeze();
      is503(waiting);
      await(() -> several.bean(DatabaseWatch.class).state() == State.AWAY);
      is503(later(() -> api.get("/" + id)));
      first.restore();
      proxy.restore();
      await(() -> api.get("/" + id).status() == 200);
    }
    nothingWasChanged();
    everythingWorksAgain();
  }

  /** A server that has another host before the one that all tests have. */
  private static TestServer onBoth(TcpProxy first) {
    String port = ":" + first.port();
    String both = first.through(database.url()).replace(port, port + ",127.0.0.1:" + proxy.port());
    return TestServer.through(database, both, Map.of());
  }

  @Test
  void connectionsThatAreSlowForOnceAreKept() throws Exception {
    try (Connection atWork = connectionOfThePool()) {
      CompletableFuture<Void> work =
          CompletableFuture.runAsync(
              () -> {
                try {
                  run(atWork, "SELECT SLEEP(3)");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      await(() -> !connections("SELECT SLEEP%").isEmpty());
      proxy.lose();
      // Somebody looks whether the database still takes connections.
      await(proxy::hasOthers);
      proxy.find();
      work.join();
    }
    everythingWorksAgain();
    assertTrue(log.all().stream().noneMatch(line -> line.contains("connections break")));
  }

  @Test
  void aDatabaseThatGivesNoNewConnectionIsWorkedWithOnThoseThereAre() throws Exception {
    fillPool();
    database.administer(CONNECTIONS + "-1");
    try {
      server
          .bean(DatabaseWatch.class)
          .met(DatabaseFault.CROWDED, new SQLException("as the pool would say"));
      await(() -> log.all().stream().anyMatch(line -> line.contains("takes no more connections")));
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(later(() -> manager.api().get("/" + id)));
      }
      answers.forEach(answer -> answer.join().assertOk());
      // They suffice.
      await(() -> state() == State.THERE);
    } finally {
      database.administer(CONNECTIONS + MOST_CONNECTIONS);
    }
    everythingWorksAgain();
    said("the database takes no more connections");
  }

  @Test
  void aConnectionThatIsSlowIsKeptWhereThereAreNoNewOnes() throws Exception {
    fillPool();
    database.administer(CONNECTIONS + "-1");
    try {
      proxy.lose();
      await(() -> state() == State.CROWDED);
      proxy.find();
      // On what it had.
      await(() -> state() == State.THERE);
      manager.api().get("/" + id).assertOk();
    } finally {
      database.administer(CONNECTIONS + MOST_CONNECTIONS);
    }
    everythingWorksAgain();
    said("the database takes no more connections");
  }

  @Test
  void aDatabaseWithWhichConnectingIsSlow() throws Exception {
    try (TcpProxy slow = TcpProxy.before(database.url())) {
      slow.delayConnecting(Duration.ofMillis(1500));
      try (TestServer far = TestServer.through(database, slow.through(database.url()), Map.of())) {
        HttpApi api = far.login(manager.login(), manager.password());
        await(() -> api.get("/" + id).status() == 200);
        slow.cut();
        await(() -> far.bean(DatabaseWatch.class).state() == State.AWAY);
        slow.restore();
        await(() -> api.get("/" + id).status() == 200);
      }
    }
  }

  /** As one is that is far away or has too much to do: connecting takes seconds. */
  @Test
  void aDatabaseThatIsSlowIsThereAndNoticedWhenItHangs() throws Exception {
    try (TcpProxy slow = TcpProxy.before(database.url())) {
      try (TestServer far = TestServer.through(database, slow.through(database.url()), Map.of())) {
        DatabaseWatch watch = far.bean(DatabaseWatch.class);
        // More than what makes the watch try anew, and half of what makes it give up.
        slow.delayAnswers(Duration.ofMillis(600));
        // Somebody was late for a new connection, and the watch looks whether there are any.
        watch.met(DatabaseFault.CROWDED, new SQLException("as the pool would say"));
        int before = slow.answers();
        while (slow.answers() < before + 12) {
          assertEquals(State.THERE, watch.state());
          pause();
        }
        slow.freeze();
        await(() -> watch.state() == State.AWAY);
        slow.delayAnswers(Duration.ZERO);
        slow.restore();
        await(() -> watch.state() == State.THERE);
      }
    }
    said("the database does not answer (no answer in time)");
  }

  @Test
  void aDatabaseWithoutRoomForPreparedStatements() throws Exception {
    database.administer("SET GLOBAL max_prepared_stmt_count = 0");
    try {
      for (long connection : connections("%")) {
        database.administer("KILL " + connection);
      }
      // Those that were prepared are gone with their connections.
      await(
          () -> {
            everythingIs503();
            return log.all().stream().anyMatch(line -> line.contains("prepares no more"));
          });
    } finally {
      database.administer("SET GLOBAL max_prepared_stmt_count = DEFAULT");
    }
    everythingWorksAgain();
    said("the database prepares no more statements");
  }

  @Test
  void aDatabaseThatIsReadOnly() throws Exception {
    database.administer("SET GLOBAL read_only = 1");
    for (int i = 0; i < 3; i++) {
      manager.api().get("").assertOk();
      is503(later(() -> manager.api().post("", ticket("readonly@example.org"))));
      is503(later(() -> manager.api().post("/" + id, fields("status", "closed"))));
    }
    database.administer("SET GLOBAL read_only = 0");
    everythingWorksAgain();
    said("the database takes no changes, it is read-only");
  }

  @Test
  void aDatabaseWithoutAConnectionForUs() throws Exception {
    List<Connection> taken = new ArrayList<>();
    database.administer("SET GLOBAL max_connections = 10");
    try {
      while (!connections("%").isEmpty()) {
        for (long connection : connections("%")) {
          database.administer("KILL " + connection);
        }
        takeAll(taken);
      }
      everythingIs503();
      await(() -> state() != State.THERE);
      everythingIs503AtOnce();
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
      database.administer("SET GLOBAL max_connections = 151");
    }
    everythingWorksAgain();
    said("the database takes no more connections");
  }

  @Test
  void aTransactionThatLosesToOthersEachTime() throws Exception {
    database.administer(
        "CREATE TRIGGER conflict BEFORE UPDATE ON ticket FOR EACH ROW"
            + " SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213");
    is503(updated());
    is503(updated());
    database.administer("DROP TRIGGER conflict");
    everythingWorksAgain();
    said("transactions give up after conflicts with others");
  }

  @Test
  void aConnectionThatIsEndedInMidTransaction() throws Exception {
    try (Connection other = database.connect()) {
      CompletableFuture<Answer> waiting = updateThatWaitsFor(other);
      database.administer("KILL " + connections("%FOR UPDATE%").get(0));
      is503(waiting);
    }
    nothingWasChanged();
    everythingWorksAgain();
    assertEquals(List.of(), log.withTraces());
  }

  @Test
  void aConnectionThatIsEndedInMidCommit() throws Exception {
    CompletableFuture<Answer> waiting;
    try (Connection admin = database.admin()) {
      waiting = updateThatCommits(admin);
      run(admin, "KILL " + connections("COMMIT%").get(0));
      run(admin, "BACKUP STAGE END");
    }
    is503(waiting);
    everythingWorksAgain();
    assertEquals(List.of(), log.withTraces());
  }

  @Test
  void aConnectionThatBreaksInMidCommitLeavesTheOutcomeOpen() throws Exception {
    CompletableFuture<Answer> waiting;
    try (Connection admin = database.admin()) {
      waiting = updateThatCommits(admin);
      proxy.cut();
      run(admin, "BACKUP STAGE END");
    }
    Answer answer = is503(waiting);
    assertTrue(answer.text("message").contains("is not known"), answer::toString);
    proxy.restore();
    everythingWorksAgain();
    assertEquals(List.of(), log.withTraces());
  }

  @Test
  void aDatabaseWithoutRoom() throws Exception {
    database.administer("CREATE TABLE kbs.filler (text VARCHAR(4000)) ENGINE = InnoDB");
    try {
      fill(1000, 100);
      fill(10, 1000);
      fill(1, 1000);
      // Some pages are left that only tickets use.
      Map<String, Object> large = ticket("full@example.org", "ticket_content", "x".repeat(6000));
      await(() -> manager.api().post("", large).status() != 200);
      Answer answer = is503(later(() -> manager.api().post("", large)));
      assertTrue(answer.text("message").contains("takes no changes"), answer::toString);
      manager.api().get("").assertOk();
    } finally {
      database.administer("DROP TABLE kbs.filler");
    }
    everythingWorksAgain();
    said("the database has no room left");
  }

  private static void fill(int rows, int times) throws SQLException {
    try {
      for (int i = 0; i < times; i++) {
        database.administer(
            "INSERT INTO kbs.filler SELECT REPEAT('x', 4000) FROM kbs.seq_1_to_" + rows);
      }
    } catch (SQLException e) {
      assertEquals(1114, e.getErrorCode(), e::getMessage);
    }
  }

  /** An update of the ticket, which somebody else has locked. */
  private static CompletableFuture<Answer> updateThatWaitsFor(Connection other)
      throws SQLException {
    return updateThatWaitsFor(other, manager.api());
  }

  private static CompletableFuture<Answer> updateThatWaitsFor(Connection other, HttpApi api)
      throws SQLException {
    other.setAutoCommit(false);
    run(other, "SELECT id FROM ticket WHERE id = " + id + " FOR UPDATE");
    CompletableFuture<Answer> waiting = updated(api);
    await(() -> !connections("%FOR UPDATE%").isEmpty());
    return waiting;
  }

  /** An update that is held in the middle of its commit. */
  private static CompletableFuture<Answer> updateThatCommits(Connection admin) throws SQLException {
    for (String stage : List.of("START", "FLUSH", "BLOCK_DDL", "BLOCK_COMMIT")) {
      run(admin, "BACKUP STAGE " + stage);
    }
    CompletableFuture<Answer> waiting = updated();
    await(() -> !connections("COMMIT%").isEmpty());
    return waiting;
  }

  private static CompletableFuture<Answer> updated() {
    return updated(manager.api());
  }

  private static CompletableFuture<Answer> updated(HttpApi api) {
    return later(() -> api.post("/" + id, fields("status", "hold")));
  }

  private static Connection connectionOfThePool() throws SQLException {
    return DelegatingDataSource.unwrapDataSource(server.bean(DataSource.class)).getConnection();
  }

  /** A pause of a busy machine may cost it one or two, and there are no new ones then. */
  private static void fillPool() throws SQLException {
    List<Connection> taken = new ArrayList<>();
    try {
      for (int i = 0; i < POOLED; i++) {
        taken.add(connectionOfThePool());
      }
    } finally {
      for (Connection each : taken) {
        each.close();
      }
    }
  }

  private static void takeAll(List<Connection> taken) {
    try {
      while (true) {
        taken.add(database.connect());
      }
    } catch (SQLException e) {
      assertEquals(1040, e.getErrorCode());
    }
  }

  /** Those who ask first find it out, and nobody waits who comes later. */
  private static void isAway() {
    everythingIs503();
    await(() -> state() == State.AWAY);
    everythingIs503AtOnce();
  }

  private static void everythingIs503() {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    answers.add(later(() -> manager.api().get("")));
    answers.add(later(() -> manager.api().get("/" + id)));
    answers.add(later(() -> manager.api().post("", ticket("meanwhile@example.org"))));
    answers.add(later(() -> manager.api().post("/" + id, fields("status", "closed"))));
    answers.add(
        later(() -> server.login(manager.login(), "wrong").send("GET", TICKETS, null, null)));
    answers.forEach(DatabaseFaultsTest::is503);
  }

  /** A hundred that waited for a connection would take a hundred seconds. */
  private static void everythingIs503AtOnce() {
    long begin = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      manager.api().get("/" + id).assertError(503, "service_unavailable");
    }
    within(2 * PATIENCE_SECONDS, begin);
  }

  private static Answer is503(CompletableFuture<Answer> future) {
    long begin = System.nanoTime();
    Answer answer = future.join();
    within(PATIENCE_SECONDS, begin);
    answer.assertError(503, "service_unavailable");
    assertTrue(answer.header("Retry-After").matches("[1-9]\\d*"), answer::toString);
    return answer;
  }

  private static void nothingWasChanged() {
    await(() -> manager.api().get("/" + id).status() == 200);
    assertEquals("new", manager.api().get("/" + id).assertOk().text("status"));
  }

  private static void everythingWorksAgain() {
    long begin = System.nanoTime();
    await(() -> manager.api().get("/" + id).status() == 200);
    await(() -> state() == State.THERE);
    within(PATIENCE_SECONDS, begin);
    server.sql("UPDATE ticket SET status = 'new' WHERE id = ?", id);
    manager.api().get("").assertOk();
    manager.api().post("/" + id, fields("status", "new")).assertOk();
    server
        .login(manager.login(), "wrong")
        .send("GET", TICKETS, null, null)
        .assertError(401, "rest_forbidden_context");
  }

  /** One line when it begins, and none for each of the hundred requests that meet it. */
  private void said(String text) {
    // What tests before this one have met ends now.
    List<String> lines =
        log.all().stream().filter(line -> !line.contains("seconds not any more")).toList();
    assertEquals(List.of(), log.withTraces());
    assertEquals(1, lines.stream().filter(line -> line.contains(text)).count(), lines::toString);
    // It is said when it is over; and a busy machine is late with more than what is asked for here.
    assertTrue(lines.size() <= MOST_LINES, lines::toString);
  }

  private static void within(long seconds, long begin) {
    long taken = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    assertTrue(taken < seconds, () -> "It took " + taken + " s");
  }

  private static State state() {
    return server.bean(DatabaseWatch.class).state();
  }

  private static List<Long> connections(String running) {
    try {
      return database.connections(running);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(Supplier<Boolean> condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.get()) {
      assertTrue(System.nanoTime() < deadline, () -> "It does not happen, database " + state());
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CompletableFuture<Answer> later(Supplier<Answer> request) {
    return CompletableFuture.supplyAsync(request, task -> new Thread(task).start());
  }
}
