package io.kbsserver.wordpress;

import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about an import.
 *
 * @param keepDeleted whether what was deleted in WordPress is still served here
 * @param acceptDeletions whether it goes on where so much would be deleted, or the site is so
 *     different, that it may be the wrong source
 * @param strict whether it stops at the first row that it cannot bring over as it is
 * @param dryRun whether it only tells what it would do
 * @param asksOldSite whether the old site is asked if it gives files to anybody
 * @param files where the bytes of files come from; null where they are not copied
 */
public record ImportOptions(
    boolean keepDeleted,
    boolean acceptDeletions,
    boolean strict,
    boolean dryRun,
    boolean asksOldSite,
    @Nullable FileSource files) {

  /** What is done where nobody says otherwise. */
  public static final ImportOptions DEFAULT = new ImportOptions(false, false, false, false);

  /** Of an import that copies no files. */
  public ImportOptions(
      boolean keepDeleted, boolean acceptDeletions, boolean strict, boolean dryRun) {
    this(keepDeleted, acceptDeletions, strict, dryRun, false, null);
  }
}
