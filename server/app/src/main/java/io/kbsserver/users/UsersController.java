package io.kbsserver.users;

import io.kbsserver.api.UsersApi;
import io.kbsserver.api.model.ListUsersOrderbyParameter;
import io.kbsserver.api.model.User;
import io.kbsserver.api.model.WordPressContext;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.response.Paging;
import io.kbsserver.users.UserRepresentation.Purpose;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of users. */
@Controller("/wp-json")
class UsersController implements UsersApi {

  private final UserService service;
  private final UserRepresentation representation;
  private final CurrentCaller caller;
  private final Paging paging;

  UsersController(
      UserService service, UserRepresentation representation, CurrentCaller caller, Paging paging) {
    this.service = service;
    this.representation = representation;
    this.caller = caller;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<User>> listUsers(ListUsersParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters.orderby()), SortOrders.isDescending(parameters.order())));
    UserFilter filter =
        new UserFilter(
            parameters.search(), parameters.slug(), parameters.roles(), parameters.who() != null);
    Purpose purpose = purpose(parameters.context());
    return paging.page(
        service
            .list(caller.ifKnown(), filter, request, purpose == Purpose.EDIT)
            .map(user -> representation.of(user, purpose)));
  }

  @Override
  public HttpResponse<User> getUser(Long id, GetUserParameters parameters) {
    Purpose purpose = purpose(parameters.context());
    return HttpResponse.ok(
        representation.of(service.read(id, caller.ifKnown(), purpose == Purpose.EDIT), purpose));
  }

  @Override
  public HttpResponse<User> getCurrentUser(GetCurrentUserParameters parameters) {
    Purpose purpose = purpose(parameters.context());
    return HttpResponse.ok(
        representation.of(
            service.read(caller.get().userId(), caller.ifKnown(), purpose == Purpose.EDIT),
            purpose));
  }

  private static Purpose purpose(WordPressContext context) {
    return switch (context) {
      case EMBED -> Purpose.EMBED;
      case VIEW -> Purpose.VIEW;
      case EDIT -> Purpose.EDIT;
    };
  }

  private static Sort.Key sortedBy(ListUsersOrderbyParameter orderby) {
    return switch (orderby) {
      case INCLUDE -> new Sort.Key.Include();
      case EMAIL -> UserColumn.EMAIL;
      case ID -> UserColumn.ID;
      case NAME -> UserColumn.NAME;
      case REGISTERED_DATE -> UserColumn.REGISTERED;
      case SLUG -> UserColumn.SLUG;
      case URL -> UserColumn.URL;
    };
  }
}
