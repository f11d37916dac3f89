package io.kbsserver.management;

import io.kbsserver.contract.Contract;
import io.micronaut.context.annotation.Property;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;

/** What runs here. */
@Singleton
class ProgramInfo {

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
      Contract contract,
      @Property(name = "kbs.program.version", defaultValue = "") String version,
      @Property(name = "kbs.program.commit", defaultValue = "") String commit) {
    program =
        new RunningProgram(
            version,
            contract.tree().at("/info/version").asText(),
            commit,
            System.getProperty("java.version"));
  }

  RunningProgram program() {
    return program;
  }
}
