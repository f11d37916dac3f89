package io.kbsserver.companies;

import static io.kbsserver.api.OperationId.GET_COMPANY;
import static io.kbsserver.api.OperationId.GET_CUSTOMER;
import static io.kbsserver.api.OperationId.LIST_COMPANIES;
import static io.kbsserver.api.OperationId.LIST_TICKETS;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.api.model.Company;
import io.kbsserver.api.model.CompanyLinks;
import io.kbsserver.api.model.CompanyMeta;
import io.kbsserver.api.model.RenderedText;
import io.kbsserver.link.Links;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.text.Rendering;
import jakarta.inject.Singleton;

/** Turns companies into what goes over the wire. */
@Singleton
class CompanyRepresentation {

  private final Links links;

  CompanyRepresentation(Links links) {
    this.links = links;
  }

  Company of(CompanyView company) {
    return Company.builder()
        .id(company.id())
        .slug(company.slug())
        .title(title(company))
        .content(content(company))
        .featuredMedia(requireNonNullElse(company.logoId(), 0L))
        .meta(
            CompanyMeta.builder()
                ._kbsCompanyCustomer(requireNonNullElse(company.contactCustomerId(), 0L))
                ._kbsCompanyContact(company.contact())
                ._kbsCompanyEmail(company.email())
                ._kbsCompanyPhone(company.phone())
                ._kbsCompanyWebsite(company.website())
                .build())
        ._links(links(company))
        .build();
  }

  /** WordPress marks what is not for everybody in what it shows, whatever the title says. */
  private static RenderedText title(CompanyView company) {
    String mark = "";
    if (company.protectedByPassword()) {
      mark = "Protected: ";
    } else if (company.status().equals(BuiltInStatus.PRIVATE)) {
      mark = "Private: ";
    }
    return RenderedText.builder()
        .raw(company.name())
        .rendered(mark + Rendering.title(company.name()))
        .build();
  }

  /**
   * Nobody can give the password over REST, so that WordPress shows only the source of the text.
   */
  private static RenderedText content(CompanyView company) {
    return RenderedText.builder()
        .raw(company.content())
        .rendered(company.protectedByPassword() ? "" : Rendering.content(company.content()))
        .build();
  }

  private CompanyLinks links(CompanyView company) {
    return CompanyLinks.builder()
        .self(links.to(GET_COMPANY, company.id()))
        .collection(links.to(LIST_COMPANIES))
        .tickets(links.toThoseWith(LIST_TICKETS, "company", company.id()))
        .customer(links.toEmbeddable(GET_CUSTOMER, company.contactCustomerId()))
        .build();
  }
}
