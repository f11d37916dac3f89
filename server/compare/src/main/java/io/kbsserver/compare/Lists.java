package io.kbsserver.compare;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads lists of what is known to differ. */
public final class Lists {

  private static final ObjectMapper YAML =
      new YAMLMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Lists() {}

  /**
   * All entries of a list; a name without a slash is that of a list kept here. A misspelt field
   * fails.
   */
  public static <T> List<T> read(String resource, Class<T> type) {
    try (InputStream file = Lists.class.getResourceAsStream(resource)) {
      return YAML.readerForListOf(type).readValue(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
