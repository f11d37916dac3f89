package io.kbsserver.passwords;

import io.kbsserver.access.ApplicationPasswords;
import io.kbsserver.access.ApplicationPasswords.Info;
import io.kbsserver.access.ApplicationPasswords.NewPassword;
import io.kbsserver.access.Caller;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of application passwords: everybody has their own, administrators everybody's. */
@Singleton
class PasswordService {

  private static final String MYSELF = "me";

  /** Ids that Java can count. */
  private static final String ID = "\\d{1,18}";

  /** What the route has in a uuid's place. */
  private static final String UUID_OF_ROUTE = "[\\w-]+";

  private final ApplicationPasswords passwords;

  PasswordService(ApplicationPasswords passwords) {
    this.passwords = passwords;
  }

  /** Those of a user, oldest first. */
  List<Info> list(String owner, Caller caller) {
    return passwords.of(owner(owner, caller, "rest_cannot_list_application_passwords"));
  }

  /** One of a user. */
  Info read(String owner, String uuid, Caller caller) {
    checkUuid(uuid);
    return found(owner(owner, caller, "rest_cannot_read_application_password"), uuid);
  }

  /** The one that a request was sent with; null where that is not known. */
  Info inUse(String owner, @Nullable String uuid, Caller caller) {
    long user = owner(owner, caller, "rest_cannot_read_application_password");
    if (user != caller.userId()) {
      throw NotAllowed.toManagePasswords(
          "rest_cannot_introspect_app_password_for_non_authenticated_user");
    }
    if (uuid == null) {
      throw NotFound.applicationPassword();
    }
    return found(user, uuid);
  }

  /** One more for a user. */
  NewPassword create(String owner, @Nullable String name, @Nullable String appId, Caller caller) {
    long user = owner(owner, caller, "rest_cannot_create_application_passwords");
    return passwords.create(user, checkedName(name), checkedAppId(appId));
  }

  /** One of a user under another name; null where it stays. */
  Info rename(String owner, String uuid, @Nullable String name, Caller caller) {
    checkUuid(uuid);
    long user = owner(owner, caller, "rest_cannot_edit_application_password");
    Info before = found(user, uuid);
    if (name == null) {
      return before;
    }
    passwords.rename(user, before.uuid(), checkedName(name));
    return found(user, uuid);
  }

  /** One that there is no more. */
  Info revoke(String owner, String uuid, Caller caller) {
    checkUuid(uuid);
    long user = owner(owner, caller, "rest_cannot_delete_application_password");
    Info before = found(user, uuid);
    passwords.revoke(user, before.uuid());
    return before;
  }

  /** How many there are no more. */
  int revokeAll(String owner, Caller caller) {
    return passwords.revokeAll(owner(owner, caller, "rest_cannot_delete_application_passwords"));
  }

  private Info found(long user, String uuid) {
    return passwords.find(user, uuid).orElseThrow(NotFound::applicationPassword);
  }

  /** Whose passwords are meant, if the caller may do something with them. */
  private long owner(String written, Caller caller, String otherwise) {
    if (written.equalsIgnoreCase(MYSELF)) {
      return caller.userId();
    }
    if (!written.matches("\\d+")) {
      throw NotFound.route();
    }
    if (!written.matches(ID) || !passwords.isOfSomebody(Long.parseLong(written))) {
      throw NotFound.user();
    }
    long user = Long.parseLong(written);
    if (!caller.mayEditUser(user)) {
      throw NotAllowed.toManagePasswords(otherwise);
    }
    return user;
  }

  private static void checkUuid(String uuid) {
    if (!uuid.matches(UUID_OF_ROUTE)) {
      throw NotFound.route();
    }
  }

  private static String checkedName(@Nullable String name) {
    if (name == null) {
      String message = "Missing parameter(s): name";
      String code = "rest_missing_callback_param";
      throw new InvalidParameters(code, message, Map.of("name", new Fault(code, message)));
    }
    String bare = name.strip();
    if (bare.isEmpty()) {
      throw new InvalidParameters(
          "name", new Fault("rest_too_short", "name must be at least 1 character long."));
    }
    return bare;
  }

  private static String checkedAppId(@Nullable String appId) {
    if (appId == null || isUuid(appId)) {
      return appId == null ? "" : appId;
    }
    throw new InvalidParameters(
        "app_id", new Fault("rest_invalid_uuid", "app_id is not a valid UUID."));
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
