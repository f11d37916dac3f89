package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.TermsApi.APICreateTermRequest;
import io.kbsserver.client.TermsApi.APIDeleteTermRequest;
import io.kbsserver.client.TermsApi.APIDescribeTermRequest;
import io.kbsserver.client.TermsApi.APIDescribeTermsRequest;
import io.kbsserver.client.TermsApi.APIGetTermRequest;
import io.kbsserver.client.TermsApi.APIListTermsRequest;
import io.kbsserver.client.TermsApi.APIPatchTermRequest;
import io.kbsserver.client.TermsApi.APIPutTermRequest;
import io.kbsserver.client.TermsApi.APIUpdateTermRequest;
import io.kbsserver.client.model.TaxonomyRoute;
import io.kbsserver.client.model.Term;
import io.kbsserver.client.model.TermContext;
import io.kbsserver.client.model.TermCreate;
import io.kbsserver.client.model.TermUpdate;
import java.util.List;
import java.util.Set;

/** With what a manager keeps the terms of one taxonomy in order. */
final class TermKeeper {

  private final Api api;
  private final TaxonomyRoute taxonomy;

  TermKeeper(Api api, String taxonomy) {
    this.api = api;
    this.taxonomy = TaxonomyRoute.fromValue(taxonomy);
  }

  List<String> names(TermContext context) throws ApiException {
    return api
        .terms()
        .listTerms(APIListTermsRequest.newBuilder().taxonomy(taxonomy).context(context).build())
        .stream()
        .map(Term::getName)
        .toList();
  }

  String name(long id, TermContext context) throws ApiException {
    return api.terms()
        .getTerm(APIGetTermRequest.newBuilder().taxonomy(taxonomy).id(id).context(context).build())
        .getName();
  }

  /** What the new one is called in addresses. */
  String make(TermCreate wanted) throws ApiException {
    return api.terms()
        .createTerm(APICreateTermRequest.newBuilder().taxonomy(taxonomy).termCreate(wanted).build())
        .getSlug();
  }

  String rename(String method, long id, TermUpdate change) throws ApiException {
    Term renamed =
        switch (method) {
          case "PUT" ->
              api.terms()
                  .putTerm(
                      APIPutTermRequest.newBuilder()
                          .taxonomy(taxonomy)
                          .id(id)
                          .termUpdate(change)
                          .build());
          case "PATCH" ->
              api.terms()
                  .patchTerm(
                      APIPatchTermRequest.newBuilder()
                          .taxonomy(taxonomy)
                          .id(id)
                          .termUpdate(change)
                          .build());
          default ->
              api.terms()
                  .updateTerm(
                      APIUpdateTermRequest.newBuilder()
                          .taxonomy(taxonomy)
                          .id(id)
                          .termUpdate(change)
                          .build());
        };
    return renamed.getName();
  }

  /** The name of what there is no more. */
  String delete(long id, Boolean force) throws ApiException {
    return api.terms()
        .deleteTerm(
            APIDeleteTermRequest.newBuilder().taxonomy(taxonomy).id(id).force(force).build())
        .getPrevious()
        .getName();
  }

  Set<String> withAll() throws ApiException {
    return Set.copyOf(
        api.terms()
            .describeTerms(APIDescribeTermsRequest.newBuilder().taxonomy(taxonomy).build())
            .getMethods());
  }

  Set<String> withOne(long id) throws ApiException {
    return Set.copyOf(
        api.terms()
            .describeTerm(APIDescribeTermRequest.newBuilder().taxonomy(taxonomy).id(id).build())
            .getMethods());
  }
}
