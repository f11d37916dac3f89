package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Times are kept as they are, even those that the clock of this machine skips: it is 02:30 in UTC,
 * at a site in Tokyo and on a machine in Berlin, on the night when summer time begins there.
 */
class TimeTest {

  private static final String UTC = "2026-03-29T02:30:00";
  private static final String TOKYO = "2026-03-29T11:30:00";

  private static TimeZone zone;
  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_time"), Map.of(SetClock.NOW, UTC + "Z"));
    server.set("time_zone", "Asia/Tokyo");
    manager = server.user("support_manager");
  }

  @AfterAll
  static void stop() {
    server.close();
    TimeZone.setDefault(zone);
  }

  @Test
  void aTicketIsOpenedAndClosedWhenTheClockSaysSo() {
    Answer opened = manager.api().post("", ticket("time@example.org")).assertOk();
    Answer closed = manager.api().post("/" + opened.id(), fields("status", "closed")).assertOk();
    for (Answer answer : List.of(opened, closed)) {
      assertEquals(TOKYO, answer.text("date"));
      assertEquals(UTC, answer.text("date_gmt"));
      assertEquals(TOKYO, answer.text("modified"));
      assertEquals(UTC, answer.text("modified_gmt"));
    }
    assertEquals(TOKYO, closed.text("ticket_data.resolved_date"));
    assertEquals(shown(UTC), kept("SELECT date_gmt FROM ticket WHERE id = ?", opened.id()));
    assertEquals(
        shown(UTC), kept("SELECT created_at FROM customer WHERE email = 'time@example.org'"));
  }

  @Test
  void aPasswordIsAsOldAsTheClockSays() {
    assertEquals(
        List.of(LocalDateTime.parse(UTC)),
        server.bean(UserAccounts.class).passwords(manager.login()).stream()
            .map(UserAccounts.PasswordInfo::created)
            .toList());
    assertEquals(
        shown(UTC),
        kept("SELECT created_at FROM application_password WHERE user_id = ?", manager.id()));
  }

  /** As the database shows it. */
  private static String shown(String dateTime) {
    return dateTime.replace('T', ' ');
  }

  private static String kept(String sql, Object... args) {
    return server.values(sql, args).get(0);
  }
}
