package io.kbsserver.pact;

import au.com.dius.pact.provider.junitsupport.State;
import io.kbsserver.access.Caller;
import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.customers.CustomerRepository;
import io.kbsserver.http.TestServer;
import io.kbsserver.notes.NoteWriter;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.replies.ReplyDraft;
import io.kbsserver.replies.ReplyWriter;
import io.kbsserver.site.Setting;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.sync.SyncService;
import io.kbsserver.terms.NeededTerms;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.terms.TermCounts;
import io.kbsserver.text.WrittenId;
import io.kbsserver.tickets.StatusRegister;
import io.kbsserver.tickets.TicketChange;
import io.kbsserver.tickets.TicketDraft;
import io.kbsserver.tickets.TicketView;
import io.kbsserver.tickets.TicketWriter;
import io.kbsserver.webhooks.WantedTickets;
import io.kbsserver.webhooks.Webhook;
import io.kbsserver.webhooks.WebhookAdministration;
import io.kbsserver.webhooks.WebhookDraft;
import io.micronaut.transaction.jdbc.DataSourceTransactionManager;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a pact can ask to be so before its request is sent. The site is empty before: no users but
 * those that a state makes, no tickets, all settings at their defaults. States are brought about in
 * the order in which the pact names them, by the services that requests use as well.
 */
public final class ProviderStates {

  private static final int MOST_WEBHOOKS = 20;

  private final PactSite site;
  private final TestServer server;
  private final Caller manager;
  private final List<String> authorizations = new ArrayList<>();
  private String lastLogin = "";
  private long lastUser;
  private long lastTicket;
  private long lastWebhook;

  ProviderStates(PactSite site) {
    this.site = site;
    this.server = site.server();
    this.manager =
        new Caller(site.managerId(), "", "", Set.of(Role.SUPPORT_MANAGER), List.of(), List.of());
  }

  @State("a user is logged in")
  @Explained(
      value = "There is a user with an application password.",
      parameters = {
        "role: `administrator`, `support_manager`, `support_agent`, `support_customer` or another"
            + " role of WordPress; `support_manager`",
        "email: the address of the user; one that nobody else has"
      },
      brings = {
        "authorization: the value of the header `Authorization` for this user",
        "userId: the id of the user"
      })
  public Map<String, Object> aUserIsLoggedIn(Map<String, Object> parameters) {
    String login = unused("user");
    long id = addUser(login, parameters, text(parameters, "role", Role.SUPPORT_MANAGER));
    String password = server.bean(UserAccounts.class).addPassword(login, "pact").password();
    byte[] both = (login + ":" + password).getBytes(StandardCharsets.UTF_8);
    String authorization = "Basic " + Base64.getEncoder().encodeToString(both);
    authorizations.add(authorization);
    lastLogin = login;
    lastUser = id;
    return Map.of("authorization", authorization, "userId", id);
  }

  @State("the user has one more application password")
  @Explained(
      value = "The user who is logged in has an application password called `Billing` as well.",
      brings = "passwordUuid: its uuid")
  public Map<String, Object> theUserHasOneMorePassword(Map<String, Object> parameters) {
    if (lastLogin.isEmpty()) {
      aUserIsLoggedIn(Map.of());
    }
    return Map.of(
        "passwordUuid", server.bean(UserAccounts.class).addPassword(lastLogin, "Billing").uuid());
  }

  @State("the user has a webhook")
  @Explained(
      value = "The user who is logged in has a webhook that sends all changes, to nobody.",
      parameters = "signature: how its messages are signed, `hmac` or `ed25519`; `hmac`",
      brings = "webhookId: its id")
  public Map<String, Object> theUserHasAWebhook(Map<String, Object> parameters) {
    String signature = text(parameters, "signature", "hmac");
    if (!List.of("hmac", "ed25519").contains(signature)) {
      throw new IllegalArgumentException(
          "signature has to be hmac or ed25519, and is " + signature);
    }
    lastWebhook = webhook(Webhook.Signature.valueOf(signature.toUpperCase(Locale.ROOT)));
    return Map.of("webhookId", lastWebhook);
  }

