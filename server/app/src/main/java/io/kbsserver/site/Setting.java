package io.kbsserver.site;

import io.kbsserver.site.Site.Assignment;
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
  public static final Setting<ZoneId> TIME_ZONE =
      ours(
          "time_zone",
          new SettingKind.Zone(),
          ZoneId.of("UTC"),
          "zone of dates without an offset; dates that are kept stay as they are");
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
