package io.kbsserver.pact;

import au.com.dius.pact.provider.MessageAndMetadata;
import au.com.dius.pact.provider.PactVerifyProvider;
import au.com.dius.pact.provider.junit5.MessageTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import io.kbsserver.access.Caller;
import io.kbsserver.access.KnownCallers;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.Subject;
import io.kbsserver.http.TestServer;
import io.kbsserver.sync.SeenChange;
import io.kbsserver.sync.SyncService;
import io.kbsserver.webhooks.SigningKeys;
import io.kbsserver.webhooks.WantedTickets;
import io.kbsserver.webhooks.Webhook;
import io.kbsserver.webhooks.WebhookAdministration;
import io.kbsserver.webhooks.WebhookDraft;
import io.kbsserver.webhooks.delivery.WebhookMessageRepresentation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What is made to be sent to webhooks is what their receivers rely on. */
@Provider("kbs-server")
@PactFolder("../message-pacts")
class WebhookMessagesTest {

  private static PactSite site;

  private String login;
  private String password;
  private Webhook webhook;

  @BeforeAll
  static void open() {
    site = PactSite.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @BeforeEach
  void prepare(PactVerificationContext context) {
    site.renew();
    context.setTarget(new MessageTestTarget());
  }

  @State("a webhook with a full payload")
  void aWebhook() {
    TestServer server = site.server();
    UserAccounts accounts = server.bean(UserAccounts.class);
    login = "listener";
    accounts.add(login, "listener@example.com", login, "support_manager");
    password = accounts.addPassword(login, "pact").password();
    WebhookAdministration webhooks = server.bean(WebhookAdministration.class);
    webhooks.add(
        login,
        new WebhookDraft(
            "https://receiver.invalid/",
            "",
            List.of(),
            WantedTickets.ALL,
            Webhook.Payload.FULL,
            Webhook.Signature.HMAC,
            "https://help.example.com"));
    webhook = webhooks.list().get(0).webhook();
  }

  @PactVerifyProvider("a ticket that was opened")
  MessageAndMetadata aTicketThatWasOpened() {
    TestServer server = site.server();
    server.ticket(login, password, "nina@example.com");
    Caller owner = server.bean(KnownCallers.class).find(webhook.userId()).orElseThrow();
    SeenChange change =
        server
            .bean(SyncService.class)
            .after(webhook.position(), 1, Set.of(Subject.TICKET), owner)
            .changes()
            .get(0);
    String body = server.bean(WebhookMessageRepresentation.class).of(change, webhook, owner);
    String id = "msg_" + webhook.number() + "_" + change.position();
    long seconds = 1_770_091_507L;
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    return new MessageAndMetadata(
        body.getBytes(StandardCharsets.UTF_8),
        Map.of(
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(seconds),
            "webhook-signature",
            SigningKeys.sign(secret, id, seconds, body)));
  }
}
