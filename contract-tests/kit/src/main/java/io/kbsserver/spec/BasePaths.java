package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Where routes stand, whatever the host: clients are given an address of their own. */
public final class BasePaths {

  private BasePaths() {}

  /** The paths of a list of servers, without a slash at the end; where there is none, the root. */
  public static Set<String> of(JsonNode servers) {
    Set<String> paths = new TreeSet<>();
    for (JsonNode server : servers) {
      String url = server.path("url").asText();
      for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
        url =
            url.replace(
                "{" + variable.getKey() + "}", variable.getValue().path("default").asText());
      }
      paths.add(path(url));
    }
    return paths.isEmpty() ? Set.of("") : paths;
  }

  private static String path(String url) {
    try {
      String path = URI.create("http://localhost/").resolve(url).getPath();
      // Without a scheme, what is before a port is taken for one, and there is no path.
      return path == null ? url : path.replaceAll("/+$", "");
    } catch (IllegalArgumentException e) {
      // A variable without a default, or no address at all.
      return url;
    }
  }
}
