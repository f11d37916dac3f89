package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.site.WallClock;
import io.kbsserver.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nights in which the site's clock is put forward or back, lived through: tickets are opened and
 * changed before, within and after the time that is skipped or comes twice. WordPress keeps the
 * wall clock, sorts by it and compares with it; the twins in UTC tell the moments apart.
 */
class ClockChangeTest {

  private static final Duration AROUND = Duration.ofMinutes(90);
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private static TestServer server;
  private static SetClock.Movable clock;
  private static HttpApi api;

  /** A ticket, when it was opened, and what the clock on the wall showed. */
  private record Opened(long id, Instant moment, LocalDateTime shown) {}

  @BeforeAll
  static void start() {
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_clock_change"),
            Map.of(SetClock.NOW, "2018-01-01T00:00:00Z"));
    clock = server.bean(SetClock.Movable.class);
    api = server.user("support_manager").api();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-01-01T00:00:00Z",
    "America/New_York, 2026-01-01T00:00:00Z",
    "Australia/Lord_Howe, 2026-01-01T00:00:00Z",
    "Africa/Casablanca, 2026-01-01T00:00:00Z",
    "America/Sao_Paulo, 2018-01-01T00:00:00Z"
  })
  void bothNightsAreLivedThrough(ZoneId zone, Instant year) {
    ZoneOffsetTransition first = zone.getRules().nextTransition(year);
    ZoneOffsetTransition second = zone.getRules().nextTransition(first.getInstant());
    assertTrue(first.isGap() != second.isGap());
    for (ZoneOffsetTransition night : List.of(first, second)) {
      live(zone, night.getInstant());
    }
  }

  @ParameterizedTest
  @CsvSource({"Asia/Kolkata", "+05:30", "-09:30", "UTC"})
  void aClockThatIsNeverChangedGoesOn(ZoneId zone) {
    live(zone, Instant.parse("2026-03-29T01:00:00Z"));
  }

  private void live(ZoneId zone, Instant change) {
    server.set("time_zone", zone.getId());
    String email = TestServer.unique("night") + "@example.org";
    List<Opened> night = new ArrayList<>();
    Instant end = change.plus(AROUND);
    for (Instant now = change.minus(AROUND); !now.isAfter(end); now = now.plus(STEP)) {
      clock.move(now);
      night.add(opened(email, now, zone));
    }
    long customer = api.get("/" + night.get(0).id()).json().at("/ticket_data/customer").asLong();
    List<Opened> sorted = new ArrayList<>(night);
    sorted.sort(Comparator.comparing(Opened::shown).thenComparing(Opened::id));
    assertEquals(ids(sorted, one -> true), paged(customer));
    for (Opened one : night) {
      String utc = written(one.moment().atOffset(ZoneOffset.UTC).toLocalDateTime()) + "Z";
      for (String asked : List.of(utc, written(one.shown()))) {
        compare(customer, "after=" + asked, ids(sorted, it -> it.shown().isAfter(one.shown())));
        compare(customer, "before=" + asked, ids(sorted, it -> it.shown().isBefore(one.shown())));
      }
    }
    // Every quarter of an hour that somebody may write, those that the clock skips included.
    LocalDateTime from = night.get(0).shown();
    for (int i = 0; i < night.size(); i++) {
      LocalDateTime asked = from.plus(STEP.multipliedBy(i));
      LocalDateTime meant = WallClock.shown(asked, zone);
      compare(customer, "after=" + written(asked), ids(sorted, it -> it.shown().isAfter(meant)));
    }
  }

  /** Opens a ticket, and changes it a minute later. */
  private static Opened opened(String email, Instant now, ZoneId zone) {
    Answer opened = api.post("", ticket(email)).assertOk();
    LocalDateTime shown = now.atZone(zone).toLocalDateTime();
    assertMoment(opened, "date", now, zone);
    assertMoment(opened, "modified", now, zone);
    Instant later = now.plusSeconds(60);
    clock.move(later);
    Answer changed = api.post("/" + opened.id(), fields("status", "closed")).assertOk();
    for (Answer answer : List.of(changed, api.get("/" + opened.id()).assertOk())) {
      assertMoment(answer, "date", now, zone);
      assertMoment(answer, "modified", later, zone);
      String resolved = written(later.atZone(zone).toLocalDateTime());
      assertEquals(resolved, answer.text("ticket_data.resolved_date"));
    }
    return new Opened(opened.id(), now, shown);
  }

  private static void assertMoment(Answer answer, String field, Instant moment, ZoneId zone) {
    assertEquals(written(moment.atZone(zone).toLocalDateTime()), answer.text(field));
    // WordPress passes these through the site's clock as well, which skips an hour.
    LocalDateTime utc = moment.atOffset(ZoneOffset.UTC).toLocalDateTime();
    String asShown = written(ZonedDateTime.ofLocal(utc, zone, null).toLocalDateTime());
    assertEquals(asShown, answer.text(field + "_gmt"));
  }

  private static void compare(long customer, String filter, List<Long> wanted) {
    Answer list =
        api.get("?customer=" + customer + "&per_page=100&orderby=date&order=asc&" + filter);
    assertEquals(wanted, list.ids(), filter);
    assertEquals(wanted.size(), list.total(), filter);
  }

  private static List<Long> paged(long customer) {
    List<Long> ids = new ArrayList<>();
    Answer page;
    do {
      page =
          api.get(
              "?customer="
                  + customer
                  + "&orderby=date&order=asc&per_page=4&page="
                  + (ids.size() / 4 + 1));
      ids.addAll(page.ids());
    } while (page.header("Link").contains("rel=\"next\""));
    return ids;
  }

  private static List<Long> ids(List<Opened> sorted, Predicate<Opened> wanted) {
    return sorted.stream().filter(wanted).map(Opened::id).toList();
  }

  private static String written(LocalDateTime time) {
    return time.format(WRITTEN);
  }
}
