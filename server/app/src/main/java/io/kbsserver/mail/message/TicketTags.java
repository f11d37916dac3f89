package io.kbsserver.mail.message;

import io.kbsserver.files.AttachedFile;
import io.kbsserver.mail.ReplyFacts;
import io.kbsserver.mail.TicketFacts;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.WallClock;
import io.kbsserver.text.LinkedText;
import io.kbsserver.text.PhpDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
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

  /** What a mail can tell that is about no ticket. */
  TicketTags ofSite() {
    text("sitename", SiteNames.name(site));
    return this;
  }

  /** What is nobody's text: enough for a mail with nothing else in it. */
  TicketTags number(TicketFacts ticket) {
    text("ticket_id", ticket.shownNumber());
    return ofSite();
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
    html("ticket_content", ticket.contentRendered());
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
        replies.stream().map(ReplyFacts::contentRendered).collect(Collectors.joining("<hr>")));
    return this;
  }

  /** What a note says. */
  TicketTags note(String shown) {
    html("note_content", shown);
    return this;
  }

  /** The files that do not come along, by name, and where they are if that is anywhere. */
  TicketTags files(String tag, List<AttachedFile> files, TicketFacts ticket, String key) {
    String at = filled(site.get(Setting.MAIL_FILE_URL), ticket, key);
    html(
        tag,
        files.stream()
            .map(file -> "<li>" + linked(file, at) + "</li>")
            .collect(Collectors.collectingAndThen(Collectors.joining(), TicketTags::listed)));
    return this;
  }

  private static String linked(AttachedFile file, String at) {
    String name = TagValue.escaped(file.name());
    String address = at.replace("{file_id}", Long.toString(file.id()));
    return at.isEmpty() ? name : "<a href=\"" + TagValue.escaped(address) + "\">" + name + "</a>";
  }

  private static String listed(String items) {
    return items.isEmpty() ? "" : "<ul>" + items + "</ul>";
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
    ZonedDateTime moment = WallClock.moment(local, site.get(Setting.TIME_ZONE));
    text(date, written(moment, Setting.DATE_FORMAT, DATES));
    text(time, written(moment, Setting.TIME_FORMAT, TIMES));
  }

  private String written(
      ZonedDateTime moment, Setting<String> format, Map<Locale, String> standards) {
    String own = site.get(format);
    if (!own.isBlank()) {
      return PhpDate.of(moment, own, MailText.languageOfSite(site));
    }
    Locale language = MailText.language(site);
    return DateTimeFormatter.ofPattern(standards.get(language), language).format(moment);
  }
}
