package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.clients.GuidePrograms.GuideProgram;
import io.kbsserver.webhooks.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the guide take what the server signs, and nothing else. */
class WebhookGuideTest {

  private static final GuidePrograms GUIDE =
      new GuidePrograms("webhooks.md", List.of(List.of("openssl", "version")));
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String BODY =
      "{\"type\":\"ticket.created\",\"data\":{\"title\":\"ü & \\\"\"}}";

  @TempDir private static Path folder;

  @TestFactory
  Stream<DynamicTest> eachLanguageVerifies() throws IOException {
    return GUIDE.tests(folder, WebhookGuideTest::verifies);
  }

  private static void verifies(GuideProgram program) throws IOException {
    Files.writeString(program.place().resolve("body"), BODY);
    long now = Instant.now().getEpochSecond();
    String other = SigningKeys.sign(OTHER, "msg_1", now, BODY);
    String right = SigningKeys.sign(SECRET, "msg_1", now, BODY);
    String old = SigningKeys.sign(SECRET, "msg_1", now - 600, BODY);
    assertEquals(0, outcome(program, now, right), "what is signed");
    assertEquals(0, outcome(program, now, other + " " + right), "what another has signed as well");
    assertEquals(1, outcome(program, now, other), "what another has signed");
    assertEquals(1, outcome(program, now + 1, right), "another time");
    assertEquals(1, outcome(program, now - 600, old), "what is old");
  }

  private static int outcome(GuideProgram program, long time, String signature) {
    return program
        .reading("body")
        .run(
            Map.of(
                "WEBHOOK_SECRET",
                SECRET,
                "HTTP_WEBHOOK_ID",
                "msg_1",
                "HTTP_WEBHOOK_TIMESTAMP",
                Long.toString(time),
                "HTTP_WEBHOOK_SIGNATURE",
                signature))
        .status();
  }
}
