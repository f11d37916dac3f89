package io.kbsserver.rest.discovery;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.ContractFile;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.preconditions.EntityTags;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/**
 * Serves the contract, the very file that everything is generated from, and what is derived from
 * it, to everybody, pages of other origins included.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
class ContractController {

  private static final String YAML = "application/yaml";
  private static final String METHODS = "GET, HEAD, OPTIONS";

  /** What every browser shows: most offer to save YAML. */
  private static final String TEXT = "text/plain; charset=UTF-8";

  private final ContractDocument contract;
  private final ContractDocument generators = ContractDocument.of(ContractFile.forGenerators());
  private final BaseUrl baseUrl;

  ContractController(Contract contract, BaseUrl baseUrl) {
    this.contract = ContractDocument.of(contract.file());
    this.baseUrl = baseUrl;
  }

  @Get("/openapi.yaml")
  HttpResponse<?> yaml(HttpRequest<?> request) {
    return yaml(contract, request);
  }

  @Get("/openapi.json")
  HttpResponse<?> json(HttpRequest<?> request) {
    return served(contract.json(), MediaType.APPLICATION_JSON, request);
  }

  @Get("/openapi-generators.yaml")
  HttpResponse<?> generatorsYaml(HttpRequest<?> request) {
    return yaml(generators, request);
  }

  @Get("/openapi-generators.json")
  HttpResponse<?> generatorsJson(HttpRequest<?> request) {
    return served(generators.json(), MediaType.APPLICATION_JSON, request);
  }

  /** Browsers ask so before a page may send a header of its own. */
  @Options(
      uris = {
        "/openapi.yaml",
        "/openapi.json",
        "/openapi-generators.yaml",
        "/openapi-generators.json"
      })
  HttpResponse<?> options() {
    return forEveryPage(HttpResponse.noContent())
        .header(HttpHeaders.ALLOW, METHODS)
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*, Authorization");
  }

  private HttpResponse<?> yaml(ContractDocument document, HttpRequest<?> request) {
    boolean browser =
        request.accept().contains(MediaType.TEXT_HTML_TYPE)
            && !request.accept().contains(MediaType.of(YAML));
    return served(document.yaml(), browser ? TEXT : YAML, request)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }

  /**
   * Who has it already is told so; a new version of the server, and another address, changes it.
   */
  private MutableHttpResponse<?> served(
      ContractDocument.Template text, String type, HttpRequest<?> request) {
    String server = baseUrl.ofRoutes();
    String tag = text.tag(server, type);
    MutableHttpResponse<?> response =
        request.getMethod() == HttpMethod.GET && EntityTags.known(request, tag)
            ? HttpResponse.notModified()
            : HttpResponse.ok(text.at(server)).header(HttpHeaders.CONTENT_TYPE, type);
    return forEveryPage(response)
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaders.ETAG);
  }

  private static MutableHttpResponse<?> forEveryPage(MutableHttpResponse<?> response) {
    return response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  }
}
