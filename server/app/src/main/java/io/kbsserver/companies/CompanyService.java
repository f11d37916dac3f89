package io.kbsserver.companies;

import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.NotFound;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of companies. Who may read them at all, the contract says. */
@Singleton
class CompanyService {

  private final CompanyList list;

  CompanyService(CompanyList list) {
    this.list = list;
  }

  /** A page of the companies that are listed and contain these words; null for any. */
  @Connectable
  public Page<CompanyView> list(@Nullable String search, ListRequest request) {
    return list.page(search, request);
  }

  /** One company. */
  @Connectable
  public CompanyView read(long id) {
    return read(List.of(id)).stream().findFirst().orElseThrow(NotFound::company);
  }

  /** Those of these ids that there are. */
  @Connectable
  public List<CompanyView> read(Collection<Long> ids) {
    return list.find(ids);
  }
}
