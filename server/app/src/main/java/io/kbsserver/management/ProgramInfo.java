package io.kbsserver.management;

import io.kbsserver.contract.Contract;
import io.micronaut.context.annotation.Property;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What runs here. */
@Singleton
class ProgramInfo {

  private static final String COMMIT = "/META-INF/kbs-server/commit.properties";

  /**
   * What is told of it.
   *
   * @param version of the program
   * @param contract version of the contract that it serves
   * @param commit that it was built from
   * @param java version that it runs on
   */
  @Serdeable
  record RunningProgram(String version, String contract, String commit, String java) {}

  private final RunningProgram program;

  ProgramInfo(
      Contract contract, @Property(name = "kbs.program.version", defaultValue = "") String version)
      throws IOException {
    program =
        new RunningProgram(
            version,
            contract.tree().at("/info/version").asText(),
            commit(),
            System.getProperty("java.version"));
  }

  RunningProgram program() {
    return program;
  }

  /** What the build wrote down; nothing where it was no checkout. */
  private static String commit() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = ProgramInfo.class.getResourceAsStream(COMMIT)) {
      if (file != null) {
        properties.load(file);
      }
    }
    return properties.getProperty("git.commit.id", "");
  }
}
