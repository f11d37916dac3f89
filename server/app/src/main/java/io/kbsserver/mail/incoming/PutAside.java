package io.kbsserver.mail.incoming;

/** Why a mail does not become a reply, in words for whoever runs the site. */
final class PutAside extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PutAside(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
