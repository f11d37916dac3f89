package io.kbsserver.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.compare.Comparison;
import io.kbsserver.compare.Deviation;
import io.kbsserver.compare.Facts;
import io.kbsserver.compare.Leeway;
import io.kbsserver.compare.Occasion;
import io.kbsserver.compare.SiteAnswer;
import io.kbsserver.compare.Situation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rows of COMPATIBILITY.md mean what they say, on any site, and nothing next to it. */
class DeviationTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = "GET /wp-json/kbs/v1/tickets";
  private static final String NONE = "";

  /** A site where these tickets are the caller's, of so many that the request means. */
  private record Known(
      boolean mayBeCustomer, boolean mayBeRestrictedAgent, Set<Long> own, long count, boolean met)
      implements Facts {

    static Known customer(long count, Long... own) {
      return new Known(true, false, Set.of(own), count, false);
    }

    static Known restricted(long count, Long... own) {
      return new Known(false, true, Set.of(own), count, false);
    }

    static Known agent(boolean met) {
      return new Known(false, false, Set.of(), 0, met);
    }

    @Override
    public boolean maySee(JsonNode ticket) {
      return own.contains(ticket.path("id").asLong());
    }

    @Override
    public boolean mayBeFiltered(String field, JsonNode kept, JsonNode sent) {
      return ImportedFacts.isFilteredAgain(field, kept, sent);
    }

    @Override
    public boolean mayMeetProtected() {
      return met;
    }

    @Override
    public OptionalLong total() {
      return OptionalLong.of(count);
    }

    @Override
    public Optional<ZoneId> zone() {
      return Optional.of(ZoneId.of("Etc/GMT-3"));
    }

    @Override
    public Optional<Instant> moment() {
      return Optional.of(Moments.RECORDING);
    }
  }

  /** Only where every list is refused, over nothing else, and by an answer that we can give. */
  @Test
  void aPluginAsItWasShippedIsExplainedAndNothingNextToIt() {
    Facts shipped =
        new Facts() {
          @Override
          public boolean listsNothing() {
            return true;
          }
        };
    String code = "{'code':'rest_invalid_param','data':{'params':";
    SiteAnswer refused = answer(400, code + "{'status':'a'}}}");
    SiteAnswer more = answer(400, code + "{'page':'b','status':'a'}}}");
    SiteAnswer page = answer(400, "{'code':'rest_post_invalid_page_number'}");
    SiteAnswer ours = page(1, "[{'id':7}]", "");
    String row = "lists-as-shipped";
    assertRow(row, LIST + "?page=1", refused, ours, shipped);
    assertRow(row, "HEAD /wp-json/kbs/v1/tickets", answer(400, "{}"), ours, shipped);
    assertRow(row, LIST, refused, answer(401, "{'code':'rest_forbidden_context'}"), shipped);
    assertRow(row, LIST + "?page=9", refused, page, shipped);
    assertRow(row, LIST + "?page=0", more, answer(400, code + "{'page':'b'}}}"), shipped);
    assertRow(NONE, LIST + "?page=0", more, page, shipped);
    assertRow(NONE, LIST, refused, ours, Known.agent(false));
    assertRow(NONE, LIST, refused, answer(503, "{}"), shipped);
    assertRow(NONE, LIST, answer(400, code + "{'page':'b'}}}"), ours, shipped);
    assertRow(NONE, LIST + "/7", refused, answer(200, "{'id':7}"), shipped);
  }

  @Test
  void customersSeeTheirOwnAndNothingElse() {
    String own = "{'id':7,'ticket_data':{'customer':3}}";
    SiteAnswer refused = answer(403, "{'code':'rest_forbidden'}");
    String one = LIST + "/7";
    assertRow("customers-see-their-own", one, refused, answer(200, own), Known.customer(1, 7L));
    assertRow(NONE, one, refused, answer(200, own), Known.customer(1, 8L));
    assertRow(NONE, one, refused, answer(200, own), Known.restricted(1, 7L));
    assertRow(NONE, one, refused, answer(200, own), Known.agent(false));
  }

  @Test
  void listsOfCustomersAreTheirOwnTicketsAndComplete() {
    SiteAnswer plugin = page(12, "[]", "next");
    SiteAnswer ours = page(2, "[{'id':8},{'id':7}]", "");
    assertRow("customers-see-their-own", LIST, plugin, ours, Known.customer(2, 7L, 8L));
    // One of them is somebody else's.
    assertRow(NONE, LIST, plugin, ours, Known.customer(2, 7L));
    // One is missing.
    assertRow(NONE, LIST, plugin, page(2, "[{'id':8}]", ""), Known.customer(2, 7L, 8L));
    assertRow(NONE, LIST, plugin, page(1, "[{'id':8}]", ""), Known.customer(2, 7L, 8L));
    // A page that is said to exist, and does not.
    assertRow(
        NONE, LIST, plugin, page(2, "[{'id':8},{'id':7}]", "next"), Known.customer(2, 7L, 8L));
    // An agent has a total of all.
    assertRow(NONE, LIST, plugin, ours, Known.agent(false));
    // A second page, of one.
    String second = LIST + "?page=2";
    SiteAnswer none = answer(400, "{'code':'rest_post_invalid_page_number'}");
    assertRow("customers-see-their-own", second, plugin, none, Known.customer(2, 7L, 8L));
    assertRow(NONE, second, plugin, none, Known.customer(11, 7L, 8L));
    // Nothing has no last page.
    SiteAnswer empty = page(0, "[]", "prev");
    assertRow("customers-see-their-own", second, none, empty, Known.customer(0));
    assertRow(NONE, second, none, empty, Known.customer(1, 7L));
    assertRow(NONE, second, none, empty, Known.agent(false));
  }

  /** Answers to HEAD have no body that names a code. */
  @Test
  void headIsHeldToTheSameRows() {
    String row = "customers-see-their-own";
    String head = LIST.replace("GET", "HEAD");
    assertRow(row, head + "/7", answer(403, "null"), answer(200, "null"), Known.customer(1, 7L));
    assertRow(NONE, head + "/7", answer(403, "null"), answer(200, "null"), Known.agent(false));
    SiteAnswer second = page(12, "null", "prev");
    assertRow(row, head + "?page=2", second, answer(400, "null"), Known.customer(2, 7L, 8L));
    assertRow(NONE, head + "?page=2", second, answer(400, "null"), Known.customer(11, 7L));
    assertRow(NONE, head, second, answer(400, "null"), Known.customer(2, 7L, 8L));
    assertRow(NONE, LIST + "?page=2", second, answer(400, "{}"), Known.customer(2, 7L, 8L));
  }

  /** What is in an envelope is held to the same rows. */
  @Test
  void answersInEnvelopesAreLikeOthers() {
    String row = "customers-see-their-own";
    String one = LIST + "/7?_envelope";
    SiteAnswer refused = envelope(403, "{}", "{'code':'rest_forbidden'}");
    SiteAnswer own = envelope(200, "{}", "{'id':7,'ticket_data':{'customer':3}}");
    assertRow(row, one, refused, own, Known.customer(1, 7L));
    assertRow(NONE, one, refused, own, Known.customer(1, 8L));
    SiteAnswer first = envelope(200, headers(12, 2, "page=2", "next"), "[]");
    SiteAnswer ours = envelope(200, headers(1, 1, "", ""), "[{'id':7}]");
    assertRow(row, LIST + "?_envelope", first, ours, Known.customer(1, 7L));
    assertRow(NONE, LIST + "?_envelope", first, ours, Known.customer(1, 8L));
    SiteAnswer none = envelope(400, "{}", "{'code':'rest_post_invalid_page_number'}");
    SiteAnswer second = envelope(200, headers(12, 2, "page=1", "prev"), "[]");
    assertRow(row, LIST + "?page=2&_envelope", second, none, Known.customer(1, 7L));
    // A link to another page is no other link.
    SiteAnswer wrong = envelope(200, headers(12, 2, "page=3", "next"), "[]");
    assertRow(NONE, LIST + "?_envelope", first, wrong, Known.agent(false));
  }

  private static String headers(int total, int pages, String query, String relation) {
    String link = "<http://a/wp-json/kbs/v/tickets?" + query + ">; rel=\\\"" + relation + "\\\"";
    return "{'X-WP-Total':%d,'X-WP-TotalPages':%d%s}"
        .formatted(total, pages, relation.isEmpty() ? "" : ",'Link':'" + link + "'");
  }

  private static SiteAnswer envelope(int status, String headers, String body) {
    return answer(200, "{'body':" + body + ",'status':" + status + ",'headers':" + headers + "}");
  }

  @Test
  void onlyTicketsWithoutCustomerAreTakenFromCustomers() {
    SiteAnswer plugin = page(12, "[{'id':9,'ticket_data':{'customer':0}}]", "next");
    SiteAnswer other = page(12, "[{'id':9,'ticket_data':{'customer':3}}]", "next");
    SiteAnswer ours = page(0, "[]", "");
    assertRows(
        List.of("customers-see-their-own", "tickets-without-customer"),
        LIST,
        plugin,
        ours,
        Known.customer(0));
    assertRow(NONE, LIST, other, ours, Known.customer(0));
    SiteAnswer refused = answer(403, "{'code':'rest_forbidden'}");
    String one = LIST + "/9";
    SiteAnswer without = answer(200, "{'id':9,'ticket_data':{'email':'a@b.example'}}");
    assertRow("tickets-without-customer", one, without, refused, Known.customer(0));
    SiteAnswer with = answer(200, "{'id':9,'ticket_data':{'customer':'3'}}");
    assertRow(NONE, one, with, refused, Known.customer(0));
    assertRow(NONE, one, without, refused, Known.agent(false));
  }

  @Test
  void agentsWithARestrictedViewGetFullPagesOfWhatTheySee() {
    String request = LIST + "?per_page=2";
    SiteAnswer plugin = page(5, 2, "[{'id':9}]", "next");
    SiteAnswer ours = page(3, 2, "[{'id':9},{'id':4}]", "next");
    String row = "counts-of-what-is-visible";
    assertRow(row, request, plugin, ours, Known.restricted(3, 9L, 4L, 2L));
    assertRow(NONE, request, plugin, ours, Known.restricted(3, 9L));
    assertRow(NONE, request, plugin, ours, Known.restricted(4, 9L, 4L));
    SiteAnswer otherOrder = page(3, 2, "[{'id':4},{'id':9}]", "next");
    assertRow(NONE, request, plugin, otherOrder, Known.restricted(3, 9L, 4L));
    assertRow(NONE, request, plugin, ours, Known.agent(false));
  }

  @Test
  void protectedTicketsAreTheOnlyFailureThatIsMeant() {
    SiteAnswer failed = answer(500, "null");
    SiteAnswer ours = page(1, "[{'id':9}]", "");
    assertRow("protected-tickets", LIST, failed, ours, Known.agent(true));
    assertRow(NONE, LIST, failed, ours, Known.agent(false));
    assertRow(NONE, LIST, answer(500, "{'code':'required_fields'}"), ours, Known.agent(true));
  }

  @Test
  void tiesAreOfTheColumnThatIsSortedBy() {
    String first = "{'id':1,'date':'a','modified':'m','title':{'raw':'Über'}}";
    String second = "{'id':2,'date':'b','modified':'m','title':{'raw':'uber'}}";
    SiteAnswer plugin = page(2, "[" + first + "," + second + "]", "");
    SiteAnswer ours = page(2, "[" + second + "," + first + "]", "");
    assertRow("ties-by-id", LIST + "?orderby=modified", plugin, ours, Known.agent(false));
    assertRow("ties-by-id", LIST + "?orderby=title&order=asc", plugin, ours, Known.agent(false));
    assertRow(NONE, LIST + "?orderby=date", plugin, ours, Known.agent(false));
    assertRow(NONE, LIST, plugin, ours, Known.agent(false));
  }

  @Test
  void agentsAndCustomersAreSortedBy() {
    String first = "{'id':1,'ticket_data':{'agent':3}}";
    String second = "{'id':2,'ticket_data':{'agent':5}}";
    SiteAnswer plugin = page(2, "[" + first + "," + second + "]", "");
    SiteAnswer ours = page(2, "[" + second + "," + first + "]", "");
    String row = "order-by-agent-and-customer";
    assertRow(row, LIST + "?orderby=agent", plugin, ours, Known.agent(false));
    assertRow(NONE, LIST + "?orderby=agent&order=asc", plugin, ours, Known.agent(false));
    assertRow(NONE, LIST + "?orderby=title", plugin, ours, Known.agent(false));
    // Nobody may be missing from the only page.
    SiteAnswer other = page(2, "[" + second + ",{'id':9,'ticket_data':{'agent':3}}]", "");
    assertRow(NONE, LIST + "?orderby=agent", plugin, other, Known.agent(false));
  }

  @Test
  void equalValuesMayGoOverThePagesEdgeAndOnlyThere() {
    String request = LIST + "?orderby=modified&per_page=2";
    SiteAnswer plugin = page(3, 2, "[{'id':1,'modified':'x'},{'id':2,'modified':'y'}]", "next");
    SiteAnswer ours = page(3, 2, "[{'id':1,'modified':'x'},{'id':3,'modified':'y'}]", "next");
    assertRow("ties-by-id", request, plugin, ours, Known.agent(false));
    // The whole list is shown: a ticket is missing.
    assertRow(
        NONE,
        request,
        page(2, 2, "[{'id':1,'modified':'x'},{'id':2,'modified':'y'}]", ""),
        page(2, 2, "[{'id':1,'modified':'x'},{'id':3,'modified':'y'}]", ""),
        Known.agent(false));
    // In the middle of a page nothing can be missing.
    assertRow(
        NONE,
        request,
        page(4, 2, "[{'id':1,'modified':'x'},{'id':2,'modified':'y'},{'id':4,'modified':'z'}]", ""),
        page(4, 2, "[{'id':1,'modified':'x'},{'id':3,'modified':'y'},{'id':4,'modified':'z'}]", ""),
        Known.agent(false));
  }

  @Test
  void shortcodesOfThePluginStayAsTheyWereWritten() {
    String page = "<div class=\\\"kbs\\\">a form</div>";
    for (String code :
        List.of("[kbs_tickets]", "[kbs_submit form='1']", "[kbs_articles]", "[other-plugin]")) {
      String written = code.replace("'", "\\u0027");
      assertRow(
          "page-shortcode",
          LIST + "/1",
          rendered(written, page),
          rendered(written, "<p>" + written + "</p>"),
          Facts.NONE);
      assertRow(
          NONE, LIST + "/1", rendered(written, page), rendered(written, "<p></p>"), Facts.NONE);
    }
    // WordPress's own are ours to execute.
    assertRow(
        NONE,
        LIST + "/1",
        rendered("[gallery]", ""),
        rendered("[gallery]", "[gallery]"),
        Facts.NONE);
    assertRow(
        NONE, LIST + "/1", rendered("hello", page), rendered("hello", "<p>hello</p>"), Facts.NONE);
    assertRow(
        NONE,
        LIST + "/1",
        rendered("[kbs_tickets]", page),
        rendered("[kbs_tickets] more", "<p>[kbs_tickets] more</p>"),
        Facts.NONE);
  }

  @Test
  void playersBecomeLinksAndAllElseStays() {
    String raw = "Listen [audio src=a.mp3] now";
    String player =
        "<p>Listen <!--[if lt IE 9]><script>document.createElement(1);</script><![endif]--> <audio"
            + " class=wp-audio-shortcode><source src=a.mp3?_=1 /><a href=a.mp3>a.mp3</a></audio>"
            + " now</p>";
    SiteAnswer plugin = rendered(raw, player);
    assertRow("players", LIST + "/1", plugin, rendered(raw, "<p>Listen a.mp3 now</p>"), Facts.NONE);
    assertRow(NONE, LIST + "/1", plugin, rendered(raw, "<p>Listen a.mp3</p>"), Facts.NONE);
    assertRow(NONE, LIST + "/1", rendered("x", "<audio></audio>x"), rendered("x", "x"), Facts.NONE);
  }

  @Test
  void smiliesThatArePicturesStayAsTheyWereWritten() {
    String raw = "So :mrgreen:";
    SiteAnswer plugin =
        rendered(
            raw,
            "<p>So <img src=\\\"http://a/mrgreen.png\\\" alt=\\\":mrgreen:\\\""
                + " class=\\\"wp-smiley\\\" /></p>");
    SiteAnswer ours = rendered(raw, "<p>So :mrgreen:</p>");
    assertRow("picture-smilies", LIST + "/1", plugin, ours, Facts.NONE);
    assertRow(NONE, LIST + "/1", plugin, rendered(raw, "<p>So</p>"), Facts.NONE);
  }

  @Test
  void modifiedGmtIsOffByTheOffsetOfTodayAndByNothingElse() {
    String before = "{'id':1,'modified':'2023-07-30T01:00:00','modified_gmt':'";
    SiteAnswer plugin = answer(200, before + "2023-07-30T00:00:00'}");
    SiteAnswer hour = answer(200, before + "2023-07-29T23:00:00'}");
    SiteAnswer day = answer(200, before + "2023-07-28T23:00:00'}");
    assertRow("modified-gmt-in-summer", LIST + "/1", plugin, hour, Facts.NONE);
    assertRow(NONE, LIST + "/1", plugin, day, Facts.NONE);
    // Three hours ahead of UTC all year, neither is right.
    assertRow(NONE, LIST + "/1", plugin, hour, Known.agent(false));
  }

  /** What was recorded in winter stays as it is in summer. */
  @Test
  void theOffsetIsThatOfTheDayOnWhichThePluginAnswered() {
    String before = "{'id':1,'modified':'2023-07-30T01:02:06','modified_gmt':'";
    SiteAnswer plugin = answer(200, before + "2023-07-30T00:02:06'}");
    SiteAnswer ours = answer(200, before + "2023-07-29T23:02:06'}");
    assertRow("modified-gmt-in-summer", LIST + "/1", plugin, ours, berlin("2026-11-23T20:08:00Z"));
    assertRow(NONE, LIST + "/1", plugin, ours, berlin("2027-07-01T10:00:00Z"));
  }

  private static Facts berlin(String moment) {
    return new Facts() {
      @Override
      public Optional<ZoneId> zone() {
        return Optional.of(ZoneId.of("Europe/Berlin"));
      }

      @Override
      public Optional<Instant> moment() {
        return Optional.of(Instant.parse(moment));
      }
    };
  }

  @Test
  void backslashesAreTheOnlyDifferenceOfTextsThatHadSome() {
    String sent = "POST /wp-json/kbs/v1/tickets {\"ticket_title\": \"a\\\\b\"}";
    SiteAnswer plugin = answer(200, "{'id':1,'title':{'raw':'ab'}}");
    SiteAnswer ours = answer(200, "{'id':1,'title':{'raw':'a\\\\b'}}");
    SiteAnswer wrong = answer(200, "{'id':1,'title':{'raw':'a\\\\c'}}");
    assertEquals(List.of("backslashes"), rows(sent, plugin, ours));
    assertEquals(List.of(NONE), rows(sent, plugin, wrong));
    assertEquals(List.of(NONE), rows("POST /wp-json/kbs/v1/tickets {}", plugin, ours));
  }

  @Test
  void textsMayHaveBeenFilteredOnceMoreByThePlugin() {
    String sent = "POST /wp-json/kbs/v1/tickets/1 {\"status\": \"closed\"}";
    SiteAnswer plugin = rendered("a &amp; <b>b</b>", "<p>a &amp; <b>b</b></p>\\n");
    SiteAnswer ours = rendered("a & <b>b</b>", "<p>a &#038; <b>b</b></p>\\n");
    assertEquals(List.of("texts-stay-as-stored"), rows(sent, plugin, ours));
    SiteAnswer lost = rendered("a & b", "<p>a &#038; b</p>\\n");
    assertEquals(List.of(NONE), rows(sent, plugin, lost));
    assertEquals(List.of(NONE), rows("GET /wp-json/kbs/v1/tickets/1 ", plugin, ours));
  }

  @Test
  void anAgentByEmailIsClaimedOnlyWhereOneWasSent() {
    String request = "POST /wp-json/kbs/v1/tickets/1 ";
    SiteAnswer plugin = answer(200, "{'id':1,'ticket_data':{'agent':''}}");
    SiteAnswer ours = answer(200, "{'id':1,'ticket_data':{'agent':5}}");
    assertEquals(List.of("agent-by-email"), rows(request + "{\"agent\":\"a@b.c\"}", plugin, ours));
    assertEquals(List.of(NONE), rows(request + "{\"agent\":5}", plugin, ours));
  }

  private static List<String> rows(String sent, SiteAnswer plugin, SiteAnswer ours) {
    return rows(
        new Occasion(
            "g",
            "n",
            "someone",
            sent.substring(0, sent.indexOf(" ", 6)),
            "{}",
            List.of(sent),
            List.of()),
        plugin,
        ours,
        Known.agent(false));
  }

  private static List<String> rows(
      Occasion occasion, SiteAnswer plugin, SiteAnswer ours, Facts facts) {
    Situation situation = new Situation(occasion, plugin, ours, facts);
    return Comparison.of("GET", plugin, ours, Leeway.NONE).stream()
        .map(
            difference ->
                Deviation.all().stream()
                    .filter(row -> row.claims(situation, difference).isPresent())
                    .map(Deviation::id)
                    .findFirst()
                    .orElse(NONE))
        .distinct()
        .toList();
  }

  @Test
  void nobodyIsNoCustomerAndEverybodyElseIsOne() {
    String one = "GET /wp-json/kbs/v1/customers/7";
    String links = "{'id':%d,'_links':{'self':[{'href':'http://x/wp-json/kbs/v1/customers/%<d'}]}}";
    SiteAnswer none = answer(404, "{'code':'rest_customer_invalid_id'}");
    assertRow("no-such-customer", one, answer(200, links.formatted(0)), none, Known.agent(false));
    assertRow(NONE, one, answer(200, links.formatted(7)), none, Known.agent(false));
  }

  @Test
  void parametersOfCustomersWorkWhereThePluginIgnoresThem() {
    String list = "GET /wp-json/kbs/v1/customers";
    SiteAnswer newest = answer(200, "[{'id':3},{'id':2},{'id':1}]");
    SiteAnswer oldest = answer(200, "[{'id':1},{'id':2}]");
    SiteAnswer one = answer(200, "[{'id':2}]");
    assertRow("lists-of-customers", list + "?include[]=2", newest, one, Known.agent(false));
    assertRow(NONE, list, newest, one, Known.agent(false));
    assertRow(NONE, list + "?order=asc", oldest, one, Known.agent(false));
  }

  @Test
  void aSearchMissesArticlesThatHideTheirTextAndNoOthers() {
    String search = "GET /wp-json/wp/v2/articles?search=zebra";
    String open = "{'id':1,'content':{'rendered':'<p>x</p>'}}";
    String hidden = "{'id':2,'content':{'rendered':'<p> . . .</p>\\n'}}";
    SiteAnswer plugin = page(2, "[" + open + "," + hidden + "]", "");
    SiteAnswer ours = page(1, "[" + open + "]", "");
    assertRow("hidden-texts-are-not-searched", search, plugin, ours, Known.agent(false));
    assertRow(NONE, search, plugin, page(1, "[" + hidden + "]", ""), Known.agent(false));
    assertRow(NONE, "GET /wp-json/wp/v2/articles", plugin, ours, Known.agent(false));
  }

  @Test
  void ofAnArticleOnlyWhatRunsIsMissing() {
    String one = "GET /wp-json/wp/v2/articles/1";
    SiteAnswer plugin = rendered("a", "<p>a</p><script>run()</script><iframe src=x></iframe>");
    assertRow("articles-run-nothing", one, plugin, rendered("a", "<p>a</p>"), Facts.NONE);
    assertRow(NONE, one, plugin, rendered("a", "<p></p>"), Facts.NONE);
    assertRow(NONE, one, plugin, rendered("a", "<p>a</p><iframe src=x></iframe>"), Facts.NONE);
    assertRow(
        NONE, one, rendered("a", "<p>a <b>c</b></p>"), rendered("a", "<p>a c</p>"), Facts.NONE);
  }

  @Test
  void articlesAreNotWrittenHowever() {
    SiteAnswer none = answer(404, "{'code':'rest_no_route'}");
    SiteAnswer anonymous = answer(401, "{'code':'rest_cannot_edit'}");
    String one = " /wp-json/wp/v2/articles/1";
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      assertRow("articles-are-read", method + one, anonymous, none, Facts.NONE);
      assertRow("articles-are-read", method + one, answer(200, "{'id':1}"), none, Facts.NONE);
    }
    assertRow(NONE, "GET" + one, answer(200, "{'id':1}"), none, Facts.NONE);
    assertRow(NONE, "PUT" + one, anonymous, answer(403, "{'code':'rest_forbidden'}"), Facts.NONE);
  }

  @Test
  void aPasswordOpensNoArticle() {
    String one = "GET /wp-json/wp/v2/articles/1";
    SiteAnswer plugin = rendered("", "<p>a</p>");
    SiteAnswer ours = rendered("", "");
    assertRow("passwords-of-articles", one + "?password=x", plugin, ours, Facts.NONE);
    assertRow(NONE, one, plugin, ours, Facts.NONE);
  }

  @Test
  void settingsOfExtensionsAreThoseThatTheFormItselfDoesNotHave() {
    String field = "GET /wp-json/kbs/v1/forms/fields/7";
    String settings = "{'id':7,'meta':{'_kbs_field_settings':{'type':'text'%s}}}";
    SiteAnswer plugin = answer(200, settings.formatted(",'sent_to':'a@b.example'"));
    SiteAnswer ours = answer(200, settings.formatted(""));
    assertRow("settings-of-extensions", field, plugin, ours, Facts.NONE);
    SiteAnswer nothing = answer(200, "{'id':7,'meta':{'_kbs_field_settings':{'value':'x'}}}");
    assertRow(NONE, field, plugin, nothing, Facts.NONE);
  }

  @Test
  void termsCountFewerAndNeverMore() {
    String one = "GET /wp-json/wp/v2/ticket_tag/7";
    SiteAnswer five = answer(200, "{'id':7,'count':5}");
    SiteAnswer four = answer(200, "{'id':7,'count':4}");
    assertRow("counts-of-terms", one, five, four, Facts.NONE);
    assertRow(NONE, one, four, five, Facts.NONE);
    Facts others =
        new Facts() {
          @Override
          public boolean mayBeAllThatHave(long termId, long count) {
            return count == 5;
          }
        };
    assertRow(NONE, one, five, four, others);
  }

  @Test
  void allowIsAboutTheRouteOnlyWhereARequestSaysNothingElse() {
    String tags = "GET /wp-json/wp/v2/ticket_tag?post=";
    String invalid = "{'code':'rest_invalid_param'}";
    SiteAnswer plugin = answer(400, Map.of("allow", "POST"), invalid);
    SiteAnswer ours = answer(400, Map.of("allow", "GET, POST"), invalid);
    assertRow("unreadable-post", tags + "x", plugin, ours, Facts.NONE);
    assertRow(NONE, tags + "5", plugin, ours, Facts.NONE);
    String reply = "POST /wp-json/kbs/v1/replies/ticket/0";
    String missing = "{'code':'required_fields'}";
    assertRow(
        "allowed-before-the-ticket",
        reply,
        answer(400, Map.of("allow", "POST"), missing),
        answer(400, Map.of("allow", "GET, POST"), missing),
        Facts.NONE);
    assertRow(NONE, reply, plugin, ours, Facts.NONE);
  }

  @Test
  void aReplyIsMissingWhereItWasRefused() {
    SiteAnswer plugin = answer(200, "{'id':9,'replies':3}");
    SiteAnswer ours = answer(200, "{'id':9,'replies':2}");
    String sent = "POST /wp-json/kbs/v1/replies/ticket/9 {\"reply_author\":\"a\"}";
    assertEquals(List.of("replies-of-others"), rowsAfter("403 " + sent, plugin, ours));
    assertEquals(List.of(NONE), rowsAfter("200 " + sent, plugin, ours));
  }

  private static List<String> rowsAfter(String answered, SiteAnswer plugin, SiteAnswer ours) {
    String sent = answered.substring(4);
    Occasion occasion =
        new Occasion("g", "n", "someone", LIST + "/9", "{}", List.of(sent), List.of(answered));
    Facts unrestricted =
        new Facts() {
          @Override
          public boolean mayRestrictAgents() {
            return false;
          }
        };
    return rows(occasion, plugin, ours, unrestricted);
  }

  /** All differences are claimed by this row, or, where it is empty, not all are claimed. */
  private static void assertRow(
      String row, String request, SiteAnswer plugin, SiteAnswer ours, Facts facts) {
    List<String> rows =
        rows(
            new Occasion("g", "n", "someone", request, "{}", List.of(), List.of()),
            plugin,
            ours,
            facts);
    if (row.equals(NONE)) {
      assertEquals(true, rows.contains(NONE), rows::toString);
    } else {
      assertEquals(List.of(row), rows);
    }
  }

  private static void assertRows(
      List<String> expected, String request, SiteAnswer plugin, SiteAnswer ours, Facts facts) {
    Occasion occasion = new Occasion("g", "n", "someone", request, "{}", List.of(), List.of());
    assertEquals(expected, rows(occasion, plugin, ours, facts).stream().sorted().toList());
  }

  private static SiteAnswer rendered(String raw, String html) {
    return answer(200, "{'id':1,'content':{'raw':'" + raw + "','rendered':'" + html + "'}}");
  }

  private static SiteAnswer page(int total, String body, String relation) {
    return page(total, 10, body, relation);
  }

  private static SiteAnswer page(int total, int perPage, String body, String relation) {
    String link = "<http://a/wp-json/kbs/v1/tickets?page=2>; rel=\"" + relation + "\"";
    int pages = (total + perPage - 1) / perPage;
    return answer(
        200,
        Map.of(
            "x-wp-total", "" + total,
            "x-wp-totalpages", "" + pages,
            "link", relation.isEmpty() ? "<http://a/>; rel=\"api\"" : link),
        body);
  }

  private static SiteAnswer answer(int status, String body) {
    return answer(status, Map.of(), body);
  }

  private static SiteAnswer answer(int status, Map<String, String> headers, String body) {
    return new SiteAnswer(status, headers, json(body));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
