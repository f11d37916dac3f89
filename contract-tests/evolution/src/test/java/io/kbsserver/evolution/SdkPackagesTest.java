package io.kbsserver.evolution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.client.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages of the SDKs say what registries ask for, and have the version of the contract. */
class SdkPackagesTest {

  private static final Path SDK = Edition.HOUSE.resolve("api/sdk");
  private static final String LICENSE = "LICENSE";

  private final String version = Edition.read(Edition.WORKING).version().toString();

  @Test
  void theJavaOneFollowsTheContract() throws IOException {
    String project = Files.readString(SDK.resolve("pom.xml"));
    String identity = project.substring(project.indexOf("<artifactId>kbs-server-sdk"));
    assertTrue(
        identity.startsWith("<artifactId>kbs-server-sdk</artifactId>\n  <version>" + version + "<"),
        "The version of api/sdk/pom.xml, and sdk.version of pom.xml, are that of the contract: "
            + version);
    String house = Files.readString(Edition.HOUSE.resolve("pom.xml"));
    assertTrue(house.contains("<sdk.version>" + version + "</sdk.version>"), "sdk.version");
    // Other packages on the class path have one, too.
    URL[] itself = {ApiClient.class.getProtectionDomain().getCodeSource().getLocation()};
    try (URLClassLoader sdk = new URLClassLoader(itself, null);
        InputStream license = sdk.getResourceAsStream("META-INF/" + LICENSE)) {
      assertNotNull(license, LICENSE);
      assertEquals(
          Files.readString(Edition.HOUSE.resolve(LICENSE)),
          new String(license.readAllBytes(), UTF_8));
    }
  }

  @Test
  void theTypeScriptOneSaysWhatItIs() throws IOException {
    Path folder = SDK.resolve("target/typescript");
    JsonNode said = new ObjectMapper().readTree(folder.resolve("package.json").toFile());
    assertEquals(version, said.path("version").asText());
    assertEquals("Apache-2.0", said.path("license").asText());
    for (String field : List.of("author", "description", "engines", "exports", "keywords")) {
      assertTrue(said.path(field).size() > 0 || !said.path(field).asText().isEmpty(), field);
    }
    isComplete(folder, "connect('http");
  }

  @Test
  void thePythonOneSaysWhatItIs() throws IOException {
    Path folder = SDK.resolve("target/python");
    List<String> lines = Files.readAllLines(folder.resolve("pyproject.toml"));
    assertTrue(lines.contains("version = \"%s\"".formatted(version)), version);
    assertTrue(lines.contains("license = \"Apache-2.0\""), "license");
    Set<String> said = lines.stream().map(line -> line.split(" = ")[0]).collect(Collectors.toSet());
    for (String field : List.of("authors", "description", "keywords", "license-files", "readme")) {
      assertTrue(said.contains(field), field);
    }
    isComplete(folder, "connect(\"http");
  }

  private static void isComplete(Path folder, String program) throws IOException {
    assertEquals(
        Files.readString(Edition.HOUSE.resolve(LICENSE)),
        Files.readString(folder.resolve(LICENSE)));
    String readme = Files.readString(folder.resolve("README.md"));
    assertTrue(readme.contains(program), "The first program is in the README");
  }
}
