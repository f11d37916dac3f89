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
    String yaml =
        TestServer.fresh().anonymous().send("GET", "/openapi.yaml", null, null).assertOk().body();
    try (InputStream file = ContractFilesTest.class.getResourceAsStream("/openapi/kbs-v1.yaml")) {
      assertEquals(new String(file.readAllBytes(), StandardCharsets.UTF_8), yaml);
    }
    JsonNode served =
        TestServer.fresh().anonymous().send("GET", "/openapi.json", null, null).assertOk().json();
    assertEquals(SpecFile.read(yaml), served);
    assertFalse(served.path("paths").isEmpty());
    // An alias of YAML stands for what it names.
    assertTrue(served.at("/components/examples/TicketList/value/0").has("id"));
  }
}