  @State("the webhook has a newer secret")
  @Explained("The webhook that was made last has another secret; the older one still holds, a day.")
  public void theWebhookHasANewerSecret() {
    if (lastWebhook == 0) {
      theUserHasAWebhook(Map.of());
    }
    server.sql(
        "UPDATE webhook_secret SET valid_until = DATE_ADD(UTC_TIMESTAMP(), INTERVAL 1 DAY)"
            + " WHERE webhook_id = ?",
        lastWebhook);
    server.sql(
        "INSERT INTO webhook_secret (webhook_id, secret, public_key, created_at)"
            + " SELECT webhook_id, secret, public_key, UTC_TIMESTAMP() FROM webhook_secret"
            + " WHERE webhook_id = ?",
        lastWebhook);
  }

  @State("the receiver of the webhook is gone")
  @Explained(
      value =
          "The receiver of the webhook that was made last took a test on 2 January 2026, and answered"
              + " the next that it is gone: the server has switched the webhook off.",
      brings = "deliveryId: the id of the delivery that it did not take")
  public Map<String, Object> theReceiverOfTheWebhookIsGone() {
    Object delivery = aTestOfTheWebhookWaits().get("deliveryId");
    server.sql(
        "UPDATE webhook SET status = 'disabled', reason = 'gone', failures = 1,"
            + " last_delivered = '2026-01-02 03:04:05' WHERE id = ?",
        lastWebhook);
    server.sql(
        "UPDATE webhook_delivery SET status = 'failed', attempts = 1, answer = 410, duration = 31,"
            + " error = 'The receiver answered 410.', first_attempt = UTC_TIMESTAMP(),"
            + " last_attempt = UTC_TIMESTAMP(), next_attempt = NULL WHERE id = ?",
        delivery);
    return Map.of("deliveryId", delivery);
  }

  @State("the user has as many webhooks as one can have")
  @Explained("The user who is logged in can make no more webhooks.")
  public void theUserHasAllWebhooks() {
    for (int i = server.bean(WebhookAdministration.class).list().size(); i < MOST_WEBHOOKS; i++) {
      webhook(Webhook.Signature.HMAC);
    }
  }

  @State("a test of the webhook waits")
  @Explained(
      value = "The webhook that was made last is to be sent a test, and was not sent it yet.",
      brings = "deliveryId: the id of the delivery that waits")
  public Map<String, Object> aTestOfTheWebhookWaits() {
    if (lastWebhook == 0) {
      theUserHasAWebhook(Map.of());
    }
    return Map.of("deliveryId", server.bean(WebhookAdministration.class).ask(lastWebhook));
  }

  private long webhook(Webhook.Signature signature) {
    if (lastLogin.isEmpty()) {
      aUserIsLoggedIn(Map.of());
    }
    return server
        .bean(WebhookAdministration.class)
        .add(
            lastLogin,
            new WebhookDraft(
                "https://receiver.invalid/hook",
                "",
                List.of(),
                WantedTickets.ALL,
                Webhook.Payload.THIN,
                signature,
                "http://localhost"))
        .id();
  }

  @State("an agent works here")
  @Explained(
      value = "There is a support agent to whom tickets can be assigned.",
      parameters = "email: the address of the agent; one that nobody else has",
      brings = "agentId: the id of the agent")
  public Map<String, Object> anAgentWorksHere(Map<String, Object> parameters) {
    return Map.of("agentId", addUser(unused("agent"), parameters, Role.SUPPORT_AGENT));
  }

