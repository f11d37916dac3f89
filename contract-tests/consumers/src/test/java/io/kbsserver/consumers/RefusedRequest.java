package io.kbsserver.consumers;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.core.model.generators.Category;
import au.com.dius.pact.core.model.generators.ProviderStateGenerator;
import au.com.dius.pact.core.support.expressions.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.Consumer;

/** The ways in which a request can be refused, whatever it asks for. */
enum RefusedRequest {
  AS_SCRIPT("as a script for a page", 400, "rest_callback_disabled"),
  WITHOUT_LOGIN("without a login", 401, "rest_forbidden_context"),
  NOT_LOGGED_IN("without a login, of WordPress", 401, "rest_not_logged_in"),
  WITH_NONCE("with a nonce of WordPress in place of a login", 403, "rest_cookie_invalid_nonce"),
  SWITCHED_OFF("while tickets are switched off", 404, "rest_no_route"),
  TOO_LARGE("with more text than the server takes", 413, "rest_content_too_large"),
  AS_TEXT("as plain text", 415, "rest_unsupported_media_type"),
  TOO_OFTEN("more often than the server admits", 429, "rest_too_many_requests"),
  DAMAGED("while the database is damaged", 500, "internal_server_error"),
  UNAVAILABLE("while the database does not answer", 503, "service_unavailable");

  /** Of what is read by those who work on tickets. */
  static final List<RefusedRequest> OF_READING =
      List.of(AS_SCRIPT, WITHOUT_LOGIN, TOO_OFTEN, WITH_NONCE, SWITCHED_OFF, DAMAGED, UNAVAILABLE);

  private static final String NONCE = "a1b2c3d4e5";
  private static final String CALLBACK = "_jsonp=show";

  private final String circumstance;
  private final int status;
  private final String code;

  RefusedRequest(String circumstance, int status, String code) {
    this.circumstance = circumstance;
    this.status = status;
    this.code = code;
  }

  String circumstance() {
    return circumstance;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** Whether it is told when another try makes sense. */
  boolean isForLater() {
    return this == TOO_OFTEN || this == UNAVAILABLE;
  }

  /** Whether the request comes with a login at all. */
  boolean withLogin() {
    return this != WITHOUT_LOGIN && this != NOT_LOGGED_IN && this != WITH_NONCE;
  }

  /** Says in the conversation what makes this refusal. */
  void in(Conversation conversation) {
    switch (this) {
      case AS_SCRIPT -> conversation.query(CALLBACK);
      case WITH_NONCE -> conversation.header("X-WP-Nonce", NONCE);
      case SWITCHED_OFF -> conversation.given("tickets are switched off");
      case AS_TEXT -> conversation.header("Content-Type", "text/plain");
      case TOO_LARGE -> givenLongText(conversation);
      case TOO_OFTEN -> conversation.given("the users have sent too many requests");
      case DAMAGED -> conversation.given("the database is damaged");
      case UNAVAILABLE -> conversation.given("the database does not answer");
      case WITHOUT_LOGIN, NOT_LOGGED_IN -> {}
    }
    conversation.isRefused(status, code);
    if (isForLater()) {
      conversation.with("Retry-After", "\\d+", "5");
    }
    if (this == TOO_OFTEN) {
      conversation.with("RateLimit", "\"credential\";r=0;t=\\d+", "\"credential\";r=0;t=31");
      conversation.with(
          "RateLimit-Policy", "\"credential\";q=\\d+;w=\\d+", "\"credential\";q=300;w=60");
    }
  }

  /** Does to the request of the SDK what makes this refusal. */
  Consumer<HttpRequest.Builder> made() {
    return switch (this) {
      case AS_SCRIPT -> request -> Api.ask(request, CALLBACK);
      case WITH_NONCE -> request -> request.header("X-WP-Nonce", NONCE);
      case AS_TEXT -> request -> request.setHeader("Content-Type", "text/plain");
      default -> request -> {};
    };
  }

  /** Where there is a body that is {@link #huge}. */
  static Conversation givenLongText(Conversation conversation) {
    return conversation.given("a text is longer than the server takes");
  }

  /** A body one field of which is huge for the provider, and short in the pact file. */
  static DslPart huge(JsonNode model, String field) {
    DslPart body =
        LambdaDsl.newJsonBody(
                json ->
                    model
                        .properties()
                        .forEach(
                            each -> {
                              if (each.getValue().isNumber()) {
                                json.numberValue(each.getKey(), each.getValue().numberValue());
                              } else if (each.getValue().isBoolean()) {
                                json.booleanValue(each.getKey(), each.getValue().asBoolean());
                              } else if (each.getValue().isArray()) {
                                json.array(each.getKey(), none -> {});
                              } else {
                                json.stringValue(each.getKey(), each.getValue().asText());
                              }
                            }))
            .build();
    body.getGenerators()
        .addGenerator(
            Category.BODY,
            "$." + field,
            new ProviderStateGenerator("${longText}", DataType.STRING));
    return body;
  }
}
