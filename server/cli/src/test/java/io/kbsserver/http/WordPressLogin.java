package io.kbsserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A login of the site of the fixture, with an application password that WordPress made. */
record WordPressLogin(String login, String password) {

  static List<WordPressLogin> all() {
    try (InputStream file = ImportedSite.class.getResourceAsStream("/wordpress/users.json")) {
      List<WordPressLogin> all = new ArrayList<>();
      for (JsonNode user : new ObjectMapper().readTree(file)) {
        all.add(
            new WordPressLogin(
                user.path("login").asText(), user.path("application_password").asText()));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
