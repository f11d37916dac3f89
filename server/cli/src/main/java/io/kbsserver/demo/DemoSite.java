package io.kbsserver.demo;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.logging.Secrets;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.terms.NeededTerms;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.text.Slug;
import io.kbsserver.text.WrittenId;
import io.kbsserver.tickets.TicketChange;
import io.kbsserver.tickets.TicketDraft;
import io.kbsserver.tickets.TicketWriter;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A small made-up help desk, so that a newcomer sees something at once. */
@Singleton
public class DemoSite {

  /** Property that is true where the demo is served. */
  public static final String SERVED = "kbs.demo";

  /** Who may look at the demo. */
  public record DemoLogin(String login, String applicationPassword) {}

  /** The login of who runs it. */
  public static final String MANAGER = "mira";

  /** A setting that is kept as long as a demo has been begun and is not all there. */
  public static final String UNFINISHED = "demo_unfinished";

  private static final String AGENT = "ben";
  private static final String DOMAIN = "@harbour-helpdesk.example";
  private static final String PASSWORD_NAME = "Demo";
  private static final String GIVEN_NAME = "Given";

  /**
   * The password itself, kept with the demo's data: it protects nothing but made-up tickets, and
   * whoever has the database has them anyway.
   */
  private static final String KEPT_PASSWORD = "demo_password";

  /** A setting that tells whose login was chosen for the last start. */
  private static final String GIVEN_LOGIN = "demo_given_login";

  /** A ticket of the demo; age in hours, agent and status may be null. */
  private record Story(
      int age,
      String first,
      String last,
      String title,
      String content,
      String category,
      String department,
      @Nullable String agent,
      @Nullable String status) {}

  private static final List<Story> STORIES =
      List.of(
          new Story(
              410,
              "Olga",
              "Petersen",
              "Invoice 2207 was charged twice",
              "Our bank statement shows the amount for invoice 2207 two times.\n\nPlease refund one.",
              "Billing",
              "Accounts",
              AGENT,
              BuiltInStatus.CLOSED),
          new Story(
              353,
              "Tomas",
              "Lind",
              "Label printer prints blank labels",
              "Since the update on Monday the label printer feeds, but every label is empty.",
              "Hardware",
              "Workshop",
              AGENT,
              BuiltInStatus.CLOSED),
          new Story(
              240,
              "Yuki",
              "Mori",
              "Cannot log in after changing my e-mail",
              "I changed my address in the profile. Now the old one and the new one are refused.",
              "Accounts",
              "Workshop",
              MANAGER,
              BuiltInStatus.HOLD),
          new Story(
              171,
              "Olga",
              "Petersen",
              "Please send invoices to two addresses",
              "Is it possible to send a copy to accounting as well? Thanks -- Olga",
              "Billing",
              "Accounts",
              MANAGER,
              BuiltInStatus.OPEN),
          new Story(
              118,
              "Amara",
              "Diallo",
              "Export stops at 10,000 rows",
              "The export of our orders ends at row 10,000 without a message.\n"
                  + "- tried CSV\n- tried a smaller range: works",
              "Software",
              "Workshop",
              AGENT,
              BuiltInStatus.OPEN),
          new Story(
              75,
              "Jonas",
              "Weber",
              "Replacement for a broken scanner",
              "The scanner fell off the table. What does a new one cost, and how long does it take?",
              "Hardware",
              "Sales",
              AGENT,
              BuiltInStatus.HOLD),
          new Story(
              49,
              "Yuki",
              "Mori",
              "Two-factor codes arrive late",
              "Codes come after 10 minutes, when they are no longer valid.",
              "Accounts",
              "Workshop",
              null,
              null),
          new Story(
              26,
              "Chloe",
              "Martin",
              "Quote for 40 licences",
              "We grow from 25 to 40 people in March. Could you make us an offer?",
              "Software",
              "Sales",
              null,
              null),
          new Story(
              9,
              "Amara",
              "Diallo",
              "\"Unknown error\" when saving a filter",
              "Saving a filter with an ampersand in its name (\"R&D\") shows \"Unknown error\".",
              "Software",
              "Workshop",
              null,
              null),
          new Story(
              2,
              "Tomas",
              "Lind",
              "Delivery is missing one box",
              "The delivery note says 4 boxes, we received 3. It's order 88-1042.",
              "Hardware",
              "Sales",
              null,
              null));

  private final UserAccounts accounts;
  private final NeededTerms terms;
  private final TicketWriter tickets;
  private final DemoReplies replies;
  private final TicketAgeRepository ages;
  private final DemoNotes notes;
  private final DemoKnowledge knowledge;
  private final DemoFiles files;
  private final SiteSettings settings;
  private final ChangeLog changes;
  private final AtomicReference<@Nullable DemoLogin> login = new AtomicReference<>();

  DemoSite(
      UserAccounts accounts,
      NeededTerms terms,
      TicketWriter tickets,
      DemoReplies replies,
      TicketAgeRepository ages,
      DemoNotes notes,
      DemoKnowledge knowledge,
      DemoFiles files,
      SiteSettings settings,
      ChangeLog changes) {
    this.accounts = accounts;
    this.terms = terms;
    this.tickets = tickets;
    this.replies = replies;
    this.ages = ages;
    this.notes = notes;
    this.knowledge = knowledge;
    this.files = files;
    this.settings = settings;
    this.changes = changes;
  }

