package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.delivery.MailAdministration;
import io.kbsserver.mail.delivery.MailMode;
import io.kbsserver.mail.delivery.MailPolicy;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.testing.TestDatabase;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What tickets cause is mailed by two servers on one database, or by one that is told otherwise.
 */
class MailDeliveryTest {

  private static final long PATIENCE_SECONDS = 60;

  private static GreenMail mailbox;
  private static TestServer server;
  private static TestServer second;

  @BeforeAll
  static void start() {
    mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailbox.start();
    String schema = TestDatabase.get().createMigratedSchema("http_mail");
    Map<String, Object> sending = sending("smtp://127.0.0.1:" + mailbox.getSmtp().getPort());
    server = on(schema, sending);
    second = TestServer.on(schema, sending);
  }

  @AfterAll
  static void stop() {
    second.close();
    server.close();
    mailbox.stop();
  }

  private static Map<String, Object> sending(String url) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kbs.mail.mode", "send");
    properties.put("kbs.mail.smtp-url", url);
    properties.put("kbs.mail.polling", "200ms");
    properties.put("kbs.mail.settle", "0s");
    properties.put("kbs.mail.first-pause", "100ms");
    properties.put("kbs.mail.outage-pause", "100ms");
    return properties;
  }

  /** A server of a test's own, that sends to an SMTP server of the test's own. */
  private static TestServer to(String name, String url) {
    return on(TestDatabase.get().createMigratedSchema(name), sending(url));
  }

  private static TestServer on(String schema, Map<String, Object> properties) {
    TestServer made = TestServer.on(schema, properties);
    made.bean(SiteSettings.class).set("from_email", "desk@example.org");
    return made;
  }

  private static void await(Supplier<String> what, BooleanSupplier wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<Mail> mails(TestServer of, long ticket) {
    return of.bean(MailAdministration.class).newest(null, ticket, 100);
  }

  /** The mail to an address about a ticket, once it is in a state. */
  private static Mail await(TestServer of, long ticket, String address, MailState state) {
    Predicate<Mail> wanted =
        mail -> mail.address().equals(address) && mail.state().equals(state.kept());
    await(
        () -> address + " is not " + state + ": " + mails(of, ticket),
        () -> mails(of, ticket).stream().anyMatch(wanted));
    return mails(of, ticket).stream().filter(wanted).findFirst().orElseThrow();
  }

  private static List<MimeMessage> received(String address) {
    return Arrays.stream(mailbox.getReceivedMessages())
        .filter(message -> recipients(message).equals(List.of(address)))
        .toList();
  }

  private static List<String> recipients(MimeMessage message) {
    try {
      Address[] to = message.getRecipients(RecipientType.TO);
      assertNull(message.getRecipients(RecipientType.CC));
      return Arrays.stream(to).map(Object::toString).toList();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(MimeMessage message, String name) throws MessagingException {
    return message.getHeader(name, null);
  }

  @Test
  void whoOpensATicketIsToldByMail() throws Exception {
    User agent = server.user("support_agent");
    long ticket = agent.api().post("", ticket("first@customers.example")).assertOk().id();
    Mail row = await(server, ticket, "first@customers.example", MailState.SENT);
    List<MimeMessage> received = received("first@customers.example");
    assertEquals(1, received.size());
    MimeMessage message = received.get(0);
    assertEquals("<" + row.messageId() + ">", message.getMessageID());
    assertEquals("auto-generated", header(message, "Auto-Submitted"));
    assertEquals("desk@example.org", ((InternetAddress) message.getFrom()[0]).getAddress());
    assertEquals(message.getFrom()[0], message.getReplyTo()[0]);
    assertFalse(message.getSubject().isBlank());
    MimeMultipart both = (MimeMultipart) message.getContent();
    assertTrue(both.getContentType().startsWith("multipart/alternative"), both::getContentType);
    assertTrue(both.getBodyPart(0).isMimeType("text/plain"));
    assertTrue(both.getBodyPart(1).isMimeType("text/html"));
    assertEquals(1, row.attempts());
    JsonNode told = agent.api().get("/" + ticket + "/history").assertOk().json();
    JsonNode mail =
        StreamSupport.stream(told.spliterator(), false)
            .filter(entry -> entry.get("type").asText().equals("mail.sent"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(told.toString()));
    assertEquals(row.number(), mail.get("object_id").asLong());
    assertEquals("server", mail.get("source").asText());
    assertEquals(0, mail.get("user").asLong());
    assertEquals("mail", mail.at("/changes/0/field").asText());
    assertEquals("[\"received\"]", mail.at("/changes/0/to").toString());
    assertEquals("[\"first@customers.example\"]", mail.at("/changes/1/to").toString());
    assertEquals(2, mail.get("changes").size());
  }

  @Test
  void twoServersSendEachMailOnce() {
    User agent = server.user("support_agent");
    List<Long> tickets =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    (i % 2 == 0 ? server : second)
                        .login(agent.login(), agent.password())
                        .post("", ticket("each" + i + "@customers.example"))
                        .assertOk()
                        .id())
            .toList();
    for (int i = 0; i < tickets.size(); i++) {
      await(second, tickets.get(i), "each" + i + "@customers.example", MailState.SENT);
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < tickets.size(); i++) {
      List<MimeMessage> received = received("each" + i + "@customers.example");
      assertEquals(1, received.size(), "each" + i);
      assertTrue(ids.add(messageId(received.get(0))));
    }
  }

  private static String messageId(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Störung in Überlingen: der Drucker läßt sich seit gestern früh nicht mehr einschalten",
        "プリンターが動かないので、昨日から何も印刷できません。至急ご連絡をお願いいたします。"
      })
  void subjectsArriveAsTheyWereWritten(String title) throws Exception {
    User agent = server.user("support_agent");
    String address = TestServer.unique("subject") + "@customers.example";
    long ticket = agent.api().post("", ticket(address, "ticket_title", title)).assertOk().id();
    await(server, ticket, address, MailState.SENT);
    String raw = header(received(address).get(0), "Subject");
    assertTrue(raw.codePoints().allMatch(c -> c < 128), raw);
    String number = server.values("SELECT number FROM ticket WHERE id = ?", ticket).get(0);
    assertEquals(title + " ##" + number + "##", MimeUtility.decodeText(MimeUtility.unfold(raw)));
  }

  @Test
  void whatACustomerGetsAboutATicketIsOneThread() throws Exception {
    User agent = server.user("support_agent");
    String address = TestServer.unique("thread") + "@customers.example";
    long ticket = agent.api().post("", ticket(address)).assertOk().id();
    List<Mail> sent = new ArrayList<>(List.of(await(server, ticket, address, MailState.SENT)));
    agent
        .api()
        .send(
            "POST",
            "/wp-json/kbs/v1/replies/ticket/" + ticket,
            HttpApi.JSON,
            "{\"reply_content\": \"Try another cable.\"}")
        .assertOk();
    sent.add(awaitKind(ticket, "reply"));
    agent.api().post("/" + ticket, Map.of("status", "closed")).assertOk();
    sent.add(awaitKind(ticket, "closed"));
    // Another ticket of theirs is another thread.
    long second = agent.api().post("", ticket(address)).assertOk().id();
    Mail apart = await(server, second, address, MailState.SENT);
    List<MimeMessage> messages = new ArrayList<>(received(address));
    Collections.reverse(messages);
    List<String> ids = sent.stream().map(mail -> "<" + mail.messageId() + ">").toList();
    Map<String, Integer> depths = new HashMap<>();
    Map<String, String> parents = parents(messages);
    for (MimeMessage message : messages) {
      int depth = 0;
      for (String up = parents.get(messageId(message)); up != null; up = parents.get(up)) {
        depth++;
      }
      depths.put(messageId(message), depth);
    }
    assertEquals(
        Map.of(ids.get(0), 1, ids.get(1), 2, ids.get(2), 3, "<" + apart.messageId() + ">", 1),
        depths);
    assertEquals(ids.get(1), parents.get(ids.get(2)));
    assertEquals(ids.get(0), parents.get(ids.get(1)));
    assertNotEquals(parents.get(ids.get(0)), parents.get("<" + apart.messageId() + ">"));
  }

  private static Mail awaitKind(long ticket, String kind) {
    Predicate<Mail> wanted =
        mail -> mail.kind().equals(kind) && mail.state().equals(MailState.SENT.kept());
    await(
        () -> kind + " is not sent: " + mails(server, ticket),
        () -> mails(server, ticket).stream().anyMatch(wanted));
    return mails(server, ticket).stream().filter(wanted).findFirst().orElseThrow();
  }

  /** What each is below, by the first step of the algorithm REFERENCES of RFC 5256. */
  private static Map<String, String> parents(List<MimeMessage> messages) throws MessagingException {
    Map<String, String> parents = new HashMap<>();
    for (MimeMessage message : messages) {
      String named = header(message, "References");
      List<String> before =
          List.of((named == null ? header(message, "In-Reply-To") : named).split("\\s+"));
      for (int i = 1; i < before.size(); i++) {
        below(before.get(i), before.get(i - 1), parents, false);
      }
      below(messageId(message), before.get(before.size() - 1), parents, true);
    }
    return parents;
  }

  /** A message's own word for what it is below takes the place of what others say. */
  private static void below(
      String child, String parent, Map<String, String> parents, boolean ownWord) {
    for (String up = parent; up != null; up = parents.get(up)) {
      if (up.equals(child)) {
        return;
      }
    }
    if (ownWord) {
      parents.put(child, parent);
    } else {
      parents.putIfAbsent(child, parent);
    }
  }

  @Test
  void whoeverIsNoAgentHasOnlySoManyMailedToOthers() {
    try (SmtpReceiver smtp = new SmtpReceiver();
        TestServer own = to("http_mail_limit", smtp.url())) {
      own.set("customers_open_for_others", "1").set("mail_limit", "2");
      User customer = own.user("subscriber");
      List<Long> tickets =
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      customer
                          .api()
                          .post("", ticket("stranger" + i + "@else.example"))
                          .assertOk()
                          .id())
              .toList();
      await(own, tickets.get(0), "stranger0@else.example", MailState.SENT);
      await(own, tickets.get(1), "stranger1@else.example", MailState.SENT);
      Mail third = await(own, tickets.get(2), "stranger2@else.example", MailState.DROPPED);
      assertTrue(String.valueOf(third.reason()).contains("mail_limit"), third::toString);
      // Their own address is nobody else's, and an agent's work is not counted.
      long mine = customer.api().post("", ticket(customer.email())).assertOk().id();
      await(own, mine, customer.email(), MailState.SENT);
      User agent = own.user("support_agent");
      long asked = agent.api().post("", ticket("stranger0@else.example")).assertOk().id();
      await(own, asked, "stranger0@else.example", MailState.SENT);
      // Nor does an address get more by others' logins.
      User other = own.user("subscriber");
      long second = other.api().post("", ticket("stranger0@else.example")).assertOk().id();
      await(own, second, "stranger0@else.example", MailState.SENT);
      long more = own.user("subscriber").api().post("", ticket("stranger0@else.example")).id();
      await(own, more, "stranger0@else.example", MailState.DROPPED);
      assertEquals(3, smtp.taken("stranger0@else.example").size());
      assertEquals(0, smtp.taken("stranger2@else.example").size());
    }
  }

  @Test
  void whatIsRefusedStopsNobodyElseAndIsTriedAgainIfItMayGo() {
    String schema = TestDatabase.get().createMigratedSchema("http_mail_poison");
    try (SmtpReceiver smtp = new SmtpReceiver();
        TestServer own = on(schema, sending(smtp.url()))) {
      AtomicBoolean greylisted = new AtomicBoolean(true);
      AtomicBoolean hangsUp = new AtomicBoolean(true);
      smtp.behave(
          (step, address) ->
              switch (step + " " + address) {
                case "RCPT gone@customers.example" -> "550 5.1.1 No such user here";
                case "RCPT grey@customers.example" ->
                    greylisted.getAndSet(false) ? "451 4.7.1 Come again" : "250 OK";
                case "END spam@customers.example" -> "554 5.7.1 Spam";
                case "DATA hang@customers.example" -> hangsUp.getAndSet(false) ? "" : "250 OK";
                default -> "250 OK";
              });
      User agent = own.user("support_agent");
      Map<String, Long> tickets = new HashMap<>();
      for (String name : List.of("gone", "grey", "spam", "hang", "fine")) {
        String address = name + "@customers.example";
        tickets.put(name, agent.api().post("", ticket(address)).assertOk().id());
      }
      Mail gone = await(own, tickets.get("gone"), "gone@customers.example", MailState.FAILED);
      assertTrue(String.valueOf(gone.reason()).contains("No such user"), gone::toString);
      assertEquals(1, gone.attempts());
      Mail spam = await(own, tickets.get("spam"), "spam@customers.example", MailState.FAILED);
      assertTrue(String.valueOf(spam.reason()).contains("Spam"), spam::toString);
      for (String name : List.of("grey", "hang", "fine")) {
        Mail sent = await(own, tickets.get(name), name + "@customers.example", MailState.SENT);
        assertEquals(name.equals("fine") ? 1 : 2, sent.attempts(), sent::toString);
        assertEquals(1, smtp.taken(name + "@customers.example").size());
      }
      // By hand, when the address is there again.
      smtp.behave((step, address) -> "250 OK");
      Map<String, String> environment = CommandLineRun.environment(schema);
      CommandLineRun listed =
          CommandLineRun.of(environment, "mail", "list", "--state", "failed", "--json");
      assertEquals(0, listed.exitCode(), listed::err);
      assertTrue(listed.out().contains("\"gone@customers.example\""), listed::out);
      assertTrue(listed.out().contains("No such user here"), listed::out);
      assertFalse(listed.out().contains("fine@customers.example"), listed::out);
      String id = Long.toString(gone.number());
      CommandLineRun retried = CommandLineRun.of(environment, "mail", "retry", id);
      assertEquals("The mail " + id + " is sent again.", retried.out().strip());
      await(own, tickets.get("gone"), "gone@customers.example", MailState.SENT);
      CommandLineRun sent = CommandLineRun.of(environment, "mail", "retry", id);
      assertEquals(1, sent.exitCode());
      assertEquals("kbs-server: There is no mail " + id + " that has failed", sent.err().strip());
      CommandLineRun all = CommandLineRun.of(environment, "mail", "retry", "--all");
      assertEquals("Sent again: 1", all.out().strip());
      await(own, tickets.get("spam"), "spam@customers.example", MailState.SENT);
      assertEquals(
          "<" + gone.messageId() + ">",
          smtp.taken("gone@customers.example").get(0).header("Message-ID"));
    }
  }

  @Test
  void aServerThatIsAwayFailsNothingAndGetsAllWhenItIsBack() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (TestServer own = to("http_mail_away", "smtp://127.0.0.1:" + port)) {
      User agent = own.user("support_agent");
      List<Long> tickets =
          IntStream.range(0, 5)
              .mapToObj(
                  i ->
                      agent
                          .api()
                          .post("", ticket("late" + i + "@customers.example"))
                          .assertOk()
                          .id())
              .toList();
      await(
          () -> "No attempt",
          () -> mails(own, tickets.get(0)).stream().anyMatch(mail -> mail.reason() != null));
      for (int i = 0; i < 5; i++) {
        for (Mail mail : mails(own, tickets.get(i))) {
          assertEquals(MailState.WAITING.kept(), mail.state(), mail::toString);
        }
      }
      try (SmtpReceiver smtp = new SmtpReceiver(port)) {
        for (int i = 0; i < 5; i++) {
          String address = "late" + i + "@customers.example";
          Mail sent = await(own, tickets.get(i), address, MailState.SENT);
          assertEquals(1, sent.attempts(), sent::toString);
          assertNull(sent.reason());
          assertEquals(1, smtp.taken(address).size());
        }
      }
    }
  }

  /** Where the machine has an address that is not its own alone, nothing is sent in clear. */
  @ParameterizedTest
  @CsvSource({"smtp,STARTTLS", "smtps,secure connection"})
  void nothingIsSentInClearOrToWhoeverAnswers(String scheme, String reason) {
    boolean tls = scheme.equals("smtps");
    String host = tls ? "127.0.0.1" : NetworkAddress.any().orElse("");
    assumeFalse(host.isEmpty(), "This machine has no network");
    GreenMail open =
        new GreenMail(
            new ServerSetup(0, host, tls ? ServerSetup.PROTOCOL_SMTPS : ServerSetup.PROTOCOL_SMTP));
    open.start();
    int port = (tls ? open.getSmtps() : open.getSmtp()).getPort();
    try (TestServer own = to("http_mail_" + scheme, scheme + "://" + host + ":" + port)) {
      User agent = own.user("support_agent");
      long ticket = agent.api().post("", ticket("secret@customers.example")).assertOk().id();
      await(
          () -> "No reason",
          () -> mails(own, ticket).stream().anyMatch(mail -> mail.reason() != null));
      Mail mail = mails(own, ticket).get(0);
      assertTrue(String.valueOf(mail.reason()).contains(reason), mail::toString);
      assertEquals(0, open.getReceivedMessages().length);
    } finally {
      open.stop();
    }
  }

  @Test
  void aLoginIsUsedWhereThereIsOne() {
    GreenMail guarded = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    guarded.withConfiguration(
        new GreenMailConfiguration().withUser("desk@example.org", "desk", "secret"));
    guarded.start();
    Map<String, Object> sending = sending("smtp://127.0.0.1:" + guarded.getSmtp().getPort());
    sending.put("kbs.mail.smtp-user", "desk");
    sending.put("kbs.mail.smtp-password", "wrong");
    String schema = TestDatabase.get().createMigratedSchema("http_mail_login");
    long ticket;
    try (TestServer wrong = on(schema, sending)) {
      User agent = wrong.user("support_agent");
      ticket = agent.api().post("", ticket("login@customers.example")).assertOk().id();
      await(
          () -> "No reason",
          () -> mails(wrong, ticket).stream().anyMatch(mail -> mail.reason() != null));
      Mail mail = mails(wrong, ticket).get(0);
      assertTrue(String.valueOf(mail.reason()).contains("login"), mail::toString);
    }
    sending.put("kbs.mail.smtp-password", "secret");
    try (TestServer right = on(schema, sending)) {
      await(right, ticket, "login@customers.example", MailState.SENT);
      assertNotEquals(0, guarded.getReceivedMessages().length);
    } finally {
      guarded.stop();
    }
  }

  @Test
  void whatIsOnlyRecordedIsSentToNobody() {
    try (SmtpReceiver smtp = new SmtpReceiver()) {
      Map<String, Object> properties = sending(smtp.url());
      properties.put("kbs.mail.mode", "record");
      String schema = TestDatabase.get().createMigratedSchema("http_mail_record");
      long ticket;
      try (TestServer own = on(schema, properties)) {
        User agent = own.user("support_agent");
        ticket = agent.api().post("", ticket("trial@customers.example")).assertOk().id();
        await(own, ticket, "trial@customers.example", MailState.RECORDED);
      }
      // Nor is it afterwards; what is changed while there is none, is never told.
      properties.put("kbs.mail.mode", "off");
      long unseen;
      try (TestServer own = on(schema, properties)) {
        User agent = own.user("support_agent");
        unseen = agent.api().post("", ticket("unseen@customers.example")).assertOk().id();
      }
      properties.put("kbs.mail.mode", "send");
      try (TestServer own = on(schema, properties)) {
        User agent = own.user("support_agent");
        await(() -> "No beginning", () -> begun(own));
        long now = agent.api().post("", ticket("now@customers.example")).assertOk().id();
        await(own, now, "now@customers.example", MailState.SENT);
        assertEquals(List.of(), mails(own, unseen));
        assertEquals(List.of(), smtp.taken("unseen@customers.example"));
        assertEquals(List.of(), smtp.taken("trial@customers.example"));
        assertEquals(MailState.RECORDED.kept(), mails(own, ticket).get(0).state());
      }
    }
  }

  @Test
  void aSiteThatCameFromWordPressRecordsUntilItIsTold() {
    try (SmtpReceiver smtp = new SmtpReceiver()) {
      Map<String, Object> properties = sending(smtp.url());
      properties.put("kbs.mail.mode", "");
      String schema = TestDatabase.get().createMigratedSchema("http_mail_imported");
      try (TestServer own = on(schema, properties)) {
        MailPolicy policy = own.bean(MailPolicy.class);
        assertEquals("sent by " + smtp.url(), policy.checkAtStart());
        own.bean(SiteSettings.class).set("from_email", null);
        assertEquals(
            "sent by " + smtp.url() + ", once the setting from_email is set",
            policy.checkAtStart());
        own.bean(SiteSettings.class).set("from_email", "desk@example.org");
        // While it runs, somebody imports.
        own.sql(
            "INSERT INTO imported (kind, id, source_hash, here_hash)"
                + " VALUES ('ticket', 1, REPEAT('0', 16), REPEAT('0', 16))");
        assertEquals("recorded, and sent to nobody (KBS_MAIL_MODE)", policy.checkAtStart());
        User agent = own.user("support_agent");
        long ticket = agent.api().post("", ticket("wordpress@customers.example")).id();
        await(own, ticket, "wordpress@customers.example", MailState.RECORDED);
        assertEquals(List.of(), smtp.taken());
      }
      properties.put("kbs.mail.mode", "send");
      properties.remove("kbs.mail.smtp-url");
      try (TestServer own = on(schema, properties)) {
        StartupFailure refused =
            assertThrows(StartupFailure.class, () -> own.bean(MailPolicy.class).checkAtStart());
        assertEquals(
            "KBS_MAIL_MODE is send, but KBS_SMTP_URL names no server", refused.getMessage());
      }
    }
  }

  @Test
  void whoeverRunsItCanTryWhetherAMailArrives() throws Exception {
    String schema = TestDatabase.get().createMigratedSchema("http_mail_try");
    try (SmtpReceiver smtp = new SmtpReceiver();
        TestServer own = on(schema, Map.of())) {
      Map<String, String> environment = new HashMap<>(CommandLineRun.environment(schema));
      String address = "operator@example.org";
      CommandLineRun nowhere = CommandLineRun.of(environment, "mail", "try", address);
      assertEquals(1, nowhere.exitCode());
      assertTrue(nowhere.err().contains("It was not taken: "), nowhere::err);
      environment.put("KBS_SMTP_URL", smtp.url());
      environment.put("KBS_MAIL_MODE", "record");
      own.set("site_name", "Hafen &amp; Hilfe");
      CommandLineRun taken = CommandLineRun.of(environment, "mail", "try", address);
      assertEquals(0, taken.exitCode(), taken::err);
      assertEquals(1, smtp.taken(address).size());
      SmtpReceiver.Taken mail = smtp.taken(address).get(0);
      assertEquals("A mail of Hafen & Hilfe", mail.header("Subject"));
      assertEquals("auto-generated", mail.header("Auto-Submitted"));
      assertTrue(
          mail.header("Message-ID").matches("<trial\\.\\w{32}@example\\.org>"), mail::message);
      smtp.behave((step, to) -> "550 5.1.1 No such user here");
      CommandLineRun refused = CommandLineRun.of(environment, "mail", "try", address);
      assertEquals(1, refused.exitCode());
      assertTrue(refused.err().contains("It was not taken: 550 5.1.1 No such user"), refused::err);
      CommandLineRun wrong = CommandLineRun.of(environment, "mail", "try", "nobody");
      assertTrue(wrong.err().contains("This is no e-mail address: nobody"), wrong::err);
    }
  }

  @Test
  void theDemoRecords() {
    Map<String, Object> properties = sending("smtp://127.0.0.1:25");
    properties.put("kbs.mail.mode", "");
    properties.put("kbs.demo", "true");
    String schema = TestDatabase.get().createMigratedSchema("http_mail_demo");
    try (TestServer own = on(schema, properties)) {
      assertEquals(MailMode.RECORD, own.bean(MailPolicy.class).mode());
    }
  }

  private static boolean begun(TestServer own) {
    return own.number("SELECT COUNT(*) FROM mail_progress WHERE position IS NOT NULL") == 1;
  }

  @Test
  void whatHasGoneOnTooLongIsNotSentAnyMore() {
    try (SmtpReceiver smtp = new SmtpReceiver()) {
      smtp.behave((step, address) -> "451 Not now");
      try (TestServer own = to("http_mail_old", smtp.url())) {
        User agent = own.user("support_agent");
        long ticket = agent.api().post("", ticket("old@customers.example")).assertOk().id();
        await(
            () -> "No attempt",
            () -> mails(own, ticket).stream().anyMatch(mail -> mail.reason() != null));
        own.sql("UPDATE mail SET created_at = created_at - INTERVAL 49 HOUR");
        Mail failed = await(own, ticket, "old@customers.example", MailState.FAILED);
        assertTrue(String.valueOf(failed.reason()).contains("Not now"), failed::toString);
        assertEquals(List.of(), smtp.taken("old@customers.example"));
      }
    }
  }

  @Test
  void whatBecameOfAMailIsKeptForAWeekAndWhatIsBeingSentIsNotGivenUp() {
    try (SmtpReceiver smtp = new SmtpReceiver();
        TestServer own = to("http_mail_kept", smtp.url())) {
      own.set("history_days", "0");
      User agent = own.user("support_agent");
      long first = agent.api().post("", ticket("first@customers.example")).assertOk().id();
      await(own, first, "first@customers.example", MailState.SENT);
      own.sql("UPDATE mail SET created_at = created_at - INTERVAL 6 DAY");
      long second = agent.api().post("", ticket("second@customers.example")).assertOk().id();
      await(own, second, "second@customers.example", MailState.SENT);
      assertEquals(1, mails(own, first).size());
      // Another server is at it, and has been for long.
      own.sql(
          "UPDATE mail SET state = 'waiting', due_at = UTC_TIMESTAMP() + INTERVAL 5 MINUTE"
              + " WHERE ticket_id = ?",
          first);
      // Whatever is said of a mail while the server takes it, it was sent.
      smtp.behave(
          (step, address) -> {
            if (step.equals("END")) {
              own.sql("UPDATE mail SET state = 'failed' WHERE address = ?", address);
            }
            return "250 OK";
          });
      long third = agent.api().post("", ticket("third@customers.example")).assertOk().id();
      await(own, third, "third@customers.example", MailState.SENT);
      assertEquals(MailState.WAITING.kept(), mails(own, first).get(0).state());
      own.sql(
          "UPDATE mail SET state = 'sent', created_at = created_at - INTERVAL 2 DAY"
              + " WHERE ticket_id = ?",
          first);
      agent.api().post("", ticket("fourth@customers.example")).assertOk();
      await(() -> "It is kept", () -> mails(own, first).isEmpty());
    }
  }

  @Test
  void withoutASenderAllWaitsAndGoesWhenThereIsOne() {
    try (SmtpReceiver smtp = new SmtpReceiver();
        TestServer own = to("http_mail_sender", smtp.url())) {
      own.bean(SiteSettings.class).set("from_email", null);
      User agent = own.user("support_agent");
      long ticket = agent.api().post("", ticket("patient@customers.example")).assertOk().id();
      await(() -> "No mail", () -> !mails(own, ticket).isEmpty());
      // When the log is read again, it was tried to send the first.
      long next = agent.api().post("", ticket("patient@customers.example")).assertOk().id();
      await(() -> "No mail", () -> !mails(own, next).isEmpty());
      for (Mail mail : mails(own, ticket)) {
        assertEquals(MailState.WAITING.kept(), mail.state(), mail::toString);
        assertEquals(0, mail.attempts());
      }
      own.bean(SiteSettings.class).set("from_email", "desk@example.org");
      Mail sent = await(own, ticket, "patient@customers.example", MailState.SENT);
      assertEquals(1, sent.attempts());
    }
  }

  @Test
  void oneThatCannotBeLookedAtHoldsUpNoOther() {
    try (SmtpReceiver smtp = new SmtpReceiver();
        TestServer own = to("http_mail_broken", smtp.url())) {
      User agent = own.user("support_agent");
      long ticket = agent.api().post("", ticket("fine@customers.example")).assertOk().id();
      Mail sent = await(own, ticket, "fine@customers.example", MailState.SENT);
      // Of a kind that this server does not know, and before all others of its line.
      own.sql(
          "INSERT INTO mail (kind, ticket_id, address, role, position, bare, message_id, created_at,"
              + " due_at, state, attempts) SELECT 'novelty', ticket_id, address, role, position,"
              + " bare, CONCAT('x', message_id), created_at, due_at - INTERVAL 1 DAY, 'waiting', 0"
              + " FROM mail WHERE id = ?",
          sent.number());
      String replies = "/wp-json/kbs/v1/replies/ticket/" + ticket;
      agent.api().send("POST", replies, JSON, "{\"reply_content\": \"Done\"}").assertOk();
      await(
          () -> "No reply is sent: " + mails(own, ticket),
          () -> smtp.taken("fine@customers.example").size() == 2);
      Mail broken =
          mails(own, ticket).stream()
              .filter(mail -> mail.kind().equals("novelty"))
              .findFirst()
              .orElseThrow();
      assertEquals(MailState.WAITING.kept(), broken.state());
      assertTrue(broken.attempts() > 0, broken::toString);
    }
  }

  @Test
  void onlyWhoIsToldSoSwitchesMailOff() {
    try (SmtpReceiver smtp = new SmtpReceiver()) {
      String schema = TestDatabase.get().createMigratedSchema("http_mail_off");
      Map<String, Object> sending = sending(smtp.url());
      Map<String, Object> other = new HashMap<>(sending);
      other.remove("kbs.mail.smtp-url");
      other.put("kbs.mail.mode", "");
      long ticket;
      try (TestServer own = on(schema, sending)) {
        await(() -> "No beginning", () -> begun(own));
      }
      // One that knows no SMTP server leaves it to others.
      try (TestServer own = on(schema, other)) {
        User agent = own.user("support_agent");
        ticket = agent.api().post("", ticket("later@customers.example")).assertOk().id();
        assertTrue(begun(own));
      }
      smtp.behave((step, address) -> "451 Not now");
      try (TestServer own = on(schema, sending)) {
        await(
            () -> "No attempt",
            () -> mails(own, ticket).stream().anyMatch(mail -> mail.reason() != null));
      }
      other.put("kbs.mail.mode", "off");
      try (TestServer own = on(schema, other)) {
        Mail dropped = await(own, ticket, "later@customers.example", MailState.DROPPED);
        assertEquals("Mail was switched off.", dropped.reason());
        assertFalse(begun(own));
      }
    }
  }
}
