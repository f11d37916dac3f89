package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApplicationPasswordsApi.APICreateApplicationPasswordRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIDeleteApplicationPasswordRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIDeleteApplicationPasswordsRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIDescribeApplicationPasswordRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIDescribeApplicationPasswordsRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIDescribeIntrospectionRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIGetApplicationPasswordRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIIntrospectApplicationPasswordRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIListApplicationPasswordsRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIPatchApplicationPasswordRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIPutApplicationPasswordRequest;
import io.kbsserver.client.ApplicationPasswordsApi.APIUpdateApplicationPasswordRequest;
import io.kbsserver.client.model.ApplicationPassword;
import io.kbsserver.client.model.ApplicationPasswordCreate;
import io.kbsserver.client.model.ApplicationPasswordUpdate;
import java.util.List;
import java.util.Set;

/** A program of a user that makes itself a password of its own, and takes it back at the end. */
final class PasswordKeeper {

  private final Api api;
  private final String user;

  /** Of a user; {@code me} is the one who has logged in. */
  PasswordKeeper(Api api, String user) {
    this.api = api;
    this.user = user;
  }

  List<String> names() throws ApiException {
    return api
        .passwords()
        .listApplicationPasswords(
            APIListApplicationPasswordsRequest.newBuilder().userId(user).build())
        .stream()
        .map(ApplicationPassword::getName)
        .toList();
  }

  /** The new password itself. */
  String make(ApplicationPasswordCreate wanted) throws ApiException {
    return api.passwords()
        .createApplicationPassword(
            APICreateApplicationPasswordRequest.newBuilder()
                .userId(user)
                .applicationPasswordCreate(wanted)
                .build())
        .getPassword();
  }

  String name(String uuid) throws ApiException {
    return api.passwords()
        .getApplicationPassword(
            APIGetApplicationPasswordRequest.newBuilder().userId(user).uuid(uuid).build())
        .getName();
  }

  String nameOfMine() throws ApiException {
    return api.passwords()
        .introspectApplicationPassword(
            APIIntrospectApplicationPasswordRequest.newBuilder().userId(user).build())
        .getName();
  }

  String rename(String method, String uuid, ApplicationPasswordUpdate change) throws ApiException {
    ApplicationPassword renamed =
        switch (method) {
          case "PUT" ->
              api.passwords()
                  .putApplicationPassword(
                      APIPutApplicationPasswordRequest.newBuilder()
                          .userId(user)
                          .uuid(uuid)
                          .applicationPasswordUpdate(change)
                          .build());
          case "PATCH" ->
              api.passwords()
                  .patchApplicationPassword(
                      APIPatchApplicationPasswordRequest.newBuilder()
                          .userId(user)
                          .uuid(uuid)
                          .applicationPasswordUpdate(change)
                          .build());
          default ->
              api.passwords()
                  .updateApplicationPassword(
                      APIUpdateApplicationPasswordRequest.newBuilder()
                          .userId(user)
                          .uuid(uuid)
                          .applicationPasswordUpdate(change)
                          .build());
        };
    return renamed.getName();
  }

  /** The name of what there is no more. */
  String revoke(String uuid) throws ApiException {
    return api.passwords()
        .deleteApplicationPassword(
            APIDeleteApplicationPasswordRequest.newBuilder().userId(user).uuid(uuid).build())
        .getPrevious()
        .getName();
  }

  int revokeAll() throws ApiException {
    return api.passwords()
        .deleteApplicationPasswords(
            APIDeleteApplicationPasswordsRequest.newBuilder().userId(user).build())
        .getCount();
  }

  Set<String> withAll() throws ApiException {
    return Set.copyOf(
        api.passwords()
            .describeApplicationPasswords(
                APIDescribeApplicationPasswordsRequest.newBuilder().userId(user).build())
            .getMethods());
  }

  Set<String> withMine() throws ApiException {
    return Set.copyOf(
        api.passwords()
            .describeIntrospection(
                APIDescribeIntrospectionRequest.newBuilder().userId(user).build())
            .getMethods());
  }

  Set<String> withOne(String uuid) throws ApiException {
    return Set.copyOf(
        api.passwords()
            .describeApplicationPassword(
                APIDescribeApplicationPasswordRequest.newBuilder().userId(user).uuid(uuid).build())
            .getMethods());
  }
}
