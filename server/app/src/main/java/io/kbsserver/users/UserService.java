package io.kbsserver.users;

import io.kbsserver.access.Caller;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of users, which are WordPress's: who is seen by whom, and how much of them. */
@Singleton
class UserService {

  private final UserList list;

  UserService(UserList list) {
    this.list = list;
  }

  /**
   * A page of the users that are wanted.
   *
   * @param caller empty where nobody has logged in
   * @param editing whether all is to be shown that is known of them
   */
  @Connectable
  public Page<UserView> list(
      Optional<Caller> caller, UserFilter filter, ListRequest request, boolean editing) {
    boolean all = caller.filter(Caller::mayListUsers).isPresent();
    if (filter.roles() != null && !filter.roles().isEmpty() && !all) {
      throw NotAllowed.toFilterUsersByRole();
    }
    if (editing && !all) {
      throw NotAllowed.toListUsersForEditing();
    }
    if (request.sort().key() instanceof UserColumn column && column.isForFew() && !all) {
      throw NotAllowed.toSortUsers();
    }
    if (filter.authors() && caller.filter(Caller::mayWrite).isEmpty()) {
      throw NotAllowed.toListAuthors();
    }
    return list.page(filter, all, request);
  }

  /** One user. */
  @Connectable
  public UserView read(long id, Optional<Caller> caller, boolean editing) {
    UserView user = read(List.of(id)).stream().findFirst().orElseThrow(NotFound::user);
    boolean seen = editing ? knows(caller.orElse(null), user) : sees(caller.orElse(null), user);
    if (!seen) {
      throw NotAllowed.toSeeUser();
    }
    return user;
  }

  /** Those of these ids that there are, whoever may see them. */
  @Connectable
  public List<UserView> read(Collection<Long> ids) {
    return list.find(ids);
  }

  /** Whether somebody, or nobody known, may see a user at all. */
  static boolean sees(@Nullable Caller caller, UserView user) {
    return user.published() || knows(caller, user);
  }

  private static boolean knows(@Nullable Caller caller, UserView user) {
    return caller != null && caller.mayEditUser(user.id());
  }
}
