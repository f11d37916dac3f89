package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.delivery.MailAdministration;
import io.kbsserver.mail.incoming.IncomingMails;
import io.kbsserver.mail.incoming.ReceivedMail;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.testing.TestDatabase;
import jakarta.mail.Flags.Flag;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes by mail to a mailbox that two servers on one database look into. */
class MailInTest {

  private static final long PATIENCE_SECONDS = 60;
  private static final String TAKEN = "KBS taken";
  private static final String ASIDE = "KBS aside";

  private static GreenMail mailServer;
  private static ImapDoor door;
  private static GreenMailUser desk;
  private static TestServer server;
  private static TestServer second;

  @BeforeAll
  static void start() {
    mailServer = mailServer();
    door = new ImapDoor("127.0.0.1", mailServer.getImap().getPort());
    desk = mailServer.setUser("desk@example.org", "desk", "secret");
    String schema = TestDatabase.get().createMigratedSchema("http_mail_in");
    server = TestServer.on(schema, properties(door.url()));
    server.bean(SiteSettings.class).set("from_email", "desk@example.org");
    second = TestServer.on(schema, properties(door.url()));
  }

  @AfterAll
  static void stop() {
    second.close();
    server.close();
    door.close();
    mailServer.stop();
  }

  private static GreenMail mailServer() {
    ServerSetup[] setups = {
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    };
    for (ServerSetup setup : setups) {
      setup.setServerStartupTimeout(60_000);
    }
    GreenMail made = new GreenMail(setups);
    made.start();
    return made;
  }

  private static Map<String, Object> properties(String mailbox) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kbs.mail.mode", "send");
    properties.put("kbs.mail.smtp-url", "smtp://127.0.0.1:" + mailServer.getSmtp().getPort());
    properties.put("kbs.mail.polling", "200ms");
    properties.put("kbs.mail.settle", "0s");
    properties.put("kbs.mail.in.url", mailbox);
    properties.put("kbs.mail.in.user", "desk");
    properties.put("kbs.mail.in.password", "secret");
    properties.put("kbs.mail.in.polling", "200ms");
    properties.put("kbs.mail.in.outage-pause", "50ms");
    properties.put("kbs.mail.in.most-in-hour", "1000");
    properties.put("kbs.mail.in.size", "2000000");
    return properties;
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

