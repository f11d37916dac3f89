package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.DiscoveryApi.APIGetWordPressNamespaceRequest;
import io.kbsserver.client.UsersApi.APIDescribeUserRequest;
import io.kbsserver.client.UsersApi.APIGetCurrentUserRequest;
import io.kbsserver.client.UsersApi.APIGetUserRequest;
import io.kbsserver.client.UsersApi.APIListUsersRequest;
import io.kbsserver.client.model.User;
import io.kbsserver.client.model.UserContext;
import java.util.List;
import java.util.Set;

/** A client of WordPress, which asks who it is before anything else. */
final class WordPressClient {

  private final Api api;

  WordPressClient(Api api) {
    this.api = api;
  }

  /** A person as it is shown beside what they write. */
  record Person(long id, String name, String picture) {}

  /** Who has logged in. */
  record Account(long id, String login, String email, List<String> roles) {}

  /** A page of people, and how many there are on all pages. */
  record People(List<Person> people, int total) {}

  Account whoAmI() throws ApiException {
    User me =
        api.users()
            .getCurrentUser(
                APIGetCurrentUserRequest.newBuilder().context(UserContext.EDIT).build());
    return new Account(me.getId(), me.getUsername(), me.getEmail(), me.getRoles());
  }

  Person person(long id) throws ApiException {
    return person(api.users().getUser(APIGetUserRequest.newBuilder().id(id).build()));
  }

  People people(APIListUsersRequest wanted) throws ApiException {
    ApiResponse<List<User>> answer = api.users().listUsersWithHttpInfo(wanted);
    return new People(
        answer.getData().stream().map(WordPressClient::person).toList(),
        Integer.parseInt(answer.getHeaders().get("x-wp-total").get(0)));
  }

  Set<String> routes() throws ApiException {
    return api.discovery()
        .getWordPressNamespace(APIGetWordPressNamespaceRequest.newBuilder().build())
        .getRoutes()
        .keySet();
  }

  Set<String> withRoutes() throws ApiException {
    return Set.copyOf(api.discovery().describeWordPressNamespace().getMethods());
  }

  Set<String> withPeople() throws ApiException {
    return Set.copyOf(api.users().describeUsers().getMethods());
  }

  Set<String> withPerson(long id) throws ApiException {
    return Set.copyOf(
        api.users().describeUser(APIDescribeUserRequest.newBuilder().id(id).build()).getMethods());
  }

  Set<String> withMyself() throws ApiException {
    return Set.copyOf(api.users().describeCurrentUser().getMethods());
  }

  private static Person person(User user) {
    return new Person(user.getId(), user.getName(), user.getAvatarUrls().get("48"));
  }
}
