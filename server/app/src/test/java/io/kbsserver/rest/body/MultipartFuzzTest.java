package io.kbsserver.rest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.rest.body.MultipartParser.BrokenFormException;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.testing.LongInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A form in parts is the same however it arrives, and nothing comes into it. */
class MultipartFuzzTest {

  /** What came of each part: its headers, its content. */
  private static final class Heard implements MultipartParser.Parts {

    private final List<String> said = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();

    @Override
    public void begin(String headers) {
      said.add(headers);
    }

    @Override
    public void content(byte[] bytes, int start, int length) {
      content.append(new String(bytes, start, length, ISO_8859_1));
    }

    @Override
    public void end() {
      said.add(content.toString());
      content.setLength(0);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void itMattersNotHowItArrives(byte[] form) {
    List<String> whole = heard(form, Math.max(1, form.length));
    assertTrue(whole.stream().mapToInt(String::length).sum() <= form.length + "broken".length());
    for (int piece : List.of(1, 2, 7)) {
      assertEquals(whole, heard(form, piece));
    }
  }

  @FuzzTest(maxDuration = "2m")
  void headersOfPartsAreReadOrRefused(byte[] headers) {
    try {
      PartHeaders.of(new String(headers, ISO_8859_1)).charset();
    } catch (RestException e) {
      // A charset that there is not.
    }
    try {
      MultipartForm.boundary(new String(headers, ISO_8859_1));
    } catch (BrokenFormException e) {
      // It names none.
    }
  }

  @FuzzTest(maxDuration = "2m")
  void longFormsTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, form -> heard(form, form.length));
    LongInput.takesItsTime(seed, this::headersOfPartsAreReadOrRefused);
  }

  private static List<String> heard(byte[] form, int piece) {
    Heard heard = new Heard();
    MultipartParser parser = new MultipartParser("B", heard);
    try {
      for (int i = 0; i < form.length; i += piece) {
        parser.parse(Arrays.copyOfRange(form, i, Math.min(form.length, i + piece)));
      }
      parser.finish();
    } catch (BrokenFormException e) {
      return List.of("broken");
    }
    return heard.said;
  }
}
