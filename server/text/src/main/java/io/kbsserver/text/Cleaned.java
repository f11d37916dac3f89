package io.kbsserver.text;

/**
 * A text as it may be stored.
 *
 * @param text the text
 * @param whole whether nothing was taken out of it: it shows all that was written, and does what it
 *     was meant to do. White space, the quotes around values and how a character is written do not
 *     count
 */
public record Cleaned(String text, boolean whole) {}
