package io.kbsserver.compare;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Who asks.
 *
 * @param name the login
 * @param password one of its application passwords
 */
public record Login(String name, String password) {

  /**
   * Reads the logins of a file, one {@code login:application password} a line.
   *
   * @throws CompareException if the file is not as it should be
   */
  public static List<Login> read(Path file) {
    List<Login> logins = new ArrayList<>();
    TextFile.read(
        file,
        "user file",
        line -> {
          int colon = line.indexOf(':');
          if (colon < 1 || colon == line.length() - 1) {
            throw new IllegalArgumentException("not of the form login:application password");
          }
          logins.add(new Login(line.substring(0, colon), line.substring(colon + 1).strip()));
        });
    if (logins.isEmpty()) {
      throw new CompareException("The user file names nobody: " + file);
    }
    return List.copyOf(logins);
  }

  /** The value of the header that says so. */
  String authorization() {
    byte[] credentials = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** Never with the password. */
  @Override
  public String toString() {
    return name;
  }
}
