package io.kbsserver.rest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.body.FormBody.Reading;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.testing.LongInput;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters mean the same in a form, a query, JSON and a form in parts, whatever they are. */
class FormFuzzTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "a-boundary-of-this-test";

  @FuzzTest(maxDuration = "2m")
  void allFormatsMeanTheSame(byte[] form) throws JsonProcessingException {
    Optional<Map<String, Object>> read = read(form);
    if (read.isEmpty()) {
      return;
    }
    Map<String, Object> values = new LinkedHashMap<>(read.get());
    values.remove(DeclaredCharset.FIELD);
    String written = NestedParameters.toQuery(values);
    Reading query = FormBody.query(written);
    assertNull(query.refusal());
    assertEquals(values, query.parameters().values());
    assertEquals(Optional.of(values), read(written.getBytes(US_ASCII)));
    assertEquals(
        Optional.of(values),
        JsonBody.parse(JSON.writeValueAsBytes(values), UTF_8).map(Parameters::values));
    inParts(written).ifPresent(parts -> assertEquals(values, parts));
  }

  @FuzzTest(maxDuration = "2m")
  void longFormsTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, FormFuzzTest::read);
  }

  private static Optional<Map<String, Object>> read(byte[] form) {
    try {
      Parameters parameters = FormBody.urlEncoded(form, UTF_8);
      assertTrue(parameters.values().size() <= form.length);
      return Optional.of(parameters.values());
    } catch (RestException | InvalidParameters e) {
      return Optional.empty();
    }
  }

  /** The same in parts; nothing where that cannot be said in parts. */
  private static Optional<Map<String, Object>> inParts(String query) {
    if (query.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (String pair : query.split("&")) {
      String[] sides = pair.split("=", 2);
      String name = URLDecoder.decode(sides[0], UTF_8);
      String value = URLDecoder.decode(sides[1], UTF_8);
      boolean plain = name.chars().noneMatch(c -> c == '"' || c == '\\' || c == '\r' || c == '\n');
      if (!plain || !ofBytes(name).strip().equals(ofBytes(name)) || value.contains(BOUNDARY)) {
        return Optional.empty();
      }
      String part =
          "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
      form.writeBytes((part + value + "\r\n").getBytes(UTF_8));
    }
    form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    try (UploadedFiles uploads = new UploadedFiles(new UploadLimits(0, 0, null), false)) {
      MultipartForm parts =
          FormBody.multipart("multipart/form-data; boundary=" + BOUNDARY, form.size(), uploads);
      parts.read(form.toByteArray());
      return Optional.of(FormBody.parameters(parts, UTF_8).values());
    }
  }

  private static String ofBytes(String name) {
    return new String(name.getBytes(UTF_8), ISO_8859_1);
  }
}
