package io.kbsserver.sync;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what things of one kind are like. A room whose changes are told has a bean of this kind.
 */
public interface PresentState {

  /** Of what kind they are. */
  Subject subject();

  /**
   * What is answered of each of these of which the caller may read it, in {@link
   * io.kbsserver.list.Late} where long texts of it are read as the answer is sent. Asked once for
   * all of a page; one statement per kind, as in a list.
   */
  Map<Long, ?> byIds(Set<Long> ids, Caller caller);

  /** The first ids behind one of what the caller sees, in their order. */
  List<Long> idsBehind(long id, int most, Caller caller);
}
