package io.kbsserver.passwords;

import io.kbsserver.access.ApplicationPasswords.NewPassword;
import io.kbsserver.api.ApplicationPasswordsApi;
import io.kbsserver.api.model.ApplicationPassword;
import io.kbsserver.api.model.ApplicationPasswordCreate;
import io.kbsserver.api.model.ApplicationPasswordUpdate;
import io.kbsserver.api.model.DeletedApplicationPassword;
import io.kbsserver.api.model.DeletedApplicationPasswords;
import io.kbsserver.rest.idempotency.Idempotent;
import io.kbsserver.rest.login.CurrentCaller;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of application passwords. */
@Controller("/wp-json")
class PasswordsController implements ApplicationPasswordsApi {

  private final PasswordService service;
  private final PasswordRepresentation representation;
  private final CurrentCaller caller;

  PasswordsController(
      PasswordService service, PasswordRepresentation representation, CurrentCaller caller) {
    this.service = service;
    this.representation = representation;
    this.caller = caller;
  }

  @Override
  public HttpResponse<List<ApplicationPassword>> listApplicationPasswords(
      String userId, ListApplicationPasswordsParameters parameters) {
    return HttpResponse.ok(
        service.list(userId, caller.get()).stream().map(representation::of).toList());
  }

  @Override
  public HttpResponse<ApplicationPassword> getApplicationPassword(
      String userId, String uuid, GetApplicationPasswordParameters parameters) {
    return HttpResponse.ok(representation.of(service.read(userId, uuid, caller.get())));
  }

  @Override
  public HttpResponse<ApplicationPassword> introspectApplicationPassword(
      String userId, IntrospectApplicationPasswordParameters parameters) {
    return HttpResponse.ok(
        representation.of(service.inUse(userId, caller.credential().orElse(null), caller.get())));
  }

  @Override
  @Idempotent
  public HttpResponse<ApplicationPassword> createApplicationPassword(
      String userId,
      CreateApplicationPasswordParameters parameters,
      ApplicationPasswordCreate body) {
    NewPassword made = service.create(userId, body.name(), body.appId(), caller.get());
    return HttpResponse.created(representation.withSecret(made))
        .header(HttpHeaders.LOCATION, representation.href(made.info()));
  }

  @Override
  @Idempotent
  public HttpResponse<ApplicationPassword> updateApplicationPassword(
      String userId,
      String uuid,
      UpdateApplicationPasswordParameters parameters,
      ApplicationPasswordUpdate body) {
    return HttpResponse.ok(
        representation.of(service.rename(userId, uuid, body.name(), caller.get())));
  }

  @Override
  @Idempotent
  public HttpResponse<DeletedApplicationPassword> deleteApplicationPassword(
      String userId, String uuid, DeleteApplicationPasswordParameters parameters) {
    return HttpResponse.ok(
        DeletedApplicationPassword.builder()
            .deleted(true)
            .previous(representation.of(service.revoke(userId, uuid, caller.get())))
            .build());
  }

  @Override
  @Idempotent
  public HttpResponse<DeletedApplicationPasswords> deleteApplicationPasswords(
      String userId, DeleteApplicationPasswordsParameters parameters) {
    return HttpResponse.ok(
        DeletedApplicationPasswords.builder()
            .deleted(true)
            .count(service.revokeAll(userId, caller.get()))
            .build());
  }
}
