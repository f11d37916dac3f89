package io.kbsserver.site;

import io.kbsserver.site.Site.Assignment;
import io.kbsserver.site.Site.MailTemplate;
import io.kbsserver.text.PlainText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting of the help desk that changes what the API answers. What is declared here is what there
 * is: {@link Site} has its value, the import brings it over, the command line lists and sets it.
 *
 * @param <T> what a value of it means to the program
 */
public final class Setting<T> {

  // In the order in which they are declared below; before them, since each adds itself.
  private static final List<Setting<?>> DECLARED = new ArrayList<>();

  private static final SettingKind<Boolean> ON_OFF = new SettingKind.OnOff();

  /** Twice this and a number still fit into the column of the tickets' numbers. */
  private static final SettingKind<String> NUMBER_PART = new SettingKind.Text(80);

  private static final SettingKind<String> MAIL_SUBJECT = new SettingKind.Text(250);
  private static final SettingKind<String> MAIL_TEXT = new SettingKind.LongText();
  private static final SettingKind<String> ADDRESS =
      new SettingKind.Line(
          "an address that begins with https:// or http://",
          text -> text.length() <= 2000 && text.matches("https?://[^\\s\"<>]+"));

  public static final Setting<String> SITE_NAME =
      ofWordPress(
          "blogname",
          "site_name",
          new SettingKind.Text(250),
          "KBS Server",
          "what the site is called");
  public static final Setting<String> SITE_DESCRIPTION =
      ofWordPress(
          "blogdescription",
          "site_description",
          new SettingKind.Text(250),
          "",
          "what the site says about itself");
  public static final Setting<String> PERMALINK_STRUCTURE =
      ofWordPress(
          "permalink_structure",
          "permalink_structure",
          new SettingKind.Line(
              "a path such as /%postname%/",
              text -> text.length() <= 250 && text.matches("[^\\s?#\"<>]+")),
          "/%postname%/",
          "how addresses of users and articles look, as in WordPress; empty: with their ids");
  public static final Setting<ZoneId> TIME_ZONE =
      ours(
          "time_zone",
          new SettingKind.Zone(),
          ZoneId.of("UTC"),
          "zone of dates without an offset; dates that are kept stay as they are");
  public static final Setting<String> DATE_FORMAT =
      ofWordPress(
          "date_format",
          "date_format",
          new SettingKind.Text(100),
          "",
          "how mails write a date, in the letters of PHP; as the language has it else");
  public static final Setting<String> TIME_FORMAT =
      ofWordPress(
          "time_format", "time_format", new SettingKind.Text(100), "", "the same of a time of day");
  public static final Setting<Boolean> ENABLE_SEQUENTIAL =
      shared("enable_sequential", ON_OFF, true, "tickets have numbers of their own, not their ids");
  public static final Setting<String> TICKET_PREFIX =
      shared("ticket_prefix", NUMBER_PART, "", "what stands before a new ticket's number");
  public static final Setting<String> TICKET_SUFFIX =
      shared("ticket_suffix", NUMBER_PART, "", "what stands behind a new ticket's number");
  public static final Setting<Long> SEQUENTIAL_START =
      shared(
          "sequential_start",
          new SettingKind.Number(),
          1L,
          "number to start with; numbers never go back");
  public static final Setting<Boolean> ENABLE_DEPARTMENTS =
      shared("enable_departments", ON_OFF, true, "tickets belong to departments");
  public static final Setting<Boolean> MULTIPLE_AGENTS =
      shared("multiple_agents", ON_OFF, true, "a ticket may have additional agents");
  public static final Setting<Boolean> ENABLE_PARTICIPANTS =
      shared("enable_participants", ON_OFF, true, "those who take part in a ticket may see it");
  public static final Setting<Boolean> ADMIN_AGENTS =
      shared("admin_agents", ON_OFF, true, "administrators are agents");
  public static final Setting<Boolean> RESTRICT_AGENT_VIEW =
      shared("restrict_agent_view", ON_OFF, false, "agents see only what concerns them");
  public static final Setting<Boolean> DISABLE_TICKETS =
      shared("disable_tickets", ON_OFF, false, "the routes of tickets answer 404");
  public static final Setting<Assignment> ASSIGN_ON_SUBMIT =
      shared(
          "assign_on_submit",
          new SettingKind.Choice<>(
              Map.of(
                  "none", Assignment.AS_REQUESTED,
                  "least", Assignment.LEAST_LOADED,
                  "random", Assignment.RANDOM)),
          Assignment.AS_REQUESTED,
          "who gets a new ticket that names no agent: nobody, the least loaded, anybody");
  public static final Setting<List<String>> BANNED_EMAILS =
      shared(
          "banned_emails",
          new SettingKind.Texts(),
          List.of(),
          "addresses, or parts of addresses, that may not open tickets");
  public static final Setting<Long> FILE_UPLOADS =
      shared(
          "file_uploads",
          new SettingKind.Count(100),
          10L,
          "how many files a ticket or a reply may come with, 0 for none");
  public static final Setting<List<String>> FILE_EXTENSIONS =
      shared(
          "file_extensions",
          new SettingKind.Texts(),
          List.of(),
          "endings of the files that are taken; where there are none, those of documents, pictures,"
              + " sounds, films and archives");
  public static final Setting<Boolean> CUSTOMERS_OPEN_FOR_OTHERS =
      ours(
          "customers_open_for_others",
          ON_OFF,
          false,
          "who is no agent opens tickets for any address, not for their own only");
  public static final Setting<Boolean> CUSTOMERS_MAY_REPLY =
      ours("customers_may_reply", ON_OFF, true, "customers reply to their own tickets");
  public static final Setting<String> SITE_LANGUAGE =
      ofWordPress(
          "WPLANG",
          "site_language",
          new SettingKind.Line("a language such as de_DE", text -> text.matches("[A-Za-z_]{2,30}")),
          "",
          "the language of mails that have no text of the site's own: German, or else English");
  public static final Setting<String> FROM_NAME =
      shared("from_name", MAIL_SUBJECT, "", "whom mails come from; the name of the site else");
  public static final Setting<String> FROM_EMAIL =
      shared(
          "from_email",
          new SettingKind.Line("an e-mail address", PlainText::isEmail),
          "",
          "the address that mails come from, and answers go to; without it none is sent");
  public static final Setting<MailTemplate> EMAIL_TEMPLATE =
      shared(
          "email_template",
          new SettingKind.Choice<>(
              Map.of(
                  "default", MailTemplate.PAGE,
                  "basic", MailTemplate.BASIC,
                  "none", MailTemplate.TEXT)),
          MailTemplate.PAGE,
          "what mails look like: a page, a heading and the text, or nothing but text");
  public static final Setting<String> EMAIL_LOGO =
      shared("email_logo", ADDRESS, "", "address of a picture above mails");
  public static final Setting<Boolean> ATTACH_FILES =
      shared("attach_files", ON_OFF, true, "files that a mail tells of come with it");
  public static final Setting<Boolean> COPY_COMPANY_CONTACT =
      shared("copy_company_contact", ON_OFF, false, "companies get what their customers are told");
  public static final Setting<Boolean> COPY_PARTICIPANTS =
      shared("copy_participants", ON_OFF, false, "participants get what customers are told");
  public static final Setting<Boolean> TICKET_RECEIVED_DISABLE_EMAIL =
      shared("ticket_received_disable_email", ON_OFF, false, "no mail tells of a ticket's arrival");
  public static final Setting<List<String>> NO_NOTIFY_RECEIVED_EMAILS =
      shared(
          "no_notify_received_emails",
          new SettingKind.Texts(),
          List.of(),
          "addresses, and @domains, that are not told of a ticket's arrival");
  public static final Setting<String> TICKET_SUBJECT =
      shared("ticket_subject", MAIL_SUBJECT, "", "subject of the mail that a ticket has arrived");
  public static final Setting<String> TICKET_HEADING =
      shared("ticket_heading", MAIL_SUBJECT, "", "its heading");
  public static final Setting<String> TICKET_CONTENT =
      shared("ticket_content", MAIL_TEXT, "", "its text, as HTML with tags such as {ticket_id}");
  public static final Setting<Boolean> TICKET_REPLY_DISABLE_EMAIL =
      shared("ticket_reply_disable_email", ON_OFF, false, "no mail tells customers of replies");
  public static final Setting<String> TICKET_REPLY_SUBJECT =
      shared("ticket_reply_subject", MAIL_SUBJECT, "", "subject of the mail about a reply");
  public static final Setting<String> TICKET_REPLY_HEADING =
      shared("ticket_reply_heading", MAIL_SUBJECT, "", "its heading");
  public static final Setting<String> TICKET_REPLY_CONTENT =
      shared("ticket_reply_content", MAIL_TEXT, "", "its text");
  public static final Setting<Boolean> TICKET_CLOSED_DISABLE_EMAIL =
      shared("ticket_closed_disable_email", ON_OFF, false, "no mail tells that a ticket is closed");
  public static final Setting<String> TICKET_CLOSED_SUBJECT =
      shared(
          "ticket_closed_subject", MAIL_SUBJECT, "", "subject of the mail about a closed ticket");
  public static final Setting<String> TICKET_CLOSED_HEADING =
      shared("ticket_closed_heading", MAIL_SUBJECT, "", "its heading");
  public static final Setting<String> TICKET_CLOSED_CONTENT =
      shared("ticket_closed_content", MAIL_TEXT, "", "its text");
  public static final Setting<Boolean> DISABLE_ADMIN_NOTICES =
      shared("disable_admin_notices", ON_OFF, false, "nobody of the site is told of new tickets");
  public static final Setting<List<String>> ADMIN_NOTICE_EMAILS =
      shared(
          "admin_notice_emails",
          new SettingKind.Texts(),
          List.of(),
          "who of the site is told of new tickets; {agent} is the one whom it is assigned to");
  public static final Setting<String> TICKET_NOTIFICATION_SUBJECT =
      shared("ticket_notification_subject", MAIL_SUBJECT, "", "subject of that mail");
  public static final Setting<String> TICKET_NOTIFICATION =
      shared("ticket_notification", MAIL_TEXT, "", "its text");
  public static final Setting<Boolean> AGENT_NOTICES =
      shared("agent_notices", ON_OFF, true, "agents are told which tickets they are assigned");
  public static final Setting<String> AGENT_ASSIGNED_SUBJECT =
      shared("agent_assigned_subject", MAIL_SUBJECT, "", "subject of that mail");
  public static final Setting<String> AGENT_ASSIGN_NOTIFICATION =
      shared("agent_assign_notification", MAIL_TEXT, "", "its text");
  public static final Setting<Boolean> AGENT_REPLY_NOTICES =
      ours(
          "agent_reply_notices",
          ON_OFF,
          true,
          "agents of a ticket are told what others reply to it");
  public static final Setting<String> REPLY_NOTIFICATION_SUBJECT =
      shared("reply_notification_subject", MAIL_SUBJECT, "", "subject of that mail");
  public static final Setting<String> REPLY_NOTIFICATION =
      shared("reply_notification", MAIL_TEXT, "", "its text");
  public static final Setting<Boolean> AGENT_NOTE_NOTICES =
      ours("agent_note_notices", ON_OFF, true, "agents are told of notes that name them as @login");
  public static final Setting<String> MAIL_TICKET_URL =
      ours(
          "mail_ticket_url",
          ADDRESS,
          "",
          "where mails say that a ticket is, with {ticket_id} and {key} in it");
  public static final Setting<String> MAIL_AGENT_URL =
      ours(
          "mail_agent_url",
          ADDRESS,
          "",
          "where mails to agents say that a ticket is, with {ticket_id} in it");
  public static final Setting<String> MAIL_FILE_URL =
      ours(
          "mail_file_url",
          ADDRESS,
          "",
          "where mails say that a file is, with {file_id}, {ticket_id} and {key} in it");
  public static final Setting<String> MAIL_REPLY_MARKER =
      ours(
          "mail_reply_marker",
          new SettingKind.Text(100),
          "",
          "the line above which mails are answered, where answers are taken by mail");
  public static final Setting<Boolean> MAIL_TEXT_TO_OTHERS =
      ours(
          "mail_text_to_others",
          ON_OFF,
          false,
          "what who is no agent writes for another address is mailed there");
  public static final Setting<Long> MAIL_LIMIT =
      ours(
          "mail_limit",
          new SettingKind.Count(100_000),
          20L,
          "how many mails to others a login that is no agent causes, and an address gets, an hour");
  public static final Setting<Long> HISTORY_DAYS =
      ours(
          "history_days",
          new SettingKind.Count(36_500),
          400L,
          "for how many days it is kept who has changed what");
  public static final Setting<Boolean> VALUE_HANDLING =
      ours(
          "value_handling",
          new SettingKind.Choice<>(Map.of("strict", false, "lenient", true)),
          false,
          "whether values that name nothing are refused or ignored");

