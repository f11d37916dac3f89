package io.kbsserver.rest.connection;

/**
 * A request that was answered by its head alone, which no filter sees; published as an event.
 *
 * @param status of the answer
 */
public record AnsweredByHead(int status) {}