  @State("a customer exists")
  @Explained(
      value = "There is a customer who has no ticket yet.",
      parameters = {
        "email: the address of the customer; one that nobody else has",
        "name: first and last name; `Nina Newman`",
        "company: what their company is called, made where there is none; none",
        "emails: further addresses, with commas between them; none",
        "notes: what agents have noted, the oldest first, with commas between them; nothing"
      },
      brings = "customerId: the KBS id of the customer")
  public Map<String, Object> aCustomerExists(Map<String, Object> parameters) {
    String email = text(parameters, "email", unused("customer") + "@example.com");
    String name = text(parameters, "name", "Nina Newman");
    LocalDateTime created = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
    CustomerRepository customers = server.bean(CustomerRepository.class);
    long id = written(() -> customers.insert(email, name, null, null, null, created).id());
    Object company = parameters.get("company");
    if (company != null) {
      server.sql(
          "UPDATE customer SET company_id = ? WHERE id = ?", company(company.toString()), id);
    }
    for (String further : listed(parameters, "emails")) {
      server.sql(
          "INSERT INTO customer_email (customer_id, email, position)"
              + " SELECT ?, ?, COUNT(*) FROM customer_email WHERE customer_id = ?",
          id,
          further,
          id);
    }
    List<String> notes = listed(parameters, "notes");
    if (!notes.isEmpty()) {
      server.sql("UPDATE customer SET notes = ? WHERE id = ?", String.join("\n\n", notes), id);
    }
    return Map.of("customerId", id);
  }

  @State("a company exists")
  @Explained(
      value = "There is a company.",
      parameters = {
        "name: what it is called; `Harbour Ltd`",
        "contact: the address of the customer whom to ask there; nobody"
      },
      brings = "companyId: the id of the company")
  public Map<String, Object> aCompanyExists(Map<String, Object> parameters) {
    long id = server.company(text(parameters, "name", "Harbour Ltd"));
    Object contact = parameters.get("contact");
    if (contact != null) {
      server.sql(
          "UPDATE company SET contact_customer_id = ? WHERE id = ?",
          whoHas(contact, "customer"),
          id);
    }
    return Map.of("companyId", id);
  }

  @State("a form exists")
  @Explained(
      value = "There is a published submission form with one field.",
      parameters = {
        "title: what it is called; `Contact us`",
        "field: what its field is called; `Your name`",
        "slug: how its field is called in addresses; nothing",
        "options: what its field lets one choose from, with commas between them; nothing"
      },
      brings = {"formId: the id of the form", "fieldId: the id of its field"})
  public Map<String, Object> aFormExists(Map<String, Object> parameters) {
    long form = server.form(text(parameters, "title", "Contact us"));
    long field = server.formField(form, text(parameters, "field", "Your name"), 0);
    server.sql("UPDATE form_field SET slug = ? WHERE id = ?", text(parameters, "slug", ""), field);
    for (String option : listed(parameters, "options")) {
      server.sql(
          "UPDATE form_field SET settings = JSON_ARRAY_APPEND("
              + "JSON_SET(settings, '$.type', 'select'), '$.select_options', ?) WHERE id = ?",
          option,
          field);
    }
    return Map.of("formId", form, "fieldId", field);
  }

  @State("an article category exists")
  @Explained(
      value = "The knowledge base has a category of articles.",
      parameters = "name: what it is called; `Basics`",
      brings = "articleCategoryId: its term id")
  public Map<String, Object> anArticleCategoryExists(Map<String, Object> parameters) {
    return Map.of(
        "articleCategoryId", articleTerm("article_category", text(parameters, "name", "Basics")));
  }

  @State("an article tag exists")
  @Explained(
      value = "The knowledge base has a tag of articles.",
      parameters = "name: what it is called; `printers`",
      brings = "articleTagId: its term id")
  public Map<String, Object> anArticleTagExists(Map<String, Object> parameters) {
    return Map.of("articleTagId", articleTerm("article_tag", text(parameters, "name", "printers")));
  }

  private long articleTerm(String taxonomy, String name) {
    String have = " FROM term WHERE taxonomy = ? AND name = ?";
    return server.number("SELECT COUNT(*)" + have, taxonomy, name) == 0
        ? server.term(taxonomy, name)
        : server.number("SELECT MIN(id)" + have, taxonomy, name);
  }