  /** All of them, those that belong together side by side. */
  public static final List<Setting<?>> ALL = Collections.unmodifiableList(DECLARED);

  private final String name;
  private final SettingKind<T> kind;
  private final T standard;
  private final boolean ofKbSupport;
  private final @Nullable String wordPressOption;
  private final String explanation;

  private Setting(
      String name,
      SettingKind<T> kind,
      T standard,
      boolean ofKbSupport,
      @Nullable String wordPressOption,
      String explanation) {
    this.name = name;
    this.kind = kind;
    this.standard = standard;
    this.ofKbSupport = ofKbSupport;
    this.wordPressOption = wordPressOption;
    this.explanation = explanation;
    DECLARED.add(this);
  }

  private static <T> Setting<T> shared(
      String name, SettingKind<T> kind, T standard, String explanation) {
    return new Setting<>(name, kind, standard, true, null, explanation);
  }

  private static <T> Setting<T> ofWordPress(
      String option, String name, SettingKind<T> kind, T standard, String explanation) {
    return new Setting<>(name, kind, standard, false, option, explanation);
  }

  private static <T> Setting<T> ours(
      String name, SettingKind<T> kind, T standard, String explanation) {
    return new Setting<>(name, kind, standard, false, null, explanation);
  }

  /** The setting of this name. */
  public static Optional<Setting<?>> named(String name) {
    return ALL.stream().filter(setting -> setting.name.equals(name)).findFirst();
  }

