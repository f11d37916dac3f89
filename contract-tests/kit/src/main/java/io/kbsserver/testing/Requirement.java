package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/**
 * What some tests need of the machine and not every machine has. Where it is missing they are
 * skipped and say why, unless {@code -Dkbs.require=browser,node} names it: then they fail.
 */
public enum Requirement {
  BROWSER,
  CURL,
  GO,
  NGINX,
  NODE,
  PHP,
  PYTHON,
  RUBY,
  SYSTEMD;

  private static final String PROPERTY = "kbs.require";

  /**
   * A test that needs this.
   *
   * @param obstacle why it cannot run here; nothing where it can
   */
  public DynamicTest test(String name, Optional<String> obstacle, Executable run) {
    // Reports give the reason of a skipped test in its name, or not at all.
    String displayed = obstacle.map(why -> name + ": " + why).orElse(name);
    return dynamicTest(
        displayed,
        () -> {
          check(obstacle, System.getProperty(PROPERTY, ""));
          run.execute();
        });
  }

  void check(Optional<String> obstacle, String required) {
    boolean mandatory = named(required).contains(this);
    obstacle.ifPresent(
        why -> {
          if (mandatory) {
            fail("-D%s names %s, and %s".formatted(PROPERTY, this, why));
          }
          throw new TestAbortedException(why);
        });
  }

  private static Set<Requirement> named(String required) {
    return Arrays.stream(required.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(Requirement::of)
        .collect(Collectors.toSet());
  }

  private static Requirement of(String name) {
    return Arrays.stream(values())
        .filter(requirement -> requirement.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "-D%s names %s; there are %s"
                        .formatted(PROPERTY, name, Arrays.toString(values()))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
