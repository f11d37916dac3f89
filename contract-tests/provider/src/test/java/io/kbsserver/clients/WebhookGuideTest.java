package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.kbsserver.testing.Program;
import io.kbsserver.webhooks.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The programs of the guide take what the server signs, and nothing else. */
class WebhookGuideTest {

  private static final Path GUIDE = Path.of("..", "..", "docs", "guides", "webhooks.md");
  private static final Path FOLDER = Path.of("target", "webhook-guide");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String BODY =
      "{\"type\":\"ticket.created\",\"data\":{\"title\":\"ü & \\\"\"}}";

  /** How a language is run: the name of the file, what tells whether it is there, the command. */
  private record Language(String fence, String file, String check, String command) {}

  private static final List<Language> LANGUAGES =
      List.of(
          new Language("sh", "verify.sh", "openssl version", "sh verify.sh"),
          new Language("js", "verify.cjs", "node --version", "node verify.cjs"),
          new Language("python", "verify.py", "python3 --version", "python3 verify.py"),
          new Language("php", "verify.php", "php --version", "php verify.php"),
          new Language("java", "Verify.java", "java --version", "java Verify.java"));

  @TestFactory
  Stream<DynamicTest> eachLanguageVerifies() throws IOException {
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve("body"), BODY);
    String guide = Files.readString(GUIDE);
    return LANGUAGES.stream()
        .map(language -> dynamicTest(language.fence(), () -> verify(language, guide)));
  }

  private static void verify(Language language, String guide) throws IOException {
    Matcher code =
        Pattern.compile("```" + language.fence() + "\\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertEquals(true, code.find(), "the guide has no program in " + language.fence());
    Files.writeString(FOLDER.resolve(language.file()), code.group(1));
    Assumptions.assumeTrue(
        run(language.check(), Map.of()).succeeded(), "there is no " + language.fence() + " here");
    long now = Instant.now().getEpochSecond();
    String other = SigningKeys.sign(OTHER, "msg_1", now, BODY);
    String right = SigningKeys.sign(SECRET, "msg_1", now, BODY);
    String old = SigningKeys.sign(SECRET, "msg_1", now - 600, BODY);
    assertEquals(0, outcome(language, now, right), "what is signed");
    assertEquals(0, outcome(language, now, other + " " + right), "what another has signed as well");
    assertEquals(1, outcome(language, now, other), "what another has signed");
    assertEquals(1, outcome(language, now + 1, right), "another time");
    assertEquals(1, outcome(language, now - 600, old), "what is old");
  }

  private static int outcome(Language language, long time, String signature) {
    Map<String, String> environment = new HashMap<>();
    environment.put("WEBHOOK_SECRET", SECRET);
    environment.put("HTTP_WEBHOOK_ID", "msg_1");
    environment.put("HTTP_WEBHOOK_TIMESTAMP", Long.toString(time));
    environment.put("HTTP_WEBHOOK_SIGNATURE", signature);
    return run(language.command() + " < body", environment).status();
  }

  private static Program run(String command, Map<String, String> environment) {
    return Program.run(FOLDER, environment, PATIENCE, List.of("sh", "-c", command));
  }
}
