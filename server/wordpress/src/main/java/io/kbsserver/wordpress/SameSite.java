package io.kbsserver.wordpress;

import io.kbsserver.wordpress.destination.RowHash;
import io.kbsserver.wordpress.destination.TargetDatabase;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Whether a source is the site that was imported before, by its address. */
final class SameSite {

  private static final String ADDRESS = "setting/site_url";

  private SameSite() {}

  /** Refuses a site with another address; writes nothing. */
  static void require(WordPressDatabase source, TargetDatabase target) throws SQLException {
    List<byte[]> before =
        target.query(
            "SELECT source_hash FROM imported WHERE kind = ? AND id = 0",
            List.of(ADDRESS),
            row -> row.getBytes(1));
    String option = source.option("siteurl");
    String address = option == null ? "" : option;
    if (before.isEmpty() || forms(address).stream().anyMatch(form -> is(form, before.get(0)))) {
      return;
    }
    String known =
        target
            .query(
                "SELECT value FROM site_setting WHERE name = 'site_url'",
                List.of(),
                row -> row.getString(1))
            .stream()
            .filter(value -> is(value, before.get(0)))
            .findFirst()
            .map(value -> ", which is " + value)
            .orElse("");
    throw new ImportException(
        "This is not the site that was imported before"
            + known
            + ": its siteurl is "
            + (address.isEmpty() ? "empty" : address)
            + ". What is not in it would be deleted here. Nothing was changed;"
            + " --accept-deletions imports it all the same.");
  }

  /** With TLS and without, with a slash at the end and without, it is the same site. */
  private static List<String> forms(String address) {
    String bare = address.replaceFirst("^https?://", "").replaceFirst("/+$", "");
    return List.of(
        address,
        "http://" + bare,
        "https://" + bare,
        "http://" + bare + "/",
        "https://" + bare + "/");
  }

  private static boolean is(String address, byte[] hash) {
    return Arrays.equals(RowHash.of(List.of(address), List.of()), hash);
  }
}
