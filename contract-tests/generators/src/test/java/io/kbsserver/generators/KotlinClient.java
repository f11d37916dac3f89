package io.kbsserver.generators;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Compiler and libraries are those on the class path of this test. */
record KotlinClient() implements GeneratedClient {

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @Override
  public String name() {
    return "kotlin";
  }

  @Override
  public DynamicTest test(Executable run) {
    // Comes with Maven.
    return dynamicTest(name(), run);
  }

  @Override
  public void run(Path client, Map<String, String> environment) {
    String classes = client.resolve("classes").toString();
    GeneratedClient.program(
        client,
        Map.of(),
        List.of(
            JAVA,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            CLASS_PATH,
            "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
            "-no-stdlib",
            "-no-reflect",
            "-jvm-target",
            "17",
            "-cp",
            CLASS_PATH,
            "-d",
            classes,
            client.resolve("src/main/kotlin").toString(),
            SOURCE.resolve("kotlin").toString()));
    String classPath = classes + System.getProperty("path.separator") + CLASS_PATH;
    GeneratedClient.program(client, environment, List.of(JAVA, "-cp", classPath, "ClientKt"));
  }
}
