package io.kbsserver.list;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param page which page, from 1
 * @param perPage how many rows a page holds
 * @param offset how many rows to skip, whatever the page; null where the page says it
 */
public record Window(long page, int perPage, @Nullable Long offset) {

  /**
   * Of a list in which an offset also says on which page one is, as WordPress has it for terms: on
   * the first that begins with the offset or behind it.
   */
  public static Window counted(long page, int perPage, @Nullable Long offset) {
    return new Window(
        offset == null
            ? page
            : (Math.min(Math.max(offset, 0), Integer.MAX_VALUE) + perPage - 1) / perPage + 1,
        perPage,
        offset);
  }

  /** The page says how many rows come before, or the offset, whose sign makes no difference. */
  public long skipped() {
    return offset == null
        ? Math.min(page - 1, Long.MAX_VALUE / perPage) * perPage
        : Math.abs(offset);
  }
}
