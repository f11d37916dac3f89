package io.kbsserver.users;

import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_USERS;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Role;
import io.kbsserver.api.model.User;
import io.kbsserver.api.model.UserLinks;
import io.kbsserver.link.Links;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Permalinks;
import io.kbsserver.site.Setting;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns users into what goes over the wire. */
@Singleton
class UserRepresentation {

  /** What an answer is for. */
  enum Purpose {
    EMBED,
    VIEW,
    EDIT
  }

  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

  private static final String AVATAR = "https://secure.gravatar.com/avatar/%s?s=%d&d=mm&r=g";
  private static final List<Integer> AVATAR_SIZES = List.of(24, 48, 96);

  private final Links links;
  private final BaseUrl baseUrl;
  private final CurrentSite settings;

  UserRepresentation(Links links, BaseUrl baseUrl, CurrentSite settings) {
    this.links = links;
    this.baseUrl = baseUrl;
    this.settings = settings;
  }

  User of(UserView user, Purpose purpose) {
    Permalinks permalinks = new Permalinks(settings.current().get(Setting.PERMALINK_STRUCTURE));
    User.LastStep shown =
        User.builder()
            .id(user.id())
            .name(user.name())
            .url(user.url())
            .description(user.description())
            .link(baseUrl.ofServer() + permalinks.author(user.id(), slug(user)))
            .slug(slug(user))
            .avatarUrls(avatars(user.email()))
            ._links(
                UserLinks.builder()
                    .self(links.to(GET_USER, user.id()))
                    .collection(links.to(LIST_USERS))
                    .build());
    return switch (purpose) {
      case EMBED -> shown.build();
      case VIEW -> shown.meta(Map.of()).build();
      case EDIT -> edited(shown.meta(Map.of()), user).build();
    };
  }

  private static User.LastStep edited(User.LastStep shown, UserView user) {
    return shown
        .username(user.login())
        .firstName(user.firstName())
        .lastName(user.lastName())
        .email(user.email())
        .locale(user.locale())
        .nickname(requireNonNullElse(user.nickname(), user.login()))
        .roles(user.roles().stream().filter(role -> !Role.RIGHTS.contains(role)).toList())
        .registeredDate(
            user.registered() == null
                ? null
                : WITH_OFFSET.format(user.registered().atOffset(ZoneOffset.UTC)))
        .capabilities(capabilities(user))
        .extraCapabilities(allTrue(given(user)));
  }

  /** A server of before makes users without one. */
  private static String slug(UserView user) {
    return user.slug().isEmpty() ? String.valueOf(user.id()) : user.slug();
  }

  /** What follows here from the roles. */
  private static Map<String, Boolean> capabilities(UserView user) {
    Caller caller =
        new Caller(user.id(), user.login(), user.email(), user.roles(), List.of(), List.of());
    Map<String, Boolean> all = allTrue(List.of("read"));
    if (caller.mayEditTickets()) {
      all.put(Role.EDIT_TICKETS, true);
    }
    if (caller.mayPublishUnfilteredHtml()) {
      all.put(Role.UNFILTERED_HTML, true);
    }
    if (caller.mayListUsers()) {
      all.putAll(allTrue(List.of("list_users", "edit_users")));
    }
    all.putAll(allTrue(given(user)));
    return all;
  }

  private static List<String> given(UserView user) {
    return user.roles().stream().filter(role -> !role.equals(Role.NO_UNFILTERED_HTML)).toList();
  }

  private static Map<String, Boolean> allTrue(List<String> names) {
    Map<String, Boolean> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(name, true));
    return all;
  }

  private static Map<String, String> avatars(String email) {
    String hash = md5(email.strip().toLowerCase(Locale.ROOT));
    Map<String, String> avatars = new LinkedHashMap<>();
    AVATAR_SIZES.forEach(size -> avatars.put(String.valueOf(size), AVATAR.formatted(hash, size)));
    return avatars;
  }

  /** What Gravatar knows an address by. */
  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
