package io.kbsserver.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** Serves the contract: the very file that everything is generated from. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
class ContractController {

  private final byte[] yaml;
  private final byte[] json;

  ContractController(Contract contract) throws JsonProcessingException {
    this.yaml = contract.file();
    this.json =
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(contract.tree());
  }

  @Get("/openapi.yaml")
  @Produces("application/yaml")
  HttpResponse<byte[]> yaml() {
    return HttpResponse.ok(yaml);
  }

  @Get("/openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> json() {
    return HttpResponse.ok(json);
  }
}
