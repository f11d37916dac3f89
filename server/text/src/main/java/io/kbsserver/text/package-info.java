/**
 * Texts as WordPress shows them: made safe, with paragraphs, typography and shortcodes. Knows
 * nothing else of the house.
 */
@NullMarked
package io.kbsserver.text;

import org.jspecify.annotations.NullMarked;
