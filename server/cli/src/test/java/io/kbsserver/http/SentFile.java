package io.kbsserver.http;

/**
 * A file in a form.
 *
 * @param parameter the parameter that it is sent as
 * @param name what it is called
 * @param content what is in it
 */
record SentFile(String parameter, String name, String content) {}
