package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.testing.LongInput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Nothing of a text runs, and what is clean stays what it is. */
class TextFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void nothingRunsAndWhatIsCleanStays(byte[] bytes) {
    String raw = new String(bytes, StandardCharsets.UTF_8);
    SanitizerSafetyTest.checkAll(raw);
    if (raw.chars().anyMatch(Character::isISOControl)) {
      // Taken out late, as in WordPress, they may leave a code that is read the next time.
      return;
    }
    String title = Sanitizer.title(raw).text();
    assertEquals(title, Sanitizer.title(title).text());
    String content = Sanitizer.content(raw).text();
    assertEquals(content, Sanitizer.content(content).text());
    String name = PlainText.name(raw);
    assertEquals(name, PlainText.name(name));
  }

  @FuzzTest(maxDuration = "2m")
  void anIdIsTheSameHoweverItIsRead(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Optional<Long> id = WrittenId.exact(text);
    if (id.isPresent()) {
      assertEquals(id, WrittenId.ofPhp(text));
      assertEquals(id, WrittenId.exact(id.get()));
      assertEquals(id, WrittenNumber.integer(text));
      assertTrue(id.get() >= 0);
    }
    WrittenNumber.integer(text)
        .ifPresent(number -> assertEquals(Optional.of(number), WrittenNumber.start(text)));
    WrittenId.ofPhp(text).ifPresent(number -> assertTrue(number >= 0));
  }

  @FuzzTest(maxDuration = "2m")
  void longTextsTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(
        seed,
        bytes -> {
          String raw = new String(bytes, StandardCharsets.UTF_8);
          Rendering.content(Sanitizer.content(raw).text());
          Rendering.title(Sanitizer.title(raw).text());
          Sanitizer.trustedContent(raw);
          PlainText.name(raw);
          PlainText.isEmail(raw);
          anIdIsTheSameHoweverItIsRead(bytes);
        });
  }
}
