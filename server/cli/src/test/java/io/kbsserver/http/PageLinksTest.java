package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links to other pages: short enough for proxies, and each of them is taken. */
class PageLinksTest {

  private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"(next|prev)\"");
  private static final int LONGEST = 3000;

  private static HttpApi api;
  private static List<Long> tickets;

  @BeforeAll
  static void makeTheSite() {
    api = TestServer.fresh().user("support_manager").api();
    tickets =
        IntStream.range(0, 4)
            .mapToObj(i -> api.post("", ticket("links@example.org")).assertOk().id())
            .toList();
  }

  /** The address of another page; null where there is no link. */
  private static String link(Answer answer, String relation) {
    String header = answer.header("Link");
    assertTrue(header.length() <= LONGEST, () -> header.length() + " bytes");
    Matcher links = LINK.matcher(header);
    while (links.find()) {
      if (links.group(2).equals(relation)) {
        return links.group(1).replaceFirst("^https?://[^/]+/wp-json/kbs/v1/tickets", "");
      }
    }
    return null;
  }

  /** The tickets, among ids that nothing has. */
  private static String ids(int count) {
    List<String> ids = new ArrayList<>(tickets.stream().map(String::valueOf).toList());
    IntStream.range(ids.size(), count).forEach(i -> ids.add(String.valueOf(90_000_000 + i)));
    return String.join(",", ids);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 50, 180, 300})
  void everyLinkIsShortAndLeadsOn(int count) {
    List<Long> seen = new ArrayList<>();
    String next = "?per_page=1&orderby=include&_fields=id&include=" + ids(count);
    while (next != null) {
      Answer page = api.get(next);
      seen.addAll(page.ids());
      next = link(page, "next");
    }
    assertEquals(tickets, seen);
  }

  @Test
  void theFirstPageIsPageOneEvenWhereNothingMatches() {
    Answer answer = api.get("?include=90000000&page=3").assertOk();
    assertEquals("0", answer.header("X-WP-TotalPages"));
    assertEquals("?include=90000000&page=1", link(answer, "prev"));
    assertEquals(List.of(), api.get(link(answer, "prev")).ids());
  }

  @ParameterizedTest
  @ValueSource(ints = {340, 500, 800, 1000})
  void aLongLinkIsLeftOutAndTheTotalsStay(int count) {
    for (int page = 1; page <= 4; page++) {
      Answer answer = api.get("?per_page=1&page=" + page + "&_fields=id&include=" + ids(count));
      assertEquals(1, answer.ids().size());
      assertEquals(4, answer.total());
      assertEquals("4", answer.header("X-WP-TotalPages"));
      assertNull(link(answer, "next"));
      assertNull(link(answer, "prev"));
    }
  }

  @Test
  void theNextPageGoesBeforeThePreviousOne() {
    String two = "?per_page=1&page=2&include=";
    Answer roomForBoth = api.get(two + ids(100));
    assertTrue(link(roomForBoth, "prev") != null && link(roomForBoth, "next") != null);
    Answer roomForOne = api.get(two + ids(250));
    assertTrue(link(roomForOne, "prev") == null && link(roomForOne, "next") != null);
    Answer last = api.get("?per_page=1&page=4&include=" + ids(250));
    assertTrue(link(last, "prev") != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include=%s,%s",
        "include[]=%s&include[]=%s",
        "include[0]=%s&include[1]=%s",
        "include=%s%%20%s",
        "include=%s%%2C%s"
      })
  void aListIsWrittenWithCommas(String query) {
    Object[] two = tickets.subList(0, 2).toArray();
    Answer answer = api.get("?per_page=1&" + query.formatted(two));
    String list =
        tickets.subList(0, 2).stream().map(String::valueOf).collect(Collectors.joining(","));
    assertEquals("?per_page=1&include=" + list + "&page=2", link(answer, "next"));
    assertEquals(1, api.get(link(answer, "next")).ids().size());
  }

  @Test
  void whatIsNoListOfOursStaysAsItCame() {
    HttpApi lenient = api.preferring("lenient");
    Answer answer = lenient.get("?per_page=1&foo[]=a&foo[]=b&bar=x,y&_fields[]=id&_fields[]=title");
    assertEquals(
        "?per_page=1&foo%5B0%5D=a&foo%5B1%5D=b&bar=x,y&_fields=id,title&page=2",
        link(answer, "next"));
  }

  @Test
  void inAnEnvelopeALongLinkIsLeftOutAsWell() {
    Answer answer = api.get("?per_page=1&_envelope&include=" + ids(500));
    assertEquals(4, answer.json().at("/headers/X-WP-Total").asInt());
    assertFalse(answer.body().contains("rel=\\\"next\\\""), answer::toString);
  }
}
