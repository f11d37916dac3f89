package io.kbsserver.companies;

import io.kbsserver.api.CompaniesApi;
import io.kbsserver.api.model.Company;
import io.kbsserver.api.model.ListCompaniesOrderbyParameter;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of companies. */
@Controller("/wp-json")
class CompaniesController implements CompaniesApi {

  private final CompanyService service;
  private final CompanyRepresentation representation;
  private final Paging paging;

  CompaniesController(CompanyService service, CompanyRepresentation representation, Paging paging) {
    this.service = service;
    this.representation = representation;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<Company>> listCompanies(ListCompaniesParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters.orderby()), SortOrders.isDescending(parameters.order())));
    return paging.page(service.list(parameters.search(), request).map(representation::of));
  }

  @Override
  public HttpResponse<Company> getCompany(Long id, GetCompanyParameters parameters) {
    return HttpResponse.ok(representation.of(service.read(id)));
  }

  private static Sort.Key sortedBy(ListCompaniesOrderbyParameter orderby) {
    return switch (orderby) {
      case CUSTOMER -> CompanyColumn.CONTACT;
      case ID -> CompanyColumn.ID;
      case INCLUDE -> new Sort.Key.Include();
      case TITLE -> CompanyColumn.NAME;
    };
  }
}
