package io.kbsserver.rest.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request may have done to the body of its answer. */
class BodiesTest {

  private static final JsonMapper JSON = JsonMapper.createDefault();
  private static final JsonTrees TREES = new JsonTrees(JSON);

  /** A request with these parameters in its query, checked. */
  private static HttpRequest<?> request(Map<String, Object> query) {
    HttpRequest<?> request = HttpRequest.GET("/");
    RequestParameters.read(Parameters.of(query), Parameters.NONE, false, false)
        .checked(query, new UnknownValues(true))
        .keepIn(request);
    return request;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readValue(json.replace('\'', '"'), Argument.of(JsonNode.class));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static MutableHttpResponse<Object> answer(String json) {
    return HttpResponse.<Object>ok().body(tree(json));
  }

  private static String body(HttpResponse<?> response) throws IOException {
    return JSON.writeValueAsString(response.body()).replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'b':2}           | a        | {'a':1}",
        "{'a':1,'b':2}           | c        | {}",
        "[{'a':1,'b':2},{'b':3}] | b        | [{'b':2},{'b':3}]",
        "{'a':{'b':1,'c':2}}     | a.b      | {'a':{'b':1}}",
        "{'a':{'b':1,'c':2}}     | a        | {'a':{'b':1,'c':2}}",
        "{'a':{'b':1,'c':2},'d':1} | a.b,a.c  | {'a':{'b':1,'c':2}}",
        "{'a':1,'ab':2}          | a.b      | {'a':1}"
      })
  void anAnswerHoldsTheFieldsThatAreAskedFor(String whole, String fields, String selected)
      throws IOException {
    MutableHttpResponse<Object> list = answer(whole.startsWith("[") ? whole : "[" + whole + "]");
    new FieldSelection(TREES).select(request(Map.of("_fields", List.of(fields.split(",")))), list);
    assertEquals(selected.startsWith("[") ? selected : "[" + selected + "]", body(list));
  }

  @Test
  void theLinksOfAnObjectStay() throws IOException {
    MutableHttpResponse<Object> object = answer("{'a':1,'b':2,'_links':{'self':[]}}");
    new FieldSelection(TREES).select(request(Map.of("_fields", List.of("a"))), object);
    assertEquals("{'a':1,'_links':{'self':[]}}", body(object));
  }

  @Test
  void withoutAWishAndInAFailureAllFieldsStay() throws IOException {
    FieldSelection selection = new FieldSelection(TREES);
    MutableHttpResponse<Object> answer = answer("{'a':1}");
    selection.select(request(Map.of()), answer);
    selection.select(request(Map.of("_fields", List.of())), answer);
    selection.select(request(Map.of("_fields", List.of("b"))), answer.status(400));
    assertEquals("{'a':1}", body(answer));
  }

  @Test
  void anEnvelopeHoldsStatusAndHeaders() throws IOException {
    MutableHttpResponse<Object> answer =
        answer("[1]")
            .status(HttpStatus.NOT_FOUND)
            .header("X-WP-Total", "12")
            .header("Link", "<x>")
            .header("Content-Type", "application/json")
            .header("Date", "now");
    new Envelope(TREES).wrap(request(Map.of("_envelope", "")), answer);
    assertEquals(
        "{'body':[1],'status':404,'headers':{'Link':'<x>','X-WP-Total':12}}", body(answer));
    assertEquals(200, answer.code());
    assertNull(answer.getHeaders().get("Link"));
    assertEquals("now", answer.getHeaders().get("Date"));
  }

  @Test
  void whoAsksForNoEnvelopeGetsNone() throws IOException {
    MutableHttpResponse<Object> answer = answer("[1]").header("Link", "<x>");
    new Envelope(TREES).wrap(request(Map.of()), answer);
    assertEquals("[1]", body(answer));
    assertEquals("<x>", answer.getHeaders().get("Link"));
  }

  @Test
  void anAnswerWithoutABodyStaysAsItIs() {
    MutableHttpResponse<Object> answer = HttpResponse.ok();
    TREES.replace(answer, tree -> tree("1"));
    assertNull(answer.body());
    JsonNode node = tree("{}");
    assertSame(node, TREES.of(node));
  }

  private static final String LINKED =
      "{'a':1,'_links':{"
          + "'self':[{'href':'/self'}],"
          + "'closed':[{'href':'/closed','embeddable':false}],"
          + "'agent':[{'href':'/agent','embeddable':true},{'href':'/deputy'}],"
          + "'customer':[{'embeddable':true,'href':'/none'}]}}";

  private final List<Set<String>> asked = new ArrayList<>();

  /** Reads each address as itself, but for one that leads nowhere. */
  private Map<String, Object> read(Set<String> hrefs) {
    asked.add(hrefs);
    Map<String, Object> found = new HashMap<>();
    hrefs.forEach(
        href -> found.put(href, href.equals("/none") ? NotFound.customer() : Map.of("at", href)));
    return found;
  }

  private String embedded(String json, Object wish) throws IOException {
    MutableHttpResponse<Object> answer = answer(json);
    new Embedding(TREES, this::read).embed(request(Map.of("_embed", wish)), answer);
    String body = body(answer);
    return body.contains("_embedded") ? body.substring(body.indexOf("'_embedded':") + 12) : "";
  }

  @ParameterizedTest
  @CsvSource({"''", "1", "true", "agent"})
  void whatLinksLeadToIsEmbedded(String wish) throws IOException {
    String agents = "{'agent':[{'at':'/agent'},{'at':'/deputy'}]";
    assertEquals(agents, embedded(LINKED, wish).substring(0, agents.length()));
  }

  @Test
  void theWishMayNameRelations() throws IOException {
    assertEquals(
        "{'agent':[{'at':'/agent'},{'at':'/deputy'}]}}", embedded(LINKED, List.of("agent")));
    assertEquals("", embedded(LINKED, "closed,self"));
  }

  @Test
  void whatCannotBeReadIsEmbeddedAsTheError() throws IOException {
    assertEquals(
        "{'customer':[{'code':'rest_customer_invalid_id','message':'Invalid customer ID.',"
            + "'data':{'status':404}}]}}",
        embedded(LINKED, "customer"));
  }

  @Test
  void allThatAPageLinksToIsReadAtOnce() throws IOException {
    String other = "{'_links':{'agent':[{'href':'/other','embeddable':true}]}}";
    assertEquals(
        "{'agent':[{'at':'/agent'},{'at':'/deputy'}]}},{'_links':{'agent':[{'href':'/other',"
            + "'embeddable':true}]},'_embedded':{'agent':[{'at':'/other'}]}},{'a':1}]",
        embedded("[" + LINKED + "," + other + ",{'a':1}]", "agent"));
    assertEquals(List.of(Set.of("/agent", "/deputy", "/other")), asked);
  }

  @Test
  void nothingIsReadWhereNothingIsLinkedOrWanted() throws IOException {
    embedded("{'a':1}", "1");
    embedded("{'a':1,'_links':[]}", "1");
    MutableHttpResponse<Object> answer = answer(LINKED);
    Embedding embedding = new Embedding(TREES, this::read);
    embedding.embed(request(Map.of()), answer);
    embedding.embed(request(Map.of("_embed", "1")), answer.status(400));
    assertEquals(List.of(), asked);
  }

  @Test
  void theFieldsAreChosenFirstAndTheEnvelopeComesLast() {
    int[] order = {
      new FieldSelection(TREES).getOrder(),
      new Embedding(TREES, this::read).getOrder(),
      ResponseOrder.ALLOW,
      new Envelope(TREES).getOrder(),
      ResponseOrder.HEADERS
    };
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < order.length; i++) {
      assertEquals(sorted[order.length - 1 - i], order[i], "filter " + i);
    }
  }
}
