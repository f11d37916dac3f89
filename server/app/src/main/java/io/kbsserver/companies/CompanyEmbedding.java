package io.kbsserver.companies;

import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.link.Embeddable;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** What links to companies lead to. */
@Singleton
class CompanyEmbedding implements Embeddable {

  private final CompanyService service;
  private final CompanyRepresentation representation;

  CompanyEmbedding(CompanyService service, CompanyRepresentation representation) {
    this.service = service;
    this.representation = representation;
  }

  @Override
  public OperationId operation() {
    return OperationId.GET_COMPANY;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    return service.read(ids).stream().collect(toMap(CompanyView::id, representation::of));
  }

  @Override
  public Refusal refusal(long id) {
    return NotFound.company();
  }
}
