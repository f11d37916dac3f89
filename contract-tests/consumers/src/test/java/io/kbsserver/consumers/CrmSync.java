package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.CompaniesApi.APIDescribeCompanyRequest;
import io.kbsserver.client.CompaniesApi.APIGetCompanyRequest;
import io.kbsserver.client.CompaniesApi.APIListCompaniesRequest;
import io.kbsserver.client.CustomersApi.APIDescribeCustomerRequest;
import io.kbsserver.client.CustomersApi.APIGetCustomerRequest;
import io.kbsserver.client.CustomersApi.APIListCustomersRequest;
import io.kbsserver.client.model.Company;
import io.kbsserver.client.model.Customer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A CRM that keeps its contacts and accounts as the help desk has them. */
final class CrmSync {

  private final Api api;

  CrmSync(Api api) {
    this.api = api;
  }

  /** A person of the CRM; the account is 0 where there is none. */
  record Contact(long id, String name, List<String> emails, String phone, long account) {}

  /** A company of the CRM. */
  record Account(long id, String name, String website, long contact) {}

  /** A page of something, and how many there are on all pages. */
  record Listed<T>(List<T> items, int total) {}

  Listed<Contact> contacts(APIListCustomersRequest wanted) throws ApiException {
    ApiResponse<List<Customer>> answer = api.customers().listCustomersWithHttpInfo(wanted);
    return new Listed<>(answer.getData().stream().map(CrmSync::contact).toList(), total(answer));
  }

  Contact contact(long id) throws ApiException {
    return contact(api.customers().getCustomer(APIGetCustomerRequest.newBuilder().id(id).build()));
  }

  Listed<Account> accounts(APIListCompaniesRequest wanted) throws ApiException {
    ApiResponse<List<Company>> answer = api.companies().listCompaniesWithHttpInfo(wanted);
    return new Listed<>(answer.getData().stream().map(CrmSync::account).toList(), total(answer));
  }

  Account account(long id) throws ApiException {
    return account(api.companies().getCompany(APIGetCompanyRequest.newBuilder().id(id).build()));
  }

  /** What can be done with customers: so far, nothing but reading. */
  Set<String> withCustomers() throws ApiException {
    return Set.copyOf(api.customers().describeCustomers().getMethods());
  }

  Set<String> withCustomer(long id) throws ApiException {
    return Set.copyOf(
        api.customers()
            .describeCustomer(APIDescribeCustomerRequest.newBuilder().id(id).build())
            .getMethods());
  }

  Set<String> withCompanies() throws ApiException {
    return Set.copyOf(api.companies().describeCompanies().getMethods());
  }

  Set<String> withCompany(long id) throws ApiException {
    return Set.copyOf(
        api.companies()
            .describeCompany(APIDescribeCompanyRequest.newBuilder().id(id).build())
            .getMethods());
  }

  private static Contact contact(Customer customer) {
    return new Contact(
        customer.getId(),
        customer.getName(),
        Stream.concat(Stream.of(customer.getEmail()), customer.getAdditionalEmails().stream())
            .toList(),
        customer.getPhone().getPrimary(),
        customer.getCompany());
  }

  private static Account account(Company company) {
    return new Account(
        company.getId(),
        company.getTitle().getRaw(),
        company.getMeta().getKbsCompanyWebsite(),
        company.getMeta().getKbsCompanyCustomer());
  }

  private static int total(ApiResponse<?> answer) {
    return Integer.parseInt(answer.getHeaders().get("x-wp-total").get(0));
  }
}
