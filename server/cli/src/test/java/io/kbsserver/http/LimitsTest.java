package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own limits, to the last item: COMPATIBILITY.md names them. */
class LimitsTest {

  private static TestServer server;
  private static HttpApi api;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    api = server.user("support_manager").api();
  }

  private static List<Long> ids(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include",
        "exclude",
        "ticket_categories",
        "ticket_categories_exclude",
        "ticket_tag",
        "ticket_tag_exclude",
        "ticket_sources",
        "ticket_sources_exclude",
        "ticket_departments",
        "ticket_departments_exclude"
      })
  void aListOfIdsHasAtMostAThousand(String parameter) {
    api.send("GET", TICKETS, HttpApi.JSON, json(fields(parameter, ids(1000)))).assertOk();
    api.send("GET", TICKETS, HttpApi.JSON, json(fields(parameter, ids(1001))))
        .assertNames(parameter);
  }

  @Test
  void aFieldHasAtMostAHundredItems() {
    HttpApi lenient = api.preferring("lenient");
    long id = api.post("", ticket("limits@example.com")).assertOk().id();
    lenient.post("/" + id, fields("post_category", ids(100))).assertOk();
    lenient.post("/" + id, fields("post_category", ids(101))).assertNames("post_category");
    String hundred = String.join(",", Collections.nCopies(100, "1"));
    lenient.post("/" + id, fields("agents", hundred)).assertOk();
    lenient.post("/" + id, fields("agents", hundred + ",1")).assertNames("agents");
    api.post("/" + id, FORM, "agents=" + hundred.replace(",", "&agents=") + "&agents=1")
        .assertNames("agents");
  }

  @Test
  void aSearchHasAtMostSixteenHundredCharacters() {
    api.get("?search=" + "x".repeat(1600)).assertOk();
    api.get("?search=" + "x".repeat(1601)).assertNames("search");
  }

  @Test
  void tracingHasNoRoute() {
    Answer answer =
        new RawHttp(server.port())
            .send("TRACE " + TICKETS + " HTTP/1.1\r\nHost: localhost\r\nX-Secret: s\r\n\r\n");
    answer.assertError(404, "rest_no_route");
    assertEquals(-1, answer.body().indexOf("Secret"));
  }
}
