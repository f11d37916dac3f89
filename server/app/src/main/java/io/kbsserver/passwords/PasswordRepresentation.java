package io.kbsserver.passwords;

import io.kbsserver.access.ApplicationPasswords.Info;
import io.kbsserver.access.ApplicationPasswords.NewPassword;
import io.kbsserver.access.PasswordUses.Use;
import io.kbsserver.api.OperationId;
import io.kbsserver.api.model.ApplicationPassword;
import io.kbsserver.api.model.ApplicationPasswordLinks;
import io.kbsserver.api.model.Link;
import io.kbsserver.rest.address.BaseUrl;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Turns application passwords into what goes over the wire. */
@Singleton
class PasswordRepresentation {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private static final int GROUP = 4;

  private final BaseUrl baseUrl;

  PasswordRepresentation(BaseUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Without its secret. */
  ApplicationPassword of(Info password) {
    return shown(password).build();
  }

  /** With its secret, in groups. */
  ApplicationPassword withSecret(NewPassword made) {
    return shown(made.info())
        .password(made.password().replaceAll("(.{" + GROUP + "})(?!$)", "$1 "))
        .build();
  }

  /** The address of an application password. */
  String href(Info password) {
    return baseUrl.ofRoutes()
        + OperationId.GET_APPLICATION_PASSWORD
            .path()
            .replace("{userId}", String.valueOf(password.userId()))
            .replace("{uuid}", password.uuid());
  }

  private ApplicationPassword.LastStep shown(Info password) {
    Use use = password.lastUse();
    return ApplicationPassword.builder()
        .uuid(password.uuid())
        .appId(password.appId())
        .name(password.name())
        .created(date(password.created()))
        .lastUsed(use == null ? null : date(use.at()))
        .lastIp(use == null || use.address().isEmpty() ? null : use.address())
        ._links(
            ApplicationPasswordLinks.builder()
                .self(List.of(Link.builder().href(href(password)).build()))
                .build());
  }

  private static String date(LocalDateTime date) {
    return DATE.format(date);
  }
}
