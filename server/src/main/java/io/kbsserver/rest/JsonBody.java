package io.kbsserver.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON bodies as strictly as WordPress: valid UTF-8, no byte order mark, nothing behind. */
final class JsonBody {

  /** PHP refuses the 512th level. */
  private static final int DEEPEST = 511;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private JsonBody() {}

  /** The value, or nothing where the bytes are not valid JSON. A JSON null gives {@code List}. */
  static Optional<Object> parse(byte[] bytes, Charset charset) {
    return ParameterText.decoded(bytes, charset).flatMap(JsonBody::parse);
  }

  private static Optional<Object> parse(String text) {
    try {
      if (text.isBlank() || text.charAt(0) == '\uFEFF') {
        return Optional.empty();
      }
      Object value = MAPPER.readValue(text, Object.class);
      if (hasLoneSurrogate(value)) {
        return Optional.empty();
      }
      return Optional.of(value == null ? List.of() : value);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean hasLoneSurrogate(Object value) {
    if (value instanceof String text) {
      return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(JsonBody::hasLoneSurrogate);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .anyMatch(e -> hasLoneSurrogate(e.getKey()) || hasLoneSurrogate(e.getValue()));
    }
    return false;
  }
}
