/** The knowledge base, as WordPress shows posts: everybody may read it, but not every text. */
@NullMarked
package io.kbsserver.articles;

import org.jspecify.annotations.NullMarked;
