package io.kbsserver.rest.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.testing.LongInput;
import java.util.Map;
import java.util.Optional;

/** What is read of JSON is what another reader would read. */
class JsonFuzzTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @FuzzTest(maxDuration = "2m")
  void whatIsReadCanBeWrittenAndReadAgain(byte[] body) throws JsonProcessingException {
    Optional<Map<String, Object>> values = read(body);
    if (values.isPresent() && !values.get().containsKey("body")) {
      assertEquals(values, read(JSON.writeValueAsBytes(values.get())));
      values.get().values().forEach(value -> Scalars.isEmpty(value));
      values.get().values().forEach(value -> Scalars.items(value, 100));
    }
  }

  @FuzzTest(maxDuration = "2m")
  void longBodiesTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, JsonFuzzTest::read);
  }

  private static Optional<Map<String, Object>> read(byte[] body) {
    try {
      return JsonBody.parse(body, UTF_8).map(Parameters::values);
    } catch (RestException | InvalidParameters e) {
      return Optional.empty();
    }
  }
}
