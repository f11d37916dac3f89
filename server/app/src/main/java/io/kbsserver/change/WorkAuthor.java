package io.kbsserver.change;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who makes the changes of work that no request has asked for. */
public final class WorkAuthor {

  private static final ThreadLocal<@Nullable Author> CURRENT = new ThreadLocal<>();

  private WorkAuthor() {}

  /** Does work whose changes are made by somebody. */
  public static <T> T as(Author author, Supplier<T> work) {
    CURRENT.set(author);
    try {
      return work.get();
    } finally {
      CURRENT.remove();
    }
  }

  static Author or(CurrentAuthor other) {
    Author author = CURRENT.get();
    return author == null ? other.get() : author;
  }
}
