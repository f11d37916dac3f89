package io.kbsserver.refusal;

/**
 * What is wrong with one parameter.
 *
 * @param code the kind of error, in WordPress's words
 * @param message the error, for a person; names the parameter
 */
public record Fault(String code, String message) {}
