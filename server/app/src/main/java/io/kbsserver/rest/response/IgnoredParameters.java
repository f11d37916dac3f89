package io.kbsserver.rest.response;

import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Names what was ignored in a header, whatever clients call it. */
@ServerFilter(RequestReader.ROUTES)
final class IgnoredParameters implements Ordered {

  static final String HEADER = "Kbs-Ignored-Parameters";

  private static final int LONGEST = 2_000;
  private static final int LONGEST_NAME = 200;
  private static final int ROOM_FOR_THE_REST = ", +10000000".length();

  @Override
  public int getOrder() {
    return ResponseOrder.IGNORED;
  }

  @ResponseFilter
  void name(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Set<String> ignored = RequestParameters.of(request).unknown().ignored();
    if (!ignored.isEmpty() && response.code() < 400) {
      response.header(HEADER, value(ignored));
    }
  }

  /**
   * The value of the header: names, percent-encoded, with commas between them. A long name is cut;
   * of very many names the last are counted: {@code +37}.
   */
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
