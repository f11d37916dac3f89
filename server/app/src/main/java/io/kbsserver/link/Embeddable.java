package io.kbsserver.link;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.refusal.Refusal;
import java.util.Map;
import java.util.Set;

/**
 * Reads what links to one operation lead to, when {@code _embed} asks for it. A room that others
 * link to has a bean of this kind: an {@link EmbeddedRoom}, where whoever may call the operation
 * may read all that there is.
 *
 * <p>Who may not call the operation at all is refused before; the contract says who that is.
 */
public interface Embeddable {

  /** The operation that reads one such object. */
  OperationId operation();

  /**
   * What the operation answers for each id of which the caller may read it: an object, or a list
   * where the operation is one, in {@link io.kbsserver.list.Late} where long texts of it are read
   * as the answer is sent. Asked once for all answers of a page; one statement per kind, as in
   * a list.
   *
   * @param ids those that are linked
   * @throws Refusal where the caller may read none of them
   */
  Map<Long, ?> byIds(Set<Long> ids, Caller caller);

  /** What the operation answers for an id that is not among those. */
  Refusal refusal(long id);
}
