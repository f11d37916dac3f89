package io.kbsserver.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/**
 * When a post was written and changed.
 *
 * @param date when it was written, on the site's clock
 * @param dateGmt the same in UTC
 * @param modified when it was changed last, on the site's clock
 * @param modifiedGmt the same in UTC
 */
public record PostTimes(
    LocalDateTime date, LocalDateTime dateGmt, LocalDateTime modified, LocalDateTime modifiedGmt) {

  /** Those of a row that has the columns under their own names. */
  public static PostTimes of(ResultSet row) throws SQLException {
    return new PostTimes(
        row.getObject("date_local", LocalDateTime.class),
        row.getObject("date_gmt", LocalDateTime.class),
        row.getObject("modified_local", LocalDateTime.class),
        row.getObject("modified_gmt", LocalDateTime.class));
  }
}
