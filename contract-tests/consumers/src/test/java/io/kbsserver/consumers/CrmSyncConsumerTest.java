package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITHOUT_LOGIN;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.CompaniesApi.APIListCompaniesRequest;
import io.kbsserver.client.CustomersApi.APIListCustomersRequest;
import io.kbsserver.client.model.ListCustomersOrderby;
import io.kbsserver.client.model.Order;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The CRM looks what it can do, and reads customers and companies, all and one by one. */
class CrmSyncConsumerTest extends ConsumerTest {

  private static final String CUSTOMERS = "/kbs/v1/customers";
  private static final String CUSTOMER = CUSTOMERS + "/${customerId}";
  private static final String COMPANIES = "/kbs/v1/companies";
  private static final String COMPANY = COMPANIES + "/${companyId}";
  private static final String ROLE = "support_manager";

  CrmSyncConsumerTest() {
    super("crm-sync");
  }

  @Test
  void contactsAreReadPageByPage() {
    conversation("the contacts of the help desk")
        .by(ROLE)
        .given("a customer exists", "email", "olga@example.com", "name", "Olga Ost")
        .asks("GET", CUSTOMERS)
        .query("per_page=50&orderby=name&order=asc")
        .isAnswered(200, list(customer -> contact(customer, "Olga Ost", "olga@example.com")))
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(
            api -> {
              APIListCustomersRequest wanted =
                  APIListCustomersRequest.newBuilder()
                      .perPage(50)
                      .orderby(ListCustomersOrderby.NAME)
                      .order(Order.ASC)
                      .build();
              CrmSync.Listed<CrmSync.Contact> page = new CrmSync(api).contacts(wanted);
              assertEquals(1, page.total());
              assertEquals(List.of("olga@example.com"), page.items().get(0).emails());
            });
  }

  @Test
  void theContactsOfAnAccountAreRead() {
    conversation("the contacts of an account")
        .by(ROLE)
        .given("a company exists", "name", "Harbour Ltd")
        .given("a customer exists", "email", "otto@example.com")
        .given(
            "a customer exists",
            "email",
            "olga@example.com",
            "name",
            "Olga Ost",
            "company",
            "Harbour Ltd")
        .asks("GET", CUSTOMERS)
        .query("company=${companyId}")
        .isAnswered(
            200,
            list(
                customer -> {
                  customer.valueFromProviderState("id", "${customerId}", 2);
                  customer.stringValue("name", "Olga Ost");
                  customer.stringValue("email", "olga@example.com");
                  customer.array("additional_emails", none -> {});
                  customer.object("phone", phone -> phone.stringValue("primary", ""));
                  customer.valueFromProviderState("company", "${companyId}", 12);
                }))
        .with("X-WP-Total", "1", "1")
        .when(
            api -> {
              APIListCustomersRequest wanted =
                  APIListCustomersRequest.newBuilder().company(List.of(12L)).build();
              assertEquals(12, new CrmSync(api).contacts(wanted).items().get(0).account());
            });
  }

  @Test
  void aContactIsRead() {
    conversation("a contact of the help desk")
        .by(ROLE)
        .given("a customer exists", "email", "olga@example.com", "name", "Olga Ost")
        .asks("GET", CUSTOMER)
        .isAnswered(200, customer -> contact(customer, "Olga Ost", "olga@example.com"))
        .when(
            api -> {
              CrmSync.Contact contact = new CrmSync(api).contact(2);
              assertEquals("Olga Ost", contact.name());
              assertEquals(0, contact.account());
            });
  }

  @Test
  void aContactThatIsGoneIsNotFound() {
    conversation("a contact that is gone")
        .by(ROLE)
        .asks("GET", CUSTOMERS + "/999999")
        .isRefused(404, "rest_customer_invalid_id")
        .when(api -> assertEquals(404, refusal(() -> new CrmSync(api).contact(999_999)).status()));
  }

  @Test
  void accountsAreSearched() {
    conversation("the accounts whose name contains a word")
        .by(ROLE)
        .given("a company exists", "name", "Harbour Ltd")
        .asks("GET", COMPANIES)
        .query("search=harbour")
        .isAnswered(200, list(company -> account(company, "Harbour Ltd")))
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(
            api -> {
              APIListCompaniesRequest wanted =
                  APIListCompaniesRequest.newBuilder().search("harbour").build();
              CrmSync.Listed<CrmSync.Account> page = new CrmSync(api).accounts(wanted);
              assertEquals(1, page.total());
              assertEquals("Harbour Ltd", page.items().get(0).name());
            });
  }

