package io.kbsserver.demo.large;

import io.kbsserver.change.Subject;
import io.kbsserver.demo.large.MadePeople.MadeCustomer;
import io.kbsserver.demo.large.MadeTexts.Text;
import io.kbsserver.posts.TitleKey;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.WallClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes tickets with what hangs on them, one after the other, as they were opened over years. */
final class MadeTickets {

  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final LocalDateTime FIRST = LocalDateTime.of(2019, 1, 7, 8, 0);
  static final String PREFIX = "HH-";
  static final long FIRST_NUMBER = 1001;

  private static final LocalDateTime LAST = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final long SECONDS = Duration.between(FIRST, LAST).toSeconds();
  private static final int MOST_REPLIES = 80;
  private static final int LONGEST_PAUSE = 3 * 24 * 3600;
  private static final int SHORTEST_PAUSE = 600;
  private static final int KEY_DIGITS = 32;
  private static final long FIRST_ORDER = 88_000_000;
  private static final int RARE_TICKETS = 100;
  private static final int SLOTS = 16;

  /** As {@code tickets.LastReplyBy} keeps it. */
  private static final int BY_AGENT = 2;

  private static final int BY_CUSTOMER = 3;

  private static final List<String> UNRESOLVED =
      List.of(BuiltInStatus.NEW, BuiltInStatus.OPEN, BuiltInStatus.OPEN, BuiltInStatus.HOLD);

  private final Rows posts = new Rows("post", null, "id, type");
  private final Rows tickets =
      new Rows(
          "ticket",
          Subject.TICKET,
          "id, number, ticket_key, status, date_local, date_gmt, modified_local, modified_gmt,"
              + " title_key, title_raw, title_rendered, content_raw, content_rendered, agent_id,"
              + " customer_id, company_id, user_id, email, first_name, last_name, primary_phone,"
              + " user_info_email, resolved_local, last_reply_by, reply_count, form_id, form_data,"
              + " created_by, user_ip, revision");
  private final Rows termsOfTickets = new Rows("ticket_term", null, "ticket_id, term_id");
  private final Rows agents = new Rows("ticket_agent", null, "ticket_id, user_id, position");
  private final Rows participants =
      new Rows("ticket_participant", null, "ticket_id, email, position");
  private final Rows replies =
      new Rows(
          "reply",
          Subject.REPLY,
          "id, ticket_id, status, date_local, date_gmt, modified_local, modified_gmt, content_raw,"
              + " content_rendered, author_id, customer_id, agent_id, source_id, resolution");
  private final Rows files =
      new Rows(
          "attachment", Subject.FILE, "id, ticket_id, title, url, mime_type, date_gmt, date_local");

  private final long seed;
  private final MadePeople people;
  private final Terms terms;
  private final MadeTexts texts;
  private final long form;
  private final Map<Long, long[]> counts = new HashMap<>();
  private long nextPost;

  /**
   * None so far.
   *
   * @param form the form by which some came, the last post so far
   */
  MadeTickets(long seed, MadePeople people, Terms terms, long form) {
    this.seed = seed;
    this.people = people;
    this.terms = terms;
    this.texts = new MadeTexts(seed, people.tickets());
    this.form = form;
    this.nextPost = form + 1;
  }

  /** What was added since they were inserted, in the order in which that has to be done. */
  List<Rows> rows() {
    return List.of(posts, tickets, termsOfTickets, agents, participants, replies, files);
  }

  /** How many of them have which terms, by the remainders of their ids. */
  Rows counts() {
    Rows rows = new Rows("term_count", null, "term_id, slot, total");
    counts.forEach(
        (term, totals) -> {
          for (int slot = 0; slot < SLOTS; slot++) {
            if (totals[slot] > 0) {
              rows.add(term, slot, totals[slot]);
            }
          }
        });
    return rows;
  }

