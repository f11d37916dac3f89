package io.kbsserver.list;

/**
 * Something to be sent, some texts of which are read as it is sent.
 *
 * @param item with marks in the place of those texts
 * @param texts the texts
 */
public record Late<T>(T item, LateTexts texts) {}