  @State("an article exists")
  @Explained(
      value = "There is a published article in the knowledge base.",
      parameters = {
        "author: the address of the user who has written it; nobody in particular",
        "title: what it is called; `How to reset`",
        "content: what it says; `Press the button.`",
        "category, tag: what these are called, made where there is none; none",
        "restricted: whether only who has logged in may read that; `false`",
        "status: what it is in place of published; `publish`"
      },
      brings = "articleId: the id of the article")
  public Map<String, Object> anArticleExists(Map<String, Object> parameters) {
    long id =
        server.article(
            text(parameters, "title", "How to reset"),
            text(parameters, "content", "Press the button."));
    server.sql(
        "UPDATE article SET restricted = ?, status = ? WHERE id = ?",
        Boolean.parseBoolean(text(parameters, "restricted", "false")),
        text(parameters, "status", "publish"),
        id);
    Object author = parameters.get("author");
    if (author != null) {
      server.sql("UPDATE article SET author_id = ? WHERE id = ?", whoHas(author, "app_user"), id);
    }
    for (String kind : List.of("category", "tag")) {
      Object name = parameters.get(kind);
      if (name != null) {
        server.sql(
            "INSERT INTO article_term VALUES (?, ?)",
            id,
            articleTerm("article_" + kind, name.toString()));
      }
    }
    return Map.of("articleId", id);
  }

  @State("a category exists")
  @Explained(
      value = "There is a ticket category.",
      parameters = "name: what it is called; `Hardware`",
      brings = "categoryId: its term id")
  public Map<String, Object> aCategoryExists(Map<String, Object> parameters) {
    return Map.of("categoryId", term(Taxonomy.CATEGORIES, text(parameters, "name", "Hardware")));
  }

  @State("a tag exists")
  @Explained(
      value = "There is a ticket tag.",
      parameters = "name: what it is called; `urgent`",
      brings = "tagId: its term id")
  public Map<String, Object> aTagExists(Map<String, Object> parameters) {
    return Map.of("tagId", term(Taxonomy.TAGS, text(parameters, "name", "urgent")));
  }

  @State("a source exists")
  @Explained(
      value = "There is a way by which tickets come.",
      parameters = "name: what it is called; `Telephone`",
      brings = "sourceId: its term id")
  public Map<String, Object> aSourceExists(Map<String, Object> parameters) {
    return Map.of("sourceId", term(Taxonomy.SOURCES, text(parameters, "name", "Telephone")));
  }

  @State("a department exists")
  @Explained(
      value = "The site has departments, and this is one.",
      parameters = "name: what it is called; `Workshop`",
      brings = "departmentId: its term id")
  public Map<String, Object> aDepartmentExists(Map<String, Object> parameters) {
    return Map.of("departmentId", department(text(parameters, "name", "Workshop")));
  }

  @State("departments are switched off")
  @Explained("The site has no departments.")
  public void departmentsAreSwitchedOff() {
    set("enable_departments", "");
  }

  @State("a ticket exists")
  @Explained(
      value = "There is a ticket, with its customer.",
      parameters = {
        "title: its title; `The printer does not answer`",
        "content: its text; `It was fine yesterday.`",
        "customer_email: the address of its customer; `nina@example.com`",
        "agent: the address of an agent to whom it is assigned; nobody",
        "status: `new`, `open`, `hold`, `closed` or one that is registered; `new`, or `open` where"
            + " there is an agent",
        "agents: addresses of additional agents, with commas between them; nobody",
        "category, tag, department, company: what these are called, made where there is none; none",
        "source: what the way is called by which it came, made where there is none; `REST API`",
        "participants: addresses of those who take part, with commas between them; nobody",
        "form_data: what was sent with the form `Contact us`, made where there is none, as"
            + " `name=value` with commas between them; nothing",
        "user: the address of the user under whom it was logged; nobody",
        "date: when it was created and last changed, such as `2026-01-02T03:04:05`; now"
      },
      brings = {"ticketId: the post id of the ticket", "ticketNumber: its number"})
  public Map<String, Object> aTicketExists(Map<String, Object> parameters) {
    TicketView ticket = addTicket(parameters);
    lastTicket = ticket.id();
    String number = ticket.number() == null ? Long.toString(ticket.id()) : ticket.number();
    return Map.of("ticketId", ticket.id(), "ticketNumber", number);
  }

  @State("a status is registered")
  @Explained(
      value = "The site has a status of its own, which tickets can have.",
      parameters = {
        "status: what clients call it; `waiting`",
        "label: what people call it; `Waiting for parts`"
      })
  public void aStatusIsRegistered(Map<String, Object> parameters) {
    server
        .bean(StatusRegister.class)
        .register(
            text(parameters, "status", "waiting"), text(parameters, "label", "Waiting for parts"));
  }