  /** Makes the one with this number, from 0. */
  void add(int number) {
    Chance chance = Chance.of(seed, "ticket", number);
    long id = newPost("kbs_ticket");
    double place = (number + chance.share()) / people.tickets();
    // More and more as the years go by.
    LocalDateTime opened = FIRST.plusSeconds((long) (SECONDS * place * (1.6 - 0.6 * place)));
    String status =
        chance.percent(place > 0.75 ? 35 : 95) ? BuiltInStatus.CLOSED : chance.of(UNRESOLVED);
    int agent = chance.skewed(MadePeople.AGENTS);
    boolean assigned = !status.equals(BuiltInStatus.NEW) && chance.percent(98);
    MadeCustomer customer = people.of(number, chance);

    boolean closed = status.equals(BuiltInStatus.CLOSED);
    Conversation said = talk(id, customer, agent, opened, assigned, closed, chance);
    LocalDateTime local = local(opened);
    Text title = texts.title(chance, FIRST_ORDER + number);
    Text content = texts.content(chance, line(number, chance));
    boolean byForm = chance.percent(10);
    tickets.add(
        id,
        PREFIX + (FIRST_NUMBER + number),
        chance.hex(KEY_DIGITS),
        status,
        local,
        opened,
        local(said.last()),
        said.last(),
        TitleKey.of(title.raw()),
        title.raw(),
        title.rendered(),
        content.raw(),
        content.rendered(),
        assigned ? MadePeople.agent(agent) : null,
        customer.id(),
        customer.companyId(),
        customer.userId(),
        customer.email(),
        customer.firstName(),
        customer.lastName(),
        chance.percent(30) ? "+49 30 55" + (10_000 + chance.below(90_000)) : null,
        customer.email(),
        closed ? local(said.last()) : null,
        closed || said.replies() == 0 ? null : said.byAgent() ? BY_AGENT : BY_CUSTOMER,
        said.replies(),
        byForm ? String.valueOf(form) : null,
        byForm ? "{\"subject\":\"Ünïcode & more\",\"device\":" + chance.below(500) + "}" : null,
        customer.userId() == null ? MadePeople.MANAGER : customer.userId(),
        chance.percent(20) ? "192.0.2." + chance.below(256) : null,
        1);
    sort(id, agent, chance);
    participants.add(id, customer.email(), 0);
    if (chance.percent(10)) {
      // Numbered so that it is none of the site's customers.
      participants.add(id, "guest" + chance.skewed(5_000) + "@customer.example", 1);
    }
    if (assigned && chance.percent(5)) {
      agents.add(id, MadePeople.agent((agent + 1 + chance.below(9)) % MadePeople.AGENTS), 0);
    }
    if (chance.percent(5)) {
      files.add(
          newPost("attachment"), id, "photo " + number + ".jpg", "", "image/jpeg", opened, local);
    }
  }

  /** What was said about a ticket: how often, by whom last, and when something was done last. */
  private record Conversation(int replies, boolean byAgent, LocalDateTime last) {}

  private Conversation talk(
      long ticket,
      MadeCustomer customer,
      int agent,
      LocalDateTime opened,
      boolean assigned,
      boolean closed,
      Chance chance) {
    int most = chance.longTail(2, MOST_REPLIES);
    int many = 0;
    LocalDateTime last = opened;
    boolean byAgent = false;
    while (many < most) {
      LocalDateTime at = last.plusSeconds(SHORTEST_PAUSE + chance.skewed(LONGEST_PAUSE));
      if (at.isAfter(LAST)) {
        break;
      }
      last = at;
      byAgent = assigned && (many % 2 == 0 || chance.percent(20));
      many++;
      boolean closing = closed && byAgent && many == most;
      reply(ticket, customer, byAgent ? MadePeople.agent(agent) : null, last, closing, chance);
    }
    return new Conversation(many, byAgent, last);
  }

  private void reply(
      long ticket,
      MadeCustomer customer,
      @Nullable Long agent,
      LocalDateTime at,
      boolean closing,
      Chance chance) {
    long id = newPost("kbs_ticket_reply");
    LocalDateTime local = local(at);
    Text text = texts.content(chance, "");
    replies.add(
        id,
        ticket,
        BuiltInStatus.PUBLISHED,
        local,
        at,
        local,
        at,
        text.raw(),
        text.rendered(),
        agent == null ? customer.userId() : agent,
        customer.id(),
        agent,
        terms.source(),
        closing);
    count(terms.source(), id);
  }

  /** A category, mostly a department, often a tag. */
  private void sort(long ticket, int agent, Chance chance) {
    put(ticket, terms.category(chance));
    if (chance.percent(70)) {
      put(ticket, terms.department(MadePeople.department(agent)));
    }
    if (chance.percent(60)) {
      put(ticket, terms.tag(chance));
    }
  }

  private void put(long ticket, long term) {
    termsOfTickets.add(ticket, term);
    count(term, ticket);
  }

  private void count(long term, long post) {
    counts.computeIfAbsent(term, any -> new long[SLOTS])[(int) (post % SLOTS)]++;
  }

  private String line(int number, Chance chance) {
    String line =
        chance.percent(70) ? "Our " + MadeTexts.COMMON + " is " + (FIRST_ORDER + number) + "." : "";
    int every = Math.max(1, people.tickets() / RARE_TICKETS);
    return number % every == 0 ? (line + " It is a " + MadeTexts.RARE + ".").strip() : line;
  }

  private long newPost(String type) {
    posts.add(nextPost, type);
    return nextPost++;
  }

  private static LocalDateTime local(LocalDateTime gmt) {
    return WallClock.local(gmt, ZONE);
  }
}
