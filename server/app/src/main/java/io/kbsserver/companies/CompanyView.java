package io.kbsserver.companies;

import org.jspecify.annotations.Nullable;

/**
 * A company with all that is shown of one.
 *
 * @param slug the name as WordPress writes it in addresses
 * @param status the status of its post in WordPress
 * @param protectedByPassword whether its post has a password
 * @param contactCustomerId the customer who is the contact; null where there is none
 * @param logoId the post of its logo in WordPress; null where there is none
 */
record CompanyView(
    long id,
    String name,
    String slug,
    String status,
    boolean protectedByPassword,
    String content,
    @Nullable Long contactCustomerId,
    String contact,
    String email,
    String phone,
    String website,
    @Nullable Long logoId) {}
