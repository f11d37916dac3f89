package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.mail.notice.OwedMails;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.Site.MailTemplate;
import io.kbsserver.site.SiteSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mails of a site that came from WordPress. */
class ImportedMailTest {

  @Test
  void anImportBringsTheSettingsOfMailsAndMailsNobody() {
    try (ImportedSite imported = new ImportedSite("mail")) {
      imported.site.change(
          option(
              "kbs_settings",
              php(
                  "from_name", "Hafen Hilfe",
                  "email_template", "basic",
                  "ticket_subject", "Eingegangen ##{ticket_id}##",
                  "ticket_content", "<p>Hallo {name}</p>\r\n<p>Tschüss</p>",
                  "no_notify_received_emails", "robot@example.org\n@example.com",
                  "admin_notice_emails", "{agent}\nchef@hafen.example",
                  "copy_participants", "1",
                  "ticket_received_disable_email", "1")),
          option("WPLANG", "de_DE"),
          option("date_format", "j. F Y"),
          option("time_format", "G:i \\U\\h\\r"),
          option("admin_email", "admin@hafen.example"));
      OwedMails owed = imported.server.bean(OwedMails.class);
      owed.begin();
      imported.run();
      while (owed.take()) {
        // There may be more.
      }
      assertEquals(0, imported.server.number("SELECT COUNT(*) FROM mail"));
      Site site = imported.server.bean(SiteSettings.class).current();
      assertEquals("Hafen Hilfe", site.get(Setting.FROM_NAME));
      assertEquals("admin@hafen.example", site.get(Setting.FROM_EMAIL));
      assertEquals(MailTemplate.BASIC, site.get(Setting.EMAIL_TEMPLATE));
      assertEquals("<p>Hallo {name}</p>\n<p>Tschüss</p>", site.get(Setting.TICKET_CONTENT));
      assertEquals(
          List.of("robot@example.org", "@example.com"),
          site.get(Setting.NO_NOTIFY_RECEIVED_EMAILS));
      assertEquals(List.of("{agent}", "chef@hafen.example"), site.get(Setting.ADMIN_NOTICE_EMAILS));
      assertEquals("de_DE", site.get(Setting.SITE_LANGUAGE));
      assertEquals("j. F Y", site.get(Setting.DATE_FORMAT));
      assertEquals("G:i \\U\\h\\r", site.get(Setting.TIME_FORMAT));
      assertTrue(site.get(Setting.COPY_PARTICIPANTS));
      // Off is what KB Support does not keep, and what it does not have.
      assertFalse(site.get(Setting.AGENT_NOTICES));
      assertFalse(site.get(Setting.ATTACH_FILES));
      assertFalse(site.get(Setting.AGENT_REPLY_NOTICES));
      assertFalse(site.get(Setting.AGENT_NOTE_NOTICES));
      // There, the one goes with the other.
      assertTrue(site.get(Setting.DISABLE_ADMIN_NOTICES));
      assertFalse(site.get(Setting.MAIL_TEXT_TO_OTHERS));

      imported.server.set("ticket_received_disable_email", "");
      imported.server.set("disable_admin_notices", "");
      imported
          .server
          .user("support_manager")
          .api()
          .post("", ticket("kunde@example.org"))
          .assertOk();
      while (owed.take()) {
        // There may be more.
      }
      assertEquals(
          List.of("received kunde@example.org", "new_ticket_notice chef@hafen.example"),
          imported.server.values("SELECT CONCAT(kind, ' ', address) FROM mail ORDER BY id"));
    }
  }

  private static String option(String name, String value) {
    return "REPLACE INTO wp_options (option_name, option_value, autoload) VALUES ('%s', '%s', 'yes')"
        .formatted(
            name,
            value
                .replace("\\", "\\\\")
                .replace("'", "''")
                .replace("\r", "\\r")
                .replace("\n", "\\n"));
  }

  /** As PHP writes it: names and texts. */
  private static String php(String... namesAndValues) {
    StringBuilder written = new StringBuilder("a:" + namesAndValues.length / 2 + ":{");
    for (String text : namesAndValues) {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      written.append("s:").append(length).append(":\"").append(text).append("\";");
    }
    return written.append('}').toString();
  }
}
