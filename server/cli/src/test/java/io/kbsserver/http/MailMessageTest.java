package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailRepository;
import io.kbsserver.mail.message.MailMessage;
import io.kbsserver.mail.message.MailMessage.Attachment;
import io.kbsserver.mail.message.MessageComposer;
import io.kbsserver.mail.notice.OwedMails;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mails say, by the settings and by what was written over HTTP. */
class MailMessageTest {

  private static final String CUSTOMER = "nina@customer.example";

  private static TestServer server;
  private static User manager;
  private static User agent;

  private long ticket;

  @BeforeAll
  static void start() {
    // What was set a moment ago is in force: those who look for mails meanwhile keep nothing old.
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("mail_message"),
            Map.of("micronaut.caches.site.expire-after-write", "0s"));
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    server.sql("UPDATE app_user SET display_name = 'Anna Agent' WHERE id = ?", agent.id());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void aHelpDesk() {
    server
        .set("site_name", "Hafen &amp; Hilfe")
        .set("from_email", "help@site.example")
        .set("admin_notice_emails", "[\"desk@site.example\"]")
        .set("ticket_prefix", "K");
    server.bean(OwedMails.class).leave();
    server.bean(OwedMails.class).begin();
  }

  @AfterEach
  void asBefore() {
    server.resetSettings();
    server.bean(OwedMails.class).leave();
  }

  private void open(Object... more) {
    ticket = manager.api().post("", ticket(CUSTOMER, more)).assertOk().id();
  }

  private long reply(String text, Object... more) {
    Map<String, Object> body = fields("reply_content", text);
    body.putAll(fields(more));
    String path = "/wp-json/kbs/v1/replies/ticket/" + ticket;
    return agent.api().send("POST", path, JSON, json(body)).assertOk().id();
  }

  private String number() {
    return server.values("SELECT number FROM ticket WHERE id = ?", ticket).get(0);
  }

  /** The newest mail of a kind about the ticket, as it would be sent now. */
  private MailMessage mail(String kind) {
    OwedMails owed = server.bean(OwedMails.class);
    while (owed.take()) {
      // There may be more.
    }
    long id =
        server.number("SELECT MAX(id) FROM mail WHERE kind = ? AND ticket_id = ?", kind, ticket);
    Mail mail = server.bean(MailRepository.class).findById(id).orElseThrow();
    return server.bean(MessageComposer.class).compose(mail);
  }

  @Test
  void aFreshSiteHasTextsOfItsOwn() {
    open();
    MailMessage mail = mail("received");
    assertEquals("The printer does not answer ##" + number() + "##", mail.subject());
    assertEquals(new MailMessage.Address("Hafen & Hilfe", "help@site.example"), mail.from());
    assertEquals(mail.from(), mail.replyTo());
    assertEquals(CUSTOMER, mail.to());
    assertEquals(
        """
        We have got your request

        Hello Nina,

        your request has reached us. Its number is %s. We will answer as soon as we can.

        Hafen & Hilfe

        --\s
        Hafen & Hilfe
        """
            .formatted(number()),
        mail.text());
    assertEquals(List.of(), mail.attachments());
    server.set("mail_ticket_url", "https://desk.example/t/{ticket_id}?k={key}");
    String key = server.values("SELECT ticket_key FROM ticket WHERE id = ?", ticket).get(0);
    String url = "https://desk.example/t/" + ticket + "?k=" + key;
    assertTrue(mail("received").text().contains("\nYou can read it here: " + url + "\n"));
    assertEquals(
        url, Jsoup.parse(html(mail("received"))).select("a").attr("href"), mail("received")::html);
  }

  private static String html(MailMessage mail) {
    return String.valueOf(mail.html());
  }

  @ParameterizedTest
  @CsvSource({
    "received, Guten Tag Nina",
    "new_ticket_notice, hat das Ticket",
    "assigned, wurde Ihnen zugewiesen",
    "reply, Anna Agent hat auf Ihre Anfrage",
    "reply_notice, hat zu Ticket",
    "closed, ist abgeschlossen",
    "note_notice, nennt Sie"
  })
  void aGermanSiteWritesGerman(String kind, String words) {
    server.set("site_language", "de_DE_formal");
    open("ticket_title", "Störung: プリンターが動かない", "agent_id", manager.id());
    reply("Schon probiert?");
    manager.api().post("/" + ticket + "/notes", fields("note_content", "@" + agent.login()));
    manager.api().post("/" + ticket, fields("status", "closed")).assertOk();
    MailMessage mail = mail(kind);
    assertTrue(mail.text().contains(words), mail::text);
    assertTrue(html(mail).contains("<html lang=\"de\">"), mail::html);
    assertTrue(mail.subject().contains("Störung: プリンターが動かない ##" + number() + "##"), mail::subject);
    server.set("site_language", "fr_FR");
    assertFalse(mail(kind).text().contains(words), "English, where there is none");
  }

