package io.kbsserver.consumers;

// tag::example[]
import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.junit.jupiter.api.Assertions.assertTrue;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.PactDslWithProvider;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.RequestResponsePact;
import au.com.dius.pact.core.model.annotations.Pact;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
// end::example[]
import org.junit.jupiter.api.BeforeAll;
// tag::example[]
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A telephone shows the ticket of whoever calls. */
@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = "kbs-server", pactVersion = PactSpecVersion.V3)
class PhoneDeskConsumerTest {

  private static final String LOGIN = "Basic bG9naW46YXBwbGljYXRpb24gcGFzc3dvcmQ=";

  // end::example[]
  @BeforeAll
  static void begin() {
    Pacts.begin();
  }

  // tag::example[]
  @Pact(consumer = "phone-desk")
  RequestResponsePact ticket(PactDslWithProvider pact) {
    return pact.given("a user is logged in", Map.of("role", "support_manager"))
        .given("a ticket exists", Map.of("title", "No paper"))
        .uponReceiving("the ticket of somebody who calls")
        .method("GET")
        .pathFromProviderState("/wp-json/kbs/v1/tickets/${ticketId}", "/wp-json/kbs/v1/tickets/7")
        .headerFromProviderState("Authorization", "${authorization}", LOGIN)
        .willRespondWith()
        .status(200)
        .body(
            newJsonBody(
                    ticket -> {
                      ticket.valueFromProviderState("id", "${ticketId}", 7);
                      ticket.object("title", title -> title.stringValue("raw", "No paper"));
                    })
                .build())
        .toPact();
  }

  @Test
  @PactTestFor(pactMethod = "ticket")
  void showsTheTicket(MockServer server) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.getUrl() + "/wp-json/kbs/v1/tickets/7"))
            .header("Authorization", LOGIN)
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    assertTrue(answer.contains("No paper"), answer);
  }
}
// end::example[]
