package io.kbsserver.wordpress;

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

  /**
   * Something was not as it should be, and was repaired or left out.
   *
   * @param kind what kind of row it is, {@code ticket}
   * @param id the id of the row; 0 where it has none
   * @param what what is wrong and what was done about it
   */
  void problem(String kind, long id, String what);
}
