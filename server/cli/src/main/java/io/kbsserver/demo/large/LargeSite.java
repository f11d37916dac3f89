package io.kbsserver.demo.large;

import io.kbsserver.access.Role;
import io.kbsserver.change.Subject;
import io.kbsserver.demo.DemoSite;
import io.kbsserver.demo.large.MadePeople.MadeCustomer;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.storage.TableStatistics;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * A made-up help desk of any size, skewed as real ones are: the same tickets for the same number
 * and seed, whenever and wherever it is made.
 */
@Singleton
public class LargeSite {

  /** Is told how it gets on. */
  @FunctionalInterface
  public interface Progress {
    /** So many of a kind are there. */
    void stage(String kind, long done, long total);
  }

  private static final int BATCH = 500;
  private static final String DOMAIN = "@harbour-helpdesk.example";

  private final MadeRows made;
  private final TableStatistics statistics;

  LargeSite(MadeRows made, TableStatistics statistics) {
    this.made = made;
    this.statistics = statistics;
  }

  /**
   * Fills the database. As long as not all of it is there, a mark says so: whoever stops it half
   * way has no demo.
   *
   * @throws StartupFailure if there is anything in it already
   */
  public void fill(int tickets, long seed, Progress progress) {
    if (!made.isEmpty()) {
      throw new StartupFailure(
          "This database holds a site already, or the beginning of one; a demo is made in an empty"
              + " database only: choose another one (KBS_DATA_DIR, or KBS_DATABASE_URL)");
    }
    MadePeople people = new MadePeople(seed, tickets);
    Terms terms = new Terms();
    made.insert(List.of(settings()));
    made.goOnBehind(MadeTickets.FIRST_NUMBER + tickets - 1, people.customers());
    users(people, progress);
    made.insert(List.of(terms.rows(), departments(terms)));
    long form = companies(people);
    customers(people, progress);
    MadeTickets all = new MadeTickets(seed, people, terms, form);
    for (int number = 0; number < tickets; number++) {
      all.add(number);
      if (number % BATCH == BATCH - 1 || number == tickets - 1) {
        made.insert(all.rows());
        progress.stage("tickets", number + 1L, tickets);
      }
    }
    made.insert(List.of(all.counts()));
    made.takeAway(DemoSite.UNFINISHED);
    statistics.renew();
  }

  private static Rows settings() {
    Rows settings = new Rows("site_setting", Subject.SETTING, "name, value");
    settings.add(DemoSite.UNFINISHED, "1");
    settings.add("site_name", "Harbour Helpdesk");
    settings.add("time_zone", MadeTickets.ZONE.getId());
    settings.add("ticket_prefix", MadeTickets.PREFIX);
    settings.add("sequential_start", String.valueOf(MadeTickets.FIRST_NUMBER));
    return settings;
  }

  private void users(MadePeople people, Progress progress) {
    Rows users =
        new Rows("app_user", Subject.USER, "id, login, email, display_name, slug, registered_at");
    Rows roles = new Rows("user_role", null, "user_id, role");
    add(users, roles, MadePeople.MANAGER, DemoSite.MANAGER, "Mira Manager", Role.SUPPORT_MANAGER);
    for (int agent = 0; agent < MadePeople.AGENTS; agent++) {
      String name = "agent" + (agent + 1);
      add(users, roles, MadePeople.agent(agent), name, "Agent " + (agent + 1), Role.SUPPORT_AGENT);
    }
    made.insert(List.of(users, roles));
    long total = 1L + MadePeople.AGENTS + people.logins();
    for (int number = 0, found = 0; found < people.logins(); number++) {
      MadeCustomer customer = people.customer(number);
      Long id = customer.userId();
      if (id != null) {
        found++;
        String login = "customer" + customer.id();
        users.add(id, login, customer.email(), name(customer), login, MadeTickets.FIRST);
        roles.add(id, Role.SUPPORT_CUSTOMER);
      }
    }
    made.insert(List.of(users, roles));
    progress.stage("users", total, total);
  }

  private static void add(Rows users, Rows roles, long id, String login, String name, String role) {
    users.add(id, login, login + DOMAIN, name, login, MadeTickets.FIRST);
    roles.add(id, role);
  }

  private static Rows departments(Terms terms) {
    Rows departments = new Rows("department_agent", null, "department_id, user_id");
    for (int agent = 0; agent < MadePeople.AGENTS; agent++) {
      int own = MadePeople.department(agent);
      departments.add(terms.department(own), MadePeople.agent(agent));
      if (agent % 5 == 0) {
        int other = (own + 3) % MadePeople.DEPARTMENTS;
        departments.add(terms.department(other), MadePeople.agent(agent));
      }
    }
    return departments;
  }

  /** Gives the id of the form, which comes behind them. */
  private long companies(MadePeople people) {
    Rows posts = new Rows("post", null, "id, type");
    Rows companies = new Rows("company", Subject.COMPANY, "id, name, content, slug");
    for (long id = 1; id <= people.companies(); id++) {
      posts.add(id, "kbs_company");
      companies.add(id, id == 1 ? "Größte GmbH & Co." : "Company " + id, "", "company-" + id);
    }
    long form = people.companies() + 1L;
    posts.add(form, "kbs_form");
    Rows forms =
        new Rows(
            "form",
            Subject.FORM,
            "id, status, date_local, date_gmt, modified_local, modified_gmt, title");
    forms.add(
        form,
        BuiltInStatus.PUBLISHED,
        MadeTickets.FIRST,
        MadeTickets.FIRST,
        MadeTickets.FIRST,
        MadeTickets.FIRST,
        "Ask the harbour");
    made.insert(List.of(posts, companies, forms));
    return form;
  }

  private void customers(MadePeople people, Progress progress) {
    Rows customers =
        new Rows("customer", Subject.CUSTOMER, "id, user_id, email, name, company_id, created_at");
    for (int number = 0; number < people.customers(); number++) {
      MadeCustomer customer = people.customer(number);
      customers.add(
          customer.id(),
          customer.userId(),
          customer.email(),
          name(customer),
          customer.companyId(),
          MadeTickets.FIRST.plusSeconds(number));
      if (number % BATCH == BATCH - 1 || number == people.customers() - 1) {
        made.insert(List.of(customers));
        progress.stage("customers", number + 1L, people.customers());
      }
    }
  }

  private static String name(MadeCustomer customer) {
    return customer.firstName() + " " + customer.lastName();
  }
}
