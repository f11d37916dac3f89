package io.kbsserver.consumers;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import au.com.dius.pact.consumer.ConsumerPactBuilder;
import au.com.dius.pact.consumer.ConsumerPactRunnerKt;
import au.com.dius.pact.consumer.PactVerificationResult;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactDslRequestWithPath;
import au.com.dius.pact.consumer.dsl.PactDslRequestWithoutPath;
import au.com.dius.pact.consumer.dsl.PactDslResponse;
import au.com.dius.pact.consumer.dsl.PactDslWithProvider;
import au.com.dius.pact.consumer.dsl.PactDslWithState;
import au.com.dius.pact.consumer.model.MockProviderConfig;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.RequestResponsePact;
import au.com.dius.pact.core.model.generators.Category;
import au.com.dius.pact.core.model.generators.ProviderStateGenerator;
import au.com.dius.pact.core.model.matchingrules.EqualsMatcher;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;

/**
 * One request of a consumer, and the answer that it relies on. Running it writes it into the pact
 * file of the consumer, if the consumer did ask so and could use the answer.
 *
 * <p>{@code ${ticketId}} and the like in a path stand for what the state of the provider brings.
 */
final class Conversation {

  private static final String LOGIN = "Basic bG9naW46YXBwbGljYXRpb24gcGFzc3dvcmQ=";
  private static final String ROOT = "/wp-json";

  /** What the variables are here, where there is no provider. */
  private static final Map<String, Object> EXAMPLES =
      Map.ofEntries(
          Map.entry("ticketId", 7),
          Map.entry("noteId", 17),
          Map.entry("position", 4711),
          Map.entry("replyId", 9),
          Map.entry("fileId", 9),
          Map.entry("agentId", 3),
          Map.entry("categoryId", 10),
          Map.entry("departmentId", 8),
          Map.entry("companyId", 12),
          Map.entry("customerId", 2),
          Map.entry("userId", 4),
          Map.entry("tagId", 31),
          Map.entry("sourceId", 41),
          Map.entry("deliveryId", 91),
          Map.entry("formId", 5),
          Map.entry("fieldId", 6),
          Map.entry("articleId", 15),
          Map.entry("articleCategoryId", 21),
          Map.entry("articleTagId", 22),
          Map.entry("ticketTag", "\"Zk3mC0X6lH2vUoJc1yQbTg\""),
          Map.entry("listTag", "W/\"Zk3mC0X6lH2vUoJc1yQbTg\""),
          Map.entry("webhookId", 5),
          Map.entry("passwordUuid", "f7a7eea5-89cf-4d7a-b846-f54165774ea3"));

  private record State(String name, Map<String, Object> parameters) {}

  private final String consumer;
  private final String description;
  private final List<State> states = new ArrayList<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String[]> answeredHeaders = new LinkedHashMap<>();
  private boolean login;
  private String method;
  private String path;
  private String query;
  private DslPart body;
  private String text;
  private String contentType;
  private MultipartEntityBuilder form;
  private int status;
  private DslPart answer;
  private String bytes;

  Conversation(String consumer, String description) {
    this.consumer = consumer;
    this.description = description;
  }

