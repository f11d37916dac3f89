package io.kbsserver.rest.discovery;

import io.kbsserver.api.DiscoveryApi;
import io.kbsserver.api.model.NamespaceIndex;
import io.kbsserver.api.model.SiteIndex;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;

/** Answers the questions with which WordPress clients begin. */
@Controller("/wp-json")
class DiscoveryController implements DiscoveryApi {

  private final DiscoveryRepresentation discovery;

  DiscoveryController(DiscoveryRepresentation discovery) {
    this.discovery = discovery;
  }

  @Override
  public HttpResponse<SiteIndex> getIndex(GetIndexParameters parameters) {
    return HttpResponse.ok(discovery.site());
  }

  @Override
  public HttpResponse<NamespaceIndex> getNamespace(GetNamespaceParameters parameters) {
    return HttpResponse.ok(discovery.namespace("kbs/v1"));
  }

  @Override
  public HttpResponse<NamespaceIndex> getWordPressNamespace(
      GetWordPressNamespaceParameters parameters) {
    return HttpResponse.ok(discovery.namespace("wp/v2"));
  }
}
