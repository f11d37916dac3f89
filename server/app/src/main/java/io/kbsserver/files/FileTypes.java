package io.kbsserver.files;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.tika.Tika;

/** What files are, by their bytes; what somebody says that they are does not count. */
final class FileTypes {

  /** So much of a file tells what it is. */
  static final int BEGINNING = 64 * 1024;

  private static final Tika TIKA = new Tika();

  /** What browsers only save: anybody may write anything into a file. */
  private static final String BYTES = "application/octet-stream";

  /** Of these a browser runs none, but for pictures written in XML. */
  private static final Set<String> SHOWN =
      Set.of(
          "text/plain",
          "text/csv",
          "text/calendar",
          "application/pdf",
          "application/zip",
          "application/gzip",
          "application/rtf",
          "application/msword");

  private static final Pattern SHOWN_KINDS =
      Pattern.compile(
          "(image|audio|video)/[a-z0-9.-]+"
              + "|application/vnd\\.(ms-(excel|powerpoint|outlook)"
              + "|openxmlformats-officedocument\\.[a-z.-]+|oasis\\.opendocument\\.[a-z-]+)");

  private FileTypes() {}

  /**
   * The type of what begins with these bytes. The name decides among those that begin alike, such
   * as a table in CSV among texts; it makes nothing of a file that its bytes do not.
   */
  static String of(byte[] beginning, String name) {
    return TIKA.detect(beginning, name);
  }

  /** What a client is told of it. */
  static String shown(String type) {
    return SHOWN.contains(type) || SHOWN_KINDS.matcher(type).matches() ? type : BYTES;
  }
}
