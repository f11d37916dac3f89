package io.kbsserver.terms;

import io.kbsserver.access.Caller;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rules of reading terms, which are WordPress's: everybody may, but for what is a ticket's. */
@Singleton
class TermService {

  private final TermList list;
  private final VisibleTicketList visible;

  TermService(TermList list, VisibleTicketList visible) {
    this.list = list;
    this.visible = visible;
  }

  /**
   * A page of the terms that are wanted.
   *
   * @param caller empty where nobody has logged in
   * @param editing whether they are asked for in order to be changed
   */
  @Connectable
  public Page<TermView> list(
      Taxonomy taxonomy,
      WantedTerms filter,
      ListRequest request,
      Optional<Caller> caller,
      boolean editing,
      UnknownValues unknown) {
    if (editing && caller.filter(Caller::isManager).isEmpty()) {
      throw NotAllowed.toListTermsForEditing();
    }
    boolean flat = filter.parent() != null && !taxonomy.isHierarchical();
    if (flat) {
      unknown.add("parent", "parent: only categories are below others.");
      unknown.refuseIfStrict();
    }
    if (filter.post() != null) {
      refuseUnseen(taxonomy, filter.post(), caller);
    }
    return list.page(taxonomy, flat ? filter.withoutParent() : filter, request);
  }

  /** One term of a taxonomy. */
  @Connectable
  public TermView read(Taxonomy taxonomy, long id, Optional<Caller> caller, boolean editing) {
    TermView term = read(taxonomy, List.of(id)).stream().findFirst().orElseThrow(NotFound::term);
    if (editing && caller.filter(Caller::isManager).isEmpty()) {
      throw NotAllowed.toOpenTermForEditing();
    }
    return term;
  }

  /** Those of these ids that are terms of a taxonomy. */
  @Connectable
  public List<TermView> read(Taxonomy taxonomy, Collection<Long> ids) {
    return list.find(taxonomy, ids);
  }

  private void refuseUnseen(Taxonomy taxonomy, long post, Optional<Caller> caller) {
    long ticket =
        list.ticketOf(post, taxonomy == Taxonomy.SOURCES)
            .orElseThrow(
                () -> InvalidParameters.of("rest_post_invalid_id", "post", "Invalid post ID."));
    if (caller.filter(login -> !visible.among(List.of(ticket), login).isEmpty()).isEmpty()) {
      throw NotAllowed.toSeeTermsOfTicket();
    }
  }
}
