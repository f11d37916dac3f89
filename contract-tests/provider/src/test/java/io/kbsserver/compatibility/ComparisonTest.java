package io.kbsserver.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.compare.Comparison;
import io.kbsserver.compare.Difference;
import io.kbsserver.compare.SiteAnswer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts as a difference, and what does not. */
class ComparisonTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2027-07-01T10:00:00Z");
  private static final Moments MOMENTS = new Moments(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void whatMeansTheSameIsNoDifference() {
    assertSame("{'id':5}", "{'id':'5','more':1}");
    assertSame("{'a':null,'b':'','c':[],'d':{},'e':0,'f':'0','g':false}", "{'a':0,'b':[]}");
    assertSame("{'a':[]}", "{'a':{'b':0,'c':''}}");
    assertSame("{'x':1.0}", "{'x':1}");
    assertSame("{'url':'http://a:1/b'}", "{'url':'https://c/b'}");
    assertSame("{'l':[1,2]}", "{'l':['1','2']}");
  }

  @Test
  void whatMeansSomethingElseIsOne() {
    assertDifferences("{'a':'x'}", "{'a':'y'}", "body.a: \"x\" -> \"y\"");
    assertDifferences("{'a':'x'}", "{}", "body.a: \"x\" -> absent");
    assertDifferences("{'a':0}", "{'a':3}", "body.a: 0 -> 3");
    assertDifferences("{'a':[]}", "{'a':[3]}", "body.a: 0 items [] -> 1 items [3]");
    assertDifferences("{'a':[]}", "{'a':{'b':3}}", "body.a: [] -> {\"b\":3}");
    assertDifferences("{'a':[1,2]}", "{'a':[2,1]}", "body.a[0]: 1 -> 2", "body.a[1]: 2 -> 1");
    assertDifferences("{'a':{'b':1}}", "{'a':1}", "body.a: {\"b\":1} -> 1");
    assertDifferences(
        "{'url':'http://a/b'}",
        "{'url':'http://a/c'}",
        "body.url: \"http://a/b\" -> \"http://a/c\"");
  }

  @Test
  void gapsInListsAndAnotherOrderAreRecognised() {
    assertDifferences(
        "{'a':{'0':'x','2':'y'}}",
        "{'a':['x','y']}",
        "body.a: {\"0\":\"x\",\"2\":\"y\"} -> the same values as a list");
    assertDifferences(
        "{'a':{'0':'x','2':'y'}}",
        "{'a':['x','z']}",
        "body.a: {\"0\":\"x\",\"2\":\"y\"} -> [\"x\",\"z\"]");
    assertDifferences(
        "[{'id':1,'date':'d'},{'id':2,'date':'d'}]",
        "[{'id':2,'date':'d'},{'id':1,'date':'e'}]",
        "order of body: [1, 2] -> [2, 1]",
        "body[id 1].date: \"d\" -> \"e\"");
    assertDifferences(
        "[{'id':1,'date':'d'},{'id':2,'date':'d'}]",
        "[{'id':2,'date':'d'},{'id':1,'date':'d'}]",
        "order of body: [1, 2] -> [2, 1], date in the same order");
  }

  @Test
  void ofLongTextsThePlaceWhereTheyDifferIsShown() {
    String same = "x".repeat(1000);
    assertDifferences(
        "{'a':'" + same + "1" + same + "'}",
        "{'a':'" + same + "2'}",
        "body.a: …" + "x".repeat(100) + "1" + "x".repeat(299) + "… -> …" + "x".repeat(100) + "2\"");
    assertDifferences(
        "{'a':'1" + same + "'}", "{'a':'2'}", "body.a: \"1" + "x".repeat(398) + "… -> \"2\"");
  }

  @Test
  void timesOfWritesHaveToBeRecentAndAllOthersEqual() {
    assertSame(
        "{'modified':'2026-11-23T21:10:00','modified_gmt':'2026-11-23T20:10:00'}",
        "{'modified':'2027-07-01T12:00:01','modified_gmt':'2027-07-01T09:59:59'}");
    assertDifferences(
        "{'modified':'2026-11-23T21:10:00'}",
        "{'modified':'2027-07-01T10:00:00'}",
        "body.modified: \"2026-11-23T21:10:00\" -> \"2027-07-01T10:00:00\"");
    assertDifferences(
        "{'modified':'2023-01-01T21:10:00'}",
        "{'modified':'2027-07-01T12:00:00'}",
        "body.modified: \"2023-01-01T21:10:00\" -> \"2027-07-01T12:00:00\"");
  }

  /** Berlin was an hour ahead of UTC when it was recorded, and is two in the summer. */
  @Test
  void theOffsetOfTheSiteIsThatOfTheDay() {
    assertSame("{'gmt_offset':1}", "{'gmt_offset':2}");
    assertDifferences("{'gmt_offset':1}", "{'gmt_offset':3}", "body.gmt_offset: 1 -> 3");
    assertDifferences("{'gmt_offset':3}", "{'gmt_offset':2}", "body.gmt_offset: 3 -> 2");
    assertDifferences("{'other':1}", "{'other':2}", "body.other: 1 -> 2");
  }

  @Test
  void keysAreFreshOnNewTicketsOnly() {
    String recorded = "'ticket_data':{'key':'0123456789abcdef0123456789abcdef'}}";
    String answered = "'ticket_data':{'key':'ffffffffffffffffffffffffffffffff'}}";
    assertSame("{'id':354," + recorded, "{'id':354," + answered);
    assertEquals(1, differences("{'id':26," + recorded, "{'id':26," + answered).size());
    assertEquals(
        1, differences("{'id':354," + recorded, "{'id':354,'ticket_data':{'key':'x'}}").size());
  }

  @Test
  void statusesCodesAndParametersCount() {
    String error = "{'code':'c','data':{'params':{'p':'wrong'}}}";
    assertEquals(List.of(), of(400, error, 400, error));
    assertEquals(List.of(), of(500, error, 400, error));
    assertEquals("status: 200 -> 400 c", of(200, "{}", 400, error).get(0).toString());
    assertEquals("status: 403 c -> 500 c", of(403, error, 500, error).get(0).toString());
    assertEquals(
        "code: c -> d",
        of(400, error, 400, "{'code':'d','data':{'params':{'p':'wrong'}}}").get(0).toString());
    assertEquals("data.params: [p] -> []", of(400, error, 400, "{'code':'c'}").get(0).toString());
  }

  @Test
  void linksAreComparedByTheirParameters() {
    Map<String, String> recorded =
        Map.of("x-wp-total", "3", "link", "<http://a/kbs/v/t?a&b%5B0%5D=2&page=2>; rel=\"next\"");
    Map<String, String> same =
        Map.of("x-wp-total", "3", "link", "<http://b/kbs/v1/t?page=2&b[0]=2&a=>; rel=\"next\"");
    Map<String, String> other =
        Map.of("x-wp-total", "4", "link", "<http://b/kbs/v1/t?page=1&b[0]=2&a=>; rel=\"prev\"");
    assertEquals(List.of(), of(200, "[]", recorded, 200, "[]", same));
    assertEquals(
        List.of("x-wp-total: 3 -> 4", "link: {next=[a=, b=2, page=2]} -> {prev=[a=, b=2, page=1]}"),
        of(200, "[]", recorded, 200, "[]", other).stream().map(Difference::toString).toList());
  }

  @Test
  void aListInALinkIsTheSameHoweverItIsWritten() {
    Map<String, String> recorded = link("s%5B0%5D=open&s%5B1%5D=hold&page=2");
    for (String same :
        List.of("page=2&s=open,hold", "s=open%2Chold&page=2", "s[]=open&s[]=hold&page=2")) {
      assertEquals(List.of(), of(200, "[]", recorded, 200, "[]", link(same)), same);
    }
    for (String other :
        List.of("page=2&s=hold,open", "s=open&page=2", "s=open,hold", "s[a]=open,hold&page=2")) {
      assertEquals(1, of(200, "[]", recorded, 200, "[]", link(other)).size(), other);
    }
  }

  private static Map<String, String> link(String query) {
    return Map.of("x-wp-total", "3", "link", "<http://a/t?" + query + ">; rel=\"next\"");
  }

  private static void assertSame(String recorded, String answered) {
    assertDifferences(recorded, answered);
  }

  private static void assertDifferences(String recorded, String answered, String... expected) {
    assertEquals(
        List.of(expected),
        differences(recorded, answered).stream().map(Difference::toString).toList());
  }

  private static List<Difference> differences(String recorded, String answered) {
    return of(200, recorded, 200, answered);
  }

  private static List<Difference> of(int status, String body, int answer, String answerBody) {
    return of(status, body, Map.of(), answer, answerBody, Map.of());
  }

  private static List<Difference> of(
      int status,
      String body,
      Map<String, String> headers,
      int answer,
      String answerBody,
      Map<String, String> answerHeaders) {
    return Comparison.of(
        "GET",
        new SiteAnswer(status, headers, json(body)),
        new SiteAnswer(answer, answerHeaders, json(answerBody)),
        MOMENTS);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
