package io.kbsserver.mail.message;

import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.text.LinkedText;
import io.kbsserver.text.Sanitizer;
import org.jspecify.annotations.Nullable;

/** What a mail looks like, as the site has chosen. */
final class MailPage {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="%s">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title></head>
      <body style="margin:0;padding:1em;background:#f3f3f3">
      <div style="max-width:40em;margin:0 auto;padding:1.5em;background:#fff;color:#222;font:16px/1.5 sans-serif">
      %s%s%s%s%s
      </div>
      </body>
      </html>
      """;

  private final Site site;
  private final String subject;
  private final String heading;
  private final String body;
  private final String marker;

  /**
   * Of a mail.
   *
   * @param marker the line above which it is answered; empty where nobody answers it
   * @param heading text; empty where there is none
   * @param content HTML; what a mail must not have in it is taken out
   */
  MailPage(Site site, String marker, String subject, String heading, String content) {
    this.marker = marker;
    this.site = site;
    this.subject = subject;
    this.heading = heading;
    this.body = Paragraph.withoutEmpty(Sanitizer.content(content).text());
  }

  /** As HTML; null where the site sends none. */
  @Nullable String html() {
    return switch (site.get(Setting.EMAIL_TEMPLATE)) {
      case PAGE ->
          page(
              "<p style=\"margin-top:2em;color:#666;font-size:smaller\">"
                  + TagValue.escaped(name())
                  + "</p>");
      case BASIC -> page("");
      case TEXT -> null;
    };
  }

  /** As text, whose links keep their addresses. */
  String text() {
    String text = LinkedText.of(body);
    return switch (site.get(Setting.EMAIL_TEMPLATE)) {
      case PAGE -> line() + head() + text + "\n\n-- \n" + name() + "\n";
      case BASIC -> line() + head() + text + "\n";
      case TEXT -> line() + text + "\n";
    };
  }

  private String line() {
    return marker.isEmpty() ? "" : marker + "\n\n";
  }

  private String head() {
    return heading.isEmpty() ? "" : heading + "\n\n";
  }

  private String page(String foot) {
    String logo = site.get(Setting.EMAIL_LOGO);
    return PAGE.formatted(
        MailText.language(site).getLanguage(),
        TagValue.escaped(subject),
        marker.isEmpty()
            ? ""
            : "<p style=\"color:#888;font-size:smaller\">%s</p>%n"
                .formatted(TagValue.escaped(marker)),
        logo.isEmpty()
            ? ""
            : "<p><img src=\"%s\" alt=\"%s\" style=\"max-width:100%%\"></p>%n"
                .formatted(TagValue.escaped(logo), TagValue.escaped(name())),
        heading.isEmpty()
            ? ""
            : "<h1 style=\"font-size:1.4em\">" + TagValue.escaped(heading) + "</h1>\n",
        body,
        foot);
  }

  private String name() {
    return SiteNames.name(site);
  }
}
