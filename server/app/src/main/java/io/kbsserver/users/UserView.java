package io.kbsserver.users;

import java.time.LocalDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user with all that is shown of one.
 *
 * @param nickname null where it is the login
 * @param registered in UTC; null where it is not known
 * @param published whether they have published something, so that anybody may see them
 * @param roles their roles, and the rights that stand beside these, in the order in which they were
 *     given
 */
record UserView(
    long id,
    String login,
    String email,
    String name,
    String firstName,
    String lastName,
    String slug,
    String url,
    String description,
    @Nullable String nickname,
    String locale,
    @Nullable LocalDateTime registered,
    boolean published,
    Set<String> roles) {}
