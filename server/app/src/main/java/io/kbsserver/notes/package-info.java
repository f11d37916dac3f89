/** What agents note on tickets for each other; nobody else learns that there is anything. */
@NullMarked
package io.kbsserver.notes;

import org.jspecify.annotations.NullMarked;
