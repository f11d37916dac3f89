package io.kbsserver.list;

import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Several statements that see the same rows, whatever others write meanwhile. */
@Singleton
class OneMoment {

  /** What is read, all of it as it was when the first statement came. */
  @Transactional(isolation = Isolation.REPEATABLE_READ)
  <T> T read(Supplier<T> statements) {
    return statements.get();
  }
}
