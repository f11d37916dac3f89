package io.kbsserver.rest.notice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The value of a header that names parameters, some of which are called by clients:
 * percent-encoded, with commas between them.
 */
final class NamesHeader {

  private static final int LONGEST = 2_000;
  private static final int LONGEST_NAME = 200;
  private static final int ROOM_FOR_THE_REST = ", +10000000".length();

  private NamesHeader() {}

  /** A long name is cut; of very many names the last are counted: {@code +37}. */
  static String value(Collection<String> names) {
    List<String> shown = new ArrayList<>();
    int length = 0;
    for (String name : names) {
      String encoded = encoded(name);
      length += encoded.length() + 2;
      if (length > LONGEST - ROOM_FOR_THE_REST) {
        shown.add("+" + (names.size() - shown.size()));
        break;
      }
      shown.add(encoded);
    }
    return String.join(", ", shown);
  }

  private static String encoded(String name) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
      String character = name.substring(i, name.offsetByCodePoints(i, 1));
      String encoded = URLEncoder.encode(character, StandardCharsets.UTF_8).replace("+", "%20");
      if (result.length() + encoded.length() > LONGEST_NAME) {
        return result + "...";
      }
      result.append(encoded);
    }
    return result.toString();
  }
}
