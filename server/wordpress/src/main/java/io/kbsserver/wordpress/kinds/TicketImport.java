package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import io.kbsserver.posts.TitleKey;
import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.Meta;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.PostReader;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings over the tickets. */
public final class TicketImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.TICKET,
          "ticket",
          "kbs_ticket",
          false,
          List.of(
              "number",
              "ticket_key",
              "status",
              "date_local",
              "date_gmt",
              "modified_local",
              "modified_gmt",
              "title_raw",
              "content_raw",
              "agent_id",
              "customer_id",
              "company_id",
              "user_id",
              "email",
              "first_name",
              "last_name",
              "primary_phone",
              "additional_phone",
              "website",
              "user_info_id",
              "user_info_email",
              "resolved_local",
              "last_reply_by",
              "form_id",
              "form_data",
              "created_by",
              "user_ip",
              "protected"),
          List.of("title_key", "title_rendered", "content_rendered"),
          List.of(
              new TargetTable.Child("ticket_term", "ticket_id", List.of("term_id")),
              new TargetTable.Child("ticket_agent", "ticket_id", List.of("user_id", "position")),
              new TargetTable.Child(
                  "ticket_participant", "ticket_id", List.of("email", "position"))));

  private static final String NUMBER = "_kbs_ticket_number";
  private static final String KEY = "_kbs_ticket_key";
  private static final String AGENT = "_kbs_ticket_agent_id";
  private static final String AGENTS = "_kbs_ticket_agents";
  private static final String CUSTOMER = "_kbs_ticket_customer_id";
  private static final String COMPANY = "_kbs_ticket_company_id";
  private static final String USER = "_kbs_ticket_user_id";
  private static final String EMAIL = "_kbs_ticket_user_email";
  private static final String PARTICIPANTS = "_kbs_ticket_participants";
  private static final String DATA = "_ticket_data";
  private static final String CLOSED = "_kbs_ticket_closed_date";
  private static final String LAST_REPLY_BY = "_kbs_ticket_last_reply_by";
  private static final String FORM_ID = "_kbs_ticket_form_id";
  private static final String FORM_DATA = "_kbs_ticket_form_data";
  private static final String IP = "_kbs_ticket_user_ip";
  private static final List<String> KEYS =
      List.of(
          NUMBER,
          KEY,
          AGENT,
          AGENTS,
          CUSTOMER,
          COMPANY,
          USER,
          EMAIL,
          PARTICIPANTS,
          DATA,
          CLOSED,
          LAST_REPLY_BY,
          FORM_ID,
          FORM_DATA,
          IP);

  /** What a ticket refers to, read before it is known what of it exists. */
  private record Draft(
      WordPressPost post,
      RowReader reader,
      @Nullable Long agent,
      @Nullable Long customer,
      @Nullable Long company,
      @Nullable Long user,
      @Nullable Long createdBy,
      List<Long> agents) {}

  private final ImportRun run;
  private final TermLinks terms;
  private PostDates before;

  public TicketImport(ImportRun run, TermLinks terms) {
    this.run = run;
    this.terms = terms;
    this.before = PostDates.earliest(run.clock());
  }

  public void run() throws SQLException {
    Statuses statuses = new Statuses(run);
    PostReader posts = PostReader.ofType(run.source(), "kbs_ticket", KEYS);
    run.log().start(Kind.TICKET, posts.total());
    List<WordPressPost> batch = posts.next();
    while (!batch.isEmpty()) {
      run.log().read(Kind.TICKET, batch.size());
      statuses.ensure(batch.stream().map(WordPressPost::status).toList());
      write(batch);
      run.log().advanced(Kind.TICKET);
      batch = posts.next();
    }
  }

  private void write(List<WordPressPost> posts) throws SQLException {
    List<Draft> drafts = posts.stream().map(this::draft).toList();
    ReferredRows references = new ReferredRows(run);
    for (Draft draft : drafts) {
      references.user(draft.agent());
      references.user(draft.user());
      references.user(draft.createdBy());
      draft.agents().forEach(references::user);
      references.customer(draft.customer());
      references.company(draft.company());
    }
    references.resolve();
    Map<Long, List<TermLinks.Link>> links =
        terms.of(posts.stream().map(WordPressPost::id).toList());
    List<TargetRow> rows = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      rows.add(row(draft, references, links.getOrDefault(draft.post().id(), List.of())));
    }
    run.writer().write(TABLE, rows);
  }

  private Draft draft(WordPressPost post) {
    RowReader reader = new RowReader(Kind.TICKET, post.id(), run.log());
    Meta meta = post.meta();
    return new Draft(
        post,
        reader,
        reader.reference("its agent", meta.first(AGENT)),
        reader.reference("its customer", meta.first(CUSTOMER)),
        reader.reference("its company", meta.first(COMPANY)),
        reader.reference("its user", meta.first(USER)),
        post.author() == 0 ? null : post.author(),
        additionalAgents(reader, meta));
  }

  private static List<Long> additionalAgents(RowReader reader, Meta meta) {
    List<Long> agents = new ArrayList<>();
    for (Object element :
        reader.list("the list of its additional agents", meta.first(AGENTS), "[0-9]{1,18}")) {
      OptionalLong id = PhpValues.id(element);
      if (id.isEmpty() || id.getAsLong() == 0) {
        reader.problem(
            "one of its additional agents is no user: " + PhpValues.text(element) + "; left out");
      } else if (!agents.contains(id.getAsLong())) {
        agents.add(id.getAsLong());
      }
    }
    return agents;
  }

  private TargetRow row(Draft draft, ReferredRows references, List<TermLinks.Link> links) {
    WordPressPost post = draft.post();
    RowReader reader = draft.reader();
    Meta meta = post.meta();
    PostDates dates = PostDates.of(post, run.clock(), Kind.TICKET, run.log(), before);
    before = dates;
    String title = reader.longText("its title", post.title());
    String content = reader.veryLongText("its content", post.content());
    Map<?, ?> info = userInfo(reader, meta);
    String email = emptyToNull(reader.email("its e-mail address", meta.first(EMAIL)));

    List<String> values = new ArrayList<>(TABLE.columns().size());
    values.add(emptyToNull(reader.textOrNull("its number", meta.first(NUMBER), 191)));
    values.add(key(reader, meta));
    values.add(post.status());
    values.add(SiteClock.format(dates.local()));
    values.add(SiteClock.format(dates.gmt()));
    values.add(SiteClock.format(dates.modifiedLocal()));
    values.add(SiteClock.format(dates.modifiedGmt()));
    values.add(title);
    values.add(content);
    values.add(RowReader.id(references.checkedUser(draft.agent(), "its agent", reader)));
    values.add(RowReader.id(references.checkedCustomer(draft.customer(), reader)));
    values.add(RowReader.id(references.checkedCompany(draft.company(), reader)));
    values.add(RowReader.id(user(draft, references)));
    values.add(email);
    values.add(info(reader, info, "first_name", 1000));
    values.add(info(reader, info, "last_name", 1000));
    values.add(info(reader, info, "primary_phone", 255));
    values.add(info(reader, info, "additional_phone", 255));
    values.add(info(reader, info, "website", 2048));
    values.add(infoId(draft, info, references));
    String told = emptyToNull(info(reader, info, "email", 254));
    values.add(told == null ? email : told);
    values.add(resolved(reader, meta));
    values.add(lastReplyBy(reader, meta));
    values.add(emptyToNull(reader.textOrNull("its form", meta.first(FORM_ID), 64)));
    values.add(formData(reader, meta));
    values.add(RowReader.id(references.checkedUser(draft.createdBy(), "its author", reader)));
    values.add(reader.textOrNull("its address on the network", meta.first(IP), 255));
    values.add(RowReader.flag(post.hasPassword()));
    return new TargetRow(
        post.id(),
        values,
        () ->
            List.of(
                TitleKey.of(title), Render.title(title, reader), Render.content(content, reader)),
        List.of(
            links.stream()
                .filter(link -> link.taxonomy().startsWith("ticket_"))
                .map(link -> List.of(Long.toString(link.termId())))
                .toList(),
            agents(draft, references),
            participants(
                draft, email == null ? references.emailOfCustomer(draft.customer()) : email)));
  }

  /** KB Support corrects the user of a ticket to that of its customer when the ticket is read. */
  private static @Nullable Long user(Draft draft, ReferredRows references) {
    Long user = references.userOfCustomer(draft.customer());
    return user != null ? user : references.checkedUser(draft.user(), "its user", draft.reader());
  }

  private static List<List<String>> agents(Draft draft, ReferredRows references) {
    List<List<String>> rows = new ArrayList<>();
    for (Long agent : draft.agents()) {
      Long here =
          requireNonNull(
              references.checkedUser(agent, "one of its additional agents", draft.reader()));
      rows.add(List.of(here.toString(), Integer.toString(rows.size())));
    }
    return rows;
  }

  /** Where none are kept, as before KB Support kept any, it is whoever wrote the ticket. */
  private static List<List<String>> participants(Draft draft, @Nullable String sender) {
    RowReader reader = draft.reader();
    List<List<String>> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Object element :
        reader.list(
            "the list of its participants",
            draft.post().meta().first(PARTICIPANTS),
            "[^@\\s\"]+@[^@\\s\"]+")) {
      String email = reader.email("one of its participants", PhpValues.text(element));
      if (email == null || email.isEmpty()) {
        reader.problem("one of its participants is empty; left out");
      } else if (seen.add(email.toLowerCase(Locale.ROOT))) {
        rows.add(List.of(email, Integer.toString(rows.size())));
      }
    }
    return rows.isEmpty() && sender != null ? List.of(List.of(sender, "0")) : rows;
  }

  private static String key(RowReader reader, Meta meta) {
    String key = reader.ascii("its key", meta.first(KEY), 64);
    if (key == null || key.isEmpty()) {
      reader.information("it has no key");
      return "";
    }
    return key;
  }

  private static Map<?, ?> userInfo(RowReader reader, Meta meta) {
    String stored = meta.first(DATA);
    Object data = reader.serialized("what is known of its sender", stored);
    Object known = data instanceof Map<?, ?> map ? map.get("user_info") : null;
    if (known instanceof String text) {
      // Serialised twice.
      known = reader.serialized("what is known of its sender", text);
    }
    if (known instanceof Map<?, ?> info) {
      return info;
    }
    if (stored == null || stored.isEmpty() || data != null) {
      reader.information("nothing is known of its sender");
    }
    return Map.of();
  }

  private static @Nullable String info(
      RowReader reader, Map<?, ?> info, String key, int maxCharacters) {
    Object value = info.get(key);
    if (value instanceof Map) {
      reader.problem("its sender's " + key + " is a list; left out");
    }
    return reader.textOrNull("its sender's " + key, PhpValues.text(value), maxCharacters);
  }

  /** Some forms keep the sender's customer here, and others the sender's user. */
  private static @Nullable String infoId(Draft draft, Map<?, ?> info, ReferredRows references) {
    Object value = info.get("id");
    OptionalLong found = PhpValues.id(value);
    if (found.isEmpty()) {
      if (PhpValues.truthy(value)) {
        draft.reader().problem("its sender's id is none; left out");
      }
      return null;
    }
    Long id = found.getAsLong();
    if (id.equals(draft.customer())) {
      return RowReader.id(references.here(Kind.CUSTOMER, id));
    }
    return RowReader.id(id.equals(draft.user()) ? references.here(Kind.USER, id) : id);
  }

  private static @Nullable String resolved(RowReader reader, Meta meta) {
    String stored = meta.first(CLOSED);
    LocalDateTime closed = SiteClock.parse(stored);
    if (closed == null && stored != null && !stored.isEmpty()) {
      reader.problem("the date when it was closed is none: " + PlainText.start(stored, 40));
    }
    return SiteClock.format(closed);
  }

  private static @Nullable String lastReplyBy(RowReader reader, Meta meta) {
    String stored = meta.first(LAST_REPLY_BY);
    if (stored == null || stored.isEmpty() || stored.matches("[123]")) {
      return emptyToNull(stored);
    }
    reader.problem("who replied last is not known: " + PlainText.start(stored, 40));
    return null;
  }

  private static @Nullable String formData(RowReader reader, Meta meta) {
    String stored = meta.first(FORM_DATA);
    if (stored == null || stored.isEmpty()) {
      return null;
    }
    Object data = reader.serialized("what was entered in its form", stored);
    if (data != null && !(data instanceof Map)) {
      reader.problem("what was entered in its form is no list of fields; left out");
    }
    return data instanceof Map<?, ?> fields ? PhpValues.jsonObject(fields) : null;
  }

  private static @Nullable String emptyToNull(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