  /** Puts a mail into the mailbox, as its bytes are; a bar is a line break. */
  private static void deliver(GreenMailUser to, String mail) {
    deliver(to, mail.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void deliver(GreenMailUser to, byte[] mail) {
    try {
      to.deliver(
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MailFolder folder(String name) {
    return mailServer.getManagers().getImapHostManager().getFolder(desk, name);
  }

  /** Which mails are in a folder, by their ids. */
  private static List<String> in(String name) {
    MailFolder folder = folder(name);
    if (folder == null) {
      return List.of();
    }
    return messages(folder).stream().map(MailInTest::id).toList();
  }

  /** Those that are there now: servers are about to move them. */
  private static List<StoredMessage> messages(MailFolder folder) {
    return List.copyOf(folder.getMessages());
  }

  private static String id(StoredMessage message) {
    try {
      return String.valueOf(message.getMimeMessage().getMessageID()).replaceAll("[<>]", "");
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ReceivedMail> received(String messageId) {
    return server.bean(IncomingMails.class).newest(null, 10_000).stream()
        .filter(mail -> mail.messageId().equals(messageId))
        .toList();
  }

  /** What became of a mail, once it is out of the inbox. */
  private static ReceivedMail fate(String messageId, String folder) {
    await(
        () -> messageId + " stays: " + in("INBOX"),
        () -> in(TAKEN).contains(messageId) || in(ASIDE).contains(messageId));
    List<ReceivedMail> found = received(messageId);
    assertTrue(in(folder).contains(messageId), found::toString);
    return found.get(0);
  }

  private static String unique() {
    return TestServer.unique("in") + "@mails.example";
  }

  /** The newest mail about a ticket to an address that was sent. */
  private static Mail sent(long ticket, String address, String kind) {
    Supplier<List<Mail>> found =
        () ->
            server.bean(MailAdministration.class).newest(MailState.SENT, ticket, 100).stream()
                .filter(mail -> mail.address().equals(address) && mail.kind().equals(kind))
                .toList();
    await(
        () -> server.bean(MailAdministration.class).newest(null, ticket, 100).toString(),
        () -> !found.get().isEmpty());
    List<Mail> all = found.get();
    return all.get(all.size() - 1);
  }

  private static List<JsonNode> replies(User who, long ticket) {
    JsonNode all =
        who.api()
            .send(
                "GET",
                "/wp-json/kbs/v1/replies/ticket/" + ticket + "?orderby=id&order=asc",
                null,
                null)
            .assertOk()
            .json();
    return StreamSupport.stream(all.spliterator(), false).toList();
  }

  private static Answer reply(User who, long ticket, String text) {
    return who.api()
        .send(
            "POST",
            "/wp-json/kbs/v1/replies/ticket/" + ticket,
            HttpApi.JSON,
            HttpApi.json(HttpApi.fields("reply_content", text)))
        .assertOk();
  }

  private static String number(long ticket) {
    return server.values("SELECT number FROM ticket WHERE id = ?", ticket).get(0);
  }

  /** The text of a mail of ours, quoted as programs do. */
  private static String quoted(String messageId) throws Exception {
    MimeMessage message =
        Arrays.stream(mailServer.getReceivedMessages())
            .filter(one -> hasId(one, messageId))
            .findFirst()
            .orElseThrow();
    Object content = message.getContent();
    String text =
        content instanceof MimeMultipart both
            ? both.getBodyPart(0).getContent().toString()
            : content.toString();
    return text.lines().map(line -> "> " + line).collect(Collectors.joining("|"));
  }

  private static boolean hasId(MimeMessage message, String messageId) {
    try {
      return ("<" + messageId + ">").equals(message.getMessageID());
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAnswerByMailGoesOnWithTheThread() throws Exception {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("round") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer, "agent_id", agent.id())).assertOk().id();
    reply(agent, ticket, "Have you tried?");
    Mail asked = sent(ticket, customer, "reply");
    String quoted = quoted(asked.messageId());
    assertTrue(quoted.startsWith("> ##- Please reply above this line -##|"), quoted);
    String id = unique();
    deliver(
        desk,
        "Message-ID: <%s>|From: C <%s>|Subject: Re: whatever|In-Reply-To: <%s>||I <b>have</b> & it does not.||On Tue, 3 Nov 2026 at 10:00, Desk <desk@example.org> wrote:|%s"
            .formatted(id, customer, asked.messageId(), quoted));
    ReceivedMail taken = fate(id, TAKEN);
    assertEquals("taken", taken.state());
    assertEquals(ticket, taken.ticketId());
    JsonNode made = replies(agent, ticket).get(1);
    assertEquals(taken.replyId(), made.get("id").asLong());
    assertEquals(
        "<p>I &lt;b&gt;have&lt;/b&gt; &amp; it does not.</p>\n",
        made.at("/content/rendered").asText());
    assertEquals(
        server.number("SELECT id FROM term WHERE slug = 'kbs-email'"),
        made.at("/ticket_sources/0").asLong());
    // The agent hears of it, and the customer not of what they wrote themselves.
    Mail notice = sent(ticket, agent.email(), "reply_notice");
    assertEquals(taken.replyId(), notice.replyId());
    assertEquals(
        1,
        server.number("SELECT COUNT(*) FROM mail WHERE ticket_id = ? AND kind = 'reply'", ticket));
    JsonNode history = agent.api().get("/" + ticket + "/history").assertOk().json();
    JsonNode entry =
        StreamSupport.stream(history.spliterator(), false)
            .filter(one -> one.get("object_id").asLong() == made.get("id").asLong())
            .filter(one -> one.get("type").asText().equals("reply.created"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(history.toString()));
    assertEquals("server", entry.get("source").asText());
    assertEquals(0, entry.get("user").asLong());
    // The agent answers by mail as well, and the thread goes on.
    String answer = unique();
    deliver(
        desk,
        "Message-ID: <%s>|From: %s|In-Reply-To: <%s>||Then we come.|%s"
            .formatted(answer, agent.email(), notice.messageId(), quoted(notice.messageId())));
    ReceivedMail answered = fate(answer, TAKEN);
    assertEquals(ticket, answered.ticketId());
    assertEquals(
        agent.id(), server.number("SELECT author_id FROM reply WHERE id = ?", answered.replyId()));
    assertEquals(
        agent.id(), server.number("SELECT agent_id FROM reply WHERE id = ?", answered.replyId()));
    await(
        () -> "No mail of the answer",
        () -> sent(ticket, customer, "reply").replyId().equals(answered.replyId()));
    MimeMessage told =
        Arrays.stream(mailServer.getReceivedMessages())
            .filter(one -> hasId(one, sent(ticket, customer, "reply").messageId()))
            .findFirst()
            .orElseThrow();
    assertTrue(told.getHeader("References", " ").contains(asked.messageId()));
    assertEquals(3, replies(agent, ticket).size());
  }

  /** Who a mail is from, and whether it is taken. */
  @ParameterizedTest
  @CsvSource({
    "customer,true",
    "additional address,true",
    "their login,true",
    "participant,true",
    "former participant,false",
    "agent,true",
    "additional agent,true",
    "other agent,false",
    "manager,false",
    "stranger,false",
    "disabled customer,false",
    "disabled agent,false",
    "former agent,false"
  })
  void whoTakesPartMayAnswer(String who, boolean isTaken) {
    User agent = server.user("support_agent");
    User other = server.user("support_agent");
    User login = server.user("subscriber");
    String name = TestServer.unique("part");
    String address = name + "@customers.example";
    long customer = server.customer(address, login.id(), null);
    server.sql(
        "INSERT INTO customer_email (customer_id, email) VALUES (?, ?)",
        customer,
        name + "@private.example");
    long ticket = agent.api().post("", ticket(address, "agent_id", agent.id())).assertOk().id();
    server.sql(
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 7)",
        ticket,
        name + "@friends.example");
    String from = address;
    switch (who) {
      case "additional address" -> from = name + "@private.example";
      case "their login" -> from = login.email();
      case "participant", "former participant" -> from = name + "@friends.example";
      case "agent", "disabled agent", "former agent" -> from = agent.email();
      case "additional agent" -> {
        server.sql(
            "INSERT INTO ticket_agent (ticket_id, user_id, position) VALUES (?, ?, 0)",
            ticket,
            other.id());
        from = other.email();
      }
      case "other agent" -> from = other.email();
      case "manager" -> from = server.user("support_manager").email();
      case "stranger" -> from = name + "@strangers.example";
      default -> {}
    }
    switch (who) {
      case "former participant" ->
          server.sql("DELETE FROM ticket_participant WHERE ticket_id = ?", ticket);
      case "disabled customer" ->
          server.sql("UPDATE app_user SET disabled = TRUE WHERE id = ?", login.id());
      case "disabled agent" ->
          server.sql("UPDATE app_user SET disabled = TRUE WHERE id = ?", agent.id());
      case "former agent" -> server.sql("DELETE FROM user_role WHERE user_id = ?", agent.id());
      default -> {}
    }
    String id = unique();
    deliver(
        desk,
        "Message-ID: <%s>|From: %s|Subject: Re: ##%s##||Hello"
            .formatted(id, from.toUpperCase(java.util.Locale.ROOT), number(ticket)));
    ReceivedMail mail = fate(id, isTaken ? TAKEN : ASIDE);
    assertEquals(isTaken ? "taken" : "aside", mail.state());
    assertEquals(
        isTaken ? 1 : 0, server.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", ticket));
    if (isTaken) {
      String columns = "SELECT CONCAT_WS(' ', COALESCE(%s, 0)) FROM reply WHERE ticket_id = ?";
      long author = server.number(columns.formatted("author_id"), ticket);
      long expected =
          switch (who) {
            case "participant" -> 0;
            case "agent" -> agent.id();
            case "additional agent" -> other.id();
            default -> login.id();
          };
      assertEquals(expected, author);
      assertEquals(
          who.equals("participant") ? 0 : customer,
          server.number(columns.formatted("customer_id"), ticket));
      assertEquals(
          who.equals("participant") ? List.of(name + "@friends.example") : List.of(),
          server
              .values(
                  "SELECT participant_email FROM reply WHERE ticket_id = ?"
                      + " AND participant_email IS NOT NULL",
                  ticket)
              .stream()
              .map(String::toLowerCase)
              .toList());
    } else {
      assertTrue(mail.reason().contains("takes no part"), mail::toString);
    }
  }

  /** A bar is a line break, and # the number of the customer's ticket. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "From: @|Subject: Hello||Hi;answers no mail of ours",
        "From: @|Subject: ##no such##||Hi;answers no mail of ours",
        "From: @|Subject: Re|In-Reply-To: <ticket-ID@example.org>||Hi;answers no mail of ours",
        "From: @|Subject: Re|References: <ticket-ID.reply.00000000000000000000000000000000@example.org>||Hi;answers no mail of ours",
        "Subject: #||Hi;one address",
        "From: @, b@example.org|Subject: #||Hi;one address",
        "From: desk@example.org|Subject: #||Hi;sent from here",
        "From: @|Subject: #|Auto-Submitted: auto-replied||Away;Auto-Submitted",
        "From: @|Subject: #|Precedence: bulk||Away;Precedence",
        "From: @|Subject: #|X-Auto-Response-Suppress: All||Away;X-Auto-Response-Suppress",
        "From: @|Subject: #|Return-Path: <>||Away;Return-Path",
        "From: MAILER-DAEMON@example.org|Subject: #||Away;its sender",
        "From: @|Subject: #|Content-Type: multipart/report~ boundary=b||--b||Away|--b--;a report",
        "From: @|Subject: #|| |;Nothing is written",
        "From: @|Subject: #|Content-Type: application/x-msdownload~ name=a.exe||MZ;not taken: a.exe",
        "From: @|Subject: #|Content-Type: multipart/encrypted~ boundary=b||--b||x|--b--;enciphered"
      })
  void whatIsNoAnswerIsPutAside(String mail, String reason) {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("aside") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    String id = unique();
    deliver(
        desk,
        "Message-ID: <"
            + id
            + ">|"
            + mail.replace("From: @", "From: " + customer)
                .replace("Subject: #|", "Subject: Re: ##" + number(ticket) + "##|")
                .replace("ticket-ID", "ticket-" + ticket)
                .replace('~', ';'));
    ReceivedMail aside = fate(id, ASIDE);
    assertEquals("aside", aside.state());
    assertTrue(aside.reason().contains(reason), aside::toString);
    assertEquals(List.of(), replies(agent, ticket));
    // Nobody is told of it.
    assertEquals(
        0,
        server.number(
            "SELECT COUNT(*) FROM mail WHERE address = ? AND kind <> 'received'", customer));
  }

  @ParameterizedTest
  @CsvSource({"trash", ".deleted"})
  void whatIsInTheTrashStaysThere(String status) {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("trash") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    server.sql(
        "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
            + " VALUES (?, '', FALSE, FALSE, 99)",
        status);
    server.sql("UPDATE ticket SET status = ? WHERE id = ?", status, ticket);
    String id = unique();
    deliver(
        desk,
        "Message-ID: <%s>|From: %s|Subject: ##%s##||Hi".formatted(id, customer, number(ticket)));
    assertTrue(fate(id, ASIDE).reason().contains("not listed"));
    assertEquals(0, server.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", ticket));
  }

  @Test
  void anAnswerOpensAClosedTicketAndIsSanitisedByNobodysRights() {
    User admin = server.user("administrator");
    long ticket =
        admin
            .api()
            .post("", ticket(TestServer.unique("shut") + "@c.example", "agent_id", admin.id()))
            .assertOk()
            .id();
    server.sql("UPDATE ticket SET status = 'closed' WHERE id = ?", ticket);
    String id = unique();
    deliver(
        desk,
        ("Message-ID: <%s>|From: %s|Subject: ##%s##|Content-Type: text/html||"
                + "<p>One</p><p>Two <img src=x onerror=alert(1)> &lt;script&gt;x()&lt;/script&gt;</p>")
            .formatted(id, admin.email(), number(ticket)));
    fate(id, TAKEN);
    assertEquals("open", server.values("SELECT status FROM ticket WHERE id = ?", ticket).get(0));
    assertEquals(
        "<p>One</p>\n<p>Two &lt;script&gt;x()&lt;/script&gt;</p>\n",
        replies(admin, ticket).get(0).at("/content/rendered").asText());
  }

  @Test
  void filesComeAlongAndWhatIsNotTakenIsNamed() {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("files") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    String id = unique();
    deliver(
        desk,
        ("Message-ID: <%s>|From: %s|Subject: ##%s##|Content-Type: multipart/mixed; boundary=b||"
                + "--b|Content-Type: text/plain; name=a.txt|Content-Disposition: attachment||file|"
                + "--b|Content-Type: application/octet-stream; name=evil.exe||MZ|--b--|")
            .formatted(id, customer, number(ticket)));
    ReceivedMail taken = fate(id, TAKEN);
    assertEquals("Left out: evil.exe", taken.reason());
    JsonNode made = replies(agent, ticket).get(0);
    assertEquals("a.txt", made.at("/files/0/filename").asText());
    assertEquals(1, made.get("files").size());
    assertEquals(
        "<p>(These files were not taken: evil.exe)</p>\n", made.at("/content/rendered").asText());
  }

  @Test
  void theSameMailIsTakenOnce() throws Exception {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("once") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    String id = unique();
    String mail =
        "Message-ID: <%s>|From: %s|Subject: ##%s##||Hi".formatted(id, customer, number(ticket));
    deliver(desk, mail);
    fate(id, TAKEN);
    // As after a kill between the commit and the move.
    MailFolder taken = folder(TAKEN);
    StoredMessage moved =
        messages(taken).stream().filter(one -> id(one).equals(id)).findFirst().orElseThrow();
    taken.moveMessage(moved.getUid(), folder("INBOX"));
    await(() -> "It stays", () -> in("INBOX").isEmpty() && in(TAKEN).contains(id));
    // As it is delivered once more, by another way.
    deliver(desk, "Received: from elsewhere.example|" + mail);
    await(() -> "It stays", () -> in(TAKEN).stream().filter(id::equals).count() == 2);
    assertEquals(1, replies(agent, ticket).size());
    assertEquals(1, received(id).size());
    // Another text under the same id is another mail.
    deliver(desk, mail + " again");
    await(() -> "It stays", () -> in(TAKEN).stream().filter(id::equals).count() == 3);
    assertEquals(2, replies(agent, ticket).size());
  }

  /** It is a reply, and is not listed as if it were none. */
  @Test
  void whatWasTakenIsKnownAgainThoughItsSenderTakesPartNoMore() {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("lost") + "@customers.example";
    String friend = "friend." + customer;
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    server.sql(
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 7)",
        ticket,
        friend);
    String id = unique();
    String mail =
        ("Message-ID: <%s>|From: %s|Subject: ##%s##|Content-Type: multipart/mixed; boundary=b||"
                + "--b||Hi|--b|Content-Type: text/plain; name=a.txt||file|--b--|")
            .formatted(id, friend, number(ticket));
    deliver(desk, mail);
    fate(id, TAKEN);
    server.sql("DELETE FROM ticket_participant WHERE ticket_id = ?", ticket);
    deliver(desk, "Received: from elsewhere.example|" + mail);
    await(() -> "It stays", () -> in(TAKEN).stream().filter(id::equals).count() == 2);
    assertEquals(List.of("taken"), received(id).stream().map(ReceivedMail::state).toList());
    assertEquals(1, replies(agent, ticket).size());
    // What was not taken is not, whatever it is called.
    for (String other : List.of(mail.replace("|Hi|", "|Ho|"), mail.replace("a.txt", "b.txt"))) {
      deliver(desk, other);
    }
    await(() -> "It stays", () -> in(ASIDE).stream().filter(id::equals).count() == 2);
    assertEquals(1, replies(agent, ticket).size());
  }

  @Test
  void whatWasPutAsideCanBeMovedBack() throws Exception {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("back") + "@customers.example";
    long ticket = agent.api().post("", ticket("other." + customer)).assertOk().id();
    String id = unique();
    deliver(
        desk,
        "Message-ID: <%s>|From: %s|Subject: ##%s##||Hi".formatted(id, customer, number(ticket)));
    assertEquals("aside", fate(id, ASIDE).state());
    server.sql(
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 7)",
        ticket,
        customer);
    MailFolder aside = folder(ASIDE);
    StoredMessage found =
        messages(aside).stream().filter(one -> id(one).equals(id)).findFirst().orElseThrow();
    aside.moveMessage(found.getUid(), folder("INBOX"));
    assertEquals("taken", fate(id, TAKEN).state());
    assertEquals(1, received(id).size());
  }

  /** Which what was moved away must not keep it from: it is counted until then. */
  @Test
  void theMailboxIsClosedWhenNothingWaits() {
    String id = unique();
    deliver(desk, "Message-ID: <%s>|From: nobody@else.example|Subject: x||Hi".formatted(id));
    fate(id, ASIDE);
    long opened = opened();
    // Looked for every 0.2 s, and kept open for 20 s at most.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    await(() -> "It is open", () -> opened() >= opened + 2 || System.nanoTime() > end);
    assertTrue(opened() >= opened + 2);
  }

  private static long opened() {
    return door.said().stream().filter(command -> command.startsWith("SELECT ")).count();
  }

  @Test
  void whatIsSaidOfANoteIsNotForTheCustomer() {
    User agent = server.user("support_agent");
    User named = server.user("support_agent");
    String customer = TestServer.unique("note") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer, "agent_id", named.id())).assertOk().id();
    agent
        .api()
        .post(
            "/" + ticket + "/notes",
            HttpApi.fields("note_content", "@" + named.login() + " is he mad?"));
    Mail notice = sent(ticket, named.email(), "note_notice");
    String id = unique();
    deliver(
        desk,
        "Message-ID: <%s>|From: %s|Subject: Re: ##%s##|In-Reply-To: <%s>||Quite"
            .formatted(id, named.email(), number(ticket), notice.messageId()));
    assertTrue(fate(id, ASIDE).reason().contains("private note"));
    // A program may tell nothing of what it answers, and a server on the way may change ids.
    String quoting = unique();
    deliver(
        desk,
        "Message-ID: <%s>|From: %s|Subject: Re: ##%s##||Quite|> ##! for agents !##|> is he mad?"
            .formatted(quoting, named.email(), number(ticket)));
    assertTrue(fate(quoting, ASIDE).reason().contains("private note"));
    String told =
        Arrays.stream(mailServer.getReceivedMessages())
            .filter(one -> hasId(one, notice.messageId()))
            .map(GreenMailUtil::getWholeMessage)
            .findFirst()
            .orElseThrow();
    assertTrue(told.contains("##! "), told);
  }

  @Test
  void whatCannotBeReadHoldsUpNobody() {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("bomb") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    String head = "From: %s|Subject: ##%s##|".formatted(customer, number(ticket));
    StringBuilder deep = new StringBuilder("Message-ID: <deep-%s>|".formatted(customer) + head);
    for (int i = 0; i < 2000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b").append(i);
      deep.append("||--b").append(i).append('|');
    }
    String many =
        "Message-ID: <many-%s>|".formatted(customer)
            + head
            + "Content-Type: multipart/mixed; boundary=b||"
            + "--b||".repeat(2_000);
    String large =
        "Message-ID: <large-%s>|".formatted(customer) + head + "|" + "x".repeat(2_100_000);
    String long_ = "Message-ID: <long-%s>|".formatted(customer) + head + "|" + "x".repeat(800_000);
    deliver(desk, deep.toString());
    deliver(desk, many);
    deliver(desk, large);
    deliver(desk, long_ + "\"".repeat(240_000));
    String good = unique();
    deliver(desk, "Message-ID: <" + good + ">|" + head + "|Hi");
    fate(good, TAKEN);
    assertTrue(fate("deep-" + customer, ASIDE).reason().contains("nested too deep"));
    assertTrue(fate("many-" + customer, ASIDE).reason().contains("too many parts"));
    assertTrue(fate("large-" + customer, ASIDE).reason().contains("larger"));
    ReceivedMail tooLong = fate("long-" + customer, ASIDE);
    assertTrue(tooLong.reason().contains("characters long"), tooLong::toString);
    assertEquals(1, replies(agent, ticket).size());
  }

  @Test
  void twoServersTakeEachMailOnce() {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("many") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    List<String> ids = IntStream.range(0, 60).mapToObj(i -> unique()).toList();
    for (String id : ids) {
      deliver(
          desk,
          "Message-ID: <%s>|From: %s|Subject: ##%s##||Hi %s"
              .formatted(id, customer, number(ticket), id));
    }
    await(() -> "Not all are taken", () -> in(TAKEN).containsAll(ids));
    assertEquals(60, server.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", ticket));
  }

  @Test
  void aMailboxThatIsAwaySlowsNobodyAndIsAskedAgain() {
    GreenMail own = mailServer();
    String schema = TestDatabase.get().createMigratedSchema("http_mail_in_away");
    try (ImapDoor door = new ImapDoor("127.0.0.1", own.getImap().getPort())) {
      door.shut(true);
      try (TestServer alone = TestServer.on(schema, properties(door.url()))) {
        User agent = alone.user("support_agent");
        long ticket = agent.api().post("", ticket("away@customers.example")).assertOk().id();
        deliver(
            own.setUser("desk@example.org", "desk", "secret"),
            "Message-ID: <away@mails.example>|From: away@customers.example|Subject: ##%s##||Hi"
                .formatted(alone.values("SELECT number FROM ticket WHERE id = ?", ticket).get(0)));
        // The pauses grow: it is back before they are long.
        await(() -> "It is not asked", () -> door.turnedAway() > 1);
        door.shut(false);
        await(
            () -> "It is not taken",
            () -> alone.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", ticket) == 1);
      }
    } finally {
      own.stop();
    }
  }

  /** Of a server that cannot move, and of one that cannot even remove one mail alone. */
  @ParameterizedTest
  @CsvSource({"MOVE,", "MOVE,UIDPLUS"})
  void whereMailsCannotBeMovedTheyAreCopiedAndNoneOfAnotherIsRemoved(String first, String second) {
    String[] missing = second == null ? new String[] {first} : new String[] {first, second};
    GreenMail own = mailServer();
    GreenMailUser user = own.setUser("desk@example.org", "desk", "secret");
    String schema = TestDatabase.get().createMigratedSchema("http_mail_in_copy" + missing.length);
    try (ImapDoor door = new ImapDoor("127.0.0.1", own.getImap().getPort(), missing)) {
      door.shut(true);
      try (TestServer alone = TestServer.on(schema, properties(door.url()))) {
        User agent = alone.user("support_agent");
        long ticket = agent.api().post("", ticket("copy@customers.example")).assertOk().id();
        String mail =
            "From: copy@customers.example|Subject: ##%s##||Hi"
                .formatted(alone.values("SELECT number FROM ticket WHERE id = ?", ticket).get(0));
        deliver(user, "Message-ID: <deleted@mails.example>|" + mail);
        MailFolder inbox = own.getManagers().getImapHostManager().getFolder(user, "INBOX");
        // Whoever reads the mailbox as well is about to.
        messages(inbox).get(0).setFlag(Flag.DELETED, true);
        deliver(user, "Message-ID: <copied@mails.example>|" + mail);
        List<Long> uids = messages(inbox).stream().map(StoredMessage::getUid).toList();
        door.shut(false);
        await(
            () -> "It is not taken: " + door.said(),
            () -> count(own, user, TAKEN) == 1 && turns(door) > 1);
        // Looked at again, it is not taken again.
        int turns = turns(door);
        await(() -> "It is not looked at", () -> turns(door) > turns + 1);
        assertEquals(1, alone.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", ticket));
        assertEquals(1, count(own, user, TAKEN));
        assertEquals(0, count(own, user, ASIDE));
        List<String> removing =
            door.said().stream().filter(line -> line.matches("(?i).*(EXPUNGE|CLOSE).*")).toList();
        if (second == null) {
          assertEquals(List.of("UID EXPUNGE " + uids.get(1)), removing);
          assertEquals(1, count(own, user, "INBOX"));
          assertEquals(uids.get(0), messages(inbox).get(0).getUid());
        } else {
          assertEquals(List.of(), removing);
          assertEquals(2, count(own, user, "INBOX"));
        }
        assertTrue(messages(inbox).stream().allMatch(one -> one.isSet(Flag.DELETED)));
      }
    } finally {
      own.stop();
    }
  }

  private static int count(GreenMail server, GreenMailUser user, String name) {
    MailFolder found = server.getManagers().getImapHostManager().getFolder(user, name);
    return found == null ? 0 : found.getMessageCount();
  }

  /** How often somebody has looked into the inbox. */
  private static int turns(ImapDoor door) {
    return (int) door.said().stream().filter(line -> line.startsWith("SELECT INBOX")).count();
  }

  @Test
  void whatIsBrokenOffInTheMiddleIsTakenAsAWholeLater() {
    User agent = server.user("support_agent");
    String customer = TestServer.unique("broken") + "@customers.example";
    long ticket = agent.api().post("", ticket(customer)).assertOk().id();
    AtomicInteger refused = new AtomicInteger();
    // The second piece of the mail, twice.
    door.refuse(command -> command.contains("<65536.") && refused.getAndIncrement() < 2);
    String head = "From: %s|Subject: ##%s##|".formatted(customer, number(ticket));
    String broken = unique();
    deliver(
        desk,
        ("Message-ID: <%s>|%sContent-Type: multipart/mixed; boundary=b||--b||Whole?|"
                + "--b|Content-Type: text/plain; name=long.txt||%s|--b--|")
            .formatted(broken, head, "0123456789|".repeat(20_000)));
    String other = unique();
    deliver(desk, "Message-ID: <" + other + ">|" + head + "|Hi");
    fate(other, TAKEN);
    ReceivedMail taken = fate(broken, TAKEN);
    door.refuse(command -> false);
    assertTrue(refused.get() > 2, refused::toString);
    assertEquals(1, received(broken).size());
    JsonNode made =
        replies(agent, ticket).stream()
            .filter(reply -> reply.get("id").asLong() == taken.replyId())
            .findFirst()
            .orElseThrow();
    assertEquals("long.txt", made.at("/files/0/filename").asText());
    assertEquals(
        12L * 20_000,
        server.number("SELECT size FROM attachment WHERE reply_id = ?", taken.replyId()));
  }

  @Test
  void theOperatorsMailServerIsAskedWhereItIsNamed() {
    GreenMail own = mailServer();
    try {
      GreenMailUser user = own.setUser("desk@example.org", "desk", "secret");
      Map<String, Object> properties = properties("imap://127.0.0.1:" + own.getImap().getPort());
      properties.put("kbs.mail.in.authserv-id", "mx.example.org");
      properties.put("kbs.mail.in.most-in-hour", "2");
      String schema = TestDatabase.get().createMigratedSchema("http_mail_in_auth");
      try (TestServer alone = TestServer.on(schema, properties)) {
        User agent = alone.user("support_agent");
        long ticket = agent.api().post("", ticket("auth@customers.example")).assertOk().id();
        alone.set("admin_notice_emails", "[\"auth@customers.example\",\"boss@example.org\"]");
        String mail =
            "From: auth@customers.example|Subject: ##%s##||"
                .formatted(alone.values("SELECT number FROM ticket WHERE id = ?", ticket).get(0));
        String passed = "Authentication-Results: mx.example.org; dmarc=pass|";
        deliver(user, "Message-ID: <n1@a>|" + mail + "no");
        deliver(user, passed + "Message-ID: <n2@a>|" + mail + "yes");
        deliver(user, passed + "Message-ID: <n3@a>|" + mail + "yes, too");
        deliver(user, passed + "Message-ID: <n4@a>|" + mail + "too much");
        IncomingMails mails = alone.bean(IncomingMails.class);
        await(() -> mails.newest(null, 9).toString(), () -> mails.newest(null, 9).size() == 4);
        Map<String, String> reasons =
            mails.newest(null, 9).stream()
                .collect(
                    Collectors.toMap(
                        ReceivedMail::messageId, mail1 -> String.valueOf(mail1.reason())));
        assertTrue(reasons.get("n1@a").contains("DMARC"), reasons::toString);
        assertEquals("null", reasons.get("n2@a"));
        assertEquals("null", reasons.get("n3@a"));
        assertTrue(reasons.get("n4@a").contains("Too many"), reasons::toString);
        // Whoever answers is not told of it, as whom ever they would be.
        String told = "SELECT COUNT(*) FROM mail WHERE kind = 'reply_notice' AND address = ?";
        await(() -> "Nobody is told", () -> alone.number(told, "boss@example.org") > 0);
        assertEquals(0, alone.number(told, "auth@customers.example"));
        // Participants take part where the site has them.
        alone.sql(
            "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 7)",
            ticket,
            "friend@customers.example");
        alone.set("enable_participants", "0");
        deliver(
            user,
            passed + "Message-ID: <n5@a>|" + mail.replace("auth@", "friend@") + "as a friend");
        await(() -> mails.newest(null, 9).toString(), () -> mails.newest(null, 9).size() == 5);
        ReceivedMail last = mails.newest(null, 1).get(0);
        assertTrue(last.reason().contains("takes no part"), last::toString);
      }
    } finally {
      own.stop();
    }
  }

  /** No password goes over a wire that others may listen to. */
  @Test
  void thePasswordIsNotSaidInClear() {
    String host = NetworkAddress.any().orElse("");
    assumeFalse(host.isEmpty(), "This machine has no network");
    try (ImapDoor door = new ImapDoor(host, mailServer.getImap().getPort(), "STARTTLS")) {
      looksInto("http_mail_in_clear", door.url());
      assertTrue(door.said().contains("CAPABILITY"), door.said()::toString);
      assertTrue(
          door.said().stream().noneMatch(line -> line.matches("(?i)(LOGIN|AUTHENTICATE).*")),
          door.said()::toString);
    }
  }

  /** Nor to who is not known to be the server. */
  @Test
  void thePasswordIsSaidToTheServerAlone() {
    GreenMail other = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS));
    other.start();
    try {
      deliver(
          other.setUser("desk@example.org", "desk", "secret"),
          "Message-ID: <tls@mails.example>|From: tls@customers.example||Hi");
      looksInto("http_mail_in_tls", "imaps://127.0.0.1:" + other.getImaps().getPort());
    } finally {
      other.stop();
    }
  }

  /** A server of its own has tried to, and got nothing. */
  private static void looksInto(String schema, String url) {
    Map<String, Object> properties = properties(url);
    try (TestServer alone =
        TestServer.on(TestDatabase.get().createMigratedSchema(schema), properties)) {
      await(
          () -> "It was not tried",
          () ->
              alone.number(
                      "SELECT COUNT(*) FROM job WHERE task_name = 'mail-in'"
                          + " AND last_success IS NOT NULL")
                  > 0);
      assertEquals(0, alone.number("SELECT COUNT(*) FROM received_mail"));
    }
  }

  @Test
  void aMailboxHasAnOwner() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kbs.mail.in.url", "imaps://mail.example.com");
    String schema = TestDatabase.get().createMigratedSchema("http_mail_in_nobody");
    try (TestServer alone = TestServer.on(schema, properties)) {
      StartupFailure refused =
          assertThrows(StartupFailure.class, () -> alone.bean(IncomingMails.class).checkAtStart());
      assertEquals(
          "KBS_IMAP_URL names a mailbox, but KBS_IMAP_USER and KBS_IMAP_PASSWORD_FILE not whose",
          refused.getMessage());
    }
    assertTrue(
        server
            .bean(IncomingMails.class)
            .checkAtStart()
            .orElseThrow()
            .startsWith("fetched from imap://127.0.0.1:"));
  }
}
