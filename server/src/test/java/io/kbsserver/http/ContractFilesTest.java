package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.spec.SpecFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The contract, for everybody who asks. */
class ContractFilesTest {

  @Test
  void theContractIsServedAsItStands() throws IOException {
    JsonNode served = served("/openapi", "/openapi/kbs-v1.yaml");
    assertFalse(served.path("paths").isEmpty());
    // An alias of YAML stands for what it names.
    assertTrue(served.at("/components/examples/TicketList/value/0").has("id"));
  }

  @Test
  void theViewForGeneratorsIsServedBesideIt() throws IOException {
    JsonNode served = served("/openapi-generators", "/openapi/kbs-v1-generators.yaml");
    JsonNode ticket = served.at("/components/schemas/Ticket/properties");
    assertTrue(ticket.has("_links"));
    assertFalse(ticket.has("links"));
  }

  /** What is served as JSON, which is what the packaged file says and is served as YAML. */
  private static JsonNode served(String address, String resource) throws IOException {
    HttpApi everybody = TestServer.fresh().anonymous();
    String yaml = everybody.send("GET", address + ".yaml", null, null).assertOk().body();
    try (InputStream file = ContractFilesTest.class.getResourceAsStream(resource)) {
      assertEquals(new String(file.readAllBytes(), StandardCharsets.UTF_8), yaml);
    }
    JsonNode json = everybody.send("GET", address + ".json", null, null).assertOk().json();
    assertEquals(SpecFile.read(yaml), json);
    return json;
  }
}
