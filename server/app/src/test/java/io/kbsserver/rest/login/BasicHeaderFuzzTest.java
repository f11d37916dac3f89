package io.kbsserver.rest.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.rest.body.ParameterText;
import io.kbsserver.testing.LongInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Credentials in a header are those that were written into it, or none. */
class BasicHeaderFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void whatIsWrittenIsRead(byte[] credentials) {
    String header = "Basic " + Base64.getEncoder().encodeToString(credentials);
    Optional<String> text =
        ParameterText.decoded(credentials, StandardCharsets.UTF_8).filter(all -> !all.isEmpty());
    assertEquals(text, ApplicationPasswordFetcher.decoded(header));
  }

  @FuzzTest(maxDuration = "2m")
  void whatIsReadCouldBeWritten(byte[] header) {
    String text = new String(header, StandardCharsets.ISO_8859_1);
    Optional<String> credentials = ApplicationPasswordFetcher.decoded(text);
    credentials.ifPresent(
        read -> {
          assertTrue(read.length() <= text.length());
          whatIsWrittenIsRead(read.getBytes(StandardCharsets.UTF_8));
        });
  }

  @FuzzTest(maxDuration = "2m")
  void longHeadersTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, this::whatIsReadCouldBeWritten);
  }
}
