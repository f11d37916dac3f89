package io.kbsserver.users;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.link.Embeddable;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.users.UserRepresentation.Purpose;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What links to users lead to. Not everybody sees all of them. */
@Singleton
class UserEmbedding implements Embeddable {

  private final UserService service;
  private final UserRepresentation representation;

  UserEmbedding(UserService service, UserRepresentation representation) {
    this.service = service;
    this.representation = representation;
  }

  @Override
  public OperationId operation() {
    return OperationId.GET_USER;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    return shown(ids, caller);
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids) {
    return shown(ids, null);
  }

  private Map<Long, ?> shown(Set<Long> ids, @Nullable Caller caller) {
    Map<Long, Object> found = new LinkedHashMap<>();
    service.read(ids).forEach(user -> found.put(user.id(), shown(user, caller)));
    return found;
  }

  private Object shown(UserView user, @Nullable Caller caller) {
    return UserService.sees(caller, user)
        ? representation.of(user, Purpose.EMBED)
        : NotAllowed.toSeeUser();
  }

  @Override
  public Refusal refusal(long id) {
    return NotFound.user();
  }
}