  @Test
  void whoIsToldThatATicketIsClosedReadsTheReplyThatClosedIt() {
    open();
    reply("An <b>earlier</b> one");
    manager.api().post("/" + ticket, fields("status", "closed")).assertOk();
    assertFalse(mail("closed").text().contains("earlier"), mail("closed")::text);
    manager.api().post("/" + ticket, fields("status", "open")).assertOk();
    mail("closed");
    server.sql("DELETE FROM mail WHERE ticket_id = ?", ticket);
    long last = reply("It was the <b>cable</b>.", "close_ticket", true);
    server.file(ticket, last, "bill.txt", "a bill".getBytes(StandardCharsets.UTF_8));
    assertTrue(
        mail("closed").text().contains("Anna Agent has written:\n\n> It was the cable.\n"),
        mail("closed")::text);
    assertEquals(1, mail("closed").attachments().size());
    assertEquals(
        0,
        server.number("SELECT COUNT(*) FROM mail WHERE kind = 'reply' AND ticket_id = ?", ticket));
    server.set("site_language", "de_DE");
    assertTrue(mail("closed").text().contains("Anna Agent hat geschrieben:"), mail("closed")::text);
    server.sql("UPDATE reply SET status = 'trash' WHERE id = ?", last);
    server.set("site_language", "");
    assertFalse(mail("closed").text().contains("has written"), mail("closed")::text);
    server.set("ticket_closed_content", "Done: {ticket_id}");
    assertTrue(mail("closed").text().contains("Done: " + number()), mail("closed")::text);
  }

