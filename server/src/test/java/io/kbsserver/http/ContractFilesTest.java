package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract, for everybody who asks. */
class ContractFilesTest {

  @Test
  void theContractIsServedAsItStands() throws IOException {
    String yaml =
        TestServer.fresh().anonymous().send("GET", "/openapi.yaml", null, null).assertOk().body();
    try (InputStream file = ContractFilesTest.class.getResourceAsStream("/openapi/kbs-v1.yaml")) {
      assertEquals(new String(file.readAllBytes(), StandardCharsets.UTF_8), yaml);
    }
    JsonNode served =
        TestServer.fresh().anonymous().send("GET", "/openapi.json", null, null).assertOk().json();
    assertEquals(
        new ObjectMapper()
            .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml)),
        served);
    assertFalse(served.path("paths").isEmpty());
    // An alias of YAML stands for what it names.
    assertTrue(served.at("/components/examples/TicketList/value/0").has("id"));
  }
}
