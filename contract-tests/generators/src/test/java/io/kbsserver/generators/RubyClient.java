package io.kbsserver.generators;

import io.kbsserver.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Loads every class of the client; needs Typhoeus. */
record RubyClient() implements GeneratedClient {

  @Override
  public String name() {
    return "ruby";
  }

  @Override
  public DynamicTest test(Executable run) {
    return Requirement.RUBY.test(
        name(),
        GeneratedClient.succeeds("ruby", "-e", "require 'typhoeus'")
            ? Optional.empty()
            : Optional.of("there is no ruby here with typhoeus"),
        run);
  }

  @Override
  public void run(Path client, Map<String, String> environment) {
    String script = SOURCE.resolve("ruby").resolve("client.rb").toString();
    GeneratedClient.program(client, environment, List.of("ruby", script, client.toString()));
  }
}
