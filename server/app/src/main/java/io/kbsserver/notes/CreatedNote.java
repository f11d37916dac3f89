package io.kbsserver.notes;

import java.util.Set;

/**
 * A note that was just written.
 *
 * @param changed the parameters out of which something was taken
 */
public record CreatedNote(NoteView note, Set<String> changed) {}
