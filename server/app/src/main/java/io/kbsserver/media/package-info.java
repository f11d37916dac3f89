/** Files as WordPress describes them: its media, here those of tickets only. */
@NullMarked
package io.kbsserver.media;

import org.jspecify.annotations.NullMarked;
