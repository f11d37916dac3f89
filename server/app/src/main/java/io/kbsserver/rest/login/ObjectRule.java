package io.kbsserver.rest.login;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.contract.Operation;

/**
 * Who may do something to one object, where that is not whoever the contract admits and sees the
 * object: what {@code Allow} says of it. The room of such an operation has a bean of this kind.
 */
public interface ObjectRule {

  /** What is done. */
  OperationId operation();

  /** Whether it is about this operation. */
  default boolean isOf(Operation operation) {
    return operation.id().equals(operation().id());
  }

  /**
   * Whether a caller whom the contract admits may do it.
   *
   * @param id of the object that the path names; 0 where that is no number
   */
  boolean permits(long id, Caller caller);
}
