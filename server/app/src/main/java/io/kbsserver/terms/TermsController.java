package io.kbsserver.terms;

import io.kbsserver.api.TermsApi;
import io.kbsserver.api.model.DeletedTerm;
import io.kbsserver.api.model.ListTermsTaxonomyParameter;
import io.kbsserver.api.model.Term;
import io.kbsserver.api.model.TermCreate;
import io.kbsserver.api.model.TermUpdate;
import io.kbsserver.api.model.WordPressContext;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.idempotency.Idempotent;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.notice.ChangedParameters;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.parameters.UntypedValues;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of terms, whatever the taxonomy. */
@Controller("/wp-json")
class TermsController implements TermsApi {

  private final TermService service;
  private final TermWriter writer;
  private final TermRepresentation representation;
  private final CurrentCaller caller;
  private final UntypedValues values;
  private final Paging paging;

  TermsController(
      TermService service,
      TermWriter writer,
      TermRepresentation representation,
      CurrentCaller caller,
      UntypedValues values,
      Paging paging) {
    this.service = service;
    this.writer = writer;
    this.representation = representation;
    this.caller = caller;
    this.values = values;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<Term>> listTerms(
      ListTermsTaxonomyParameter taxonomy, ListTermsParameters parameters) {
    ListRequest request =
        new ListRequest(
            Window.counted(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters), SortOrders.isDescending(parameters.order())));
    WantedTerms filter =
        new WantedTerms(
            parameters.search(),
            parameters.slug(),
            parameters.parent(),
            parameters.post(),
            parameters.hideEmpty());
    return paging.page(
        service
            .list(
                of(taxonomy),
                filter,
                request,
                caller.ifKnown(),
                parameters.context() == WordPressContext.EDIT,
                values.unknown())
            .map(term -> shown(term, parameters.context())));
  }

  @Override
  public HttpResponse<Term> getTerm(
      ListTermsTaxonomyParameter taxonomy, Long id, GetTermParameters parameters) {
    TermView term =
        service.read(
            of(taxonomy), id, caller.ifKnown(), parameters.context() == WordPressContext.EDIT);
    return HttpResponse.ok(shown(term, parameters.context()));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<Term> createTerm(
      ListTermsTaxonomyParameter taxonomy, CreateTermParameters parameters, TermCreate body) {
    TermChange wanted = new TermChange(body.name(), body.slug(), body.description(), body.parent());
    WrittenTerm made = writer.create(of(taxonomy), wanted, caller.get(), values.unknown());
    return ChangedParameters.named(
        made.changed(),
        HttpResponse.created(representation.of(made.term()))
            .header(HttpHeaders.LOCATION, representation.href(made.term())));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<Term> updateTerm(
      ListTermsTaxonomyParameter taxonomy,
      Long id,
      UpdateTermParameters parameters,
      TermUpdate body) {
    TermChange wanted = new TermChange(body.name(), body.slug(), body.description(), body.parent());
    WrittenTerm changed = writer.update(of(taxonomy), id, wanted, caller.get(), values.unknown());
    return ChangedParameters.named(
        changed.changed(), HttpResponse.ok(representation.of(changed.term())));
  }

  @Override
  @Idempotent
  public HttpResponse<DeletedTerm> deleteTerm(
      ListTermsTaxonomyParameter taxonomy, Long id, DeleteTermParameters parameters) {
    TermView was = writer.delete(of(taxonomy), id, parameters.force(), caller.get());
    return HttpResponse.ok(
        DeletedTerm.builder().deleted(true).previous(representation.of(was)).build());
  }

  private Term shown(TermView term, WordPressContext context) {
    return switch (context) {
      case EMBED -> representation.embedded(term);
      case VIEW, EDIT -> representation.of(term);
    };
  }

  private static Taxonomy of(ListTermsTaxonomyParameter taxonomy) {
    return Taxonomy.of(taxonomy.getValue());
  }

  private static Sort.Key sortedBy(ListTermsParameters parameters) {
    return switch (parameters.orderby()) {
      case ID -> TermOrder.ID;
      case NAME, TERM_GROUP -> TermOrder.NAME;
      case SLUG -> TermOrder.SLUG;
      case DESCRIPTION -> TermOrder.DESCRIPTION;
      case COUNT -> TermOrder.COUNT;
      case INCLUDE -> TermOrder.ids(Selection.absolute(parameters.include()));
      case INCLUDE_SLUGS -> TermOrder.slugs(parameters.slug());
    };
  }
}