  @Test
  void mailsAboutATicketAreAThread() {
    open();
    MailMessage received = mail("received");
    String root = "<ticket-" + ticket + "@site.example>";
    assertEquals(root, received.headers().get("In-Reply-To"));
    assertEquals(root, received.headers().get("References"));
    server.sql("UPDATE mail SET state = 'sent' WHERE ticket_id = ?", ticket);
    reply("First");
    MailMessage first = mail("reply");
    assertEquals(received.messageId(), first.headers().get("In-Reply-To"));
    server.sql("UPDATE mail SET state = 'sent' WHERE ticket_id = ?", ticket);
    manager.api().post("/" + ticket, fields("status", "closed")).assertOk();
    MailMessage closed = mail("closed");
    assertEquals(first.messageId(), closed.headers().get("In-Reply-To"));
    assertEquals(
        root + " " + received.messageId() + " " + first.messageId(),
        closed.headers().get("References"));
    assertEquals(closed.messageId(), mail("closed").messageId(), "however often it is built");
    assertEquals("auto-generated", closed.headers().get("Auto-Submitted"));
    assertEquals("All", closed.headers().get("X-Auto-Response-Suppress"));
    assertEquals("<tickets.site.example>", closed.headers().get("List-Id"));
    assertEquals("Re: " + received.subject(), closed.subject());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name} | Nina",
        "{fullname} | Nina Newman",
        "{username} | Nina",
        "{user_email} | nina@customer.example",
        "{company} | Port & Co",
        "{company_contact} | Pia Port",
        "{company_email} | office@port.example",
        "{company_phone} | +49 40 1",
        "{company_website} | https://port.example",
        "a{company_logo}b | ab",
        "{department} | Repair & Care",
        "{sitename} | Hafen & Hilfe",
        "{ticket_id} | NUMBER",
        "{ticket_status} | Closed",
        "{ticket_title} | The printer does not answer",
        "{ticket_content} | It was fine yesterday.",
        "{date} | January 2, 2026",
        "{time} | 3:04 PM",
        "{reply_author} | Anna Agent",
        "{reply_content} | Try this.",
        "{reply_date} {reply_time} | January 3, 2026 4:05 AM",
        "{ticket_url} | https://desk.example/ID/KEY",
        "<a href=\"{ticket_url_path}\">Open</a> | Open (https://desk.example/ID/KEY)",
        "{ticket_admin_url} | https://work.example/ID",
        "<a href=\"{ticket_admin_url_path}\">Open</a> | Open (https://work.example/ID)",
        "Stay. Click {close_ticket_url} to close it. Bye. | Stay. Bye.",
        "Stay. <a href=\"{close_ticket_url_path}\">Close it.</a> Bye. | Stay. Bye.",
        "{nothing} {Name} {} { name } {{name}} | {nothing} {Name} {} { name } {Nina}",
      })
  void tagsOfTheSitesTextsAreReplaced(String text, String expected) {
    server
        .set("email_template", "none")
        .set("mail_ticket_url", "https://desk.example/{ticket_id}/{key}")
        .set("mail_agent_url", "https://work.example/{ticket_id}")
        .set("ticket_closed_content", text);
    open();
    long company = server.company("Port & Co");
    server.sql(
        "UPDATE company SET email = 'office@port.example', contact = 'Pia Port',"
            + " phone = '+49 40 1', website = 'https://port.example' WHERE id = ?",
        company);
    long department = server.term("ticket_departments", TestServer.unique("Repair & Care"));
    server.sql("UPDATE term SET name = 'Repair &amp; Care' WHERE id = ?", department);
    server.sql("INSERT INTO ticket_term (ticket_id, term_id) VALUES (?, ?)", ticket, department);
    reply("<b>Try</b> this.");
    manager.api().post("/" + ticket, fields("status", "closed")).assertOk();
    server.sql(
        "UPDATE ticket SET company_id = ?, date_local = '2026-01-02 15:04:05' WHERE id = ?",
        company,
        ticket);
    server.sql("UPDATE reply SET date_local = '2026-01-03 04:05:06' WHERE ticket_id = ?", ticket);
    MailMessage mail = mail("closed");
    assertNull(mail.html());
    assertEquals(
        expected
            .replace("NUMBER", number())
            .replace("ID", Long.toString(ticket))
            .replace(
                "KEY", server.values("SELECT ticket_key FROM ticket WHERE id = ?", ticket).get(0)),
        mail.text().strip());
  }

  @Test
  void datesAreAsTheSiteWritesThem() {
    server
        .set("email_template", "none")
        .set("time_zone", "Europe/Paris")
        .set("site_language", "fr_FR")
        .set("date_format", "l j F Y")
        .set("time_format", "G \\h i")
        .set("ticket_content", "{date}, {time}")
        .set("ticket_reply_content", "{reply_date}, {reply_time}");
    open();
    reply("Salut");
    server.sql("UPDATE ticket SET date_local = '2026-02-01 09:05:06' WHERE id = ?", ticket);
    server.sql("UPDATE reply SET date_local = '2026-08-02 19:05:06' WHERE ticket_id = ?", ticket);
    assertEquals("dimanche 1 février 2026, 9 h 05", mail("received").text().strip());
    assertEquals("dimanche 2 août 2026, 19 h 05", mail("reply").text().strip());
    // Without formats of its own, in a language of ours.
    server.set("date_format", "").set("time_format", "");
    assertEquals("February 1, 2026, 9:05 AM", mail("received").text().strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello. You can look at it at {ticket_url}. Bye! | Hello. Bye!",
        "Hello.<br />It is here:<br />{ticket_url_path}<br />Bye | Hello.\\n\\nBye",
        "<p>Hello</p><p>See {ticket_url}</p><p>Bye</p> | Hello\\n\\nBye",
        "<p>Hello</p><ul><li>See {ticket_url}</li></ul><p>Bye</p> | Hello\\n\\nBye",
        "<b>Hello. Look: {ticket_url}</b> Bye | Hello.",
        "{ticket_url} |",
      })
  void aSentenceWithoutItsAddressIsLeftOut(String text, String expected) {
    server.set("email_template", "none").set("ticket_content", text);
    open();
    assertEquals(
        expected == null ? "" : expected.replace("\\n", "\n"), mail("received").text().strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "{ticket_content}{sitename}",
        "</title><script>alert(1)</script>",
        "x\r\nBcc: victim@example.net",
        "\u202Egnp.exe"
      })
  void whatPeopleWriteRunsNothing(String hostile) {
    server
        .set("ticket_subject", "About {ticket_title} of {name}")
        .set("ticket_heading", "For {name}: {ticket_title}")
        .set(
            "ticket_content",
            "<p>{name} {fullname} {username} <a href=\"{name}\" title='{ticket_title}'>x</a>"
                + " {ticket_title} {company} {ticket_content}</p><p>{reply_content}</p>");
    ticket =
        manager
            .api()
            .post(
                "",
                ticket(
                    CUSTOMER,
                    "customer_first",
                    hostile,
                    "ticket_title",
                    hostile,
                    "ticket_content",
                    hostile))
            .assertOk()
            .id();
    // However it got there.
    server.sql(
        "UPDATE ticket SET first_name = ?, last_name = ? WHERE id = ?", hostile, hostile, ticket);
    server.sql("UPDATE ticket SET content_rendered = ? WHERE id = ?", hostile, ticket);
    MailMessage mail = mail("received");
    Element page = Jsoup.parse(html(mail));
    assertEquals(
        List.of(), page.select("script, svg, iframe, object, form").eachText(), mail::html);
    for (Element element : page.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        assertFalse(attribute.getKey().toLowerCase(Locale.ROOT).startsWith("on"), mail::html);
        assertFalse(attribute.getValue().strip().startsWith("javascript:"), mail::html);
      }
    }
    assertTrue(mail.subject().codePoints().noneMatch(Character::isISOControl), mail::subject);
    assertFalse(mail.subject().contains("\u202E"), mail::subject);
    assertFalse(mail.subject().startsWith("About &"), "no references of HTML: " + mail.subject());
    if (hostile.startsWith("{")) {
      assertTrue(mail.subject().contains("{sitename}"), mail::subject);
      assertFalse(mail.text().contains("It was fine"), mail::text);
    }
  }

  @Test
  void namesOfTheSiteAddNoHeader() {
    server.set("from_name", "Desk\r\nBcc: victim@example.net").set("site_name", "A\nB");
    open();
    assertEquals("Desk Bcc: victim@example.net", mail("received").from().name());
    server.set("from_email", "a@b.example\nBcc: victim@example.net");
    assertEquals(
        "the setting from_email is empty",
        assertThrows(RuntimeException.class, () -> mail("received")).getMessage());
  }

  @Test
  void itLooksAsTheSiteWants() {
    server.set("email_logo", "https://site.example/logo.png").set("ticket_heading", "Hi {name}");
    open();
    Element page = Jsoup.parse(html(mail("received")));
    assertEquals("Hi Nina", page.select("h1").text());
    assertEquals("https://site.example/logo.png", page.select("img").attr("src"));
    assertEquals("Hafen & Hilfe", page.select("p").last().text());
    server.set("email_template", "basic");
    page = Jsoup.parse(html(mail("received")));
    assertEquals("Hi Nina", page.select("h1").text());
    assertEquals(1, page.select("p:contains(Hafen)").size(), page::outerHtml);
    server.set("email_template", "none");
    assertNull(mail("received").html());
    assertTrue(mail("received").text().startsWith("Hello Nina,"), mail("received")::text);
  }

  @Test
  void theTextCanBeReadAsItIs() {
    server.set("email_template", "none");
    server.set(
        "ticket_content",
        "Dear {name},\n\nread <a href=\"https://help.example/a?b=1&amp;c=2\">our page</a>\n"
            + "or <a href=\"mailto:help@site.example\">help@site.example</a>.\n\n"
            + "<ul><li>one</li><li>two</li></ul><blockquote>said\nbefore</blockquote>");
    open();
    assertEquals(
        """
        Dear Nina,

        read our page (https://help.example/a?b=1&c=2)
        or help@site.example.

        - one
        - two

        > said
        > before
        """,
        mail("received").text());
  }

  @Test
  void filesComeAlongOrAreNamed() throws IOException {
    server
        .set("ticket_content", "Got: {ticket_files}")
        .set("ticket_reply_content", "{reply_files}!");
    open();
    server.file(ticket, null, "plan.txt", "a plan".getBytes(StandardCharsets.UTF_8));
    long reply = reply("See the file");
    server.file(ticket, reply, "answer <1>.txt", "an answer".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("plan.txt: a plan"), attached(mail("received")));
    assertEquals(List.of("answer <1>.txt: an answer"), attached(mail("reply")));
    assertTrue(mail("received").text().contains("Got:\n"), mail("received")::text);
    server.set("attach_files", "");
    assertEquals(List.of(), attached(mail("received")));
    assertTrue(mail("received").text().contains("- plan.txt"), mail("received")::text);
    assertTrue(mail("reply").text().contains("- answer <1>.txt"), mail("reply")::text);
    // Where they are, a site may know; what opens a ticket is its customer's.
    server
        .set("mail_file_url", "https://desk.example/f?t={ticket_id}&f={file_id}&k={key}")
        .set("ticket_notification", "{ticket_files}");
    String at =
        "https://desk.example/f?t="
            + ticket
            + "&f="
            + server.number(
                "SELECT id FROM attachment WHERE title = 'plan.txt' AND ticket_id = ?", ticket)
            + "&k=";
    String key = server.values("SELECT ticket_key FROM ticket WHERE id = ?", ticket).get(0);
    assertEquals(at + key, Jsoup.parse(html(mail("received"))).select("li a").attr("href"), at);
    assertEquals(at, Jsoup.parse(html(mail("new_ticket_notice"))).select("li a").attr("href"), at);
    assertTrue(
        mail("received").text().contains("- plan.txt (" + at + key + ")"), mail("received")::text);
    assertTrue(html(mail("reply")).contains(">answer &lt;1&gt;.txt</a>"), mail("reply")::html);
    server.set("attach_files", "1").set("ticket_content", "Nothing");
    assertEquals(List.of(), attached(mail("received")));
  }

  @Test
  void aFileThatIsGoneIsNamed() throws Exception {
    server.set("ticket_content", "Got: {ticket_files}");
    open();
    byte[] bytes = "lost soon".getBytes(StandardCharsets.UTF_8);
    server.file(ticket, null, "lost.txt", bytes);
    server.file(ticket, null, "kept.txt", "is kept".getBytes(StandardCharsets.UTF_8));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    List<Path> found;
    try (Stream<Path> all = Files.walk(TestFolders.files())) {
      found = all.filter(path -> path.endsWith(digest)).toList();
    }
    assertEquals(1, found.size());
    Files.delete(found.get(0));
    MailMessage mail = mail("received");
    assertEquals(List.of("kept.txt: is kept"), attached(mail));
    assertTrue(mail.text().contains("- lost.txt"), mail::text);
    // As in KB Support, those of the reply are meant there, by whichever tag.
    server.set("ticket_reply_content", "Got: {ticket_files}");
    server.file(ticket, reply("See"), "never.txt", null);
    assertTrue(mail("reply").text().contains("- never.txt"), mail("reply")::text);
  }

  private static List<String> attached(MailMessage mail) throws IOException {
    List<String> attached = new ArrayList<>();
    for (Attachment file : mail.attachments()) {
      try (InputStream bytes = file.content().open()) {
        String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(text.length(), file.size());
        attached.add(file.name() + ": " + text);
      }
    }
    return attached;
  }

  @Test
  void toAStrangerNothingIsMailedThatSomebodyElseWrote() {
    server
        .set("customers_open_for_others", "1")
        .set("ticket_subject", "{ticket_title}")
        .set("ticket_content", "{name} {ticket_content} {ticket_files}");
    User customer = server.user("support_customer");
    ticket =
        customer
            .api()
            .post(
                "",
                ticket(
                    "stranger@example.net",
                    "customer_first",
                    "Buy",
                    "ticket_title",
                    "Cheap watches",
                    "ticket_content",
                    "https://spam.example"))
            .assertOk()
            .id();
    MailMessage mail = mail("received");
    assertEquals("A request ##" + number() + "## at Hafen & Hilfe", mail.subject());
    for (String theirs : List.of("Buy", "watches", "spam")) {
      assertFalse((mail.text() + mail.html() + mail.subject()).contains(theirs), mail::text);
    }
    assertTrue(mail.text().contains("Its number is " + number()), mail::text);
  }

  @Test
  void whatWasRepliedInARowStandsInOneMail() {
    open("agent_id", manager.id());
    reply("First of all");
    mail("reply");
    reply("And then");
    MailMessage mail = mail("reply");
    assertTrue(mail.text().matches("(?s).*> First of all.*> And then.*"), mail::text);
  }
}
