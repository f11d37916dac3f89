package io.kbsserver.companies;

import io.kbsserver.api.OperationId;
import io.kbsserver.link.EmbeddedRoom;
import io.kbsserver.refusal.NotFound;
import jakarta.inject.Singleton;

/** What links to companies lead to. */
@Singleton
class CompanyEmbedding extends EmbeddedRoom<CompanyView> {

  CompanyEmbedding(CompanyService service, CompanyRepresentation representation) {
    super(
        OperationId.GET_COMPANY,
        service::read,
        CompanyView::id,
        representation::of,
        NotFound::company);
  }
}
