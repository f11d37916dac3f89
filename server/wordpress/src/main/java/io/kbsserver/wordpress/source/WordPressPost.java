package io.kbsserver.wordpress.source;

import org.jspecify.annotations.Nullable;

/** A row of the posts table with its attributes; dates as they are stored, zero or not. */
public record WordPressPost(
    long id,
    long author,
    @Nullable String date,
    @Nullable String dateGmt,
    @Nullable String modified,
    @Nullable String modifiedGmt,
    String status,
    boolean hasPassword,
    long parent,
    String guid,
    String mimeType,
    String title,
    String content,
    String slug,
    String excerpt,
    long menuOrder,
    String commentStatus,
    String pingStatus,
    Meta meta) {}
