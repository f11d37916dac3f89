package io.kbsserver.wordpress.report;

/** Is told how an import gets on. */
public interface ImportProgress {

  /**
   * So much of a kind has been dealt with.
   *
   * @param kind what is being brought over, {@code tickets}
   * @param done how many rows have been dealt with
   * @param total how many there are
   */
  void stage(String kind, long done, long total);

  /** There is something to say about a row. */
  void problem(ImportReport.Problem problem);
}
