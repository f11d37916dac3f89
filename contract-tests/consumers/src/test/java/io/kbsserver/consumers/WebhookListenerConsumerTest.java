package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import au.com.dius.pact.consumer.MessagePactBuilder;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.messaging.MessagePact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a receiver of webhooks relies on: a pact of messages, in a folder of their own. */
class WebhookListenerConsumerTest {

  private static final String NAME = "webhook-listener";
  private static final Path WRITTEN = Path.of("target", "message-pacts");
  private static final Path COMMITTED = Path.of("..", "message-pacts");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void aNewTicketIsHeardOf() throws IOException {
    MessagePact pact =
        new MessagePactBuilder(PactSpecVersion.V3)
            .consumer(NAME)
            .hasPactWith(Pacts.PROVIDER)
            .given("a webhook with a full payload")
            .expectsToReceive("a ticket that was opened")
            .withMetadata(
                metadata -> {
                  metadata.matchRegex("webhook-id", "msg_\\d+_\\d+", "msg_5_4711");
                  metadata.matchRegex("webhook-timestamp", "\\d{10}", "1770091507");
                  metadata.matchRegex(
                      "webhook-signature", "v1,.{43}=", "v1," + "A".repeat(43) + "=");
                })
            .withContent(
                LambdaDsl.newJsonBody(
                        message -> {
                          message.stringValue("type", "ticket.created");
                          message.stringMatcher(
                              "timestamp",
                              "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z",
                              "2026-02-03T04:05:06.789Z");
                          message.object(
                              "data",
                              data -> {
                                data.integerType("webhook", 5);
                                data.integerType("position", 4711);
                                data.stringValue("kind", "ticket");
                                data.integerType("id", 42);
                                data.integerType("ticket_id", 42);
                                data.object(
                                    "ticket",
                                    ticket -> {
                                      ticket.integerType("id", 42);
                                      ticket.stringValue("status", "new");
                                      ticket.object(
                                          "title",
                                          title -> title.stringType("raw", "The printer burns"));
                                      ticket.object(
                                          "ticket_data",
                                          more -> more.stringType("email", "nina@example.com"));
                                    });
                              });
                        })
                    .build())
            .toPact();
    byte[] body = pact.getMessages().get(0).contentsAsBytes();
    WebhookListener listener = new WebhookListener(SECRET);
    Map<String, String> headers = new HashMap<>();
    headers.put("webhook-id", "msg_5_4711");
    headers.put("webhook-timestamp", "1770091507");
    headers.put("webhook-signature", "v1,b3RoZXI= v1," + listener.signature(headers, body));
    assertEquals(
        new WebhookListener.Heard("ticket.created", 42, "The printer burns", "nina@example.com"),
        listener.take(headers, body));
    headers.put("webhook-timestamp", "1770091508");
    assertThrows(IOException.class, () -> listener.take(headers, body));
    isCommitted(pact);
  }

  private static void isCommitted(MessagePact pact) throws IOException {
    Path file = Path.of(NAME + "-" + Pacts.PROVIDER + ".json");
    Files.deleteIfExists(WRITTEN.resolve(file));
    pact.write(WRITTEN.toString(), PactSpecVersion.V3);
    if (System.getProperty("pacts.write") != null) {
      Files.createDirectories(COMMITTED);
      Files.writeString(COMMITTED.resolve(file), Files.readString(WRITTEN.resolve(file)));
    }
    assertEquals(
        Files.readString(COMMITTED.resolve(file)).strip(),
        Files.readString(WRITTEN.resolve(file)).strip(),
        "-Dpacts.write writes it");
  }
}
