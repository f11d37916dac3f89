package io.kbsserver.repair;

import io.kbsserver.repair.TableRepair.Progress;

/** Something that is kept beside the rows that it follows from, so that reading it is cheap. */
interface Kept {

  /** What people call it. */
  String name();

  /**
   * Looks at all of it. What others write meanwhile is not taken for wrong, and stays right.
   *
   * @param mend whether what is wrong is made right
   * @return how many are wrong, or were
   */
  long examine(boolean mend, Progress progress);
}
