package io.kbsserver.rest.discovery;

/** What is said on the home page besides; there is none on a usual site. */
public interface WelcomeNote {

  /** A paragraph of HTML. */
  String html();
}