  /** What has to be so before; name and value of each parameter. */
  Conversation given(String state, Object... parameters) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put((String) parameters[i], parameters[i + 1]);
    }
    states.add(new State(state, named));
    return this;
  }

  /** Who asks. */
  Conversation by(String role, Object... parameters) {
    List<Object> all = new ArrayList<>(List.of("role", role));
    all.addAll(List.of(parameters));
    login = true;
    return given("a user is logged in", all.toArray());
  }

  Conversation asks(String httpMethod, String route) {
    method = httpMethod;
    path = ROOT + route;
    return this;
  }

  Conversation query(String text) {
    query = text;
    return this;
  }

  Conversation header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Conversation sends(DslPart json) {
    body = json;
    return this;
  }

  Conversation sends(String exactly, String type) {
    text = exactly;
    contentType = type;
    return this;
  }

  /** A form with a file. */
  Conversation sends(Map<String, String> fields, FormSender.SentText file) {
    form = FormSender.form(fields, file).setBoundary("kbs");
    return this;
  }

  Conversation sends(Consumer<LambdaDslObject> json) {
    return sends(LambdaDsl.newJsonBody(json::accept).build());
  }

  Conversation isAnswered(int code, DslPart json) {
    status = code;
    answer = exactly(json);
    return this;
  }

  /** What a state brings has to be answered: to Pact, any other of its type would be as good. */
  private static DslPart exactly(DslPart json) {
    json.getGenerators()
        .getCategories()
        .getOrDefault(Category.BODY, Map.of())
        .forEach(
            (place, generator) -> {
              if (generator instanceof ProviderStateGenerator) {
                json.getMatchers().setRule(place, EqualsMatcher.INSTANCE);
              }
            });
    return json;
  }

  Conversation isAnswered(int code, Consumer<LambdaDslObject> json) {
    return isAnswered(code, LambdaDsl.newJsonBody(json::accept).build());
  }

  /** An answer that is no JSON: these bytes, or none. */
  Conversation isSent(int code, String content) {
    status = code;
    bytes = content;
    return this;
  }

  /** A refusal: the code is for programs, the message is not looked at. */
  Conversation isRefused(int code, String error, String... parameters) {
    return isAnswered(
        code,
        json -> {
          json.stringValue("code", error);
          json.stringType("message", "Why");
          json.object(
              "data",
              data -> {
                data.numberValue("status", code);
                if (parameters.length > 0) {
                  data.object(
                      "params",
                      named -> List.of(parameters).forEach(name -> named.stringType(name, "Why")));
                }
              });
        });
  }

  Conversation with(String header, String pattern, String example) {
    answeredHeaders.put(header, new String[] {pattern, example});
    return this;
  }

  /** What the consumer does. */
  interface Part {
    void run(Api api) throws Exception;
  }

  /** Lets the consumer have the conversation; fails where it asks for something else. */
  void when(Part part) {
    when(request -> {}, part);
  }

  /** The same, with something added to each request. */
  void when(Consumer<HttpRequest.Builder> always, Part part) {
    RequestResponsePact pact = pact();
    Pacts.begin();
    PactVerificationResult result =
        ConsumerPactRunnerKt.<Void>runConsumerTest(
            pact,
            MockProviderConfig.createDefault(PactSpecVersion.V3),
            (server, context) -> {
              part.run(
                  Api.at(
                      server.getUrl(),
                      request -> {
                        if (login) {
                          request.header("Authorization", LOGIN);
                        }
                        always.accept(request);
                      }));
              return null;
            });
    if (result instanceof PactVerificationResult.Error error) {
      throw new AssertionError(error.getMockServerState() + "", error.getError());
    }
    assertInstanceOf(PactVerificationResult.Ok.class, result, result::toString);
  }

  /** Lets a consumer have it that says just what is written here. */
  void asWritten() {
    when(
        api -> {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(api.sender().address(example(target())))
                  .method(method, written().map(BodyPublishers::ofString).orElse(noBody()));
          headers.forEach((name, value) -> request.header(name, example(value)));
          if (contentType != null) {
            request.header("Content-Type", contentType);
          }
          api.sender().always().accept(request);
          HttpResponse<String> answered =
              HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
          assertEquals(status, answered.statusCode(), answered::body);
        });
  }

  private String target() {
    String route = path.substring(ROOT.length());
    return query == null ? route : route + "?" + query;
  }

  private Optional<String> written() {
    return body == null ? Optional.ofNullable(text) : Optional.of(body.toString());
  }

  private RequestResponsePact pact() {
    PactDslRequestWithoutPath start = started().method(method);
    PactDslRequestWithPath request =
        path.contains("${") ? start.pathFromProviderState(path, example(path)) : start.path(path);
    if (login) {
      request.headerFromProviderState("Authorization", "${authorization}", LOGIN);
    }
    if (query != null) {
      addQuery(request);
    }
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    headers.forEach(
        (name, value) -> {
          if (value.contains("${")) {
            request.headerFromProviderState(name, value, example(value));
          } else {
            request.headers(Map.of(name, value));
          }
        });
    if (body != null) {
      request.body(body);
    }
    if (text != null) {
      request.body(text, contentType);
    }
    if (form != null) {
      request.body(form);
    }
    PactDslResponse response = request.willRespondWith().status(status);
    answeredHeaders.forEach((name, value) -> response.matchHeader(name, value[0], value[1]));
    if (bytes != null && !bytes.isEmpty()) {
      response.body(bytes, "text/plain");
    }
    return (answer == null ? response : response.body(answer)).toPact(RequestResponsePact.class);
  }

  private PactDslRequestWithoutPath started() {
    PactDslWithProvider provider =
        ConsumerPactBuilder.consumer(consumer).hasPactWith(Pacts.PROVIDER);
    PactDslWithState given = null;
    for (State state : states) {
      given =
          given == null
              ? provider.given(state.name(), state.parameters())
              : given.given(state.name(), state.parameters());
    }
    return given == null ? provider.uponReceiving(description) : given.uponReceiving(description);
  }

  private void addQuery(PactDslRequestWithPath request) {
    Map<Boolean, List<String>> parameters =
        Stream.of(query.split("&"))
            .collect(Collectors.partitioningBy(parameter -> parameter.contains("${")));
    request.query(String.join("&", parameters.get(false)));
    for (String parameter : parameters.get(true)) {
      String[] sides = parameter.split("=", 2);
      request.queryParameterFromProviderState(sides[0], sides[1], example(sides[1]));
    }
  }

  /** A path as it is where the names in it stand for the examples. */
  static String example(String text) {
    String result = text;
    for (Map.Entry<String, Object> variable : EXAMPLES.entrySet()) {
      result = result.replace("${" + variable.getKey() + "}", variable.getValue().toString());
    }
    return result;
  }
}
