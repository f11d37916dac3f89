package io.kbsserver.rest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.Parameters;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request says, whichever way it says it. */
class RequestParametersTest {

  private static final Parameters QUERY = Parameters.of(Map.of("a", "query", "b", "query"));
  private static final Parameters BODY = Parameters.of(Map.of("a", "body"));

  private static Map<String, Object> all(HttpMethod method, Parameters body, boolean json) {
    return RequestParameters.read(QUERY, body, json, false).parameters(method);
  }

  @Test
  void theBodyWinsOverTheQuery() {
    Map<String, Object> both = Map.of("a", "body", "b", "query");
    assertEquals(both, all(HttpMethod.POST, BODY, false));
    assertEquals(both, all(HttpMethod.GET, BODY, true));
    assertEquals(QUERY.values(), all(HttpMethod.POST, Parameters.NONE, false));
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpMethod.class,
      names = {"GET", "HEAD"})
  void whoOnlyAsksSendsNoForm(HttpMethod method) {
    assertEquals(QUERY.values(), all(method, BODY, false));
    RequestParameters request = RequestParameters.unreadable(QUERY, method);
    assertEquals(false, request.unreadable());
    assertEquals(Map.of("body", "form"), request.inBody().values());
  }

  @Test
  void elsewhereABodyInAnotherFormatCannotBeRead() {
    RequestParameters request = RequestParameters.unreadable(QUERY, HttpMethod.POST);
    assertEquals(true, request.unreadable());
    assertEquals(QUERY, request.inQuery());
    assertEquals(Parameters.NONE, request.inBody());
  }

  @Test
  void aRequestKeepsWhatItSays() {
    HttpRequest<?> request = HttpRequest.GET("/");
    assertEquals(Parameters.NONE, RequestParameters.of(request).inQuery());
    RuntimeException refusal = new IllegalStateException();
    RequestParameters.refused(QUERY, refusal).keepIn(request);
    assertSame(refusal, RequestParameters.of(request).refusal());
    assertEquals(QUERY, RequestParameters.of(request).inQuery());
  }

  @Test
  void whatIsSettledAndCheckedIsTheSameRequest() {
    UnknownValues unknown = new UnknownValues(true);
    RequestParameters request =
        RequestParameters.read(QUERY, BODY, true, true)
            .settled(BODY, QUERY)
            .checked(Map.of("a", 1), unknown);
    assertEquals(
        new RequestParameters(BODY, QUERY, true, true, null, Map.of("a", 1), unknown), request);
  }

  @Test
  void linksToOtherPagesSayWhatWasUnderstood() {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("ids", List.of(1L, 2L));
    arguments.put("_fields", List.of("id"));
    arguments.put("absent", 7L);
    arguments.put("none", null);
    arguments.put("replaced", "body");
    Map<String, Object> query =
        Map.of("ids", "1 2", "_fields", "id ", "none", "x", "replaced", "query", "other", "y");
    RequestParameters request =
        RequestParameters.read(
                Parameters.of(query), Parameters.of(Map.of("replaced", "body")), true, false)
            .checked(arguments, new UnknownValues(true));
    assertEquals(
        Map.of("ids", "1,2", "_fields", "id ", "none", "x", "replaced", "query", "other", "y"),
        request.queryAsUnderstood());
  }
}
