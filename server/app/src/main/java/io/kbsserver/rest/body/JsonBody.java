package io.kbsserver.rest.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads JSON bodies as strictly as WordPress: valid UTF-8, no byte order mark, nothing behind. */
public final class JsonBody {

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

  private static final String NO_OBJECT = "body";

  private JsonBody() {}

  /**
   * The parameters, or nothing where the bytes are not valid JSON. Only an object gives any; a list
   * or a scalar stands under a name that no operation has.
   */
  public static Optional<Parameters> parse(byte[] bytes, Charset charset) {
    return ParameterText.decoded(bytes, charset).flatMap(JsonBody::parse);
  }

  @SuppressWarnings("unchecked")
  private static Optional<Parameters> parse(String text) {
    try {
      if (text.isBlank() || text.charAt(0) == '\uFEFF') {
        return Optional.empty();
      }
      RepeatedNames parser = new RepeatedNames(MAPPER.createParser(text));
      Object value = MAPPER.readValue(parser, Object.class);
      if (hasLoneSurrogate(value)) {
        return Optional.empty();
      }
      Map<String, List<Object>> repeated = new LinkedHashMap<>();
      // Who means a list writes one.
      parser.found().forEach(name -> repeated.put(name, List.of()));
      return Optional.of(
          value instanceof Map
              ? new Parameters((Map<String, Object>) value, repeated, Set.of())
              : Parameters.of(Collections.singletonMap(NO_OBJECT, value)));
    } catch (JsonProcessingException | NumberFormatException e) {
      // Of a number whose exponent is too long, Jackson leaves it to BigDecimal to complain.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasLoneSurrogate(Object value) {
    if (value instanceof String text) {
      return hasLoneSurrogate(text);
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

  private static boolean hasLoneSurrogate(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(at))) {
          return true;
        }
        at++;
      }
    }
    return false;
  }
}
