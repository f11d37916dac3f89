package io.kbsserver.wordpress.source;

/** A row of the posts table with its attributes; dates as they are stored, zero or not. */
public record WordPressPost(
    long id,
    long author,
    String date,
    String dateGmt,
    String modified,
    String modifiedGmt,
    String status,
    boolean hasPassword,
    long parent,
    String guid,
    String mimeType,
    String title,
    String content,
    String slug,
    Meta meta) {}
