package io.kbsserver.forms;

import io.kbsserver.list.PostTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form with its fields, in their order.
 *
 * @param redirectPageId WordPress's id of the page that is shown after a submission
 */
record FormView(
    long id,
    String status,
    PostTimes times,
    String title,
    @Nullable Long redirectPageId,
    long submissions,
    List<Field> fields) {

  /**
   * A field as its form shows it.
   *
   * @param settings an object of JSON
   */
  record Field(long id, String title, String defaultField, String settings) {}

  FormView with(List<Field> fieldsOfIt) {
    return new FormView(id, status, times, title, redirectPageId, submissions, fieldsOfIt);
  }
}