  @State("there is a note on the ticket")
  @Explained(
      value = "A manager has written a private note on the ticket that was made last.",
      parameters = "content: its text; `He called twice.`",
      brings = "noteId: the id of the note")
  public Map<String, Object> thereIsANoteOnTheTicket(Map<String, Object> parameters) {
    if (lastTicket == 0) {
      aTicketExists(Map.of());
    }
    String content = text(parameters, "content", "He called twice.");
    return Map.of(
        "noteId", server.bean(NoteWriter.class).create(lastTicket, content, manager).note().id());
  }

  @State("the ticket was assigned to another agent")
  @Explained("The ticket that was made last is now that of an agent who is new.")
  public void theTicketWasAssignedToAnotherAgent() {
    if (lastTicket == 0) {
      aTicketExists(Map.of());
    }
    String login = unused("agent");
    long agent = addUser(login, Map.of(), Role.SUPPORT_AGENT);
    server
        .bean(TicketWriter.class)
        .update(
            WrittenId.of(Long.toString(lastTicket)),
            new TicketChange(
                WrittenId.of(Long.toString(agent)),
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null),
            manager,
            strict());
  }

  @State("the user has put the ticket on hold")
  @Explained(
      value = "The user who is logged in has put the ticket that was made last on hold.",
      parameters = "key: the `Idempotency-Key` with which that was sent; none")
  public void theUserHasPutTheTicketOnHold(Map<String, Object> parameters) {
    if (authorizations.isEmpty()) {
      aUserIsLoggedIn(Map.of());
    }
    if (lastTicket == 0) {
      aTicketExists(Map.of());
    }
    site.hold(
        lastTicket, authorizations.get(authorizations.size() - 1), text(parameters, "key", ""));
  }

  @State("the changes so far are known")
  @Explained(
      value = "Somebody has read all changes that were made before; name this state behind those.",
      brings = "position: that of the last change")
  public Map<String, Object> theChangesSoFarAreKnown() {
    return Map.of("position", server.bean(SyncService.class).now());
  }

  @State("a ticket has a file")
  @Explained(
      value = "There is a ticket with a file of text, called `notes.txt`.",
      parameters = {
        "customer_email: the address of the ticket's customer; `nina@example.com`",
        "content: what is in the file; `The printer is on fire.`",
        "author: the address of the user who has sent it; nobody in particular",
        "slug: how it is called in addresses; its id",
        "copied: `no` for a file whose bytes are still in WordPress; `yes`"
      },
      brings = {"ticketId: the post id of the ticket", "fileId: the id of the file"})
  public Map<String, Object> aTicketHasAFile(Map<String, Object> parameters) {
    long ticket =
        addTicket(Map.of("customer_email", text(parameters, "customer_email", "nina@example.com")))
            .id();
    byte[] content =
        text(parameters, "content", "The printer is on fire.").getBytes(StandardCharsets.UTF_8);
    boolean copied = !text(parameters, "copied", "yes").equals("no");
    long file = server.file(ticket, null, "notes.txt", copied ? content : null);
    server.sql(
        "UPDATE attachment SET date_local = date_gmt, modified_gmt = date_gmt,"
            + " modified_local = date_gmt WHERE id = ?",
        file);
    Object author = parameters.get("author");
    if (author != null) {
      server.sql(
          "UPDATE attachment SET author_id = ? WHERE id = ?", whoHas(author, "app_user"), file);
    }
    server.sql("UPDATE attachment SET slug = ? WHERE id = ?", text(parameters, "slug", ""), file);
    return Map.of("ticketId", ticket, "fileId", file);
  }

  @State("tickets exist")
  @Explained(
      value = "There are several tickets.",
      parameters = {
        "count: how many, at most 999; 2",
        "title, content, customer_email, agent, status, agents, category, tag, department, company,"
            + " source, participants, form_data, user, date: as of one ticket; as there"
      })
  public void ticketsExist(Map<String, Object> parameters) {
    String count = text(parameters, "count", "2");
    if (!count.matches("\\d{1,3}")) {
      throw new IllegalArgumentException("count has to be a number up to 999, and is " + count);
    }
    for (int i = 0; i < Integer.parseInt(count); i++) {
      addTicket(parameters);
    }
  }

