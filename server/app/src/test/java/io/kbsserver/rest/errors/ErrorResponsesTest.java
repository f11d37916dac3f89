package io.kbsserver.rest.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.refusal.Unavailable;
import io.kbsserver.refusal.UnwantedFile;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The error envelope of WordPress, and which failure is which. */
class ErrorResponsesTest {

  private static void assertRefusal(int status, String code, Refusal refusal) {
    Map<String, Object> envelope = ErrorResponses.envelope(refusal);
    assertEquals(code, envelope.get("code"));
    assertEquals(refusal.getMessage(), envelope.get("message"));
    assertEquals(status, ((Map<?, ?>) envelope.get("data")).get("status"));
  }

  private static void assertFailure(int status, String code, RestException failure) {
    assertEquals(status, failure.status().getCode());
    assertEquals(code, failure.code());
  }

  @Test
  void whatKindOfRefusalItIsDecidesTheStatus() {
    assertRefusal(400, "rest_invalid_param", new InvalidParameters("a", new Fault("x", "y")));
    assertRefusal(400, "code", new InvalidParameters("code", "message", Map.of()));
    assertRefusal(403, "rest_forbidden", NotAllowed.toDoThat());
    assertRefusal(403, "rest_forbidden", NotAllowed.toSeeTicket());
    assertRefusal(403, "rest_forbidden_context", NotAllowed.toOpenTicketForEditing());
    assertRefusal(403, "rest_forbidden_context", NotAllowed.toListTicketsForEditing());
    assertRefusal(403, "rest_cannot_edit", NotAllowed.toChangeTicket());
    assertRefusal(404, "rest_post_invalid_id", NotFound.ticket());
    assertRefusal(503, "service_unavailable", Unavailable.files());
    assertRefusal(503, "service_unavailable", Unavailable.roomForFiles());
    assertRefusal(415, "rest_unsupported_media_type", UnwantedFile.ofType("f", "message"));
    assertRefusal(404, "rest_post_invalid_id", NotFound.company());
    assertRefusal(404, "rest_customer_invalid_id", NotFound.customer());
    assertRefusal(404, "rest_no_route", NotFound.route());
  }

  @Test
  void aFailureOfTheConversationKnowsItsStatus() {
    assertFailure(401, "rest_forbidden_context", RestException.authenticationFailed());
    assertFailure(403, "rest_forbidden", RestException.forbidden());
    assertFailure(403, "rest_cookie_invalid_nonce", RestException.invalidNonce());
    assertFailure(400, "rest_invalid_json", RestException.malformedJson());
    assertFailure(415, "rest_unsupported_media_type", RestException.unsupportedMediaType());
    assertFailure(400, "rest_bad_request", RestException.invalidHost());
    assertFailure(400, "rest_callback_disabled", RestException.jsonpDisabled());
    assertFailure(400, "rest_too_many_params", RestException.tooManyParameters(5));
    assertFailure(413, "rest_content_too_large", RestException.tooManyFiles("f", 5));
    assertFailure(413, "rest_content_too_large", RestException.fileTooLarge("f", 5));
    assertFailure(503, "service_unavailable", RestException.noRoomForFiles());
  }

  @Test
  void aFaultIsToldInAWordAndInDetail() {
    assertEquals(
        "{code=rest_invalid_param, message=Invalid parameter(s): a, data={status=400,"
            + " params={a=No good.}, details={a={code=bad, message=No good., data=null}}}}",
        ErrorResponses.envelope(new InvalidParameters("a", new Fault("bad", "No good.")))
            .toString());
    assertFalse(ErrorResponses.envelope(NotFound.route()).toString().contains("params"));
  }

  @Test
  void anAnswerHasTheEnvelopeAndIsJson() {
    HttpResponse<Object> response =
        ErrorResponses.of(HttpStatus.CONFLICT, "code", "message", Map.of());
    assertEquals(409, response.code());
    assertEquals("{code=code, message=message, data={status=409}}", response.body().toString());
    assertEquals(Optional.of(MediaType.APPLICATION_JSON_TYPE), response.getContentType());
  }

  @Test
  void whereThereIsNoRouteThereIsNothingToDescribe() {
    assertEquals(404, ErrorResponses.noRoute(HttpRequest.GET("/")).code());
    HttpResponse<Object> described = ErrorResponses.noRoute(HttpRequest.OPTIONS("/"));
    assertEquals(200, described.code());
    assertEquals(List.of(), described.body());
    assertEquals(Optional.of(MediaType.APPLICATION_JSON_TYPE), described.getContentType());
  }
}
