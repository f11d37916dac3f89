package io.kbsserver.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** Serves the contract: the very file that everything is generated from, and what is derived. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
class ContractController {

  private static final String YAML = "application/yaml";

  private final Served contract = Served.of(ContractFile.bytes());
  private final Served generators = Served.of(ContractFile.generators());

  @Get("/openapi.yaml")
  @Produces(YAML)
  HttpResponse<byte[]> yaml() {
    return HttpResponse.ok(contract.yaml());
  }

  @Get("/openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> json() {
    return HttpResponse.ok(contract.json());
  }

  @Get("/openapi-generators.yaml")
  @Produces(YAML)
  HttpResponse<byte[]> generatorsYaml() {
    return HttpResponse.ok(generators.yaml());
  }

  @Get("/openapi-generators.json")
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> generatorsJson() {
    return HttpResponse.ok(generators.json());
  }

  /** A file, both ways. */
  private record Served(byte[] yaml, byte[] json) {

    static Served of(byte[] yaml) {
      return new Served(yaml, ContractFile.tree(yaml).toPrettyString().getBytes(UTF_8));
    }
  }
}
