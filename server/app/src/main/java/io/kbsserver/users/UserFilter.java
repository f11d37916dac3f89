package io.kbsserver.users;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which users of a list are wanted. Null and empty lists mean "whichever".
 *
 * @param search what their name, slug or, for those who may know it, their address contains
 * @param slugs their slugs
 * @param roles roles of which they have one
 * @param authors whether it is only those who may write on the site
 */
record UserFilter(
    @Nullable String search,
    @Nullable List<String> slugs,
    @Nullable List<String> roles,
    boolean authors) {}
