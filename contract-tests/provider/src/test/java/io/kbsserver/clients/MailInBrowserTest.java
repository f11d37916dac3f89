package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.MailRole;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.message.MessageComposer;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What hostile people write is shown in a mail, by a browser, and runs nowhere. */
class MailInBrowserTest {

  private static final String RUN = "document.title='it ran'";

  private static final List<String> HOSTILE =
      List.of(
          "<script>" + RUN + "</script>",
          "<img src=x onerror=\"" + RUN + "\">",
          "\"><svg onload=\"" + RUN + "\">",
          "</title><script>" + RUN + "</script>",
          "<iframe srcdoc=\"<script>parent." + RUN + "</script>\"></iframe>",
          "<body onload=\"" + RUN + "\">",
          "<style>@import 'javascript:" + RUN + "';</style><details open ontoggle=\"" + RUN + "\">",
          "<p style=\"background:url(javascript:" + RUN + ")\" onfocus=\"" + RUN + "\" autofocus>");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> nothingRuns() {
    return Stream.of(
        Requirement.BROWSER.test("a hostile mail", Chromium.obstacle(), this::showsAHostileMail));
  }

  private void showsAHostileMail() throws IOException {
    String all = String.join(" ", HOSTILE);
    assertTrue(shown("<html><body>" + all + "</body></html>").contains("<title>it ran</title>"));
    String mail = mail(all);
    assertTrue(mail.contains("It was fine"), mail);
    String page = shown(mail);
    assertTrue(page.contains("It was fine"), page);
    assertFalse(page.contains("<title>it ran</title>"), mail);
  }

  private static String mail(String hostile) {
    TestServer server = TestServer.fresh();
    UserAccounts accounts = server.bean(UserAccounts.class);
    accounts.add("mailer", "mailer@example.org", "mailer", "support_manager");
    String password = accounts.addPassword("mailer", "test").password();
    long ticket = server.ticket("mailer", password, "reader@example.org");
    // However it got there.
    server.sql(
        "UPDATE ticket SET first_name = ?, title_rendered = ?,"
            + " content_rendered = CONCAT(content_rendered, ?) WHERE id = ?",
        hostile,
        hostile,
        hostile,
        ticket);
    server
        .set("from_email", "help@site.example")
        .set("site_name", "Help <script>" + RUN + "</script>")
        .set("ticket_heading", "{name}: {ticket_title}")
        .set(
            "ticket_content",
            "<p title=\"{name}\">{name} <a href=\"{ticket_title}\">{ticket_title}</a></p>"
                + "{ticket_content}");
    LocalDateTime now = LocalDateTime.now();
    Mail row =
        new Mail(
            null,
            MailKind.RECEIVED.kept(),
            ticket,
            null,
            null,
            null,
            null,
            "reader@example.org",
            MailRole.TO.kept(),
            0,
            null,
            false,
            "ticket@site.example",
            now,
            now,
            MailState.WAITING.kept(),
            0,
            null,
            null);
    return String.valueOf(server.bean(MessageComposer.class).compose(row).html());
  }

  /** A page as a browser has it when all of it was loaded. */
  private String shown(String html) throws IOException {
    Path page = folder.resolve("mail.html");
    Files.writeString(page, html);
    Program browser =
        Program.run(
            folder,
            Map.of(),
            Duration.ofMinutes(1),
            List.of(
                Chromium.program().orElseThrow(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString()));
    assertTrue(browser.succeeded(), browser::output);
    return browser.output();
  }
}
