package io.kbsserver.rest.response;

import io.micronaut.core.order.Ordered;

/** In which order the filters change an answer; the one with the highest number comes first. */
public final class ResponseOrder {

  /** Outermost, so that refusals of the other filters get their headers as well. */
  public static final int HEADERS = Ordered.HIGHEST_PRECEDENCE;

  /** When nobody looks at the body any more. */
  public static final int LATE_TEXTS = HEADERS + 1;

  /** Wraps the headers that belong to the answer itself. */
  public static final int ENVELOPE = LATE_TEXTS + 1;

  /** Of every answer, refusals included. */
  public static final int RATE_LIMITS = ENVELOPE + 1;

  /** In an envelope as well, where nobody sees what is outside. */
  public static final int IGNORED = RATE_LIMITS + 1;

  /** Says what the caller may do. */
  public static final int ALLOW = IGNORED + 1;

  /** When the body is what it will be, but for an envelope. */
  public static final int TAGS = ALLOW + 1;

  /** After the fields were chosen: who asks for no links gets nothing embedded. */
  public static final int EMBEDDING = TAGS + 1;

  /** Right after the answer was made. */
  public static final int FIELDS = EMBEDDING + 1;

  private ResponseOrder() {}
}
