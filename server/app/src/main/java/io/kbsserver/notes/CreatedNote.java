package io.kbsserver.notes;

/**
 * A note that was just written.
 *
 * @param whole whether nothing was taken out of its text
 */
public record CreatedNote(NoteView note, boolean whole) {}
