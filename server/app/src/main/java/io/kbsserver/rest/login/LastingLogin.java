package io.kbsserver.rest.login;

import io.kbsserver.access.Caller;
import io.kbsserver.access.PresentLogins;
import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Asks again who makes a request whose answer takes its time. */
@Singleton
public class LastingLogin {

  private final PresentLogins logins;

  LastingLogin(PresentLogins logins) {
    this.logins = logins;
  }

  /** The caller as they are now; refused where the password was revoked, or there is no login. */
  public Caller again(HttpRequest<?> request) {
    Optional<Caller> then =
        CurrentCaller.of(request.getUserPrincipal(Authentication.class).orElse(null));
    return then.flatMap(
            caller ->
                CurrentCaller.credential(request)
                    .flatMap(credential -> logins.again(caller, credential)))
        .orElseThrow(RestException::authenticationFailed);
  }
}