  /** Its name, here and in KB Support. */
  public String name() {
    return name;
  }

  /** What it does, in one line. */
  public String explanation() {
    return explanation;
  }

  /** Whether it is one of KB Support's own; one that KB Support does not keep is off there. */
  public boolean isOfKbSupport() {
    return ofKbSupport;
  }

  /** The option of WordPress, and not of KB Support, that has its value there. */
  public Optional<String> wordPressOption() {
    return Optional.ofNullable(wordPressOption);
  }

  /** How a value is kept. */
  public String kept(T value) {
    return kind.kept(value);
  }

  /** The values that people may give, in words. */
  public String allowed() {
    return kind.allowed();
  }

  /** How a value that a person gives is kept; empty where it is not allowed. */
  public Optional<String> given(String text) {
    return kind.given(text).map(kind::kept);
  }

  /** The value in force as people see it, given all values that are kept. */
  public String shown(Map<String, String> kept) {
    try {
      return kind.shown(in(kept));
    } catch (IllegalStateException e) {
      // To be seen and set right.
      return kept.getOrDefault(name, "");
    }
  }

  /** The value that is in force where none is kept, as people see it. */
  public String shownStandard() {
    return kind.shown(standard);
  }

  /** The value in force, given all values that are kept. */
  public T in(Map<String, String> kept) {
    return Optional.ofNullable(kept.get(name)).flatMap(kind::read).orElse(standard);
  }
}