  /**
   * Makes the help desk unless it is there; its login stays the same from start to start. A
   * password that was chosen for an earlier start lets nobody in any more.
   *
   * @throws StartupFailure if there is another site, or a demo that was not made to its end
   */
  @Transactional
  public DemoLogin prepare() {
    if (settings.kept().containsKey(UNFINISHED)) {
      throw new StartupFailure(
          "The demo was not made to its end: make it anew with serve --demo --reset where it is built"
              + " in, or in another database (KBS_DATA_DIR, or KBS_DATABASE_URL)");
    }
    revokeGiven();
    boolean there = accounts.list().stream().anyMatch(account -> account.login().equals(MANAGER));
    if (!there) {
      if (!accounts.list().isEmpty()) {
        throw new StartupFailure(
            "This database holds a site already; the demo would mix with it. Serve without --demo,"
                + " or choose another database.");
      }
      fill();
    }
    String kept = settings.kept().get(KEPT_PASSWORD);
    if (kept != null) {
      Secrets.keep(kept);
    }
    return new DemoLogin(
        MANAGER, kept != null && accounts.isPassword(MANAGER, kept) ? kept : newPassword());
  }

  /** Makes it as well, and shows its login on the home page. */
  @Transactional
  public DemoLogin prepareAndShow() {
    DemoLogin prepared = prepare();
    login.set(prepared);
    return prepared;
  }

  /**
   * Makes it as well, and lets this login in: one of its users, or one more who runs it. Nothing
   * shows the password.
   */
  @Transactional
  public void prepare(GivenLogin given) {
    prepare();
    String name = given.login();
    if (accounts.list().stream().noneMatch(account -> account.login().equalsIgnoreCase(name))) {
      accounts.add(name, name + DOMAIN, name, Role.SUPPORT_MANAGER);
    }
    accounts.addPassword(name, GIVEN_NAME, given.password());
    settings.set(GIVEN_LOGIN, name);
  }

  private void revokeGiven() {
    String earlier = settings.kept().get(GIVEN_LOGIN);
    if (earlier != null) {
      // Somebody may have deleted that user.
      accounts.list().stream()
          .filter(account -> account.login().equalsIgnoreCase(earlier))
          .forEach(account -> revoke(account.login(), GIVEN_NAME));
      settings.set(GIVEN_LOGIN, null);
    }
  }

  /** Who may look at it, once it is prepared. */
  Optional<DemoLogin> login() {
    return Optional.ofNullable(login.get());
  }

  /** Takes the place of one that was revoked, or that nobody knows any more. */
  private String newPassword() {
    revoke(MANAGER, PASSWORD_NAME);
    String password = accounts.addPassword(MANAGER, PASSWORD_NAME).password();
    settings.set(KEPT_PASSWORD, password);
    return password;
  }

  private void revoke(String login, String name) {
    accounts.passwords(login).stream()
        .filter(password -> password.name().equals(name))
        .forEach(password -> accounts.revoke(login, password.uuid()));
  }

  private void fill() {
    long manager = accounts.add(MANAGER, MANAGER + DOMAIN, "Mira Manager", Role.SUPPORT_MANAGER);
    accounts.add(AGENT, AGENT + DOMAIN, "Ben Agent", Role.SUPPORT_AGENT);
    accounts.add("olga", "olga.petersen@customer.example", "Olga Petersen", Role.SUPPORT_CUSTOMER);
    settings.set("site_name", "Harbour Helpdesk");
    settings.set("ticket_prefix", "HH-");
    settings.set("sequential_start", "1001");
    Caller caller =
        new Caller(
            manager, MANAGER, MANAGER + DOMAIN, Set.of(Role.SUPPORT_MANAGER), List.of(), List.of());
    STORIES.forEach(story -> tell(story, caller));
    knowledge.tell(manager);
  }

  private void tell(Story story, Caller caller) {
    UnknownValues strict = new UnknownValues(false);
    long id =
        tickets
            .create(
                new TicketDraft(
                    story.title(),
                    story.content(),
                    (story.first() + "." + story.last()).toLowerCase(java.util.Locale.ROOT)
                        + "@customer.example",
                    story.first(),
                    story.last(),
                    null,
                    null,
                    null,
                    story.agent() == null ? null : WrittenId.of(story.agent() + DOMAIN),
                    List.of(term(Taxonomy.CATEGORIES, story.category())),
                    term(Taxonomy.DEPARTMENTS, story.department()),
                    null,
                    DemoTags.of(story.title()).stream()
                        .map(name -> term(Taxonomy.TAGS, name))
                        .toList()),
                caller,
                strict)
            .ticket()
            .id();
    replies.tell(id, story.title(), caller);
    if (story.status() != null) {
      tickets.update(
          WrittenId.of(String.valueOf(id)),
          new TicketChange(
              null, List.of(), null, null, story.status(), List.of(), null, null, null),
          caller,
          strict);
    }
    changes.changes(Subject.TICKET, id);
    ages.makeOlder(id, story.age());
    ages.settleKey(id);
    notes.write(id, story.title(), story.age(), caller);
    files.attach(id, story.title());
  }

  private long term(Taxonomy taxonomy, String name) {
    return terms.findOrInsert(taxonomy, Slug.of(name), name);
  }
}