  @State("the ticket has a reply")
  @Explained(
      value = "Somebody who runs the help desk has replied to the ticket that was made last.",
      parameters = "content: the text; `We are looking into it.`",
      brings = "replyId: the post id of the reply")
  public Map<String, Object> theTicketHasAReply(Map<String, Object> parameters) {
    return Map.of("replyId", addReply(text(parameters, "content", "We are looking into it.")));
  }

  @State("the ticket has a reply with a file")
  @Explained(
      value = "The same, with a file of text, called `notes.txt`.",
      parameters = "content: what is in the file; `The printer is on fire.`",
      brings = {"replyId: the post id of the reply", "fileId: the id of the file"})
  public Map<String, Object> theTicketHasAReplyWithAFile(Map<String, Object> parameters) {
    byte[] content =
        text(parameters, "content", "The printer is on fire.").getBytes(StandardCharsets.UTF_8);
    long reply = addReply("See the file.");
    return Map.of("replyId", reply, "fileId", server.file(lastTicket, reply, "notes.txt", content));
  }

  @State("tickets are numbered")
  @Explained(
      value = "Tickets get numbers of their own, one after the other.",
      parameters = {
        "prefix: what stands before a number; nothing",
        "suffix: what stands behind it; nothing",
        "first: the first number; 1"
      })
  public void ticketsAreNumbered(Map<String, Object> parameters) {
    set("enable_sequential", "1");
    set("ticket_prefix", text(parameters, "prefix", ""));
    set("ticket_suffix", text(parameters, "suffix", ""));
    set("sequential_start", text(parameters, "first", "1"));
  }

  @State("tickets are switched off")
  @Explained("The site does not take tickets: their routes do not exist.")
  public void ticketsAreSwitchedOff() {
    set("disable_tickets", "1");
  }

  @State("the site has a setting")
  @Explained(
      value = "A setting has this value; `kbs-server settings list` shows all of them.",
      parameters = {"name: which setting; has to be given", "value: its value; has to be given"})
  public void theSiteHasASetting(Map<String, Object> parameters) {
    String name = given(parameters, "name");
    String value = given(parameters, "value");
    Setting<?> setting =
        Setting.named(name)
            .orElseThrow(() -> new IllegalArgumentException("There is no setting " + name));
    String kept =
        setting
            .given(value)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s cannot be %s: %s".formatted(name, value, setting.allowed())));
    set(name, kept);
  }

  @State("the users have sent too many requests")
  @Explained("Those who are logged in have sent as many requests as the server admits.")
  public void theUsersHaveSentTooManyRequests() {
    authorizations.forEach(site::useUp);
  }

  @State("the client has read the ticket")
  @Explained(
      value = "The user who is logged in has read the ticket that was made last.",
      brings = "ticketTag: its `ETag`, for `If-Match` and `If-None-Match`")
  public Map<String, Object> theClientHasReadTheTicket(Map<String, Object> parameters) {
    if (authorizations.isEmpty()) {
      aUserIsLoggedIn(Map.of());
    }
    if (lastTicket == 0) {
      aTicketExists(Map.of());
    }
    return Map.of("ticketTag", site.tag(lastTicket, authorizations.get(authorizations.size() - 1)));
  }

  @State("the client has read the list of tickets")
  @Explained(
      value =
          "The user who is logged in has read the list of tickets, and nothing has changed since;"
              + " name this state behind those.",
      brings = "listTag: its `ETag`, for `If-None-Match`")
  public Map<String, Object> theClientHasReadTheListOfTickets(Map<String, Object> parameters) {
    if (authorizations.isEmpty()) {
      aUserIsLoggedIn(Map.of());
    }
    if (lastTicket == 0) {
      aTicketExists(Map.of());
    }
    return Map.of("listTag", site.tagOfTickets(authorizations.get(authorizations.size() - 1)));
  }

  @State("a request with a key is being carried out")
  @Explained(
      value = "A request of the user who is logged in has begun, and has not been answered yet.",
      parameters = "key: its `Idempotency-Key`; has to be given")
  public void aRequestWithAKeyIsBeingCarriedOut(Map<String, Object> parameters) {
    site.claim(lastUser, given(parameters, "key"), false);
  }

