package io.kbsserver.demo.large;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who there is at a site of some size: its agents, its customers, some of whom have a login and
 * some a company, and companies, the first of which is larger than all others.
 */
record MadePeople(long seed, int tickets) {

  static final int AGENTS = 200;
  static final int DEPARTMENTS = 8;
  static final long MANAGER = 1;

  /** One ticket of so many is of the largest company. */
  static final int OF_THE_LARGEST_COMPANY = 20;

  private static final int FEWEST_CUSTOMERS = 40;
  private static final int TICKETS_OF_A_CUSTOMER = 4;
  private static final int CUSTOMERS_OF_A_COMPANY = 100;
  private static final int FEWEST_COMPANIES = 5;
  private static final int FEWEST_CUSTOMERS_OF_A_LOGIN = 10;
  private static final int MOST_LOGINS = 1_000;

  private static final List<String> FIRST =
      List.of(
          "Olga",
          "Tomas",
          "Yuki",
          "Amara",
          "Jonas",
          "Chloe",
          "Zoë",
          "Søren",
          "Łukasz",
          "Анна",
          "Νίκος",
          "美咲",
          "Ana María",
          "Noor",
          "D'Arcy",
          "Ngozi",
          "Björn",
          "Siobhán");

  private static final List<String> LAST =
      List.of(
          "Petersen",
          "Lind",
          "Mori",
          "Diallo",
          "Weber",
          "Martin",
          "O'Neill",
          "Müller",
          "Nowak",
          "Иванова",
          "Παππάς",
          "佐藤",
          "García López",
          "van der Berg",
          "Ölmez",
          "Okafor");

  /** A customer; of many a login or a company is not known. */
  record MadeCustomer(
      long id,
      @Nullable Long userId,
      @Nullable Long companyId,
      String email,
      String firstName,
      String lastName) {}

  int customers() {
    return Math.max(FEWEST_CUSTOMERS, tickets / TICKETS_OF_A_CUSTOMER);
  }

  int companies() {
    return FEWEST_COMPANIES + customers() / CUSTOMERS_OF_A_COMPANY;
  }

  /** How many customers have a login. */
  int logins() {
    return (customers() + customersOfLogin() - 1) / customersOfLogin();
  }

  /** One of so many has a login, so that they are of all kinds where there are many. */
  private int customersOfLogin() {
    return Math.max(FEWEST_CUSTOMERS_OF_A_LOGIN, (customers() + MOST_LOGINS - 1) / MOST_LOGINS);
  }

  /** The first customers are of the largest company. */
  private int ofTheLargestCompany() {
    return customers() / OF_THE_LARGEST_COMPANY;
  }

  /** The user with this number, from 0, of those who are agents. */
  static long agent(int number) {
    return MANAGER + 1 + number;
  }

  /** The department in which an agent mostly works. */
  static int department(int agent) {
    return agent % DEPARTMENTS;
  }

  /** One with this number, from 0. */
  MadeCustomer customer(int number) {
    Chance chance = Chance.of(seed, "customer", number);
    boolean hasLogin = number % customersOfLogin() == 0;
    return new MadeCustomer(
        number + 1L,
        hasLogin ? agent(AGENTS) + number / customersOfLogin() : null,
        number < ofTheLargestCompany()
            ? Long.valueOf(1)
            : chance.percent(40) ? Long.valueOf(2L + chance.skewed(companies() - 1)) : null,
        "customer" + (number + 1) + "@customer.example",
        chance.of(FIRST),
        chance.of(LAST));
  }

  /** The one who has opened a ticket. */
  MadeCustomer of(int ticket, Chance chance) {
    int large = ofTheLargestCompany();
    return customer(
        ticket % OF_THE_LARGEST_COMPANY == OF_THE_LARGEST_COMPANY / 2
            ? chance.below(large)
            : large + chance.skewed(customers() - large));
  }
}