  @Test
  void anAccountIsRead() {
    conversation("an account")
        .by(ROLE)
        .given("a company exists", "name", "Harbour Ltd")
        .asks("GET", COMPANY)
        .isAnswered(200, company -> account(company, "Harbour Ltd"))
        .when(
            api -> {
              CrmSync.Account account = new CrmSync(api).account(12);
              assertEquals("Harbour Ltd", account.name());
              assertEquals(0, account.contact());
            });
  }

  @Test
  void anAccountThatIsGoneIsNotFound() {
    conversation("an account that is gone")
        .by(ROLE)
        .asks("GET", COMPANIES + "/999999")
        .isRefused(404, "rest_post_invalid_id")
        .when(api -> assertEquals(404, refusal(() -> new CrmSync(api).account(999_999)).status()));
  }

  @Test
  void tooLongPagesAreRefused() {
    conversation("a page of contacts that is too long")
        .by(ROLE)
        .asks("GET", CUSTOMERS)
        .query("per_page=500")
        .isRefused(400, "rest_invalid_param", "per_page")
        .when(
            api ->
                assertAtFault(
                    "per_page",
                    refusal(
                        () ->
                            new CrmSync(api)
                                .contacts(
                                    APIListCustomersRequest.newBuilder().perPage(500).build()))));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            describe("contacts", CUSTOMERS, api -> new CrmSync(api).withCustomers()),
            describe("a contact", CUSTOMERS + "/2", api -> new CrmSync(api).withCustomer(2)),
            describe("accounts", COMPANIES, api -> new CrmSync(api).withCompanies()),
            describe("an account", COMPANIES + "/12", api -> new CrmSync(api).withCompany(12)))
        .flatMap(tests -> tests);
  }

  private Stream<DynamicTest> describe(String what, String route, Look look) {
    String asked = "what can be done with " + what;
    DynamicTest told =
        DynamicTest.dynamicTest(
            asked,
            () ->
                conversation(asked)
                    .asks("OPTIONS", route)
                    .isAnswered(
                        200, described -> described.array("methods", all -> all.stringValue("GET")))
                    .when(api -> assertEquals(Set.of("GET"), look.at(api))));
    Call call = new Call(asked, null, false, "OPTIONS", route, null, null, look::at);
    return Stream.concat(
        Stream.of(told), refused(call, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  /** How the SDK asks what can be done. */
  interface Look {
    Set<String> at(Api api) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    APIListCustomersRequest allContacts = APIListCustomersRequest.newBuilder().build();
    APIListCompaniesRequest allAccounts = APIListCompaniesRequest.newBuilder().build();
    return Stream.of(
            refused(
                read("the contacts", CUSTOMERS, api -> new CrmSync(api).contacts(allContacts)),
                AS_SCRIPT,
                WITHOUT_LOGIN,
                TOO_OFTEN,
                WITH_NONCE,
                DAMAGED,
                UNAVAILABLE),
            refused(
                read("one contact", CUSTOMERS + "/2", api -> new CrmSync(api).contact(2)),
                AS_SCRIPT,
                WITHOUT_LOGIN,
                TOO_OFTEN,
                WITH_NONCE,
                DAMAGED,
                UNAVAILABLE),
            refused(
                read("the accounts", COMPANIES, api -> new CrmSync(api).accounts(allAccounts)),
                RefusedRequest.OF_READING),
            refused(
                read("one account", COMPANIES + "/12", api -> new CrmSync(api).account(12)),
                RefusedRequest.OF_READING))
        .flatMap(tests -> tests);
  }

  private static Call read(String what, String route, Conversation.Part part) {
    return new Call(what, ROLE, false, "GET", route, null, null, part);
  }

  private static DslPart list(Consumer<LambdaDslObject> item) {
    return LambdaDsl.newJsonArray(items -> items.object(item)).build();
  }

  private static void contact(LambdaDslObject customer, String name, String email) {
    customer.valueFromProviderState("id", "${customerId}", 2);
    customer.stringValue("name", name);
    customer.stringValue("email", email);
    customer.array("additional_emails", none -> {});
    customer.object("phone", phone -> phone.stringValue("primary", ""));
    customer.numberValue("company", 0);
  }

  private static void account(LambdaDslObject company, String name) {
    company.valueFromProviderState("id", "${companyId}", 12);
    company.object("title", title -> title.stringValue("raw", name));
    company.object(
        "meta",
        meta -> {
          meta.numberValue("_kbs_company_customer", 0);
          meta.stringValue("_kbs_company_website", "");
        });
  }
}