  @State("a key was used for another request")
  @Explained(
      value = "The user who is logged in has sent something else with this key before.",
      parameters = "key: the `Idempotency-Key`; has to be given")
  public void aKeyWasUsedForAnotherRequest(Map<String, Object> parameters) {
    site.claim(lastUser, given(parameters, "key"), true);
  }

  @State("a text is longer than the server takes")
  @Explained(
      value = "A request is made of more than the server reads; let the text stand in its body.",
      brings = "longText: the text, with which a body of JSON has more than 8 MiB")
  public Map<String, Object> aTextIsLongerThanTheServerTakes() {
    // Pact writes each as two escapes, of 12 bytes: that is a tenth of the work of random letters.
    return Map.of("longText", "\uD83D\uDDA8".repeat(720_000));
  }

  @State("the database is damaged")
  @Explained("The server fails inside. Name this state last.")
  public void theDatabaseIsDamaged() {
    site.damage();
  }

  @State("the database does not answer")
  @Explained("The server cannot reach its database. Name this state last.")
  public void theDatabaseDoesNotAnswer() {
    site.cutOff();
  }

  /** Anew each time: it collects what names nothing, and refuses as long as there is any. */
  private static UnknownValues strict() {
    return new UnknownValues(false);
  }

  /** A reply to the ticket that was made last; where there is none, to a new one. */
  private long addReply(String content) {
    if (lastTicket == 0) {
      aTicketExists(Map.of());
    }
    ReplyDraft draft = new ReplyDraft(content, false, null, null, null);
    return server.bean(ReplyWriter.class).create(lastTicket, draft, manager, strict()).reply().id();
  }

  private TicketView addTicket(Map<String, Object> parameters) {
    TicketWriter tickets = server.bean(TicketWriter.class);
    Object agent = parameters.get("agent");
    Object department = parameters.get("department");
    TicketView ticket =
        tickets
            .create(
                new TicketDraft(
                    text(parameters, "title", "The printer does not answer"),
                    text(parameters, "content", "It was fine yesterday."),
                    text(parameters, "customer_email", "nina@example.com"),
                    "Nina",
                    "Newman",
                    null,
                    null,
                    null,
                    agent == null ? null : WrittenId.of(agent.toString()),
                    terms(Taxonomy.CATEGORIES, parameters.get("category")),
                    department == null ? null : department(department.toString()),
                    null,
                    terms(Taxonomy.TAGS, parameters.get("tag"))),
                manager,
                strict())
            .ticket();
    lastTicket = ticket.id();
    setWhatRequestsCannot(lastTicket, parameters);
    TicketView changed = changed(ticket, parameters);
    setDate(lastTicket, parameters.get("date"));
    return changed;
  }

  /** What a ticket has only from forms, mails and imports. */
  private void setWhatRequestsCannot(long ticket, Map<String, Object> parameters) {
    Object source = parameters.get("source");
    if (source != null) {
      comesBy(term(Taxonomy.SOURCES, source.toString()), ticket);
    }
    for (String participant : listed(parameters, "participants")) {
      server.sql(
          "INSERT INTO ticket_participant"
              + " SELECT ?, ?, COUNT(*) FROM ticket_participant WHERE ticket_id = ?",
          ticket,
          participant,
          ticket);
    }
    Object user = parameters.get("user");
    if (user != null) {
      server.sql(
          "UPDATE ticket SET user_info_id = ? WHERE id = ?", whoHas(user, "app_user"), ticket);
    }
    List<String> fields = listed(parameters, "form_data");
    if (!fields.isEmpty()) {
      server.sql(
          "UPDATE ticket SET form_id = ?, form_data = JSON_OBJECT() WHERE id = ?",
          theForm("Contact us"),
          ticket);
    }
    for (String field : fields) {
      String[] sides = field.split("=", 2);
      server.sql(
          "UPDATE ticket SET form_data = JSON_SET(form_data, CONCAT('$.', JSON_QUOTE(?)), ?)"
              + " WHERE id = ?",
          sides[0],
          sides.length < 2 ? "" : sides[1],
          ticket);
    }
  }

