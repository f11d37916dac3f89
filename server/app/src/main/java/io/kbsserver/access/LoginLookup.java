package io.kbsserver.access;

import io.kbsserver.access.UserRepository.Credentials;
import io.kbsserver.access.UserRepository.OwnCustomer;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a login needs at once, so that no connection is held while hashes are computed.
 */
@Singleton
class LoginLookup {

  /**
   * A login that there is.
   *
   * @param hashes hash by uuid of the application password
   * @param mark how much was changed when this was read; null where nobody can know for long
   */
  record Found(Caller caller, Map<String, String> hashes, @Nullable String mark) {}

  private final UserRepository users;

  LoginLookup(UserRepository users) {
    this.users = users;
  }

  /** The login of this name or e-mail address. */
  @Connectable
  Optional<Found> find(String loginOrEmail) {
    return users
        .findCredentials(loginOrEmail)
        .map(
            credentials ->
                new Found(caller(credentials), credentials.hashes(), credentials.mark()));
  }

  /** The login with this id, unless it is disabled. */
  @Connectable
  Optional<Caller> find(long userId) {
    return users.findEnabledLogin(userId).flatMap(users::findCredentials).map(this::caller);
  }

  private Caller caller(Credentials credentials) {
    // An administrator may be no agent, as a setting has it.
    boolean agent =
        !credentials.roles().contains(Role.ADMINISTRATOR)
            && (credentials.roles().contains(Role.SUPPORT_AGENT)
                || credentials.roles().contains(Role.SUPPORT_MANAGER));
    List<OwnCustomer> customers = agent ? List.of() : users.customersOf(credentials.userId());
    return new Caller(
        credentials.userId(),
        credentials.login(),
        credentials.email(),
        credentials.roles(),
        customers.stream().map(OwnCustomer::id).toList(),
        customers.stream()
            .map(OwnCustomer::companyId)
            .filter(Objects::nonNull)
            .distinct()
            .toList());
  }
}
