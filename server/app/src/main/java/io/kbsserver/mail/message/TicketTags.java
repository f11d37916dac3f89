package io.kbsserver.mail.message;

import io.kbsserver.files.AttachedFile;
import io.kbsserver.mail.ReplyFacts;
import io.kbsserver.mail.TicketFacts;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.WallClock;
import io.kbsserver.text.LinkedText;
import io.kbsserver.text.Rendering;
import io.kbsserver.text.Sanitizer;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands for the tags of a mail about a ticket. */
final class TicketTags {

  private static final Map<Locale, String> DATES =
      Map.of(Locale.ENGLISH, "MMMM d, uuuu", Locale.GERMAN, "d. MMMM uuuu");
  private static final Map<Locale, String> TIMES =
      Map.of(Locale.ENGLISH, "h:mm a", Locale.GERMAN, "HH:mm");

  private final Map<String, TagValue> tags = new HashMap<>();
  private final Site site;

  TicketTags(Site site) {
    this.site = site;
  }

  /** All of them, by name. */
  Map<String, TagValue> all() {
    return tags;
  }

  /** What is nobody's text: enough for a mail with nothing else in it. */
  TicketTags number(TicketFacts ticket) {
    text("sitename", SiteNames.name(site));
    text("ticket_id", ticket.shownNumber());
    return this;
  }

  /** What a ticket says. */
  TicketTags ticket(TicketFacts ticket) {
    number(ticket);
    boolean named = !ticket.firstName().isBlank();
    String name = named ? ticket.firstName() : ticket.email();
    text("name", name);
    text("fullname", named ? (ticket.firstName() + " " + ticket.lastName()).strip() : "");
    text("username", ticket.login().isEmpty() ? name : ticket.login());
    text("user_email", ticket.email());
    text("company", ticket.company());
    text("company_contact", ticket.companyContact());
    text("company_email", ticket.companyEmail());
    text("company_phone", ticket.companyPhone());
    text("company_website", ticket.companyWebsite());
    // The picture is for those who log in.
    text("company_logo", "");
    text("department", LinkedText.line(ticket.department()));
    text("ticket_status", LinkedText.line(ticket.statusLabel()));
    text("ticket_title", LinkedText.line(ticket.titleRendered()));
    html("ticket_content", shown(ticket.contentRaw()));
    dates("date", "time", ticket.dateLocal());
    String url = filled(site.get(Setting.MAIL_TICKET_URL), ticket, ticket.ticketKey());
    address("ticket_url", url);
    address("ticket_admin_url", filled(site.get(Setting.MAIL_AGENT_URL), ticket, ""));
    // What reads mails before people do opens all addresses in them.
    address("close_ticket_url", "");
    return this;
  }

  /** What was replied: by the newest of these, and all that they say. */
  TicketTags replies(List<ReplyFacts> replies) {
    ReplyFacts newest = replies.isEmpty() ? null : replies.get(replies.size() - 1);
    text("reply_author", newest == null ? "" : LinkedText.line(newest.author()));
    if (newest == null) {
      text("reply_date", "");
      text("reply_time", "");
    } else {
      dates("reply_date", "reply_time", newest.dateLocal());
    }
    html(
        "reply_content",
        replies.stream()
            .map(reply -> shown(reply.contentRaw()))
            .collect(Collectors.joining("<hr>")));
    return this;
  }

  /** What a note says. */
  TicketTags note(String raw) {
    html("note_content", shown(raw));
    return this;
  }

  /** The files that do not come along, by name. */
  TicketTags files(String tag, List<AttachedFile> files) {
    html(
        tag,
        files.stream()
            .map(file -> "<li>" + TagValue.escaped(file.name()) + "</li>")
            .collect(Collectors.collectingAndThen(Collectors.joining(), TicketTags::listed)));
    return this;
  }

  private static String listed(String items) {
    return items.isEmpty() ? "" : "<ul>" + items + "</ul>";
  }

  private static String shown(String raw) {
    return Rendering.content(Sanitizer.content(raw).text());
  }

  private static String filled(String url, TicketFacts ticket, String key) {
    return url.replace("{ticket_id}", Long.toString(ticket.id())).replace("{key}", key);
  }

  private void text(String name, String value) {
    tags.put(name, TagValue.text(OneLine.of(value)));
  }

  private void html(String name, String value) {
    tags.put(name, TagValue.html(value));
  }

  private void address(String name, String address) {
    tags.put(name, TagValue.address(address, true));
    tags.put(name + "_path", TagValue.address(address, false));
  }

  private void dates(String date, String time, LocalDateTime local) {
    Locale language = MailText.language(site);
    LocalDateTime shown = WallClock.shown(local, site.get(Setting.TIME_ZONE));
    text(date, DateTimeFormatter.ofPattern(DATES.get(language), language).format(shown));
    text(time, DateTimeFormatter.ofPattern(TIMES.get(language), language).format(shown));
  }
}