  private long theForm(String title) {
    long there = server.number("SELECT COALESCE(MAX(id), 0) FROM form WHERE title = ?", title);
    return there == 0 ? server.form(title) : there;
  }

  /** Last, or a change would be later. */
  private void setDate(long ticket, Object date) {
    if (date != null) {
      LocalDateTime at = LocalDateTime.parse(date.toString());
      server.sql(
          "UPDATE ticket SET date_local = ?, date_gmt = ?, modified_local = ?, modified_gmt = ?"
              + " WHERE id = ?",
          at,
          at,
          at,
          at,
          ticket);
    }
  }

  private void comesBy(long source, long ticket) {
    String sources = "term_id IN (SELECT id FROM term WHERE taxonomy = 'ticket_sources')";
    long before =
        server.number(
            "SELECT MIN(term_id) FROM ticket_term WHERE ticket_id = ? AND " + sources, ticket);
    server.sql(
        "UPDATE ticket_term SET term_id = ? WHERE ticket_id = ? AND " + sources, source, ticket);
    TermCounts counts = server.bean(TermCounts.class);
    written(
        () -> {
          counts.subtract(List.of(before), ticket);
          counts.add(List.of(source), ticket);
          return source;
        });
  }

  private static List<String> listed(Map<String, Object> parameters, String name) {
    String text = text(parameters, name, "");
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  /** What a ticket gets only by a change. */
  private TicketView changed(TicketView ticket, Map<String, Object> parameters) {
    String status = text(parameters, "status", ticket.status());
    Object company = parameters.get("company");
    List<String> agents = listed(parameters, "agents");
    if (status.equals(ticket.status()) && company == null && agents.isEmpty()) {
      return ticket;
    }
    return server
        .bean(TicketWriter.class)
        .update(
            WrittenId.of(Long.toString(ticket.id())),
            new TicketChange(
                null,
                agents.stream().map(WrittenId::of).toList(),
                company == null ? null : company(company.toString()),
                null,
                status.equals(ticket.status()) ? null : status,
                List.of(),
                null,
                null,
                null),
            manager,
            strict());
  }

  private List<Long> terms(Taxonomy taxonomy, Object name) {
    return name == null ? List.of() : List.of(term(taxonomy, name.toString()));
  }

  private long department(String name) {
    set("enable_departments", "1");
    return term(Taxonomy.DEPARTMENTS, name);
  }

  private long company(String name) {
    return server.number("SELECT COUNT(*) FROM company WHERE name = ?", name) == 0
        ? server.company(name)
        : server.number("SELECT MIN(id) FROM company WHERE name = ?", name);
  }

  private long whoHas(Object email, String table) {
    String have = " FROM " + table + " WHERE email = ?";
    if (server.number("SELECT COUNT(*)" + have, email) == 0) {
      throw new IllegalArgumentException("There is no " + table + " with the address " + email);
    }
    return server.number("SELECT MIN(id)" + have, email);
  }

  private long addUser(String login, Map<String, Object> parameters, String role) {
    String email = text(parameters, "email", login + "@example.com");
    return server.bean(UserAccounts.class).add(login, email, login, role);
  }

  private long term(Taxonomy taxonomy, String name) {
    NeededTerms terms = server.bean(NeededTerms.class);
    return written(() -> terms.findOrInsert(taxonomy, name.toLowerCase(Locale.ROOT), name));
  }

  /** Repositories leave it to services where a transaction begins and ends. */
  private <T> T written(Supplier<T> write) {
    return server.bean(DataSourceTransactionManager.class).executeWrite(status -> write.get());
  }

  private void set(String name, String value) {
    server.bean(SiteSettings.class).set(name, value);
  }

  private String unused(String start) {
    return start + server.number("SELECT COUNT(*) FROM app_user");
  }

  private static String given(Map<String, Object> parameters, String name) {
    Object value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " has to be given");
    }
    return value.toString();
  }

  private static String text(Map<String, Object> parameters, String name, String otherwise) {
    return String.valueOf(parameters.getOrDefault(name, otherwise));
  }
}
