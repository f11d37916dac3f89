package io.kbsserver.change;

/** Tells who makes the changes of the work that is being done. */
@FunctionalInterface
public interface CurrentAuthor {

  /** The one of the request that is being answered; a command where there is none. */
  Author get();
}
