package io.kbsserver.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be set of what requests bring; the defaults stand in application.yml. */
enum UploadSetting {
  MAX_CONNECTIONS("kbs.connections.most", UploadSetting::oneOrMore),
  MAX_BODY_SIZE("micronaut.server.max-request-buffer-size", UploadSetting::bytes),
  MAX_REQUEST_SIZE("micronaut.server.max-request-size", UploadSetting::bytes),
  MAX_FILE_SIZE("kbs.uploads.file-size", UploadSetting::bytes),
  MAX_FILES("kbs.uploads.files", UploadSetting::number),
  TEMP_DIR("kbs.uploads.folder", UploadSetting::folder);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)?");
  private static final Map<String, Long> UNITS =
      Map.of("KB", 1024L, "MB", 1024L * 1024, "GB", 1024L * 1024 * 1024);

  private final String property;
  private final Function<String, Object> reader;

  UploadSetting(String property, Function<String, Object> reader) {
    this.property = property;
    this.reader = reader;
  }

  /** The environment variable. */
  String variable() {
    return "KBS_" + name();
  }

  /** Micronaut's property. */
  String property() {
    return property;
  }

  /** The value of the property; a mistake is told as the end of a sentence. */
  Object read(String value) {
    return reader.apply(value.strip());
  }

  private static Object bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("is no size such as 64MB: " + text);
    }
    long unit = size.group(2) == null ? 1 : UNITS.get(size.group(2));
    return Long.parseLong(size.group(1)) * unit;
  }

  private static Object number(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("is no whole number: " + text);
    }
    return Integer.valueOf(text);
  }

  private static Object oneOrMore(String text) {
    if (number(text).equals(0)) {
      throw new IllegalArgumentException("is none at all: " + text);
    }
    return number(text);
  }

  private static Object folder(String text) {
    try {
      Path folder = Path.of(text);
      if (Files.isDirectory(folder) && Files.isWritable(folder)) {
        return folder.toString();
      }
    } catch (InvalidPathException e) {
      // Such a folder cannot be there either.
    }
    throw new IllegalArgumentException("is no folder to which files can be written: " + text);
  }
}
