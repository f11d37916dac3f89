package io.kbsserver.lint;

import io.kbsserver.testing.NodePackages;
import java.nio.file.Path;
import java.util.Map;

/** Programs of others that judge the contract, and what they judge. */
final class Judges {

  static final NodePackages PACKAGES = new NodePackages("lint", "20.19");
  static final Map<String, String> ENVIRONMENT =
      Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
  static final Path CONTRACT =
      Path.of("..", "..", "api", "contract", "src", "main", "openapi", "kbs-v1.yaml")
          .toAbsolutePath()
          .normalize();

  private Judges() {}
}
