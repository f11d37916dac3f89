package io.kbsserver.terms;

import java.util.List;

/**
 * A term that was made or changed.
 *
 * @param changed the parameters of whose texts something was taken out
 */
record WrittenTerm(TermView term, List<String> changed) {}
